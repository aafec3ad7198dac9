#![doc = include_str!("../README.md")]

mod clock;
mod input;
pub mod laws;
pub mod mutate;
mod stock;

pub use input::Input;
