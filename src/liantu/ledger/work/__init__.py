"""Records that officials keep, with their history; and what is worked out of them."""
