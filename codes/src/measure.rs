use crate::coded::coded;

coded! {
    /// Measure to return to work (arbetslivsinriktad åtgärd): KV_FKMU_0004, question 40.
    ///
    /// Source: `PEERS.md` §4.2. `EJ_AKTUELLT` stands alone.
    Measure: "a KV_FKMU_0004 code such as ARBETSTRANING" {
        NotRelevant = "EJ_AKTUELLT", "Inte aktuellt", "Not relevant";
        WorkTraining = "ARBETSTRANING", "Arbetsträning", "Work training";
        WorkAdaptation = "ARBETSANPASSNING", "Arbetsanpassning", "Adapted work";
        NewWork = "SOKA_NYTT_ARBETE", "Söka nytt arbete", "Seeking new work";
        WorkplaceVisit = "BESOK_ARBETSPLATS", "Besök på arbetsplatsen", "Visit to the workplace";
        Ergonomic = "ERGONOMISK", "Ergonomisk bedömning", "Ergonomic assessment";
        Aids = "HJALPMEDEL", "Hjälpmedel", "Aids";
        OccupationalHealth = "KONTAKT_FHV", "Kontakt med företagshälsovård", "Contact with occupational health care";
        ConflictHandling = "KONFLIKTHANTERING", "Konflikthantering", "Conflict handling";
        Redistribution = "OMFORDELNING", "Omfördelning av arbetsuppgifter", "Redistribution of tasks";
        Other = "OVRIGA_ATGARDER", "Övrigt", "Other";
    }
}
