"""How an edition itself is cited."""
