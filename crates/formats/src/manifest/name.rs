//! Names that stand in one cell, divided into given names and family name.

/// Which comes first, as the header says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Order {
    /// Family name, then given names.
    FamilyFirst,
    /// Given names, then family name.
    GivenFirst,
    /// The header does not say.
    Unsaid,
}

/// A divided name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Divided {
    /// Given names.
    pub given: String,
    /// Family name.
    pub family: String,
    /// Nothing showed where the family name is; its place was assumed.
    pub assumed: bool,
}

/// Titles that airlines put behind a name: "DEMO/MARIE MRS".
const TITLES: [&str; 14] = [
    "MR", "MRS", "MS", "MISS", "MSTR", "CHD", "INF", "MME", "MLLE", "M", "SR", "SRA", "SRTA", "MM",
];

/// Divides a full name: at a comma or an airline's slash (family name first), else by the words in
/// capitals where only some are, else by the order the header says, else the last word is the family
/// name.
pub fn divide(text: &str, order: Order) -> Divided {
    for mark in [',', '/'] {
        let parts: Vec<&str> = text.split(mark).map(str::trim).collect();
        if let [family, given] = parts.as_slice()
            && !family.is_empty()
            && !given.is_empty()
        {
            return sure(without_title(given), (*family).to_owned());
        }
    }
    let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    if let Some((given, family)) = by_capitals(&words) {
        return sure(given, family);
    }
    match (words.as_slice(), order) {
        ([], _) => sure(String::new(), String::new()),
        ([only], Order::GivenFirst) => sure((*only).to_owned(), String::new()),
        ([only], _) => sure(String::new(), (*only).to_owned()),
        ([family, given @ ..], Order::FamilyFirst) => sure(given.join(" "), (*family).to_owned()),
        ([given @ .., family], _) => Divided {
            given: given.join(" "),
            family: (*family).to_owned(),
            assumed: order == Order::Unsaid,
        },
    }
}

const fn sure(given: String, family: String) -> Divided {
    Divided {
        given,
        family,
        assumed: false,
    }
}

fn without_title(given: &str) -> String {
    match given.rsplit_once(' ') {
        Some((names, title)) if TITLES.contains(&title.trim_end_matches('.')) => names.to_owned(),
        _ => given.to_owned(),
    }
}

/// Where the first or the last words are in capitals and the others are not: "DEMO-JEAN Marie Rose".
fn by_capitals(words: &[&str]) -> Option<(String, String)> {
    // One capital alone is an initial, not a name in capitals.
    let capital = |word: &&str| {
        word.chars().filter(|c| c.is_alphabetic()).count() > 1
            && !word.chars().any(char::is_lowercase)
    };
    let leading = words.iter().take_while(|word| capital(word)).count();
    let trailing = words.iter().rev().take_while(|word| capital(word)).count();
    let capitals = words.iter().filter(|word| capital(word)).count();
    if capitals == 0 || capitals == words.len() {
        return None;
    }
    if leading == capitals {
        Some((words[leading..].join(" "), words[..leading].join(" ")))
    } else if trailing == capitals {
        let first = words.len() - trailing;
        Some((words[..first].join(" "), words[first..].join(" ")))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_full_name_is_divided_by_what_it_shows() {
        for (text, order, given, family, assumed) in [
            (
                "DEMO-JEAN, Marie Rose",
                Order::Unsaid,
                "Marie Rose",
                "DEMO-JEAN",
                false,
            ),
            (
                "DEMOJEAN/MARIE MRS",
                Order::Unsaid,
                "MARIE",
                "DEMOJEAN",
                false,
            ),
            (
                "DEMO JEAN Marie",
                Order::GivenFirst,
                "Marie",
                "DEMO JEAN",
                false,
            ),
            (
                "Marie Rose DEMO-JEAN",
                Order::Unsaid,
                "Marie Rose",
                "DEMO-JEAN",
                false,
            ),
            (
                "Demo-Jean Marie Rose",
                Order::FamilyFirst,
                "Marie Rose",
                "Demo-Jean",
                false,
            ),
            (
                "Marie Rose Demo-Jean",
                Order::GivenFirst,
                "Marie Rose",
                "Demo-Jean",
                false,
            ),
            ("Marie Demo-Jean", Order::Unsaid, "Marie", "Demo-Jean", true),
            ("MARIE DEMO-JEAN", Order::Unsaid, "MARIE", "DEMO-JEAN", true),
            ("Marie J. DEMO", Order::Unsaid, "Marie J.", "DEMO", false),
            ("Demo-Jean", Order::Unsaid, "", "Demo-Jean", false),
        ] {
            let expected = Divided {
                given: given.into(),
                family: family.into(),
                assumed,
            };
            assert_eq!(divide(text, order), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn dividing_loses_no_letter(words in proptest::collection::vec("[A-Z]?[a-zé]{1,6}|[A-Z]{2,5}[0-9]", 1..6)) {
            let text = words.join(" ");
            for order in [Order::FamilyFirst, Order::GivenFirst, Order::Unsaid] {
                let divided = divide(&text, order);
                let mut kept: Vec<_> = format!("{} {}", divided.given, divided.family).split_whitespace().map(str::to_owned).collect();
                let mut all = words.clone();
                kept.sort();
                all.sort();
                prop_assert_eq!(kept, all);
            }
        }
    }
}
