"""From a file's bytes to its sheets, guarded and tolerant."""
