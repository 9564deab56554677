//! Made-up comments for timelines.

use serde_json::Value;

use super::dice::Dice;
use super::members::Members;
use super::person::Person;

/// What people who look after customers write. `{name}` is a name, `{email}`
/// an e-mail address and `{n}` a number.
#[rustfmt::skip]
const TEXTS: [&str; 18] = [
    "Call back.",
    "Asked for an invoice by e-mail instead of by post.",
    "{name} called: the parcel has not arrived, sent it again.",
    "Wants to move to the annual plan in {n} days.",
    "Please check, @{email}: the address cannot be right.",
    "@{email} promised a discount on the next {n} invoices.",
    "Paid twice; see #invoices-in_{n} and #transactions-txn_{n}.",
    "Same person as #customers-cus_{n}? Merge if so.",
    "Complained about the renewal of #subscriptions-sub_{n}. Refunded.",
    "Verified by phone, documents are fine.",
    "Left a voice mail.\nTry again after 4 pm.",
    "Do not call before noon — night shifts.",
    "Möchte keine Anrufe mehr, nur noch E-Mail. {name} weiß Bescheid.",
    "Rappeler {name} après le 15 : facture n° {n} à corriger.",
    "お客様より電話。請求書の宛名を変更してください。",
    "请在{n}日前回电。",
    "يرجى إعادة الاتصال بـ {name}",
    "Happy with the new dashboard 🎉, asked for a CSV export.",
];

pub(super) fn comment(number: usize, dice: &mut Dice) -> Value {
    let person = Person::new(dice, number);
    let text = dice.pick(&TEXTS);
    let text = dice.number(text, 999);
    let text = text.replace("{name}", person.first).replace("{email}", &person.email(dice));
    let mut it = Members::default();
    it.set("message", text);
    it.perhaps(dice, 40, "type", |_| "customer-comment-created");
    it.object()
}
