"""Whether the system can take punches, and the numbers by which its operators see trouble before staff do (docs/operasi.md)."""
