"""The county file in the browser: who may, every fault beside its line, the difference, the load of what was seen."""

import copy
import re
import threading
import tomllib
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from governance.countyfile import ChangedMeanwhile, CountyFileError, examine, load, read_county
from governance.countyfile.begin import default_answers, write_new_county
from governance.countyloading import KEPT, check_file, load_draft
from governance.models import Body, County, CountyDraft, CountyLoad, Membership, Person
from governance.permissions import today
from governance.vocabulary import Role
from tests.governance.breaks import BREAKS, Break, file_of
from tests.governance.conftest import SORMLAND
from tests.governance.pages.conftest import DAY, NEIGHBOUR, Counties, Enter, seat

LITTLE = (Path(__file__).parents[1] / "litet_lan.toml").read_text(encoding="utf-8")
CHECK = "/lansfil/kontrollera/"
RENAMED = SORMLAND.replace('namn = "Länsstyrgruppen"', 'namn = "Länets styrgrupp"')
ALSO = SORMLAND.replace('namn = "Länsstyrgruppen"', 'namn = "Ledningsgruppen"')


def upload(client: Client, content: bytes | str, name: str = "lansfil.toml") -> Any:
    """Send a file to be checked."""
    data = content.encode() if isinstance(content, str) else content
    return client.post(CHECK, {"fil": SimpleUploadedFile(name, data)})


def checked(client: Client, text: str | bytes) -> str:
    """Send a file without faults; return the address of its difference."""
    response = upload(client, text)
    assert response.status_code == 302
    return str(response["Location"])


def seen(client: Client, address: str) -> str:
    """Return the state of the county that the page of a difference was made from."""
    found = re.search(r'name="sett" value="([^"]*)"', client.get(address).content.decode())
    assert found
    return found[1]


def name_of_styrgrupp(county: County) -> str:
    """Return what the deciding body is called now."""
    return Body.objects.get(county=county, code="lansstyrgruppen").name


def test_a_file_is_checked_shown_and_loaded(counties: Counties, enter: Enter) -> None:
    client = enter(counties.administrator)
    address = checked(client, RENAMED)
    shown = client.get(address).content.decode()
    assert "namn ”Länsstyrgruppen” → ”Länets styrgrupp”" in shown
    assert name_of_styrgrupp(counties.own) == "Länsstyrgruppen"

    answer = client.post(address, {"sett": seen(client, address)}, follow=True)

    assert "Länsfilen för Sörmland är laddad: 1 ändring." in answer.content.decode()
    assert name_of_styrgrupp(counties.own) == "Länets styrgrupp"
    newest = CountyLoad.objects.filter(county=counties.own)[0]
    assert (newest.loaded_by, newest.text) == (counties.administrator, RENAMED)
    assert not CountyDraft.objects.exists()


def test_each_load_is_shown_with_what_it_changed(counties: Counties, enter: Enter) -> None:
    load(RENAMED, loaded_by=counties.administrator)
    client = enter(counties.administrator)
    page = client.get(f"/lansfil/{counties.own.pk}/").content.decode()
    assert "Åsa Nyström" in page
    assert "Från kommandoraden" in page
    assert "1 ändrad" in page
    assert "länets första fil" in page

    first, second = CountyLoad.objects.filter(county=counties.own).order_by("pk")

    assert client.get(f"/lansfil/laddning/{first.pk}/fil/").content.decode() == SORMLAND
    assert client.get(f"/lansfil/laddning/{second.pk}/fil/").content.decode() == RENAMED
    shown = client.get(f"/lansfil/laddning/{second.pk}/").content.decode()
    assert "namn ”Länsstyrgruppen” → ”Länets styrgrupp”" in shown


def test_a_file_of_an_older_vocabulary_is_shown_without_difference(counties: Counties, enter: Enter) -> None:
    CountyLoad.objects.create(county=counties.own, digest="0" * 64, text="[lan]\nkod = 7")

    page = enter(counties.administrator).get(f"/lansfil/{counties.own.pk}/").content.decode()

    assert "går inte att jämföra" in page


def test_what_is_in_force_is_handed_out_and_changes_nothing_when_loaded(counties: Counties, enter: Enter) -> None:
    client = enter(counties.administrator)
    answer = client.get(f"/lansfil/{counties.own.pk}/galler/")

    assert answer["Content-Disposition"] == 'attachment; filename="lansfil-sormland.toml"'
    assert read_county(answer.content.decode()) == read_county(SORMLAND)
    address = checked(client, answer.content.decode())
    assert "Filen ändrar ingenting" in client.get(address).content.decode()


def test_the_file_is_changed_as_it_was_loaded_while_it_says_what_is_in_force(counties: Counties, enter: Enter) -> None:
    client = enter(counties.administrator)
    page = client.get(f"/lansfil/{counties.own.pk}/andra/").content.decode()
    assert "Källor: ärendegången och fokusområdena" in page

    Body.objects.filter(county=counties.own, code="lansstyrgruppen").update(name="Ändrad på annat sätt")

    page = client.get(f"/lansfil/{counties.own.pk}/andra/").content.decode()
    assert "Källor: ärendegången" not in page
    assert "Ändrad på annat sätt" in page


def _fits(break_: Break) -> bool:
    """Tell whether the small file has what is broken that way."""
    return break_(copy.deepcopy(tomllib.loads(LITTLE))) is not None


FITTING = [break_ for break_ in BREAKS if _fits(break_)]


@pytest.mark.parametrize("break_", FITTING, ids=lambda break_: break_.__name__)
def test_a_broken_file_is_told_at_its_line_and_kept_in_the_box(counties: Counties, enter: Enter, break_: Break) -> None:
    tables = copy.deepcopy(tomllib.loads(LITTLE))
    break_(tables)
    text = file_of(tables)
    with pytest.raises(CountyFileError) as refused:
        read_county(text)

    answer = upload(enter(counties.administrator), text)

    page = answer.content.decode()
    assert answer.status_code == 422
    for problem in refused.value.problems:
        assert f'href="#rad-{problem.line}"' in page
        assert re.search(rf'id="rad-{problem.line}" class="is-faulty"', page)
    assert page.count("Fel i <code>") >= len(refused.value.problems)
    assert "</textarea>" in page
    assert not CountyDraft.objects.exists()


def test_what_was_written_is_kept_when_it_is_wrong(counties: Counties, enter: Enter) -> None:
    text = RENAMED.replace('slag = "styrgrupp"', 'slag = "styrgrup"').replace("\n", "\r\n")

    page = enter(counties.administrator).post(CHECK, {"text": text}).content.decode()

    assert "Menade du ”styrgrupp”?" in page
    assert "namn = &quot;Länets styrgrupp&quot;" in page


def document() -> bytes:
    """Return a file as a word processor saves it."""
    kept = BytesIO()
    with ZipFile(kept, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    return kept.getvalue()


STRANGE = {
    "nothing": (b"", "Filen är tom"),
    "blanks": (b" \n\n", "Filen är tom"),
    "docx": (document(), "Word- eller Excel-dokument"),
    "doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "äldre Word- eller Excel-dokument"),
    "rtf": (b"{\\rtf1 hej}", "RTF-dokument"),
    "pdf": (b"%PDF-1.7", "PDF"),
    "utf-16": (SORMLAND.encode("utf-16"), "UTF-16"),
    "utf-16 without its mark": (SORMLAND.encode("utf-16-le"), "NUL"),
    "latin-1": (SORMLAND.encode("latin-1", "replace"), "inte skriven i UTF-8"),
    "nul": (SORMLAND.encode() + b"\0", "NUL"),
    "too large": (b"#" * 1_000_001, "1,0 MB"),
    "fifty megabytes": (b"#" * 50_000_000, "50,0 MB"),
    "no toml": (b"<html>hej</html>", "inte giltig TOML"),
    "deep": (b"a = " + b"[" * 7000, "för djupt"),
}


@pytest.mark.parametrize("name", STRANGE)
def test_a_strange_file_gets_a_sentence(counties: Counties, enter: Enter, name: str) -> None:
    content, sentence = STRANGE[name]

    answer = upload(enter(counties.administrator), content)

    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    assert not CountyDraft.objects.exists()


def test_a_file_with_a_byte_order_mark_and_line_ends_of_windows_is_taken(counties: Counties, enter: Enter) -> None:
    client = enter(counties.administrator)

    address = checked(client, b"\xef\xbb\xbf" + RENAMED.replace("\n", "\r\n").encode())

    assert "1 ändrad" in client.get(address).content.decode()


def test_no_file_and_no_text_gets_a_sentence(counties: Counties, enter: Enter) -> None:
    answer = enter(counties.administrator).post(CHECK, {})

    assert (answer.status_code, "Ingen fil är vald" in answer.content.decode()) == (422, True)


def test_a_text_beyond_what_a_form_may_hold_gets_a_page_and_not_a_failure(counties: Counties, enter: Enter) -> None:
    client = enter(counties.administrator)
    most: int = settings.DATA_UPLOAD_MAX_MEMORY_SIZE

    assert "en länsfil får vara högst 1 MB" in client.post(CHECK, {"text": "#" * 1_000_001}).content.decode()
    assert client.post(CHECK, {"text": "#" * (most + 1)}).status_code == 400


def test_another_county_is_not_loaded_nor_told_anything_about(counties: Counties, enter: Enter) -> None:
    """Nobody learns whether a county is here, or what it has, from the answer to a file for it."""
    client = enter(counties.administrator)
    absent = SORMLAND.replace('kod = "sormland"', 'kod = "finnsinte"')
    broken = NEIGHBOUR.replace('slag = "utkast"', 'namn = "Idé"\nslag = "utkast"')
    answers = [upload(client, text) for text in (NEIGHBOUR, broken, absent)]

    assert [answer.status_code for answer in answers] == [422, 422, 422]
    pages = [answer.content.decode() for answer in answers]
    sentence = "Filen gäller länet ”{}”, som du inte kan ladda."
    assert [
        sentence.format(code) in page for code, page in zip(("grannlan", "grannlan", "finnsinte"), pages, strict=True)
    ] == [True] * 3
    assert not any("är laddad och kan inte ändras" in page for page in pages)
    assert not CountyDraft.objects.exists()


def test_a_file_with_faults_for_another_county_is_told_both(counties: Counties, enter: Enter) -> None:
    text = NEIGHBOUR.replace('slag = "styrgrupp"', 'slag = "styrgrup"')

    page = upload(enter(counties.administrator), text).content.decode()

    assert "som du inte kan ladda" in page
    assert "Menade du ”styrgrupp”?" in page


def test_who_administers_both_counties_loads_both(counties: Counties, enter: Enter) -> None:
    Membership.objects.create(
        person=counties.administrator,
        body=counties.body("regionalt-stod", other=True),
        role=Role.SAMORDNARE,
        starts_on=today(),
    )
    client = enter(counties.administrator)

    address = checked(client, NEIGHBOUR.replace('namn = "Länsstyrgruppen"', 'namn = "Länets styrgrupp"'))
    client.post(address, {"sett": seen(client, address)})

    assert (name_of_styrgrupp(counties.own), name_of_styrgrupp(counties.other)) == (
        "Länsstyrgruppen",
        "Länets styrgrupp",
    )


def own_addresses(counties: Counties) -> list[str]:
    """Return the addresses of a county's files."""
    row = CountyLoad.objects.filter(county=counties.own)[0]
    return [
        f"/lansfil/{counties.own.pk}/",
        f"/lansfil/{counties.own.pk}/galler/",
        f"/lansfil/{counties.own.pk}/andra/",
        f"/lansfil/laddning/{row.pk}/",
        f"/lansfil/laddning/{row.pk}/fil/",
    ]


def test_only_the_countys_administrator_sees_its_files(counties: Counties, enter: Enter) -> None:
    ended = seat(counties.own, "regionalt-stod", Role.SAMORDNARE, "Tidigare Samordnare")
    Membership.objects.filter(person=ended).update(ends_on=today() - DAY)
    superuser = Person.objects.create_superuser("rot@example.org", "Exempelrot")
    expected = {
        counties.administrator: 200,
        counties.member: 403,
        counties.neighbour: 404,
        ended: 404,
        superuser: 404,
    }

    for person, status in expected.items():
        client = enter(person)
        assert {client.get(address).status_code for address in own_addresses(counties)} == {status}, person
    assert {Client().get(address).status_code for address in own_addresses(counties)} == {302}


def test_a_member_is_told_who_loads_files(counties: Counties, enter: Enter) -> None:
    answer = upload(enter(counties.member), RENAMED)

    assert (answer.status_code, "samordnare i regionalt stöd" in answer.content.decode()) == (403, True)


def test_a_checked_file_is_its_owners_alone(counties: Counties, enter: Enter) -> None:
    colleague = seat(counties.own, "regionalt-stod", Role.SAMORDNARE, "Kollega Samordnare")
    address = checked(enter(counties.administrator), RENAMED)

    assert enter(colleague).get(address).status_code == 404
    assert enter(colleague).post(address, {"sett": ""}).status_code == 404
    assert name_of_styrgrupp(counties.own) == "Länsstyrgruppen"


def test_who_has_lost_the_role_loads_nothing_that_was_checked_before(counties: Counties, enter: Enter) -> None:
    client = enter(counties.administrator)
    address = checked(client, RENAMED)
    state = seen(client, address)
    Membership.objects.filter(person=counties.administrator).update(ends_on=today() - DAY)

    assert client.post(address, {"sett": state}).status_code == 403
    with pytest.raises(CountyFileError, match="som du inte kan ladda"):
        load_draft(CountyDraft.objects.get(), actor=counties.administrator, seen=state)
    assert name_of_styrgrupp(counties.own) == "Länsstyrgruppen"


def test_a_county_changed_meanwhile_is_shown_anew_and_not_loaded(counties: Counties, enter: Enter) -> None:
    colleague = seat(counties.own, "regionalt-stod", Role.SAMORDNARE, "Kollega Samordnare")
    client = enter(counties.administrator)
    address = checked(client, RENAMED)
    state = seen(client, address)
    load(ALSO, loaded_by=colleague)

    answer = client.post(address, {"sett": state})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Länet ändrades medan du läste." in page
    assert "Kollega Samordnare laddade en länsfil" in page
    assert "namn ”Ledningsgruppen” → ”Länets styrgrupp”" in page
    assert name_of_styrgrupp(counties.own) == "Ledningsgruppen"
    client.post(address, {"sett": seen(client, address)})
    assert name_of_styrgrupp(counties.own) == "Länets styrgrupp"


@pytest.mark.parametrize("sent", [{}, {"sett": ""}, {"sett": "x" * 64}])
def test_a_load_that_nobody_has_seen_the_difference_of_is_refused(
    counties: Counties, enter: Enter, sent: dict[str, str]
) -> None:
    client = enter(counties.administrator)

    assert client.post(checked(client, RENAMED), sent).status_code == 409
    assert name_of_styrgrupp(counties.own) == "Länsstyrgruppen"


def test_a_version_loaded_meanwhile_makes_the_file_wrong(counties: Counties, enter: Enter) -> None:
    client = enter(counties.administrator)
    address = checked(client, RENAMED)
    state = seen(client, address)
    second = SORMLAND.replace("version = 1", "version = 2").replace(
        "galler_fran = 2022-11-25", f"galler_fran = {today()}"
    )
    load(second)

    page = client.get(address)

    assert (page.status_code, "Version 2 är redan laddad" in page.content.decode()) == (422, True)
    assert client.post(address, {"sett": state}).status_code in {409, 422}
    assert name_of_styrgrupp(counties.own) == "Länsstyrgruppen"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_load_at_once_one_is_told_that_the_county_has_changed() -> None:
    load(SORMLAND)
    county = County.objects.get()
    people = [seat(county, "regionalt-stod", Role.SAMORDNARE, f"Samordnare{number} Exempel") for number in range(2)]
    drafts = [check_file(text, actor=person) for person, text in zip(people, (RENAMED, ALSO), strict=True)]
    state = examine(RENAMED).state
    done: list[str] = []

    def run(person: Person, draft: CountyDraft) -> None:
        try:
            load_draft(draft, actor=person, seen=state)
            done.append("loaded")
        except ChangedMeanwhile:
            done.append("changed")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in zip(people, drafts, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(done) == ["changed", "loaded"]
    assert CountyLoad.objects.count() == 2


def test_few_drafts_are_kept(counties: Counties) -> None:
    for _ in range(KEPT + 3):
        check_file(RENAMED, actor=counties.administrator)

    assert CountyDraft.objects.count() == KEPT


def test_a_county_that_nobody_would_administer_is_warned_of(counties: Counties, enter: Enter) -> None:
    text = SORMLAND.replace(
        "[malbild]", '[mandat.regionalt_stod]\nsamordnare = ["leda_arenden", "forfatta"]\n\n[malbild]'
    )
    client = enter(counties.administrator)

    assert "Ingen roll i filen administrerar" in client.get(checked(client, text)).content.decode()


def new_county_file() -> str:
    """Return the file of a county that is not here."""
    return write_new_county(default_answers("18", in_force_from=date(2027, 1, 1)))


def test_a_new_county_is_begun_by_whoever_runs_the_installation_and_gives_nobody_a_mandate(
    counties: Counties, enter: Enter
) -> None:
    technician = Person.objects.create_superuser("drift@example.org", "Exempeldrift")
    client = enter(technician)
    address = checked(client, new_county_file())
    assert "länet finns inte här än" in client.get(address).content.decode()

    page = client.post(address, {"sett": seen(client, address)}, follow=True).content.decode()

    assert "manage.py administrator orebro" in page
    county = County.objects.get(code="orebro")
    assert CountyLoad.objects.get(county=county).loaded_by == technician
    assert not Membership.objects.filter(body__county=county).exists()
    assert client.get(f"/lansfil/{county.pk}/").status_code == 404
    assert upload(client, new_county_file().replace("Länsstyrgruppen", "Styrgruppen")).status_code == 422


def test_a_coordinator_begins_no_new_county(counties: Counties, enter: Enter) -> None:
    answer = upload(enter(counties.administrator), new_county_file())

    assert (answer.status_code, County.objects.count()) == (422, 2)


def test_pages_ask_the_database_the_same_however_much_has_been_loaded(counties: Counties, enter: Enter) -> None:
    client = enter(counties.administrator)
    addresses = ["/lansfil/", f"/lansfil/{counties.own.pk}/", f"/lansfil/{counties.own.pk}/andra/"]

    def count() -> list[int]:
        found = []
        for address in addresses:
            with CaptureQueriesContext(connection) as caught:
                assert client.get(address).status_code == 200
            found.append(len(caught))
        return found

    count()
    few = count()
    for number in range(12):
        load(
            SORMLAND.replace('namn = "Länsstyrgruppen"', f'namn = "Styrgrupp {number}"'),
            loaded_by=counties.administrator,
        )

    assert count() == few
