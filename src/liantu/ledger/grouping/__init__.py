"""Which figures speak of the same thing, and whether they agree."""
