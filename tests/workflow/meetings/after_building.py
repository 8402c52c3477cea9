"""Paragraphs of a meeting and what comes of them, made as rows: what makes them is tested where it is."""

from dataclasses import dataclass, field
from uuid import uuid4

from django.utils import timezone

from governance.models import Body, Membership, Organisation, Person
from governance.vocabulary import BodyKind, Role, StationKind
from satsningar.models import Satsning
from tests.workflow.meetings.building import add_item, make_meeting
from tests.workflow.world import STYRGRUPP, World
from workflow.meetings.acts import keeper_of, record_for_body
from workflow.meetings.after.extracts import send, who_keeps
from workflow.meetings.after.receivers import decided_paragraphs, proposed_receivers
from workflow.meetings.minutes.actions import draw_up
from workflow.meetings.minutes.rounds import approve, send_for_justering
from workflow.meetings.models import AgendaItem, Beslutsuppdrag, Meeting, OvrigtArende, Paragraf, Utdrag
from workflow.meetings.vocabulary import DutyKind, ItemKind, MatterKind, MeetingState, Outcome
from workflow.models import Anmalan, Beslut
from workflow.vocabulary import Act

FAR_ON = 900
"""A number that no meeting of a test comes to."""
FLEN, TROSA = "kontakt-flen", "kontakt-trosa"


@dataclass
class After:
    """A meeting whose minutes are adjusted, with the paragraphs that a test needs."""

    world: World
    meeting: Meeting = field(init=False)

    def __post_init__(self) -> None:
        """Hold the meeting with one item of information, and let its chair adjust the minutes."""
        held, keeper = make_meeting(self.world, state=MeetingState.AVSLUTAT), self.world.secretary
        self.meeting = held
        opened = add_item(
            self.world, held, kind=ItemKind.STAENDE, title="Sammanträdet öppnas", settled_at=timezone.now()
        )
        self._numbered(opened.pk, Outcome.BEHANDLAT, number=FAR_ON)
        minutes = draw_up(held.pk, actor=keeper, expected_edition=held.edition)
        send_for_justering(held.pk, actor=keeper, expected_edition=held.edition + 1)
        approve(minutes.pk, actor=self.world.person(STYRGRUPP, Role.ORDFORANDE))
        self.meeting = Meeting.objects.select_related("body").get(pk=held.pk)

    def decided_case(self, outcome: str = Outcome.BIFALL, *, condition: str = "", sekretess: str = "") -> Paragraf:
        """Return the paragraph by which a new case was approved."""
        satsning = self.world.carried_to(StationKind.BESLUTAD)
        return self.paragraf(satsning, outcome, condition=condition, sekretess=sekretess)

    def paragraf(
        self, satsning: Satsning, outcome: str = Outcome.BIFALL, *, condition: str = "", sekretess: str = ""
    ) -> Paragraf:
        """Return the paragraph of the newest decision on a case."""
        anmalan = Anmalan.objects.filter(satsning=satsning).latest("pk")
        item = add_item(
            self.world,
            self.meeting,
            kind=ItemKind.ARENDE,
            anmalan=anmalan,
            title=satsning.uppdrag.titel,
            sekretess=sekretess,
            settled_at=timezone.now(),
        )
        beslut = Beslut.objects.filter(anmalan=anmalan).latest("pk")
        return self._numbered(item.pk, outcome, condition=condition, beslut=beslut)

    def decided_matter(
        self, *, sekretess: str = "", title: str = "Val av ledamot", kind: str = MatterKind.UTNAMNING
    ) -> Paragraf:
        """Return the paragraph by which another matter was approved."""
        body = self.meeting.body
        matter = OvrigtArende.objects.create(
            body=body, kind=kind, title=title, sekretess=sekretess, created_by=self.world.secretary
        )
        item = add_item(
            self.world, self.meeting, kind=ItemKind.OVRIGT, matter=matter, title=title, settled_at=timezone.now()
        )
        return self._numbered(item.pk, Outcome.BIFALL)

    def noted(self) -> Paragraf:
        """Return the paragraph of an item of information."""
        return self._numbered(add_item(self.world, self.meeting, settled_at=timezone.now()).pk, Outcome.NOTERAT)

    def _numbered(
        self, item_id: int, outcome: str, *, condition: str = "", beslut: Beslut | None = None, number: int = 0
    ) -> Paragraf:
        body, year = self.meeting.body, self.meeting.day.year
        number = number or Paragraf.objects.filter(body=body, year=year, number__lt=FAR_ON).count() + 1
        responsible = beslut.satsning.ansvarig_grupp if beslut else None
        asked = (
            [[DutyKind.VILLKOR.value, condition, responsible.pk if responsible else None, None]] if condition else []
        )
        said = {
            "year": year,
            "number": number,
            "label": f"§ {number}",
            "outcome": outcome,
            "wording": "Satsningen godkänns.",
            "decided": "Satsningen godkänns i sin helhet.",
            "condition": condition,
            "reason": "",
            "quorum": "Regionen och nio kommuner var närvarande.",
            "participants": [[1, "Exempelperson Närvarande", "ledamot", self.organisation().pk, True, False, ""]],
            "votes": [],
            "ballot_result": "",
        }
        words = str(Outcome(outcome).label)
        act_id = record_for_body(
            body,
            Act.MOTE_BESLUT,
            actor=self.world.secretary,
            standing=keeper_of(self.meeting, self.world.secretary, who_keeps),
            payload={"paragrafer": [{**said, "item": item_id, "words": words, "to_meeting": None, "uppdrag": asked}]},
        )
        paragraf = Paragraf.objects.create(
            **said,
            item_id=item_id,
            body=body,
            outcome_words=words,
            beslut=beslut,
            act_id=act_id,
            recorded_at=timezone.now(),
            recorded_by=self.world.secretary,
        )
        if condition:
            Beslutsuppdrag.objects.create(
                paragraf=paragraf,
                body=body,
                kind=DutyKind.VILLKOR,
                text=condition,
                responsible=responsible,
                created_at=timezone.now(),
                created_by=self.world.secretary,
            )
        return paragraf

    def send(self, paragraf: Paragraf, receivers: dict[int, str] | None = None, *, actor: Person | None = None) -> None:
        """Send an extract, to those that are proposed where nobody is named."""
        if receivers is None:
            [row] = [one for one in decided_paragraphs(self.meeting) if one.pk == paragraf.pk]
            receivers = {one.body.pk: one.purpose.value for one in proposed_receivers([row])[row.pk]}
        edition = Meeting.objects.values_list("edition", flat=True).get(pk=self.meeting.pk)
        actor = actor or self.world.secretary
        send(self.meeting.pk, paragraf.pk, receivers, actor=actor, expected_edition=edition)

    def sent_to(self, paragraf: Paragraf, body: str) -> Utdrag:
        """Return the extract that a body has been sent."""
        return Utdrag.objects.get(paragraf=paragraf, receiver__code=body)

    def contact(self, body: str = FLEN) -> Person:
        """Return the contact of an organisation."""
        return self.world.person(body, Role.KONTAKTPERSON)

    def representative(self, body: str = FLEN) -> Person:
        """Return the member of the deciding body who represents a contact body's organisation."""
        organisation = self.organisation(body)
        self.world.members()
        seat = Membership.objects.get(
            body__code=STYRGRUPP, role=Role.LEDAMOT, represents=organisation, body__county=self.world.county
        )
        return seat.person

    def organisation(self, body: str = FLEN) -> Organisation:
        """Return the organisation of a contact body."""
        organisation = self.world.body(body).organisation
        assert organisation is not None
        return organisation

    def contact_bodies(self) -> list[Body]:
        """Return the contact bodies of the county."""
        return list(Body.objects.filter(county=self.world.county, kind=BodyKind.ORGANISATION))


def one_of_each(meeting: Meeting, by: Person, text: str) -> None:
    """Let the first item of a meeting have a paragraph, an extract to the meeting's own body and a duty, as rows."""
    now, body = timezone.now(), meeting.body
    paragraf = Paragraf.objects.create(
        item=AgendaItem.objects.filter(meeting=meeting)[0],
        body=body,
        year=meeting.day.year,
        number=FAR_ON + 1 + Paragraf.objects.count(),
        label="§ 1",
        outcome=Outcome.BIFALL,
        outcome_words="Bifall",
        decided=text,
        act_id=uuid4(),
        recorded_at=now,
        recorded_by=by,
    )
    Utdrag.objects.create(paragraf=paragraf, receiver=body, purpose="atgard", sent_at=now, sent_by=by)
    Beslutsuppdrag.objects.create(
        paragraf=paragraf, body=body, kind=DutyKind.UPPDRAG, text=text, created_at=now, created_by=by
    )
