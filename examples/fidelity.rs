//! Prints what of a vendor's API is simulated, what is assumed and what is not:
//! `FIDELITY.md` and its like.

use std::process::ExitCode;

use mock_rebilly::{Notihub, Octobat, Rebilly};

fn main() -> ExitCode {
    let text = match std::env::args().nth(1).as_deref() {
        None | Some("rebilly") => Rebilly::fidelity(),
        Some("octobat") => Octobat::fidelity(),
        Some("notihub") => Notihub::fidelity(),
        Some(other) => {
            eprintln!("there is no double of {other}");
            return ExitCode::FAILURE;
        }
    };
    print!("{text}");
    ExitCode::SUCCESS
}
