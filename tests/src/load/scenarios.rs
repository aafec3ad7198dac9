//! One file per scenario.

pub(super) mod fanout;
pub(super) mod publish;
pub(super) mod replay;
