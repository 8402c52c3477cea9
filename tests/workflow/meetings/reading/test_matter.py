"""A matter's page: what its first screen says, in which order, for whom, and what it costs to show."""

import json
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from typing import Any

import pytest
from django.test import Client

from governance.models import Membership, Organisation
from tests.workflow.avsteg.counting import statements_of
from tests.workflow.meetings.building import add_item
from tests.workflow.meetings.reading.helping import SECRET, Called, browser, called, outsider, text
from tests.workflow.world import World
from workflow.meetings.models import Underlag
from workflow.meetings.papers.content import Tabled, as_json, from_json
from workflow.meetings.papers.own import OwnYear
from workflow.meetings.reading.matter import EVERYBODY, shares_of
from workflow.meetings.vocabulary import StandingItem

MOST_STATEMENTS = 12
"""Of a matter's page, however much stands on the agenda."""


@pytest.fixture
def made(world: World) -> Called:
    return called(world)


def supplement(made: Called, **more: Any) -> Tabled:
    """Put newer papers of the case on the table: what lies there, with something changed."""
    last = Underlag.objects.filter(item=made.case).latest("number")
    tabled = replace(from_json(last.content), **more)
    content = as_json(tabled)
    last.pk, last.number, last.content = None, last.number + 1, content
    last.sha256 = sha256(content.encode()).hexdigest()
    last.save(force_insert=True)
    return tabled


def with_figures(made: Called) -> None:
    """Let the case cost the reader's organisation and another one."""
    own = made.reader.represents
    assert own is not None
    other = Organisation.objects.filter(county=own.county).exclude(pk=own.pk)[0]
    parts = json.loads(json.dumps(from_json(Underlag.objects.get(item=made.case).content).parts))
    parts["ekonomi"]["kostnader"] = [
        {"id": 1, "ar": 2027, "organisation_id": own.pk, "organisation_namn": own.name, "belopp": "1250000.00"},
        {"id": 2, "ar": 2028, "organisation_id": own.pk, "organisation_namn": own.name, "belopp": "400000.00"},
        {"id": 3, "ar": 2027, "organisation_id": other.pk, "organisation_namn": other.name, "belopp": "77000.00"},
    ]
    parts["resurser"]["resurser"] = [
        {"id": 4, "organisation_id": own.pk, "organisation_namn": own.name, "roll": "Sjuksköterska", "timmar": 730}
        | {"andel": None, "fran": "2027-01-01", "till": "2028-12-31"}
    ]
    supplement(made, parts=parts, forslag="Länsstyrgruppen **godkänner** satsningen.", gaps=("Baslinje saknas.",))


def page(made: Called, client: Client | None = None) -> str:
    return text((client or browser(made.reader.person)).get(made.address(made.case)))


def test_first_screen_says_the_decision_first_and_the_readers_own_figures(made: Called) -> None:
    with_figures(made)
    said = page(made)
    own = made.reader.represents
    assert own is not None

    order = ["Förslag till beslut", "Länsstyrgruppen godkänner satsningen.", f"Vad det kostar {own.name}"]
    order += ["2027 1 250 000 kr 365", "2028 400 000 kr 365", "Totalt 1 650 000 kr 730"]
    order += ["I korthet", "Sedan sist", "Avsteg Inga", "Saknas Baslinje saknas.", "Min anteckning", "Utlåtande"]
    places = [said.find(words) for words in order]
    assert -1 not in places, order[places.index(-1)]
    assert places == sorted(places)
    assert "77 000 kr" not in said[: said.index("Min anteckning")]


def test_somebody_who_represents_nobody_sees_the_whole(made: Called) -> None:
    with_figures(made)
    Membership.objects.filter(person=made.world.secretary).update(represents=None)
    said = page(made, browser(made.world.secretary))
    assert f"Vad det kostar {EVERYBODY}" in said
    assert "2027 1 327 000 kr 365" in said


def test_each_organisation_that_the_reader_represents_is_told_of(made: Called) -> None:
    with_figures(made)
    own = made.reader.represents
    assert own is not None
    second = Organisation.objects.filter(county=own.county).exclude(pk=own.pk).order_by("-pk")[0]
    Membership.objects.create(
        person=made.reader.person,
        body=made.meeting.body,
        role=made.reader.role,
        represents=second,
        starts_on=made.reader.starts_on,
    )
    said = page(made)
    assert f"Vad det kostar {own.name}" in said
    assert f"Vad det kostar {second.name}" in said


def test_figures_of_all_are_those_of_each_together() -> None:
    rows = [{"ar": 2027, "organisation_id": one, "belopp": "10.50"} for one in (1, 2, None)]
    found = shares_of(Tabled(title="Team", parts={"ekonomi": {"kostnader": rows}, "resurser": {}}), ())
    assert [one.years for one in found] == [(OwnYear(2027, Decimal("31.50")),)]


def test_what_changed_is_named_and_shown_side_by_side(made: Called) -> None:
    tabled = from_json(Underlag.objects.get(item=made.case).content)
    assert tabled.revision_number is not None
    parts = json.loads(json.dumps(tabled.parts))
    parts["uppdrag"]["behov"] = "Ett helt annat behov."
    supplement(made, parts=parts, changed=("uppdrag",), last_revision=tabled.revision_number)
    response = browser(made.reader.person).get(made.address(made.case))
    said = text(response)
    assert "Ändrat: uppdrag. Se skillnaden" in said
    assert f"Ändrat sedan revision {tabled.revision_number}" in said
    assert '<section class="s-compare-row" data-change="changed"' in response.content.decode()


def test_secrecy_mark_closes_the_item_to_whoever_does_not_sit_in_the_body(made: Called) -> None:
    inside = browser(made.reader.person).get(made.address(made.secret))
    assert "Teckna kvarnavtalet." in text(inside)
    assert "Las-Kopia" not in inside

    other = browser(outsider(made.world))
    outside = other.get(made.address(made.secret))
    assert "Punkten har en sekretessmarkering" in text(outside)
    assert ("kvarn" in text(outside).lower(), "Las-Kopia" in outside) == (False, False)
    for rest, sent in (("last/", {"underlag": 1}), ("anteckning/", {"text": "Hej", "version": 0})):
        assert other.post(made.address(made.secret, rest), sent).status_code == 404


def test_page_that_a_device_keeps_names_no_item_with_a_secrecy_mark(made: Called) -> None:
    client = browser(made.reader.person)
    for item in (made.opening, made.case, made.matter, made.information):
        response = client.get(made.address(item))
        assert "Las-Kopia" in response
        assert SECRET not in response.content.decode()
    assert "Las-Kopia" not in client.get(made.address(made.duties))


def test_other_items_say_what_they_hold(made: Called) -> None:
    client = browser(made.reader.person)
    other = text(client.get(made.address(made.matter)))
    assert other.index("Anta planen.") < other.index("Planen gäller till 2030.")
    assert "Sommaren gick bra." in text(client.get(made.address(made.information)))
    assert "Inget tidigare beslut väntar på att verkställas." in text(client.get(made.address(made.duties)))
    for code, words in (
        (StandingItem.FOREGAENDE, "Det finns inget tidigare sammanträde här."),
        (StandingItem.MELLAN_MOTEN, "Inget har beslutats mellan mötena"),
    ):
        item = add_item(made.world, made.meeting, kind="staende", standing=code, title=str(code.label))
        assert words in text(client.get(made.address(item)))


def test_bar_leads_to_what_is_read_and_passes_formalities(made: Called) -> None:
    client = browser(made.reader.person)
    html = client.get(made.address(made.matter)).content.decode()
    assert "2 av 5" in html
    assert f'rel="prev" href="{made.address(made.case)}"' in html
    assert f'rel="next" href="{made.address(made.secret)}"' in html
    first = client.get(made.address(made.case)).content.decode()
    assert 'rel="prev"' not in first
    assert f'rel="next" href="{made.address(made.case)}"' in client.get(made.address(made.opening)).content.decode()


def test_who_reads_and_where_a_link_from_a_letter_lands(made: Called) -> None:
    address = made.address(made.case)
    response = Client().get(address)
    assert (response.status_code, response.headers["Location"]) == (302, f"/konto/login/?next={address}")
    assert browser(made.world.author).get(address).status_code == 404
    member = browser(made.reader.person)
    assert member.get(f"/moten/{made.meeting.pk}/las/{made.case.pk + 1000}/").status_code == 404


def test_cost_of_a_page_does_not_grow_with_the_agenda(made: Called) -> None:
    with_figures(made)
    client = browser(made.reader.person)
    few = statements_of(lambda: client.get(made.address(made.case)))
    for number in range(20):
        add_item(made.world, made.meeting, title=f"Information {number}", text="Text.")
    made.freeze()
    many = statements_of(lambda: client.get(made.address(made.case)))
    assert few == many <= MOST_STATEMENTS


@pytest.mark.parametrize(
    ("gaps", "lacks", "said"),
    [
        ((), (), "Inget"),
        ((), ([],), "Inget"),
        ((), (["Ange vem som ansvarar."], []), "Inget utöver avsteget"),
        ((), (["Ange vem som ansvarar."], ["Skriv planen."]), "Inget utöver avstegen"),
        (("Bekräfta resurserna.",), (["Ange vem som ansvarar."],), "Bekräfta resurserna."),
    ],
)
def test_what_is_missing_says_what_avsteg_let_through(
    made: Called, gaps: tuple[str, ...], lacks: tuple[list[str], ...], said: str
) -> None:
    common = {"id": 1, "gate": "g", "gate_name": "Inlämning", "requirement": "ansvar", "label": "Ansvarig"}
    common |= dict.fromkeys(("by", "body", "on", "granted_by", "granted_body", "granted_on", "reason", "answer"), "x")
    supplement(made, gaps=gaps, avsteg=tuple({**common, "id": key, "lacks": one} for key, one in enumerate(lacks)))
    shown = text(browser(made.reader.person).get(made.address(made.case)))
    assert f"Saknas {said}" in " ".join(shown.split())
