#![doc = include_str!("../README.md")]

pub mod app;
mod cli;
pub mod config;
pub mod feed;
pub mod filter;
pub mod grpc;
pub mod ledger;
pub mod refusal;

pub use cli::main;
