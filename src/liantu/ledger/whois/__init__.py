"""Who is who: the ledger's enterprises and the firms of the loaded registry."""
