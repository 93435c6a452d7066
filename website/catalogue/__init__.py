"""The catalogue: what is asked, what answers it, and how the answer is narrowed."""
