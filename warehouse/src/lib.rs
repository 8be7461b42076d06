//! Batches to tables to sick cases to statistics and feature batches
