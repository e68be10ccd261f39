//! The `habeas` command.

use std::process::ExitCode;

use clap::Parser as _;
use habeas::{
    cli::{self, Cli, CliError, Command},
    serve,
};
use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    let cli = Cli::parse();
    log(matches!(cli.command, Command::Serve(_)));
    cli::end(run(cli))
}

fn run(cli: Cli) -> Result<(), CliError> {
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        match cli.command {
            Command::Serve(args) => serve::serve(cli.house.as_deref(), &args).await,
            Command::Demo(args) if !args.seed_only => serve::demo(&args).await,
            Command::Bench(ref args) if let Some(what) = args.faces() => Box::pin(serve::bench(what)).await,
            _ => Box::pin(cli::run(cli)).await,
        }
    })
}

/// The log goes to standard error; `RUST_LOG` says how much. A server tells what it does, a command only what went wrong.
fn log(server: bool) {
    let usual = if server { "warn,habeas=info" } else { "error" };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(usual));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}
