"""The pages of the import: template, what is to mend, the difference, reading in – and nothing for anybody else."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from governance.models import Membership, PeopleImport, Person
from governance.permissions import today
from governance.services import add_person, register_membership
from governance.sheets.limits import MOST_BYTES
from governance.vocabulary import Role
from tests.governance.importing.conftest import rows_of
from tests.governance.importing.sheets import DAY, as_csv, row, xlsx
from tests.governance.pages.conftest import Counties, Enter

pytestmark = pytest.mark.django_db

ADDRESS = "/personer/las-in/"


def send(client: Client, data: bytes, name: str = "personer.xlsx", **more: Any) -> Any:
    return client.post(ADDRESS, {"file": SimpleUploadedFile(name, data), **more})


def test_a_file_is_checked_shown_and_read_in(counties: Counties, enter: Enter) -> None:
    client = enter(counties.administrator)

    answer = send(client, xlsx([row(), row("Maria Lindqvist", "maria@sormland.example", "Ny titel", "fouis")]))
    page = client.get(answer.url)
    text = page.content.decode()

    assert Person.objects.filter(email="rut@exempel.test").count() == 0
    for words in (
        "Rut Exempelberg",
        "Nya personer",
        "Maria Lindqvist, Ny titel",
        "Arbetsgruppen mobila team",
        "Läs in",
    ):
        assert words in text
    done = client.post(answer.url, {"las_in": "1", "sett": page.context["checked"].digest}, follow=True)
    assert "personer.xlsx är inläst" in done.content.decode()
    assert f"/personer/bjud-in/?inlasning={PeopleImport.objects.get().pk}" in done.content.decode()
    assert Person.objects.get(email="rut@exempel.test").memberships.count() == 1
    invited = client.get(f"/personer/bjud-in/?inlasning={PeopleImport.objects.get().pk}")
    assert [one["person"].email for one in invited.context["rows"]] == ["rut@exempel.test"]
    assert "personer.xlsx" in client.get(ADDRESS).content.decode()


def test_what_is_to_mend_is_shown_by_cell_and_nothing_is_kept(counties: Counties, enter: Enter) -> None:
    answer = send(enter(counties.administrator), as_csv([row(), row("", "fel", role="Kock")]), "personer.csv")

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "3 saker behöver rättas" in text
    for place in ("A3", "B3", "E3"):
        assert f">{place}</th>" in text
    assert "<title>Fel: Läs in personer" in text
    assert (PeopleImport.objects.count(), Person.objects.filter(email="rut@exempel.test").count()) == (0, 0)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (None, "Välj en fil."),
        (b"", "Filen är tom."),
        (b"%PDF-1.4", "Det här är en PDF."),
        (b"x" * (MOST_BYTES + 1), "Filen är större än 5 MB"),
    ],
)
def test_a_file_that_is_none_is_refused_at_the_field(
    counties: Counties, enter: Enter, data: bytes | None, message: str
) -> None:
    client = enter(counties.administrator)
    answer: Any = client.post(ADDRESS, {}) if data is None else send(client, data)

    assert answer.status_code == 422
    assert message in str(answer.context["form"].errors["file"])


def test_who_is_who_is_answered_on_the_page(counties: Counties, enter: Enter) -> None:
    client = enter(counties.administrator)
    answer = send(client, xlsx([row("Maria Lindqvist", "ml@exempel.test", body="fouis")]))
    page = client.get(answer.url)
    assert "Är det samma person?" in page.content.decode()

    refused = client.post(answer.url, {"las_in": "1", "sett": page.context["checked"].digest})
    assert refused.status_code == 422
    assert "Svara först" in refused.content.decode()
    said = {"samma-ml@exempel.test": "maria@sormland.example"}
    at_once = client.post(answer.url, said | {"las_in": "1", "sett": page.context["checked"].digest}, follow=True)
    assert "Läs igenom skillnaden innan du läser in." in at_once.content.decode()
    assert PeopleImport.objects.get().loaded_at is None
    page = client.get(answer.url)
    assert page.context["difference"].counts()["people"] == 0
    client.post(answer.url, {"las_in": "1", "sett": page.context["checked"].digest})

    assert counties.member.memberships.filter(body__code="fouis").count() == 1


def test_a_change_meanwhile_is_shown_and_nothing_is_read_in(counties: Counties, enter: Enter) -> None:
    client = enter(counties.administrator)
    answer = send(client, xlsx([row()]))
    digest = client.get(answer.url).context["checked"].digest
    add_person(actor=counties.administrator, email="rut@exempel.test", name="Rut Exempelberg")

    late = client.post(answer.url, {"las_in": "1", "sett": digest})

    assert late.status_code == 409
    assert "Någon har ändrat personer eller uppdrag" in late.content.decode()
    assert Membership.objects.filter(person__email="rut@exempel.test").count() == 0
    assert late.context["difference"].counts() == {
        "people": 0,
        "changed": 1,
        "added": 1,
        "ended": 0,
        "unchanged": 0,
    }


def test_an_upload_is_removed_unread(counties: Counties, enter: Enter) -> None:
    client = enter(counties.administrator)
    answer = send(client, xlsx([row()]))

    client.post(answer.url, {"ta_bort": "1"})

    assert PeopleImport.objects.count() == 0
    assert client.get(answer.url).status_code == 404


def test_nobody_else_reaches_an_upload_or_the_template(counties: Counties, enter: Enter) -> None:
    upload = send(enter(counties.administrator), xlsx([row()])).url
    superuser = Person.objects.create_superuser("rot@exempel.test", "Rot")
    ended = counties.member
    before = rows_of(Membership), rows_of(PeopleImport)
    own = f"{ADDRESS}mall.xlsx?lan={counties.own.pk}"

    for person, statuses in (
        (counties.neighbour, {upload: 404, own: 404, ADDRESS: 200}),
        (superuser, {upload: 403, own: 403, ADDRESS: 403}),
        (ended, {upload: 403, own: 403, ADDRESS: 403}),
    ):
        client = enter(person)
        assert {address: client.get(address).status_code for address in statuses} == statuses
        assert client.post(upload, {"las_in": "1", "ta_bort": "1"}).status_code == statuses[upload]
    for address in (upload, own, ADDRESS):
        assert Client().get(address).status_code == 302

    assert (rows_of(Membership), rows_of(PeopleImport)) == before
    assert not Person.objects.filter(email="rut@exempel.test").exists()


def test_an_administrator_of_two_counties_chooses_which(counties: Counties, enter: Enter) -> None:
    body = counties.body("regionalt-stod", other=True)
    register_membership(person=counties.administrator, body=body, role=Role.SAMORDNARE, starts_on=today() - DAY)
    client = enter(counties.administrator)

    missing = send(client, xlsx([row()]))
    chosen = send(client, xlsx([row()]), county=counties.other.pk)

    assert list(missing.context["form"].errors) == ["county"]
    assert PeopleImport.objects.get().county == counties.other
    assert chosen.status_code == 302


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_the_template_is_downloaded(counties: Counties, enter: Enter, ending: str) -> None:
    answer = enter(counties.administrator).get(f"{ADDRESS}mall.{ending}")

    assert answer["Content-Disposition"].startswith(f'attachment; filename="personer-sormland-{today()}')
    assert enter(counties.administrator).get(f"{ADDRESS}mall.exe").status_code == 404


def test_pages_cost_the_same_at_1_and_300_rows(counties: Counties, enter: Enter) -> None:
    client, counts = enter(counties.administrator), []
    client.get(ADDRESS)
    for size in (1, 300):
        data = xlsx([row(f"Exempel {size} {n}", f"s{size}n{n}@exempel.test") for n in range(size)])
        with CaptureQueriesContext(connection) as checking:
            answer = send(client, data)
        with CaptureQueriesContext(connection) as showing:
            page = client.get(answer.url)
        with CaptureQueriesContext(connection) as reading:
            client.post(answer.url, {"las_in": "1", "sett": page.context["checked"].digest})
        counts.append((len(checking), len(showing), len(reading)))
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 35
