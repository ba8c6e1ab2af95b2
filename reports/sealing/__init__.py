"""Closing a round and verifying its seal."""
