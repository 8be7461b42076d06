use crate::coded::coded;

coded! {
    /// What the certificate is based on (grund för medicinskt underlag): KV_FKMU_0001, question 1.
    ///
    /// Source: `PEERS.md` §4.2. `ANHORIG` is for LUSE and LUAE only.
    Basis: "a KV_FKMU_0001 code such as UNDERSOKNING" {
        Examination = "UNDERSOKNING", "Undersökning av patienten", "Examination of the patient";
        Telephone = "TELEFONKONTAKT", "Telefonkontakt med patienten", "Telephone contact with the patient";
        Record = "JOURNALUPPGIFTER", "Journaluppgifter", "Medical record";
        Relative = "ANHORIG", "Anhörigs beskrivning av patienten", "A relative's description";
        Other = "ANNAT", "Annat", "Other";
    }
}
