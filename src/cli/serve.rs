//! `habeas serve`: what one process of a house does.

use std::net::SocketAddr;

use clap::{Args, ValueEnum};

/// Serve the portal, the desk and the room, and do the work
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// Which part of it this process does; several processes on PostgreSQL share the work
    #[arg(long, value_enum, default_value_t = Role::All)]
    pub role: Role,
    /// Where desk, room and the API for systems answer, apart from the portal (also `desk_address`)
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub desk_addr: Option<SocketAddr>,
}

/// What a process does for a house.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Role {
    /// Both
    All,
    /// Answers requests; another process does the work
    Web,
    /// Does the work; listens to nobody
    Worker,
}
