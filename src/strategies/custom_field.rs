//! Definitions of custom fields.

use std::ops::Range;

use proptest::collection::btree_set;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::select;
use proptest::strategy::{BoxedStrategy, Union};
use serde_json::{Value, json};

use super::custom_value::{self, INTEGERS, KINDS, PATTERNS};
use super::flaw::{Flaws, Invalid, inner, item, member, missing, spoilt, whole};
use super::members::{Member, object, optional, required};
use super::text::{self, among, no_flag, no_list, no_number, no_object, no_text, text};

/// The most that `maxLength` can be.
const LENGTH_MAX: usize = 4_000;

pub(super) fn valid() -> BoxedStrategy<Value> {
    Union::new(KINDS.map(valid_of)).boxed()
}

fn valid_of(kind: &'static str) -> BoxedStrategy<Value> {
    let field = move |schema: BoxedStrategy<Value>| {
        object(vec![
            optional("additionalSchema", schema),
            optional("description", text::json(text(60))),
            optional("isEnabled", any::<bool>().prop_map(Value::Bool).boxed()),
            required("type", text::only(kind)),
        ])
    };
    Union::new(constraints(kind).into_iter().map(schema))
        .prop_flat_map(move |schema| {
            let definition = json!({ "type": kind, "additionalSchema": schema });
            let default =
                prop_oneof![1 => Just(None), 1 => custom_value::valid(&definition).prop_map(Some)];
            let schema = default.prop_map(move |default| {
                let mut schema = schema.clone();
                if let (Some(default), Some(members)) = (default, schema.as_object_mut()) {
                    members.insert("default".to_owned(), default);
                }
                schema
            });
            field(schema.boxed())
        })
        .boxed()
}

fn schema(mut members: Vec<Member>) -> BoxedStrategy<Value> {
    members.push(optional("required", any::<bool>().prop_map(Value::Bool).boxed()));
    object(members)
}

/// What a schema may say beside what it is required and filled in with: one of several sets.
fn constraints(kind: &str) -> Vec<Vec<Member>> {
    let allowed = || {
        let texts = btree_set(text(9), 1..4).prop_map(|texts| json!(texts));
        vec![required("allowedValues", texts.boxed())]
    };
    match kind {
        "array" => vec![Vec::new(), allowed()],
        "integer" | "number" => {
            // Halves are written alike by everyone.
            let unit = if kind == "number" { 0.5 } else { 1.0 };
            let bound = |name, range: Range<i32>| {
                let bound = range.prop_map(move |it| f64::from(it) * unit);
                required(name, bound.prop_map(custom_value::number).boxed())
            };
            vec![
                Vec::new(),
                vec![bound("minimum", -999..999)],
                vec![bound("maximum", -999..999)],
                vec![bound("minimum", -999..1), bound("maximum", 0..999)],
            ]
        }
        "string" => {
            let patterns = select(&PATTERNS[..]).prop_map(|(pattern, _, _)| json!(pattern));
            let length = prop_oneof![1..=40_usize, Just(LENGTH_MAX)].prop_map(|most| json!(most));
            vec![
                Vec::new(),
                allowed(),
                vec![required("maxLength", length.boxed())],
                vec![required("pattern", patterns.boxed())],
            ]
        }
        _ => vec![Vec::new()],
    }
}

pub(super) fn invalid() -> BoxedStrategy<Invalid<Value>> {
    Union::new(KINDS.map(|kind| spoilt(valid_of(kind), flaws(kind)))).boxed()
}

/// What can be wrong with a definition of a type.
fn flaws(kind: &'static str) -> Flaws {
    let kind_flaw =
        prop_oneof![3 => among(&["text", "String", ""]), 1 => Just(Value::Null), 1 => no_text()];
    let mut flaws = vec![
        missing("type"),
        member("type", kind_flaw.boxed()),
        member("description", no_text()),
        member("isEnabled", no_flag()),
        member("additionalSchema", no_object()),
    ];
    flaws.extend([(); 3].map(|()| inner("additionalSchema", invalid_schema(kind))));
    flaws
}

/// Schemas in which a member is wrong, or the default.
fn invalid_schema(kind: &'static str) -> BoxedStrategy<Invalid<Value>> {
    let plain = || schema(Vec::new());
    let mut wrong = vec![spoilt(plain(), schema_flaws(kind))];
    let defaults = Union::new(constraints(kind).into_iter().map(object));
    let defaults = defaults.prop_flat_map(move |schema| {
        let values = custom_value::invalid(&json!({ "type": kind, "additionalSchema": schema }));
        let default = inner("default", values);
        (Just(schema), default).prop_map(|(schema, default)| default.spoil(schema))
    });
    wrong.push(defaults.boxed());
    if matches!(kind, "integer" | "number") {
        let crossing = (-9..9_i32).prop_map(|most| json!({ "maximum": most, "minimum": most + 1 }));
        wrong.push(crossing.prop_map(|it| Invalid::new(it, "minimum")).boxed());
    }
    Union::new(wrong).boxed()
}

fn schema_flaws(kind: &str) -> Flaws {
    let mut flaws = vec![member("required", no_flag())];
    match kind {
        "array" => flaws
            .extend([member("allowedValues", no_list()), item("allowedValues", whole(no_text()))]),
        "integer" => {
            let beyond = [json!(INTEGERS.end() + 1), json!(INTEGERS.start() - 1), json!(0.5)];
            let bounds = prop_oneof![select(beyond.to_vec()), no_number()].boxed();
            flaws.extend(["minimum", "maximum"].map(|name| member(name, bounds.clone())));
        }
        "number" => flaws.extend(["minimum", "maximum"].map(|name| member(name, no_number()))),
        "string" => {
            let lengths = [json!(0), json!(LENGTH_MAX + 1), json!(1.5), json!("9")];
            let patterns = among(&["^a$", "/a", "/(/", "/a/k", ""]);
            flaws.extend([
                member("allowedValues", no_list()),
                item("allowedValues", whole(no_text())),
                member("maxLength", select(lengths.to_vec()).boxed()),
                member("pattern", prop_oneof![patterns, no_text()].boxed()),
            ]);
        }
        _ => {}
    }
    flaws
}
