"""Units, people and places from the sheets that offices have: read, checked, written in batches, taken back."""
