#![doc = include_str!("../README.md")]

pub mod app;
pub mod article;
mod cli;
pub mod config;
pub mod data;
pub mod feed;
pub mod filter;
pub mod grpc;
pub mod ingest;
pub mod ledger;
pub mod refusal;

pub use cli::main;
