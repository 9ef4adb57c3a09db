//! How a name comes to be written otherwise: in Kreyòl instead of French, as Spanish, Portuguese or English
//! ears heard it, abbreviated, without accents, with a slip of the finger. One rule at a time.

use crate::chance::Chance;

/// Names that have a spelling of their own in Kreyòl, or in a country people come back from.
const SPELLINGS: &[(&str, &[&str])] = &[
    ("Jean", &["Jan", "Jn", "John", "Juan"]),
    ("Baptiste", &["Batis", "Bte", "Batiste"]),
    ("Joseph", &["Jozèf", "Jh", "José", "Josef"]),
    ("Pierre", &["Pyè", "Pier", "Pedro", "Piere"]),
    ("Louis", &["Lwi", "Luis", "Luiz", "Lewis"]),
    ("Charles", &["Chal", "Carlos", "Charle"]),
    ("François", &["Franswa", "Francisco", "Francois"]),
    ("Françoise", &["Franswaz", "Francoise"]),
    ("Jacques", &["Jak", "Jacque", "Jack"]),
    ("Étienne", &["Etyèn", "Etienne", "Esteban"]),
    ("Philippe", &["Filip", "Philipe", "Felipe"]),
    ("Michel", &["Michèl", "Mitchel", "Miguel"]),
    ("Antoine", &["Antwàn", "Antoin", "Antonio"]),
    ("Alexandre", &["Aleksann", "Alexander"]),
    ("Toussaint", &["Tousen", "Tousaint"]),
    ("Célestin", &["Selesten", "Celestin"]),
    ("Désir", &["Dezi", "Desir"]),
    ("Noël", &["Nowèl", "Noel"]),
    ("Augustin", &["Ogisten", "Agustin"]),
    ("Auguste", &["Ogis", "Augusto"]),
    ("Exantus", &["Egzantis", "Exantis"]),
    ("Dieudonné", &["Dyedone", "Dieudonne"]),
    ("Emmanuel", &["Emanyèl", "Manuel", "Emanuel"]),
    ("Daniel", &["Danyèl", "Danielle"]),
    ("Gabriel", &["Gabriyèl", "Gabrielle"]),
    ("Raphaël", &["Rafayèl", "Raphael", "Rafael"]),
    ("Samuel", &["Samyèl", "Samwel"]),
    ("Wilner", &["Wilnè", "Vilner", "Wilnor"]),
    ("Évens", &["Evans", "Evens"]),
    ("Josué", &["Jozye", "Josue"]),
    ("Claude", &["Klod", "Claud"]),
    ("Yves", &["Iv", "Ive"]),
    ("Robert", &["Wobè", "Roberto"]),
    ("Roger", &["Woje", "Rogé"]),
    ("Gérard", &["Jera", "Gerard"]),
    ("Marie", &["Mari", "Maria", "Mary", "M."]),
    ("Rose", &["Wòz", "Rosa"]),
    ("Guerline", &["Gèlin", "Gerline"]),
    ("Guerda", &["Gèda", "Gerda"]),
    ("Mirlande", &["Milann", "Myrlande"]),
    ("Nadège", &["Nadèj", "Nadege"]),
    ("Widline", &["Widlin", "Wideline"]),
    ("Ketsia", &["Kètsya", "Ketzia"]),
    ("Judith", &["Jidit", "Judit"]),
    ("Ghislaine", &["Jislèn", "Guislaine"]),
    ("Chantale", &["Chantal", "Chantàl"]),
    ("Josette", &["Jozèt", "Joset"]),
    ("Jacqueline", &["Jaklin", "Jacklyn"]),
    ("Élisabeth", &["Elizabèt", "Elisabet"]),
    ("Louise", &["Lwiz", "Luisa"]),
    ("Jeanne", &["Jàn", "Jane"]),
    ("Catherine", &["Katrin", "Katherine"]),
    ("Thérèse", &["Terèz", "Teresa"]),
    ("Saint", &["St", "Sen", "St."]),
    ("Bien", &["Byen"]),
    ("Aimé", &["Eme", "Aime"]),
    ("Fils", &["Fis"]),
    ("Petit", &["Ti", "Pti"]),
];

/// Letters that are written otherwise where a name has no spelling of its own.
const LETTERS: &[(&str, &str)] = &[
    ("ph", "f"),
    ("qu", "k"),
    ("eau", "o"),
    ("au", "o"),
    ("oi", "wa"),
    ("ou", "w"),
    ("th", "t"),
    ("ss", "s"),
    ("nn", "n"),
    ("ll", "l"),
    ("tt", "t"),
    ("ine", "in"),
    ("ette", "èt"),
    ("elle", "èl"),
    ("ier", "ye"),
    ("er", "è"),
    ("ien", "yen"),
    ("io", "yo"),
    ("ie", "i"),
    ("c", "k"),
    ("ç", "s"),
    ("ge", "j"),
    ("j", "dj"),
    ("ch", "sh"),
    ("y", "i"),
    ("i", "y"),
    ("s", "z"),
    ("x", "ks"),
    ("v", "b"),
];

/// A name as somebody else writes it: one of its parts in a spelling of its own, or by other letters.
pub(crate) fn otherwise(name: &str, chance: &mut Chance) -> String {
    one_part(name, chance, |part, chance| {
        let own = SPELLINGS.iter().find(|(usual, _)| *usual == part);
        match own {
            Some((_, spellings)) => (*chance.one_of(spellings)).to_owned(),
            None => letters(part, chance),
        }
    })
}

fn letters(part: &str, chance: &mut Chance) -> String {
    let lower = part.to_lowercase();
    let fitting: Vec<_> = LETTERS
        .iter()
        .filter(|(from, _)| lower.contains(from))
        .collect();
    let silent = lower.chars().count() > 4 && lower.ends_with(['e', 's', 't', 'x']);
    if fitting.is_empty() || silent && chance.per_mille(200) {
        if silent {
            let mut shorter = lower;
            shorter.pop();
            return capital(&shorter);
        }
        return without_accents(part);
    }
    let (from, to) = chance.one_of(&fitting);
    capital(&lower.replacen(from, to, 1))
}

/// A name without its accents.
pub(crate) fn without_accents(name: &str) -> String {
    let plain = |letter: char| match letter {
        'à' | 'â' | 'ä' => 'a',
        'À' | 'Â' => 'A',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'É' | 'È' | 'Ê' => 'E',
        'î' | 'ï' => 'i',
        'Î' => 'I',
        'ô' | 'ò' | 'ö' => 'o',
        'Ô' | 'Ò' => 'O',
        'ù' | 'û' | 'ü' => 'u',
        'ç' => 'c',
        'Ç' => 'C',
        other => other,
    };
    name.replace('œ', "oe").chars().map(plain).collect()
}

/// A hyphen where there was a space, a space where there was a hyphen, or neither.
pub(crate) fn joined_otherwise(name: &str, chance: &mut Chance) -> String {
    let with = *chance.one_of(&[" ", "-", ""]);
    let parts: Vec<&str> = name
        .split([' ', '-'])
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(with)
}

/// A slip of the finger: a letter left out, doubled, exchanged with its neighbour or for another.
pub(crate) fn slip(text: &str, chance: &mut Chance) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let Ok(count) = u32::try_from(letters.len()) else {
        return text.to_owned();
    };
    if count < 3 {
        return text.to_owned();
    }
    // The first letter is looked at, and seldom wrong.
    let at = 1 + chance.below(count - 1) as usize;
    match chance.below(4) {
        0 => {
            letters.remove(at);
        }
        1 => letters.insert(at, letters[at]),
        2 => letters.swap(at - 1, at),
        _ => {
            let near = if letters[at].is_ascii_digit() {
                *chance.one_of(&['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
            } else {
                *chance.one_of(&['a', 'e', 'i', 'o', 'n', 'r', 's', 't', 'l', 'm'])
            };
            letters[at] = near;
        }
    }
    letters.into_iter().collect()
}

/// The first letter of a name, as it is written where there is little room.
pub(crate) fn initial(name: &str) -> String {
    name.chars()
        .next()
        .map_or_else(String::new, |letter| format!("{letter}."))
}

fn one_part(
    name: &str,
    chance: &mut Chance,
    change: impl Fn(&str, &mut Chance) -> String,
) -> String {
    let bounds: Vec<usize> = name
        .char_indices()
        .filter(|(_, letter)| [' ', '-'].contains(letter))
        .map(|(at, _)| at)
        .collect();
    let Ok(parts) = u32::try_from(bounds.len() + 1) else {
        return name.to_owned();
    };
    let chosen = chance.below(parts) as usize;
    let from = chosen.checked_sub(1).map_or(0, |before| bounds[before] + 1);
    let to = bounds.get(chosen).copied().unwrap_or(name.len());
    format!(
        "{}{}{}",
        &name[..from],
        change(&name[from..to], chance),
        &name[to..]
    )
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn seen(name: &str, wanted: &str, change: fn(&str, &mut Chance) -> String) -> bool {
        let mut chance = Chance::seeded(3);
        (0..200).any(|_| change(name, &mut chance) == wanted)
    }

    #[test]
    fn names_are_written_as_people_write_them() {
        for (name, other) in [
            ("Jean-Baptiste", "Jn-Baptiste"),
            ("Joseph", "Jozèf"),
            ("Étienne", "Etyèn"),
            ("Guerline", "Gèlin"),
            ("Saint-Fleur", "St-Fleur"),
            ("Théophile", "Théofile"),
            ("Pierre Louis", "Pierre Lwi"),
        ] {
            assert!(seen(name, other, otherwise), "{name} as {other}");
        }
        assert!(seen("Jean-Baptiste", "Jean Baptiste", joined_otherwise));
        assert!(seen("Jean-Baptiste", "JeanBaptiste", joined_otherwise));
        assert_eq!(without_accents("Évens Jolicœur"), "Evens Jolicoeur");
        assert_eq!(initial("Évens"), "É.");
    }

    proptest! {
        #[test]
        fn whatever_is_written_can_be_written_otherwise(name in ".{0,30}", seed in any::<u64>()) {
            let mut chance = Chance::seeded(seed);
            let _ = (
                otherwise(&name, &mut chance),
                joined_otherwise(&name, &mut chance),
                without_accents(&name),
                initial(&name),
            );
            let slipped = slip(&name, &mut chance);
            prop_assert!(slipped.chars().count().abs_diff(name.chars().count()) <= 1);
        }
    }
}
