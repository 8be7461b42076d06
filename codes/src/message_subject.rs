use crate::coded::coded;

coded! {
    /// Subject of a message about a certificate (ämne i ärendekommunikation).
    ///
    /// Source: `PEERS.md` §1.2 (`MsgAmne`); KV Ämneskod ffa59d8f-8d7e-46ae-ac9e-31804e8e8499.
    MessageSubject: "a subject code such as KOMPLT" {
        Meeting = "AVSTMN", "Avstämningsmöte", "Reconciliation meeting";
        Completion = "KOMPLT", "Komplettering", "Completion request";
        Contact = "KONTKT", "Kontakt", "Contact";
        Reminder = "PAMINN", "Påminnelse", "Reminder";
        Other = "OVRIGT", "Övrigt", "Other";
        Unknown = "OKANT", "Okänt", "Unknown";
    }
}

impl MessageSubject {
    /// The subject of a code as documents write it; [`Self::Unknown`] for codes that the list does not have.
    #[must_use]
    pub fn of(code: &str) -> Self {
        Self::from_code(&code.to_ascii_uppercase()).unwrap_or(Self::Unknown)
    }
}

#[cfg(test)]
mod tests {
    use super::MessageSubject;

    #[test]
    fn codes_that_nobody_knows_are_unknown() {
        assert_eq!(MessageSubject::of(" komplt "), MessageSubject::Completion);
        assert_eq!(
            MessageSubject::of("AVSTAMNINGSMOTE"),
            MessageSubject::Unknown
        );
        assert_eq!(MessageSubject::ALL.len(), 6);
    }
}
