use crate::coded::coded;

coded! {
    /// Other medical evidence that a certificate rests on (andra medicinska utredningar eller underlag): KV_FKMU_0005,
    /// question 4 of LUSE and LUAE.
    ///
    /// Source: the value set's codes as RegisterCertificate documents carry them; `PEERS.md` §4.2.
    Supplement: "a KV_FKMU_0005 code such as PSYKOLOG" {
        Neuropsychiatric = "NEUROPSYKIATRISKT", "Neuropsykiatriskt utlåtande", "Neuropsychiatric statement";
        Habilitation = "HABILITERING", "Underlag från habiliteringen", "From habilitation";
        OccupationalTherapist = "ARBETSTERAPEUT", "Underlag från arbetsterapeut", "From an occupational therapist";
        Physiotherapist = "FYSIOTERAPEUT", "Underlag från fysioterapeut", "From a physiotherapist";
        SpeechTherapist = "LOGOPED", "Underlag från logoped", "From a speech therapist";
        Psychologist = "PSYKOLOG", "Underlag från psykolog", "From a psychologist";
        OccupationalHealth = "FORETAGSHALSOVARD", "Underlag från företagshälsovård", "From occupational health care";
        SchoolHealth = "SKOLHALSOVARD", "Underlag från skolhälsovård", "From school health care";
        SpecialistClinic = "SPECIALISTKLINIK", "Utredning av annan specialistklinik", "Assessment by another specialist clinic";
        CareAbroad = "VARD_UTOMLANDS", "Utredning från vårdinrättning utomlands", "Assessment by a care institution abroad";
        Other = "OVRIGT_UTLATANDE", "Övrigt", "Other";
    }
}
