"""Resolve requirements.in and requirements-dev.in anew and write the pins, without any address of an index."""

import subprocess
import sys
import tempfile
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
HEADS = {
    "requirements": "# Made by `make requirements` from requirements.in: all that the application runs on, pinned.\n",
    "requirements-dev": (
        "# Made by `make requirements` from requirements-dev.in: what checks and tests add.\n-r requirements.txt\n"
    ),
}


def main() -> None:
    """Install each list into an empty environment and write down what came."""
    known: set[str] = set()
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)  # noqa: S603
        pip = [str(Path(folder) / "bin" / "python"), "-m", "pip", "--disable-pip-version-check"]
        for name, head in HEADS.items():
            subprocess.run([*pip, "install", "-r", str(CHECKOUT / f"{name}.in")], check=True)  # noqa: S603
            frozen = subprocess.run([*pip, "freeze"], check=True, capture_output=True, text=True)  # noqa: S603
            pins = sorted(set(frozen.stdout.split()) - known, key=str.lower)
            (CHECKOUT / f"{name}.txt").write_text(head + "\n".join(pins) + "\n", encoding="utf-8")
            known |= set(pins)


if __name__ == "__main__":
    main()
