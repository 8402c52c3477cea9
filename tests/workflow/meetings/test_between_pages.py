"""The pages of decisions between meetings: asked, answered, settled, and decided by the chair alone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from governance.models import Body, Membership
from governance.permissions import today
from governance.vocabulary import Role
from tests.workflow.meetings.building import chair_of
from tests.workflow.meetings.planning.helping import waiting
from tests.workflow.pages.helping import at, text_of
from tests.workflow.world import ARBETSGRUPP, STYRGRUPP, World
from workflow.meetings.models import Meeting, OvrigtArende, Paragraf, Vote
from workflow.meetings.vocabulary import MeetingForm, MeetingState


@pytest.fixture
def body(world: World) -> Body:
    """Give länsstyrgruppen, which decides between its meetings."""
    world.members()
    chair_of(world)
    found = world.body(STYRGRUPP)
    found.meeting_rule = {"per_capsulam": True, "delegation": True}
    found.save()
    return found


def asked(world: World, body: Body) -> tuple[Meeting, OvrigtArende]:
    """Return a question that the secretary has asked on its page, and what it is about."""
    matter = OvrigtArende.objects.create(
        body=body, kind="annat", title="Svar på remiss", forslag="Svaret lämnas.", created_by=world.secretary
    )
    data = {"brought": f"arende-{matter.pk}", "answer_by": (today() + timedelta(days=3)).isoformat()}
    done = at(world.secretary).post(f"/mellan-moten/{body.pk}/", data)
    meeting = Meeting.objects.get(form=MeetingForm.PER_CAPSULAM)
    assert done["Location"] == f"/moten/{meeting.pk}/svar/"
    return meeting, matter


def members(body: Body) -> list[Membership]:
    """Return everybody who is asked."""
    roles = (Role.ORDFORANDE, Role.VICE_ORDFORANDE, Role.LEDAMOT)
    return list(Membership.objects.filter(body=body, role__in=roles).order_by("pk"))


def test_everybody_answers_and_the_decision_is_made(world: World, body: Body) -> None:
    meeting, _ = asked(world, body)
    address = f"/moten/{meeting.pk}/svar/"
    one, *rest = members(body)
    assert "Svar på remiss" in text_of(at(one.person).get("/"))
    early = at(world.secretary).post(f"{address}avgor/")
    assert (early.status_code, "Svar väntas från" in text_of(early)) == (409, True)
    answer = at(one.person).post(address, {"membership": one.pk, "value": "ja"})
    assert answer.status_code == 302
    assert "Svar på remiss" not in text_of(at(one.person).get("/"))
    twice = at(one.person).post(address, {"membership": one.pk, "value": "nej"})
    assert (twice.status_code, "har redan röstat" in text_of(twice)) == (422, True)
    theirs = at(one.person).post(address, {"membership": rest[0].pk, "value": "ja"})
    assert theirs.status_code == 403
    for other in rest:
        at(world.secretary).post(address, {"membership": other.pk, "value": "ja"})
    assert "För in beslutet" in text_of(at(world.secretary).get(address))

    assert at(world.secretary).post(f"{address}avgor/").status_code == 302

    assert Paragraf.objects.get().outcome == "bifall"
    assert "Avgjort" in text_of(at(one.person).get(address))


def test_a_no_hands_the_matter_back(world: World, body: Body) -> None:
    meeting, matter = asked(world, body)
    one = members(body)[0]
    at(one.person).post(f"/moten/{meeting.pk}/svar/", {"membership": one.pk, "value": "nej"})
    assert "Lämna tillbaka till ett möte" in text_of(at(world.secretary).get(f"/moten/{meeting.pk}/svar/"))
    at(world.secretary).post(f"/moten/{meeting.pk}/svar/avgor/")
    assert Paragraf.objects.get().outcome == "utgick"
    assert f"arende-{matter.pk}" in text_of(at(world.secretary).get(f"/mellan-moten/{body.pk}/"))


def test_who_keeps_the_meetings_is_told_when_the_day_has_been(world: World, body: Body) -> None:
    meeting, _ = asked(world, body)
    began = timezone.now() - timedelta(days=9)
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=began, ends_at=began + timedelta(days=2))
    assert "Svarstiden är ute" in text_of(at(world.secretary).get("/"))
    one = members(body)[0]
    late = at(one.person).post(f"/moten/{meeting.pk}/svar/", {"membership": one.pk, "value": "ja"})
    assert (late.status_code, Vote.objects.count()) == (409, 0)


def test_a_question_needs_a_matter_and_a_day_that_has_not_been(world: World, body: Body) -> None:
    anmalan = waiting(world)
    client, address = at(world.secretary), f"/mellan-moten/{body.pk}/"
    empty = client.post(address, {})
    assert empty.status_code == 422
    for said in ("Välj ett ärende.", "Skriv senast vilken dag ledamöterna ska svara."):
        assert said in text_of(empty)
    data = {"brought": f"satsning-{anmalan.pk}", "answer_by": (today() - timedelta(days=1)).isoformat()}
    past = client.post(address, data)
    assert (past.status_code, "Välj en svarsdag som inte har varit." in text_of(past)) == (422, True)
    assert not Meeting.objects.exists()


def test_a_body_that_decides_in_meetings_alone_says_so(world: World, body: Body) -> None:
    body.meeting_rule = {}
    body.save()
    told = at(world.secretary).get(f"/mellan-moten/{body.pk}/")
    assert (told.status_code, "fattar inga beslut mellan mötena" in text_of(told)) == (409, True)
    assert at(world.members()[0].person).get(f"/mellan-moten/{body.pk}/").status_code == 403
    assert at(world.person(ARBETSGRUPP, Role.LEDAMOT)).get(f"/mellan-moten/{body.pk}/").status_code == 404


def test_the_chair_decides_alone(world: World, body: Body) -> None:
    anmalan = waiting(world)
    chair = at(world.person(STYRGRUPP, Role.ORDFORANDE))
    address = f"/mellan-moten/{body.pk}/delegation/?vad=satsning-{anmalan.pk}"
    assert "Besluta enligt förslaget" in text_of(chair.get(address))
    assert at(world.secretary).get(address).status_code == 403
    assert chair.get(f"{address}&val=bordlaggning").status_code == 404
    wrong = chair.post(f"{address}&val=bifall_andring", {})
    assert (wrong.status_code, Paragraf.objects.exists()) == (422, False)

    unsaid = chair.post(address, {})
    assert (unsaid.status_code, "Kryssa för att du inte har jäv." in text_of(unsaid)) == (422, True)
    assert not Paragraf.objects.exists()
    done = chair.post(address, {"utan_jav": "on"})

    paragraf = Paragraf.objects.get()
    assert paragraf.outcome == "bifall"
    assert paragraf.item.meeting.state == MeetingState.AVSLUTAT
    assert done["Location"] == f"/moten/{paragraf.item.meeting_id}/"
