//! The countries that made-up customers live in.

use super::country::{Country, city, emirate, town};
use super::tongue::{
    ARABIC, BRAZILIAN, CHINESE, DUTCH, ENGLISH, FRENCH, GERMAN, ITALIAN, JAPANESE, PERSIAN, POLISH,
    PORTUGUESE, SPANISH, SWEDISH, TAIWANESE, TURKISH, Tongue, WELSH,
};

/// As often as a country stands here, so likely it is.
#[rustfmt::skip]
pub(super) static COUNTRIES: [&Country; 34] = [
    &UNITED_STATES, &UNITED_STATES, &UNITED_STATES, &UNITED_KINGDOM, &UNITED_KINGDOM, &CANADA,
    &AUSTRALIA, &AUSTRIA, &BELGIUM, &BRAZIL, &CHINA, &DENMARK, &EMIRATES, &FRANCE, &FRANCE,
    &GERMANY, &GERMANY, &INDIA, &IRAN, &IRELAND, &ITALY, &JAPAN, &MEXICO, &NETHERLANDS,
    &NEW_ZEALAND, &POLAND, &PORTUGAL, &SAUDI_ARABIA, &SPAIN, &SWEDEN, &SWITZERLAND, &TAIWAN,
    &TURKEY, &WALES,
];

/// The languages of people whose country is not described here.
pub(super) static TONGUES: [&Tongue; 5] = [&ENGLISH, &FRENCH, &SPANISH, &ARABIC, &PORTUGUESE];

static UNITED_STATES: Country = Country {
    code: "US",
    locales: &["en-US", "en", "es-US"],
    tongue: &ENGLISH,
    cities: &[
        city("Austin", "TX", "787##"),
        city("New York", "NY", "100##"),
        city("Portland", "OR", "972##-####"),
        city("Springfield", "IL", "627##"),
        city("San José", "CA", "951##"),
    ],
    streets: &["{n} {name} Street", "{n} North {name} Avenue", "{n} {name} Rd"],
    // 555-0100 to 555-0199, in any area.
    phones: &["+1-512-555-01##", "(212) 555-01##", "+1 503 555 01##"],
    // No social security number has 000, 666 or 9## for an area.
    tax: Some(("other", "000-##-####")),
};

static CANADA: Country = Country {
    code: "CA",
    locales: &["en-CA", "fr-CA"],
    tongue: &FRENCH,
    cities: &[
        city("Montréal", "QC", "H2@ #@#"),
        city("Toronto", "ON", "M5@ #@#"),
        city("Trois-Rivières", "QC", "G8@ #@#"),
    ],
    streets: &["{n}, rue {name}", "{n} {name} Blvd"],
    phones: &["+1 514 555 01##", "416-555-01##"],
    // Social insurance numbers begin with another digit.
    tax: Some(("other", "000 ### ###")),
};

static UNITED_KINGDOM: Country = Country {
    code: "GB",
    locales: &["en-GB"],
    tongue: &ENGLISH,
    cities: &[
        town("London", "SW# #@@"),
        town("London", "E1# #@@"),
        city("Leeds", "West Yorkshire", "LS# #@@"),
        city("Edinburgh", "Scotland", "EH# #@@"),
    ],
    streets: &["{n} {name} Road", "Flat {n}, {name} Court", "{n}a {name} Lane"],
    phones: &["+44 20 7946 0###", "+44 7700 900###", "01632 960###"],
    tax: None,
};

static WALES: Country = Country {
    code: "GB",
    locales: &["cy-GB", "en-GB"],
    tongue: &WELSH,
    cities: &[city("Caerdydd", "Wales", "CF# #@@"), city("Aberystwyth", "Wales", "SY2# #@@")],
    streets: &["{n} Heol {name}"],
    phones: &["+44 29 2018 0###"],
    tax: None,
};

static IRELAND: Country = Country {
    code: "IE",
    locales: &["en-IE", "ga-IE"],
    tongue: &ENGLISH,
    cities: &[city("Dublin", "Leinster", "D0# @@##"), city("Cork", "Munster", "T12 @@##")],
    streets: &["{n} {name} Quay", "{n} St {name}'s Park"],
    phones: &["+353 20 91# ####"],
    tax: None,
};

static AUSTRALIA: Country = Country {
    code: "AU",
    locales: &["en-AU"],
    tongue: &ENGLISH,
    cities: &[
        city("Sydney", "NSW", "20##"),
        city("Melbourne", "VIC", "30##"),
        city("Perth", "WA", "60##"),
    ],
    streets: &["{n}/{n} {name} Parade", "Unit {n}, {name} Terrace"],
    phones: &["+61 2 5550 ####", "(03) 5550 ####", "(08) 5550 ####"],
    tax: None,
};

static NEW_ZEALAND: Country = Country {
    code: "NZ",
    locales: &["en-NZ", "mi-NZ"],
    tongue: &ENGLISH,
    cities: &[town("Whangārei", "01##"), town("Wellington", "60##"), town("Ōtautahi", "80##")],
    streets: &["{n} {name} Crescent"],
    phones: &[],
    tax: None,
};

static INDIA: Country = Country {
    code: "IN",
    locales: &["en-IN", "hi-IN"],
    tongue: &ENGLISH,
    cities: &[city("Pune", "Maharashtra", "4110##"), city("Chennai", "Tamil Nadu", "600 0##")],
    streets: &["{n}, {name} Nagar", "{n} {name} Marg"],
    phones: &[],
    tax: None,
};

static GERMANY: Country = Country {
    code: "DE",
    locales: &["de-DE", "de", "en-DE"],
    tongue: &GERMAN,
    cities: &[
        town("Berlin", "10###"),
        town("München", "80###"),
        town("Köln", "50###"),
        city("Lübeck", "Schleswig-Holstein", "235##"),
    ],
    streets: &["{name}straße {n}", "{name}weg {n}a", "Am {name}-Ufer {n}"],
    phones: &["+49 30 23125 ###", "+49 89 99998 ###", "0221 4710 ###"],
    // Issued ones never begin with a zero.
    tax: Some(("eu-vat", "DE0########")),
};

static AUSTRIA: Country = Country {
    code: "AT",
    locales: &["de-AT"],
    tongue: &GERMAN,
    cities: &[town("Wien", "1##0"), city("Sankt Pölten", "Niederösterreich", "31##")],
    streets: &["{name}gasse {n}", "{name}platz {n}/{n}"],
    phones: &[],
    tax: None,
};

static SWITZERLAND: Country = Country {
    code: "CH",
    locales: &["de-CH", "fr-CH", "it-CH"],
    tongue: &GERMAN,
    cities: &[city("Zürich", "ZH", "80##"), city("Genève", "GE", "12##")],
    streets: &["{name}strasse {n}", "Chemin {name} {n}"],
    phones: &[],
    tax: None,
};

static FRANCE: Country = Country {
    code: "FR",
    locales: &["fr-FR", "fr"],
    tongue: &FRENCH,
    cities: &[
        town("Paris", "750##"),
        city("Saint-Étienne", "Auvergne-Rhône-Alpes", "42###"),
        city("Orléans", "Centre-Val de Loire", "45###"),
    ],
    streets: &["{n}, rue {name}", "{n} bis, avenue {name}", "{n}, allée {name}"],
    phones: &["+33 1 99 00 ## ##", "06 39 98 ## ##", "+33 4 65 71 ## ##"],
    tax: None,
};

static BELGIUM: Country = Country {
    code: "BE",
    locales: &["nl-BE", "fr-BE"],
    tongue: &DUTCH,
    cities: &[town("Liège", "4###"), town("Gent", "9###")],
    streets: &["{name}laan {n} bus {n}", "Rue {name} {n}"],
    phones: &[],
    tax: None,
};

static NETHERLANDS: Country = Country {
    code: "NL",
    locales: &["nl-NL"],
    tongue: &DUTCH,
    cities: &[
        city("Amsterdam", "Noord-Holland", "10## @@"),
        city("'s-Hertogenbosch", "Noord-Brabant", "52## @@"),
    ],
    streets: &["{name}straat {n}", "{name}gracht {n}-hs"],
    phones: &[],
    // The last two digits of issued ones count from 01.
    tax: Some(("eu-vat", "NL#########B00")),
};

static ITALY: Country = Country {
    code: "IT",
    locales: &["it-IT"],
    tongue: &ITALIAN,
    cities: &[city("Roma", "RM", "001##"), city("Forlì", "FC", "471##")],
    streets: &["Via {name} {n}", "Piazza {name}, {n}/A"],
    phones: &[],
    // Digits eight to ten name an office; there is no office 000.
    tax: Some(("eu-vat", "IT#######000#")),
};

static SPAIN: Country = Country {
    code: "ES",
    locales: &["es-ES", "ca-ES", "eu-ES"],
    tongue: &SPANISH,
    cities: &[city("Málaga", "Andalucía", "290##"), city("A Coruña", "Galicia", "150##")],
    streets: &["Calle {name}, {n}", "Avda. {name} {n}, {n}º B"],
    phones: &[],
    tax: None,
};

static MEXICO: Country = Country {
    code: "MX",
    locales: &["es-MX"],
    tongue: &SPANISH,
    cities: &[
        city("Mérida", "Yucatán", "97###"),
        city("Ciudad de México", "Ciudad de México", "06###"),
    ],
    streets: &["Calle {name} #{n}", "Av. {name} {n} Int. {n}"],
    phones: &[],
    tax: None,
};

static PORTUGAL: Country = Country {
    code: "PT",
    locales: &["pt-PT"],
    tongue: &PORTUGUESE,
    cities: &[town("Lisboa", "1###-###"), town("Évora", "7###-###")],
    streets: &["Rua {name}, {n} {n}.º Esq.", "Travessa {name} {n}"],
    phones: &[],
    // Issued ones never begin with a zero.
    tax: Some(("eu-vat", "PT0########")),
};

static BRAZIL: Country = Country {
    code: "BR",
    locales: &["pt-BR"],
    tongue: &BRAZILIAN,
    cities: &[city("São Paulo", "SP", "01###-###"), city("Brasília", "DF", "70###-###")],
    streets: &["Rua {name}, {n}", "Alameda {name}, {n} ap. {n}"],
    phones: &[],
    tax: None,
};

static SWEDEN: Country = Country {
    code: "SE",
    locales: &["sv-SE"],
    tongue: &SWEDISH,
    cities: &[town("Stockholm", "11# ##"), town("Göteborg", "41# ##"), town("Malmö", "21# ##")],
    streets: &["{name}gatan {n}", "{name}vägen {n} B"],
    phones: &["+46 8 465 004 ##", "070-174 06 9#", "+46 31 390 06 4#"],
    // The last two digits of issued ones count from 01.
    tax: Some(("eu-vat", "SE##########00")),
};

static DENMARK: Country = Country {
    code: "DK",
    locales: &["da-DK"],
    tongue: &SWEDISH,
    cities: &[town("København", "1###"), town("Ærøskøbing", "5970")],
    streets: &["{name}gade {n}, {n}. tv."],
    phones: &[],
    // Issued ones never begin with a zero.
    tax: Some(("eu-vat", "DK0#######")),
};

static POLAND: Country = Country {
    code: "PL",
    locales: &["pl-PL"],
    tongue: &POLISH,
    cities: &[city("Łódź", "łódzkie", "9#-###"), city("Kraków", "małopolskie", "3#-###")],
    streets: &["ul. {name} {n}/{n}", "al. {name} {n}"],
    phones: &[],
    // The first three digits of issued ones name an office, from 101 on.
    tax: Some(("eu-vat", "PL0#########")),
};

static JAPAN: Country = Country {
    code: "JP",
    locales: &["ja-JP", "ja"],
    tongue: &JAPANESE,
    cities: &[city("千代田区", "東京都", "100-00##"), city("京都市", "京都府", "60#-8###")],
    streets: &["{name}町{n}丁目{n}-{n}"],
    phones: &[],
    tax: None,
};

static CHINA: Country = Country {
    code: "CN",
    locales: &["zh-CN", "zh-Hans-CN"],
    tongue: &CHINESE,
    cities: &[city("上海", "上海市", "2000##"), city("广州", "广东省", "5100##")],
    streets: &["{name}家路{n}号{n}室"],
    phones: &[],
    tax: None,
};

static TAIWAN: Country = Country {
    code: "TW",
    locales: &["zh-TW", "zh-Hant-TW"],
    tongue: &TAIWANESE,
    cities: &[city("信義區", "臺北市", "110##"), city("左營區", "高雄市", "813###")],
    streets: &["{name}路{n}段{n}號"],
    phones: &[],
    tax: None,
};

static SAUDI_ARABIA: Country = Country {
    code: "SA",
    locales: &["ar-SA"],
    tongue: &ARABIC,
    cities: &[
        city("الرياض", "منطقة الرياض", "1####"),
        city("جدة", "منطقة مكة المكرمة", "2####-####"),
    ],
    streets: &["{n} شارع {name}"],
    phones: &[],
    tax: None,
};

static EMIRATES: Country = Country {
    code: "AE",
    locales: &["ar-AE", "en-AE"],
    tongue: &ARABIC,
    cities: &[emirate("دبي", "دبي"), emirate("Abu Dhabi", "Abu Dhabi")],
    streets: &["{n} شارع {name}", "Villa {n}, {name} St"],
    phones: &[],
    tax: None,
};

static IRAN: Country = Country {
    code: "IR",
    locales: &["fa-IR"],
    tongue: &PERSIAN,
    cities: &[city("تهران", "استان تهران", "1########")],
    streets: &["خیابان {name}، پلاک {n}"],
    phones: &[],
    tax: None,
};

static TURKEY: Country = Country {
    code: "TR",
    locales: &["tr-TR"],
    tongue: &TURKISH,
    cities: &[city("Kadıköy", "İstanbul", "347##"), city("Çankaya", "Ankara", "066##")],
    streets: &["{name} Sokağı No:{n} D:{n}"],
    phones: &[],
    tax: None,
};
