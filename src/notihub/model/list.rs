//! [`is_list`]: an object is none, whatever its names are. No client of Notihub's is in PHP.

use crate::engine::input::Input;
use crate::engine::value::Value;

/// Refuses an object where a list belongs, and says whether there is none.
pub(in crate::notihub) fn is_list(input: &Input<'_>, name: &str) -> bool {
    let is_object = matches!(input.raw(name), Some(Value::Object(_)));
    if is_object {
        input.refuse(name, "must be a list, but is an object");
    }
    !is_object
}
