"""Watches over the addresses that editions in print cite (`sources.links` asks them)."""
