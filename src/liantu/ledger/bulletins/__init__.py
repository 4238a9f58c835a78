"""Bulletins over the ledger: measuring, drafting, editing, publishing."""
