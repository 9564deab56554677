//! [`Members`]: the members of a made-up object.

use std::collections::BTreeMap;

use serde_json::Value;

use super::dice::Dice;

/// Members in the order of their names. With the feature `preserve_order` of
/// `serde_json` an object keeps the order in which it was filled, so it is
/// always filled in this one: the text is the same in every build.
#[derive(Default)]
pub(super) struct Members(BTreeMap<&'static str, Value>);

impl Members {
    pub(super) fn set(&mut self, name: &'static str, value: impl Into<Value>) {
        self.0.insert(name, value.into());
    }

    /// A member that is there so many times in a hundred. Where it is not, it is `null` or absent.
    pub(super) fn maybe<V: Into<Value>>(
        &mut self,
        dice: &mut Dice,
        chance: u32,
        name: &'static str,
        make: impl FnOnce(&mut Dice) -> V,
    ) {
        if dice.percent(chance) {
            self.set(name, make(dice));
        } else if dice.percent(30) {
            self.set(name, Value::Null);
        }
    }

    /// The same of a member that is never `null`.
    pub(super) fn perhaps<V: Into<Value>>(
        &mut self,
        dice: &mut Dice,
        chance: u32,
        name: &'static str,
        make: impl FnOnce(&mut Dice) -> V,
    ) {
        if dice.percent(chance) {
            self.set(name, make(dice));
        }
    }

    pub(super) fn object(self) -> Value {
        let members = self.0.into_iter().map(|(name, value)| (name.to_owned(), value));
        Value::Object(members.collect())
    }
}
