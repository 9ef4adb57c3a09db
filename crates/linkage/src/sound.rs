//! How a name sounds in Kreyòl and French, as a short key: names that are written otherwise and said alike
//! have the same one. Ours, for the names of Haiti; the rules are these, in order:
//!
//! 1. Vowels are one, and stand in the key at its beginning only (`a`).
//! 2. A glide is one, whether written *w*, *y*, *ou*, *i* or *u* before a vowel, or not at all between two
//!    (Louis, Lwi; Daniel, Danyèl; Noël, Nowèl). *oi* is glide and vowel (Antoine, Antwàn).
//! 3. *ph* is f, *th* is t, *ch* and *sh* are x, *qu*, *k* and hard *c* are k, soft *c*, *ç*, *z* are s, *x* and
//!    *gz* are ks, *pt* is t, *h* is silent (Philippe, Filip; Jacques, Jak). *g*, *gu*, *j* and *dj* are j: before
//!    *e* and *i* French says j where Kreyòl says g, and who wrote it is not known (Guerline, Gèlin; Gérard, Jera).
//! 4. *r* is silent behind a vowel (Wilner, Wilnè; Guerline, Gèlin), and a glide at the beginning before *o*
//!    or *u* (Robert, Wobè).
//! 5. At the end, *e* is silent, and *t*, *d*, *s*, *p* behind it or without it (Louis, Lwi; Toussaint, Tousen);
//!    of *st* both (Baptiste, Batis), of *nd* the d (Mirlande, Milann).
//! 6. Doubled letters are one.

/// The key of one token in lower-case letters without accents. Never empty, but for an empty token; letters
/// of other scripts stand for themselves.
pub fn key(token: &str) -> String {
    let letters: Vec<char> = token.chars().collect();
    let mut sounds = Sounds::default();
    let mut at = 0;
    while at < letters.len() {
        at += sounds.take(&letters, at);
    }
    let key = sounds.finish();
    if key.is_empty() {
        token.to_owned()
    } else {
        key
    }
}

const VOWEL: char = 'a';
const GLIDE: char = 'y';
/// A vowel that is silent at the end.
const MUTE: char = 'e';

#[derive(Default)]
struct Sounds(Vec<char>);

fn is_vowel(letter: Option<&char>) -> bool {
    matches!(letter, Some('a' | 'e' | 'i' | 'o' | 'u' | 'y'))
}

impl Sounds {
    fn push(&mut self, sound: char) {
        if self.0.last() != Some(&sound) {
            self.0.push(sound);
        }
    }

    /// Takes the sound that begins at a letter, and gives how many letters it is written with.
    fn take(&mut self, letters: &[char], at: usize) -> usize {
        let rest = &letters[at..];
        let begins = |with: &str| with.chars().eq(rest.iter().take(with.len()).copied());
        let ends = |at: usize| matches!(&rest[at.min(rest.len())..], [] | ['e'] | ['e', 's']);
        match rest[0] {
            _ if begins("eau") => self.vowel(VOWEL, 3),
            _ if begins("oeu") => self.vowel(VOWEL, 3),
            _ if begins("oi") || begins("oy") => {
                self.push(GLIDE);
                self.vowel(VOWEL, 2)
            }
            _ if begins("ou") => {
                let sound = if is_vowel(rest.get(2)) { GLIDE } else { VOWEL };
                self.vowel(sound, 2)
            }
            _ if ["au", "ai", "ei", "ea", "eu", "ee"]
                .iter()
                .any(|two| begins(two)) =>
            {
                self.vowel(VOWEL, 2)
            }
            // At the end, *ie* is i and a silent e; *ye* is how Kreyòl writes a glide.
            'i' | 'u' if ends(1) => self.vowel(VOWEL, 1),
            'i' | 'y' | 'u' if is_vowel(rest.get(1)) => self.vowel(GLIDE, 1),
            'a' | 'o' | 'e' if is_vowel(rest.get(1)) => {
                self.push(VOWEL);
                self.vowel(GLIDE, 1)
            }
            'e' => self.vowel(MUTE, 1),
            'a' | 'i' | 'o' | 'u' | 'y' => self.vowel(VOWEL, 1),
            'w' => self.vowel(GLIDE, 1),
            'h' => 1,
            'r' => {
                let next = rest.get(1);
                if at == 0 && matches!(next, Some('o' | 'u')) {
                    self.push(GLIDE);
                } else if is_vowel(next) && !ends(1) {
                    self.push('r');
                }
                1
            }
            _ => self.consonant(rest, begins),
        }
    }

    fn vowel(&mut self, sound: char, letters: usize) -> usize {
        self.push(sound);
        letters
    }

    fn consonant(&mut self, rest: &[char], begins: impl Fn(&str) -> bool) -> usize {
        let soft = matches!(rest.get(1), Some('e' | 'i' | 'y'));
        let written: &[(&str, &str)] = &[
            ("sch", "x"),
            ("ch", "x"),
            ("sh", "x"),
            ("ph", "f"),
            ("th", "t"),
            ("qu", "k"),
            ("ck", "k"),
            ("gz", "ks"),
            ("dj", "j"),
            ("pt", "t"),
            ("gn", "n"),
            ("cois", "s"),
            ("gue", "j"),
            ("gui", "j"),
        ];
        if let Some((with, sounds)) = written.iter().find(|(with, _)| begins(with)) {
            for sound in sounds.chars() {
                self.push(sound);
            }
            // The vowels behind are still to come.
            return match *with {
                "gue" | "gui" => 2,
                "cois" => 1,
                whole => whole.len(),
            };
        }
        match rest[0] {
            'c' if soft => self.push('s'),
            'c' | 'q' => self.push('k'),
            'g' => self.push('j'),
            'x' => {
                self.push('k');
                self.push('s');
            }
            'z' => self.push('s'),
            other => self.push(other),
        }
        1
    }

    fn finish(mut self) -> String {
        let is_vowel = |sound: &char| [VOWEL, MUTE].contains(sound);
        // A name of vowels alone keeps one.
        if self.0.len() > 1 && self.0.last() == Some(&MUTE) {
            self.0.pop();
        } else if self.0.ends_with(&[MUTE, 's']) && self.0.len() > 3 {
            self.0.truncate(self.0.len() - 2);
        }
        for cluster in [['s', 't'], ['n', 'd']] {
            if self.0.ends_with(&cluster) {
                self.0.pop();
            }
        }
        let consonants = self.0.iter().filter(|sound| !is_vowel(sound)).count();
        if consonants > 1 && matches!(self.0.last(), Some('s' | 't' | 'd' | 'p')) {
            self.0.pop();
        }
        let first = self.0.first().copied();
        let kept = self.0.iter().filter(|sound| !is_vowel(sound));
        let mut key = String::new();
        if first.is_some_and(|sound| is_vowel(&sound)) {
            key.push(VOWEL);
        }
        for sound in kept {
            if !key.ends_with(*sound) {
                key.push(*sound);
            }
        }
        key
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::normal::tokens;

    fn sounds(name: &str) -> Vec<String> {
        tokens(name).iter().map(|token| key(token)).collect()
    }

    /// Spellings that are usual beside each other, Kreyòl in the official orthography of 1979. The list is ours.
    const ALIKE: &[&[&str]] = &[
        &["Jean", "Jan"],
        &["Joseph", "Jozèf", "Josef"],
        &["Étienne", "Etyèn", "Etienne"],
        &["Pierre", "Pyè", "Piere"],
        &["Guerline", "Gèlin", "Gerline"],
        &["Louis", "Lwi", "Luis"],
        &["François", "Franswa"],
        &["Jacques", "Jak", "Jacque"],
        &["Philippe", "Filip"],
        &["Charles", "Chal"],
        &["Michel", "Michèl"],
        &["Antoine", "Antwàn"],
        &["Toussaint", "Tousen"],
        &["Augustin", "Ogisten"],
        &["Baptiste", "Batis"],
        &["Désir", "Dezi"],
        &["Noël", "Nowèl"],
        &["Dieudonné", "Dyedone"],
        &["Emmanuel", "Emanyèl"],
        &["Daniel", "Danyèl"],
        &["Gabriel", "Gabriyèl"],
        &["Raphaël", "Rafayèl"],
        &["Samuel", "Samyèl"],
        &["Wilner", "Wilnè"],
        &["Robert", "Wobè"],
        &["Marie", "Mari"],
        &["Rose", "Wòz"],
        &["Mirlande", "Milann"],
        &["Nadège", "Nadèj"],
        &["Judith", "Jidit"],
        &["Josette", "Jozèt"],
        &["Louise", "Lwiz"],
        &["Exantus", "Egzantis"],
        &["Claude", "Klod"],
        &["Théophile", "Teofil"],
    ];

    #[test]
    fn names_that_are_said_alike_have_one_key() {
        let mut wrong = Vec::new();
        for names in ALIKE {
            let keys: Vec<_> = names.iter().map(|name| sounds(name)).collect();
            if keys.iter().any(|key| *key != keys[0]) {
                wrong.push(format!("{names:?}: {keys:?}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn names_that_are_said_otherwise_have_others() {
        let names = [
            "Jean",
            "Joseph",
            "Pierre",
            "Louis",
            "Charles",
            "Paul",
            "François",
            "Antoine",
            "Michel",
            "Jacques",
            "Augustin",
            "Étienne",
            "Philippe",
            "Alexandre",
            "Toussaint",
            "Célestin",
            "Wilner",
            "Mirlande",
            "Guerda",
            "Fabiola",
            "Widline",
            "Esther",
            "Ketsia",
            "Carline",
        ];
        let mut keys: Vec<_> = names.iter().map(|name| sounds(name)).collect();
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), names.len(), "{keys:?}");
    }

    proptest! {
        #[test]
        fn every_token_has_a_key_no_longer_than_twice_itself(name in ".{0,40}") {
            for token in tokens(&name) {
                let key = key(&token);
                prop_assert!(!key.is_empty());
                prop_assert!(key.chars().count() <= 2 * token.chars().count());
            }
        }
    }
}
