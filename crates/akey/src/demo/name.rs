//! Names of people who do not exist: usual given names of Haiti, and family names that nobody bears,
//! all of the form `Demo-` and a plant or bird in Kreyòl. Nobody can mistake them for somebody.

/// Given names of women and girls.
pub const FEMALE: &[&str] = &[
    "Marie", "Rose", "Guerda", "Mirlande", "Nadège", "Fabiola", "Widline", "Roseline", "Islande",
    "Ketsia", "Esther", "Judith", "Nathalie", "Carline", "Yolande", "Ghislaine", "Magalie",
    "Lovelie", "Dieula", "Manoucheka", "Wideline", "Chantale", "Bertha", "Josette", "Sherline",
    "Naomi", "Daphnée", "Kerline", "Myrlande", "Rosemanie", "Stéphanie", "Vanessa", "Claudette",
    "Edeline", "Françoise", "Gina", "Jésula", "Loudia", "Micheline", "Samantha",
];

/// Given names of men and boys.
pub const MALE: &[&str] = &[
    "Jean", "Pierre", "Wilner", "Jacques", "Frantz", "Emmanuel", "Évens", "Wilson", "Ricardo",
    "Jocelyn", "Fritz", "Mackenson", "Kervens", "Woodly", "Stanley", "Rubens", "Josué", "Samuel",
    "Dieudonné", "Réginald", "Gary", "Claude", "Louis", "Onel", "Peterson", "Wisly", "Jameson",
    "Robenson", "André", "Michelet", "Junior", "Ronald", "Fénel", "Guerrier", "Hérold", "Israël",
    "Kenson", "Lucner", "Moïse", "Nixon",
];

/// What follows `Demo-`: plants and birds of Haiti by their Kreyòl names.
pub const FAMILY: &[&str] = &[
    "Mapou", "Flanbwayan", "Zanmann", "Kowosòl", "Kachiman", "Sitwon", "Mango", "Zaboka",
    "Bannann", "Kokoye", "Gwayav", "Papay", "Kenèp", "Siwèl", "Zoranj", "Chadèk", "Kalbas",
    "Latanye", "Palmis", "Kajou", "Bayawonn", "Bwapen", "Sèd", "Gayak", "Kanpèch", "Benzoliv",
    "Kafe", "Kakawo", "Pistach", "Militon", "Joumou", "Pitimi", "Manyòk", "Patat", "Yanm",
    "Malanga", "Wosiyòl", "Zòtolan", "Toutrèl", "Kolibri", "Pipirit", "Madansara", "Malfini",
    "Frize", "Grangozye", "Krabye", "Kanna", "Jako", "Fregat", "Kwèt",
];
