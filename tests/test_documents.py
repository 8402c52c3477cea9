"""The documents: every link to a file leads somewhere, every command and variable that is named exists."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"\]\(([^)#\s]+)")
COMMAND = re.compile(r"manage\.py ([a-z_]+)")
TARGET = re.compile(r"`make(?: PYTHON=\S+)? ([a-z]+)`|^make(?: PYTHON=\S+)? ([a-z]+)\b", re.MULTILINE)
READ = re.compile(r"""\benv(?:\.[a-z]+)?\(\s*"([A-Z_]+)"|"([A-Z_]+)" (?:not )?in env\b""")
NAMED = re.compile(r"`([A-Z_]+)`")
NOT_IN_SETTINGS = {"SATSNINGAR_DATA", "SATSNINGAR_WORKERS", "CREATEDB", "INFO"}
"""What docs/installation.md names beside the settings' variables: of places and gunicorn, a right, a level."""


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_to_a_file_leads_somewhere(document: Path) -> None:
    links = LINK.findall(document.read_text(encoding="utf-8"))
    files = [link for link in links if not link.startswith(("http:", "https:", "mailto:"))]

    assert [link for link in files if not (document.parent / link).exists()] == []


def test_every_command_named_in_the_documents_exists() -> None:
    named = {name for document in DOCUMENTS for name in COMMAND.findall(document.read_text(encoding="utf-8"))}

    assert sorted(named - set(get_commands())) == []


def test_every_make_target_named_in_the_documents_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    found = [found for document in DOCUMENTS for found in TARGET.findall(document.read_text(encoding="utf-8"))]

    assert sorted({first or second for first, second in found} - targets) == []


def test_every_decision_is_listed_once() -> None:
    decisions = {path.name for path in (ROOT / "docs" / "adr").glob("[0-9]*.md")}
    listed = LINK.findall((ROOT / "docs" / "adr" / "README.md").read_text(encoding="utf-8"))

    assert sorted(listed) == sorted(decisions)


def test_installation_names_every_variable_that_the_settings_read_and_no_other() -> None:
    settings = "".join(path.read_text(encoding="utf-8") for path in ROOT.glob("config/settings*.py"))
    read = {first or second for first, second in READ.findall(settings)}
    named = set(NAMED.findall((ROOT / "docs" / "installation.md").read_text(encoding="utf-8")))

    assert {"DATABASE_OWNER_URL", "EMAIL_URL", "SITE_URL"} <= read
    assert sorted(named - NOT_IN_SETTINGS) == sorted(read)
