//! An analytics event that says that a certificate was sent. Source: `PEERS.md` §4.1.

use serde_json::json;

/// The document.
pub(super) fn write(id: &str, certificate: &str, recipient: &str, time: &str) -> String {
    json!({
        "messageId": id,
        "type": "certificate.analytics.event",
        "schemaVersion": "v1",
        "certificate": {"id": certificate},
        "event": {"timestamp": time, "messageType": "CERTIFICATE_SENT"},
        "recipient": {"id": recipient},
    })
    .to_string()
}
