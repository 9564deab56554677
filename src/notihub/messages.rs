//! Messages: sent, looked at, listed.

use std::sync::Arc;

use super::assumed::{AS_LIST, DELIVERIES, DISABLED, FORCE, MODEL_TEXT};
use super::members;
use super::model::{Customer, CustomerStatus, Delivery, Mechanism, Message, Template};
use super::paging::Page;
use super::state::{Reading, State, Writing};
use crate::engine::errors::Errors;
use crate::engine::exchange::{Body, Call, Reply};
use crate::engine::failure::Failure;
use crate::engine::input::Input;
use crate::engine::render::Rendered;
use crate::engine::rule::TextRule;
use crate::engine::table::Row;
use crate::engine::value::Value;

/// An id that no message has.
pub(super) fn fresh_id(cx: &mut Writing<'_>) -> String {
    cx.fresh(|state| &state.messages, |ids| ids.uuid("message"))
}

/// `SendMessage`
pub(super) fn send(cx: &mut Writing<'_>, call: &Call) -> Result<Reply, Failure> {
    let (body, errors) = (call.json_object()?, Errors::default());
    let input = Input::new(&body, &errors);
    members::note(&input, members::MESSAGE);
    let any = TextRule::max(usize::MAX);
    let customer_id = input.required_text("customerId", any).unwrap_or_default();
    let template_id = input.required_text("templateId", any).unwrap_or_default();
    let forced = Mechanism::ways(&input, "force").unwrap_or_default();
    let model = model(&input);
    call.conclude(errors)?;
    if !forced.is_empty() {
        call.assume(&FORCE);
    }
    let customer = Arc::clone(cx.state.customer(call, &customer_id)?);
    let template = template(cx.state, &template_id)?;
    if customer.status == CustomerStatus::Disabled {
        call.assume(&DISABLED);
    }
    let id = fresh_id(cx);
    let message = compose(cx.state, &id, &customer, template, model, &forced);
    let place = cx.place(cx.now, &id);
    cx.state.messages.put(Row::new(place, message));
    Ok(Reply::ok(Body::Json(Rendered::object(|object| object.text("messageId", &id)))))
}

/// `GetMessage`
pub(super) fn get(cx: &Reading<'_>, call: &Call) -> Result<Reply, Failure> {
    let row = cx.state.messages.get(cx.path("messageId"))?;
    call.assume(&DELIVERIES);
    Ok(Reply::ok(Body::row(row)))
}

/// `ListMessages`. Assumed: an array, the newest first (`messages-as-list`).
#[expect(clippy::unnecessary_wraps, reason = "that is what a handler is like")]
pub(super) fn list(cx: &Reading<'_>, call: &Call) -> Result<Reply, Failure> {
    call.assume(&AS_LIST);
    let page = Page::read(call, cx.state.switches);
    let (customer, template) = (call.query.get("customerId"), call.query.get("templateId"));
    let is = |wanted: Option<&str>, id: &str| wanted.is_none_or(|wanted| wanted == id);
    let kept = |row: &&Arc<Row<Message>>| {
        is(customer, &row.customer_id) && is(template, &row.template.template_id)
    };
    let rows = page.of(cx.state.messages.newest_first().filter(kept));
    if !rows.is_empty() {
        call.assume(&DELIVERIES);
    }
    Ok(Reply::ok(Body::rows(rows.into_iter().cloned().collect())))
}

/// The template of that id. While none is planted, any exists.
pub(super) fn template(state: &State, id: &str) -> Result<Template, Failure> {
    if state.templates.is_empty() {
        return Ok(Template::named(id));
    }
    state.templates.get(id).map(|row| row.record.clone())
}

/// A message with all that is known now. Assumed: who is disabled is sent nothing
/// (`disabled-customer`).
pub(super) fn compose(
    state: &State,
    id: &str,
    customer: &Customer,
    template: Template,
    model: String,
    forced: &[Mechanism],
) -> Message {
    let preferences = state.preferences.of(&customer.customer_id);
    let preference = preferences.find(&template.template_group_id);
    let wanted = preference.map(|it| it.mechanisms.clone()).unwrap_or_default();
    let decide = |way: &Mechanism| Delivery::decide(*way, customer, &template, &wanted, forced);
    let deliveries = match customer.status {
        CustomerStatus::Enabled => {
            template.supported_mechanisms.iter().filter_map(decide).collect()
        }
        CustomerStatus::Disabled => Vec::new(),
    };
    Message {
        message_id: id.to_owned(),
        template,
        model,
        customer_id: customer.customer_id.clone(),
        language_preference: customer.language.clone(),
        mechanism_preference: wanted,
        deliveries,
    }
}

/// Messages show a model as a text. Assumed: it is the JSON text of one that was sent as
/// something else (`model-text`).
pub(super) fn model(input: &Input<'_>) -> String {
    match input.raw("model") {
        Some(Value::Text(text)) => text.into(),
        Some(Value::Null) | None => "{}".to_owned(),
        Some(said) => {
            input.assume(&MODEL_TEXT);
            Rendered::json(&said.to_json()).plain()
        }
    }
}
