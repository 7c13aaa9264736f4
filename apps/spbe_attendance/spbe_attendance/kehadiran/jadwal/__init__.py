"""Which hours hold for whom on which day."""
