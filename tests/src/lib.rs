#![doc = include_str!("../README.md")]

pub mod instructions;
pub mod load;
pub mod process;
