"""The round as one HTML page: a single file that opens anywhere, without a network."""
