"""The guide for a new county: what is typed is kept, judged, and said by the file, whatever it is."""

import re
import unicodedata
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from governance.conditions import HIGHEST, Condition
from governance.countyfile import read_county
from governance.countyfile.ready import ready_paths
from governance.forms.rows import MOST_ROWS
from governance.guide import STEPS, Guide
from governance.meeting_rules import MeetingRule
from governance.models import County, CountyDraft, Person
from governance.official import municipalities_of, regions
from governance.vocabulary import BodyKind, OrganisationKind, QuorumRule
from tests.governance.pages.conftest import Counties, Enter

BASE = "/lansfil/nytt-lan/"
Typed = dict[str, Any]


def rows(prefix: str, *lines: dict[str, str]) -> Typed:
    """Return the lines of a list as a browser posts them."""
    typed = {f"{prefix}-{number}-{name}": value for number, line in enumerate(lines) for name, value in line.items()}
    return {f"{prefix}-TOTAL_FORMS": str(len(lines)), f"{prefix}-INITIAL_FORMS": "0", **typed}


def names(prefix: str, *found: str) -> Typed:
    """Return a list of names as a browser posts it."""
    return rows(prefix, *({"namn": name} for name in found))


def answers(code: str = "18", **other: Typed) -> dict[str, Typed]:
    """Return what is posted in each step of the guide."""
    whole: dict[str, Typed] = {
        "region": {"region": code},
        "organisationer": {"kommuner": [one.code for one in municipalities_of(code)], **rows("ovriga")},
        "organ": {
            "styrgrupp": "Chefsgruppen",
            "kvorum": "region_och_kommuner",
            "antal": "1",
            "nummerstart": "CG",
            "stod": "Stödet",
            "namnd": "",
            **names("bereder", "Beredningen"),
            **names("arbetar", "Gruppen"),
        },
        "arendegang": {"arendegang": "standard", "galler_fran": "2027-01-01", "beslutad_av": "", "grupp-0": "0"},
    }
    return {step: typed | other.get(step, {}) for step, typed in whole.items()}


def walked(client: Client, typed: dict[str, Typed]) -> str:
    """Answer every step and return the file."""
    for step, values in typed.items():
        response = client.post(f"{BASE}{step}/", {**values, "fortsatt": "1"})
        assert response.status_code == 302, (step, re.findall("<li>.*?</li>", response.content.decode(), re.DOTALL))
    response = client.get(f"{BASE}fil/")
    assert response["Content-Type"] == "application/toml; charset=utf-8"
    return response.content.decode()


def test_a_file_is_made_step_by_step_and_nothing_is_written(counties: Counties, enter: Enter) -> None:
    client = enter(counties.member)
    before = (County.objects.count(), CountyDraft.objects.count())

    text = walked(
        client,
        answers(
            organisationer=rows("ovriga", {"namn": "Vårdbolaget", "slag": "privat_vardgivare"}),
            organ={"namnd": "Nämnden", "kvorum": "andel", "andel": "60", **names("bereder", "Första", "Andra")},
            arendegang={"arendegang": "tva-nivaer", "gemensam": "1", "beslutad_av": "Chefsgruppen"},
        ),
    )

    spec = read_county(text)
    assert (spec.code, spec.name, len(spec.organisations)) == ("orebro", "Örebro län", 14)
    assert spec.organisations[-1].name == "Vårdbolaget"
    assert [(body.kind, body.name, body.parent) for body in spec.bodies] == [
        (BodyKind.NAMND, "Nämnden", ""),
        (BodyKind.STYRGRUPP, "Chefsgruppen", "namnden"),
        (BodyKind.BEREDNINGSGRUPP, "Första", "andra"),
        (BodyKind.BEREDNINGSGRUPP, "Andra", "chefsgruppen"),
        (BodyKind.ARBETSGRUPP, "Gruppen", "forsta"),
        (BodyKind.REGIONALT_STOD, "Stödet", "chefsgruppen"),
    ]
    assert spec.bodies[1].rule is not None
    assert (spec.bodies[1].rule.quorum, spec.bodies[1].rule.share) == (QuorumRule.ANDEL, 60)
    assert (County.objects.count(), CountyDraft.objects.count()) == before


def test_how_the_styrgrupp_decides_is_ticked(counties: Counties, enter: Enter) -> None:
    client = enter(counties.member)
    nothing = read_county(walked(client, answers()))
    usual = read_county(walked(client, answers(organ={"moten": ["utslagsrost"]})))
    chosen = ["per_capsulam", "delegation", "publicerar"]
    other = read_county(walked(client, answers(organ={"moten": chosen})))

    assert nothing.bodies[0].meeting == MeetingRule(justerare=1, utslagsrost=False)
    assert usual.bodies[0].meeting is None
    assert other.bodies[0].meeting == MeetingRule(
        justerare=1, utslagsrost=False, per_capsulam=True, delegation=True, publicerar=True
    )
    refused = client.post(f"{BASE}organ/", answers(organ={"moten": ["allt"]})["organ"] | {"fortsatt": "1"})
    assert refused.status_code == 422
    assert "Välj bland alternativen." in refused.content.decode()


@pytest.mark.parametrize("path", list(ready_paths()))
@pytest.mark.parametrize("code", ["09", "14"])
def test_every_path_is_shown_drawn_and_as_a_table(counties: Counties, enter: Enter, path: str, code: str) -> None:
    client = enter(counties.member)
    groups = {"namnd": "Nämnden", **names("bereder", "Första", "Andra")}
    chosen = {"arendegang": path, "gemensam": "1", "grupp-0": "0", "grans": "2500000"}
    walked(client, answers(code, organ=groups, arendegang=chosen))

    page = client.get(f"{BASE}granska/").content.decode()

    assert f"Länsfilen för {regions()[code].name} är klar" in page
    assert 'class="path-picture' in page
    assert "Bifall" in page
    assert "Ett nytt län läggs in av den som sköter installationen" in page


def test_back_keeps_what_was_typed_even_when_it_is_wrong(counties: Counties, enter: Enter) -> None:
    client = enter(counties.member)
    walked(client, answers())
    wrong = answers(organ={"styrgrupp": "  ", "nummerstart": "!!", **names("arbetar", "Kvar")})["organ"]

    back = client.post(f"{BASE}organ/", {**wrong, "tillbaka": "1"})

    assert back["Location"] == f"{BASE}organisationer/"
    page = client.get(f"{BASE}organ/").content.decode()
    assert 'value="!!"' in page
    assert 'value="Kvar"' in page
    assert "saker behöver rättas" not in page
    assert client.get(f"{BASE}granska/")["Location"] == f"{BASE}organ/"
    assert client.get(f"{BASE}fil/")["Location"] == f"{BASE}organ/"
    assert client.post(f"{BASE}granska/", {"tillbaka": "1"})["Location"] == f"{BASE}organ/"


def test_an_address_ahead_leads_to_the_first_unanswered_step(counties: Counties, enter: Enter) -> None:
    client = enter(counties.member)

    assert client.get(BASE)["Location"] == f"{BASE}region/"
    assert {client.get(f"{BASE}{step}/").status_code for step in list(STEPS)[1:]} == {302}
    assert client.get(f"{BASE}arendegang/")["Location"] == f"{BASE}region/"
    assert client.get(f"{BASE}finns-inte/").status_code == 404


def test_another_region_has_its_own_municipalities_ticked(counties: Counties, enter: Enter) -> None:
    client = enter(counties.member)
    walked(client, answers("18"))

    client.post(f"{BASE}region/", {"region": "09"})

    page = client.get(f"{BASE}organisationer/").content.decode()
    assert re.findall(r'name="kommuner" value="(\d+)"[^>]*checked', page) == ["0980"]


@pytest.mark.parametrize(
    ("step", "typed", "message"),
    [
        ("region", {"region": "99"}, "Välj en av regionerna i listan."),
        ("region", {"region": ""}, "Välj en region."),
        ("organisationer", {"kommuner": []}, "Välj minst en kommun."),
        ("organisationer", {"kommuner": ["0180"]}, "Välj bland länets kommuner."),
        ("organisationer", rows("ovriga", {"namn": "", "slag": "annan"}), "Skriv organisationens namn."),
        ("organisationer", rows("ovriga", {"namn": "x" * 121, "slag": "annan"}), "Texten är längre än 120 tecken."),
        ("organisationer", {"ovriga-TOTAL_FORMS": "många"}, "Listan kom inte fram hel."),
        ("organ", {"styrgrupp": ""}, "Skriv vad styrgruppen heter."),
        ("organ", {"styrgrupp": "Grupp\u200d"}, "tecken som inte syns (U+200D)"),
        ("organ", {"styrgrupp": "Grupp\x00"}, "tecken som inte syns (U+0000)"),
        ("organ", {"antal": "13"}, "Skriv ett antal från 1 till 12."),
        ("organ", {"antal": ""}, "Skriv ett antal från 1 till 12."),
        ("organ", {"antal": "ett"}, "Skriv ett heltal."),
        ("organ", {"kvorum": "andel", "andel": "101"}, "Skriv en andel från 1 till 100."),
        ("organ", {"kvorum": "lottning"}, "Välj en av reglerna."),
        ("organ", {"nummerstart": "{ar}"}, "Skriv högst 20 bokstäver"),
        ("organ", names("bereder", *["Grupp"] * (MOST_ROWS + 1)), f"Högst {MOST_ROWS} rader ryms."),
        ("arendegang", {"arendegang": "annan"}, "Välj en av ärendegångarna."),
        ("arendegang", {"arendegang": "tva-nivaer"}, "Den behöver minst två beredningsgrupper."),
        ("arendegang", {"arendegang": "namnd"}, "Den behöver en nämnd."),
        ("arendegang", {"galler_fran": "i morgon"}, "Skriv datumet som år, månad, dag"),
        ("arendegang", {"galler_fran": "1066-10-14"}, "Året ska ligga mellan 1900 och 2199."),
        ("arendegang", {"grupp-0": "7"}, "Välj en av beredningsgrupperna."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    counties: Counties, enter: Enter, step: str, typed: Typed, message: str
) -> None:
    client = enter(counties.member)
    whole = answers()
    for earlier in list(STEPS)[: list(STEPS).index(step)]:
        client.post(f"{BASE}{earlier}/", whole[earlier])

    answer = client.post(f"{BASE}{step}/", whole[step] | typed)

    page = answer.content.decode()
    assert (answer.status_code, message in page, "<title>Fel: " in page) == (422, True, True)


def test_the_second_level_is_chosen_and_is_not_the_first_one_too(counties: Counties, enter: Enter) -> None:
    client = enter(counties.member)
    whole = answers(organ=names("bereder", "Första", "Andra"))
    for step in ("region", "organisationer", "organ"):
        client.post(f"{BASE}{step}/", whole[step])

    missing = client.post(f"{BASE}arendegang/", whole["arendegang"] | {"arendegang": "tva-nivaer"})
    same = client.post(f"{BASE}arendegang/", whole["arendegang"] | {"arendegang": "tva-nivaer", "gemensam": "0"})

    assert "Välj den grupp som bereder sist." in missing.content.decode()
    assert "Den gruppen bereder sist. Välj en som bereder först." in same.content.decode()


@pytest.mark.parametrize(
    ("limit", "message"),
    [
        ("", "Skriv den högsta kostnad, i kronor, som styrgruppen får besluta om."),
        ("0", f"Gränsen ska ligga mellan 1 och {HIGHEST} kronor."),
        ("fem miljoner", "Skriv gränsen som ett heltal i kronor."),
        (str(HIGHEST + 1), f"Gränsen ska ligga mellan 1 och {HIGHEST} kronor."),
    ],
)
def test_the_limit_of_a_namnd_is_a_sum(counties: Counties, enter: Enter, limit: str, message: str) -> None:
    client = enter(counties.member)
    whole = answers(organ={"namnd": "Nämnden"}, arendegang={"arendegang": "namnd", "grans": limit})
    for step in ("region", "organisationer", "organ"):
        client.post(f"{BASE}{step}/", whole[step])

    answer = client.post(f"{BASE}arendegang/", whole["arendegang"])

    assert (answer.status_code, message in answer.content.decode()) == (422, True)


def test_the_limit_stands_in_every_condition_of_the_file_and_asks_nothing_of_other_paths(
    counties: Counties, enter: Enter
) -> None:
    client = enter(counties.member)
    limited = answers(organ={"namnd": "Nämnden"}, arendegang={"arendegang": "namnd", "grans": "2500000"})

    [path] = read_county(walked(client, limited)).paths

    found = {(str(move.kind), *move.made_by): move.condition for move in path.moves if move.condition}
    assert found == {
        ("bifall", "styrgrupp"): Condition(hogst=2_500_000),
        ("overlamna", "styrgrupp"): Condition(over=2_500_000),
        ("andringsbeslut", "styrgrupp"): Condition(hogst=2_500_000),
        ("andringsbeslut", "namnd"): Condition(over=2_500_000),
    }
    [usual] = read_county(walked(client, answers(organ={"namnd": "Nämnden"}, arendegang={"grans": ""}))).paths
    assert not any(move.condition for move in usual.moves)


def test_lines_are_added_and_removed_by_plain_buttons(counties: Counties, enter: Enter) -> None:
    client = enter(counties.member)
    whole = answers(organ=names("bereder", "Ett", "Två"))
    for step in ("region", "organisationer"):
        client.post(f"{BASE}{step}/", whole[step])

    more = client.post(f"{BASE}organ/", whole["organ"] | {"styrgrupp": "", "lagg_till_bereder": "1"})
    assert (more.status_code, "saker behöver rättas" in more.content.decode()) == (200, False)
    assert 'name="bereder-2-namn"' in more.content.decode()
    fewer = client.post(f"{BASE}organ/", whole["organ"] | {"ta_bort_bereder-0": "1"}).content.decode()

    assert 'name="bereder-0-namn" value="Två"' in fewer
    assert 'name="bereder-1-namn"' not in fewer
    assert 'name="bereder-0-namn" value="Två"' in client.get(f"{BASE}organ/").content.decode()


def test_the_technician_goes_on_to_loading_and_others_are_told_who(counties: Counties, enter: Enter) -> None:
    member, technician = enter(counties.member), enter(Person.objects.create_superuser("drift@example.org", "Drift"))
    for client in (member, technician):
        walked(client, answers())

    refused = member.post(f"{BASE}ladda/")
    assert (refused.status_code, "den som sköter installationen" in refused.content.decode()) == (422, True)
    went_on = technician.post(f"{BASE}ladda/")

    assert went_on["Location"] == f"/lansfil/granska/{CountyDraft.objects.get().pk}/"
    assert County.objects.count() == 2


def test_the_technician_is_told_that_a_county_is_here_already(counties: Counties, enter: Enter) -> None:
    client = enter(Person.objects.create_superuser("drift@example.org", "Drift"))
    walked(client, answers("04"))

    assert "Sörmland finns redan här" in client.get(f"{BASE}granska/").content.decode()
    assert client.post(f"{BASE}ladda/").status_code == 422


def test_nobody_is_sent_to_log_in(db: None) -> None:
    assert {Client().get(f"{BASE}{step}/").status_code for step in STEPS} == {302}
    assert Client().get(f"{BASE}region/")["Location"].startswith("/konto/login/")


def test_two_people_do_not_see_each_others_answers(counties: Counties, enter: Enter) -> None:
    walked(enter(counties.member), answers())

    assert enter(counties.neighbour).get(f"{BASE}granska/")["Location"] == f"{BASE}region/"


def test_a_step_asks_the_database_the_same_however_many_lines_there_are(counties: Counties, enter: Enter) -> None:
    client = enter(counties.member)

    def count(number: int) -> list[int]:
        groups = {**names("bereder", *["Grupp"] * number), **names("arbetar", *["Grupp"] * number)}
        walked(client, answers(organ=groups, arendegang={f"grupp-{place}": "" for place in range(number)}))
        found = []
        for step in STEPS:
            with CaptureQueriesContext(connection) as caught:
                client.get(f"{BASE}{step}/")
            found.append(len(caught))
        return found

    count(1)
    assert count(2) == count(120)


SIGNS = st.characters(exclude_categories=["Cs"]) | st.sampled_from("\"'\\\n\t\r#[]{}=”\u2028\x00🫱å👍🏽.")
TEXTS = st.text(SIGNS, max_size=60) | st.sampled_from(["", "styrgrupp", "ansvarig_grupp", "Grupp", "🙂", "å" * 200])
SEEN = st.characters(exclude_categories=["Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"]) | st.sampled_from(
    "\"'\\\n\t #[]{}=”🙂å👍🏽."
)
NAMES = st.text(SEEN, min_size=1, max_size=50).filter(str.split) | st.sampled_from(["Grupp", "grupp", "styrgrupp"])
SUPPRESSED = [HealthCheck.too_slow, HealthCheck.data_too_large]


def plain(text: str) -> str:
    """Return a name as a file keeps it."""
    return unicodedata.normalize("NFC", " ".join(text.split()))


def guide_of(typed: dict[str, Typed]) -> Guide:
    """Return a guide in which this has been typed."""
    guide = Guide({})
    for step, values in typed.items():
        guide.typed[step] = {name: value if isinstance(value, list) else [value] for name, value in values.items()}
    return guide


@settings(max_examples=60, deadline=None, suppress_health_check=SUPPRESSED)
@given(data=st.data())
def test_whatever_names_are_typed_the_file_says_them_and_is_valid(data: st.DataObject) -> None:
    single = data.draw(st.fixed_dictionaries(dict.fromkeys(("styrgrupp", "stod", "namnd"), NAMES)))
    lists = st.lists(NAMES, min_size=2, max_size=6) | st.just(["Grupp"] * MOST_ROWS)
    others, preparing, groups = data.draw(lists), data.draw(lists), data.draw(lists)
    typed = answers(
        data.draw(st.sampled_from(sorted(regions()))),
        organisationer=rows("ovriga", *({"namn": name, "slag": "annan"} for name in others)),
        organ={**single, **names("bereder", *preparing), **names("arbetar", *groups)},
        arendegang={"arendegang": data.draw(st.sampled_from(list(ready_paths()))), "gemensam": "1", "grupp-0": "0"},
    )
    typed["arendegang"]["grans"] = str(data.draw(st.integers(1, HIGHEST)))

    guide = guide_of(typed)

    assert guide.unfinished() == ""
    spec = read_county(guide.file())
    told = {kind: [body.name for body in spec.bodies if body.kind == kind] for kind in BodyKind}
    assert told[BodyKind.STYRGRUPP] == [plain(single["styrgrupp"])]
    assert told[BodyKind.REGIONALT_STOD] == [plain(single["stod"])]
    assert told[BodyKind.NAMND] == [plain(single["namnd"])]
    assert told[BodyKind.BEREDNINGSGRUPP] == list(map(plain, preparing))
    assert told[BodyKind.ARBETSGRUPP] == list(map(plain, groups))
    annan = [one.name for one in spec.organisations if one.kind == OrganisationKind.ANNAN]
    assert annan == list(map(plain, others))
    codes = [body.code for body in spec.bodies] + [f"kontakt-{one.code}" for one in spec.organisations]
    assert len(codes) == len(set(codes))


@settings(max_examples=60, deadline=None, suppress_health_check=SUPPRESSED)
@given(data=st.data())
def test_anything_at_all_gives_a_valid_file_or_is_refused_at_its_step(data: st.DataObject) -> None:
    typed = answers()
    for step, values in typed.items():
        for name in values:
            if data.draw(st.integers(0, 9)) == 0:
                typed[step][name] = data.draw(TEXTS)

    guide = guide_of(typed)

    if guide.unfinished():
        assert not guide.forms(guide.unfinished()).is_valid()
    else:
        assert read_county(guide.file()).name in {one.name for one in regions().values()}


def test_names_that_are_alike_odd_or_words_of_the_vocabulary_get_codes_of_their_own(
    counties: Counties, enter: Enter
) -> None:
    odd = [
        "Grupp",
        "grupp",
        'Grupp "A\\B" #1',
        "🙂",
        "👍🏽",
        "styrgrupp",
        "kontakt eskilstuna",
        "å" * 150,
        "å" * 149 + "ä",
    ]

    spec = read_county(walked(enter(counties.member), answers("04", organ=names("bereder", *odd))))

    preparing = [body for body in spec.bodies if body.kind == BodyKind.BEREDNINGSGRUPP]
    assert [body.name for body in preparing] == odd
    assert len({body.code for body in preparing}) == len(odd)
    assert "styrgrupp" not in {body.code for body in preparing}
