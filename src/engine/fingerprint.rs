//! [`Fingerprint`]: one number for all that a simulation holds.

use std::collections::BTreeSet;
use std::fmt;
use std::ptr;

use super::digest::Digest;
use super::moment::Moment;
use super::tour::Tour;
use super::vendor::Vendor;

/// One number for all that a double holds, shown as 32 hexadecimal digits. Two
/// doubles that hold the same have the same, on every machine and in every
/// build; a golden one in a test tells when that changes.
///
/// What is counted is what can be read back, realm by realm and in the order of
/// lists: not the time, nor the address of the double, nor who asked for what.
/// What happened is not counted either (events, what webhooks were told): it
/// tells of the way to a state, and not of the state.
///
/// ```
/// use mock_rebilly::{MockRebilly, http::Request};
///
/// let put = |rebilly: &MockRebilly, id: &str| {
///     let request = Request::put(format!("/customers/{id}")).header("REB-APIKEY", "sk_sandbox_x");
///     rebilly.handle(request.body("{}").unwrap());
/// };
/// let [one, other] = [(); 2].map(|()| MockRebilly::builder().order_independent().without_socket());
/// put(&one, "eve");
/// put(&one, "fay");
/// put(&other, "fay");
/// assert_ne!(one.fingerprint(), other.fingerprint());
/// put(&other, "eve");
/// assert_eq!(one.fingerprint(), other.fingerprint());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(u128);

impl Fingerprint {
    /// One number for what several hold that each have a name.
    pub(crate) fn together(
        parts: impl IntoIterator<Item = (&'static str, Fingerprint)>,
    ) -> Fingerprint {
        let mut digest = Digest::seeded(0);
        for (name, Fingerprint(part)) in parts {
            digest.eat(name.as_bytes());
            digest.eat(&part.to_le_bytes());
        }
        Fingerprint(digest.finish())
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:032x}", self.0)
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

impl<V: Vendor> Moment<V> {
    /// One number for all that is held. A realm counts if it is unlike those in
    /// which nothing happened, so that looking at one changes nothing.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        let other = self.realms.any_other();
        let usual = of::<V>(&other.state);
        let mut digest = Digest::seeded(0);
        digest.eat(&usual.to_le_bytes());
        let names: BTreeSet<&str> = self.realms.names().collect();
        for name in names {
            let realm = self.realms.of(name);
            let own = if ptr::eq(realm, other) { usual } else { of::<V>(&realm.state) };
            if own != usual {
                digest.eat(name.as_bytes());
                digest.eat(&own.to_le_bytes());
            }
        }
        Fingerprint(digest.finish())
    }
}

/// One number for what one realm holds, whatever it is called.
fn of<V: Vendor>(state: &V::State) -> u128 {
    let mut digest = Digest::seeded(0);
    V::tour(&mut Tour::of(state, &mut |_, thing| {
        if thing.is_history {
            return;
        }
        for name in [thing.kind, thing.owner.unwrap_or_default(), &thing.id] {
            digest.eat(name.as_bytes());
        }
        thing.rendered().digest(&mut |piece| digest.eat(piece));
    }));
    digest.finish()
}
