"""Values that cannot be wrong: dates, names, places, figures, locators, digests, canonical JSON."""
