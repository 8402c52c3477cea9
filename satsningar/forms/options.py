"""The only place that says what the references of a part may be chosen from: the county's own, not ended."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import groupby
from typing import Any

from django.db import models as db

from governance.models import Organisation
from governance.models.target import CountyItem
from satsningar.content import Content
from satsningar.models import Effektmatt, Satsning
from satsningar.partspec import PARTS
from satsningar.references import references

GROUPED_BY = {"Malsattning": "fokusomrade", "Matt": "indikator"}
"""Lines of the target picture that are shown below the line they belong to."""


class Option:
    """Something a reference may be made to: its key, its name and the heading it stands below."""

    __slots__ = ("group", "key", "name")

    def __init__(self, key: int, name: str, group: str = "") -> None:
        """Keep what is shown."""
        self.key, self.name, self.group = key, name, group


class Options:
    """What may be chosen in one part of one satsning; each kind is asked for once, when it is needed.

    What is chosen already stays on offer, also when it has ended since.
    """

    def __init__(self, content: Content, code: str, value: Mapping[str, Any]) -> None:
        """Take the satsning's content and the value that is being edited."""
        self.content = content
        self.spec = PARTS[code]
        self.value = value
        self._found: dict[type[db.Model], list[Option]] = {}

    @cached_property
    def chosen(self) -> dict[type[db.Model], dict[int, str]]:
        """What the value refers to already, with its name as it was read."""
        chosen: dict[type[db.Model], dict[int, str]] = {}
        for target, key, name in references(self.spec, self.value):
            chosen.setdefault(target, {})[key] = name
        return chosen

    def of(self, target: type[db.Model]) -> list[Option]:
        """Return what a reference to `target` may be made to, in the county's order."""
        if target not in self._found:
            options = list(self._current(target))
            known = {option.key for option in options}
            ended = [(key, name) for key, name in self.chosen.get(target, {}).items() if key not in known and name]
            self._found[target] = options + [Option(key, f"{name} (har upphört)") for key, name in ended]
        return self._found[target]

    def choices(self, column: db.Field[Any, Any]) -> Sequence[tuple[Any, Any]]:
        """Return the choices of a column's field, grouped where the county groups them."""
        if not isinstance(column, db.ForeignKey):
            return ()
        choices: list[tuple[Any, Any]] = []
        for group, options in groupby(self.of(column.related_model), key=lambda option: option.group):
            pairs = [(option.key, option.name) for option in options]
            choices += [(group, pairs)] if group else pairs
        return choices

    def _current(self, target: type[db.Model]) -> Iterable[Option]:
        if target is Organisation:
            return [Option(organisation.id, organisation.name) for organisation in self.content.organisations]
        if target is Effektmatt:
            return [Option(row["id"], row["namn"]) for row in self.content.rows("uppfoljning", "matt")]
        if issubclass(target, CountyItem):
            return self._of_county(target, self.chosen.get(target, ()))
        msg = f"no rule for what may be chosen among {target.__name__}"
        raise TypeError(msg)

    def _of_county(self, target: type[CountyItem], chosen: Collection[int]) -> list[Option]:
        county = Satsning.objects.filter(pk=self.content.satsning_id).values("county")
        rows = target._default_manager.filter(db.Q(ended_on=None) | db.Q(pk__in=list(chosen)), county__in=county)
        group = GROUPED_BY.get(target.__name__)
        if group is None:
            return [Option(key, name) for key, name in rows.values_list("pk", "name")]
        ordered = rows.order_by(f"{group}__position", f"{group}_id", "position", "pk")
        return [Option(*row) for row in ordered.values_list("pk", "name", f"{group}__name")]
