"""Text to structure: reads a manuscript without a database."""
