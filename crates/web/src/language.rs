//! The four languages of the pages, and how one is chosen: the person's own choice first (a
//! cookie), then the first that the operation named, or where it named none what the browser asks
//! for, then Kreyòl. It knows nothing of what is said.

/// A language of the pages.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Language {
    /// Haitian Creole.
    Kreyol,
    /// French.
    French,
    /// English.
    English,
    /// Spanish.
    Spanish,
}

impl Language {
    /// Every language, in the order they are offered.
    pub const ALL: [Self; 4] = [Self::Kreyol, Self::French, Self::English, Self::Spanish];

    /// The BCP 47 tag (ISO 639-1).
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Kreyol => "ht",
            Self::French => "fr",
            Self::English => "en",
            Self::Spanish => "es",
        }
    }

    /// The language as its speakers call it.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::Kreyol => "Kreyòl",
            Self::French => "Français",
            Self::English => "English",
            Self::Spanish => "Español",
        }
    }

    /// The language of a tag; its region does not matter.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or(tag).trim();
        Self::ALL
            .into_iter()
            .find(|language| language.tag().eq_ignore_ascii_case(primary))
    }

    /// The best of our languages for an `Accept-Language` header (RFC 9110, section 12.5.4).
    pub fn negotiate(header: &str) -> Option<Self> {
        let mut best: Option<(Self, f32)> = None;
        for part in header.split(',') {
            let mut pieces = part.split(';');
            let Some(language) = pieces.next().and_then(Self::from_tag) else {
                continue;
            };
            let weight = pieces
                .find_map(|piece| piece.trim().strip_prefix("q="))
                .map_or(Some(1.0), |weight| weight.trim().parse().ok())
                .unwrap_or(0.0);
            if weight > 0.0 && best.is_none_or(|(_, other)| weight > other) {
                best = Some((language, weight));
            }
        }
        best.map(|(language, _)| language)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browsers_first_choice_that_we_speak_is_taken() {
        assert_eq!(
            Language::negotiate("de, fr-CA;q=0.8, en;q=0.5"),
            Some(Language::French)
        );
        assert_eq!(Language::negotiate("en;q=0.2, ht"), Some(Language::Kreyol));
        assert_eq!(Language::negotiate("es-419"), Some(Language::Spanish));
        assert_eq!(Language::negotiate("en;q=0, de"), None);
        assert_eq!(Language::negotiate(",;q=x,;;"), None);
    }
}
