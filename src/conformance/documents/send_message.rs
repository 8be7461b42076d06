//! SendMessageToCare v2, written from the contract.

use std::fmt::Write;

use super::{
    Message,
    xml::{escape, id, person_id},
};

/// The document.
pub(super) fn write(message: &Message) -> String {
    let mut asked = String::new();
    for question in &message.questions {
        let _ = write!(
            asked,
            "<m:komplettering><m:frage-id>{}</m:frage-id><m:text>?</m:text></m:komplettering>",
            escape(question)
        );
    }
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<m:SendMessageToCare xmlns:m="urn:riv:clinicalprocess:healthcond:certificate:SendMessageToCareResponder:2" xmlns:t="urn:riv:clinicalprocess:healthcond:certificate:types:3"><m:meddelande-id>{id}</m:meddelande-id><m:skickatTidpunkt>{sent}</m:skickatTidpunkt>{certificate}{person}<m:logiskAdressMottagare>enhet</m:logiskAdressMottagare><m:amne><t:code>{subject}</t:code><t:codeSystem>ffa59d8f-8d7e-46ae-ac9e-31804e8e8499</t:codeSystem></m:amne><m:meddelande>?</m:meddelande><m:skickatAv><m:part><t:code>FKASSA</t:code><t:codeSystem>769bb12b-bd9f-4203-a5cd-fd14f2eb3b80</t:codeSystem></m:part></m:skickatAv>{asked}</m:SendMessageToCare>
"#,
        id = escape(&message.id),
        sent = escape(&message.sent),
        certificate = id("m:intygs-id", "1.2.752.129.2.1.4.1", &message.certificate),
        person = person_id("m:patientPerson-id", &message.person),
        subject = escape(&message.subject),
    )
}
