//! The bare limits: what this machine does when nothing is decided, checked or remembered. The
//! server's figures are ratios of these, measured in the same call.

pub mod broadcast;
pub mod commit;
