//! [`Served`]: what the binary must know of a vendor beside what the engine does.

use std::convert::Infallible;
use std::future::{Future, pending};

use clap::Args;
use mock_rebilly::engine::vendor::Vendor;
use mock_rebilly::{Builder, Mock, Octobat, Rebilly};

/// The switches that not every vendor's double has; [`Served::SWITCHES`] says whose has which.
#[derive(Args)]
#[group(id = "particular", multiple = true)]
#[command(next_help_heading = "Switches of some vendors")]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub(crate) struct Particular {
    /// Let in this secret key only.
    #[arg(long, value_name = "KEY")]
    api_key: Option<String>,
    /// The organization of requests that name none.
    #[arg(long, value_name = "ID", default_value = Rebilly::ORGANIZATION)]
    organization: String,
    /// Refuse screening reports: take the products that they need away.
    #[arg(long)]
    without_compliance_products: bool,
    /// Refuse an organization's writes after so many; the clock stands still, so none follow.
    #[arg(long, value_name = "WRITES", conflicts_with = "order_independent")]
    rate_limit: Option<u64>,
    /// Tell webhooks on loopback what happens, as soon as it has happened.
    #[arg(long)]
    deliver_webhooks: bool,
    /// Answer what was created with this status in the place of 201.
    #[arg(long, value_name = "STATUS", value_parser = clap::value_parser!(u16).range(200..300))]
    create_status: Option<u16>,
    /// Let connections live on after an answer.
    #[arg(long)]
    keep_alive: bool,
    /// Serve everything below this path, and nothing beside it.
    #[arg(long, value_name = "PATH")]
    path_prefix: Option<String>,
    /// Give each account that a header names data of its own.
    #[arg(long)]
    separate_accounts: bool,
}

/// What the binary must know of a vendor beside what the engine does.
pub(crate) trait Served: Vendor + Default {
    /// Those of the [`Particular`] switches that this vendor's double has.
    const SWITCHES: &'static [&'static str];

    /// A path at which there is something to see, for the line to try it with.
    const SHOWN: &'static str;

    /// The same where those switches put something before it.
    fn shown(_switches: &Particular) -> String {
        Self::SHOWN.to_owned()
    }

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
        &["api_key", "create_status", "keep_alive", "path_prefix", "separate_accounts"];

    const SHOWN: &'static str = "/customers?limit=2";

    fn shown(switches: &Particular) -> String {
        let prefix = switches.path_prefix.as_deref().unwrap_or_default().trim_matches('/');
        let slash = if prefix.is_empty() { "" } else { "/" };
        format!("{slash}{prefix}{}", Self::SHOWN)
    }

    fn set_up(mut builder: Builder<Octobat>, switches: &Particular) -> Builder<Octobat> {
        if let Some(key) = &switches.api_key {
            builder = builder.api_key(key);
        }
        if let Some(status) = switches.create_status {
            builder = builder.create_status(status);
        }
        if switches.keep_alive {
            builder = builder.keep_alive();
        }
        if let Some(prefix) = &switches.path_prefix {
            builder = builder.path_prefix(prefix);
        }
        if switches.separate_accounts {
            builder = builder.separate_accounts();
        }
        builder
    }
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
