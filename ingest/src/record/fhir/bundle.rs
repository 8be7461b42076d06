use std::collections::HashMap;

use serde_json::Value;

/// The resources of a file: procedures, and what they refer to.
#[derive(Debug)]
pub(super) struct Context<'v> {
    procedures: Vec<(String, &'v Value)>,
    /// By full URL and by `Type/id`.
    by_reference: HashMap<String, &'v Value>,
}

impl<'v> Context<'v> {
    /// The resources of some JSON values, those in bundles among them.
    pub(super) fn of(values: &'v [Value]) -> Self {
        let mut context = Self {
            procedures: Vec::new(),
            by_reference: HashMap::new(),
        };
        let alone = values.len() == 1;
        for (index, value) in values.iter().enumerate() {
            let place = if alone {
                String::new()
            } else {
                format!("resource {}: ", index + 1)
            };
            match text(value, "/resourceType") {
                Some("Bundle") => context.bundle(value, &place),
                _ => context.add(value, None, place),
            }
        }
        context
    }

    fn bundle(&mut self, bundle: &'v Value, place: &str) {
        let entries = bundle.get("entry").and_then(Value::as_array);
        for (index, entry) in entries.into_iter().flatten().enumerate() {
            if let Some(resource) = entry.get("resource") {
                let place = format!("{place}/entry/{index}/resource");
                self.add(resource, text(entry, "/fullUrl"), place);
            }
        }
    }

    fn add(&mut self, resource: &'v Value, url: Option<&str>, place: String) {
        let kind = text(resource, "/resourceType").unwrap_or("");
        if kind == "Procedure" {
            self.procedures.push((place, resource));
            return;
        }
        if let Some(url) = url {
            self.by_reference.insert(url.to_owned(), resource);
        }
        if let Some(id) = text(resource, "/id") {
            self.by_reference.insert(format!("{kind}/{id}"), resource);
        }
    }

    /// The procedures, each with the place where it stands.
    pub(super) fn procedures(&self) -> &[(String, &'v Value)] {
        &self.procedures
    }

    /// The identifiers of what a reference points to: its own, those of a contained resource, or of one in the bundle.
    pub(super) fn identifiers(
        &self,
        reference: &'v Value,
        resource: &'v Value,
    ) -> impl Iterator<Item = &'v Value> {
        let own = reference.get("identifier");
        let target = text(reference, "/reference").and_then(|to| self.target(to, resource));
        let others = target.and_then(|target| target.get("identifier"));
        own.into_iter()
            .chain(others.and_then(Value::as_array).into_iter().flatten())
    }

    fn target(&self, reference: &str, resource: &'v Value) -> Option<&'v Value> {
        if let Some(id) = reference.strip_prefix('#') {
            let contained = resource.get("contained")?.as_array()?;
            return contained
                .iter()
                .find(|inner| text(inner, "/id") == Some(id));
        }
        self.by_reference.get(reference).copied()
    }
}

/// A text by JSON pointer.
pub(super) fn text<'v>(value: &'v Value, pointer: &str) -> Option<&'v str> {
    value.pointer(pointer)?.as_str()
}
