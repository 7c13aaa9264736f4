"""Personal data: how long it is kept, what is held, what is removed, and what people get of their own (UU 27/2022)."""
