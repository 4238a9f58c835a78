"""Alerts over the ledger: the rows that rules look at, the runs of the rules, what people answer, digests."""
