"""The only place that says how the comments which a request for completion gathers become part of the request."""

from collections.abc import Sequence

from satsningar.cleaning import clean_text
from satsningar.vocabulary import PartCode
from workflow.comments.anchors import anchor_label
from workflow.comments.models import Kommentar, Kommentarbegaran
from workflow.comments.selectors import open_comments
from workflow.context import ActContext
from workflow.models.preparation import Komplettering

NOT_OPEN = "En av kommentarerna är inte öppen längre. Ladda om sidan och välj igen."


def check_gathered(act: ActContext) -> None:
    """Refuse comments that are not open comments of the case."""
    asked = set(act.inputs.comments)
    if asked and asked - {row.pk for row in open_comments(act.arende.pk)}:
        act.errors.add("comments", NOT_OPEN)


def write_requests(act: ActContext) -> None:
    """Write one request for each part that is asked about: the words written, and the comments gathered below them.

    Effects, in order: the requests are written; the comments are tied to them; the journal is told both.
    """
    chosen = set(act.inputs.comments)
    gathered = [row for row in open_comments(act.arende.pk) if row.pk in chosen] if chosen else []
    words: dict[str, list[str]] = {}
    for request in act.inputs.requests:
        words.setdefault(request.part, []).append(clean_text(request.text).strip())
    parts = [part.value for part in PartCode if part in words or any(row.part == part for row in gathered)]
    rows = Komplettering.objects.bulk_create(
        Komplettering(
            satsning_id=act.arende.pk,
            part=part,
            begaran="\n\n".join([*words.get(part, ()), *_lines([row for row in gathered if row.part == part])]),
            begard_av_id=act.standing.body_id,
            begard_at=act.at,
            gathers_only=part not in words,
        )
        for part in parts
    )
    by_part = {row.part: row for row in rows}
    Kommentarbegaran.objects.bulk_create(
        Kommentarbegaran(kommentar=row, komplettering=by_part[row.part]) for row in gathered
    )
    act.payload["requests"] = [[row.part, row.begaran] for row in rows]
    if gathered:
        act.payload["samlade"] = [[by_part[row.part].pk, row.pk] for row in gathered]


def _lines(rows: Sequence[Kommentar]) -> list[str]:
    """Return comments as the items of a list, each with what it is about."""
    if not rows:
        return []
    lines = (f"- **{anchor_label(row.part, row.field)}:** {' '.join(row.text.split())}" for row in rows)
    return ["\n".join(lines)]
