"""Lists that an office keeps: rows, published versions, what the ledger suggests for them, kits."""
