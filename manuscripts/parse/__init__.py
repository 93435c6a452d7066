"""From text to structure: parses a manuscript without a database."""
