//! Grouping by a message's subject, for the reports of messages.

use frisk_codes::{MessageSubject, Text};

use super::report::{Grouping, Groups, Placing, category};
use crate::MessageFact;

/// Subjects in report order; the unknown one is shown only when it is not empty. Source: conformance kit §16.
const ORDER: [MessageSubject; 6] = [
    MessageSubject::Meeting,
    MessageSubject::Completion,
    MessageSubject::Contact,
    MessageSubject::Unknown,
    MessageSubject::Reminder,
    MessageSubject::Other,
];

/// A group a subject.
pub(super) fn by_subject() -> Grouping {
    let subjects = ORDER.map(|subject| category(subject.code(), subject.text()));
    let unknown = ORDER
        .iter()
        .position(|subject| *subject == MessageSubject::Unknown);
    Grouping {
        optional: vec![unknown.into_iter().collect()],
        ..Grouping::new("subject", Text::new("Ämne", "Subject"), subjects.into())
    }
}

/// A message under its subject in a group of other dimensions, if messages about its type of certificate count.
pub(super) fn add(message: &MessageFact, group: usize, at: &Placing<'_>, groups: &mut Groups) {
    if at.context.counts_messages_on(message.certificate.kind) {
        let place = ORDER.iter().position(|known| *known == message.subject);
        groups.add(group * ORDER.len() + place.unwrap_or_default());
    }
}
