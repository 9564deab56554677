//! [`Definition`]: the vendor's published definition, read and made plain.
//!
//! A plain schema has no `$ref` and no `allOf` left, so that whoever walks it
//! meets properties, items and alternatives, and nothing else. The name under
//! which the vendor publishes it stays with it as [`NAME`].

use std::collections::BTreeMap;

use jsonschema::Validator;
use serde_json::{Map, Value, json};

/// The environment variable that says where the definition is.
pub(crate) const VARIABLE: &str = "REBILLY_OPENAPI";

/// The keyword under which a plain schema keeps its published name.
pub(crate) const NAME: &str = "x-name";

/// Keywords that constrain nothing. The vendor's prose is among them.
const PROSE: [&str; 7] =
    ["description", "title", "summary", "example", "examples", "externalDocs", "discriminator"];

/// Who sends a document: write-only members are not for answers, read-only ones not for requests.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// The client.
    Request,
    /// The vendor.
    Answer,
}

/// The published definition.
pub(crate) struct Definition {
    document: Value,
}

/// One documented operation.
pub(crate) struct Documented {
    /// The vendor's name for it: `PutCustomer`.
    pub(crate) id: String,
    /// `PUT`
    pub(crate) method: String,
    /// `customers/{id}`
    pub(crate) path: String,
    /// The security schemes of which one is needed; none for an open operation.
    pub(crate) schemes: Vec<String>,
    /// Of the path and of the query.
    pub(crate) parameters: Vec<Parameter>,
    /// What a client sends, if it sends anything.
    pub(crate) request: Option<Value>,
    /// By status.
    pub(crate) answers: BTreeMap<u16, DocumentedAnswer>,
}

/// A documented type of event, of which webhooks are told.
pub(crate) struct DocumentedEvent {
    /// `customer-created`
    pub(crate) name: String,
    /// What a webhook is told.
    pub(crate) payload: Value,
}

/// A documented parameter.
pub(crate) struct Parameter {
    /// `limit`
    pub(crate) name: String,
    /// `path` or `query`
    pub(crate) place: String,
    /// Whether it must be sent.
    pub(crate) required: bool,
    /// What may be sent.
    pub(crate) schema: Value,
}

/// A documented answer.
pub(crate) struct DocumentedAnswer {
    /// The headers with the schemas of their values.
    pub(crate) headers: Vec<(String, Value)>,
    /// The media type and the schema of the body, if there is one.
    pub(crate) body: Option<(String, Value)>,
}

impl Documented {
    /// Whether a request is for it, with or without an organization before the path.
    pub(crate) fn is_asked(&self, method: &str, target: &str) -> bool {
        let path = target.split('?').next().unwrap_or_default();
        let mut segments: Vec<&str> = path.split('/').filter(|it| !it.is_empty()).collect();
        if let ["organizations", id, ..] = segments[..] {
            // What must be encoded is in no organization's id.
            if id.contains('%') {
                return false;
            }
            segments.drain(..2);
        }
        let own: Vec<&str> = self.path.split('/').collect();
        let fits = |(own, said): (&&str, &&str)| own.starts_with('{') || own == said;
        self.method == method && own.len() == segments.len() && own.iter().zip(&segments).all(fits)
    }
}

impl Definition {
    /// The definition that the environment names, if it names one.
    pub(crate) fn load() -> Option<Definition> {
        #[expect(
            clippy::disallowed_methods,
            reason = "the definition stays outside the repository"
        )]
        let path = std::env::var(VARIABLE).ok().filter(|path| !path.is_empty())?;
        let text = std::fs::read_to_string(&path)
            .unwrap_or_else(|error| panic!("{VARIABLE} names {path}: {error}"));
        let document = serde_json::from_str(&text)
            .unwrap_or_else(|error| panic!("{VARIABLE} names {path}: {error}"));
        Some(Definition { document })
    }

    /// Every operation, in the order of the definition's paths.
    pub(crate) fn operations(&self) -> Vec<Documented> {
        let mut operations = Vec::new();
        for (path, item) in members(&self.document["paths"]) {
            for (method, node) in members(item).filter(|(_, node)| node["operationId"].is_string())
            {
                let own = [&item["parameters"], &node["parameters"]].into_iter().flat_map(items);
                operations.push(Documented {
                    id: text(&node["operationId"]),
                    method: method.to_uppercase(),
                    schemes: items(node.get("security").unwrap_or(&self.document["security"]))
                        .flat_map(members)
                        .map(|(scheme, _)| scheme.clone())
                        .collect(),
                    path: path.trim_start_matches('/').to_owned(),
                    parameters: own.map(|it| self.parameter(self.resolved(it))).collect(),
                    request: self.content(&node["requestBody"], Side::Request).map(|(_, it)| it),
                    answers: members(&node["responses"])
                        .map(|(status, it)| {
                            (status.parse().expect("a status"), self.answer(self.resolved(it)))
                        })
                        .collect(),
                });
            }
        }
        operations
    }

    /// Every type of event, in the order of their names.
    pub(crate) fn events(&self) -> Vec<DocumentedEvent> {
        let mut events = Vec::new();
        for (name, item) in members(&self.document["webhooks"]) {
            for (method, node) in members(item).filter(|(_, it)| it["requestBody"].is_object()) {
                // The vendor is the one who sends it.
                let content = self.content(&node["requestBody"], Side::Answer);
                let (_, payload) = content.unwrap_or_else(|| panic!("{method} {name} has no body"));
                events.push(DocumentedEvent { name: name.clone(), payload });
            }
        }
        events
    }

    /// A published schema by its name, made plain.
    pub(crate) fn schema(&self, name: &str, side: Side) -> Value {
        self.plain(&json!({ "$ref": format!("#/components/schemas/{name}") }), side)
    }

    /// Whether a schema is published under that name.
    pub(crate) fn has_schema(&self, name: &str) -> bool {
        self.document["components"]["schemas"][name].is_object()
    }

    fn parameter(&self, node: &Value) -> Parameter {
        Parameter {
            name: text(&node["name"]),
            place: text(&node["in"]),
            required: node["required"] == true,
            schema: self.plain(&node["schema"], Side::Request),
        }
    }

    fn answer(&self, node: &Value) -> DocumentedAnswer {
        let headers = members(&node["headers"]);
        let plain = |header: &Value| self.plain(&self.resolved(header)["schema"], Side::Answer);
        DocumentedAnswer {
            headers: headers.map(|(name, header)| (name.clone(), plain(header))).collect(),
            body: self.content(node, Side::Answer),
        }
    }

    /// The media type and the plain schema of a body. The vendor never documents two.
    fn content(&self, node: &Value, side: Side) -> Option<(String, Value)> {
        let (kind, content) = members(&self.resolved(node)["content"]).next()?;
        Some((kind.clone(), self.plain(&content["schema"], side)))
    }

    fn resolved<'d>(&'d self, node: &'d Value) -> &'d Value {
        match &node["$ref"] {
            Value::String(reference) => self.at(reference),
            _ => node,
        }
    }

    fn at(&self, reference: &str) -> &Value {
        let pointer = reference.strip_prefix('#').expect("all references stay in the document");
        self.document
            .pointer(pointer)
            .unwrap_or_else(|| panic!("the definition has no {reference}"))
    }

    fn plain(&self, schema: &Value, side: Side) -> Value {
        let Value::Object(keywords) = schema else { return schema.clone() };
        let mut plain = Map::new();
        if let Some(Value::String(reference)) = keywords.get("$ref") {
            merge(&mut plain, self.plain(self.at(reference), side));
            // A scalar is known by the member that has it.
            if ["properties", "items", "oneOf"].iter().any(|it| plain.contains_key(*it)) {
                let name = reference.rsplit('/').next().unwrap_or_default();
                plain.insert(NAME.to_owned(), name.into());
            }
        }
        for part in keywords.get("allOf").into_iter().flat_map(items) {
            merge(&mut plain, self.plain(part, side));
        }
        let mut own = Map::new();
        for (keyword, value) in keywords {
            let value = match keyword.as_str() {
                "$ref" | "allOf" => continue,
                prose if PROSE.contains(&prose) || prose.starts_with("x-") => continue,
                "properties" => members(value)
                    .map(|(name, schema)| (name.clone(), self.member(schema, side)))
                    .collect::<Map<_, _>>()
                    .into(),
                "items" | "additionalProperties" => self.plain(value, side),
                "oneOf" => items(value).map(|schema| self.plain(schema, side)).collect(),
                _ => value.clone(),
            };
            own.insert(keyword.clone(), value);
        }
        merge(&mut plain, own.into());
        if side == Side::Request {
            not_required(&mut plain, "readOnly");
        }
        match self.kinds(keywords, side) {
            Some(kinds) => json!({ "oneOf": kinds }),
            None => plain.into(),
        }
    }

    /// A property. A write-only one must not be in an answer at all.
    fn member(&self, schema: &Value, side: Side) -> Value {
        let plain = self.plain(schema, side);
        if side == Side::Answer && plain["writeOnly"] == true { Value::Bool(false) } else { plain }
    }

    /// What a discriminator without `oneOf` stands for: a schema for each of its values.
    fn kinds(&self, keywords: &Map<String, Value>, side: Side) -> Option<Vec<Value>> {
        let discriminator = keywords.get("discriminator")?;
        if keywords.contains_key("oneOf") {
            return None;
        }
        let property = text(&discriminator["propertyName"]);
        let kind = |(value, reference): (&String, &Value)| {
            let own = self.at(&text(reference));
            // The kind names the schema with the discriminator as a part of its own.
            let parts = items(&own["allOf"]).filter(|part| !part["$ref"].is_string());
            let mut plain = Map::new();
            merge(&mut plain, json!({ "properties": self.undiscriminated(keywords, side) }));
            parts.for_each(|part| merge(&mut plain, self.plain(part, side)));
            merge(
                &mut plain,
                json!({ "required": [property], "properties": { (&property): { "const": value } } }),
            );
            Value::Object(plain)
        };
        Some(members(&discriminator["mapping"]).map(kind).collect())
    }

    fn undiscriminated(&self, keywords: &Map<String, Value>, side: Side) -> Value {
        let properties = keywords.get("properties").unwrap_or(&Value::Null);
        members(properties)
            .map(|(name, schema)| (name.clone(), self.member(schema, side)))
            .collect::<Map<_, _>>()
            .into()
    }
}

/// A validator of JSON Schema 2020-12 that takes formats seriously.
pub(crate) fn validator(schema: &Value) -> Validator {
    jsonschema::draft202012::options()
        .should_validate_formats(true)
        .build(schema)
        .unwrap_or_else(|error| panic!("a plain schema is no schema: {error}: {schema}"))
}

/// The members of an object, by name; none of anything else. The order in which
/// `serde_json` keeps them depends on the features that a build switches on.
pub(crate) fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    let members: BTreeMap<&String, &Value> = value.as_object().into_iter().flatten().collect();
    members.into_iter()
}

/// The items of a list; none of anything else.
pub(crate) fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("expected a text, found {value}")).to_owned()
}

/// Both schemas hold: what they name is joined, what both name the later one refines.
fn merge(into: &mut Map<String, Value>, more: Value) {
    let Value::Object(more) = more else { return };
    for (keyword, value) in more {
        match (keyword.as_str(), into.get_mut(&keyword), value) {
            ("properties", Some(Value::Object(known)), Value::Object(properties)) => {
                known.extend(properties);
            }
            ("required", Some(Value::Array(known)), Value::Array(names)) => known.extend(names),
            ("type", Some(known), value) => {
                assert_eq!(*known, value, "a schema that merges two types");
            }
            (_, _, value) => drop(into.insert(keyword, value)),
        }
    }
}

/// What the other side alone may send cannot be required of this one.
fn not_required(schema: &mut Map<String, Value>, keyword: &str) {
    let properties = schema.get("properties").cloned().unwrap_or_default();
    if let Some(Value::Array(required)) = schema.get_mut("required") {
        required.retain(|name| properties[name.as_str().unwrap_or_default()][keyword] != true);
    }
}
