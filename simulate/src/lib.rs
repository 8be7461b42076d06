//! A synthetic Sweden
