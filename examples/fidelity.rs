//! Prints `FIDELITY.md`: what is simulated, what is assumed and what is not.

fn main() {
    print!("{}", mock_rebilly::Rebilly::fidelity());
}
