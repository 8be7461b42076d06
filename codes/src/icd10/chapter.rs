use crate::Text;

/// The 22 chapters in the order of the statistics: id (range of categories) and name.
///
/// Source: Socialstyrelsen, ICD-10-SE (names); WHO, ICD-10 (English names); conformance kit §6.5 (ids).
pub(super) const CHAPTERS: [(&str, Text); 22] = [
    (
        "A00-B99",
        Text::new(
            "Vissa infektionssjukdomar och parasitsjukdomar",
            "Certain infectious and parasitic diseases",
        ),
    ),
    ("C00-D48", Text::new("Tumörer", "Neoplasms")),
    (
        "D50-D89",
        Text::new(
            "Sjukdomar i blod och blodbildande organ samt vissa rubbningar i immunsystemet",
            "Diseases of the blood and blood-forming organs and certain disorders involving the immune mechanism",
        ),
    ),
    (
        "E00-E90",
        Text::new(
            "Endokrina sjukdomar, nutritionsrubbningar och ämnesomsättningssjukdomar",
            "Endocrine, nutritional and metabolic diseases",
        ),
    ),
    (
        "F00-F99",
        Text::new(
            "Psykiska sjukdomar och syndrom samt beteendestörningar",
            "Mental and behavioural disorders",
        ),
    ),
    (
        "G00-G99",
        Text::new("Sjukdomar i nervsystemet", "Diseases of the nervous system"),
    ),
    (
        "H00-H59",
        Text::new(
            "Sjukdomar i ögat och närliggande organ",
            "Diseases of the eye and adnexa",
        ),
    ),
    (
        "H60-H95",
        Text::new(
            "Sjukdomar i örat och mastoidutskottet",
            "Diseases of the ear and mastoid process",
        ),
    ),
    (
        "I00-I99",
        Text::new(
            "Cirkulationsorganens sjukdomar",
            "Diseases of the circulatory system",
        ),
    ),
    (
        "J00-J99",
        Text::new(
            "Andningsorganens sjukdomar",
            "Diseases of the respiratory system",
        ),
    ),
    (
        "K00-K93",
        Text::new(
            "Matsmältningsorganens sjukdomar",
            "Diseases of the digestive system",
        ),
    ),
    (
        "L00-L99",
        Text::new(
            "Hudens och underhudens sjukdomar",
            "Diseases of the skin and subcutaneous tissue",
        ),
    ),
    (
        "M00-M99",
        Text::new(
            "Sjukdomar i muskuloskeletala systemet och bindväven",
            "Diseases of the musculoskeletal system and connective tissue",
        ),
    ),
    (
        "N00-N99",
        Text::new(
            "Sjukdomar i urin- och könsorganen",
            "Diseases of the genitourinary system",
        ),
    ),
    (
        "O00-O99",
        Text::new(
            "Graviditet, förlossning och barnsängstid",
            "Pregnancy, childbirth and the puerperium",
        ),
    ),
    (
        "P00-P96",
        Text::new(
            "Vissa perinatala tillstånd",
            "Certain conditions originating in the perinatal period",
        ),
    ),
    (
        "Q00-Q99",
        Text::new(
            "Medfödda missbildningar, deformiteter och kromosomavvikelser",
            "Congenital malformations, deformations and chromosomal abnormalities",
        ),
    ),
    (
        "R00-R99",
        Text::new(
            "Symtom, sjukdomstecken och onormala kliniska fynd och laboratoriefynd som ej klassificeras på annan plats",
            "Symptoms, signs and abnormal clinical and laboratory findings, not elsewhere classified",
        ),
    ),
    (
        "S00-T98",
        Text::new(
            "Skador, förgiftningar och vissa andra följder av yttre orsaker",
            "Injury, poisoning and certain other consequences of external causes",
        ),
    ),
    (
        "U00-U99",
        Text::new("Koder för särskilda ändamål", "Codes for special purposes"),
    ),
    (
        "V01-Y98",
        Text::new(
            "Yttre orsaker till sjukdom och död",
            "External causes of morbidity and mortality",
        ),
    ),
    (
        "Z00-Z99",
        Text::new(
            "Faktorer av betydelse för hälsotillståndet och för kontakter med hälso- och sjukvården",
            "Factors influencing health status and contact with health services",
        ),
    ),
];

/// Block id and name, as Socialstyrelsen publishes them in ICD-10-SE (avsnitt).
pub(super) static BLOCKS: &str = include_str!("../../data/icd10_blocks.csv");
