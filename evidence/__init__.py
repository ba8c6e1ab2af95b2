"""WHAT units claim: forms, what came back in them, and the mistakes found there."""
