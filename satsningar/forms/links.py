"""The links to the målbild as a list of boxes: one for everything the county steers towards, each with its why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models as db
from django.utils.text import capfirst

from satsningar.forms.options import Option, Options
from satsningar.forms.rows import ContentForm, FixedSet
from satsningar.models import KopplingRad

HELP_KEY = "koppling.kopplingar"


class LinkForm(ContentForm):
    """A box for one thing in the target picture, and why the satsning serves it."""

    group = ""
    """What the thing belongs to, an aim to its fokusområde."""

    def __init__(self, *args: Any, option: Option, options: Options, **kwargs: Any) -> None:
        """Put the box before the why."""
        super().__init__(*args, columns=_why(), help_key=HELP_KEY, options=options, **kwargs)
        self.title, self.group = option.name, option.group
        self.fields["vald"] = forms.BooleanField(label=option.name, required=False)
        self.fields["varfor"].label = "Varför?"
        self.order_fields(["vald", "varfor"])

    def clean(self) -> dict[str, Any]:
        """Refuse a why without its box, so that nothing written is lost silently."""
        cleaned = self.cleaned_data
        if cleaned.get("varfor") and not cleaned.get("vald"):
            self.add_error("vald", "Kryssa i rutan eller ta bort texten.")
        return cleaned


def _why() -> tuple[Any, ...]:
    return (KopplingRad._meta.get_field("varfor"),)


@dataclass(frozen=True)
class LinkGroup:
    """The boxes of one kind of target, as a page shows them."""

    kind: str
    title: str
    anchor: str
    forms: list[LinkForm]


class LinkSet(FixedSet):
    """A box for each line of the county's target picture; keys are `<kind>-<id>`."""

    def __init__(
        self, data: Mapping[str, Any] | None, *, prefix: str, options: Options, rows: Sequence[Mapping[str, Any]]
    ) -> None:
        """Make a line for each of the county's own, and for what is linked already."""
        stored = {_target(row): row for row in rows}
        found = {f"{kind}-{option.key}": option for kind in KopplingRad.TARGETS for option in options.of(_model(kind))}

        def make(key: str, *, data: Mapping[str, Any] | None, prefix: str) -> LinkForm:
            row = stored.get(key)
            initial = {"vald": row is not None, "varfor": row["varfor"] if row else ""}
            return LinkForm(
                data, prefix=prefix, initial=initial, option=found[key], options=options, use_required_attribute=False
            )

        super().__init__(data, prefix=prefix, keys=found, make=make)

    @property
    def groups(self) -> list[LinkGroup]:
        """The boxes by kind of target, in the order they are asked about."""
        groups = []
        for kind in KopplingRad.TARGETS:
            mine = [form for key, form in self.by_key() if key.startswith(f"{kind}-")]
            title = capfirst(str(_model(kind)._meta.verbose_name_plural))
            groups.append(LinkGroup(kind, title, f"id_{self.prefix}-{kind}", mine))
        return groups

    def by_key(self) -> list[tuple[str, LinkForm]]:
        """Return each line's key and form."""
        return [(str(key), form) for key, form in zip(self.keys, self.forms, strict=True) if isinstance(form, LinkForm)]

    def chosen(self, stored: Sequence[Mapping[str, Any]]) -> list[tuple[LinkForm, dict[str, Any]]]:
        """Return the ticked lines with their forms; a link that was there keeps its id."""
        ids = {_target(row): row["id"] for row in stored}
        pairs = []
        for key, form in self.by_key():
            if form.cleaned_data.get("vald"):
                kind, _, target = key.rpartition("-")
                row: dict[str, Any] = {f"{name}_id": None for name in KopplingRad.TARGETS}
                row |= {"id": ids.get(key), f"{kind}_id": int(target), "varfor": form.cleaned_data["varfor"]}
                pairs.append((form, row))
        return pairs


def _model(kind: str) -> type[db.Model]:
    model = KopplingRad._meta.get_field(kind).related_model
    if model is None:
        msg = f"{kind} is no reference"
        raise TypeError(msg)
    return model


def _target(row: Mapping[str, Any]) -> str:
    return next((f"{kind}-{row[f'{kind}_id']}" for kind in KopplingRad.TARGETS if row[f"{kind}_id"] is not None), "")
