"""The words of a matter that is no satsning: what somebody hands in, checked, and what stands there."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from django.core.exceptions import ValidationError

from governance.models import ArendegangVersion, Body, Fokusomrade
from satsningar.cleaning import TEXT_LIMIT, clean_text
from workflow.errors import Invalid
from workflow.meetings.models import OvrigtArende
from workflow.meetings.vocabulary import MatterKind

TITLE_LIMIT, MARK_LIMIT = 200, 100
_TEXTS = {
    "title": (TITLE_LIMIT, True),
    "background": (TEXT_LIMIT, False),
    "forslag": (TEXT_LIMIT, False),
    "sekretess": (MARK_LIMIT, True),
}
"""The longest each text may be, and whether it is one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterWords:
    """What a matter says. `version_id` and `fokusomrade_id` are what the decision is about, where there is such."""

    kind: str
    title: str
    background: str = ""
    forslag: str = ""
    version_id: int | None = None
    fokusomrade_id: int | None = None
    sekretess: str = ""

    @property
    def columns(self) -> dict[str, Any]:
        """Return them by the names of the columns."""
        return asdict(self)


NAMES = tuple(one.name for one in fields(MatterWords))


def words_of(matter: OvrigtArende) -> MatterWords:
    """Return what a matter says."""
    return MatterWords(**{name: getattr(matter, name) for name in NAMES})


def checked(words: MatterWords, body: Body, *, matter_id: int | None = None) -> MatterWords:
    """Return the words as they are stored.

    What the decision is about is locked, so that no other matter takes it up at the same time.

    Args:
        words: as they were handed in.
        body: before which the matter is brought.
        matter_id: the matter they are to stand in; None for a new one.

    Raises:
        Invalid: a text is missing or too long, there is no such kind, or the decision cannot be about that.

    """
    errors: dict[str, list[str]] = {}
    cleaned: dict[str, Any] = words.columns
    for name, (limit, one_line) in _TEXTS.items():
        try:
            cleaned[name] = clean_text(cleaned[name], limit=limit, one_line=one_line).strip()
        except ValidationError as error:
            errors[name] = error.messages
    if not cleaned["title"]:
        errors.setdefault("title", ["Skriv en rubrik."])
    if words.kind not in MatterKind.values:
        errors["kind"] = ["Välj vad ärendet gäller."]
    errors |= _about(words, body, matter_id)
    if errors:
        raise Invalid(errors)
    return MatterWords(**cleaned)


def _about(words: MatterWords, body: Body, matter_id: int | None) -> Mapping[str, list[str]]:
    """Return what is wrong with what the decision is to be about."""
    found: dict[str, list[str]] = {}
    if words.version_id is not None:
        versions = ArendegangVersion.objects.filter(arendegang__county=body.county_id, pk=words.version_id)
        found["version_id"] = _wrong(
            words.kind == MatterKind.ARENDEGANG,
            "Välj en version bara när ärendet gäller en version av ärendegången.",
            versions.select_for_update(of=("self",)).first(),
            OvrigtArende.objects.filter(version=words.version_id, closed_at=None).exclude(pk=matter_id or 0).exists(),
        )
    if words.fokusomrade_id is not None:
        areas = Fokusomrade.objects.filter(county=body.county_id, pk=words.fokusomrade_id)
        found["fokusomrade_id"] = _wrong(
            words.kind == MatterKind.FOKUSOMRADE,
            "Välj ett fokusområde bara när ärendet gäller ett fokusområde.",
            areas.select_for_update(of=("self",)).first(),
            OvrigtArende.objects.filter(fokusomrade=words.fokusomrade_id, closed_at=None)
            .exclude(pk=matter_id or 0)
            .exists(),
        )
    return {name: messages for name, messages in found.items() if messages}


def _wrong(fits: bool, misfit: str, row: ArendegangVersion | Fokusomrade | None, taken: bool) -> list[str]:
    if not fits:
        return [misfit]
    if row is None:
        return ["Välj något som finns i länet."]
    if row.minuted_on is not None:
        return [f"{row} är redan beslutat: {row.minuted_by} {row.minuted_on}, {row.decided_paragraph}."]
    return [f"Det finns redan ett öppet ärende om {row}."] if taken else []
