//! One file per scenario.

pub(super) mod fanout;
pub(super) mod fanout_filters;
pub(super) mod fanout_paced;
pub(super) mod idle;
pub(super) mod journal_size;
mod paced;
pub(super) mod publish;
pub(super) mod replay;
pub(super) mod replay_sparse;
pub(super) mod stalled;
