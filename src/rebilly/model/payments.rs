//! [`Payments`]: what a customer was billed and paid.

use std::sync::{Arc, LazyLock};

use crate::engine::clock::Timestamp;
use crate::engine::render::{Object, Rendered};
use crate::engine::rule::TextRule;
use crate::engine::text::Text;

/// What a customer was billed and paid. All who paid nothing share that.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Payments {
    /// The average of the approved payments.
    pub average_value: Money,
    /// How many payments were approved.
    pub payment_count: i64,
    /// When the last of them was.
    pub last_payment_time: Option<Timestamp>,
    /// The sum of the approved payments.
    pub lifetime_revenue: Money,
    /// How many invoices were issued; 0 is a lead.
    pub invoice_count: i64,
}

/// An amount, also in US dollars.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Money {
    /// Three letters.
    pub currency: Text,
    /// In that currency.
    pub amount: f64,
    /// In US dollars.
    pub amount_usd: f64,
}

/// A currency: three letters, which is one rule of the definition's; any three capital ones do.
pub(in crate::rebilly) const CURRENCY: TextRule = TextRule::max(usize::MAX).form(
    |text| text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase()),
    "three upper-case letters",
);

/// What a customer paid of whom nothing is known.
static NO_PAYMENTS: LazyLock<Arc<Payments>> = LazyLock::new(|| {
    Arc::new(Payments {
        average_value: Money::zero(),
        payment_count: 0,
        last_payment_time: None,
        lifetime_revenue: Money::zero(),
        invoice_count: 0,
    })
});

/// What is shown of nearly all customers.
static NO_PAYMENTS_SHOWN: LazyLock<Rendered> =
    LazyLock::new(|| Rendered::object(|object| NO_PAYMENTS.write_each(object)));

impl Payments {
    /// Those of a customer who paid nothing.
    pub(in crate::rebilly) fn none() -> Arc<Payments> {
        Arc::clone(&NO_PAYMENTS)
    }

    /// The same, to be kept: once for all who paid nothing.
    pub(in crate::rebilly) fn kept(self) -> Arc<Payments> {
        if self == **NO_PAYMENTS { Payments::none() } else { self.into() }
    }

    pub(in crate::rebilly) fn write(self: &Arc<Self>, object: &mut Object<'_>) {
        if Arc::ptr_eq(self, &NO_PAYMENTS) {
            object.members(&NO_PAYMENTS_SHOWN);
        } else {
            self.write_each(object);
        }
    }

    fn write_each(&self, object: &mut Object<'_>) {
        object.member("averageValue").object(|it| self.average_value.write(it));
        object.whole("paymentCount", self.payment_count);
        match self.last_payment_time {
            Some(time) => object.time("lastPaymentTime", time),
            None => object.null("lastPaymentTime"),
        }
        object.member("lifetimeRevenue").object(|it| self.lifetime_revenue.write(it));
        object.whole("invoiceCount", self.invoice_count);
    }
}

impl Money {
    /// Nothing, in US dollars.
    pub(in crate::rebilly) fn zero() -> Money {
        Money { currency: "USD".into(), amount: 0.0, amount_usd: 0.0 }
    }

    fn write(&self, object: &mut Object<'_>) {
        object.text("currency", &self.currency);
        object.number("amount", self.amount);
        object.number("amountUsd", self.amount_usd);
    }
}
