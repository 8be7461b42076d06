/// One sick case (sjukfall): periods of one person that follow each other closely enough.
///
/// Days are days since 1970-01-01. The periods of a case stand next to each other in the patient's periods, so two
/// indexes name them all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SickCase {
    /// First day.
    pub start: i32,
    /// Last day, inclusive.
    pub end: i32,
    /// Distinct calendar days with a certificate: gaps are not counted, overlaps once (`PEERS.md` §1.3 item 4).
    pub length_days: i32,
    /// Index of the first period.
    pub first: usize,
    /// Index of the last period, in the order (start, arrival, degree); inclusive.
    pub last: usize,
}
