//! Countries and nationalities as lists write them.

use std::collections::HashMap;
use std::sync::LazyLock;

use domain::{Country, fold_name};

/// ISO 3166-1: alpha-3 and alpha-2 of each country, as the standard's maintenance agency lists them
/// (249 entries; compared with github.com/lukes/ISO-3166-Countries-with-Regional-Codes).
const CODES: &str = "ABWAW AFGAF AGOAO AIAAI ALAAX ALBAL ANDAD AREAE ARGAR ARMAM ASMAS ATAAQ ATFTF ATGAG \
AUSAU AUTAT AZEAZ BDIBI BELBE BENBJ BESBQ BFABF BGDBD BGRBG BHRBH BHSBS BIHBA BLMBL BLRBY BLZBZ BMUBM \
BOLBO BRABR BRBBB BRNBN BTNBT BVTBV BWABW CAFCF CANCA CCKCC CHECH CHLCL CHNCN CIVCI CMRCM CODCD COGCG \
COKCK COLCO COMKM CPVCV CRICR CUBCU CUWCW CXRCX CYMKY CYPCY CZECZ DEUDE DJIDJ DMADM DNKDK DOMDO DZADZ \
ECUEC EGYEG ERIER ESHEH ESPES ESTEE ETHET FINFI FJIFJ FLKFK FRAFR FROFO FSMFM GABGA GBRGB GEOGE GGYGG \
GHAGH GIBGI GINGN GLPGP GMBGM GNBGW GNQGQ GRCGR GRDGD GRLGL GTMGT GUFGF GUMGU GUYGY HKGHK HMDHM HNDHN \
HRVHR HTIHT HUNHU IDNID IMNIM INDIN IOTIO IRLIE IRNIR IRQIQ ISLIS ISRIL ITAIT JAMJM JEYJE JORJO JPNJP \
KAZKZ KENKE KGZKG KHMKH KIRKI KNAKN KORKR KWTKW LAOLA LBNLB LBRLR LBYLY LCALC LIELI LKALK LSOLS LTULT \
LUXLU LVALV MACMO MAFMF MARMA MCOMC MDAMD MDGMG MDVMV MEXMX MHLMH MKDMK MLIML MLTMT MMRMM MNEME MNGMN \
MNPMP MOZMZ MRTMR MSRMS MTQMQ MUSMU MWIMW MYSMY MYTYT NAMNA NCLNC NERNE NFKNF NGANG NICNI NIUNU NLDNL \
NORNO NPLNP NRUNR NZLNZ OMNOM PAKPK PANPA PCNPN PERPE PHLPH PLWPW PNGPG POLPL PRIPR PRKKP PRTPT PRYPY \
PSEPS PYFPF QATQA REURE ROURO RUSRU RWARW SAUSA SDNSD SENSN SGPSG SGSGS SHNSH SJMSJ SLBSB SLESL SLVSV \
SMRSM SOMSO SPMPM SRBRS SSDSS STPST SURSR SVKSK SVNSI SWESE SWZSZ SXMSX SYCSC SYRSY TCATC TCDTD TGOTG \
THATH TJKTJ TKLTK TKMTM TLSTL TONTO TTOTT TUNTN TURTR TUVTV TWNTW TZATZ UGAUG UKRUA UMIUM URYUY USAUS \
UZBUZ VATVA VCTVC VENVE VGBVG VIRVI VNMVN VUTVU WLFWF WSMWS YEMYE ZAFZA ZMBZM ZWEZW";

/// Names and nationalities, without accents, of the countries that occur on the way: in English,
/// French, Spanish and Kreyòl.
const NAMES: [(&str, &str); 32] = [
    (
        "HTI",
        "haiti, ayiti, republic of haiti, republique dhaiti, haitian, haitien, haitienne, \
        haitiano, haitiana, ayisyen, ayisyenn",
    ),
    (
        "CHL",
        "chile, chili, chilean, chilien, chilienne, chileno, chilena, chilyen",
    ),
    (
        "BRA",
        "brazil, bresil, brasil, brezil, brazilian, bresilien, bresilienne, brasileno, brasilena, \
        brasileiro, brasileira, brezilyen",
    ),
    (
        "USA",
        "united states, united states of america, us, u s, u s a, america, etats unis, etats unis \
        damerique, eua, e u a, ee uu, eeuu, estados unidos, estados unidos de america, etazini, \
        american, americain, americaine, americano, americana, estadounidense, ameriken",
    ),
    (
        "MEX",
        "mexico, mexique, mejico, meksik, mexican, mexicain, mexicaine, mexicano, mexicana, \
        meksiken",
    ),
    (
        "DOM",
        "dominican republic, the dominican republic, republique dominicaine, rep dominicaine, rep \
        dom, republica dominicana, rep dominicana, r d, rd, dominikani, sendomeng, dominican, \
        dominicain, dominicaine, dominicano, dominicana, dominiken",
    ),
    (
        "BHS",
        "bahamas, the bahamas, las bahamas, bahama, bahamian, bahameen, bahameenne, bahamiano, \
        bahameno, nasso",
    ),
    (
        "CUB",
        "cuba, kiba, cuban, cubain, cubaine, cubano, cubana, kiben",
    ),
    (
        "TCA",
        "turks and caicos, turks and caicos islands, turks caicos, turk and caicos, iles turques \
        et caiques, iles turks et caicos, turques et caiques, islas turcas y caicos",
    ),
    (
        "VEN",
        "venezuela, venezyela, venezuelan, venezuelien, venezuelienne, venezolano, venezolana, \
        bolivarian republic of venezuela",
    ),
    (
        "ECU",
        "ecuador, equateur, ekwate, ecuadorian, ecuadorean, equatorien, equatorienne, \
        ecuatoriano, ecuatoriana",
    ),
    (
        "PER",
        "peru, perou, pewou, peruvian, peruvien, peruvienne, peruano, peruana",
    ),
    (
        "PAN",
        "panama, panamanian, panameen, panameenne, panameno, panamena",
    ),
    (
        "COL",
        "colombia, colombie, kolonbi, colombian, colombien, colombienne, colombiano, colombiana",
    ),
    (
        "CRI",
        "costa rica, kostarika, costa rican, costaricien, costaricienne, costarricense",
    ),
    (
        "NIC",
        "nicaragua, nikaragwa, nicaraguan, nicaraguayen, nicaraguayenne, nicaraguense",
    ),
    (
        "HND",
        "honduras, ondiras, honduran, hondurien, hondurienne, hondureno, hondurena",
    ),
    (
        "GTM",
        "guatemala, gwatemala, guatemalan, guatemalteque, guatemalteco, guatemalteca",
    ),
    (
        "SLV",
        "el salvador, salvador, salvadoran, salvadorien, salvadorienne, salvadoreno, salvadorena",
    ),
    (
        "BLZ",
        "belize, belice, belizean, belizien, belizienne, beliceno",
    ),
    (
        "CAN",
        "canada, kanada, canadian, canadien, canadienne, canadiense, kanadyen",
    ),
    (
        "FRA",
        "france, francia, lafrans, frans, french, francais, francaise, frances, francesa",
    ),
    (
        "ESP",
        "spain, espagne, espana, panyol, spanish, espagnol, espagnole, espanol, espanola",
    ),
    (
        "ARG",
        "argentina, argentine, ajantin, argentinian, argentin, argentino",
    ),
    (
        "BOL",
        "bolivia, bolivie, bolivi, bolivian, bolivien, bolivienne, boliviano, boliviana",
    ),
    (
        "PRY",
        "paraguay, paragwe, paraguayan, paraguayen, paraguayenne, paraguayo, paraguaya",
    ),
    (
        "URY",
        "uruguay, irigwe, uruguayan, uruguayen, uruguayenne, uruguayo, uruguaya",
    ),
    ("GUY", "guyana, guyanese, guyanien, guyanes"),
    (
        "GUF",
        "french guiana, guyane, guyane francaise, guayana francesa, lagiyan, giyan",
    ),
    (
        "SUR",
        "suriname, surinam, surinamese, surinamien, surinames",
    ),
    (
        "JAM",
        "jamaica, jamaique, jamayik, jamaican, jamaicain, jamaicaine, jamaicano, jamaiquino",
    ),
    ("PRI", "puerto rico, porto rico, potoriko"),
];

/// Countries by their codes of three and of two letters, their names and their people, all folded.
static COUNTRIES: LazyLock<HashMap<String, Country>> = LazyLock::new(|| {
    let country = |code: &str| code.parse().expect("three letters");
    let codes = CODES.split(' ').flat_map(|entry| {
        let (three, two) = entry.split_at(3);
        [three, two].map(|code| (code.to_ascii_lowercase(), country(three)))
    });
    let names = NAMES.iter().flat_map(|(code, names)| {
        names
            .split(", ")
            .map(|name| (name.to_owned(), country(code)))
    });
    names.chain(codes).collect()
});

/// The country that a text names by its code of three or two letters, by its name, or by its people.
pub fn read(text: &str) -> Option<Country> {
    COUNTRIES.get(&fold_name(text)).copied()
}

/// The countries that a text names, one or several: "HTI/CHL", "haïtienne et chilienne". All of them
/// or none: a half-read cell would pass for a whole one.
pub fn read_all(text: &str) -> Option<Vec<Country>> {
    if let Some(country) = read(text) {
        return Some(vec![country]);
    }
    let mut countries = Vec::new();
    for part in text
        .replace(" et ", "/")
        .replace(" and ", "/")
        .replace(" y ", "/")
        .replace(" ak ", "/")
        .split(['/', ',', ';', '&', '+', '-'])
    {
        if part.trim().is_empty() {
            continue;
        }
        let country = read(part)?;
        if !countries.contains(&country) {
            countries.push(country);
        }
    }
    (!countries.is_empty()).then_some(countries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_are_read_by_code_and_name_in_four_languages() {
        for (text, code) in [
            ("HTI", "HTI"),
            ("ht", "HTI"),
            ("Haïti", "HTI"),
            ("AYITI", "HTI"),
            ("haïtienne", "HTI"),
            ("République d'Haïti", "HTI"),
            ("Chili", "CHL"),
            ("Brasil", "BRA"),
            ("U.S.A.", "USA"),
            ("États-Unis", "USA"),
            ("EE.UU.", "USA"),
            ("Rép. Dominicaine", "DOM"),
            ("Îles Turques-et-Caïques", "TCA"),
            ("Perú", "PER"),
            ("Guyane française", "GUF"),
            ("DE", "DEU"),
        ] {
            assert_eq!(
                read(text).map(|country| country.to_string()).as_deref(),
                Some(code),
                "{text}"
            );
        }
        for text in ["", "ZZZ", "Atlantis", "H", "Port-au-Prince"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn two_nationalities_in_one_cell_are_two() {
        for text in [
            "HTI/CHL",
            "Haïtienne et chilienne",
            "Haitian, Chilean",
            "HTI - CHL",
            "haitiana y chilena",
        ] {
            assert_eq!(
                read_all(text),
                Some(vec![Country::HTI, Country::CHL]),
                "{text}"
            );
        }
        assert_eq!(read_all("HTI/Atlantis"), None);
        assert_eq!(read_all("/"), None);
    }

    #[test]
    fn every_listed_country_is_one_of_the_standard() {
        assert_eq!(CODES.split(' ').count(), 249);
        for (code, names) in NAMES {
            assert!(CODES.split(' ').any(|entry| &entry[..3] == code), "{code}");
            for name in names.split(", ") {
                assert_eq!(
                    NAMES
                        .iter()
                        .filter(|(_, names)| names.split(", ").any(|other| other == name))
                        .count(),
                    1,
                    "{name}"
                );
            }
        }
    }
}
