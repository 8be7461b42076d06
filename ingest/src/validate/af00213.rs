//! AF00213, Arbetsförmedlingens medicinska utlåtande: the official rule set `af00213.v1` (Inera), restated.
//!
//! All patterns stand in this file, but `instans-pattern`, which [`Form`] has.

use super::form::Form;
use super::question::{free, maybe, once, one};
use super::relation::{forbids, here, inside, needs, part, rule};
use super::says::Says::{No, Yes};
use super::value::Value::{Boolean, Text};

pub(super) const FORM: Form = Form {
    set: "af00213.v1",
    questions: &[
        one(
            "1",
            "Funktionsnedsättning",
            &[
                once("1.1", "Finns funktionsnedsättning", Boolean),
                free("1.2", "Funktionsnedsättning", Text),
            ],
        ),
        maybe(
            "2",
            "Aktivitetsbegränsning",
            &[
                once("2.1", "Finns aktivitetsbegränsning", Boolean),
                free("2.2", "Aktivitetsbegränsning", Text),
            ],
        ),
        maybe(
            "3",
            "Utredning och behandling",
            &[
                once("3.1", "Finns utredning eller behandling", Boolean),
                free("3.2", "Utredning och behandling", Text),
            ],
        ),
        one(
            "4",
            "Arbetets påverkan",
            &[
                once("4.1", "Om arbetet påverkar", Boolean),
                free("4.2", "Arbetets påverkan", Text),
            ],
        ),
        maybe("5", "Övrigt", &[free("5.1", "Övriga upplysningar", Text)]),
    ],
    relations: &[
        rule("q1.1-1.2-true", part("1.1", Yes), needs(here("1.2"))),
        rule("q1.1-1.2-false", part("1.1", No), forbids(here("1.2"))),
        rule("q1.1-2.1", part("1.1", Yes), needs(inside("2", "2.1"))),
        rule("q2.1-2.2-true", part("2.1", Yes), needs(here("2.2"))),
        rule("q2.1-2.2-false", part("2.1", No), forbids(here("2.2"))),
        rule("q3.1-3.2-true", part("3.1", Yes), needs(here("3.2"))),
        rule("q3.1-3.2-false", part("3.1", No), forbids(here("3.2"))),
        rule("q4.1-4.2-true", part("4.1", Yes), needs(here("4.2"))),
        rule("q4.1-4.2-false", part("4.1", No), forbids(here("4.2"))),
    ],
    ..Form::USUAL
};
