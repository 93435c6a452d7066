"""Structure to our records: which terms, countries, organisations and sources are meant."""
