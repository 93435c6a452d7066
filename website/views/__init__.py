"""The public pages: everything here reads editions and nothing else."""
