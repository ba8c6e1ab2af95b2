"""The documents behind the claims: list, folder, content, twins."""
