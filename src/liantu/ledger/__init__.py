"""The ledger: what was said, by whom, and what it adds up to. `liantu.ledger.services` is its only door."""
