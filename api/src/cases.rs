use arrow::array::RecordBatch;

/// Where the service finds sick cases and units. Implemented outside, over the warehouse.
pub trait Cases: Send + Sync {
    /// What was known about one sick case; `None` if there is no such case.
    ///
    /// **Errors**: any failure to read; it is logged, never shown.
    fn features(
        &self,
        case_id: &str,
    ) -> Result<Option<CaseFeatures>, Box<dyn std::error::Error + Send + Sync>>;

    /// The units of the warehouse, those with most sick cases first.
    fn units(&self) -> Vec<UnitInfo>;
}

/// The feature row of one sick case.
#[derive(Debug, Clone)]
pub struct CaseFeatures {
    /// HSA id of the unit (enhet) that answers for the case.
    pub unit_id: String,
    /// HSA id of its care provider (vårdgivare).
    pub care_provider_id: String,
    /// One row, with the columns that the risk model reads.
    pub batch: RecordBatch,
    /// Day of the case that the features describe (1 = first day).
    pub as_of_day: u32,
}

/// A unit (enhet).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitInfo {
    /// HSA id.
    pub unit_id: String,
    /// Name.
    pub name: String,
    /// HSA id of the care provider.
    pub care_provider_id: String,
    /// Two-digit region code; `00` = unknown.
    pub region: String,
}
