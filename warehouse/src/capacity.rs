use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use crate::Error;

/// How many questions may be counted at once; more are answered "busy" at once instead of queueing without end.
///
/// Shared: a clone is the same gate. Source: the peer's calculation coordinator answers "busy" when it has no
/// capacity (conformance kit §3).
#[derive(Debug, Clone)]
pub struct Capacity {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    limit: AtomicUsize,
    running: AtomicUsize,
}

impl Capacity {
    /// A gate for this many questions at once; 0 refuses all.
    #[must_use]
    pub fn new(limit: usize) -> Self {
        Self {
            shared: Arc::new(Shared {
                limit: AtomicUsize::new(limit),
                running: AtomicUsize::new(0),
            }),
        }
    }

    /// Sets the limit from now on; running questions go on.
    pub fn set_limit(&self, limit: usize) {
        self.shared.limit.store(limit, Ordering::Relaxed);
    }

    /// A place for one question, free again when dropped.
    ///
    /// # Errors
    /// [`Error::Busy`] when all places are taken.
    pub fn admit(&self) -> Result<Permit, Error> {
        let limit = self.shared.limit.load(Ordering::Relaxed);
        self.shared
            .running
            .try_update(Ordering::AcqRel, Ordering::Acquire, |running| {
                (running < limit).then_some(running + 1)
            })
            .map_err(|_| Error::Busy { limit })?;
        Ok(Permit {
            shared: Arc::clone(&self.shared),
        })
    }
}

impl Default for Capacity {
    /// As many questions at once as memory is meant for: 64.
    fn default() -> Self {
        Self::new(64)
    }
}

/// The right to count one question; dropping it gives the place back.
#[derive(Debug)]
pub struct Permit {
    shared: Arc<Shared>,
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.shared.running.fetch_sub(1, Ordering::AcqRel);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_gate_refuses_until_a_place_is_given_back() {
        let capacity = Capacity::new(1);
        let permit = capacity.admit().unwrap();
        assert!(matches!(
            capacity.clone().admit(),
            Err(Error::Busy { limit: 1 })
        ));
        drop(permit);
        assert!(capacity.admit().is_ok());
        capacity.set_limit(0);
        assert!(matches!(capacity.admit(), Err(Error::Busy { limit: 0 })));
    }
}
