use crate::coded::coded;

coded! {
    /// The doctor's prognosis of return to work (prognos för arbetsförmåga): KV_FKMU_0006, question 39.1.
    ///
    /// Source: `PEERS.md` §4.2.
    Prognosis: "a KV_FKMU_0006 code such as STOR_SANNOLIKHET" {
        VeryLikely = "STOR_SANNOLIKHET", "Återgång i full omfattning efter denna sjukskrivning med stor sannolikhet", "Full return after this leave is very likely";
        WithinDays = "ATER_X_ANTAL_DGR", "Återgång i full omfattning inom ett antal dagar med stor sannolikhet", "Full return within a number of days is very likely";
        Unlikely = "SANNOLIKT_INTE", "Ingen återgång i full omfattning inom 12 månader med stor sannolikhet", "Full return within 12 months is very unlikely";
        Unclear = "PROGNOS_OKLAR", "Prognosen är oklar", "The prognosis is unclear";
    }
}

coded! {
    /// Days until full return: KV_FKMU_0007, question 39.3, only with [`Prognosis::WithinDays`].
    ///
    /// Source: `PEERS.md` §4.2; the form's own wording is in months (1, 2, 3, 6, 12).
    PrognosisDays: "a KV_FKMU_0007 code such as TRETTIO_DGR" {
        Thirty = "TRETTIO_DGR", "30 dagar", "30 days";
        Sixty = "SEXTIO_DGR", "60 dagar", "60 days";
        Ninety = "NITTIO_DGR", "90 dagar", "90 days";
        HundredEighty = "HUNDRAATTIO_DAGAR", "180 dagar", "180 days";
        ThreeHundredSixtyFive = "TREHUNDRASEXTIOFEM_DAGAR", "365 dagar", "365 days";
    }
}

impl PrognosisDays {
    /// The number of days.
    #[must_use]
    pub fn days(self) -> i32 {
        match self {
            Self::Thirty => 30,
            Self::Sixty => 60,
            Self::Ninety => 90,
            Self::HundredEighty => 180,
            Self::ThreeHundredSixtyFive => 365,
        }
    }

    /// The item of a number of days.
    #[must_use]
    pub fn from_days(days: i32) -> Option<Self> {
        Self::ALL.iter().copied().find(|item| item.days() == days)
    }
}
