"""Two counties, and a way to read a file in."""

from collections.abc import Callable
from typing import Any

import pytest

from governance.import_people import check_file, check_kept, load
from governance.import_people.spec import Checked
from governance.models import PeopleImport
from tests.governance.pages.conftest import Counties, counties, enter

__all__ = ["counties", "enter"]

Check = Callable[[bytes], tuple[Checked, PeopleImport | None]]
ReadIn = Callable[..., PeopleImport]


@pytest.fixture
def check(counties: Counties) -> Check:
    """Give a function that checks a file as the administrator of the first county."""
    return lambda data: check_file(data, "personer.xlsx", actor=counties.administrator, county=counties.own)


@pytest.fixture
def read_in(counties: Counties, check: Check) -> ReadIn:
    """Give a function that checks a file and reads it in, as somebody who has seen the difference."""

    def do(data: bytes, **answers: str) -> PeopleImport:
        checked, kept = check(data)
        assert [(problem.place, problem.message) for problem in checked.problems] == []
        assert kept is not None
        if answers:
            kept.answers = {email.replace("__", "@").replace("_", "."): said for email, said in answers.items()}
            kept.save()
        _, checked = check_kept(kept, actor=counties.administrator)
        return load(kept, actor=counties.administrator, seen=checked.digest)

    return do


def places(checked: Checked) -> dict[str, str]:
    """Return what is to mend, by its place."""
    return {problem.place: problem.message for problem in checked.problems}


def rows_of(model: Any) -> list[dict[str, Any]]:
    """Return everything a table holds."""
    return list(model.objects.order_by("pk").values())
