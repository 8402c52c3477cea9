"""What a satsning holds and lacks of one organisation: its own lines, what is not said yet, and where it is said."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Q
from django.urls import reverse

from governance.models import Membership, Organisation
from governance.permissions import today
from governance.vocabulary import StationKind
from satsningar.content import Content
from satsningar.models import Satsning
from satsningar.present import FieldText, row_texts
from satsningar.requirements import Gap
from satsningar.vocabulary import PartCode
from workflow.facts import Facts
from workflow.gates import gaps, gaps_of
from workflow.links import part_url
from workflow.models import Round, RoundAnswer
from workflow.rights import OWN_ROW_PARTS, Access, Viewer, access, own_organisations, path_of, station_of
from workflow.rounds.rights import answering_standing
from workflow.saying import who_writes
from workflow.selectors.tasks import shown_parts
from workflow.vocabulary import AnswerState, RoundKind

LISTS: Mapping[PartCode, str] = {
    PartCode.OMFATTNING: "deltagare",
    PartCode.RESURSER: "resurser",
    PartCode.EKONOMI: "kostnader",
    PartCode.INFORANDE: "kommuner",
    PartCode.VARDEN: "varden",
    PartCode.LAGE: "organisationer",
}
"""The lists whose lines are an organisation's, each in its part."""
WHOLE_LIST = "organisation_id"


@dataclass(frozen=True, slots=True)
class OwnGap:
    """Something that the organisation has not said: what, where it is said, and whether the next step needs it."""

    message: str
    url: str
    needed_now: bool


@dataclass(frozen=True, slots=True)
class OwnPart:
    """One matter that concerns the organisation: its lines, what is missing, and where or by whom it is written."""

    code: str
    title: str
    lines: tuple[tuple[FieldText, ...], ...]
    gaps: tuple[OwnGap, ...] = ()
    url: str = ""
    link: str = "Skriv"
    who: str = ""
    empty: str = "Det finns inga rader för organisationen."


@dataclass(frozen=True, slots=True)
class Own:
    """A satsning seen from one organisation."""

    organisation: Organisation
    takes_part: bool
    leads: bool
    parts: tuple[OwnPart, ...] = field(default=())

    @property
    def missing(self) -> int:
        """Return how many things are missing of the organisation."""
        return sum(len(part.gaps) for part in self.parts)


def organisations_of(who: Viewer, satsning: Satsning) -> list[Organisation]:
    """Return the organisations that a person speaks for in the case, in the county's order; one statement.

    Those the person answers for as their contact, and those the person represents in the ansvarig grupp.
    """
    mine = Q(pk__in=own_organisations(who, satsning))
    if satsning.ansvarig_grupp_id in who.bodies:
        seats = Membership.objects.current(today()).filter(person=who.person_id, body=satsning.ansvarig_grupp_id)
        mine |= Q(pk__in=seats.exclude(represents=None).values("represents"))
    found = Organisation.objects.filter(mine, county=satsning.county_id, ended_on=None)
    return list(found.order_by("position", "pk"))


def own_view(  # noqa: PLR0913 - what is seen: by whom, of what, for whom
    who: Viewer,
    satsning: Satsning,
    organisation: Organisation,
    *,
    read: Content,
    known: Facts,
    rounds: Sequence[Round],
    number: str,
) -> Own:
    """Return the case as one organisation meets it; no statements."""
    finder = _Finder(who, satsning, organisation, read, known)
    parts = [finder.part(part) for part in LISTS if part.value in shown_parts(satsning, read, known)]
    answers = [(one, held) for held in rounds for one in held.answers.all() if finder.is_asked(one)]
    if not any(finder.waits(one, held) for one, held in answers):
        parts += finder.unasked()
    parts += [finder.round(one, held) for one, held in answers]
    return Own(
        organisation=organisation,
        takes_part=any(one.id == organisation.pk for one in read.participants),
        leads=read.part(PartCode.UPPDRAG)["ledande_organisation_id"] == organisation.pk,
        parts=(*parts, finder.number(number)),
    )


class _Finder:
    """Looks through a case for what is one organisation's."""

    def __init__(
        self, who: Viewer, satsning: Satsning, organisation: Organisation, read: Content, known: Facts
    ) -> None:
        """Find what is missing: now, and further on along the path."""
        self.who, self.satsning, self.organisation, self.read, self.known = who, satsning, organisation, read, known
        self.answers_for = organisation.pk in own_organisations(who, satsning)
        path, station = path_of(satsning), station_of(satsning)
        self.now = set(gaps(path.next_gate(satsning.station), read, known))
        found = () if station.is_final else gaps_of(path.gates.values(), read, known)
        mine = [gap for gap in found if gap.organisation_id == organisation.pk]
        # Two requirements may ask for the same field; what is said there answers both.
        self.gaps = list({(gap.part, gap.field): gap for gap in reversed(mine)}.values())[::-1]

    def part(self, part: PartCode) -> OwnPart:
        """Return the organisation's lines of a part."""
        url, who = self._where(part)
        return OwnPart(
            code=part.value,
            title=part.label,
            lines=tuple(self._lines(part)),
            gaps=tuple(self._gap(gap, url) for gap in self.gaps if gap.part == part),
            url=url,
            link=f"Skriv i {part.label.lower()}",
            who=who,
        )

    def _lines(self, part: PartCode) -> Iterator[tuple[FieldText, ...]]:
        key = LISTS[part]
        for row in self.read.rows(part, key):
            if row["organisation_id"] == self.organisation.pk:
                texts = row_texts(part, key, row)
                yield tuple(one for one in texts if one.name != WHOLE_LIST and one.text)

    def _where(self, part: PartCode) -> tuple[str, str]:
        """Return where the person writes the part, or who does."""
        how = access(self.who, self.satsning, part, self.known)
        if how is Access.OWN_ROWS and self.answers_for:
            return f"{part_url(self.satsning.pk, part)}?organisation={self.organisation.pk}", ""
        if how in {Access.WRITE, Access.PROPOSE}:
            return part_url(self.satsning.pk, part), ""
        said = who_writes(self.satsning, part)
        running = part in OWN_ROW_PARTS and not station_of(self.satsning).is_final
        return "", f"{said} Raden kan också skrivas av {self.organisation.name}s kontaktperson." if running else said

    def _gap(self, gap: Gap, url: str) -> OwnGap:
        return OwnGap(gap.message, f"{url}#{gap.anchor}" if url else "", needed_now=gap in self.now)

    def is_asked(self, answer: RoundAnswer) -> bool:
        """Tell whether an answer is the organisation's own."""
        return answer.body.organisation_id == self.organisation.pk

    def waits(self, answer: RoundAnswer, held: Round) -> bool:
        """Tell whether an answer is still waited for."""
        return answer.state == AnswerState.VANTAR and held.is_open

    def unasked(self) -> Iterator[OwnPart]:
        """Yield the confirmation of resources where it is missing and nobody has asked for it yet."""
        wanted = [gap for gap in self.gaps if gap.part == RoundKind.RESURSBEKRAFTELSE]
        if wanted and station_of(self.satsning).kind == StationKind.BESLUTAD:
            yield OwnPart(
                code="bekraftelse",
                title=RoundKind.RESURSBEKRAFTELSE.label,
                lines=(),
                gaps=tuple(self._gap(gap, "") for gap in wanted),
                who=f"{self.satsning.ansvarig_grupp.name} eller regionalt stöd ber er om bekräftelsen.",
                empty="Ni är inte tillfrågade än.",
            )

    def round(self, answer: RoundAnswer, held: Round) -> OwnPart:
        """Return what the organisation has answered, or has to."""
        kind = RoundKind(held.kind).label
        waits = self.waits(answer, held)
        may = waits and answering_standing(self.who, answer.body) is not None
        url = reverse("runda_svara", args=[answer.pk]) if may else ""
        missing = f"Svara senast {answer.deadline.isoformat()}." if waits else ""
        lines = (
            FieldText("svar", "Svar", answer.outcome),
            FieldText("text", "Motivering", answer.text, markdown=True),
        )
        return OwnPart(
            code=f"svar-{answer.pk}",
            title=f"{kind}: {held.purpose}",
            lines=() if waits else (tuple(line for line in lines if line.text),),
            gaps=(OwnGap(missing, url, needed_now=True),) if missing else (),
            url=url,
            link="Svara",
            who="" if may or not waits else f"Svaras av den som är kontaktperson för {self.organisation.name}.",
            empty="Inget svar är lämnat.",
        )

    def number(self, number: str) -> OwnPart:
        """Return the organisation's own registry number."""
        url = reverse("diarienummer", args=[self.satsning.pk]) if self.answers_for else ""
        return OwnPart(
            code="diarienummer",
            title="Diarienummer",
            lines=((FieldText("nummer", "Nummer", number),),) if number else (),
            url=f"{url}?organisation={self.organisation.pk}" if url else "",
            link="Skriv diarienummer",
            who="" if url else f"Diarienumret skrivs av den som är kontaktperson för {self.organisation.name}.",
            empty="Organisationen har inte skrivit in något nummer.",
        )
