//! What the pieces on the pages mean: the tree a reader follows who cannot see them. It is built
//! while things are given their places, and becomes tags when they are drawn.

use std::num::NonZeroU16;

use krilla::tagging::{
    Identifier, ListNumbering, Node, TableHeaderScope, Tag, TagGroup, TagKind, TagTree,
};

/// A piece on a page that has a meaning, by its number.
pub(crate) type Leaf = usize;

/// What a part of the report is.
#[derive(Clone, Debug)]
pub(crate) enum Meaning {
    Heading(u16, String),
    Paragraph,
    Section,
    Group,
    Figure(String),
    Caption,
    Table,
    Head,
    Body,
    Foot,
    Line,
    ColumnHeading,
    RowHeading,
    Cell,
    List,
    Item,
    Label,
    ItemBody,
}

/// A part of the report with what it consists of.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    meaning: Meaning,
    inside: Vec<Inside>,
}

#[derive(Clone, Debug)]
enum Inside {
    Part(Part),
    Leaf(Leaf),
}

impl Part {
    pub(crate) const fn new(meaning: Meaning) -> Self {
        Self {
            meaning,
            inside: Vec::new(),
        }
    }

    pub(crate) fn with_leaf(meaning: Meaning, leaf: Leaf) -> Self {
        let mut part = Self::new(meaning);
        part.leaf(leaf);
        part
    }

    pub(crate) fn leaf(&mut self, leaf: Leaf) {
        self.inside.push(Inside::Leaf(leaf));
    }

    pub(crate) fn part(&mut self, part: Self) {
        self.inside.push(Inside::Part(part));
    }

    fn tag(&self) -> TagKind {
        match &self.meaning {
            Meaning::Heading(level, title) => {
                let level = NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN);
                Tag::Hn(level, Some(title.clone())).into()
            }
            Meaning::Paragraph => Tag::P.into(),
            Meaning::Section => Tag::Section.into(),
            Meaning::Group => Tag::Div.into(),
            Meaning::Figure(text) => Tag::Figure(Some(text.clone())).into(),
            Meaning::Caption => Tag::Caption.into(),
            Meaning::Table => Tag::Table.into(),
            Meaning::Head => Tag::THead.into(),
            Meaning::Body => Tag::TBody.into(),
            Meaning::Foot => Tag::TFoot.into(),
            Meaning::Line => Tag::TR.into(),
            Meaning::ColumnHeading => Tag::TH(TableHeaderScope::Column).into(),
            Meaning::RowHeading => Tag::TH(TableHeaderScope::Row).into(),
            Meaning::Cell => Tag::TD.into(),
            Meaning::List => Tag::L(ListNumbering::Disc).into(),
            Meaning::Item => Tag::LI.into(),
            Meaning::Label => Tag::Lbl.into(),
            Meaning::ItemBody => Tag::LBody.into(),
        }
    }

    fn group(self, drawn: &[Option<Identifier>]) -> TagGroup {
        let mut group = TagGroup::new(self.tag());
        for inside in self.inside {
            match inside {
                Inside::Part(part) => group.push(Node::Group(part.group(drawn))),
                Inside::Leaf(leaf) => {
                    if let Some(Some(identifier)) = drawn.get(leaf) {
                        group.push(Node::Leaf(*identifier));
                    }
                }
            }
        }
        group
    }
}

/// The tree of a whole report, whose pieces were drawn under these identifiers.
pub(crate) fn tags(parts: Vec<Part>, drawn: &[Option<Identifier>], language: &str) -> TagTree {
    let mut tree = TagTree::new().with_lang(Some(language.to_owned()));
    for part in parts {
        tree.push(Node::Group(part.group(drawn)));
    }
    tree
}
