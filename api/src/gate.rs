use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::{DateTime, Utc};
use frisk_state::AuditEntry;
use frisk_warehouse::{Policy, PublishedTable, Question, Snapshot, Warehouse};

use crate::{
    App, CaseFeatures, Error, RiskModel, Settings,
    auth::{Authorized, DemoIdentities, Granted},
    choices::Choices,
    metrics::Metrics,
    problem::Problem,
};

/// Most answers that are kept; a snapshot never changes, so they never grow old.
const KEPT_ANSWERS: usize = 512;

/// The only way from a handler to data. Its fields are private to this file: statistics need a [`Granted`], a case
/// needs an [`Authorized`], and reading a case writes the audit log first.
#[derive(Debug)]
pub(crate) struct Gate {
    app: App,
    demo: DemoIdentities,
    metrics: Metrics,
    answers: Mutex<HashMap<String, Arc<PublishedTable>>>,
}

impl Gate {
    /// **Errors**: settings that must not be served; see [`DemoIdentities::make`].
    pub(crate) fn new(app: App) -> Result<Self, Error> {
        let demo = DemoIdentities::make(&app.settings, &app.cases.units())?;
        Ok(Self {
            app,
            demo,
            metrics: Metrics::new(),
            answers: Mutex::default(),
        })
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.app.settings
    }

    pub(crate) fn demo(&self) -> &DemoIdentities {
        &self.demo
    }

    pub(crate) fn metrics(&self) -> &Metrics {
        &self.metrics
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        (self.app.clock)()
    }

    pub(crate) fn snapshot(&self) -> &Snapshot {
        self.app.warehouse.snapshot()
    }

    /// The first month that can be asked for.
    pub(crate) fn first_month(&self) -> frisk_warehouse::Month {
        self.app.warehouse.first_month()
    }

    pub(crate) fn icd10(&self) -> &frisk_codes::Icd10 {
        self.app.warehouse.icd10()
    }

    pub(crate) fn model(&self) -> Result<&Arc<dyn RiskModel>, Problem> {
        self.app.artefact.as_ref().ok_or(Problem::NoModel)
    }

    /// Whether the audit log can be read: without it nothing personal is answered.
    pub(crate) fn store_is_ready(&self) -> bool {
        self.app.store.audit_after(i64::MAX, 1).is_ok()
    }

    /// The name of a unit of the reader's own assignment.
    pub(crate) fn unit_name(&self, authorized: &Authorized, unit: &str) -> Option<String> {
        let own = authorized.claims().units.contains(unit);
        let units = self.app.cases.units();
        let found = units.into_iter().find(|info| info.unit_id == unit);
        found.filter(|_| own).map(|info| info.name)
    }

    /// Answers a question within a right, under the policy of that right.
    pub(crate) async fn answer(
        self: &Arc<Self>,
        granted: &Granted,
        asked: Asked,
    ) -> Result<Arc<PublishedTable>, Problem> {
        let question = asked.of(granted);
        let threshold = self.app.settings.threshold;
        let policy = asked.choices.policy(&asked.report, granted, threshold);
        let key = key(&question, policy);
        if let Some(found) = self.kept(&key) {
            return Ok(found);
        }
        let gate = Arc::clone(self);
        let table = tokio::task::spawn_blocking(move || gate.warehouse().answer(&question, policy))
            .await
            .map_err(|error| Problem::internal(&error))??;
        let table = Arc::new(table);
        self.keep(key, &table);
        Ok(table)
    }

    fn warehouse(&self) -> &Warehouse {
        &self.app.warehouse
    }

    fn kept(&self, key: &str) -> Option<Arc<PublishedTable>> {
        let answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        answers.get(key).cloned()
    }

    fn keep(&self, key: String, table: &Arc<PublishedTable>) {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        if answers.len() >= KEPT_ANSWERS {
            answers.clear();
        }
        answers.insert(key, Arc::clone(table));
    }

    /// Reads what was known of a case. The read, allowed or refused, is in the audit log before anything is answered;
    /// if it cannot be logged, nothing is.
    pub(crate) async fn case(
        self: &Arc<Self>,
        authorized: &Authorized,
        case_id: String,
    ) -> Result<CaseFeatures, Problem> {
        let gate = Arc::clone(self);
        let authorized = authorized.clone();
        tokio::task::spawn_blocking(move || gate.read_case(&authorized, &case_id))
            .await
            .map_err(|error| Problem::internal(&error))?
    }

    fn read_case(&self, authorized: &Authorized, case_id: &str) -> Result<CaseFeatures, Problem> {
        let found = self
            .app
            .cases
            .features(case_id)
            .map_err(|error| Problem::internal(&error))?;
        let allowed = match &found {
            Some(case) => authorized.may_read_case(&case.care_provider_id, &case.unit_id),
            None => Err(Problem::NotFound),
        };
        let unit = found.as_ref().map_or("", |case| &case.unit_id);
        // A name that no case has is the caller's own text: it does not enter the log.
        let subject = found.as_ref().map_or("-", |_| case_id);
        self.audit(authorized, "read_case_risk", subject, unit, allowed.is_ok())?;
        allowed?;
        found.ok_or(Problem::NotFound)
    }

    /// Logs a refused question about units.
    pub(crate) fn audit_refused_units(&self, authorized: &Authorized) -> Result<(), Problem> {
        self.audit(authorized, "read_unit_statistics", "-", "", false)
    }

    fn audit(
        &self,
        authorized: &Authorized,
        action: &str,
        subject: &str,
        unit: &str,
        allowed: bool,
    ) -> Result<(), Problem> {
        let claims = authorized.claims();
        let entry = AuditEntry {
            at: self.now(),
            actor: claims.actor.clone(),
            role: claims.role.code().to_owned(),
            action: action.to_owned(),
            subject: subject.to_owned(),
            unit: unit.to_owned(),
            purpose: claims.purpose.clone(),
            allowed,
        };
        self.app.store.append_audit(&entry)?;
        self.metrics.audited(allowed);
        Ok(())
    }
}

/// A question without its scope, which only a right can add.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    /// Name of the report.
    pub(crate) report: String,
    /// Series or cross-section.
    pub(crate) view: frisk_warehouse::View,
    /// First month.
    pub(crate) from: frisk_warehouse::Month,
    /// Last month.
    pub(crate) to: frisk_warehouse::Month,
    /// What it is narrowed to and about.
    pub(crate) choices: Choices,
}

impl Asked {
    /// The question within a right.
    pub(crate) fn of(&self, granted: &Granted) -> Question {
        let scope = granted.scope().clone();
        let question = Question::new(&self.report, scope, self.view, self.from, self.to);
        self.choices.apply(question)
    }
}

/// What tells two answers of one snapshot apart.
pub(crate) fn key(question: &Question, policy: Policy) -> String {
    let question = serde_json::to_string(question).unwrap_or_default();
    format!("{question} {policy:?}")
}
