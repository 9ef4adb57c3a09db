//! Long lists, one page at a time.

/// Which part of a list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Page {
    /// Counted from zero.
    pub number: u32,
    /// Rows on one page.
    pub size: u32,
}

impl Page {
    /// The first page, of this size.
    pub const fn first(size: u32) -> Self {
        Self { number: 0, size }
    }

    pub(crate) fn offset(self) -> i64 {
        i64::from(self.number) * i64::from(self.size)
    }

    pub(crate) fn limit(self) -> i64 {
        i64::from(self.size)
    }
}

/// One page of a list and how long the whole list is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Paged<T> {
    /// The rows of this page.
    pub rows: Vec<T>,
    /// Rows on all pages together.
    pub total: u64,
}
