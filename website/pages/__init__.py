"""Puts readers' pages together: stored fragments, and what stands around them."""
