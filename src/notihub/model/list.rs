//! [`objects`]: lists of objects, and [`is_refused_object`]: an object is no list, whatever its
//! names are. No client of Notihub's is in PHP.

use crate::engine::given::Given;
use crate::engine::input::Input;
use crate::engine::value::Value;

/// Whether an object stands where a list belongs. It is refused.
pub(super) fn is_refused_object(input: &Input<'_>, name: &str) -> bool {
    let is_object = matches!(input.raw(name), Some(Value::Object(_)));
    if is_object {
        input.refuse(name, "must be a list, but is an object");
    }
    is_object
}

/// A list of objects, each handed to `read`.
pub(in crate::notihub) fn objects<T>(
    input: &Input<'_>,
    name: &str,
    read: impl FnMut(&Input<'_>) -> T,
) -> Given<Vec<T>> {
    if is_refused_object(input, name) { Given::Absent } else { input.objects(name, read) }
}
