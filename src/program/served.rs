//! [`Served`]: what the binary must know of a vendor, and [`Particular`]: the switches that
//! not every vendor's double has.

use std::convert::Infallible;
use std::future::{Future, pending};

use clap::Args;
use mock_rebilly::engine::vendor::Vendor;
use mock_rebilly::{Builder, Mock, Notihub, Octobat, Rebilly};

/// The switches that not every vendor's double has; [`Served::SWITCHES`] says whose has which.
#[derive(Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
#[group(id = "particular", multiple = true)]
#[command(next_help_heading = "Switches of some vendors")]
pub(super) struct Particular {
    /// Let in this secret key only.
    #[arg(long, value_name = "KEY")]
    pub(super) api_key: Option<String>,
    /// The organization of requests that name none.
    #[arg(long, value_name = "ID", default_value = Rebilly::ORGANIZATION)]
    pub(super) organization: String,
    /// Refuse screening reports: take the products that they need away.
    #[arg(long)]
    pub(super) without_compliance_products: bool,
    /// Refuse an organization's writes after so many; the clock stands still, so none follow.
    #[arg(long, value_name = "WRITES", conflicts_with = "order_independent")]
    pub(super) rate_limit: Option<u64>,
    /// Tell webhooks on loopback what happens, as soon as it has happened.
    #[arg(long)]
    pub(super) deliver_webhooks: bool,
    /// Issue tokens for these credentials only; their environment is then the one that is used
    /// unless a token says otherwise.
    #[arg(long, value_name = "PUBLIC:SECRET:CLIENT:SECRET", value_parser = four_parts)]
    pub(super) credentials: Option<[String; 4]>,
    /// The environment that is used unless a token says otherwise, by its client id.
    #[arg(long, value_name = "ID")]
    pub(super) environment: Option<String>,
    /// What stands before every path.
    #[arg(long, value_name = "PATH")]
    pub(super) path_prefix: Option<String>,
    /// Answer what was created with this status.
    #[arg(long, value_name = "STATUS", value_parser = clap::value_parser!(u16).range(200..300))]
    pub(super) create_status: Option<u16>,
    /// Let connections live on after an answer.
    #[arg(long)]
    pub(super) keep_alive: bool,
    /// Give each connected account data of its own.
    #[arg(long)]
    pub(super) separate_accounts: bool,
    /// Let `Bearer undefined` in, which the SDK sends until it has a token.
    #[arg(long)]
    pub(super) accept_undefined_bearer: bool,
    /// Number pages from 1.
    #[arg(long)]
    pub(super) one_based_pages: bool,
    /// Let an update keep what it does not name.
    #[arg(long)]
    pub(super) merge_updates: bool,
    /// Answer an update with 200.
    #[arg(long)]
    pub(super) updates_answer_ok: bool,
    /// Answer {} when a customer is deleted.
    #[arg(long)]
    pub(super) deletes_answer_nothing: bool,
}

/// What the binary must know of a vendor beside what the engine does.
pub(super) trait Served: Vendor + Default {
    /// Those of the [`Particular`] switches that this vendor's double has.
    const SWITCHES: &'static [&'static str];

    /// A path at which there is something to see, for the line to try it with.
    const SHOWN: &'static str;

    /// Tells a builder what those switches say.
    fn set_up(builder: Builder<Self>, switches: &Particular) -> Builder<Self>;

    /// What is done all the time beside answering, if those switches want anything.
    fn meanwhile(_double: &Mock<Self>, _switches: &Particular) -> impl Future<Output = Infallible> {
        pending()
    }
}

impl Served for Rebilly {
    const SWITCHES: &'static [&'static str] = &[
        "api_key",
        "organization",
        "without_compliance_products",
        "rate_limit",
        "deliver_webhooks",
    ];

    const SHOWN: &'static str = "/customers?limit=2";

    fn set_up(builder: Builder<Rebilly>, switches: &Particular) -> Builder<Rebilly> {
        let mut builder = builder.organization(&switches.organization);
        if let Some(key) = &switches.api_key {
            builder = builder.api_key(key);
        }
        if switches.without_compliance_products {
            builder = builder.without_compliance_products();
        }
        if let Some(writes) = switches.rate_limit {
            builder = builder.rate_limit(writes);
        }
        if switches.deliver_webhooks {
            builder = builder.deliver_webhooks();
        }
        builder
    }

    async fn meanwhile(rebilly: &Mock<Rebilly>, switches: &Particular) -> Infallible {
        if switches.deliver_webhooks { deliver(rebilly).await } else { pending().await }
    }
}

impl Served for Octobat {
    const SWITCHES: &'static [&'static str] =
        &["api_key", "path_prefix", "create_status", "keep_alive", "separate_accounts"];

    const SHOWN: &'static str = "/customers?limit=2";

    fn set_up(mut builder: Builder<Octobat>, switches: &Particular) -> Builder<Octobat> {
        if let Some(key) = &switches.api_key {
            builder = builder.api_key(key);
        }
        if let Some(prefix) = &switches.path_prefix {
            builder = builder.path_prefix(prefix);
        }
        if let Some(status) = switches.create_status {
            builder = builder.create_status(status);
        }
        if switches.keep_alive {
            builder = builder.keep_alive();
        }
        if switches.separate_accounts {
            builder = builder.separate_accounts();
        }
        builder
    }
}

impl Served for Notihub {
    const SWITCHES: &'static [&'static str] = &[
        "credentials",
        "environment",
        "path_prefix",
        "accept_undefined_bearer",
        "one_based_pages",
        "merge_updates",
        "updates_answer_ok",
        "deletes_answer_nothing",
    ];

    const SHOWN: &'static str = "/customers/?limit=2";

    fn set_up(mut builder: Builder<Notihub>, switches: &Particular) -> Builder<Notihub> {
        if let Some([public_key, secret_key, client_id, client_secret]) = &switches.credentials {
            builder = builder.credentials(public_key, secret_key, client_id, client_secret);
        }
        if let Some(client_id) = &switches.environment {
            builder = builder.environment(client_id);
        }
        if let Some(prefix) = &switches.path_prefix {
            builder = builder.path_prefix(prefix);
        }
        if switches.accept_undefined_bearer {
            builder = builder.accept_undefined_bearer();
        }
        if switches.one_based_pages {
            builder = builder.one_based_pages();
        }
        if switches.merge_updates {
            builder = builder.merge_updates();
        }
        if switches.updates_answer_ok {
            builder = builder.updates_answer_ok();
        }
        if switches.deletes_answer_nothing {
            builder = builder.deletes_answer_nothing();
        }
        builder
    }
}

/// Reads credentials as an exchange shows them; the last part may have colons.
fn four_parts(text: &str) -> Result<[String; 4], &'static str> {
    let parts: Vec<String> = text.splitn(4, ':').map(str::to_owned).collect();
    let parts = <[String; 4]>::try_from(parts).ok();
    let whole = parts.filter(|parts| parts.iter().all(|part| !part.is_empty()));
    whole.ok_or("there are four parts with colons between them, and none is empty")
}

/// Tells webhooks what is due whenever something was asked. What nobody
/// acknowledged is said here too, since no test waits for it.
async fn deliver(rebilly: &Mock<Rebilly>) -> Infallible {
    let mut known = 0;
    loop {
        known = rebilly.asked_since(known).await;
        let deliveries = rebilly.deliver().await;
        for delivery in deliveries.iter().filter(|it| !it.outcome().is_acknowledged()) {
            eprintln!("mock-rebilly: {delivery}");
        }
    }
}
