"""A task that takes the time a test gives it."""

import time
from pathlib import Path

from governance import jobs


@jobs.task("test.slow", tries=2)
def slow(file: str) -> None:
    """Note in a file that it has begun, wait until there is one beside it that ends in `.go`, note that it is done."""
    here = Path(file)
    with here.open("a") as notes:
        notes.write("begun\n")
    while not here.with_suffix(".go").exists():
        time.sleep(0.05)
    with here.open("a") as notes:
        notes.write("done\n")
