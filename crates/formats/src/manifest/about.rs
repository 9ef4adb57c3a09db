//! Whether a file is about another movement than the one it is taken in for. A message names its
//! flight; above the header of a list somebody often wrote which movement it is. The page and the
//! command line both ask here, so that they ask the same of whoever imports.

use jiff::civil::Date;

use super::ManifestFile;

impl ManifestFile {
    /// What the file is about, where that is another movement: the flight of a message that does not
    /// fit this name and day; else the one other open movement that the titles name, where they do not
    /// name this one too. Of titles that name several nothing is said.
    pub fn about_another<'o>(
        &self,
        movement: &str,
        day: Date,
        others: impl IntoIterator<Item = &'o str>,
    ) -> Option<String> {
        if let Some(flight) = &self.flight {
            return (!flight.fits(movement, day)).then(|| flight.line());
        }
        let titles: Vec<_> = self.titles.iter().map(|title| words(title)).collect();
        let named = |name: &str| {
            let name = words(name);
            let (letters, digits) = name.iter().partition::<Vec<_>, _>(|word| is_letters(word));
            // A bare number could be a date, a bare word anything.
            !letters.is_empty()
                && !digits.is_empty()
                && titles
                    .iter()
                    .any(|title| title.windows(name.len()).any(|part| part == name))
        };
        if named(movement) {
            return None;
        }
        let mut others = others.into_iter().filter(|other| named(other));
        let other = others.next()?;
        let same = words(other);
        others
            .all(|another| words(another) == same)
            .then(|| other.to_owned())
    }
}

fn is_letters(word: &str) -> bool {
    word.starts_with(|c: char| !c.is_ascii_digit())
}

/// The words of a text and its numbers, each apart, numbers without leading noughts: `Vol DM-0115`
/// is `VOL`, `DM`, `115`.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before = None;
    for c in text.chars() {
        let kind = c.is_alphanumeric().then(|| c.is_ascii_digit());
        if kind.is_some() {
            if kind != before {
                words.push(String::new());
            }
            if let Some(word) = words.last_mut() {
                word.extend(c.to_uppercase());
            }
        }
        before = kind;
    }
    for word in &mut words {
        if !is_letters(word) {
            let number = word.trim_start_matches('0');
            *word = if number.is_empty() { "0" } else { number }.to_owned();
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::{Options, read};

    fn about(title: &str, movement: &str, others: &[&str]) -> Option<String> {
        let day = date(2021, 9, 24);
        let list = format!("{title}\n\nName,Sex,Date of birth\nDemo-Un Ana,F,1990-05-17\n");
        let file = read(list.as_bytes(), "list.csv", &Options::new(day)).unwrap();
        file.about_another(movement, day, others.iter().copied())
    }

    #[test]
    fn a_title_that_names_another_open_movement_is_noticed() {
        for title in [
            "Manifest of flight DEMO 115",
            "DEMO115 / 24 September",
            "vol demo-0115",
        ] {
            let other = about(title, "DEMO 114", &["DEMO 113", "DEMO 115"]);
            assert_eq!(other.as_deref(), Some("DEMO 115"), "{title}");
        }
    }

    #[test]
    fn a_title_that_names_this_movement_or_several_or_none_says_nothing() {
        let others = ["DEMO 113", "DEMO 115", "24"];
        for title in [
            "Manifest of flight DEMO 114",
            "DEMO 114 and DEMO 115",
            "DEMO 113 and DEMO 115",
            "DEMO 1150",
            "24 September",
            "List of passengers",
        ] {
            assert_eq!(about(title, "DEMO 114", &others), None, "{title}");
        }
    }
}
