//! `cargo bench -p bench`

#[cfg(target_os = "linux")]
fn main() -> anyhow::Result<()> {
    // Only here does Cargo tell where the peers are, and only here does it build them first.
    bench::main(&bench::server::Peers {
        limit: env!("CARGO_BIN_EXE_bench-limit").into(),
        hyper: env!("CARGO_BIN_EXE_bench-hyper").into(),
        axum: env!("CARGO_BIN_EXE_bench-axum").into(),
    })
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!(
        "Nothing is measured here: what a program and its system calls cost is asked of \
         Linux (its /proc, its clocks, and to which core a program is bound)."
    );
}
