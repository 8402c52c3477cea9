"""What differs between two versions of minutes, or between a version and the records, in words."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from workflow.meetings.minutes.content import Dissenting, Entry, Minutes, from_json
from workflow.meetings.minutes.gathering import gather
from workflow.meetings.minutes.paper import presence_of
from workflow.meetings.models import Meeting, Protokoll

_FIELDS = (
    ("title", "Rubrik"),
    ("outcome", "Utfall"),
    ("proposal", "Förslag till beslut"),
    ("decided", "Beslut"),
    ("condition", "Villkor"),
    ("reason", "Skäl"),
    ("chair", "Ordförande i ärendet"),
    ("quorum", "Beslutsförhet"),
    ("ballot", "Omröstning"),
    ("text", "Redogörelse"),
    ("sekretess", "Sekretess"),
)
_HEAD = (("place", "Plats"), ("opened", "Öppnat"), ("closed", "Avslutat"), ("chair", "Ordförande"))


def differences(old: Minutes, new: Minutes, hidden: Collection[int]) -> list[dict[str, str]]:
    """Return what differs, as `components/compare.html` shows it.

    Args:
        old: the version before.
        new: the version after.
        hidden: ids of the items that the reader may not see.

    """
    rows = [_row("Mötet", label, getattr(old, name), getattr(new, name)) for name, label in _HEAD]
    rows.append(_row("Mötet", "Justeras av", ", ".join(old.adjusters), ", ".join(new.adjusters)))
    rows += _attendance(old, new)
    before = {entry.item_id: entry for entry in old.entries}
    after = {entry.item_id: entry for entry in new.entries}
    for item_id in dict.fromkeys((*before, *after)):
        if item_id not in hidden:
            rows += _entry(before.get(item_id), after.get(item_id))
    return [row for row in rows if row["change"] != "same"]


def is_outdated(meeting: Meeting, protokoll: Protokoll, *, in_round: bool = False) -> bool:
    """Tell whether the meeting's records, or the text beside them, say something else than the version does.

    Args:
        meeting: with the names of those who hold it.
        protokoll: the version.
        in_round: it is out for justering, where another may have been named to adjust it.

    """
    was, now = from_json(protokoll.content), gather(meeting, version=protokoll.number)
    if in_round:
        now = replace(now, adjusters=was.adjusters)
    return bool(differences(was, now, ()))


def _row(part: str, label: str, before: str, after: str) -> dict[str, str]:
    if before == after:
        change = "same"
    elif before:
        change = "changed" if after else "removed"
    else:
        change = "added"
    return {"part": part, "label": label, "before": before, "after": after, "change": change}


def _attendance(old: Minutes, new: Minutes) -> Iterator[dict[str, str]]:
    before = {one.membership_id: one for one in old.attending}
    after = {one.membership_id: one for one in new.attending}
    for id_ in dict.fromkeys((*before, *after)):
        was, now = before.get(id_), after.get(id_)
        name = (now or was or old.attending[0]).name
        yield _row("Närvaro", name, presence_of(was) if was else "", presence_of(now) if now else "")


def _entry(old: Entry | None, new: Entry | None) -> Iterator[dict[str, str]]:
    known = new or old
    if known is None:
        return
    part = f"{known.label} {known.title}"
    for name, label in _FIELDS:
        yield _row(part, label, getattr(old, name, ""), getattr(new, name, ""))
    yield _row(part, "Reservationer och anteckningar", _dissents(old), _dissents(new))


def _dissents(entry: Entry | None) -> str:
    return "\n\n".join(map(_dissent, entry.dissents)) if entry else ""


def _dissent(one: Dissenting) -> str:
    return f"{one.kind}, {one.name}: {one.text or 'ingen text'}"
