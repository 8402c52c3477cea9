"""What pages that take a sheet share: what is to mend and to know of it, and the template to fill in."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import Http404, HttpResponse

from governance.sheets import Problem
from governance.sheets.templates import CSV, XLSX

SHOWN = 200
"""Lines of one table; the rest is counted."""


def shown_of(problems: Sequence[Problem], notices: Sequence[str]) -> dict[str, Any]:
    """Return what `components/sheet_problems.html` and `components/sheet_notices.html` show."""
    return {
        "problems": problems[:SHOWN],
        "more_problems": max(0, len(problems) - SHOWN),
        "problem_count": len(problems),
        "notices": notices[:SHOWN],
    }


def template_response(name: str, ending: str, made: Mapping[str, Callable[[], bytes]]) -> HttpResponse:
    """Return a template to save.

    Args:
        name: of the file, without its ending.
        ending: the one asked for.
        made: what makes the file, by ending: `xlsx` and `csv`.

    Raises:
        Http404: there is none with that ending.

    """
    if ending not in made:
        raise Http404
    kind = {"xlsx": XLSX, "csv": CSV}[ending]
    headers = {"Content-Disposition": f'attachment; filename="{name}.{ending}"'}
    return HttpResponse(made[ending](), content_type=kind, headers=headers)
