//! A chapter on its way from what was written to what mdBook renders.

pub mod cargo_check;
pub mod code_block;
pub mod compare_page;
pub mod directive;
pub mod expand;
pub mod inserts;
pub mod ledger;
pub mod manuscript;
pub mod measured;
pub mod preprocessor;
pub mod request_panel;
pub mod rfc;
pub mod selection;
pub mod transcript;
pub mod variant;
pub mod whole;
