//! Import of a manifest.

/// An uploaded file that waits to be confirmed.
#[derive(Clone)]
pub(crate) struct Draft;
