//! The house rules that clippy cannot keep.
