//! Points at which a proof kills the process: `FRISK_FAILPOINT=name:n` aborts at the n-th passing of that point.
//!
//! The abort leaves no time to clean up, as `kill -9` does. Without the variable a point costs one comparison.

use std::{
    collections::BTreeMap,
    sync::{LazyLock, Mutex},
};

static PLANNED: LazyLock<Option<(String, u32)>> = LazyLock::new(|| {
    let text = std::env::var("FRISK_FAILPOINT").ok()?;
    let (name, number) = text.split_once(':')?;
    Some((name.to_owned(), number.parse().ok()?))
});
static PASSED: Mutex<BTreeMap<String, u32>> = Mutex::new(BTreeMap::new());

/// Passes a point; the process ends here if that was planned.
pub(crate) fn pass(name: &str) {
    let Some((planned, number)) = PLANNED.as_ref() else {
        return;
    };
    if planned != name {
        return;
    }
    let passed = PASSED.lock().map(|mut passed| {
        let count = passed.entry(name.to_owned()).or_insert(0);
        *count += 1;
        *count
    });
    if passed.is_ok_and(|count| count == *number) {
        std::process::abort();
    }
}
