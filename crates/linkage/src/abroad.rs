//! Given and family names as they are written in the countries that people were in: Chile and the Dominican
//! Republic, Brazil, the United States. Whoever was Jean at home was Juan, João or John there.

/// The French form, and what stands for it in Spanish, Portuguese and English where it sounds otherwise.
const ABROAD: &[(&str, &[&str])] = &[
    ("alexandre", &["alejandro", "alexander"]),
    ("andre", &["andres", "andrew"]),
    ("anne", &["ana", "anna", "ann"]),
    ("antoine", &["antonio", "anthony"]),
    ("auguste", &["augusto"]),
    ("augustin", &["agustin", "agostinho", "augustine"]),
    ("beatrice", &["beatriz"]),
    ("catherine", &["catalina", "catarina", "katherine"]),
    ("charles", &["carlos", "carl"]),
    ("claude", &["claudio"]),
    ("edouard", &["eduardo", "edward"]),
    ("elisabeth", &["isabel", "elizabeth"]),
    ("emmanuel", &["manuel", "manoel", "emanuel"]),
    ("etienne", &["esteban", "estevao", "stephen", "steven"]),
    ("eugene", &["eugenio"]),
    ("francois", &["francisco", "francis"]),
    ("frederic", &["federico", "frederico", "frederick"]),
    ("georges", &["jorge", "george"]),
    ("gerard", &["gerardo"]),
    ("guillaume", &["guillermo", "guilherme", "william"]),
    ("helene", &["elena", "helena"]),
    ("henri", &["enrique", "henrique", "henry"]),
    ("jacqueline", &["jacquelyn"]),
    ("jacques", &["santiago", "tiago", "james", "jack"]),
    ("jean", &["juan", "joao", "john"]),
    ("jeanne", &["juana", "joana", "jane", "joan"]),
    ("joseph", &["jose", "josef"]),
    ("jules", &["julio"]),
    ("laurent", &["lorenzo", "lourenco", "lawrence"]),
    ("louis", &["luis", "luiz", "lewis"]),
    ("louise", &["luisa", "luiza"]),
    ("luc", &["lucas", "luke"]),
    ("marc", &["marcos", "mark"]),
    ("marguerite", &["margarita", "margarida", "margaret"]),
    ("marie", &["maria", "mary"]),
    ("marthe", &["marta", "martha"]),
    ("mathieu", &["mateo", "mateus", "matthew"]),
    ("michel", &["miguel", "michael"]),
    ("nicolas", &["nicholas"]),
    ("paul", &["pablo", "paulo"]),
    ("philippe", &["felipe", "filipe", "philip"]),
    ("pierre", &["pedro", "peter"]),
    ("raphael", &["rafael"]),
    ("raymond", &["ramon", "raimundo"]),
    ("robert", &["roberto"]),
    ("roger", &["rogelio", "rogerio"]),
    ("rose", &["rosa"]),
    ("simon", &["simao"]),
    ("susanne", &["susana", "susan"]),
    ("therese", &["teresa", "tereza", "theresa"]),
    ("thomas", &["tomas", "tomaz"]),
    ("vincent", &["vicente"]),
];

/// The French form of a token; itself, where it has none.
pub(crate) fn at_home(token: &str) -> &str {
    let abroad = ABROAD.iter().find(|(_, forms)| forms.contains(&token));
    abroad.map_or(token, |(home, _)| home)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_same_abroad_and_each_form_has_one_home() {
        assert_eq!(at_home("juan"), "jean");
        assert_eq!(at_home("wilner"), "wilner");
        let mut forms: Vec<_> = ABROAD.iter().flat_map(|(_, forms)| *forms).collect();
        forms.sort_unstable();
        assert!(forms.windows(2).all(|two| two[0] != two[1]));
    }
}
