//! [`PAYMENT_METHODS`]: the closed set of ways to pay.

use crate::engine::rule::TextRule;

/// Every value of the published enum `PaymentMethod`, in its order.
#[rustfmt::skip]
const PAYMENT_METHODS: [&str; 199] = [
    "payment-card", "ach", "cash", "check", "paypal", "AdvCash", "Aera", "Affirm", "Afterpay",
    "Aircash", "Airpay", "Alfa-click", "Alipay", "AmazonPay", "Apple Pay", "AstroPay Card",
    "AstroPay-GO", "BankSEND", "BankReferenced", "bank-transfer", "bank-transfer-2",
    "bank-transfer-3", "bank-transfer-4", "bank-transfer-5", "bank-transfer-6", "bank-transfer-7",
    "bank-transfer-8", "bank-transfer-9", "Baloto", "Beeline", "Belfius-direct-net", "bitcoin",
    "Bizum", "Blik", "Boleto", "Boleto-2", "Boleto-3", "cash-deposit", "CASHlib", "CashToCode",
    "CCAvenue", "China UnionPay", "Clearpay", "Cleo", "CODVoucher", "Conekta-oxxo", "Conekta-spei",
    "cryptocurrency", "Cupon-de-pagos", "CyberSource", "Dimoco-pay-smart", "Directa24Card",
    "domestic-cards", "Efecty", "echeck", "ecoPayz", "ecoPayzTurkey", "ecoVoucher", "EPS",
    "ePay.bg", "Ethereum", "e-wallet", "ezyEFT", "eZeeWallet", "FasterPay", "Flexepin", "Giropay",
    "Google Pay", "Gpaysafe", "iCashOne Voucher", "iDebit", "iDEAL", "ING-homepay", "INOVAPAY-pin",
    "INOVAPAY-wallet", "InstaDebit", "InstantPayments", "instant-bank-transfer", "Interac-online",
    "Interac-eTransfer", "Interac-express-connect", "Interac", "invoice", "iWallet", "Jeton",
    "JetonCash", "jpay", "KakaoPay", "Khelocard", "Klarna", "KNOT", "Litecoin", "loonie",
    "LPG-online", "LPG-payment-card", "Matrix", "MaxiCash", "Megafon", "MercadoPago",
    "MiFinity-eWallet", "miscellaneous", "MobilePay", "Mollie", "Multibanco", "Bancontact",
    "Bancontact-mobile", "MTS", "MuchBetter", "MuchBetterVoucher", "MyFatoorah", "Neosurf",
    "Netbanking", "Neteller", "Nordea-Solo", "NordikCoin", "OchaPay", "online-bank-transfer",
    "Onlineueberweisen", "oriental-wallet", "OXXO", "P24", "Pagadito", "PagoEffectivo",
    "Pagsmile-lottery", "Pagsmile-deposit-express", "PayCash", "Payco", "Payeer",
    "PaymentAsia-crypto", "Paysafecard", "PayTabs", "Pay4Fun", "Paynote", "Paymero", "Paymero-QR",
    "PayU", "PayULatam", "Perfect-money", "Piastrix", "PIX", "PIX-Automatico", "PinPay", "phone",
    "PhonePe", "POLi", "PostFinance-card", "PostFinance-e-finance", "QIWI", "QPay", "QQPay",
    "Quickpay", "rapyd-checkout", "rebilly-hosted-payment-form", "Resurs", "reverse-withdrawal",
    "Ripple", "SafetyPay", "Samsung Pay", "SEPA", "Siirto", "Skrill", "Skrill Rapid Transfer",
    "SMSVoucher", "Sofort", "SparkPay", "SPEI", "swift-dbt", "Tele2", "Telr", "Terminaly-RF",
    "Tether", "ToditoCash-card", "Trustly", "Tupay", "TWINT", "UniCrypt", "UPayCard", "UPI",
    "USD-coin", "VCreditos", "VegaWallet", "VenusPoint", "Viva", "voucher", "voucher-2",
    "voucher-3", "voucher-4", "Wallet88", "Webmoney", "Webpay", "Webpay-2", "Webpay Card",
    "WeChat Pay", "XPay-P2P", "XPay-QR", "Yandex-money", "Zotapay", "Zimpler", "Zip",
];

/// The names of 2022, and how they are shown now. The last has no successor.
/// Assumed: clients that still send them are understood (`instrument-object`).
const OLDER_METHODS: [(&str, &str); 3] =
    [("Cash", "cash"), ("Check", "check"), ("Alternative", "Alternative")];

/// A text that names a payment method.
pub(in crate::rebilly) const PAYMENT_METHOD: TextRule = TextRule::max(255)
    .form(|text| payment_method(text).is_some(), "one of the published payment methods");

/// The method as the published enum writes it.
pub(in crate::rebilly) fn payment_method(text: &str) -> Option<&'static str> {
    let known = PAYMENT_METHODS.iter().find(|known| **known == text).copied();
    known.or_else(|| OLDER_METHODS.iter().find(|(older, _)| *older == text).map(|(_, now)| *now))
}
