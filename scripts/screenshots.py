"""Take the pictures of the documentation from a running demonstration: scripts/screenshots.py [address].

Begin with `make reset`, so that the pictures show what everybody sees the first time.
"""

import os
import sys
from pathlib import Path

import django
from playwright.sync_api import Browser, ViewportSize, sync_playwright

CHECKOUT = Path(__file__).resolve().parent.parent
FOLDER = CHECKOUT / "docs" / "bilder"
CHROMIUM = "/usr/bin/chromium-headless-shell"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
SIZE: ViewportSize = {"width": 1280, "height": 860}
LARGEST = 300_000
"""Bytes in one picture."""

PICTURES = {
    "satsning": ("sten", "/", "Gemensamma överenskommelser om samsjuklighet"),
    "laget": ("rut", "/laget/", ""),
}
"""Each picture by name: as whom, at which address, and which link to follow from there."""


def main(address: str) -> None:
    """Take every picture."""
    sys.path.insert(0, str(CHECKOUT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for name, (who, path, link) in PICTURES.items():
            size = take(browser, address, FOLDER / f"{name}.png", who, path, link)
            print(f"docs/bilder/{name}.png  {size // 1000} kB")
        browser.close()


def take(browser: Browser, address: str, file: Path, who: str, path: str, link: str) -> int:  # noqa: PLR0913, PLR0917
    """Log in as somebody of the demonstration, go to the page and take its picture; return the picture's size.

    Raises:
        SystemExit: the picture is too large for a page on the web.

    """
    from workflow.demo.people import DOMAIN, PASSWORD  # noqa: PLC0415 - its models need Django to be set up

    context = browser.new_context(viewport=SIZE, locale="sv-SE", timezone_id="Europe/Stockholm", base_url=address)
    page = context.new_page()
    page.goto("/konto/login/")
    page.get_by_label("E-postadress").fill(f"{who}@{DOMAIN}")
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Logga in").click()
    page.goto(path)
    if link:
        page.get_by_role("link", name=link).first.click()
    page.wait_for_load_state("networkidle")
    size = len(page.screenshot(path=file))
    context.close()
    if size > LARGEST:
        raise SystemExit(f"{file.name} is {size} bytes; at most {LARGEST} are wanted.")
    return size


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
