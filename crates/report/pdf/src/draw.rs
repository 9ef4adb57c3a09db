//! Drawing what was set, and writing the tree of what it means.

use akey_report::document::Document;
use krilla::Document as Pdf;
use krilla::color::rgb;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{Path, PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, LineCap, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Identifier};
use krilla::{SerializeSettings, error::KrillaError};

use crate::PdfError;
use crate::face::Faces;
use crate::layout::{Colour, INK, Ink, LAGOON, Layout, MARGIN, PAGE, Piece};
use crate::tree::tags;

/// How far a curve's handles reach to draw a quarter of a circle of radius one.
const QUARTER: f32 = 0.552_285;

/// Draws a report that was set.
pub(crate) fn draw(
    document: &Document,
    faces: &Faces,
    set: Layout<'_>,
) -> Result<Vec<u8>, PdfError> {
    let configuration = ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(refused)?;
    let mut pdf = Pdf::new_with(SerializeSettings {
        configuration,
        ..SerializeSettings::default()
    });
    let mut drawn: Vec<Option<Identifier>> = vec![None; set.leaves];
    for pieces in &set.pages {
        let size = PageSettings::from_wh(PAGE.0, PAGE.1).ok_or_else(|| refused("no page"))?;
        let mut page = pdf.start_page_with(size);
        let mut surface = page.surface();
        for piece in pieces {
            let identifier = draw_piece(piece, faces, &mut surface);
            if let Some(place) = piece.leaf.and_then(|leaf| drawn.get_mut(leaf)) {
                *place = Some(identifier);
            }
        }
        surface.finish();
        page.finish();
    }
    let mut outline = Outline::new();
    for mark in &set.marks {
        let place = XyzDestination::new(mark.page, Point::from_xy(MARGIN, mark.y));
        outline.push_child(OutlineNode::new(mark.title.clone(), place));
    }
    pdf.set_outline(outline);
    let title = format!(
        "{} · {} · {}",
        document.title, document.period, document.operation
    );
    let metadata = Metadata::new()
        .title(title)
        .language(document.language.clone())
        .creator("Akèy".to_owned());
    pdf.set_metadata(metadata);
    pdf.set_tag_tree(tags(set.parts, &drawn, &document.language));
    pdf.finish().map_err(refused_by_writer)
}

fn refused(reason: impl std::fmt::Debug) -> PdfError {
    PdfError::Written {
        reason: format!("{reason:?}"),
    }
}

#[allow(
    clippy::needless_pass_by_value,
    reason = "as a mapping of errors is given it"
)]
fn refused_by_writer(error: KrillaError) -> PdfError {
    refused(error)
}

fn draw_piece(piece: &Piece, faces: &Faces, surface: &mut Surface<'_>) -> Identifier {
    let tag = match piece.leaf {
        Some(_) => ContentTag::Other,
        None => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)),
    };
    let identifier = surface.start_tagged(tag);
    for ink in &piece.inks {
        draw_ink(ink, faces, surface);
    }
    surface.end_tagged();
    identifier
}

fn fill(colour: Colour) -> Fill {
    Fill {
        paint: rgb::Color::new(colour.0, colour.1, colour.2).into(),
        ..Fill::default()
    }
}

fn stroke(colour: Colour, width: f32) -> Stroke {
    Stroke {
        paint: rgb::Color::new(colour.0, colour.1, colour.2).into(),
        width,
        ..Stroke::default()
    }
}

fn draw_ink(ink: &Ink, faces: &Faces, surface: &mut Surface<'_>) {
    match ink {
        Ink::Words {
            x,
            y,
            weight,
            size,
            colour,
            words,
        } => {
            if words.is_empty() {
                return;
            }
            let face = faces.of(*weight);
            let (words, glyphs) = face.glyphs(words);
            surface.set_fill(Some(fill(*colour)));
            surface.set_stroke(None);
            let start = Point::from_xy(*x, *y);
            surface.draw_glyphs(start, &glyphs, face.font.clone(), &words, *size, false);
        }
        Ink::Rect {
            x,
            y,
            width,
            height,
            round,
            fill: inside,
            stroke: edge,
        } => {
            if let Some(path) = rect((*x, *y), (*width, *height), *round) {
                surface.set_fill(inside.map(fill));
                surface.set_stroke(edge.map(|colour| stroke(colour, 0.6)));
                surface.draw_path(&path);
            }
        }
        Ink::Rule {
            from,
            to,
            thick,
            colour,
            dashed,
        } => {
            let mut path = PathBuilder::new();
            path.move_to(from.0, from.1);
            path.line_to(to.0, to.1);
            if let Some(path) = path.finish() {
                let dash = dashed.then(|| StrokeDash {
                    array: vec![2.0, 3.0],
                    offset: 0.0,
                });
                surface.set_fill(None);
                surface.set_stroke(Some(Stroke {
                    dash,
                    ..stroke(*colour, *thick)
                }));
                surface.draw_path(&path);
            }
        }
        Ink::Sign { x, y, size } => draw_sign((*x, *y), *size, surface),
    }
}

/// A rectangle with round corners; none where it has no extent.
fn rect((x, y): (f32, f32), (width, height): (f32, f32), round: f32) -> Option<Path> {
    let mut path = PathBuilder::new();
    let round = round.min(width / 2.0).min(height / 2.0);
    if round <= 0.0 {
        path.push_rect(Rect::from_xywh(x, y, width, height)?);
        return path.finish();
    }
    let (right, bottom, handle) = (x + width, y + height, round * (1.0 - QUARTER));
    path.move_to(x + round, y);
    path.line_to(right - round, y);
    path.cubic_to(right - handle, y, right, y + handle, right, y + round);
    path.line_to(right, bottom - round);
    path.cubic_to(
        right,
        bottom - handle,
        right - handle,
        bottom,
        right - round,
        bottom,
    );
    path.line_to(x + round, bottom);
    path.cubic_to(x + handle, bottom, x, bottom - handle, x, bottom - round);
    path.line_to(x, y + round);
    path.cubic_to(x, y + handle, x + handle, y, x + round, y);
    path.close();
    path.finish()
}

/// The sign of Akèy, as the pages draw it in a field of 32 by 32.
fn draw_sign((x, y): (f32, f32), size: f32, surface: &mut Surface<'_>) {
    let scale = size / 32.0;
    let at = |across: f32, down: f32| (x + across * scale, y + down * scale);
    let arch = |left: f32, right: f32, spring: f32, foot: f32| {
        let radius = (right - left) / 2.0;
        let (middle, handle) = (left + radius, radius * QUARTER);
        let mut path = PathBuilder::new();
        let go = at(left, foot);
        path.move_to(go.0, go.1);
        let go = at(left, spring);
        path.line_to(go.0, go.1);
        let (one, two, to) = (
            at(left, spring - handle),
            at(middle - handle, spring - radius),
            at(middle, spring - radius),
        );
        path.cubic_to(one.0, one.1, two.0, two.1, to.0, to.1);
        let (one, two, to) = (
            at(middle + handle, spring - radius),
            at(right, spring - handle),
            at(right, spring),
        );
        path.cubic_to(one.0, one.1, two.0, two.1, to.0, to.1);
        let go = at(right, foot);
        path.line_to(go.0, go.1);
        path
    };
    if let Some(wall) = arch(4.0, 28.0, 13.0, 29.0).finish() {
        surface.set_fill(None);
        surface.set_stroke(Some(Stroke {
            line_cap: LineCap::Round,
            ..stroke(INK, 3.2 * scale)
        }));
        surface.draw_path(&wall);
    }
    let mut door = arch(12.0, 20.0, 17.0, 29.0);
    door.close();
    if let Some(door) = door.finish() {
        surface.set_fill(Some(fill(LAGOON)));
        surface.set_stroke(None);
        surface.draw_path(&door);
    }
}
