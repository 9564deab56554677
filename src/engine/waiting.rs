//! [`Waiting`]: what is written to something persistent, and not yet carried out.
//!
//! A write works on a clone of the state, which counts only if it succeeds. If it wrote
//! to a tree right away, it would copy every node on its way, since the older state still
//! has them; and right after, nobody has the older ones. So it notes what is written,
//! reads look there first, and it is carried out when the older state is gone: in place,
//! where neither a snapshot shares it nor a list that was shown.

use std::sync::OnceLock;

/// The most writes that wait. A call that makes more pays for the copies.
const WAITING_MAX: usize = 16;

/// Writes `W` that wait, and `S` as it is with them.
pub(super) struct Waiting<W, S> {
    /// The first one. As a rule there are no others, and nothing is allocated.
    first: Option<W>,
    /// The others, in the order in which they came.
    others: Vec<W>,
    /// What they are written to, with all of them: made when somebody wants to walk through it.
    whole: OnceLock<S>,
}

impl<W: Clone, S> Clone for Waiting<W, S> {
    fn clone(&self) -> Waiting<W, S> {
        let (first, others) = (self.first.clone(), self.others.clone());
        Waiting { first, others, whole: OnceLock::new() }
    }
}

impl<W, S> Default for Waiting<W, S> {
    fn default() -> Waiting<W, S> {
        Waiting { first: None, others: Vec::new(), whole: OnceLock::new() }
    }
}

impl<W, S> Waiting<W, S> {
    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.first.is_none()
    }

    /// All of them, in the order in which they came.
    fn iter(&self) -> impl Iterator<Item = &W> {
        self.first.iter().chain(&self.others)
    }

    /// The last of those that are meant, which counts.
    pub(super) fn last(&self, is_meant: impl Fn(&W) -> bool) -> Option<&W> {
        let first = self.first.as_ref()?;
        for write in self.others.iter().rev() {
            if is_meant(write) {
                return Some(write);
            }
        }
        is_meant(first).then_some(first)
    }

    /// Notes a write. Whether so many wait now that they are to be carried out.
    #[must_use]
    pub(super) fn note(&mut self, write: W) -> bool {
        self.whole.take();
        if self.first.is_none() {
            self.first = Some(write);
        } else {
            self.others.push(write);
        }
        self.others.len() + 1 == WAITING_MAX
    }

    /// All of them, for somebody who carries them out now.
    pub(super) fn take(&mut self) -> impl Iterator<Item = W> + use<W, S> {
        self.whole.take();
        self.first.take().into_iter().chain(std::mem::take(&mut self.others))
    }
}

impl<W, S: Clone> Waiting<W, S> {
    /// What they are written to, with all of them; `settled` is what it is without.
    pub(super) fn whole<'s>(&'s self, settled: &'s S, carry_out: impl Fn(&mut S, &W)) -> &'s S {
        if self.is_empty() {
            return settled;
        }
        self.whole.get_or_init(|| {
            let mut whole = settled.clone();
            self.iter().for_each(|write| carry_out(&mut whole, write));
            whole
        })
    }
}
