use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::Arc,
};

use arrow::array::{Array, ArrayRef, Date32Array, RecordBatch, StringArray};

use super::{dates, id_key, texts, with};
use crate::Error;

/// The party that is the insurance agency (Försäkringskassan).
const INSURER: &str = "FKASSA";

/// What other documents say of a certificate. Each part keeps the least, or all, of what it is told, so that the order
/// of telling does not matter.
#[derive(Debug, Clone, Default)]
struct Mark {
    /// First day of revocation.
    revoked: Option<i32>,
    /// First day on which it was sent to the insurer.
    sent: Option<i32>,
    /// First day on which a completion was asked for.
    completion: Option<i32>,
    replaced: BTreeSet<Successor>,
    complemented: BTreeSet<Successor>,
}

/// A certificate that came in another's place; the newest is the greatest: (day, local time, id).
type Successor = (i32, String, String);

/// What documents say of certificates, by certificate id.
#[derive(Debug, Clone, Default)]
pub(crate) struct Marks(HashMap<String, Mark>);

fn earliest(day: &mut Option<i32>, other: i32) {
    *day = Some(day.map_or(other, |day| day.min(other)));
}

impl Marks {
    fn of(&mut self, certificate_id: &str) -> &mut Mark {
        self.0.entry(id_key(certificate_id)).or_default()
    }

    /// Takes what revocations say.
    pub(crate) fn revocations(&mut self, rows: &RecordBatch) -> Result<(), Error> {
        let (ids, days) = (texts(rows, "certificate_id")?, dates(rows, "revoked_date")?);
        for row in 0..rows.num_rows() {
            earliest(&mut self.of(ids.value(row)).revoked, days.value(row));
        }
        Ok(())
    }

    /// Takes what events say.
    ///
    /// Source: `PEERS.md` §1.4: the recipient FKASSA marks the certificate as sent, other recipients do not.
    pub(crate) fn events(&mut self, rows: &RecordBatch) -> Result<(), Error> {
        let (ids, kinds) = (texts(rows, "certificate_id")?, texts(rows, "kind")?);
        let (recipients, by) = (texts(rows, "recipient")?, texts(rows, "by_certificate_id")?);
        let (times, days) = (texts(rows, "event_time")?, dates(rows, "event_date")?);
        let marks = is_mark(rows)?;
        for row in (0..rows.num_rows()).filter(|&row| marks[row]) {
            let mark = self.0.entry(id_key(ids.value(row))).or_default();
            let day = days.value(row);
            let successor = || {
                by.is_valid(row).then(|| {
                    let time = if times.is_valid(row) {
                        times.value(row)
                    } else {
                        ""
                    };
                    (day, time.to_owned(), by.value(row).to_owned())
                })
            };
            match kinds.value(row) {
                "CERTIFICATE_SENT" if recipients.value(row) == INSURER => {
                    earliest(&mut mark.sent, day);
                }
                "CERTIFICATE_REVOKED" => earliest(&mut mark.revoked, day),
                "CERTIFICATE_REPLACED" => mark.replaced.extend(successor()),
                "CERTIFICATE_COMPLEMENTED" => mark.complemented.extend(successor()),
                _ => {}
            }
        }
        Ok(())
    }

    /// Takes what messages say.
    pub(crate) fn messages(&mut self, rows: &RecordBatch) -> Result<(), Error> {
        let (ids, subjects) = (texts(rows, "certificate_id")?, texts(rows, "subject")?);
        let days = dates(rows, "sent_date")?;
        for row in 0..rows.num_rows() {
            if subjects.value(row) == "KOMPLT" {
                earliest(&mut self.of(ids.value(row)).completion, days.value(row));
            }
        }
        Ok(())
    }

    /// The certificates with what is said of them. One that was revoked takes no other's place any more; this is known
    /// of those of the same bucket, that is, of the same person.
    pub(super) fn on_certificates(&self, rows: &RecordBatch) -> Result<RecordBatch, Error> {
        let ids = texts(rows, "certificate_id")?;
        let marks: Vec<Option<&Mark>> = ids
            .iter()
            .map(|id| self.0.get(&id_key(id.unwrap_or(""))))
            .collect();
        let day = |of: fn(&Mark) -> Option<i32>| -> ArrayRef {
            let days = marks.iter().map(|mark| mark.and_then(of));
            Arc::new(days.collect::<Date32Array>())
        };
        let here: HashSet<String> = ids.iter().flatten().map(id_key).collect();
        let stands = |successor: &&Successor| {
            let id = id_key(&successor.2);
            let revoked = self.0.get(&id).is_some_and(|mark| mark.revoked.is_some());
            !(revoked && here.contains(&id))
        };
        let id = |of: fn(&Mark) -> &BTreeSet<Successor>| -> ArrayRef {
            let ids = marks.iter().map(|mark| {
                let newest = of((*mark)?).iter().rev().find(stands)?;
                Some(newest.2.as_str())
            });
            Arc::new(ids.collect::<StringArray>())
        };
        let mut rows = with(rows, "revoked_date", day(|m| m.revoked))?;
        rows = with(&rows, "sent_to_insurer_date", day(|m| m.sent))?;
        rows = with(&rows, "completion_requested_date", day(|m| m.completion))?;
        rows = with(&rows, "replaced_by", id(|m| &m.replaced))?;
        with(&rows, "complemented_by", id(|m| &m.complemented))
    }

    /// The periods with their certificate's revocation.
    pub(super) fn on_periods(&self, rows: &RecordBatch) -> Result<RecordBatch, Error> {
        let ids = texts(rows, "certificate_id")?;
        let days: Date32Array = ids
            .iter()
            .map(|id| self.0.get(&id_key(id.unwrap_or("")))?.revoked)
            .collect();
        with(rows, "revoked_date", Arc::new(days))
    }
}

/// For each row of `revocation`, `message` or `event`: whether it says something of a certificate that the
/// certificate's row keeps, or keeps something that the certificate says.
pub(crate) fn is_mark(rows: &RecordBatch) -> Result<Vec<bool>, Error> {
    if rows.column_by_name("kind").is_none() {
        return Ok(vec![true; rows.num_rows()]);
    }
    let (kinds, recipients) = (texts(rows, "kind")?, texts(rows, "recipient")?);
    let by = texts(rows, "by_certificate_id")?;
    Ok((0..rows.num_rows())
        .map(|row| match kinds.value(row) {
            "CERTIFICATE_SENT" => recipients.is_valid(row) && recipients.value(row) == INSURER,
            "CERTIFICATE_REPLACED" | "CERTIFICATE_COMPLEMENTED" => by.is_valid(row),
            "CERTIFICATE_REVOKED" => true,
            _ => false,
        })
        .collect())
}
