//! [`MessageAction`]: what can be done from a timeline message.

use crate::engine::input::Input;
use crate::engine::json::EXACT_MAX;
use crate::engine::render::Object;
use crate::engine::rule::TextRule;

/// Something that a user of Rebilly's application can do from a message. What
/// it is done to belongs to other domains, so only fixtures make any.
///
/// ```
/// use mock_rebilly::MockRebilly;
/// use mock_rebilly::rebilly::model::MessageAction;
///
/// let rebilly = MockRebilly::builder()
///     .fixture("acme.json", r#"{ "customers": [{ "id": "ada", "timeline": [{
///         "type": "email-message-sent",
///         "message": "Invoice was sent.",
///         "extraData": { "actions": [{ "action": "resend-email", "messageId": "msg_1" }] }
///     }] }] }"#)
///     .without_socket();
/// let message_id = "msg_1".to_owned();
/// let sent = &rebilly.timeline("ada").all()[0];
/// assert_eq!(sent.actions, [MessageAction::ResendEmail { message_id }]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MessageAction {
    /// Takes the redemption of a coupon back.
    CancelRedemption {
        /// Which redemption.
        redemption_id: String,
    },
    /// Sends an e-mail again.
    ResendEmail {
        /// Which e-mail.
        message_id: String,
    },
    /// Brings an earlier version of a set of rules back.
    RestoreRuleset {
        /// Which version.
        version: i64,
    },
}

type Read = fn(&Input<'_>) -> MessageAction;

/// The published actions by their names, in the order of the definition.
const ACTIONS: [(&str, Read); 3] = [
    ("redemption-cancel", |input| MessageAction::CancelRedemption {
        redemption_id: id(input, "redemptionId"),
    }),
    ("resend-email", |input| MessageAction::ResendEmail { message_id: id(input, "messageId") }),
    ("ruleset-restore", |input| {
        let version = input.whole("version", 0..=EXACT_MAX);
        if !input.says("version") {
            input.refuse("version", "is required");
        }
        MessageAction::RestoreRuleset { version: version.value().unwrap_or_default() }
    }),
];

fn id(input: &Input<'_>, name: &str) -> String {
    input.required_text(name, TextRule::max(50)).unwrap_or_default()
}

impl MessageAction {
    /// Reads what a fixture says; `None` when that is no published action.
    pub(in crate::rebilly) fn read(input: &Input<'_>) -> Option<MessageAction> {
        let action = input.one_of("action", &ACTIONS);
        if !input.says("action") {
            input.refuse("action", "is required");
        }
        action.value().map(|read| read(input))
    }

    /// The members that such an action has.
    pub(in crate::rebilly) fn members(&self) -> [&'static str; 2] {
        let what = match self {
            MessageAction::CancelRedemption { .. } => "redemptionId",
            MessageAction::ResendEmail { .. } => "messageId",
            MessageAction::RestoreRuleset { .. } => "version",
        };
        ["action", what]
    }

    /// As it is written: `resend-email`.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            MessageAction::CancelRedemption { .. } => "redemption-cancel",
            MessageAction::ResendEmail { .. } => "resend-email",
            MessageAction::RestoreRuleset { .. } => "ruleset-restore",
        }
    }

    pub(in crate::rebilly) fn write(&self, object: &mut Object<'_>) {
        let [action, what] = self.members();
        object.text(action, self.as_str());
        match self {
            MessageAction::CancelRedemption { redemption_id: id }
            | MessageAction::ResendEmail { message_id: id } => object.text(what, id),
            MessageAction::RestoreRuleset { version } => object.whole(what, *version),
        }
    }
}
