//! Small relational store: vault, audit, receipts
