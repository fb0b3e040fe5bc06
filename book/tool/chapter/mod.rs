//! A chapter on its way from what was written to what mdBook renders.

pub mod code_block;
pub mod compare_page;
pub mod compiler;
pub mod directive;
pub mod expand;
pub mod ledger;
pub mod preprocessor;
pub mod request_panel;
pub mod rfc;
pub mod transcript;
pub mod variant;
