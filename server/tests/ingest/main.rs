//! Articles and publications through a real server: what goes in, what subscribers see of it.

mod articles;
mod full;
mod harness;
mod hostile;
mod paths;
mod publications;
mod together;
