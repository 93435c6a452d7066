"""The log of what was published: append-only, chained, signed, and open to everybody."""
