"""The glossary: each term once, in Swedish order, each name in the code once and real."""

import re
from collections import Counter
from pathlib import Path
from pkgutil import resolve_name

import pytest

GLOSSARY = Path(__file__).resolve().parent.parent / "docs" / "ordlista.md"
ROW = re.compile(r"\| (?P<term>[^|]+) \| (?P<english>[^|]+) \| (?P<what>[^|]+) \| (?:`(?P<name>[\w.]+)`|–) \|")
APPS = ("governance", "satsningar", "workflow")


def rows() -> list[dict[str, str]]:
    """Return the rows of the table, its head left out."""
    lines = [line for line in GLOSSARY.read_text(encoding="utf-8").splitlines() if line.startswith("| ")][1:]
    found = [ROW.fullmatch(line) for line in lines]
    assert [line for line, match in zip(lines, found, strict=True) if match is None] == []
    return [match.groupdict() for match in found if match]


def test_a_term_stands_once() -> None:
    counts = Counter(row["term"].casefold() for row in rows())

    assert [term for term, times in counts.items() if times > 1] == []


def test_a_name_in_the_code_stands_for_one_term() -> None:
    counts = Counter(row["name"] for row in rows() if row["name"])

    assert [name for name, times in counts.items() if times > 1] == []


def test_an_english_word_stands_for_one_term() -> None:
    counts = Counter(row["english"].casefold() for row in rows())

    assert [word for word, times in counts.items() if times > 1] == []


@pytest.mark.parametrize("name", [row["name"] for row in rows() if row["name"]])
def test_a_name_in_the_code_is_real(name: str) -> None:
    assert name.startswith(APPS)

    assert resolve_name(name) is not None


def test_terms_stand_in_swedish_order() -> None:
    terms = [row["term"] for row in rows()]
    order = str.maketrans("åäö", "{|}")

    assert terms == sorted(terms, key=lambda term: term.casefold().translate(order))
