//! What each stored field means, in Swedish, for the person that it is about.

const FIELDS: &[(&str, &str)] = &[
    (
        "person_key",
        "Den pseudonym som står i stället för personnumret i datalagret (nycklad hash).",
    ),
    (
        "arrival",
        "Löpnummer: i vilken ordning intyget eller händelsen kom in.",
    ),
    ("certificate_id", "Intygets id hos den som utfärdade det."),
    (
        "certificate_type",
        "Intygets typ, till exempel LISJP (läkarintyg för sjukpenning).",
    ),
    ("version", "Intygsformatets version."),
    (
        "sex",
        "Kön enligt personnumret: 1 = man, 2 = kvinna, 0 = okänt.",
    ),
    ("birth_year", "Födelseår."),
    ("age", "Ålder i hela år vid intygets sista dag."),
    (
        "age_signed",
        "Ålder i hela år den dag då intyget signerades.",
    ),
    (
        "age_signed_month",
        "Ålder i hela år den första dagen i den månad då intyget signerades.",
    ),
    ("signed_date", "Dag då intyget signerades."),
    (
        "known_date",
        "Dag från vilken intyget var känt (skickat, annars signerat).",
    ),
    (
        "care_provider_id",
        "Vårdgivarens id (HSA-id eller organisationsnummer).",
    ),
    ("care_unit_id", "Vårdenhetens HSA-id."),
    ("unit_id", "Enhetens HSA-id."),
    ("region", "Region (två siffror); 00 = okänd."),
    ("municipality", "Kommun (fyra siffror); 0000 = okänd."),
    ("doctor_id", "Läkarens HSA-id."),
    (
        "diagnosis",
        "Diagnos enligt ICD-10-SE, den första på intyget.",
    ),
    ("side_diagnoses", "Övriga diagnoser på intyget."),
    ("start_date", "Första dagen."),
    ("end_date", "Sista dagen."),
    ("periods", "Antal nedsättningsperioder på intyget."),
    ("degree", "Nedsättning av arbetsförmågan i procent."),
    (
        "occupations",
        "Sysselsättning som intyget bedömer arbetsförmågan mot.",
    ),
    (
        "based_on",
        "Vad intyget grundas på (undersökning, journal …).",
    ),
    ("prognosis", "Läkarens prognos för återgång."),
    ("prognosis_days", "Prognosens antal dagar."),
    ("measures", "Åtgärder som läkaren angett."),
    (
        "infection_control",
        "Om intyget gäller smittbärarpenning (avstängning enligt smittskyddslagen).",
    ),
    (
        "relation",
        "Hur intyget hänger ihop med ett annat (förlänger, ersätter, kompletterar).",
    ),
    ("related_certificate_id", "Det andra intygets id."),
    (
        "signed_document",
        "Om dokumentet var elektroniskt signerat.",
    ),
    (
        "document_key",
        "Kontrollsumma (SHA-256) av dokumentet som raden kommer från; dokumentet självt sparas inte.",
    ),
    ("revoked_date", "Dag då intyget makulerades; tomt = gäller."),
    ("format", "Dokumentets format."),
    ("severity", "error = avvisat, warning = anmärkning."),
    ("rule", "Regeln som dokumentet bröt mot."),
    ("location", "Var i dokumentet."),
    ("message", "Vad som var fel."),
    ("case_id", "Sjukfallets id."),
    (
        "length_days",
        "Sjukfallets längd: antal olika dagar med intyg.",
    ),
    ("certificates", "Antal intyg i sjukfallet."),
    ("first_certificate_id", "Det första intygets id."),
    ("first_diagnosis", "Diagnos på det första intyget."),
    ("first_degree", "Nedsättning i procent i början."),
    ("ongoing", "Om sjukfallet inte är känt som avslutat."),
    (
        "personal_number",
        "Personnummer eller samordningsnummer, ur valvet.",
    ),
    (
        "mark_in_audit_log",
        "Det märke som loggen har i stället för personen.",
    ),
    ("at", "Tidpunkt."),
    ("actor", "Vem."),
    ("role", "I vilken roll (uppdrag)."),
    ("action", "Vad som gjordes."),
    ("unit", "Enheten som uppgifterna hör till."),
    ("purpose", "Syftet."),
    ("allowed", "Om läsningen tilläts."),
    ("received_date", "Dag då dokumentet kom in."),
    ("software", "Systemet som skickade dokumentet."),
    ("unit_known", "Om enheten fanns i enhetsregistret."),
    (
        "sent_to_insurer_date",
        "Dag då intyget först skickades till Försäkringskassan.",
    ),
    ("replaced_by", "Id för det intyg som ersätter detta."),
    (
        "complemented_by",
        "Id för det intyg som kompletterar detta.",
    ),
    (
        "completion_requested_date",
        "Dag då en komplettering först begärdes.",
    ),
    ("message_id", "Meddelandets id."),
    (
        "subject",
        "Vad meddelandet gäller (till exempel KOMPLT = komplettering); i loggen: vad läsningen gällde, ett sjukfall eller personens märke.",
    ),
    ("sent_date", "Dag då meddelandet skickades."),
    ("reference_id", "Avsändarens eget id."),
    ("answer_to", "Id för meddelandet som detta besvarar."),
    ("reminder_of", "Id för meddelandet som detta påminner om."),
    ("last_answer_date", "Sista dag att svara."),
    (
        "question_ids",
        "Frågor på intyget som kompletteringen gäller.",
    ),
    (
        "sender",
        "Vem som skickade meddelandet, till exempel FKASSA.",
    ),
    (
        "addressed_unit_id",
        "Enheten som meddelandet var ställt till.",
    ),
    ("linked", "Om raden har förts samman med sitt intyg."),
    (
        "kind",
        "Vilken händelse eller vilket slag av uppgift raden gäller.",
    ),
    (
        "by_certificate_id",
        "Id för intyget som ersätter, kompletterar eller förlänger.",
    ),
    ("recipient", "Vem det skickades till."),
    ("event_time", "Tidpunkt då det hände."),
    ("event_date", "Dag då det hände."),
    ("origin", "Var händelsen uppstod."),
    (
        "verdict",
        "Vad som blev av dokumentet: godtaget, avvisat, dubblett eller inte läsbart.",
    ),
    (
        "written_date",
        "Dag då dokumentet signerades eller skickades.",
    ),
    (
        "source",
        "Varifrån uppgiften kommer, till exempel dokumentets filnamn med siffror maskerade.",
    ),
    ("record_key", "Kontrollsumma för posten."),
    ("version_key", "Kontrollsumma för vad posten säger."),
    ("record_id", "Avsändarens id för posten, eller intygets id."),
    (
        "code",
        "Åtgärdens kod (KVÅ eller Socialstyrelsens kodverk för intyg).",
    ),
    ("code_system", "Vilket kodverk koden hör till."),
    (
        "status",
        "Om åtgärden är avslutad, pågår eller bara är föreslagen.",
    ),
    ("given_by", "Yrke eller HSA-id för den som gav åtgärden."),
    (
        "source_file",
        "Filen som raden kommer från, med siffror maskerade.",
    ),
    ("source_row", "Raden i filen."),
    ("from_date", "Första dagen."),
    ("to_date", "Sista dagen; tomt = pågår."),
    (
        "updated_ms",
        "När posten gjordes, millisekunder sedan 1970-01-01.",
    ),
    ("removed", "Om posten inte längre gäller."),
];

const TABLES: &[(&str, &str)] = &[
    ("certificate", "Läkarintyg."),
    ("period", "Perioder av nedsatt arbetsförmåga ur intygen."),
    ("revocation", "Makuleringar av intyg."),
    ("reject", "Fel och anmärkningar som hittades i dokument."),
    (
        "sick_case",
        "Sjukfall: intyg som följer på varandra hos en vårdgivare, räknade fram ur perioderna.",
    ),
    (
        "message",
        "Meddelanden om intyg mellan vården och andra, som begäran om komplettering.",
    ),
    (
        "event",
        "Händelser för intyg: skickat, ersatt, kompletterat.",
    ),
    (
        "intervention",
        "Åtgärder för att stödja återgång i arbete, givna eller föreslagna.",
    ),
    (
        "observation_end",
        "När och varför personen inte längre kan följas: död, utvandring, pension, flytt.",
    ),
    ("listing", "Listning vid en vårdenhet."),
    (
        "record",
        "Vilka poster om åtgärder, listning och upphörd uppföljning som kommit in.",
    ),
];

/// What a field means.
pub(crate) fn field(name: &str) -> &'static str {
    find(FIELDS, name).unwrap_or("Förklaring saknas; fråga den som ansvarar för datalagret.")
}

/// What a row of a table is.
pub(crate) fn table(name: &str) -> &'static str {
    find(TABLES, name).unwrap_or("Rader i datalagret.")
}

fn find(words: &'static [(&str, &str)], name: &str) -> Option<&'static str> {
    words
        .iter()
        .find(|(word, _)| *word == name)
        .map(|(_, text)| *text)
}

#[cfg(test)]
mod tests {
    use frisk_warehouse::Table;

    /// An extract that a person cannot understand does not answer them (GDPR art. 12).
    #[test]
    fn every_stored_field_is_explained() {
        for stored in Table::ALL {
            assert!(
                super::find(super::TABLES, stored.name).is_some(),
                "table {}",
                stored.name
            );
            for column in stored.schema().fields() {
                let name = column.name();
                assert!(
                    super::find(super::FIELDS, name).is_some(),
                    "{}.{name}: explain it in Swedish in src/field_words.rs",
                    stored.name
                );
            }
        }
    }
}
