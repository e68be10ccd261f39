//! What people have a right to, told as stories.

mod access;
mod deadline;
mod erasure;
mod hold;
mod trace;
mod trouble;
