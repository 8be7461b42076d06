use std::collections::BTreeSet;

use frisk_codes::{CertificateType, Icd10, Region};

use crate::{
    Certificates, Doctors, Names, Parity, Question, Scope, TypeChoice, UnitDepth, UnitDirectory,
    Warehouse,
};

/// What placing a case needs to know beside the case.
#[derive(Debug)]
pub(crate) struct Context<'a> {
    pub(crate) question: &'a Question,
    pub(crate) icd10: &'a Icd10,
    pub(crate) names: &'a Names,
    pub(crate) units: &'a UnitDirectory,
    pub(crate) doctors: &'a Doctors,
    pub(crate) parity: Parity,
    pub(crate) certificates: &'a Certificates,
    /// Listed patients of the question's region, by care unit; empty at other levels.
    listed: Option<&'a crate::RegionList>,
    /// Place of the chapter of each diagnosis number; one past the last chapter for no valid code.
    chapters: Vec<usize>,
    /// Place in report order of each region number.
    regions: [usize; 100],
}

impl<'a> Context<'a> {
    pub(crate) fn new(warehouse: &'a Warehouse, question: &'a Question) -> Self {
        let icd10 = &warehouse.icd10;
        let chapter = |code: &String| {
            let found = icd10.resolve(code).chapter;
            let place = icd10
                .chapters()
                .iter()
                .position(|chapter| Some(chapter.id.as_str()) == found);
            place.unwrap_or(icd10.chapters().len())
        };
        Self {
            question,
            icd10,
            names: &warehouse.names,
            units: &warehouse.units,
            doctors: &warehouse.doctors,
            parity: warehouse.parity,
            certificates: &warehouse.certificates,
            listed: match &question.scope {
                Scope::Region { region } => warehouse.region_lists.get(region),
                _ => None,
            },
            chapters: warehouse.names.diagnoses.iter().map(chapter).collect(),
            regions: std::array::from_fn(|code| Region::of(&format!("{code:02}")).index()),
        }
    }

    /// Place of a diagnosis number's chapter.
    pub(crate) fn chapter(&self, diagnosis: u32) -> usize {
        self.chapters
            .get(diagnosis as usize)
            .copied()
            .unwrap_or(self.icd10.chapters().len())
    }

    /// Place of a region number in report order.
    pub(crate) fn region(&self, region: u8) -> usize {
        self.regions
            .get(usize::from(region))
            .copied()
            .unwrap_or(Region::ALL.len())
    }

    /// Listed patients of a care unit in the question's region.
    pub(crate) fn listed_patients(&self, unit: &str) -> Option<u64> {
        self.listed?.listed_patients(unit)
    }

    /// The unit number that a report by unit counts under: the care unit's, or the unit's below it.
    pub(crate) fn unit_by_depth(&self, care_unit: u32, unit: u32) -> u32 {
        match self.question.depth {
            UnitDepth::CareUnits => care_unit,
            UnitDepth::SubUnits => unit,
        }
    }

    /// HSA ids of the units that a report by unit may show, sorted by name.
    pub(crate) fn shown_units(&self) -> Vec<&'a str> {
        let depth = match self.question.depth {
            UnitDepth::CareUnits => true,
            UnitDepth::SubUnits => false,
        };
        let narrowed = |id: &str| {
            let units = self.question.filter.units.as_ref();
            units.is_none_or(|units| units.contains(id))
        };
        let known = (self.units.units())
            .filter(|(_, unit)| unit.is_care_unit() == depth)
            .filter(|(id, unit)| match &self.question.scope {
                Scope::Units {
                    care_provider,
                    units,
                } if units.is_empty() => unit.care_provider == *care_provider,
                Scope::Units { units, .. } => units.contains(*id),
                Scope::Region { .. } | Scope::National => true,
            })
            .map(|(id, _)| id);
        let mut shown: Vec<&str> = known.filter(|id| narrowed(id)).collect();
        // Care units that only their sub-units' certificates name.
        if let (
            Scope::Units {
                care_provider,
                units,
            },
            true,
        ) = (&self.question.scope, depth)
            && units.is_empty()
        {
            let of_provider = self
                .units
                .units()
                .filter(|(_, unit)| unit.care_provider == *care_provider);
            let parents = of_provider.filter_map(|(_, unit)| unit.parent.as_deref());
            let parents: BTreeSet<&str> =
                parents.filter(|id| self.units.get(id).is_none()).collect();
            shown.extend(parents.into_iter().filter(|id| narrowed(id)));
        }
        // A unit of the reader's own that no certificate has come from yet.
        if let Scope::Units { units, .. } = &self.question.scope {
            let new = units.iter().map(String::as_str);
            let new = new.filter(|id| depth && !id.is_empty() && self.units.get(id).is_none());
            shown.extend(new.filter(|id| narrowed(id)));
        }
        shown.sort_by_cached_key(|id| (self.units.name(id).to_lowercase(), *id));
        shown
    }

    /// Whether messages about a certificate of this type count; in the country all do, unless types are chosen.
    pub(crate) fn counts_messages_on(&self, kind: CertificateType) -> bool {
        let types = &self.question.filter.types;
        let country = self.question.scope == Scope::National;
        (country && *types == TypeChoice::Usual) || types.holds(kind)
    }

    /// The certificate types that have ever come.
    pub(crate) fn types(&self) -> impl Iterator<Item = CertificateType> + '_ {
        let come = self.certificates.kinds();
        CertificateType::ALL
            .into_iter()
            .filter(move |kind| come.contains(kind))
    }
}
