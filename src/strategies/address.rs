//! E-mail addresses.

use proptest::char::range;
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, prop_oneof};
use proptest::sample::select;
use proptest::strategy::BoxedStrategy;

/// The hosts that RFC 2606 keeps for examples.
const HOSTS: [&str; 4] = ["example.com", "example.org", "example.net", "mail.example.com"];

/// The most characters before the `@`.
const LOCAL_MAX: usize = 64;
/// The most characters between two dots of a host.
const LABEL_MAX: usize = 63;

pub(super) fn valid() -> BoxedStrategy<String> {
    let sign = select("!#$%&'*+/=?^_`{|}~-".chars().collect::<Vec<char>>());
    let letter =
        prop_oneof![6 => range('a', 'z'), 1 => range('A', 'Z'), 1 => range('0', '9'), 1 => sign];
    let atom = vec(letter, 1..=8).prop_map(String::from_iter);
    let local = vec(atom, 1..=3).prop_map(|atoms| atoms.join("."));
    let longest = Just("a".repeat(LOCAL_MAX));
    let local = prop_oneof![9 => local, 1 => longest];
    let host = prop_oneof![
        6 => select(&HOSTS[..]).prop_map(str::to_owned),
        1 => Just(format!("{}.example.com", "a".repeat(LABEL_MAX))),
    ];
    (local, host).prop_map(|(local, host)| format!("{local}@{host}")).boxed()
}

/// What is nearly an e-mail address.
pub(super) fn invalid() -> BoxedStrategy<String> {
    let wrong: Vec<fn(&str, &str) -> String> = vec![
        |local, host| format!("{local}{host}"),
        |local, _| format!("{local}@"),
        |_, host| format!("@{host}"),
        |local, host| format!("{local}@{local}@{host}"),
        |local, host| format!("{local} {local}@{host}"),
        |local, host| format!(".{local}@{host}"),
        |local, host| format!("{local}.@{host}"),
        |local, host| format!("{local}..{local}@{host}"),
        |local, host| format!("{local}é@{host}"),
        |local, host| format!("{local}@.{host}"),
        |local, host| format!("{local}@{host}."),
        |local, host| format!("{local}@-{host}"),
        |local, host| format!("{local}@a_b.{host}"),
        |local, host| format!("<{local}@{host}>"),
        |_, host| format!("{}@{host}", "a".repeat(LOCAL_MAX + 1)),
        |local, host| format!("{local}@{}.{host}", "a".repeat(LABEL_MAX + 1)),
        |_, _| String::new(),
    ];
    let local = vec(range('a', 'z'), 1..=6).prop_map(String::from_iter);
    (select(wrong), local, select(&HOSTS[..]))
        .prop_map(|(wrong, local, host)| wrong(&local, host))
        .boxed()
}

/// An e-mail address that is well formed and has one character more than this.
pub(super) fn too_long(most: usize) -> String {
    let (local, label) = ("a".repeat(LOCAL_MAX), "a".repeat(LABEL_MAX));
    let known = format!("{local}@{label}.{label}..example.com").len();
    let rest = "a".repeat((most + 1).saturating_sub(known));
    format!("{local}@{label}.{label}.{rest}.example.com")
}
