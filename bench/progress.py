"""What the bench says while it works, and how its figures are printed."""

import sys
import time

_BEGUN = time.monotonic()


def say(sentence: str) -> None:
    """Tell what is going on now, with the seconds since the start, beside the figures."""
    print(f"{time.monotonic() - _BEGUN:5.0f} s  {sentence}", file=sys.stderr, flush=True)


def number(value: float, decimals: int = 2) -> str:
    """Return a figure as it is printed."""
    return f"{value:.{decimals}f}"
