"""Names to entities: fold, find candidates, compare, decide, explain, undo."""
