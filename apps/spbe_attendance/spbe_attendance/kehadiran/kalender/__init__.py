"""Days off: national, regional, of one OPD."""
