use frisk_codes::Language;

/// Makes the table of fixed words: a field a phrase, in both languages, so that none can be forgotten.
macro_rules! words {
    ($($name:ident: $sv:literal, $en:literal;)*) => {
        /// The fixed words of the pages in one language. Source: `PAGES.md` §6.
        #[derive(Debug)]
        pub(crate) struct Words {
            $(pub(crate) $name: &'static str,)*
        }
        static SV: Words = Words { $($name: $sv,)* };
        static EN: Words = Words { $($name: $en,)* };
    };
}

words! {
    lang: "sv", "en";
    skip: "Hoppa till innehållet", "Skip to the content";
    overview: "Översikt", "Overview";
    reports: "Rapporter", "Reports";
    risk: "Riskstöd", "Risk calculator";
    method: "Så räknas det", "How this is counted";
    api: "API", "API";
    menu: "Meny", "Menu";
    main_nav: "Huvudmeny", "Main menu";
    other_language: "English", "Svenska";
    other_lang_code: "en", "sv";
    sign_in: "Logga in", "Sign in";
    sign_out: "Logga ut", "Sign out";
    switch_person: "Byt person", "Change person";
    demo_banner: "Demonstration med påhittade personer", "Demonstration with invented people";
    data_through: "data t.o.m.", "data through";
    version: "version", "snapshot";
    foot_source: "Källa", "Source";
    foot_note: "Frisk är inte officiell statistik.", "Frisk is not official statistics.";
    overview_title: "Sjukskrivning i Sverige just nu", "Sick leave in Sweden now";
    whole_country: "Hela landet", "The whole country";
    sick_cases: "Sjukfall", "Sick cases";
    women: "Kvinnor", "Women";
    men: "Män", "Men";
    total: "Totalt", "Total";
    questions: "Vanligaste frågorna", "Common questions";
    regions: "Regionerna", "The regions";
    regions_note: "Klicka på en region för att se sjukfall per månad.", "Follow a region to see its sick cases a month.";
    see_report: "Se rapporten", "See the report";
    show_table: "Visa tabell", "Show table";
    chart: "Diagram", "Chart";
    table: "Tabell", "Table";
    scroll_table: "Tabell, går att rulla i sidled", "Table, scrolls sideways";
    reports_title: "Rapporter", "Reports";
    reports_lead: "Varje rapport räknas om ur intygen när den visas. Riket och regionerna är öppna för alla.", "Each report is counted from the certificates when it is shown. The nation and the regions are open to all.";
    choices: "Val", "Choices";
    level: "Nivå", "Level";
    place: "Region", "Region";
    unit: "Enhet", "Unit";
    view: "Vy", "View";
    from: "Från månad", "From month";
    to: "Till månad", "To month";
    month_hint: "Skriv månad som 2025-06", "Write the month as 2025-06";
    about_diagnosis: "Diagnos", "Diagnosis";
    about_diagnosis_hint: "Kapitel, avsnitt, kategori eller kod i ICD-10-SE: F00-F99, F40-F48, F43 eller F438A; flera med komma", "Chapter, block, category or code of ICD-10-SE: F00-F99, F40-F48, F43 or F438A; several with commas";
    show: "Visa", "Show";
    reset: "Återställ allt", "Reset all";
    series: "Tidsserie", "Time series";
    cross: "Tvärsnitt", "Cross-section";
    level_national: "Riket", "Nation";
    level_region: "Region", "Region";
    level_unit: "Min enhet", "My unit";
    unit_closed: "Enhetsnivå kräver inloggning.", "Unit level needs signing in.";
    download: "Ladda ner", "Download";
    api_call: "API-anrop", "API call";
    api_lead: "Samma tabell, samma siffror, för maskiner:", "The same table, the same figures, for machines:";
    protected: "skyddat värde", "protected value";
    protected_note: "·· = skyddat värde (få personer) eller värde som skulle avslöja ett sådant", "·· = protected value (few persons), or one that would reveal such";
    missing: "uppgift saknas", "not available";
    policy_none: "Enhetens egna siffror visas oskyddade. Få sjukfall: tolka försiktigt.", "The unit's own figures are shown unprotected. Few cases: interpret with care.";
    may_exceed: "Summan kan vara större än totalen: ett sjukfall kan stå i flera grupper under perioden.", "The sum may exceed the total: a case can stand in several groups during the period.";
    same_numbers: "Diagram och tabell är samma svar.", "Chart and table are the same answer.";
    risk_title: "Riskstöd: hur länge brukar liknande sjukfall vara?", "Risk calculator: how long do similar sick cases last?";
    risk_lead: "Inget sparas. Svaret gäller en grupp liknande sjukfall, inte en person.", "Nothing is stored. The answer is about a group of similar sick cases, not a person.";
    diagnosis: "Diagnos (ICD-10-SE)", "Diagnosis (ICD-10-SE)";
    diagnosis_hint: "Till exempel F43.8A eller M54", "For example F43.8A or M54";
    age: "Ålder, år", "Age, years";
    sex: "Kön", "Sex";
    degree: "Sjukskrivningsgrad", "Degree of sick leave";
    occupation: "Sysselsättning", "Occupation status";
    prior_days: "Sjukfallsdagar senaste 12 mån", "Days on leave in the last 12 months";
    days_left: "Dagar kvar av intyget", "Days left of the certificate";
    optional: "frivilligt", "optional";
    preset: "förval", "preset";
    estimate: "Uppskatta", "Estimate";
    answer: "Svar", "Answer";
    raises: "Höjer", "Raises";
    lowers: "Sänker", "Lowers";
    reasons: "Det som skiljer från genomsnittet", "What differs from the average";
    reasons_note: "Skillnaderna beskriver grupper i data. De är inte orsaker hos den här personen.", "The differences describe groups in data. They are not causes in this person.";
    no_reasons: "Inget skiljer nämnvärt.", "Nothing differs notably.";
    what_not: "Vad uppskattningen inte är", "What the estimate is not";
    details: "Detaljer", "Details";
    day: "Dag", "Day";
    this_group: "Liknande sjukfall", "Similar cases";
    reference_group: "Jämförelsegrupp", "Reference group";
    trust: "När uppskattningen inte bör användas", "When the estimate should not be used";
    model: "Modell", "Model";
    no_model_title: "Ingen riskmodell är godkänd", "No risk model is approved";
    no_model: "Sjukfall kan inte uppskattas förrän en modell är godkänd.", "Cases cannot be estimated before a model is approved.";
    mend: "Rätta det här först", "Mend this first";
    demo_title: "Prova Frisk som någon annan", "Try Frisk as somebody else";
    demo_lead: "Alla personer och enheter här är påhittade. Varje läsning av ett sjukfall loggas ändå.", "All people and units here are invented. Each reading of a case is logged all the same.";
    demo_try: "Prova", "Try";
    demo_sign_in: "Logga in som", "Sign in as";
    demo_token: "Nyckel för API", "Token for the API";
    demo_now: "Inloggad", "Signed in";
    method_title: "Så räknas det", "How this is counted";
    problem_home: "Till översikten", "To the overview";
    problem_number: "Ärendenummer", "Request number";
}

/// The words of a language.
pub(crate) fn words(language: Language) -> &'static Words {
    match language {
        Language::Sv => &SV,
        Language::En => &EN,
    }
}
