use std::time::Duration;

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle, PrometheusRecorder};

/// Counts of requests for Prometheus. Labels are route templates, methods and statuses: nothing that a caller wrote.
pub(crate) struct Metrics {
    recorder: PrometheusRecorder,
    handle: PrometheusHandle,
}

impl std::fmt::Debug for Metrics {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Metrics")
    }
}

impl Metrics {
    pub(crate) fn new() -> Self {
        let recorder = PrometheusBuilder::new().build_recorder();
        let handle = recorder.handle();
        let metrics = Self { recorder, handle };
        metrics::with_local_recorder(&metrics.recorder, || {
            metrics::describe_counter!("frisk_http_requests_total", "Requests, by route template");
            metrics::describe_histogram!(
                "frisk_http_request_duration_seconds",
                metrics::Unit::Seconds,
                "Time until the answer's head, by route template"
            );
            metrics::describe_counter!("frisk_audited_reads_total", "Reads in the audit log");
        });
        metrics
    }

    /// One request was answered.
    pub(crate) fn request(&self, route: &str, method: &str, status: u16, took: Duration) {
        let (route, method) = (route.to_owned(), method.to_owned());
        metrics::with_local_recorder(&self.recorder, || {
            metrics::counter!(
                "frisk_http_requests_total",
                "route" => route.clone(), "method" => method, "status" => status.to_string()
            )
            .increment(1);
            metrics::histogram!("frisk_http_request_duration_seconds", "route" => route)
                .record(took.as_secs_f64());
        });
    }

    /// One read went into the audit log.
    pub(crate) fn audited(&self, allowed: bool) {
        metrics::with_local_recorder(&self.recorder, || {
            metrics::counter!("frisk_audited_reads_total", "allowed" => allowed.to_string())
                .increment(1);
        });
    }

    /// All counts in Prometheus' text form.
    pub(crate) fn render(&self) -> String {
        self.handle.run_upkeep();
        self.handle.render()
    }
}
