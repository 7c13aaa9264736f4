"""Place in three answers. Pure: no framework, no I/O."""
