//! Reading and writing single columns.
