"""WHAT a decision says: criteria sets, plans, rosters and the rules they use."""
