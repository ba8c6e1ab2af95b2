"""Several rounds gathered into one report upward."""
