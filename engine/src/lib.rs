//! The only crate that awaits DataFusion and Delta
