//! How a durable write goes wrong, for tests that break each one on purpose.

use std::sync::Mutex;

/// What happens to the next durable write.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing of it reaches the disk, and the writer is told so.
    Failed,
    /// All of it reaches the disk, and the writer is told that it failed.
    Persisted,
    /// A part of it reaches the disk.
    Torn,
    /// The store has this many pages, and no room for more.
    Full(u32),
}

impl Fault {
    /// What the system would say.
    pub(crate) fn says(self) -> std::io::Error {
        std::io::Error::other(format!("{self:?}, on purpose"))
    }
}

/// The fault that waits for the next write.
#[derive(Debug, Default)]
pub(crate) struct Next(Mutex<Option<Fault>>);

impl Next {
    pub(crate) fn set(&self, fault: Fault) {
        if let Ok(mut next) = self.0.lock() {
            *next = Some(fault);
        }
    }

    pub(crate) fn take(&self) -> Option<Fault> {
        self.0.lock().ok()?.take()
    }
}
