use crate::{Label, Month, question::month_name};

/// Something that a reader must be told beside an answer: a choice that could not be applied, or why there is nothing
/// to see.
///
/// Source: conformance kit §15.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Notice {
    /// The first day was before the first month that there are statistics for.
    StartCut {
        /// That month.
        earliest: Month,
    },
    /// The last day was after the current month.
    EndCut {
        /// The current month.
        latest: Month,
    },
    /// Both.
    BothCut {
        /// First month that there are statistics for.
        earliest: Month,
        /// The current month.
        latest: Month,
    },
    /// All days were before the first month: the filter was not applied.
    DatesBefore {
        /// That month.
        earliest: Month,
    },
    /// All days were after the current month: the filter was not applied.
    DatesAfter {
        /// The current month.
        latest: Month,
    },
    /// A day is missing or no day, or the first is after the last: the filter was not applied.
    DatesWrong,
    /// The overview has its own months whatever days were chosen.
    OwnMonths {
        /// First month shown.
        from: Month,
        /// Last month shown.
        to: Month,
    },
    /// Nothing to see with this filter.
    NothingWithFilter,
    /// The diagnoses asked for and those of the filter have nothing in common.
    DiagnosesApart,
    /// The table is long.
    MuchData,
    /// Nothing to see.
    NoData,
}

impl Notice {
    /// The peer's code.
    #[must_use]
    pub fn code(self) -> String {
        match self {
            Self::StartCut { earliest } => format!("ST_F_FI_001:{earliest}"),
            Self::EndCut { latest } => format!("ST_F_FI_002:{latest}"),
            Self::BothCut { .. } => "ST_F_FI_003".to_owned(),
            Self::DatesBefore { .. } => "ST_F_FI_004".to_owned(),
            Self::OwnMonths { from, to } => {
                format!("ST_F_FI_008:{}-{}", month_name(from).sv, month_name(to).sv)
            }
            Self::DatesAfter { .. } => "ST_F_FI_009".to_owned(),
            Self::NothingWithFilter => "ST_F_FI_010".to_owned(),
            Self::DiagnosesApart => "ST_F_FI_011".to_owned(),
            Self::DatesWrong => "ST_F_FI_013".to_owned(),
            Self::MuchData => "TOO_MUCH_DATA".to_owned(),
            Self::NoData => "NO_DATA".to_owned(),
        }
    }

    /// Of several notices with a rank only the highest is told; those without are always told.
    fn rank(self) -> Option<u8> {
        match self {
            Self::NothingWithFilter => Some(5),
            Self::DiagnosesApart => Some(10),
            _ => None,
        }
    }

    /// The notices that are told, in their order.
    #[must_use]
    pub fn told(notices: &[Self]) -> Vec<Self> {
        let highest = notices.iter().filter_map(|notice| notice.rank()).max();
        let told = |notice: &&Self| notice.rank().is_none() || notice.rank() == highest;
        notices.iter().filter(told).copied().collect()
    }

    /// What it says.
    #[must_use]
    pub fn text(self) -> Label {
        let (sv, en) = match self {
            Self::StartCut { earliest } => (
                format!("Statistik finns från {earliest}; perioden börjar då."),
                format!("There are statistics from {earliest} on; the period begins then."),
            ),
            Self::EndCut { latest } => (
                format!("Statistik finns till och med {latest}; perioden slutar då."),
                format!("There are statistics up to {latest}; the period ends then."),
            ),
            Self::BothCut { earliest, latest } => (
                format!("Statistik finns från {earliest} till och med {latest}; det är perioden."),
                format!("There are statistics from {earliest} to {latest}; that is the period."),
            ),
            Self::DatesBefore { earliest } => (
                format!("Filtret kunde inte användas: statistik finns från {earliest}."),
                format!(
                    "The filter could not be applied: there are statistics from {earliest} on."
                ),
            ),
            Self::DatesAfter { latest } => (
                format!("Filtret kunde inte användas: statistik finns till och med {latest}."),
                format!("The filter could not be applied: there are statistics up to {latest}."),
            ),
            Self::DatesWrong => (
                "Filtret kunde inte användas: väntade en första och en sista dag, åååå-mm-dd."
                    .to_owned(),
                "The filter could not be applied: expected a first and a last day, yyyy-mm-dd."
                    .to_owned(),
            ),
            Self::OwnMonths { from, to } => (
                format!("Översikten visar {from} till {to}, vilka dagar som än är valda."),
                format!("The overview shows {from} to {to}, whatever days are chosen."),
            ),
            Self::NothingWithFilter => (
                "Det finns inget att visa med det valda filtret.".to_owned(),
                "There is nothing to show with this filter.".to_owned(),
            ),
            Self::DiagnosesApart => (
                "De valda diagnoserna och filtrets diagnoser har inget gemensamt.".to_owned(),
                "The diagnoses chosen and those of the filter have nothing in common.".to_owned(),
            ),
            Self::MuchData => (
                "Tabellen är lång; ett filter kan göra den kortare.".to_owned(),
                "The table is long; a filter can shorten it.".to_owned(),
            ),
            Self::NoData => (
                "Det finns inget att visa.".to_owned(),
                "There is nothing to show.".to_owned(),
            ),
        };
        Label { sv, en }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_two_ranked_notices_the_higher_is_told() {
        let all = [
            Notice::MuchData,
            Notice::NothingWithFilter,
            Notice::DiagnosesApart,
        ];
        assert_eq!(
            Notice::told(&all),
            [Notice::MuchData, Notice::DiagnosesApart]
        );
        assert_eq!(Notice::told(&all[..2]), all[..2]);
    }

    #[test]
    fn the_overviews_months_are_named_without_a_year() {
        let notice = Notice::OwnMonths {
            from: "2014-09".parse().unwrap(),
            to: "2014-11".parse().unwrap(),
        };
        assert_eq!(notice.code(), "ST_F_FI_008:sep-nov");
    }
}
