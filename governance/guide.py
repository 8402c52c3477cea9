"""The guide for a new county: its steps, what has been typed in each, and the answers that they make together.

What is typed is kept as it was typed, in the session, and judged anew each time it is looked at: a step that was right
may have become wrong by what was changed before it. Nothing is written anywhere else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from governance.countyfile.begin import Answers, Group, write_new_county
from governance.countyfile.ready import ready_paths
from governance.countyfile.spec import RuleSpec
from governance.forms.buttons import pressed
from governance.forms.newcounty import (
    ABOUT_MEETINGS,
    BodiesForm,
    GroupRows,
    MunicipalitiesForm,
    OtherRows,
    PathForm,
    RegionForm,
)
from governance.forms.rows import MOST_ROWS, RowSet, silence
from governance.meeting_rules import MeetingRule, usual_rule
from governance.official import municipalities_of, regions
from governance.permissions import today
from governance.vocabulary import BodyKind, OrganisationKind, QuorumRule

STEPS = {
    "region": "Region",
    "organisationer": "Organisationer",
    "organ": "Organ",
    "arendegang": "Ärendegång",
    "granska": "Granska",
}
"""The steps by what they are called in the address, and their names."""
LAST = "granska"
LONGEST_VALUE = 300
"""Characters that are kept of what is typed in a field; no field takes as many."""
NOT_KEPT = {"csrfmiddlewaretoken", "tillbaka", "fortsatt"}

Typed = dict[str, list[str]]


@dataclass(frozen=True)
class Rows:
    """A list of a step, with the words around it."""

    formset: RowSet
    heading: str
    help: str
    title: str
    noun: str
    add: str


@dataclass(frozen=True)
class StepForms:
    """The form of a step and its lists."""

    form: forms.Form
    lists: tuple[Rows, ...] = ()

    @property
    def parts(self) -> tuple[Any, ...]:
        """Return the form and the lists, in the page's order."""
        return (self.form, *(one.formset for one in self.lists))

    def is_valid(self) -> bool:
        """Tell whether everything in the step is as it should be."""
        judged = [one.is_valid() for one in self.parts]
        return all(judged)

    def quiet(self) -> "StepForms":
        """Say nothing about what is typed."""
        silence(*self.parts)
        return self


LISTS = {"organisationer": ("ovriga",), "organ": ("bereder", "arbetar")}
"""The lists of each step that has any, by their prefix."""


class Guide:
    """One person's way through the guide."""

    def __init__(self, typed: dict[str, Typed]) -> None:
        """Take what has been typed so far, by step; it is changed in place."""
        self.typed = typed

    def keep(self, step: str, data: MultiValueDict[str, str]) -> None:
        """Keep what was typed in a step; another region's municipalities are ticked anew."""
        kept = {name: [value[:LONGEST_VALUE] for value in values] for name, values in data.lists()}
        kept = {name: values for name, values in kept.items() if name not in NOT_KEPT}
        if step == "region" and kept.get("region") != self.typed.get("region", {}).get("region"):
            self.typed.pop("organisationer", None)
        self.typed[step] = kept
        self.__dict__.pop("answers", None)

    def press(self, step: str, data: QueryDict) -> bool:
        """Add or remove a line where such a button was pressed, and keep the rest; tell whether one was."""
        button = pressed(data, LISTS.get(step, ()))
        if button is None:
            return False
        changed = MultiValueDict({name: data.getlist(name) for name in data})
        reshaped = button.reshaped(data, most=MOST_ROWS)
        lists = {name: [str(value)] for name, value in reshaped.items() if name.startswith(f"{button.key}-")}
        rest = {name: values for name, values in changed.lists() if not name.startswith(f"{button.key}-")}
        self.keep(step, MultiValueDict({**rest, **lists}))
        return True

    def forms(self, step: str) -> StepForms:
        """Return a step's forms: with what is kept in them, or as they begin."""
        data = self._data(step)
        match step:
            case "region":
                return StepForms(RegionForm(data))
            case "organisationer":
                form = MunicipalitiesForm(data, municipalities=municipalities_of(self.county_code))
                others = Rows(
                    OtherRows(data, prefix="ovriga"),
                    "Andra organisationer",
                    "Privata vårdgivare, förvaltningar och andra som är med. Lämna tomt om inga finns.",
                    "Organisation",
                    "organisationen",
                    "Lägg till en organisation",
                )
                return StepForms(form, (others,))
            case "organ":
                single = BodiesForm(data, municipality_count=len(self._municipalities))
                preparing = Rows(
                    GroupRows(data, prefix="bereder"),
                    "Beredningsgrupper",
                    "De bereder det som lämnas in och anmäler det till styrgruppen. Lämna tomt om inga finns.",
                    "Beredningsgrupp",
                    "beredningsgruppen",
                    "Lägg till en beredningsgrupp",
                )
                groups = Rows(
                    GroupRows(data, prefix="arbetar"),
                    "Arbetsgrupper",
                    "De skriver satsningarna och genomför dem.",
                    "Arbetsgrupp",
                    "arbetsgruppen",
                    "Lägg till en arbetsgrupp",
                )
                return StepForms(single, (preparing, groups))
            case _:
                known = {"preparing": self._preparing, "groups": self._groups}
                return StepForms(PathForm(data, initial={"galler_fran": today()}, namnd=self._namnd, **known))

    def _data(self, step: str) -> QueryDict | None:
        if step not in self.typed:
            return None
        data = QueryDict(mutable=True)
        for name, values in self.typed[step].items():
            data.setlist(name, values)
        return data

    def unfinished(self, before: str = LAST) -> str:
        """Return the first step, before the given one, that is not as it should be; empty when all are."""
        for step in STEPS:
            if step == before:
                return ""
            if step not in self.typed or not self.forms(step).is_valid():
                return step
        return ""

    @property
    def county_code(self) -> str:
        """Return the code of the region's county, or an empty text before one is chosen."""
        [code] = self.typed.get("region", {}).get("region", [""])[:1] or [""]
        return code if code in regions() else ""

    @property
    def _municipalities(self) -> list[str]:
        chosen: list[str] = self._cleaned("organisationer").get("kommuner", [])
        return chosen

    @cached_property
    def _bodies(self) -> StepForms:
        found = self.forms("organ")
        found.is_valid()
        return found

    @property
    def _preparing(self) -> list[str]:
        return _names(self._bodies, 0)

    @property
    def _groups(self) -> list[str]:
        return _names(self._bodies, 1)

    @property
    def _namnd(self) -> str:
        named: str = getattr(self._bodies.form, "cleaned_data", {}).get("namnd", "")
        return named

    def _cleaned(self, step: str) -> Mapping[str, Any]:
        form = self.forms(step).form
        form.is_valid()
        return getattr(form, "cleaned_data", {})

    @cached_property
    def answers(self) -> Answers:
        """Return what has been answered; every step is as it should be."""
        organisations, bodies = self.forms("organisationer"), self.forms("organ")
        path = self._cleaned("arendegang")
        organisations.is_valid()
        bodies.is_valid()
        single = bodies.form.cleaned_data
        ready = ready_paths()[path["arendegang"]]
        second = path.get("gemensam") if ready.has_second_level else ""
        return Answers(
            county_code=self.county_code,
            municipalities=tuple(organisations.form.cleaned_data["kommuner"]),
            others=tuple(
                (row.cleaned_data["namn"], OrganisationKind(row.cleaned_data["slag"]))
                for row in organisations.lists[0].formset.kept()
            ),
            styrgrupp=single["styrgrupp"],
            rule=_rule(single),
            meeting=_meeting(single),
            prefix=single["nummerstart"],
            support=single["stod"],
            namnd=single["namnd"],
            preparing=tuple(_names(bodies, 0)),
            groups=tuple(
                Group(name=name, works_for=int(place) if (place := path.get(f"grupp-{number}")) else None)
                for number, name in enumerate(_names(bodies, 1))
            ),
            path=path["arendegang"],
            second_level=int(second) if second else None,
            limit=path.get("grans") if ready.has_limit else None,
            in_force_from=path["galler_fran"],
            decided_by=path["beslutad_av"],
        )

    def file(self) -> str:
        """Return the county file; every step is as it should be."""
        return write_new_county(self.answers)


def _names(bodies: StepForms, place: int) -> list[str]:
    """Return the names in a list of the step of bodies; a line that is wrong has none."""
    if not bodies.form.is_bound:
        return []
    return [name for row in bodies.lists[place].formset.kept() if (name := row.cleaned_data.get("namn"))]


def _rule(single: Mapping[str, Any]) -> RuleSpec:
    quorum = QuorumRule(single["kvorum"])
    return RuleSpec(
        quorum=quorum,
        share=single["andel"] if quorum == QuorumRule.ANDEL else None,
        municipalities=single["antal"] if quorum == QuorumRule.REGION_OCH_KOMMUNER else None,
    )


def _meeting(single: Mapping[str, Any]) -> MeetingRule:
    """Return how the styrgrupp meets: what is ticked holds, the others do not, the rest is as usual."""
    said: dict[str, Any] = {key: key in single["moten"] for key, _ in ABOUT_MEETINGS}
    return replace(usual_rule(BodyKind.STYRGRUPP), **said)
