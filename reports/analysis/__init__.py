"""What the whole of a round says."""
