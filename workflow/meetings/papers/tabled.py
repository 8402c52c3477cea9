"""The only reader of what lies on the table: frozen where it has been frozen, as it is now where it has not."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from django.db.models import Prefetch, Q, prefetch_related_objects

from governance import prepared
from governance.paths import MoveValue
from satsningar import content
from satsningar.content import Content
from satsningar.models import Bilaga, Handling
from satsningar.partspec import PARTS
from satsningar.present import part_text
from satsningar.revisions import PartDifference, RevisionDamaged, difference, revision_content
from satsningar.vocabulary import Handlingsslag
from workflow import facts
from workflow.avsteg.applied import in_papers
from workflow.facts import Facts
from workflow.gates import gaps
from workflow.meetings.models import AgendaItem, OvrigBilaga, Underlag
from workflow.meetings.papers.content import Tabled, TabledFile, from_json
from workflow.meetings.rights import mark_of
from workflow.models import Anmalan
from workflow.rights import path_of
from workflow.selectors.documents import HIDDEN_TITLE

BILAGA, OVRIG = "bilaga", "ovrig"
_OF_A_CASE = ("anmalan__satsning", "anmalan__revision", "anmalan__made_by")
"""In which table a file is kept."""
Parts = Mapping[str, Mapping[str, Any]]


def tabled_of(items: Iterable[AgendaItem]) -> dict[int, Tabled]:
    """Return what lies on the table by item id, in one number of statements however many items there are.

    An item whose papers are frozen has its newest `Underlag`; any other has its matter as it is now, and is not
    `is_frozen`. Secrecy marks are those of now: a file marked since is named by its mark. Who may read an item with a
    mark is for the caller to ask.

    Args:
        items: as `items_of` gives them.

    """
    asked = list(items)
    found = {one.item_id: _thawed(one) for one in newest_underlag(asked)}
    found |= live_of([item for item in asked if item.pk not in found])
    closed = _marked_since(found.values())
    return {item.pk: _as_marked(found[item.pk], item, closed) for item in asked}


def newest_underlag(items: Iterable[AgendaItem]) -> list[Underlag]:
    """Return the newest frozen papers of the items that have any; one statement."""
    rows = Underlag.objects.filter(item__in=[item.pk for item in items])
    return list(rows.order_by("item_id", "-number").distinct("item_id"))


def live_of(items: Sequence[AgendaItem]) -> dict[int, Tabled]:
    """Return the matters of the items as they are now, by item id, in one number of statements."""
    bilagor = Prefetch("matter__bilagor", OvrigBilaga.objects.filter(removed_at=None))
    prefetch_related_objects(items, bilagor, "matter__created_by_body", *_OF_A_CASE)
    cases = [(item, item.anmalan) for item in items if item.anmalan]
    found = {item.pk: _of_text(item) for item in items if not item.anmalan}
    if cases:
        found |= _of_cases(cases)
    return found


def differences(tabled: Tabled, previous: Parts) -> list[PartDifference]:
    """Return what differs between what the body had last time and what lies on the table, part by part."""
    return difference(previous, tabled.parts)


_REVISIONS = """
SELECT r.satsning_id, r.number, r.content, r.sha256 FROM satsningar_revision r
JOIN unnest(%s::bigint[], %s::int[]) asked(satsning_id, number)
ON r.satsning_id = asked.satsning_id AND r.number = asked.number
"""


def previous_of(papers: Iterable[Tabled]) -> dict[int, Parts]:
    """Return what the body had of each case last time, by the satsning's id, in one statement.

    A case that the body sees for the first time, and one whose revision is damaged, is left out.
    """
    asked = [(one.satsning_id, one.last_revision) for one in papers if one.satsning_id and one.last_revision]
    if not asked:
        return {}
    rows = prepared.fetch_all(_REVISIONS, [[one for one, _ in asked], [number for _, number in asked]])
    return {id_: json.loads(text) for id_, _, text, digest in rows if _digest(text) == digest}


def _thawed(underlag: Underlag) -> Tabled:
    known: dict[str, Any] = {"number": underlag.number, "frozen_at": underlag.frozen_at}
    if _digest(underlag.content) != underlag.sha256:
        return Tabled(title="", damaged="Handlingarna stämmer inte med sin kontrollsumma.", **known)
    return replace(from_json(underlag.content), **known)


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _of_text(item: AgendaItem) -> Tabled:
    """Return the papers of an item that is no satsning."""
    matter = item.matter
    if matter is None:
        return Tabled(title=item.title, background=item.text, sekretess=item.sekretess)
    files = tuple(TabledFile(OVRIG, one.pk, one.name, one.size, one.sha256) for one in matter.bilagor.all())
    text = "\n\n".join(piece for piece in (matter.background, item.text) if piece)
    made_by = matter.created_by_body.name if matter.created_by_body else ""
    return Tabled(
        title=item.title,
        made_by=made_by,
        background=text,
        forslag=matter.forslag,
        files=files,
        sekretess=mark_of(item),
    )


def _of_cases(cases: Sequence[tuple[AgendaItem, Anmalan]]) -> dict[int, Tabled]:
    ids = [anmalan.satsning_id for _, anmalan in cases]
    read, known, last = content.read_many(ids), facts.read_many(ids), _last_of(cases)
    documents: dict[int, list[Handling]] = {}
    listed = Handling.objects.filter(satsning__in=ids, only_body=None).exclude(bilaga__removed_at__isnull=False)
    for one in listed.select_related("bilaga").order_by("date", "id"):
        documents.setdefault(one.satsning_id, []).append(one)
    return {
        item.pk: _of_case(
            item,
            anmalan,
            read=read[anmalan.satsning_id],
            known=known[anmalan.satsning_id],
            documents=documents.get(anmalan.satsning_id, []),
            last=last.get(item.pk),
        )
        for item, anmalan in cases
    }


def _of_case(  # noqa: PLR0913 - what the papers of a case are made of
    item: AgendaItem,
    anmalan: Anmalan,
    *,
    read: Content,
    known: Facts,
    documents: Sequence[Handling],
    last: tuple[int, Parts] | None,
) -> Tabled:
    satsning = anmalan.satsning
    try:
        parts = revision_content(anmalan.revision)
    except RevisionDamaged as damage:
        return Tabled(title=item.title, reference=satsning.reference, satsning_id=satsning.pk, damaged=str(damage))
    path = path_of(satsning)
    move = path.move_from(satsning.station, anmalan.move)
    gate = move.gate if move else None
    mark = next((one.secrecy for one in documents if _is_statement(one, anmalan) and one.secrecy), "")
    last_number, last_parts = last or (None, parts)
    target = (move.target_from(satsning.station, anmalan.target) if move else anmalan.target) or ""
    return Tabled(
        title=item.title or str(parts["uppdrag"]["titel"]),
        reference=satsning.reference,
        satsning_id=satsning.pk,
        revision_id=anmalan.revision_id,
        revision_number=anmalan.revision.number,
        last_revision=last_number,
        move=anmalan.move,
        move_name=_name_of(move or next((one for one in path.moves if one.code == anmalan.move), None), anmalan),
        target=path.stations[target].name if target in path.stations else "",
        made_by=anmalan.made_by.name,
        utlatande="" if mark else anmalan.utlatande,
        utlatande_sekretess=mark,
        rekommendation=anmalan.rekommendation,
        forslag=anmalan.forslag,
        background=item.text,
        gaps=tuple(gap.message for gap in gaps(gate, read, known)),
        avsteg=tuple(in_papers(anmalan.avsteg, (gate,), read, known)),
        changed=tuple(_changed(last_parts, parts)),
        parts=parts,
        files=tuple(_file(one.bilaga, one.secrecy) for one in documents if one.bilaga),
        sekretess=item.sekretess,
    )


def _changed(old: Parts, new: Parts) -> Iterator[str]:
    """Yield the parts that read otherwise than before, without asking which words of them do."""
    for code, spec in PARTS.items():
        before, after = old.get(code) or spec.empty(), new.get(code) or spec.empty()
        if before != after and part_text(code, before) != part_text(code, after):
            yield code


def _name_of(move: MoveValue | None, anmalan: Anmalan) -> str:
    return move.name if move else anmalan.move


def _is_statement(handling: Handling, anmalan: Anmalan) -> bool:
    return handling.kind == Handlingsslag.UTLATANDE and handling.revision_id == anmalan.revision_id


def _file(bilaga: Bilaga, mark: str) -> TabledFile:
    whole = TabledFile(BILAGA, bilaga.pk, bilaga.name, bilaga.size, bilaga.sha256)
    return _closed(whole, mark) if mark else whole


def _closed(file: TabledFile, mark: str) -> TabledFile:
    return replace(file, name=f"{HIDDEN_TITLE} ({mark})", size=0, sha256="")


_LAST = """
SELECT asked.item_id, r.number, r.content, r.sha256
FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) asked(item_id, satsning_id, body_id)
JOIN LATERAL (
  SELECT had.revision_id FROM (
    (SELECT b.revision_id, 1 AS rank FROM workflow_beslut b LEFT JOIN workflow_paragraf p ON p.beslut_id = b.id
     WHERE b.satsning_id = asked.satsning_id AND b.body_id = asked.body_id
       AND p.item_id IS DISTINCT FROM asked.item_id ORDER BY b.meeting_date DESC, b.id DESC LIMIT 1)
    UNION ALL
    (SELECT u.revision_id, 2 FROM workflow_underlag u JOIN workflow_agendaitem i ON i.id = u.item_id
     JOIN workflow_meeting m ON m.id = i.meeting_id JOIN workflow_anmalan a ON a.id = i.anmalan_id
     WHERE a.satsning_id = asked.satsning_id AND m.body_id = asked.body_id AND i.id <> asked.item_id
       AND u.revision_id IS NOT NULL ORDER BY u.frozen_at DESC, u.id DESC LIMIT 1)
  ) had ORDER BY had.rank LIMIT 1
) newest ON true
JOIN satsningar_revision r ON r.id = newest.revision_id
"""


def _last_of(cases: Sequence[tuple[AgendaItem, Anmalan]]) -> dict[int, tuple[int, Parts]]:
    """Return, by item id, the revision that the body last decided on, else had on its table: number and content."""
    asked = [
        [item.pk for item, _ in cases],
        [anmalan.satsning_id for _, anmalan in cases],
        [anmalan.body_id for _, anmalan in cases],
    ]
    rows = prepared.fetch_all(_LAST, asked)
    return {id_: (number, json.loads(text)) for id_, number, text, digest in rows if _digest(text) == digest}


@dataclass(frozen=True, slots=True)
class _Marks:
    """The secrecy marks of now: of files by their key, and of utlåtanden by the revision that they are about."""

    files: Mapping[int, str] = field(default_factory=dict)
    statements: Mapping[int, str] = field(default_factory=dict)


def _marked_since(papers: Iterable[Tabled]) -> _Marks:
    """Return the secrecy marks of now; one statement where there is anything that may have got one."""
    frozen = [tabled for tabled in papers if tabled.is_frozen]
    ids = [one.id for tabled in frozen for one in tabled.files if one.kept_in == BILAGA]
    revisions = [tabled.revision_id for tabled in frozen if tabled.utlatande and tabled.revision_id]
    if not ids and not revisions:
        return _Marks()
    about = Q(bilaga__in=ids) | Q(kind=Handlingsslag.UTLATANDE, revision__in=revisions)
    rows = Handling.objects.filter(about).exclude(secrecy="").values_list("bilaga_id", "revision_id", "secrecy")
    return _Marks(
        {bilaga: mark for bilaga, _, mark in rows if bilaga},
        {revision: mark for bilaga, revision, mark in rows if revision and not bilaga},
    )


def _as_marked(tabled: Tabled, item: AgendaItem, closed: _Marks) -> Tabled:
    mark = closed.statements.get(tabled.revision_id or 0, "")
    if mark:
        tabled = replace(tabled, utlatande="", utlatande_sekretess=mark)
    return replace(
        tabled, title=tabled.title or item.title, sekretess=mark_of(item), files=tuple(_files(tabled, closed.files))
    )


def _files(tabled: Tabled, closed: Mapping[int, str]) -> Iterator[TabledFile]:
    for one in tabled.files:
        yield _closed(one, closed[one.id]) if one.kept_in == BILAGA and one.id in closed else one
