"""Backups: one file with all that the database holds, proved by bringing it back."""
