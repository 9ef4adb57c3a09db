//! The QR code on a card, as an SVG image.
//!
//! Always black on white with its quiet zone, whatever the page around it looks like: scanners need
//! the contrast, so no `currentColor` and no transparency. The image refers to nothing outside
//! itself and holds the code of the card alone, never a word about the person.

use std::fmt::Write;

use domain::CardCode;
use qrcode::{Color, EcLevel, QrCode};

/// Light modules on every side (ISO/IEC 18004, 6.3.8: four for a QR code).
const QUIET_ZONE: usize = 4;

/// The QR code of a card: error correction Q, so that a quarter of it may be dirty or torn.
///
/// The image holds the eight characters without the hyphen, all of them in the alphanumeric mode:
/// the smallest symbol, with the largest modules, and what a scanner types is what a clerk types.
/// It has a `viewBox` and no size, so that the page decides how large it is.
///
/// ```
/// # use akey_formats as formats;
/// let svg = formats::qr::svg(domain::CardCode::from_random([7; 8]));
/// assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>"));
/// ```
pub fn svg(code: CardCode) -> String {
    let symbol = QrCode::with_error_correction_level(code.as_str(), EcLevel::Q)
        .expect("eight alphanumeric characters fit the smallest symbol at level Q");
    drawn(&symbol)
}

/// The QR code of a longer text, as of a receipt: error correction L, because it is read from a screen
/// or a fresh print. None where the text is longer than any symbol (ISO/IEC 18004, table 7).
pub fn text_svg(text: &str) -> Option<String> {
    let symbol = QrCode::with_error_correction_level(text, EcLevel::L).ok()?;
    Some(drawn(&symbol))
}

fn drawn(symbol: &QrCode) -> String {
    let width = symbol.width();
    let side = width + 2 * QUIET_ZONE;
    let mut image = format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{side}v{side}H0z"/><path fill="#000" d=""##
    );
    let colors = symbol.to_colors();
    for (y, row) in colors.chunks(width).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|a, b| a == b) {
            if run[0] == Color::Dark {
                let length = run.len();
                write!(
                    image,
                    "M{} {}h{length}v1h-{length}z",
                    x + QUIET_ZONE,
                    y + QUIET_ZONE
                )
                .expect("writing to a string cannot fail");
            }
            x += run.len();
        }
    }
    image.push_str(r#""/></svg>"#);
    image
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Paints the dark rectangles of our own SVG, four pixels a module, as a screen would.
    fn paint(svg: &str) -> (usize, Vec<u8>) {
        const SCALE: usize = 4;
        let side: usize = svg
            .split("viewBox=\"0 0 ")
            .nth(1)
            .unwrap()
            .split(' ')
            .next()
            .unwrap()
            .parse()
            .unwrap();
        let mut pixels = vec![255_u8; (side * SCALE).pow(2)];
        let path = svg
            .split("fill=\"#000\" d=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap();
        for run in path.split('M').skip(1) {
            let (at, rest) = run.split_once('h').unwrap();
            let (x, y) = at.split_once(' ').unwrap();
            let (x, y): (usize, usize) = (x.parse().unwrap(), y.parse().unwrap());
            let length: usize = rest.split_once('v').unwrap().0.parse().unwrap();
            for row in y * SCALE..(y + 1) * SCALE {
                for column in x * SCALE..(x + length) * SCALE {
                    pixels[row * side * SCALE + column] = 0;
                }
            }
        }
        (side * SCALE, pixels)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn another_program_reads_the_code_from_the_image(random: [u8; 8]) {
            let code = CardCode::from_random(random);
            let (side, pixels) = paint(&svg(code));
            let mut image = rqrr::PreparedImage::prepare_from_greyscale(side, side, |x, y| pixels[y * side + x]);
            let grids = image.detect_grids();
            prop_assert_eq!(grids.len(), 1);
            let (meta, content) = grids[0].decode().unwrap();
            prop_assert_eq!(content.parse(), Ok(code));
            // The reader counts the levels in the order of their two bits: Q is 3 (ISO/IEC 18004, table 12).
            prop_assert_eq!(meta.ecc_level, 3);
        }
    }

    #[test]
    fn the_image_is_black_on_white_and_refers_to_nothing() {
        let svg = svg(CardCode::from_random([1; 8]));
        assert!(!svg.contains("currentColor") && !svg.contains("href") && !svg.contains("url("));
        assert!(svg.contains(r##"fill="#fff""##) && svg.contains(r##"fill="#000""##));
    }

    #[test]
    fn four_light_modules_surround_the_symbol() {
        let (side, pixels) = paint(&svg(CardCode::from_random([2; 8])));
        let quiet = 4 * QUIET_ZONE;
        for y in 0..side {
            for x in 0..side {
                let inside =
                    (quiet..side - quiet).contains(&x) && (quiet..side - quiet).contains(&y);
                assert!(inside || pixels[y * side + x] == 255, "dark at {x},{y}");
            }
        }
    }
}
