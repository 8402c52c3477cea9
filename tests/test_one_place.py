"""What may be done in one place only is done there: stations, the journal, revisions, requirements, queries."""

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core import checks
from django.db import connection
from django.template import engines
from django.test.utils import CaptureQueriesContext

from governance.vocabulary import MoveKind, RequirementCode
from satsningar.requirements import REQUIREMENTS as CONTENT_REQUIREMENTS
from workflow import checks as own_checks
from workflow import steps
from workflow.requirements import REQUIREMENTS as ACT_REQUIREMENTS
from workflow.vocabulary import Act

ROOT = Path(__file__).resolve().parent.parent
APPS = ("config", "governance", "satsningar", "workflow")


def sources() -> Iterator[tuple[str, ast.Module, str]]:
    """Yield every module of the house but migrations: its path, its tree and its text."""
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts:
                text = path.read_text(encoding="utf-8")
                yield path.relative_to(ROOT).as_posix(), ast.parse(text), text


def calls(tree: ast.Module, name: str) -> bool:
    """Tell whether a module calls something of this name, as a function or as a method."""
    return any(
        isinstance(node, ast.Call)
        and (
            (isinstance(node.func, ast.Attribute) and node.func.attr == name)
            or (isinstance(node.func, ast.Name) and node.func.id == name)
        )
        for node in ast.walk(tree)
    )


def writes_station(tree: ast.Module) -> bool:
    """Tell whether a module sets `.station` or hands `station=` to something that writes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(target, ast.Attribute) and target.attr == "station" for target in targets):
                return True
        if isinstance(node, ast.Call):
            function = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if function in {"update", "create", "bulk_create", "update_or_create", "Arende", "Satsning"} and any(
                keyword.arg == "station" for keyword in node.keywords
            ):
                return True
    return False


def test_station_is_written_by_the_acts_alone() -> None:
    assert {path for path, tree, _ in sources() if writes_station(tree)} == {"workflow/creation.py"}
    assert {path for path, tree, _ in sources() if calls(tree, "go")} == {"workflow/actions.py"}


def test_journal_is_written_in_one_place() -> None:
    inserts = {path for path, _, text in sources() if "INSERT INTO workflow_journal" in text}
    made = {path for path, tree, _ in sources() if calls(tree, "JournalEntry") or calls(tree, "JournalPayload")}

    assert inserts == {"workflow/journal.py"}
    assert made == set()


def test_revision_is_frozen_in_one_place() -> None:
    inserts = {path for path, _, text in sources() if "INSERT INTO satsningar_revision" in text}
    made = {path for path, tree, _ in sources() if calls(tree, "Revision")}

    assert inserts == {"workflow/revisions.py"}
    assert made == set()


def test_acts_are_never_found_by_a_name_that_somebody_sent() -> None:
    """`getattr` with anything but a literal would find any method; moves are found among rows."""
    found = {
        path
        for path, tree, _ in sources()
        for node in ast.walk(tree)
        if path in {"workflow/actions.py", "workflow/kinds.py", "workflow/deciding.py", "workflow/rights.py"}
        and isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "getattr"
    }

    assert found == set()


def test_each_requirement_is_implemented_once() -> None:
    codes = [*CONTENT_REQUIREMENTS, *ACT_REQUIREMENTS]

    assert sorted(codes) == sorted(RequirementCode)


@pytest.mark.parametrize("missing", [True, False])
def test_start_is_stopped_by_a_requirement_implemented_never_or_twice(
    monkeypatch: pytest.MonkeyPatch, *, missing: bool
) -> None:
    if missing:
        monkeypatch.delitem(CONTENT_REQUIREMENTS, RequirementCode.SYFTE)
    else:
        monkeypatch.setitem(ACT_REQUIREMENTS, RequirementCode.SYFTE, lambda _content, _facts: iter(()))

    errors = own_checks.each_requirement_has_one_implementation()

    assert [error.id for error in errors] == ["workflow.E001" if missing else "workflow.E002"]
    assert all(isinstance(error, checks.Error) for error in errors)


def test_each_kind_of_move_is_an_act_of_the_journal() -> None:
    assert {kind.value for kind in MoveKind} <= set(Act.values)
    assert set(steps.EFFECTS) <= set(MoveKind)


def test_no_template_tag_asks_the_database(db: None) -> None:
    library = engines["django"].engine.template_libraries["satsningar_tags"]  # type: ignore[attr-defined]
    source = inspect.getsource(inspect.getmodule(next(iter(library.filters.values()))))  # type: ignore[arg-type]
    names = {node.attr for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Attribute)}

    assert names.isdisjoint({"objects", "_default_manager", "cursor", "select_related", "prefetch_related"})
    with CaptureQueriesContext(connection) as caught:
        engines["django"].from_string("{% load satsningar_tags %}").render({})
    assert len(caught) == 0
