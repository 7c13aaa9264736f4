"""From punches to a lawful day. Pure: no framework, no I/O, no clock of the machine."""
