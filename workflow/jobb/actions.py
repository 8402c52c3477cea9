"""The only place where work that a person waits for is asked for, carried out and its progress written down.

A task of that kind stands in a module called ``jobs``, takes the row to write its progress in, and returns the
address of what came of it::

    @jobb.task("moten.handlingar")
    def make_papers(row: Jobbstatus, meeting_id: int) -> str:
        for number, item in enumerate(items):
            jobb.progress(row, number, len(items))
            ...
        return reverse("handlingar", args=[meeting_id])

and is asked for, in the transaction of the act that needs it, by
``jobb.start(make_papers, owner=…, county=…, title="Handlingar till 3 november", meeting_id=meeting.pk)``.

What it makes it writes in a transaction of its own at the end: progress is seen by others once it is committed.
"""

import inspect
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone

from governance import jobs
from governance.models import County, Person
from workflow.errors import NotFromHere
from workflow.jobb.models import Jobblage, Jobbstatus

TRIES = 3
"""Times that work is tried while somebody waits for it."""
TITLE, MESSAGE = 200, 300
"""Characters that are kept of each."""
AGAIN = "Något gick fel. Ett nytt försök görs om en liten stund."


def task(kind: str, *, tries: int = TRIES) -> Callable[[Callable[..., str]], "jobs.Task[..., None]"]:
    """Make a function that takes a `Jobbstatus`, and keys and codes by name, a task whose progress is shown.

    It returns the address of what it made, on this site. Effects when a job is carried out, in order: the row says that
    it is going on; the function is called; the row says that it is done, and where the result is. When the function
    raises, the row says that another try is made or that it has failed. Work that is done already is not done again.

    Args:
        kind: what jobs in the queue call it.
        tries: how many times it is tried before it has failed.

    """

    def register(function: Callable[..., str]) -> "jobs.Task[..., None]":
        def carry_out(jobb_id: int, **arguments: jobs.Argument) -> None:
            _carry_out(function, jobb_id, arguments)

        first, *others = inspect.signature(function).parameters.values()
        named = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in others]
        carry_out.__signature__ = inspect.Signature([first.replace(name="jobb_id", annotation=int), *named])  # type: ignore[attr-defined] # read by jobs.defer
        return jobs.task(kind, tries=tries, given_up=give_up)(carry_out)

    return register


def start(
    task: "jobs.Task[..., None]",
    *,
    owner: Person,
    county: County,
    title: str,
    total: int = 0,
    **arguments: jobs.Argument,
) -> Jobbstatus:
    """Ask for work, in the caller's transaction; return the row whose page (``jobb``) shows how far it has come.

    Args:
        task: what is to be done.
        owner: who asks, and alone sees the page.
        county: whose it is about.
        title: what is made, as the page's heading says it: "Handlingar till länsstyrgruppen 3 november 2026".
        total: how many parts there are, if known.
        arguments: what the task takes besides the row.

    Raises:
        TypeError: the task takes other arguments, or one is a text.

    """
    with transaction.atomic():
        row = Jobbstatus.objects.create(
            kind=task.name, arguments=arguments, title=title[:TITLE], owner=owner, county=county, total=total
        )
        jobs.defer(task, jobb_id=row.pk, **arguments)
    return row


def progress(row: Jobbstatus, done: int, total: int, message: str = "") -> None:
    """Write down that so many of so many parts are ready, and in a few words what is being done; one statement."""
    now = {"done": min(done, total), "total": total, "message": message[:MESSAGE]}
    Jobbstatus.objects.filter(pk=row.pk, state=Jobblage.PAGAR).update(**now)


def try_again(jobb_id: int, *, actor: Person) -> None:
    """Ask once more for work that failed.

    Raises:
        Jobbstatus.DoesNotExist: there is none, or it is somebody else's.
        NotFromHere: it has not failed.

    """
    with transaction.atomic():
        row = Jobbstatus.objects.select_for_update().get(pk=jobb_id, owner=actor)
        task = jobs.task_named(row.kind)
        if row.state != Jobblage.MISSLYCKAD or task is None:
            raise NotFromHere("Det går bara att försöka igen när arbetet har misslyckats. Öppna sidan på nytt.")
        row.state, row.done, row.message = Jobblage.VANTAR, 0, ""
        row.started_at = row.finished_at = None
        row.save()
        jobs.defer(task, jobb_id=row.pk, **row.arguments)


def give_up(jobb_id: int, **_arguments: Any) -> None:
    """Say that the work has failed, where it has not been done; the workers that tried were killed."""
    _write(jobb_id, state=Jobblage.MISSLYCKAD, message="", finished_at=timezone.now())


def _carry_out(function: Callable[..., str], jobb_id: int, arguments: dict[str, Any]) -> None:
    row = _begin(jobb_id)
    if row is None:
        return
    try:
        url = _checked(function(row, **arguments))
    except Exception:
        this = jobs.running()
        if this is None or this.is_last:
            give_up(jobb_id)
        else:
            _write(jobb_id, state=Jobblage.VANTAR, message=AGAIN)
        raise
    _write(jobb_id, state=Jobblage.KLAR, result_url=url, message="", finished_at=timezone.now())


def _begin(jobb_id: int) -> Jobbstatus | None:
    """Say that the work goes on; return its row, or None where it is done or nobody waits for it any more."""
    with transaction.atomic():
        row = Jobbstatus.objects.select_for_update().filter(pk=jobb_id).first()
        if row is None or row.state == Jobblage.KLAR:
            return None
        row.state, row.started_at, row.done, row.message = Jobblage.PAGAR, timezone.now(), 0, ""
        row.save()
        return row


def _checked(url: str) -> str:
    if not url.startswith("/"):
        raise ValueError("The result of work is an address on this site.")
    return url


def _write(jobb_id: int, **values: Any) -> None:
    Jobbstatus.objects.filter(pk=jobb_id).exclude(state=Jobblage.KLAR).update(**values)
