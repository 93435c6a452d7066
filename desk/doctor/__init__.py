"""What is wrong with the site and what to do, for whoever is called at night."""
