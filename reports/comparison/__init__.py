"""Two runs or years held against each other."""
