//! The binary: a double on a port, for projects that are not written in Rust.

use std::convert::Infallible;
use std::future::{Future, pending};
use std::io::Write;
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use mock_rebilly::engine::vendor::Vendor;
use mock_rebilly::{Builder, Mock, MockNotihub, MockRebilly, Rebilly, Timestamp};
use tokio::signal::unix::{SignalKind, signal};

/// An offline, in-memory test double of a billing API.
#[derive(Parser)]
#[command(version, about)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
struct Arguments {
    /// Whose API to simulate.
    #[arg(long, value_enum, default_value = "rebilly")]
    vendor: VendorName,
    /// The address to listen on.
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
    /// The port to listen on; 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Listen for https, with a certificate for localhost, by name and by address.
    #[cfg(feature = "tls")]
    #[arg(long)]
    tls: bool,
    /// Write the certificate that clients must trust to this file, in PEM.
    #[cfg(feature = "tls")]
    #[arg(long, value_name = "FILE", requires = "tls")]
    tls_ca_out: Option<PathBuf>,
    /// Fixture files or directories, in place of the standard fixtures.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    fixtures: Vec<PathBuf>,
    /// Start with nothing at all.
    #[arg(long, conflicts_with = "fixtures")]
    empty: bool,
    /// What ids derive from.
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// What the clock shows, and goes on showing.
    #[arg(long, value_name = "DATE-TIME", default_value_t = Timestamp::START)]
    now: Timestamp,
    /// Number ids instead of deriving them from what is asked.
    #[arg(long)]
    sequential_ids: bool,
    /// Give the same answers in whatever order requests arrive.
    #[arg(long)]
    order_independent: bool,
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
    /// Notihub: let `Bearer undefined` in, which its SDK sends before it has a token.
    #[arg(long)]
    accept_undefined_bearer: bool,
    /// Tell webhooks on loopback what happens, as soon as it has happened.
    #[arg(long)]
    deliver_webhooks: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum VendorName {
    Rebilly,
    Notihub,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let ended = match arguments.vendor {
        VendorName::Rebilly => serve_rebilly(&arguments),
        VendorName::Notihub => serve_notihub(&arguments),
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("mock-rebilly: {sentence}");
            ExitCode::FAILURE
        }
    }
}

fn serve_rebilly(arguments: &Arguments) -> Result<(), String> {
    let mut builder = MockRebilly::builder().organization(&arguments.organization);
    if let Some(key) = &arguments.api_key {
        builder = builder.api_key(key);
    }
    if arguments.without_compliance_products {
        builder = builder.without_compliance_products();
    }
    if let Some(writes) = arguments.rate_limit {
        builder = builder.rate_limit(writes);
    }
    if arguments.deliver_webhooks {
        builder = builder.deliver_webhooks();
    }
    let rebilly = start(builder, arguments)?;
    let credential = format!("-H {}", quoted(&format!("REB-APIKEY: {}", rebilly.api_key())));
    let meanwhile = async {
        if arguments.deliver_webhooks { deliver(&rebilly).await } else { pending().await }
    };
    run(&rebilly, &credential, arguments, meanwhile)
}

fn serve_notihub(arguments: &Arguments) -> Result<(), String> {
    let mut builder = MockNotihub::builder();
    if arguments.accept_undefined_bearer {
        builder = builder.accept_undefined_bearer();
    }
    let notihub = start(builder, arguments)?;
    let credential = format!("-H 'Authorization: Bearer {}'", notihub.access_token());
    run(&notihub, &credential, arguments, pending())
}

/// Starts a double with what every vendor's can be told.
fn start<V: Vendor>(mut builder: Builder<V>, arguments: &Arguments) -> Result<Mock<V>, String> {
    builder = builder
        .host(arguments.host)
        .port(arguments.port)
        .seed(arguments.seed)
        .now(arguments.now)
        .allow_unmatched();
    if arguments.sequential_ids {
        builder = builder.sequential_ids();
    }
    if arguments.order_independent {
        builder = builder.order_independent();
    }
    if arguments.empty {
        builder = builder.empty();
    }
    for path in &arguments.fixtures {
        builder = builder.fixtures(path);
    }
    #[cfg(feature = "tls")]
    if arguments.tls {
        builder = builder.tls();
    }
    let double = builder.try_start().map_err(|error| error.to_string())?;
    #[cfg(feature = "tls")]
    if let Some(file) = &arguments.tls_ca_out {
        std::fs::write(file, double.ca_pem())
            .map_err(|error| format!("{} cannot be written: {error}", file.display()))?;
    }
    Ok(double)
}

/// Says where it listens, and serves until it is told to stop.
fn run<V: Vendor>(
    double: &Mock<V>,
    credential: &str,
    arguments: &Arguments,
    meanwhile: impl Future<Output = Infallible>,
) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let stopped = runtime.and_then(|runtime| {
        runtime.block_on(async {
            let mut terminate = signal(SignalKind::terminate())?;
            let mut interrupt = signal(SignalKind::interrupt())?;
            // Only now: whoever reads the line may send a signal at once.
            announce(double, credential, &trust(arguments))?;
            tokio::select! {
                _ = interrupt.recv() => Ok(()),
                _ = terminate.recv() => Ok(()),
                never = meanwhile => match never {},
            }
        })
    });
    stopped.map_err(|error| error.to_string())
}

/// Tells webhooks what is due whenever something was asked. What nobody
/// acknowledged is said here too, since no test waits for it.
async fn deliver(rebilly: &MockRebilly) -> Infallible {
    let mut known = 0;
    loop {
        known = rebilly.asked_since(known).await;
        let deliveries = rebilly.deliver().await;
        for delivery in deliveries.iter().filter(|it| !it.outcome().is_acknowledged()) {
            eprintln!("mock-rebilly: {delivery}");
        }
    }
}

/// What lets curl trust the double: nothing where there is nothing to trust.
#[cfg(feature = "tls")]
fn trust(arguments: &Arguments) -> String {
    match &arguments.tls_ca_out {
        Some(file) => format!(" --cacert {}", quoted(&file.to_string_lossy())),
        None if arguments.tls => " -k".to_owned(),
        None => String::new(),
    }
}

#[cfg(not(feature = "tls"))]
fn trust(_: &Arguments) -> String {
    String::new()
}

/// Two lines: where it listens, and how curl is let in there.
fn announce<V: Vendor>(double: &Mock<V>, credential: &str, trust: &str) -> std::io::Result<()> {
    let url = double.url();
    let first = format!("{} listening on {url}", V::NAME);
    let then = format!("curl -s{trust} {credential} '{url}/customers?limit=2'");
    // In one piece: whoever wants no more than the first line may close the pipe after it.
    let mut out = std::io::stdout().lock();
    out.write_all(format!("{first}\n{then}\n").as_bytes())?;
    out.flush()
}

/// A text as one word of a shell's command.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}
