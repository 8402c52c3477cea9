"""Where an item stands on an agenda: pure functions over its order and its sections; nothing here reads or writes.

An agenda is a list of places in order. The places of a section stand together; an item that is moved past the edge of
its section goes into the next one before it passes anything there.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from workflow.meetings.planning.standing import DECISIONS, INFORMATION, Line
from workflow.meetings.vocabulary import ItemKind, StandingItem

DECIDED = frozenset({ItemKind.ARENDE, ItemKind.OVRIGT})
"""The kinds of item that something is decided in."""
_LAST = frozenset({StandingItem.OVRIGA_FRAGOR, StandingItem.AVSLUTANDE})


@dataclass(frozen=True, slots=True)
class Place:
    """An item's key and section, and what it is known by in a template."""

    key: int
    section: str = ""
    kind: str = ItemKind.INFORMATION
    standing: str = ""
    title: str = ""

    @property
    def known_as(self) -> tuple[str, str]:
        """Return what the item and its line in a template have in common."""
        return (self.kind, self.standing or self.title)


Places = tuple[Place, ...]


def step(places: Sequence[Place], key: int, *, up: bool) -> Places:
    """Return the places with one item a step up or down; the first has nowhere up to go, the last nowhere down."""
    order = list(places)
    at = _at(order, key)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(order):
        return tuple(order)
    if order[to].section != order[at].section:
        order[at] = replace(order[at], section=order[to].section)
    else:
        order[at], order[to] = order[to], order[at]
    return tuple(order)


def move(places: Sequence[Place], key: int, to: int) -> Places:
    """Return the places with one item at the place `to`, the first being 1; beyond either end is at that end.

    It keeps its section beside an item of that; elsewhere it takes that of the item it comes after, at the very top of
    the one it comes before.
    """
    order = list(places)
    moved = order.pop(_at(order, key))
    at = min(max(to, 1), len(order) + 1) - 1
    beside = [order[place].section for place in (at - 1, at) if 0 <= place < len(order)]
    if beside and moved.section not in beside:
        moved = replace(moved, section=beside[0])
    order.insert(at, moved)
    return tuple(order)


def into_section(places: Sequence[Place], key: int, section: str) -> Places:
    """Return the places with one item in another section: last in it, or where its own ends when there is none such."""
    order = list(places)
    moved = order.pop(_at(order, key))
    if moved.section == section:
        return tuple(places)
    same = [at for at, place in enumerate(order) if place.section == section]
    own = [at for at, place in enumerate(order) if place.section == moved.section]
    at = (same or own or [_at(places, key) - 1])[-1] + 1
    order.insert(at, replace(moved, section=section))
    return tuple(order)


def insert(places: Sequence[Place], new: Place, template: Sequence[Line]) -> Places:
    """Return the places with a new item where the template has its kind: after the others of the kind.

    Where there are none it comes before what follows in the template, or after what goes before; in a template
    without the kind, before the items that end a meeting.
    """
    order = list(places)
    kinds = DECIDED if new.kind in DECIDED else {new.kind}
    same = [at for at, place in enumerate(order) if place.kind in kinds]
    if same:
        order.insert(same[-1] + 1, replace(new, section=order[same[-1]].section))
        return tuple(order)
    wanted = ItemKind.ARENDE if new.kind in DECIDED else ItemKind(new.kind)
    line = next((at for at, one in enumerate(template) if one.kind == wanted), None)
    if line is None:
        section = DECISIONS if new.kind in DECIDED else INFORMATION
        at = next((at for at, place in enumerate(order) if place.standing in _LAST), len(order))
        order.insert(at, replace(new, section=section))
        return tuple(order)
    order.insert(_beside(order, template, line), replace(new, section=template[line].section))
    return tuple(order)


def _beside(order: Sequence[Place], template: Sequence[Line], line: int) -> int:
    """Return where an item of a template's line goes among the items that came of the other lines."""
    after = {(one.kind, one.standing or one.title) for one in template[line + 1 :]}
    before = {(one.kind, one.standing or one.title) for one in template[:line]}
    following = [at for at, place in enumerate(order) if place.known_as in after]
    if following:
        return following[0]
    preceding = [at for at, place in enumerate(order) if place.known_as in before]
    return preceding[-1] + 1 if preceding else len(order)


def _at(places: Sequence[Place], key: int) -> int:
    return next(at for at, place in enumerate(places) if place.key == key)
