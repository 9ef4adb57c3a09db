//! What somebody typed into a form: kept as typed, so that a refused form comes back as it was left.

use std::str::FromStr;

use uuid::Uuid;

/// The fields of a posted form or of an address, in their order, trimmed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Typed {
    pairs: Vec<(String, String)>,
}

impl Typed {
    /// The fields as they came.
    pub fn new(pairs: Vec<(String, String)>) -> Self {
        Self { pairs }
    }

    /// A field's text; empty where it is missing.
    pub fn get(&self, name: &str) -> &str {
        self.pairs
            .iter()
            .find(|(key, _)| key == name)
            .map_or("", |(_, value)| value.trim())
    }

    /// A field exactly as typed.
    pub fn raw(&self, name: &str) -> &str {
        self.pairs
            .iter()
            .find(|(key, _)| key == name)
            .map_or("", |(_, value)| value.as_str())
    }

    /// A field's text, where there is any.
    pub fn some(&self, name: &str) -> Option<&str> {
        Some(self.get(name)).filter(|text| !text.is_empty())
    }

    /// Every text of a field that may come several times.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.pairs
            .iter()
            .filter(move |(key, _)| key == name)
            .map(|(_, value)| value.trim())
            .filter(|value| !value.is_empty())
    }

    /// Every text of a field that may come several times, empty ones too.
    pub fn all_raw<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.pairs
            .iter()
            .filter(move |(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// A field read as what it should be, where it is that.
    pub fn read<T: FromStr>(&self, name: &str) -> Option<T> {
        self.some(name)?.parse().ok()
    }

    /// Whether a box was ticked.
    pub fn ticked(&self, name: &str) -> bool {
        !self.get(name).is_empty()
    }

    /// Whether a box of several was ticked.
    pub fn ticked_among(&self, name: &str, value: &str) -> bool {
        self.all(name).any(|ticked| ticked == value)
    }

    /// Sets a field, for a form that is shown filled in.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.pairs.push((name.to_owned(), value.into()));
        self
    }

    /// The same without some fields.
    pub fn without(&self, names: &[&str]) -> Self {
        let kept = self
            .pairs
            .iter()
            .filter(|(key, _)| !names.contains(&key.as_str()));
        Self::new(kept.cloned().collect())
    }

    /// The id the page gave this form when it was made, so that sending it twice does it once.
    pub fn request(&self) -> Option<Uuid> {
        self.read("request")
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }
}

/// A fresh random id (version 4, RFC 9562).
pub(crate) fn fresh_id() -> Uuid {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).expect("the system gives random bytes");
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}

/// The n-th id that a request makes. The same form sent twice makes the same ids, so that the page
/// after it is the same too.
pub(crate) fn made_by(request: Uuid, n: u32) -> Uuid {
    Uuid::from_u128(request.as_u128() ^ (u128::from(n) << 8))
}

/// What is wrong with a form, and with which field of it.
#[derive(Clone, Debug)]
pub(crate) struct Complaint {
    /// The field it stands beside; none for the form as a whole.
    pub field: Option<&'static str>,
    /// What to say.
    pub text: String,
    /// The code of the reason, for forms that ask back.
    pub code: &'static str,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_sent_twice_makes_the_same_ids_and_all_differ() {
        let request = fresh_id();
        let ids: std::collections::HashSet<_> = (0..1_000).map(|n| made_by(request, n)).collect();
        assert_eq!(ids.len(), 1_000);
        assert_eq!(made_by(request, 7), made_by(request, 7));
    }

    #[test]
    fn fields_are_trimmed_and_missing_ones_are_empty() {
        let typed = Typed::default()
            .with("given_names", "  Demo ")
            .with("n", "x")
            .with("n", "y");
        assert_eq!(typed.get("given_names"), "Demo");
        assert_eq!(typed.get("family_name"), "");
        assert_eq!(typed.all("n").collect::<Vec<_>>(), ["x", "y"]);
    }
}
