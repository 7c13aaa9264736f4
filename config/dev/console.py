"""What a person sees: steps with their time, one clear sentence on failure."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import time
from collections.abc import Iterator


class DevError(Exception):
    """A failure that a person can act on; ``code`` is the exit status."""

    def __init__(self, message: str, code: int = 1):
        super().__init__(message)
        self.code = code


def say(text: str = "") -> None:
    print(text, flush=True)


@contextlib.contextmanager
def step(title: str) -> Iterator[None]:
    """Show what is done and for how long, also when steps run side by side."""
    started = time.monotonic()
    say(f"  … {title}")
    try:
        yield
    except BaseException:
        say(f"  ✗ {title} ({time.monotonic() - started:.1f} s)")
        raise
    say(f"  ✓ {title} ({time.monotonic() - started:.1f} s)")


@contextlib.contextmanager
def friendly_errors() -> Iterator[None]:
    """Turn what can go wrong on a machine into one sentence and an exit status."""
    try:
        yield
    except DevError as error:
        fail(str(error), error.code)
    except KeyboardInterrupt:
        fail("Stopped.", 130)
    except BrokenPipeError:
        os._exit(1)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            fail(
                f"The disk is full ({error.filename or 'no space left'}): free some space and run the same command again."
            )
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            fail(
                f"No permission to write {error.filename}: check who owns the folder and run the same command again."
            )
        fail(f"{error.strerror or error}: {error.filename or ''}".rstrip(": "))


def fail(message: str, code: int = 1) -> None:
    print(f"\n{message}", file=sys.stderr, flush=True)
    sys.exit(code)
