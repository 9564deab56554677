//! The binary: a double on a port, for projects that are not written in Rust.

use std::io::Write;
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use mock_rebilly::{MockRebilly, Timestamp};
use tokio::signal::unix::{SignalKind, signal};

/// An offline, in-memory test double of a billing API.
#[derive(Parser)]
#[command(version, about)]
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
    /// Let in this secret key only.
    #[arg(long, value_name = "KEY")]
    api_key: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum VendorName {
    Rebilly,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match arguments.vendor {
        VendorName::Rebilly => match start(&arguments) {
            Ok(rebilly) => run(rebilly),
            Err(sentence) => fail(&sentence),
        },
    }
}

fn start(arguments: &Arguments) -> Result<MockRebilly, String> {
    let mut builder = MockRebilly::builder()
        .host(arguments.host)
        .port(arguments.port)
        .seed(arguments.seed)
        .now(&arguments.now.to_string())
        .allow_unmatched();
    if let Some(key) = &arguments.api_key {
        builder = builder.api_key(key);
    }
    if arguments.empty {
        builder = builder.empty();
    }
    for path in &arguments.fixtures {
        builder = builder.fixtures(path);
    }
    builder.try_start().map_err(|error| error.to_string())
}

/// Says where it listens, and serves until it is told to stop.
fn run(rebilly: MockRebilly) -> ExitCode {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let stopped = runtime.and_then(|runtime| {
        runtime.block_on(async {
            let mut terminate = signal(SignalKind::terminate())?;
            let mut interrupt = signal(SignalKind::interrupt())?;
            // Only now: whoever reads the line may send a signal at once.
            announce(&rebilly)?;
            tokio::select! {
                _ = interrupt.recv() => Ok(()),
                _ = terminate.recv() => Ok(()),
            }
        })
    });
    drop(rebilly);
    match stopped {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error.to_string()),
    }
}

fn announce(rebilly: &MockRebilly) -> std::io::Result<()> {
    let (url, key) = (rebilly.url(), rebilly.api_key().replace('\'', r"'\''"));
    let mut out = std::io::stdout().lock();
    writeln!(out, "rebilly listening on {url}")?;
    writeln!(out, "curl -s -H 'REB-APIKEY: {key}' '{url}/customers?limit=2'")?;
    out.flush()
}

fn fail(sentence: &str) -> ExitCode {
    eprintln!("mock-rebilly: {sentence}");
    ExitCode::FAILURE
}
