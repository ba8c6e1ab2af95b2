"""The seal of a closed round, its journal, and corrections."""
