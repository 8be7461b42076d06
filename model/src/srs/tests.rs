use std::fs;
use std::path::PathBuf;

use csv::StringRecord;

use super::*;

/// Two models of two intervals, made up: X10 asks for the sex, X101 for sex and degree.
fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("frisk-srs-{name}-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let breaks = "set,version,diagnosis,k,day\n\
        m,3.0,X10,0,15\nm,3.0,X10,1,35\nm,3.0,X10,2,1000\n\
        m,3.0,X101,0,15\nm,3.0,X101,1,35\nm,3.0,X101,2,1000\n\
        m,2.1,X99,0,15\n";
    fs::write(folder.join("model_breaks.csv"), breaks).unwrap();
    // exp(-4.605170185988091) = 0.01, exp(0.693147180559945) = 2.
    let coefficients = "set,version,diagnosis,interval,term,beta\n\
        m,3.0,X10,1,(Intercept),-4.605170185988091\nm,3.0,X10,2,(Intercept),-4.605170185988091\n\
        m,3.0,X10,1,SexMale,0.693147180559945\nm,3.0,X10,2,SexMale,0\n\
        m,3.0,X101,1,(Intercept),-4.605170185988091\nm,3.0,X101,2,(Intercept),-4.605170185988091\n\
        m,3.0,X101,1,SexMale,0\nm,3.0,X101,2,SexMale,0\n\
        m,3.0,X101,1,SA_ExtentFirst1,0.693147180559945\nm,3.0,X101,2,SA_ExtentFirst1,0\n\
        m,2.1,X99,1,(Intercept),0\n";
    fs::write(folder.join("model_coefficients.csv"), coefficients).unwrap();
    folder
}

fn book(name: &str) -> SrsBook {
    let folder = folder(name);
    let book = SrsBook::load(&folder).unwrap();
    fs::remove_dir_all(folder).unwrap();
    book
}

fn ask<'b>(book: &'b SrsBook, diagnosis: &str, sex: &str, degree: &str) -> SrsRisk<'b> {
    let header = StringRecord::from(vec!["SA_ExtentFirst", "diagnosis", "Sex"]);
    let row = StringRecord::from(vec![degree, diagnosis, sex]);
    let (diagnosis, answers) = SrsSheet::new(&header).unwrap().read(&row);
    book.score(diagnosis, &answers)
}

#[test]
fn survival_is_the_exponential_of_the_summed_hazard() {
    let book = book("sum");
    let curve = ask(&book, "X10", "Male", "").curve.unwrap();
    // Men: 0.02 a day for 20 days, then 0.01. Until day 25: 10 · 0.02; until 90: 20 · 0.02 + 55 · 0.01.
    for (day, summed) in [
        (25, 0.2),
        (35, 0.4),
        (90, 0.95),
        (14, 0.0),
        (2000, 0.4 + 9.65),
    ] {
        assert!(
            (curve.survival(day) - f64::exp(-summed)).abs() < 1e-12,
            "{day}"
        );
    }
    // Given day 30: 5 · 0.02 + 55 · 0.01 more until day 90; what has been reached is certain.
    assert!((curve.survival_from(30, 90) - f64::exp(-0.65)).abs() < 1e-12);
    assert_eq!(curve.survival_from(30, 25), 1.0);
    assert_eq!(curve.survival_from(15, 90), curve.survival(90));
}

#[test]
fn the_longest_code_with_a_model_answers() {
    let book = book("code");
    let used = |code: &str| {
        let risk = ask(&book, code, "Female", "1.0");
        (risk.diagnosis_used, risk.status, risk.curve.is_some())
    };
    assert_eq!(used("X10"), (Some("X10"), SrsStatus::Ok, true));
    assert_eq!(used(" x10.1 "), (Some("X101"), SrsStatus::Ok, true));
    assert_eq!(used("x10.1a"), (Some("X101"), SrsStatus::HigherLevel, true));
    assert_eq!(used("X10.2"), (Some("X10"), SrsStatus::HigherLevel, true));
    assert_eq!(used("X10.1AB"), (None, SrsStatus::NotOk, false));
    assert_eq!(used("X1"), (None, SrsStatus::NoModel, false));
    assert_eq!(used("X11"), (None, SrsStatus::NoModel, false));
    assert_eq!(used("ÅÄÖ"), (None, SrsStatus::NoModel, false));
    assert_eq!(used(""), (None, SrsStatus::NotOk, false));
    // Another version's model is no model.
    assert_eq!(used("X99"), (None, SrsStatus::NoModel, false));
}

#[test]
fn a_missing_or_unknown_answer_gives_no_prediction() {
    let book = book("answer");
    for (sex, degree, wanting) in [
        ("", "1", vec!["Sex"]),
        ("female", "1", vec!["Sex"]),
        ("Male", "0.6", vec!["SA_ExtentFirst"]),
        ("", "", vec!["Sex", "SA_ExtentFirst"]),
    ] {
        let risk = ask(&book, "X10.1", sex, degree);
        assert_eq!((risk.status, risk.unanswered), (SrsStatus::NotOk, wanting));
        assert_eq!(risk.curve, None);
    }
    // X10 does not ask for the degree: a wrong one does no harm.
    assert_eq!(ask(&book, "X10", "Male", "0.6").status, SrsStatus::Ok);
}

#[test]
fn a_file_with_a_gap_is_refused() {
    let folder = folder("gap");
    let path = folder.join("model_coefficients.csv");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("m,3.0,X101,2,SexMale,0\n", "")).unwrap();
    let refused = SrsBook::load(&folder);
    fs::remove_dir_all(folder).unwrap();
    let told = refused.unwrap_err().to_string();
    assert!(told.contains("X101") && told.contains("SexMale"), "{told}");
}
