//! [`Span`]: the values between two, of which either may be missing.

/// Everything between two values, themselves included.
#[derive(Debug)]
pub(super) struct Span<V> {
    from: Option<V>,
    to: Option<V>,
}

impl<V> Span<V> {
    pub(super) fn of(value: V) -> Span<V>
    where
        V: Clone,
    {
        Span { from: Some(value.clone()), to: Some(value) }
    }

    pub(super) fn from_to(from: V, to: V) -> Span<V> {
        Span { from: Some(from), to: Some(to) }
    }

    pub(super) fn open() -> Span<V> {
        Span { from: None, to: None }
    }

    /// From the beginning of the one to the end of the other.
    pub(super) fn between(one: Option<Span<V>>, other: Option<Span<V>>) -> Option<Span<V>> {
        Some(Span { from: one?.from, to: other?.to })
    }

    pub(super) fn holds(&self, value: &V) -> bool
    where
        V: PartialOrd,
    {
        self.begins_by(value) && self.ends_after(value)
    }

    /// Whether the value is not before it.
    pub(super) fn begins_by(&self, value: &V) -> bool
    where
        V: PartialOrd,
    {
        self.from.as_ref().is_none_or(|from| value >= from)
    }

    /// Whether the value is not behind it.
    pub(super) fn ends_after(&self, value: &V) -> bool
    where
        V: PartialOrd,
    {
        self.to.as_ref().is_none_or(|to| value <= to)
    }
}
