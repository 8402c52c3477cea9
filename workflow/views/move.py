"""Making a move: what goes on, to whom and what is needed is checked on one page, and then done."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from governance.models import Body
from governance.paths import MoveValue
from governance.permissions import Standing, today
from governance.vocabulary import MoveKind
from satsningar import content
from satsningar.content import Content
from satsningar.cost import cost_of
from satsningar.formfields import DayField
from satsningar.models import Satsning
from satsningar.requirements import Gap
from workflow import facts
from workflow.actions import perform
from workflow.avsteg.showing import gaps_with_avsteg
from workflow.comments.showing import gathered
from workflow.deciders import brought_to
from workflow.errors import Incomplete, Invalid, NoMandate, NotFromHere, Refusal, Stale
from workflow.facts import Facts
from workflow.forms.moves import RENAMED, MoveForm
from workflow.forms.refusals import add_refusal
from workflow.requests import person_of, viewer_of
from workflow.rights import path_of, standing_for, station_of
from workflow.saying import refusal_of_mandate
from workflow.selectors.cases import bodies_of_county, readable_case
from workflow.selectors.moves import why_not_yet
from workflow.views.checking import choices_of, gaps_before, papers_of, summary_of
from workflow.words import MoveWords, words_of

SHOW_DAY = "visa_dag"
"""The button that shows who sat in the body on the day that is written."""


@login_required
def move(request: HttpRequest, satsning_id: int, move: str) -> HttpResponse:
    """Show what is to be checked, or make the move."""
    satsning = readable_case(viewer_of(request), satsning_id)
    found = path_of(satsning).move_from(satsning.station, move)
    if found is None:
        raise NotFromHere(
            f"Det här går inte att göra från steget {station_of(satsning).name}."
            " Satsningen kan ha gått vidare sedan du öppnade sidan."
        )
    standing = standing_for(viewer_of(request), found, satsning)
    if standing is None:
        raise NoMandate(refusal_of_mandate(found, satsning, person_of(request)))
    if why := why_not_yet(found, satsning):
        raise NotFromHere(why)
    return MovePage(request, satsning, found, standing).answer()


class MovePage:
    """One move of one case, being checked or made."""

    def __init__(self, request: HttpRequest, satsning: Satsning, move: MoveValue, standing: Standing) -> None:
        """Keep what the page is about; what it shows is read when it is shown."""
        self.request, self.satsning, self.move, self.standing = request, satsning, move, standing
        targets = " eller ".join(path_of(satsning).stations[code].name for code in move.targets)
        self.words: MoveWords = words_of(
            move, satsning, targets.lower(), brought_to(move, satsning, self.bodies, self.cost)
        )

    @cached_property
    def content(self) -> Content:
        """Return the case's content."""
        return content.read(self.satsning.pk)

    @cached_property
    def cost(self) -> Decimal | None:
        """Return what the satsning costs, in kronor."""
        return cost_of(self.content.parts)

    @cached_property
    def bodies(self) -> tuple[Body, ...]:
        """Return the county's bodies."""
        return bodies_of_county(self.satsning.county_id)

    @cached_property
    def facts(self) -> Facts:
        """Return what has been done around the case."""
        return facts.read(self.satsning.pk)

    def answer(self) -> HttpResponse:
        """Return the page, or make the move and go back to the case."""
        if self.request.method != "POST":
            gaps = gaps_before(self.move, self.content, self.facts)
            return self._show(self._form(None), {"gaps": self._rows(gaps), "ready": not gaps})
        form = self._form(self.request.POST)
        if SHOW_DAY in self.request.POST:
            return self._show(form, {"ready": True, "quiet": True})
        if not form.is_valid():
            return self._show(form, {"ready": True}, 422)
        try:
            perform(
                self.satsning.pk,
                self.move.code,
                actor=person_of(self.request),
                expected_edition=form.edition_seen,
                reason=form.value("reason"),
                target=form.value("target"),
                inputs=form.inputs(),
            )
        except Invalid as refusal:
            add_refusal(form, refusal, RENAMED)
            return self._show(form, {"ready": True}, refusal.status)
        except (NotFromHere, NoMandate):
            raise
        except Refusal as refusal:
            return self._refused(form, refusal)
        messages.success(self.request, self.words.done)
        return redirect("satsning", self.satsning.pk)

    def _refused(self, form: MoveForm, refusal: Refusal) -> HttpResponse:
        """Show the form again with everything typed, and why it was refused."""
        shown: dict[str, Any] = {"ready": True, "refusal": str(refusal), "has_errors": True}
        if isinstance(refusal, Incomplete):
            shown |= {"refusal": "", "gaps": self._rows(refusal.gaps)}
        if isinstance(refusal, Stale):
            shown |= {"edition": Satsning.objects.values_list("edition", flat=True).get(pk=self.satsning.pk)}
        return self._show(form, shown, refusal.status)

    def _rows(self, gaps: Sequence[Gap]) -> list[dict[str, Any]]:
        """Return what is missing, with how the avsteg of each requirement stands."""
        return gaps_with_avsteg(viewer_of(self.request), self.satsning, (self.move.gate,), gaps, self.facts)

    def _day(self) -> date:
        """Return the day of the meeting as posted; today where it is none."""
        try:
            return DayField(required=False).clean(self.request.POST.get("meeting_date", "")) or today()
        except ValidationError:
            return today()

    def _form(self, data: Any) -> MoveForm:
        choices = choices_of(self.satsning, self.move, self.standing, self._day(), self.cost)
        initial: dict[str, Any] = {"edition": self.satsning.edition}
        reached = path_of(self.satsning).next_move(
            self.move.target_from(self.satsning.station) or self.satsning.station, self.cost
        )
        if reached and reached.code in dict(choices.proposed):
            initial["proposed_move"] = reached.code
        if self.move.in_meeting:
            initial["meeting_date"] = today()
        people = [one for one, _ in choices.handlaggare]
        if people:
            me = person_of(self.request).pk
            initial["handlaggare"] = me if me in people else people[0]
        return MoveForm(data, move=self.move, words=self.words, choices=choices, initial=initial)

    def _show(self, form: MoveForm, more: dict[str, Any], status: int = 200) -> HttpResponse:
        edition = more.get("edition") or (form["edition"].value() if form.is_bound else self.satsning.edition)
        context = {
            "satsning": self.satsning,
            "title": self.content.title,
            "move": self.move,
            "words": self.words,
            "form": form,
            "edition": edition,
            "rows": summary_of(
                self.satsning,
                self.move,
                self.standing,
                read=self.content,
                known=self.facts,
                bodies=self.bodies,
            ),
            "papers_avsteg": papers_of(self.satsning, self.move, self.content, self.facts),
            "gathered": gathered(self.satsning, self.content) if self.move.kind == MoveKind.LAMNA_KOMPLETTERING else [],
            "crumbs": [(reverse("satsning", args=[self.satsning.pk]), self.content.title)],
        }
        return render(self.request, "satsning/gor.html", context | more, status=status)
