"""gunicorn of the development stack. Sync workers: the punch is CPU-bound, threads only add switching."""

import os

# The first queue goes before the second (overrides/punches_first.py).
bind = [f"127.0.0.1:{os.environ[name]}" for name in ("SPBE_PUNCH_PORT", "SPBE_GUNICORN_PORT")]
workers = int(os.environ.get("SPBE_WEB_WORKERS", "5"))
worker_class = "spbe_attendance.overrides.punches_first.PunchesFirst"
preload_app = True
timeout = 120
graceful_timeout = 10
# Not in the middle of a morning: forty thousand requests of ten thousand people are eight thousand for each of five.
max_requests = 20000
max_requests_jitter = 5000
errorlog = "-"
loglevel = "warning"


def on_starting(_server):
    """In the process from which the workers are forked."""
    from spbe_attendance import preload

    preload.for_requests()
