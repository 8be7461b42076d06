use frisk_codes::{CertificateType, MessageSubject};

use super::*;
use crate::{CertificateFact, Certificates, MessageFact, Parity};

/// A certificate of VG0, signed in January 2015, of a woman.
fn certificate(kind: CertificateType) -> CertificateFact {
    CertificateFact {
        arrival: 1,
        signed: day("2015-01-15"),
        provider: 0,
        care_unit: 0,
        unit: 0,
        doctor: 0,
        diagnosis: 1,
        age_signed: 40,
        age_month: 40,
        kind,
        sex: 2,
        revoked: false,
        sent: false,
        completion: false,
    }
}

fn with(certificates: Vec<CertificateFact>, messages: Vec<MessageFact>) -> Warehouse {
    warehouse(vec![period(1, 0, "2015-01-01", "2015-01-05")])
        .with_certificates(Certificates::new(certificates, messages))
}

fn january(warehouse: &Warehouse, report: &str, policy: Policy) -> PublishedTable {
    let scope = units("VG0", &[]);
    warehouse
        .answer(
            &question(report, scope, View::Cross, "2015-01", "2015-01"),
            policy,
        )
        .unwrap()
}

/// Total, women and men of a category at a measure.
fn at(table: &PublishedTable, code: &str, measure: &[usize]) -> [f64; 3] {
    let place = table.dimensions()[0]
        .categories
        .iter()
        .position(|c| c.code == code);
    row(table, &[&[place.unwrap()], measure].concat())
}

#[test]
fn certificates_count_in_the_month_of_signing_unless_revoked() {
    let lisjp = certificate(CertificateType::Lisjp);
    let warehouse = with(
        vec![
            lisjp,
            CertificateFact {
                sex: 1,
                ..certificate(CertificateType::Fk7263)
            },
            CertificateFact {
                revoked: true,
                ..lisjp
            },
            CertificateFact {
                signed: day("2015-02-01"),
                ..lisjp
            },
            certificate(CertificateType::Db),
        ],
        Vec::new(),
    );
    let table = january(&warehouse, "intyg_totalt", Policy::None);
    // FK 7263 counts with its successor: one woman's and one man's.
    assert_eq!(at(&table, "LISJP", &[]), [2.0, 1.0, 1.0]);
    assert_eq!(at(&table, "DB", &[]), [1.0, 1.0, 0.0]);
    assert_eq!(
        table.dimensions()[0].categories.len(),
        2,
        "types that have come, and no other"
    );
}

#[test]
fn without_a_successor_the_peer_does_not_see_fk_7263() {
    let warehouse = || with(vec![certificate(CertificateType::Fk7263)], Vec::new());
    let groups = |warehouse: &Warehouse| {
        let table = january(warehouse, "intyg_totalt", Policy::None);
        table.dimensions()[0].categories.len()
    };
    assert_eq!(groups(&warehouse()), 1);
    assert_eq!(groups(&warehouse().with_parity(Parity::Peer)), 0);
}

#[test]
fn shares_are_whole_percent_rounded_down_and_fall_with_their_part() {
    // Three women's certificates sent, two with a request: 66 %. One man's sent, none with a request. One not sent.
    let sent = CertificateFact {
        sent: true,
        ..certificate(CertificateType::Lisjp)
    };
    let asked = CertificateFact {
        completion: true,
        ..sent
    };
    let all = vec![
        sent,
        asked,
        asked,
        CertificateFact { sex: 1, ..sent },
        CertificateFact {
            completion: true,
            ..certificate(CertificateType::Lisjp)
        },
    ];
    let warehouse = with(all, Vec::new());
    let open = january(&warehouse, "komplettering_andel_intyg", Policy::None);
    // Measures: sent, with a request, percent. Both sexes: 2 of 4.
    assert_eq!(at(&open, "LISJP", &[0]), [4.0, 3.0, 1.0]);
    assert_eq!(at(&open, "LISJP", &[1]), [2.0, 2.0, 0.0]);
    assert_eq!(at(&open, "LISJP", &[2]), [50.0, 66.0, 0.0]);
    assert_eq!(at(&open, "all", &[2]), [50.0, 66.0, 0.0]);
    // Threshold 1: the man's certificate falls, since no request is about it: 2 of 3 for both sexes.
    let cut = january(
        &warehouse,
        "komplettering_andel_intyg",
        Policy::Compat { threshold: 1 },
    );
    assert_eq!(at(&cut, "LISJP", &[2]), [66.0, 66.0, 0.0]);
    assert!(
        open.chart().dimensions()[0]
            .categories
            .iter()
            .all(|c| c.code != "all")
    );
}

/// A message of a woman about a certificate, sent whenever.
fn message(subject: MessageSubject, kind: CertificateType, questions: &[u16]) -> MessageFact {
    MessageFact {
        certificate: certificate(kind),
        subject,
        sex: 2,
        questions: questions.to_vec(),
    }
}

#[test]
fn messages_count_by_subject_on_the_types_that_the_insurer_asks_about() {
    let warehouse = with(
        Vec::new(),
        vec![
            message(MessageSubject::Completion, CertificateType::Lisjp, &[]),
            message(MessageSubject::Completion, CertificateType::Db, &[]),
            message(MessageSubject::Reminder, CertificateType::Luse, &[]),
        ],
    );
    let table = january(&warehouse, "meddelanden_totalt", Policy::None);
    assert_eq!(at(&table, "KOMPLT", &[])[0], 1.0);
    assert_eq!(at(&table, "PAMINN", &[])[0], 1.0);
    assert!(
        table.dimensions()[0]
            .categories
            .iter()
            .all(|c| c.code != "OKANT"),
        "the unknown subject is empty"
    );
    // In the whole country every type counts.
    let whole = question(
        "meddelanden_totalt",
        Scope::National,
        View::Cross,
        "2015-01",
        "2015-01",
    );
    let whole = warehouse.answer(&whole, Policy::None).unwrap();
    assert_eq!(at(&whole, "KOMPLT", &[])[0], 2.0);
}

#[test]
fn a_question_counts_each_time_it_is_asked() {
    let ask = |subject, kind, questions: &[u16]| message(subject, kind, questions);
    let warehouse = with(
        Vec::new(),
        vec![
            // 32 and 37 are one question on the form; 99 is none.
            ask(
                MessageSubject::Completion,
                CertificateType::Lisjp,
                &[32, 37, 32, 6, 99],
            ),
            ask(MessageSubject::Contact, CertificateType::Lisjp, &[6]),
            ask(MessageSubject::Completion, CertificateType::Luse, &[6]),
        ],
    );
    let table = january(&warehouse, "kompletteringar_per_fraga", Policy::None);
    assert_eq!(at(&table, "32-37", &[])[0], 3.0);
    assert_eq!(at(&table, "6", &[])[0], 1.0);
}

#[test]
fn a_masked_report_tells_neither_names_nor_figures() {
    let warehouse = with(
        Vec::new(),
        vec![message(
            MessageSubject::Completion,
            CertificateType::Lisjp,
            &[],
        )],
    );
    let question = question(
        "meddelanden_per_lakare",
        units("VG0", &[]),
        View::Cross,
        "2015-01",
        "2015-01",
    );
    assert_eq!(Policy::for_question(&question, 5, true), Policy::None);
    let table = warehouse
        .answer(&question, Policy::for_question(&question, 5, false))
        .unwrap();
    let doctors = &table.dimensions()[0].categories;
    assert_eq!(
        (
            doctors.len(),
            doctors[0].label.sv.as_str(),
            doctors[0].code.as_str()
        ),
        (1, "Inget Namn", "1")
    );
    assert!((0..5).all(|subject| row(&table, &[0, subject]) == [4.0, 2.0, 2.0]));
}
