"""What a name in a cell stands for: however it is written, one, several or none, with the near ones offered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.sheets.names import Names, folded


@pytest.fixture
def names() -> Names[int]:
    """Give two bodies, one of them by its code too, and one that has ended and is not offered."""
    names = Names[int]()
    names.add("Arbetsgruppen mobila team", 1, offer="Arbetsgruppen mobila team")
    names.add("mobila", 1)
    names.add("Länsstyrgruppen", 2, offer="Länsstyrgruppen")
    names.add("Länsstyrgruppen för vuxna", 3)
    return names


@pytest.mark.parametrize("text", ["ARBETSGRUPPEN  mobila-team", "Arbets\u200bgruppen\xa0mobila team", "Mobila"])
def test_a_name_is_known_however_it_is_written(names: Names[int], text: str) -> None:
    assert text in names
    assert names.named(text) == [1]


def test_a_name_that_several_share_gives_them_all(names: Names[int]) -> None:
    names.add("lansstyrgruppen", 4)

    assert names.named("Länsstyrgruppen") == [2, 4]


def test_what_is_near_is_offered_and_what_has_ended_is_not(names: Names[int]) -> None:
    assert names.named("Länsstyrgrupen") == []
    assert names.ask("Länsstyrgrupen") == " Menar du ”Länsstyrgruppen”?"
    assert "för vuxna" not in names.ask("Länsstyrgruppen för vuxn")
    assert names.ask("mobila te") == " Menar du ”Arbetsgruppen mobila team”?"
    assert names.ask("zzz") == ""
    assert names.ask("") == ""


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)
