use std::collections::HashMap;
use std::path::Path;

use frisk_codes::{Degree, Sex};

use crate::Error;
use crate::covariates::{Covariates, Occupation};
use crate::curve::Curve;
use crate::region::Area;

/// SRS v3's piecewise-constant hazards: one model a diagnosis, log hazard linear in the terms, all effects by interval.
///
/// **Source**: `PREDICTION.md` §0.2; columns `version, diagnosis, interval, term, beta` and `version, diagnosis, k, day`.
#[derive(Debug, Default)]
pub(crate) struct Srs {
    models: HashMap<String, Model>,
}

#[derive(Debug, Default)]
struct Model {
    /// Day on which each interval begins, and the last day.
    breaks: Vec<f64>,
    /// Coefficients by interval.
    terms: Vec<HashMap<String, f64>>,
}

impl Srs {
    pub(crate) fn read(folder: &Path) -> Result<Self, Error> {
        let mut models: HashMap<String, Model> = HashMap::new();
        let expected = "columns version, diagnosis, interval, term, beta of SRS v3.0";
        each_row(
            &folder.join("model_coefficients.csv"),
            ["version", "diagnosis", "interval", "term", "beta"],
            expected,
            |row| {
                let (interval, beta) = (row[2].parse::<usize>().ok()?, row[4].parse::<f64>().ok()?);
                let model = models.entry(row[1].to_owned()).or_default();
                let terms = &mut model.terms;
                terms.resize_with(terms.len().max(interval), HashMap::new);
                terms
                    .get_mut(interval.checked_sub(1)?)?
                    .insert(row[3].to_owned(), beta);
                Some(())
            },
        )?;
        let expected = "columns version, diagnosis, k, day of SRS v3.0";
        each_row(
            &folder.join("model_breaks.csv"),
            ["version", "diagnosis", "k", "day", "day"],
            expected,
            |row| {
                let day = row[3].parse().ok()?;
                models
                    .entry(row[1].to_owned())
                    .or_default()
                    .breaks
                    .push(day);
                Some(())
            },
        )?;
        models.retain(|_, model| {
            model.breaks.len() == model.terms.len() + 1 && model.terms.len() < Curve::MOST
        });
        if models.is_empty() {
            let path = folder.join("model_coefficients.csv");
            let problem = "no usable model of version 3.0".to_owned();
            return Err(Error::Hazards {
                path,
                problem,
                expected: "at least one diagnosis with breaks and coefficients",
            });
        }
        Ok(Self { models })
    }

    /// The curve of a case, from the subcode's model if there is one, else the category's; `None` without either.
    pub(crate) fn curve(&self, subcode: &str, case: &Covariates) -> Option<Curve> {
        let model = self
            .models
            .get(subcode)
            .or_else(|| self.models.get(subcode.get(..3)?))?;
        let on = terms_of(case);
        let mut curve = Curve::new();
        for (begins, terms) in model.breaks.iter().zip(&model.terms) {
            let log_rate: f64 = on.iter().filter_map(|term| terms.get(*term)).sum();
            curve.push(*begins, log_rate.exp());
        }
        Some(curve)
    }
}

/// The terms that are one for a case. What certificates do not tell is held at one value for everybody:
/// no higher education, born in Sweden, no disability pension, care at start, visits above the median.
fn terms_of(case: &Covariates) -> Vec<&'static str> {
    let mut on = vec!["(Intercept)", "edu_cat_fctNo university"];
    on.extend((case.sex == Sex::Man).then_some("SexMale"));
    on.extend(
        [
            None,
            Some("age_cat_fct30-39"),
            Some("age_cat_fct40-49"),
            Some("age_cat_fct50-56"),
            Some("age_cat_fct57-63"),
        ][case.age_band()],
    );
    on.extend(match case.area {
        Area::North => None,
        Area::Middle => Some("RegionMitt"),
        Area::Stockholm => Some("RegionStockholm"),
        Area::West => Some("RegionVast"),
        Area::South => Some("RegionSyd"),
    });
    on.extend((case.occupation != Occupation::Jobseeker).then_some("SA_SyssStart_fctnot_unemp"));
    on.extend(
        [
            None,
            Some("SA_1_gross(0,90]"),
            Some("SA_1_gross(90,180]"),
            Some("SA_1_gross(180,366]"),
        ][case.earlier_band()],
    );
    on.extend(match case.degree {
        Degree::Quarter => None,
        Degree::Half => Some("SA_ExtentFirst0.5"),
        Degree::ThreeQuarters => Some("SA_ExtentFirst0.75"),
        Degree::Full => Some("SA_ExtentFirst1"),
    });
    on.extend(case.side_diagnosis.then_some("comorbidityyes"));
    on
}

/// Calls `take` with the wanted columns of every row of version 3.0; `take` returns `None` for a value it cannot read.
fn each_row(
    path: &Path,
    wanted: [&str; 5],
    expected: &'static str,
    mut take: impl FnMut([&str; 5]) -> Option<()>,
) -> Result<(), Error> {
    let wrong = |problem: String| Error::Hazards {
        path: path.to_path_buf(),
        problem,
        expected,
    };
    let mut reader = csv::Reader::from_path(path).map_err(Error::csv(path))?;
    let header = reader.headers().map_err(Error::csv(path))?.clone();
    let mut columns = [0; 5];
    for (column, name) in columns.iter_mut().zip(wanted) {
        let found = header.iter().position(|title| title == name);
        *column = found.ok_or_else(|| wrong(format!("no column `{name}`")))?;
    }
    for record in reader.records() {
        let record = record.map_err(Error::csv(path))?;
        let row = columns.map(|column| record.get(column).unwrap_or_default());
        if row[0].starts_with('3') {
            take(row).ok_or_else(|| {
                wrong(format!(
                    "row {} has a value that is no number",
                    record.position().map_or(0, csv::Position::line)
                ))
            })?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_from_files_gives_its_own_survival() {
        let folder = tempfile::tempdir().unwrap();
        let coefficients = "version,diagnosis,interval,term,beta\n\
            2.1,F43,1,(Intercept),9\n\
            3.0,F43,1,(Intercept),-4\n3.0,F43,1,SexMale,0.5\n\
            3.0,F43,2,(Intercept),-5\n3.0,F43,2,SexMale,0\n";
        std::fs::write(folder.path().join("model_coefficients.csv"), coefficients).unwrap();
        let breaks = "version,diagnosis,k,day\n3.0,F43,0,15\n3.0,F43,1,30\n3.0,F43,2,500\n";
        std::fs::write(folder.path().join("model_breaks.csv"), breaks).unwrap();
        let models = Srs::read(folder.path()).unwrap();
        let case = Covariates {
            sex: Sex::Man,
            age: 25,
            area: Area::North,
            occupation: Occupation::Jobseeker,
            degree: Degree::Quarter,
            earlier_days: 0,
            side_diagnosis: false,
            prognosis: None,
        };
        // exp(−3.5) for 15 days, exp(−5) for 60.
        let expected = (-(15.0 * (-3.5_f64).exp() + 60.0 * (-5.0_f64).exp())).exp();
        let curve = models.curve("F430", &case).unwrap();
        assert!((curve.reaching(90.0) - expected).abs() < 1e-12);
        assert!(models.curve("M545", &case).is_none());
    }

    #[test]
    fn a_missing_column_is_named() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(
            folder.path().join("model_coefficients.csv"),
            "version,diagnosis\n",
        )
        .unwrap();
        let message = Srs::read(folder.path()).unwrap_err().to_string();
        assert!(message.contains("no column `interval`"), "{message}");
    }
}
