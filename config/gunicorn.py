"""gunicorn of the development stack. Sync workers: the punch is CPU-bound, threads only add switching."""

import os

bind = f"127.0.0.1:{os.environ['SPBE_GUNICORN_PORT']}"
workers = int(os.environ.get("SPBE_WEB_WORKERS", "5"))
worker_class = "sync"
preload_app = True
timeout = 120
graceful_timeout = 10
max_requests = 5000
max_requests_jitter = 500
errorlog = "-"
loglevel = "warning"
