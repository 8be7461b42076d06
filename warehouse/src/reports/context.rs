use frisk_codes::{Icd10, Region};

use crate::Names;

/// What placing a case needs to know beside the case.
#[derive(Debug)]
pub(crate) struct Context<'a> {
    pub(crate) icd10: &'a Icd10,
    /// Place of the chapter of each diagnosis number; one past the last chapter for no valid code.
    chapters: Vec<usize>,
    /// Place in report order of each region number.
    regions: [usize; 100],
}

impl<'a> Context<'a> {
    pub(crate) fn new(icd10: &'a Icd10, names: &Names) -> Self {
        let chapter = |code: &String| {
            let found = icd10.resolve(code).chapter;
            let place = icd10
                .chapters()
                .iter()
                .position(|chapter| Some(chapter.id.as_str()) == found);
            place.unwrap_or(icd10.chapters().len())
        };
        Self {
            icd10,
            chapters: names.diagnoses.iter().map(chapter).collect(),
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
}
