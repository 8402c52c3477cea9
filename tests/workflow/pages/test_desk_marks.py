"""The words of a matter with a secrecy mark stand on no desk that the rule hides them from, whichever mark it is."""

from datetime import timedelta
from itertools import product

from django.utils import timezone

from governance.permissions import today
from tests.workflow.desks import lines
from tests.workflow.meetings.after_building import FLEN, After
from tests.workflow.world import World
from workflow.desk.vocabulary import DeskKind
from workflow.meetings.after.duties import Duty, add_duty
from workflow.meetings.after.rights import hidden_duties
from workflow.meetings.models import AgendaItem, Beslutsuppdrag, OvrigtArende, Utdrag
from workflow.meetings.rights import is_secret, read_by_receiver
from workflow.meetings.vocabulary import SharePurpose
from workflow.rights import viewer

MARK, WORDS = "OSL 25 kap. 1 §", "Ta fram en rutin."


def test_desk_hides_what_the_rule_hides_under_every_mark(world: World) -> None:
    after = After(world)
    contact, paragraf = after.contact(), after.decided_matter()
    duty = Duty(kind="uppdrag", text=WORDS, responsible_id=world.body(FLEN).pk, due=today())
    add_duty(after.meeting.pk, paragraf.pk, duty, actor=world.secretary)
    after.send(paragraf, {world.body(FLEN).pk: SharePurpose.ATGARD})
    sent = Utdrag.objects.get(receiver=world.body(FLEN)).sent_at
    at, now = (None, sent - timedelta(hours=1), sent + timedelta(hours=1)), timezone.now()
    seen = set()

    for own, of_matter, written, lifted, marked_at in product(("", MARK), ("", MARK), ("", MARK), (None, now), at):
        OvrigtArende.objects.update(sekretess=of_matter)
        AgendaItem.objects.filter(pk=paragraf.item_id).update(
            sekretess=own, mark_in_minutes=written, mark_lifted_at=lifted, marked_at=marked_at
        )
        row = Beslutsuppdrag.objects.select_related("paragraf__item__matter").get()
        is_hidden = bool(hidden_duties(viewer(contact), [row]))
        [line] = lines(contact, DeskKind.VERKSTALL)
        assert (WORDS not in line.title) == is_hidden
        reads = Utdrag.objects.filter(read_by_receiver(), receiver=world.body(FLEN)).exists()
        assert bool(lines(contact, DeskKind.UTDRAG)) == reads
        seen.add((is_secret(row.paragraf.item), is_hidden, reads))

    assert seen == {(False, False, True), (True, False, True), (True, True, False)}
