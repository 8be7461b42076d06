/// What the rows of a file are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RecordKind {
    /// Interventions (åtgärder).
    Intervention,
    /// Ends of observation: after them a person is no longer followed.
    ObservationEnd,
    /// Patients listed at a unit (listningar).
    Listing,
}

impl RecordKind {
    /// The name of the table, also the type that `frisk validate` shows.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Intervention => "intervention",
            Self::ObservationEnd => "observation_end",
            Self::Listing => "listing",
        }
    }
}

/// How far an intervention has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// Done.
    Completed,
    /// Begun.
    InProgress,
    /// Proposed by a doctor in a certificate (LISJP question 40); not known to have been done.
    Proposed,
}

impl Status {
    /// `completed`, `in-progress` or `proposed`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Completed => "completed",
            Self::InProgress => "in-progress",
            Self::Proposed => "proposed",
        }
    }
}

/// Why a person is no longer followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EndKind {
    /// Death (avliden).
    Death,
    /// Emigration (utvandrad).
    Emigration,
    /// Retirement (ålderspension), or too old for sickness benefit.
    Pension,
    /// Moved out of the region.
    Moved,
}

impl EndKind {
    /// `death`, `emigration`, `pension` or `moved`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Death => "death",
            Self::Emigration => "emigration",
            Self::Pension => "pension",
            Self::Moved => "moved",
        }
    }

    /// The kind of a word in English or Swedish, or of the population register's code (AV, UV).
    ///
    /// Source: Skatteverket, Navet, avregistreringsorsak.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        match word.trim().to_lowercase().as_str() {
            "death" | "dead" | "död" | "dödsfall" | "avliden" | "av" => Some(Self::Death),
            "emigration" | "emigrated" | "utvandring" | "utvandrad" | "uv" => {
                Some(Self::Emigration)
            }
            "pension" | "retirement" | "ålderspension" | "65+" => Some(Self::Pension),
            "moved" | "moved_out_of_region" | "flyttad" | "utflyttad" | "flytt" => {
                Some(Self::Moved)
            }
            _ => None,
        }
    }
}
