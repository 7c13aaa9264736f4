"""gunicorn's sync worker with an order among its queues: while a punch waits, nothing else is begun.

``worker_class = "spbe_attendance.overrides.punches_first.PunchesFirst"``, and the port of the punches first in ``bind``. At half past
seven the queue is as long as the morning, and a receipt must not wait for those who look at their month or send a photo. Punches are
short, and as many as there are people: the others wait for seconds, not for ever.

What has been begun is not broken off, and a report takes seconds. So one process of four takes nothing but punches: as many leaders as
there are processes may open a report, and whoever comes to work is served at once.
"""

from __future__ import annotations

import errno
import fcntl
import socket
import tempfile

from gunicorn.workers.sync import StopWaiting, SyncWorker

# Nobody was there any more: another process took it, or the phone went away.
NOBODY = (errno.EAGAIN, errno.EWOULDBLOCK, errno.ECONNABORTED)
# One process of so many is kept for punches; of three or fewer none.
KEPT_OF = 4
# Made in the process from which the workers are forked, which loads this class. A seat is one byte of it, locked by the process that has
# it: the kernel gives it back when that process ends, however it ends.
SEATS = tempfile.TemporaryFile()  # noqa: SIM115


class PunchesFirst(SyncWorker):
    keeps_a_seat = False

    def run_for_multiple(self, timeout: float) -> None:
        """Until the process is ended. Replaces one in which each queue has its turn."""
        while self.alive:
            self.notify()
            self.keeps_a_seat = self.keeps_a_seat or self.has_found_a_seat()
            queues = self.sockets[:1] if self.keeps_a_seat else self.sockets
            # One request at most, then the first queue again.
            if any(self.served(queue) for queue in queues):
                continue
            if not self.is_parent_alive():
                return
            self.wait_fds = [*queues, self.PIPE[0]]
            try:
                self.wait(timeout)
            except StopWaiting:
                return

    def has_found_a_seat(self) -> bool:
        """Asked before each request: whoever had it may have ended since."""
        for seat in range(self.cfg.workers // KEPT_OF):
            try:
                fcntl.lockf(SEATS, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, seat)
            except OSError as error:
                if error.errno not in (errno.EACCES, errno.EAGAIN):
                    raise
                continue
            return True
        return False

    def served(self, queue: socket.socket) -> bool:
        """Whether somebody waited there."""
        try:
            self.accept(queue)
        except OSError as error:
            if error.errno not in NOBODY:
                raise
            return False
        return True
