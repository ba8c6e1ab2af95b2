"""The form given back, with every mistake in its cell."""
