"""What the demonstration loads: people, satsningar at every station, nothing past the acts."""

import re
from collections import Counter
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from governance.models import ArendegangVersion, County, Membership, Person, Seat
from governance.paths import path_version
from governance.permissions import today
from satsningar import content
from satsningar.models import Handling, Satsning
from workflow import facts, journal
from workflow.demo.courses import COURSES
from workflow.demo.loading import courses_of, missing
from workflow.demo.people import DOMAIN, PASSWORD, accounts
from workflow.demo.values import HERE
from workflow.desk.selectors import Narrowed, desk_of
from workflow.desk.turns import paths_of
from workflow.desk.vocabulary import DeskKind
from workflow.models import Anmalan, JournalEntry, Komplettering, Notice, Utlatande, Utskick
from workflow.rights import readable, viewer
from workflow.rounds.compiled import compiled
from workflow.rounds.models import Round
from workflow.rounds.selectors import round_with_answers

DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db
OF_CASES = {DeskKind.DRAG, DeskKind.SVAR, DeskKind.AVSTEG, DeskKind.LAGE, DeskKind.BESLUT}


def test_every_role_of_every_body_has_an_account(loaded: County) -> None:
    held = set(Membership.objects.current(today()).filter(body__county=loaded).values_list("body__code", "role"))

    assert held == set(Seat.objects.filter(body__county=loaded).values_list("body__code", "role"))


def test_everybody_logs_in_with_the_printed_password(loaded: County, client: Client) -> None:
    people = list(Person.objects.filter(email__endswith=f"@{DOMAIN}"))

    assert len(people) == len(accounts())
    assert {person.check_password(PASSWORD) for person in people} == {True}
    assert not any(person.is_superuser or person.is_staff for person in people)
    assert client.login(email="maria@exempel.test", password=PASSWORD)


def test_every_station_of_the_path_is_represented(loaded: County) -> None:
    path = path_version(ArendegangVersion.objects.get(arendegang__county=loaded).pk)

    assert set(Satsning.objects.filter(county=loaded).values_list("station", flat=True)) == set(path.stations)


def test_a_satsning_is_made_in_each_path_of_the_other_county(loaded: County) -> None:
    other = County.objects.get(code="orebro")
    made = Satsning.objects.filter(county=other).values_list("version__arendegang__code", "station")

    assert set(made) == {
        ("lansgemensam", "breddinforande"),
        ("lansgemensam", "forstudie"),
        ("vi-skapar-halsa", "beslut"),
        ("var-primarvard", "slutford"),
    }


def test_one_person_sits_in_bodies_of_both_counties(loaded: County) -> None:
    sits = Membership.objects.current(today()).values_list("person__email", "body__county__code").distinct()
    counties: dict[str, set[str]] = {}
    for email, county in sits:
        counties.setdefault(email, set()).add(county)

    assert [email for email, those in counties.items() if len(those) > 1] == [f"frida@{DOMAIN}"]


def test_every_satsning_is_marked_as_example_and_has_its_own_file(loaded: County) -> None:
    assert Satsning.objects.filter(is_example=False).count() == 0
    assert Satsning.objects.count() == len(COURSES)
    assert {path.stem for path in HERE.glob("*.toml")} == set(COURSES)


def test_the_journal_is_intact(loaded: County) -> None:
    for county in County.objects.all():
        entries, fault = journal.verify(county.pk, county.name)
        assert fault is None
        assert entries > len(courses_of(county))


def test_work_waits_for_somebody_everywhere(loaded: County) -> None:
    brought = Anmalan.objects.filter(closed_at=None, satsning__county=loaded).values_list("move", flat=True)
    rounds = Round.objects.filter(closed_at=None).values_list("kind", flat=True)
    completing = Satsning.objects.get(station="komplettering")

    assert Counter(brought) == {"bifall": 1, "breddinfor": 1}
    assert Counter(rounds) == {"remiss": 1, "samrad": 1, "resursbekraftelse": 1}
    assert facts.read(completing.pk).requested_parts == {"uppdrag", "ekonomi"}
    assert facts.read(completing.pk).unanswered_parts == ("ekonomi",)
    assert Komplettering.objects.filter(closed_at=None).count() == 2
    assert Utlatande.objects.exclude(anteckningar="").count() == 1
    assert Handling.objects.filter(kind="beslut").exists()


def test_a_finished_remiss_has_every_kind_of_answer(loaded: County) -> None:
    held = Round.objects.get(satsning__uppdrag__titel__contains="samsjuklighet", kind="remiss")
    found = compiled(round_with_answers(held.pk))

    assert held.ending == "alla_svarade"
    assert dict(found.whole.counts) == {
        "Instämmer": 2,
        "Instämmer med ändringar": 1,
        "Avstyrker": 1,
        "Avböjde": 1,
    }
    assert [about for about, _ in found.parts] == ["Hela satsningen", "Resurser", "Plan för uppföljning"]
    assert [answer.receiver for answer in found.answers if answer.late] == ["Vingåkers kommun"]
    assert [answer.receiver for answer in found.answers if answer.addenda.all()] == ["Vingåkers kommun"]


@pytest.mark.parametrize("key", [account.key for account in accounts()])
def test_a_desk_shows_nothing_that_its_owner_may_not_read(loaded: County, key: str) -> None:
    who = viewer(Person.objects.get(email=f"{key}@{DOMAIN}"))
    found = desk_of(who, paths_of(who), Narrowed(everything=True))

    shown = {line.satsning_id for line in found.on_the_way} | {one.about for one in found.table}
    shown |= {line.about for line in found.lines if line.kind in OF_CASES}

    assert shown <= set(readable(who).values_list("pk", flat=True))


def test_loading_again_changes_nothing(loaded: County) -> None:
    before = (journal.verify(loaded.pk, loaded.name), Person.objects.count(), Membership.objects.count())
    out = StringIO()

    call_command("load_demo", stdout=out)

    assert (journal.verify(loaded.pk, loaded.name), Person.objects.count(), Membership.objects.count()) == before
    assert out.getvalue().splitlines() == [
        f"  {county}: 0 satsningar loaded, {len(courses_of(county))} were there already."
        for county in County.objects.order_by("pk")
    ]


def test_a_changed_title_is_not_loaded_a_second_time(loaded: County) -> None:
    draft = next(one for one in Satsning.objects.all() if content.read(one.pk).title == "Samordnad vård hemma")
    draft.uppdrag.titel = "Ett annat namn"
    draft.uppdrag.save()

    assert missing(loaded) == []


def test_accounts_are_printed_with_password_and_what_to_try(loaded: County) -> None:
    out = StringIO()

    call_command("demo_accounts", stdout=out)

    lines = out.getvalue().splitlines()
    assert lines[-1] == f"Lösenord för alla: {PASSWORD}"
    assert all(any(account.email in line for line in lines) for account in accounts())
    assert all(any(account.to_try in line for line in lines) for account in accounts() if account.to_try)
    assert any("gunnar@exempel.test" in line and "inget uppdrag i dag" in line for line in lines)


def test_what_is_printed_is_taken_back(loaded: County) -> None:
    out = StringIO()

    call_command("verify_journal", "--lan", "sormland", stdout=out)

    entries = JournalEntry.objects.filter(county=loaded).count()
    line = re.fullmatch(r"Sörmland: (\d+) poster, journalen är hel\. Slutar med (\d+:[0-9a-f]{64})\n", out.getvalue())
    assert line
    assert int(line[1]) == entries
    call_command("verify_journal", "--lan", "sormland", "--kand", line[2], stdout=out)


def test_another_hash_than_the_one_known_is_a_fault(loaded: County) -> None:
    with pytest.raises(CommandError, match="Journalen är bruten"):
        call_command("verify_journal", "--lan", "sormland", "--kand", f"3:{'0' * 64}", stdout=StringIO())


def test_people_have_notices_of_late_and_no_letter_leaves(loaded: County) -> None:
    assert set(Utskick.objects.values_list("county__code", "test_mode")) == {("sormland", True), ("orebro", True)}
    unread = Notice.objects.filter(entry__county=loaded, read_at=None)
    assert unread.exclude(expected="").exists()
    assert not unread.filter(entry__satsning__is_example=True, entry__at__lt=timezone.now() - 20 * DAY).exists()
    seen = Client()
    seen.force_login(unread.order_by("pk")[0].person, backend="django.contrib.auth.backends.ModelBackend")
    assert seen.get("/notiser/").context["unread"]
    assert journal.verify(loaded.pk, loaded.name)[1] is None
