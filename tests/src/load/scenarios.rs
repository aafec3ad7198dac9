//! One file per scenario.

pub(super) mod fanout;
pub(super) mod idle;
pub(super) mod journal_size;
pub(super) mod publish;
pub(super) mod replay;
