"""The meetings of the demonstration: länsstyrgruppen has held two, and is called to one today.

What the two decide is what the course of *Mobila team i hela länet* needs: it is put off once, and approved with a
condition. Everything is done by the acts, on days that have been.
"""

from collections.abc import Iterable
from datetime import date, time
from itertools import takewhile

from governance.models import Fokusomrade, Membership, Person
from governance.permissions import today
from governance.workdays import workdays_after
from workflow.demo.clock import actual_today, ago, on
from workflow.demo.hands import AWAY, DECIDING, Case, Cast
from workflow.meetings.after.extracts import Receivers, confirm_delivery, send
from workflow.meetings.after.home import bring_home
from workflow.meetings.after.receivers import decided_paragraphs, proposed_receivers
from workflow.meetings.minutes.actions import draw_up
from workflow.meetings.minutes.rounds import approve, send_for_justering
from workflow.meetings.models import AgendaItem, Meeting, Paragraf, Utdrag
from workflow.meetings.planning.actions import Plan, plan
from workflow.meetings.planning.agenda import ItemWords, add_case, add_information
from workflow.meetings.planning.calling import call
from workflow.meetings.planning.matters.actions import create_matter, put_on_agenda
from workflow.meetings.planning.matters.words import MatterWords
from workflow.meetings.table.choices import AS_RECOMMENDED, Choice
from workflow.meetings.table.closing import close_meeting
from workflow.meetings.table.deciding import decide
from workflow.meetings.table.jav import set_jav
from workflow.meetings.table.keeping import MATTERS
from workflow.meetings.table.opening import open_meeting
from workflow.meetings.table.withdrawing import note_item
from workflow.meetings.vocabulary import HomeForm, JavSource, JavState, MatterKind, Outcome
from workflow.models import Anmalan

KEEPER, CHAIR, ADJUSTER = "sten", "lena", "lars"
FIRST, SECOND = 49, 21
"""Days ago that the two meetings were held."""
AHEAD, SENT = 20, 3
"""Days before a meeting that it is planned, never fewer than papers are due by, and after it that extracts are sent."""
PLACE = "Exempelsalen, Nyköping"


class Room:
    """One meeting of länsstyrgruppen, and the hands of those who keep it."""

    def __init__(self, cast: Cast, day: date, title: str) -> None:
        """Plan it."""
        self.cast, self.keeper, self.day = cast, cast.people[KEEPER], day
        wanted = Plan(day=day, starts=time(13), ends=time(16), place=PLACE, title=title)
        meeting = plan(cast.bodies[DECIDING].pk, wanted, actor=self.keeper)
        self.id, self.papers_due, self.kallelse_due = meeting.pk, meeting.papers_due, meeting.kallelse_due
        Meeting.objects.filter(pk=self.id).update(is_example=True)

    @property
    def edition(self) -> int:
        """Return the meeting's edition as it is now."""
        return Meeting.objects.values_list("edition", flat=True).get(pk=self.id)

    def put(self, case: Case) -> int:
        """Put what a case is brought for on the agenda; return the item's id."""
        anmalan = Anmalan.objects.get(satsning=case.id, closed_at=None)
        return add_case(self.id, anmalan.pk, actor=self.keeper).pk

    def put_matter(self, words: MatterWords) -> int:
        """Bring another matter and put it on the agenda; return the item's id."""
        matter_id = create_matter(self.cast.bodies[DECIDING].pk, words, actor=self.keeper)
        return put_on_agenda(matter_id, self.id, actor=self.keeper).pk

    def inform(self, title: str, text: str) -> None:
        """Put an item of information on the agenda."""
        words = ItemWords(title=title, text=text, duration=10, presenter=self.cast.people["rut"].name)
        add_information(self.id, words, actor=self.keeper, expected_edition=self.edition)

    def call(self) -> None:
        """Send out the kallelse."""
        call(self.id, actor=self.keeper, expected_edition=self.edition)

    def open(self) -> dict[str, Membership]:
        """Open it with those who are there, and come to the first matter; return everybody's seat by key."""
        seats = self.cast.seats(DECIDING)
        open_meeting(
            self.id,
            actor=self.keeper,
            expected_edition=self.edition,
            chair_id=seats[CHAIR].pk,
            secretary_id=seats[KEEPER].pk,
            adjuster_ids=[seats[ADJUSTER].pk],
            present=[seat.pk for key, seat in seats.items() if key not in AWAY],
        )
        left = AgendaItem.objects.filter(meeting=self.id, settled_at=None).order_by("position", "pk")
        for item in takewhile(lambda one: one.kind not in MATTERS, left):
            note_item(self.id, item.pk, actor=self.keeper)
        return seats

    def decide(self, item_id: int, choice: Choice = AS_RECOMMENDED) -> Paragraf:
        """Decide a matter."""
        return decide(self.id, item_id, choice, actor=self.keeper)

    def end(self) -> None:
        """Close it in the afternoon, draw up the minutes, and let them be adjusted the next morning."""
        with on(self.day, time(15, 20)):
            close_meeting(self.id, actor=self.keeper, expected_edition=self.edition)
            minutes = draw_up(self.id, actor=self.keeper, expected_edition=self.edition)
            send_for_justering(self.id, actor=self.keeper, expected_edition=self.edition)
        with on(workdays_after(self.day, 1), time(8)):
            for key in (CHAIR, ADJUSTER):
                approve(minutes.pk, actor=self.cast.people[key])

    def send_extracts(self) -> None:
        """Send the extracts to those who are proposed to have them."""
        found = decided_paragraphs(Meeting.objects.get(pk=self.id))
        for key, proposed in proposed_receivers(found).items():
            receivers: Receivers = {one.body.pk: one.purpose for one in proposed if one.has_members}
            if receivers:
                send(self.id, key, receivers, actor=self.keeper, expected_edition=self.edition)

    def receive(self, *waiting: str) -> None:
        """Let the extracts be received but by the bodies named, and what they hold be brought home."""
        rows = Utdrag.objects.filter(paragraf__item__meeting=self.id, delivered_at=None).select_related("receiver")
        home: dict[int, Person] = {}
        for extract in rows:
            if extract.receiver.code in waiting:
                continue
            who = self.cast.people[self.cast.receiving(extract.receiver.code)]
            confirm_delivery(extract.pk, actor=who)
            if extract.receiver.organisation_id is not None:
                home[extract.receiver.organisation_id] = who
        for organisation, who in home.items():
            how = "Gick igenom på ledningsgruppens möte."
            bring_home(self.id, organisation, form=HomeForm.LEDNING, held_on=today(), how=how, actor=who)


def mobile_teams_at_two_meetings(case: Case) -> None:
    """Let the first meeting put the matter off to the second, and the second approve it with a condition."""
    cast = case.cast
    with on(ago(FIRST + AHEAD)):
        first = Room(cast, ago(FIRST), "Ordinarie möte")
        second = Room(cast, ago(SECOND), "Ordinarie möte")
        item = first.put(case)
        plan_item = first.put_matter(_handlingsplan())
        first.inform("Läget i länet", "Regionalt stöd går igenom vilka satsningar som pågår och vad de väntar på.")
    with on(first.kallelse_due):
        first.call()
    with on(ago(FIRST), time(13)):
        first.open()
        first.decide(item, Choice(outcome=Outcome.BORDLAGGNING, to_meeting_id=second.id))
        first.decide(plan_item)
    first.end()
    with on(ago(FIRST - SENT)):
        first.send_extracts()
        first.receive()
    again = AgendaItem.objects.get(meeting=second.id, anmalan__satsning=case.id)
    with on(second.papers_due):
        focus = second.put_matter(_fokusomrade(cast))
    with on(second.kallelse_due):
        second.call()
    with on(ago(SECOND), time(13)):
        seats = second.open()
        set_jav(
            second.id,
            again.pk,
            seats["ludvig"].pk,
            state=JavState.JAV,
            source=JavSource.VID_BORDET,
            reason="Anhörig är anställd i satsningen.",
            actor=cast.people[KEEPER],
        )
        condition = Choice(
            condition="Kostnaden efter 2028 redovisas per kommun innan satsningen startar.",
            condition_responsible_id=case.satsning.ansvarig_grupp_id,
            condition_due=workdays_after(today(), 30),
        )
        second.decide(again.pk, condition)
        second.decide(focus)
    second.end()
    with on(ago(SECOND - SENT)):
        second.send_extracts()
        second.receive("kontakt-eskilstuna", "kontakt-flen")


def call_to_today(cast: Cast, cases: Iterable[Case]) -> None:
    """Call länsstyrgruppen to today's meeting, where these cases are to be decided; once."""
    if Meeting.objects.filter(body=cast.bodies[DECIDING], is_example=True, starts_at__date=actual_today()).exists():
        return
    with on(ago(AHEAD)):
        room = Room(cast, actual_today(), "Ordinarie möte")
        for case in cases:
            room.put(case)
        room.inform("Statsbidraget för nära vård 2027", "Regionalt stöd berättar om de nya villkoren (exempel).")
    with on(room.kallelse_due):
        room.call()


def _handlingsplan() -> MatterWords:
    return MatterWords(
        kind=MatterKind.HANDLINGSPLAN,
        title="Handlingsplan för Personcentrering 2027",
        background="Beredningsgruppen har tagit fram planen tillsammans med arbetsgrupperna (exempel).",
        forslag="Länsstyrgruppen godkänner handlingsplanen för 2027.",
    )


def _fokusomrade(cast: Cast) -> MatterWords:
    area = Fokusomrade.objects.filter(county=cast.county).order_by("position")[0]
    return MatterWords(
        kind=MatterKind.FOKUSOMRADE,
        title=f"Fokusområdet {area.name} gäller vidare",
        background="Fokusområdet har följts upp efter halva perioden (exempel).",
        forslag=f"Fokusområdet {area.name} gäller till och med {area.ends_on.isoformat()}.",
        fokusomrade_id=area.pk,
    )
