"""The page where cases are chosen for a move to another version, and the page where it has been tried out."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from governance.models import ArendegangVersion
from governance.paths import PathVersion, path_version
from satsningar.models import Satsning
from workflow.errors import Invalid
from workflow.links import gap_rows
from workflow.requests import person_of, viewer_of
from workflow.rights import readable
from workflow.versions.forms import CHOSEN, EVERY, MappingForm, ReasonForm, chosen_ids, written_editions
from workflow.versions.holding import movable
from workflow.versions.moving import ask_for_move, move_some
from workflow.versions.origins import origins_of
from workflow.versions.selectors import listed_cases, stations_held
from workflow.versions.trying import Trial, lost, try_out

PER_PAGE = 100
SHOWN_GAPS = 3
TRY, MOVE = "prova", "flytta"
"""The buttons: try it out, and do it."""

Crumbs = list[tuple[str, str]]


class ChoosePage:
    """One version whose cases are moved, and the one they are moved to, if there is any."""

    def __init__(
        self,
        request: HttpRequest,
        version: ArendegangVersion,
        targets: list[ArendegangVersion],
        target: ArendegangVersion | None,
        crumbs: Crumbs,
    ) -> None:
        """Keep what the page is about."""
        self.request, self.version, self.targets, self.target, self.crumbs = request, version, targets, target, crumbs
        self.who = viewer_of(request)
        self.old = path_version(version.pk)

    def answer(self) -> HttpResponse:
        """Return the page that was asked for."""
        if self.target is None:
            return self._render("versioner/valj.html", {})
        new = path_version(self.target.pk)
        if self.request.method != "POST":
            return self._show(new, self._mapping_form(None, new), {})
        if MOVE in self.request.POST:
            return self._move(new)
        return self._try(new)

    def _render(self, template: str, more: dict[str, Any], status: int = 200) -> HttpResponse:
        context = {
            "version": self.version,
            "targets": self.targets,
            "target": self.target,
            "crumbs": self.crumbs,
            **more,
        }
        return render(self.request, template, context, status=status)

    def _mapping_form(self, data: Any, new: PathVersion) -> MappingForm:
        self.held = stations_held(self.who, self.old)
        self.origins = origins_of(movable(self.who, self.old.id))
        return MappingForm(data, old=self.old, new=new, stations=self.held, origins=self.origins.values())

    def _show(self, new: PathVersion, form: MappingForm, more: dict[str, Any], status: int = 200) -> HttpResponse:
        page = Paginator(listed_cases(self.who, self.old.id), PER_PAGE).get_page(self.request.GET.get("sida"))
        ticked = chosen_ids([*self.request.POST.getlist(CHOSEN), *self.request.GET.getlist(CHOSEN)])
        rows = [
            {**row, "step": self.old.stations[row["station"]], "ticked": row["pk"] in ticked}
            for row in page.object_list
        ]
        context = {
            "form": form,
            "page": page,
            "rows": rows,
            "every": self.request.POST.get("vilka") == EVERY,
            "total": sum(self.held.values()),
            "new": new,
        }
        return self._render("versioner/valj.html", context | more, status)

    def _try(self, new: PathVersion) -> HttpResponse:
        """Show what would become of the chosen cases."""
        form = self._mapping_form(self.request.POST, new)
        cases = self._chosen()
        valid = form.is_valid()
        if valid:
            own = [self.origins[case.pk] for case in cases if case.pk in self.origins]
            form.demand(lost(self.old, new, form.mapping(), {case.station for case in cases}, own))
        if not cases or form.errors:
            missing = "" if cases else "Välj minst en satsning."
            return self._show(new, form, {"missing": missing, "has_errors": True}, 422)
        trials = try_out(cases, self.old, new, form.mapping())
        return self._tried(new, form, trials, None)

    def _chosen(self) -> list[Satsning]:
        """Return the cases that were ticked, or all that may be moved."""
        cases = movable(self.who, self.old.id).select_related("beslutsorgan")
        if self.request.POST.get("vilka") != EVERY:
            cases = cases.filter(pk__in=chosen_ids(self.request.POST.getlist(CHOSEN)))
        return list(cases)

    def _tried(
        self, new: PathVersion, form: MappingForm, trials: list[Trial], reason: ReasonForm | None, status: int = 200
    ) -> HttpResponse:
        going = [trial for trial in trials if trial.is_movable]
        if reason is None:
            editions = [(trial.satsning.pk, trial.satsning.edition) for trial in going]
            reason = ReasonForm(initial={"fall": written_editions(editions)})
        context = {
            "new": new,
            "form": form,
            "reason": reason,
            "has_errors": bool(reason.errors),
            "going": [_shown(trial) for trial in going],
            "staying": [trial for trial in trials if not trial.is_movable],
        }
        return self._render("versioner/prova.html", context, status)

    def _move(self, new: PathVersion) -> HttpResponse:
        """Keep what is asked for, move the first of the cases, and lead to the page that shows how far it has come."""
        form, reason = self._mapping_form(self.request.POST, new), ReasonForm(self.request.POST)
        valid, has_reason = form.is_valid(), reason.is_valid()
        if not valid or "fall" in reason.errors:
            return self._show(new, form, {"missing": "Provkör igen.", "has_errors": True}, 422)
        editions = reason.cleaned_data["fall"]
        try:
            flytt = ask_for_move(
                self.old,
                new,
                form.mapping(),
                editions,
                reason=reason.cleaned_data["reason"] if has_reason else "",
                actor=person_of(self.request),
            )
        except Invalid as refusal:
            if set(refusal.errors) != {"reason"}:
                return self._show(new, form, {"missing": str(refusal), "has_errors": True}, 422)
            for sentence in refusal.errors["reason"] if has_reason else ():
                reason.add_error("reason", sentence)
            cases = readable(self.who).filter(pk__in=editions, version=self.old.id).select_related("beslutsorgan")
            trials = try_out(list(cases.order_by("pk")), self.old, new, form.mapping())
            return self._tried(new, form, trials, reason, 422)
        move_some(flytt, actor=person_of(self.request))
        return redirect("versionsflytt", flytt.pk)


def _shown(trial: Trial) -> dict[str, Any]:
    """Return a case that can be moved as the page shows it, with the first of what it will lack."""
    return {
        "trial": trial,
        "gaps": gap_rows(trial.satsning.pk, trial.gaps[:SHOWN_GAPS]),
        "more": max(0, len(trial.gaps) - SHOWN_GAPS),
    }
