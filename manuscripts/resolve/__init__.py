"""From structure to our records: finds the terms, countries, organisations and sources meant."""
