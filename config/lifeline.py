"""The only place where a process ends because the one that started it is gone.

``scripts/serve.py`` keeps one end of a pipe and gives the other to what it starts, which is told its number by the
environment. When the starter ends, however it ends, the system closes its end.
"""

import os
import signal
import threading
from contextlib import suppress

VARIABLE = "SATSNINGAR_LIFELINE"


def hold(process: int) -> None:
    """Have a process asked to end when its starter is gone; do nothing where nobody gave it a lifeline.

    Args:
        process: the id of the one to end: this one or, for a forked child, its parent.

    """
    descriptor = os.environ.pop(VARIABLE, None)  # not for what this process starts in its turn
    if descriptor:
        threading.Thread(target=_wait, args=(int(descriptor), process), daemon=True).start()


def _wait(descriptor: int, process: int) -> None:
    os.read(descriptor, 1)
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGTERM)
