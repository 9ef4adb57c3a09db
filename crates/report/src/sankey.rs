//! Flows between places as bands whose widths are the numbers (a Sankey diagram). What is not
//! accounted for is a band too, drawn and named like any other and hatched, never left out.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};

const WIDTH: i64 = 640;
const MARGIN: i64 = 8;
/// Width of the bar that stands for a place.
const BAR: i64 = 12;
/// Between two places above each other: room for a name of two lines and the number.
const GAP: i64 = 71;
/// From one of these lines to the next.
const LINE: i64 = 19;
/// What a letter takes, on average.
const LETTER: i64 = 10;
/// Height of the largest layer without gaps.
const TALL: i64 = 260;

/// A place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Node {
    /// What it is called.
    pub name: String,
    /// It stands for what is not accounted for.
    pub unaccounted: bool,
}

/// So many from one place to another, by their numbers in the list of places.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Band {
    /// From.
    pub from: usize,
    /// To.
    pub to: usize,
    /// How many; bands of nought are not drawn.
    pub people: i64,
}

/// The diagram.
pub struct Sankey<'a> {
    /// A word of its own on the page, for ids.
    pub name: &'a str,
    /// What it is.
    pub title: String,
    /// What it shows, for those who cannot see it.
    pub text: String,
    /// The places.
    pub nodes: &'a [Node],
    /// What goes between them.
    pub bands: &'a [Band],
    /// How a number is written.
    pub number: &'a dyn Fn(i64) -> String,
}

impl Sankey<'_> {
    /// As inline SVG without script or style attribute.
    pub fn svg(&self) -> Markup {
        let laid = Laid::of(self.nodes, self.bands);
        let id = |part: &str| format!("sankey-{}-{part}", self.name);
        html! {
            svg.sankey viewBox=(format!("0 0 {WIDTH} {}", laid.height)) role="img" aria-labelledby=(format!("{} {}", id("title"), id("text"))) {
                title id=(id("title")) { (self.title) }
                desc id=(id("text")) { (self.text) }
                defs { pattern id=(id("hatch")) width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                    rect.sankey-hatch-ground width="8" height="8" {}
                    line.sankey-hatch-line x1="0" x2="0" y1="0" y2="8" {}
                } }
                @for ribbon in &laid.ribbons {
                    @if self.nodes[ribbon.band.to].unaccounted {
                        path.sankey-gap d=(ribbon.path()) fill=(format!("url(#{})", id("hatch"))) {
                            title { (self.between(ribbon.band)) }
                        }
                    } @else {
                        path.sankey-band d=(ribbon.path()) { title { (self.between(ribbon.band)) } }
                    }
                }
                @for bar in &laid.bars {
                    @let node = &self.nodes[bar.node];
                    rect class=(if node.unaccounted { "sankey-bar gap" } else { "sankey-bar" }) x=(bar.x) y=(bar.y) width=(BAR) height=(bar.height.max(1)) {}
                    g.sankey-words {
                        title { (node.name) }
                        @for (above, line) in (1..).zip(lines(&node.name, laid.letters).iter().rev()) {
                            text x=(bar.x) y=(bar.y - 7 - above * LINE) { (line) }
                        }
                        text.sankey-number x=(bar.x) y=(bar.y - 7) { ((self.number)(bar.people)) }
                    }
                }
            }
        }
    }

    fn between(&self, band: Band) -> String {
        let name = |node: usize| self.nodes[node].name.as_str();
        format!(
            "{} → {}: {}",
            name(band.from),
            name(band.to),
            (self.number)(band.people)
        )
    }
}

/// A name in at most two lines that do not run into the next layer's.
fn lines(name: &str, letters: usize) -> Vec<String> {
    if name.chars().count() <= letters {
        return vec![name.to_owned()];
    }
    let fits = |(at, _): &(usize, &str)| name[..*at].chars().count() <= letters;
    let spaces = name.match_indices(' ').take_while(fits);
    match spaces.last() {
        Some((at, _)) => vec![name[..at].to_owned(), shortened(&name[at + 1..], letters)],
        None => vec![shortened(name, letters)],
    }
}

fn shortened(name: &str, letters: usize) -> String {
    if name.chars().count() <= letters {
        return name.to_owned();
    }
    let kept: String = name.chars().take(letters.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// A place where it is drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Bar {
    node: usize,
    layer: usize,
    people: i64,
    x: i64,
    y: i64,
    height: i64,
}

/// A band where it is drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Ribbon {
    band: Band,
    from: (i64, i64),
    to: (i64, i64),
    thick: i64,
}

impl Ribbon {
    fn path(&self) -> String {
        let ((x0, y0), (x1, y1)) = (self.from, self.to);
        let (thick, middle) = (self.thick, i64::midpoint(x0, x1));
        format!(
            "M{x0} {y0}C{middle} {y0} {middle} {y1} {x1} {y1}V{}C{middle} {} {middle} {} {x0} {}Z",
            y1 + thick,
            y1 + thick,
            y0 + thick,
            y0 + thick
        )
    }
}

struct Laid {
    bars: Vec<Bar>,
    ribbons: Vec<Ribbon>,
    height: i64,
    /// How long a name may be.
    letters: usize,
}

impl Laid {
    fn of(nodes: &[Node], bands: &[Band]) -> Self {
        let is_drawn =
            |band: &&Band| band.people > 0 && band.from < nodes.len() && band.to < nodes.len();
        let bands: Vec<Band> = bands.iter().filter(is_drawn).copied().collect();
        let layers = layers(nodes.len(), &bands);
        // A band that goes back ends at the place drawn once more, further to the right.
        let ends: Vec<(usize, usize)> = bands
            .iter()
            .map(|band| {
                let from = layers[band.from];
                (from, layers[band.to].max(from + 1))
            })
            .collect();
        let mut sums: BTreeMap<(usize, usize), (i64, i64)> = BTreeMap::new();
        for (band, (from, to)) in bands.iter().zip(&ends) {
            sums.entry((*from, band.from)).or_default().1 += band.people;
            sums.entry((*to, band.to)).or_default().0 += band.people;
        }
        let mut by_layer: BTreeMap<usize, Vec<(usize, i64)>> = BTreeMap::new();
        for ((layer, node), (into, out)) in &sums {
            by_layer
                .entry(*layer)
                .or_default()
                .push((*node, *into.max(out)));
        }
        let fullest = by_layer
            .values()
            .map(|bars| bars.iter().map(|bar| bar.1).sum::<i64>())
            .max();
        let fullest = fullest.unwrap_or(0).max(1);
        let scaled = |people: i64| {
            i64::try_from(i128::from(people) * i128::from(TALL) / i128::from(fullest))
                .unwrap_or(TALL)
        };
        let last = by_layer.keys().max().copied().unwrap_or(0).max(1);
        // Each layer has a column, its places at the left and their names beside them.
        let column = (WIDTH - 2 * MARGIN) / (to_i64(last) + 1);
        let mut bars = Vec::new();
        let mut height = 0;
        for (layer, mut there) in by_layer {
            // The largest above, what is not accounted for at the bottom.
            there.sort_by_key(|(node, people)| (nodes[*node].unaccounted, -people, *node));
            let mut y = GAP;
            let x = MARGIN + to_i64(layer) * column;
            for (node, people) in there {
                let tall = scaled(people);
                bars.push(Bar {
                    node,
                    layer,
                    people,
                    x,
                    y,
                    height: tall,
                });
                y += tall + GAP;
            }
            height = height.max(y);
        }
        let ribbons = ribbons(&bands, &ends, &bars, scaled);
        Self {
            bars,
            ribbons,
            height,
            letters: usize::try_from(column / LETTER - 1).unwrap_or(0).max(8),
        }
    }
}

fn to_i64(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Bands from bar to bar, those of one bar below each other in the order of where they go.
fn ribbons(
    bands: &[Band],
    ends: &[(usize, usize)],
    bars: &[Bar],
    scaled: impl Fn(i64) -> i64,
) -> Vec<Ribbon> {
    let bar = |layer: usize, node: usize| {
        bars.iter()
            .find(|bar| (bar.layer, bar.node) == (layer, node))
    };
    let mut placed: Vec<_> = bands
        .iter()
        .zip(ends)
        .filter_map(|(band, (from, to))| Some((*band, bar(*from, band.from)?, bar(*to, band.to)?)))
        .collect();
    placed.sort_by_key(|(_, from, to)| (from.y, to.y));
    let mut used: BTreeMap<(usize, usize, bool), i64> = BTreeMap::new();
    let mut ribbons = Vec::new();
    for (band, from, to) in placed {
        let thick = scaled(band.people).max(1);
        let mut take = |bar: &Bar, is_out: bool| {
            let taken = used.entry((bar.layer, bar.node, is_out)).or_default();
            let y = bar.y + *taken;
            *taken += scaled(band.people);
            y
        };
        let (y0, y1) = (take(from, true), take(to, false));
        ribbons.push(Ribbon {
            band,
            from: (from.x + BAR, y0),
            to: (to.x, y1),
            thick,
        });
    }
    ribbons
}

/// In which layer each place stands: behind every place that sends there. Bands that lead back to a
/// place they come from are left out of account.
fn layers(nodes: usize, bands: &[Band]) -> Vec<usize> {
    let mut forward: Vec<(usize, usize)> = Vec::new();
    for band in bands {
        if band.from != band.to && !reaches(band.to, band.from, &forward) {
            forward.push((band.from, band.to));
        }
    }
    let mut layers = vec![0; nodes];
    // A path is at most as long as there are places.
    for _ in 0..nodes {
        for (from, to) in &forward {
            layers[*to] = layers[*to].max(layers[*from] + 1);
        }
    }
    layers
}

fn reaches(from: usize, to: usize, edges: &[(usize, usize)]) -> bool {
    let mut seen = BTreeSet::from([from]);
    let mut open = vec![from];
    while let Some(at) = open.pop() {
        if at == to {
            return true;
        }
        let next = edges.iter().filter(|(begin, _)| *begin == at);
        open.extend(next.map(|(_, end)| *end).filter(|end| seen.insert(*end)));
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn node(name: &str, unaccounted: bool) -> Node {
        Node {
            name: name.into(),
            unaccounted,
        }
    }

    #[test]
    fn the_2600_of_30000_who_are_not_accounted_for_are_drawn_as_wide_as_they_are() {
        let names = [
            "Del Rio sector",
            "proceedings",
            "Mexico",
            "processing",
            "Haiti",
            "not accounted for",
        ];
        let nodes: Vec<_> = names
            .iter()
            .map(|name| node(name, name.starts_with("not")))
            .collect();
        let people = [12_400, 8_000, 5_000, 2_000, 2_600];
        let bands: Vec<_> = people
            .iter()
            .zip(1..)
            .map(|(people, to)| Band {
                from: 0,
                to,
                people: *people,
            })
            .collect();
        let laid = Laid::of(&nodes, &bands);
        let whole = laid.bars.iter().find(|bar| bar.node == 0).unwrap();
        assert_eq!((whole.people, whole.height), (30_000, TALL));
        let gap = laid
            .ribbons
            .iter()
            .find(|ribbon| ribbon.band.to == 5)
            .unwrap();
        assert_eq!(gap.thick, TALL * 2_600 / 30_000);
        let sankey = Sankey {
            name: "parts",
            title: "t".into(),
            text: "x".into(),
            nodes: &nodes,
            bands: &bands,
            number: &|number| number.to_string(),
        };
        let svg = sankey.svg().into_string();
        assert_eq!(svg.matches("class=\"sankey-gap\"").count(), 1);
        assert!(svg.contains("2600") && !svg.contains("style="));
    }

    #[test]
    fn a_long_name_takes_two_lines_and_is_cut_only_where_these_are_not_enough() {
        assert_eq!(lines("Haiti", 14), ["Haiti"]);
        assert_eq!(lines("Del Rio encampment", 14), ["Del Rio", "encampment"]);
        let far = "Custody in Turks and Caicos Islands";
        assert_eq!(lines(far, 14), ["Custody in", "Turks and Cai…"]);
        assert_eq!(lines("Sant-Resepsyon-Pòtoprens", 14), ["Sant-Resepsyo…"]);
    }

    #[test]
    fn people_who_were_taken_there_and_back_are_drawn_on_both_ways() {
        let nodes = [node("camp", false), node("custody", false)];
        let bands = [
            Band {
                from: 0,
                to: 1,
                people: 5,
            },
            Band {
                from: 1,
                to: 0,
                people: 2,
            },
        ];
        let laid = Laid::of(&nodes, &bands);
        assert_eq!(laid.ribbons.len(), 2);
        assert_eq!(laid.bars.iter().filter(|bar| bar.node == 0).count(), 2);
        assert!(
            laid.ribbons
                .iter()
                .all(|ribbon| ribbon.from.0 < ribbon.to.0)
        );
    }

    proptest! {
        #[test]
        fn no_line_of_a_name_is_longer_than_its_column(name in ".{0,60}", letters in 8_usize..30) {
            let lines = lines(&name, letters);
            prop_assert!(lines.len() <= 2);
            prop_assert!(lines.iter().all(|line| line.chars().count() <= letters));
        }

        #[test]
        fn every_band_is_drawn_once_to_the_right_and_widths_are_the_numbers(
            bands in proptest::collection::vec((0_usize..8, 0_usize..8, 0_i64..20_000), 0..30),
        ) {
            let nodes: Vec<_> = (0..8).map(|number| node(&number.to_string(), number == 7)).collect();
            let bands: Vec<_> = bands.into_iter().map(|(from, to, people)| Band { from, to, people }).collect();
            let laid = Laid::of(&nodes, &bands);
            prop_assert_eq!(laid.ribbons.len(), bands.iter().filter(|band| band.people > 0).count());
            for one in &laid.ribbons {
                prop_assert!(one.from.0 < one.to.0);
                for other in &laid.ribbons {
                    prop_assert!(one.band.people < other.band.people || one.thick >= other.thick);
                }
            }
        }
    }
}
