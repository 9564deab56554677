//! The binary: a double on a port, for projects that are not written in Rust.

mod served;

use std::io::Write;
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, CommandFactory, FromArgMatches, Parser, ValueEnum};
use mock_rebilly::engine::vendor::Vendor;
use mock_rebilly::{Mock, Notihub, Octobat, Rebilly, Timestamp};
use tokio::signal::unix::{SignalKind, signal};

use self::served::{Particular, Served};

/// An offline, in-memory test double of a billing API.
#[derive(Parser)]
#[command(version, about)]
#[cfg_attr(
    feature = "tls",
    expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")
)]
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
    #[command(flatten)]
    particular: Particular,
}

/// Writes once whose API can be simulated; each of them is [`Served`].
macro_rules! vendors {
    ($($vendor:ident)*) => {
        #[derive(Clone, Copy, ValueEnum)]
        enum VendorName {
            $($vendor,)*
        }

        impl VendorName {
            /// Its name, and the switches that it has and not every other.
            fn switches(self) -> (&'static str, &'static [&'static str]) {
                match self {
                    $(VendorName::$vendor => ($vendor::NAME, $vendor::SWITCHES),)*
                }
            }

            fn serve(self, arguments: &Arguments) -> ExitCode {
                match self {
                    $(VendorName::$vendor => serve::<$vendor>(arguments),)*
                }
            }
        }
    };
}

vendors! { Rebilly Octobat Notihub }

fn main() -> ExitCode {
    let matches = Arguments::command().mut_args(with_vendors).get_matches();
    let arguments = Arguments::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    if let Some(error) = misplaced(arguments.vendor, &matches) {
        error.exit();
    }
    arguments.vendor.serve(&arguments)
}

/// Says of a switch whose it is, if it is not everybody's.
fn with_vendors(switch: Arg) -> Arg {
    let whose = whose(switch.get_id().as_str()).join(", ");
    let help = switch.get_help().map(ToString::to_string).unwrap_or_default();
    if whose.is_empty() { switch } else { switch.help(format!("{help} ({whose})")) }
}

/// The vendors that have a switch which not all of them have.
fn whose(switch: &str) -> Vec<&'static str> {
    let all = VendorName::value_variants().iter().map(|vendor| vendor.switches());
    all.filter(|(_, has)| has.contains(&switch)).map(|(name, _)| name).collect()
}

/// The complaint about a switch that was said and is only for other vendors.
fn misplaced(vendor: VendorName, matches: &ArgMatches) -> Option<clap::Error> {
    let (name, own) = vendor.switches();
    let said = matches.ids().map(clap::Id::as_str);
    let mut said = said.filter(|id| matches.value_source(id) == Some(ValueSource::CommandLine));
    let switch = said.find(|id| !own.contains(id) && !whose(id).is_empty())?;
    let (whose, switch) = (whose(switch).join(" and "), switch.replace('_', "-"));
    let sentence = format!("'--{switch}' is for {whose}, and says nothing to {name}");
    Some(Arguments::command().error(ErrorKind::ArgumentConflict, sentence))
}

fn serve<V: Served>(arguments: &Arguments) -> ExitCode {
    match start::<V>(arguments) {
        Ok(double) => run(double, arguments),
        Err(sentence) => fail(&sentence),
    }
}

fn start<V: Served>(arguments: &Arguments) -> Result<Mock<V>, String> {
    let builder = Mock::<V>::builder()
        .host(arguments.host)
        .port(arguments.port)
        .seed(arguments.seed)
        .now(arguments.now)
        .allow_unmatched();
    let mut builder = V::set_up(builder, &arguments.particular);
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
fn run<V: Served>(double: Mock<V>, arguments: &Arguments) -> ExitCode {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let stopped = runtime.and_then(|runtime| {
        runtime.block_on(async {
            let mut terminate = signal(SignalKind::terminate())?;
            let mut interrupt = signal(SignalKind::interrupt())?;
            // Only now: whoever reads the line may send a signal at once.
            announce(&double, arguments)?;
            tokio::select! {
                _ = interrupt.recv() => Ok(()),
                _ = terminate.recv() => Ok(()),
                never = V::meanwhile(&double, &arguments.particular) => match never {},
            }
        })
    });
    drop(double);
    match stopped {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error.to_string()),
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

/// Two lines: where it listens, and how to see something there.
fn announce<V: Served>(double: &Mock<V>, arguments: &Arguments) -> std::io::Result<()> {
    let header = quoted(&format!("{}: {}", V::CREDENTIAL, double.credential()));
    let (url, trust) = (double.url(), trust(arguments));
    let prefix = arguments.particular.path_prefix.as_deref().unwrap_or_default();
    let slash = if prefix.is_empty() { "" } else { "/" };
    let prefix = prefix.trim_matches('/');
    let shown = quoted(&format!("{url}{slash}{prefix}{}", V::SHOWN));
    let first = format!("{} listening on {url}", V::NAME);
    let then = format!("curl -s{trust} -H {header} {shown}");
    // In one piece: whoever wants no more than the first line may close the pipe after it.
    let mut out = std::io::stdout().lock();
    out.write_all(format!("{first}\n{then}\n").as_bytes())?;
    out.flush()
}

/// A text as one word of a shell's command.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

fn fail(sentence: &str) -> ExitCode {
    eprintln!("mock-rebilly: {sentence}");
    ExitCode::FAILURE
}
