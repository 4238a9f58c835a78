"""Lists that go out to Excel and come back: compared with the ledger row by row, written at once, taken back at once."""
