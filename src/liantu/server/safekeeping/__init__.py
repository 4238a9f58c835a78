"""Keeping a ledger safe: a backup that is verified, its return, and the move from one database to another."""
