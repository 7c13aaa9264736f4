"""Signals that a punch may not be what it says. Pure: plain rows in, findings out; no finding decides anything."""
