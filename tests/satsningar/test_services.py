"""Writing a part: what is written is read again, lines keep their ids, nothing that cannot be stored gets through."""

from copy import deepcopy
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from governance.models import County, Malomrade, Organisation
from satsningar import content, services
from satsningar.content import Content
from satsningar.errors import Conflict
from satsningar.markdown import normalise, normalise_line
from satsningar.models import Satsning
from satsningar.partspec import PARTS
from satsningar.services import plain_value
from satsningar.vocabulary import Finansiering, Kostnadsslag
from tests import factories

Value = dict[str, Any]


def write(satsning_id: int, code: str, value: Value, *, version: int | None = None) -> Content:
    """Write a part on the version that stands and return the content afterwards."""
    read = content.read(satsning_id)
    person = Satsning.objects.get(pk=satsning_id).created_by_id
    expected = read.versions[code] if version is None else version
    services.write_part(satsning_id, code, value, person_id=person, expected_version=expected)
    return content.read(satsning_id)


def refused(satsning_id: int, code: str, value: Value) -> dict[str, list[str]]:
    """Return what is said at each field about a value that is not taken, and see that nothing was written."""
    before = content.read(satsning_id)
    with pytest.raises(ValidationError) as caught:
        write(satsning_id, code, value)
    assert content.read(satsning_id) == before
    return caught.value.message_dict


def test_a_new_satsning_has_its_title_and_nothing_else(satsning: Satsning) -> None:
    read = content.read(satsning.pk)
    assert read.title == "Mobila team i hela länet"
    assert read.versions == {code: int(code == "uppdrag") for code in PARTS}
    assert read.part("ekonomi") == PARTS["ekonomi"].empty()


@pytest.mark.parametrize(
    ("titel", "message"),
    [
        ("", "Ge satsningen en titel."),
        (" \n\t", "Ge satsningen en titel."),
        ("x" * 201, "Texten är 201 tecken; här ryms 200."),
        ("x" * 100_000, "Texten är 100\xa0000 tecken; här ryms 200."),
    ],
)
def test_a_title_that_is_none_is_refused(titel: str, message: str) -> None:
    with pytest.raises(ValidationError) as caught:
        services.clean_title(titel)
    assert caught.value.message_dict == {"titel": [message]}


@pytest.mark.parametrize("code", PARTS)
def test_what_is_written_is_read_again(filled: Content, code: str) -> None:
    again = write(filled.satsning_id, code, dict(filled.part(code)))
    assert again.part(code) == filled.part(code)
    assert again.versions[code] == filled.versions[code] == (2 if code == "uppdrag" else 1)


texts = st.text(max_size=60)
amounts = st.decimals(min_value=0, max_value=10**11, places=2, allow_nan=False, allow_infinity=False)
costs = st.fixed_dictionaries(
    {
        "ar": st.integers(1900, 2200),
        "slag": st.sampled_from(Kostnadsslag.values),
        "finansiering": st.sampled_from(Finansiering.values),
        "belopp": amounts.map(str),
        "halso_och_sjukvard": st.sampled_from([None, True, False]),
        "motivering": texts,
    }
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(fields=st.fixed_dictionaries({"effekter": texts, "efter_projektet": texts}), rows=st.lists(costs, max_size=6))
def test_any_part_that_is_taken_is_read_as_it_was_written(satsning: Satsning, fields: Value, rows: list[Value]) -> None:
    region = content.read(satsning.pk).organisations[0].id
    written = [{**row, "organisation_id": region} for row in rows]
    read = plain_value(
        PARTS["ekonomi"], write(satsning.pk, "ekonomi", {**fields, "kostnader": written}).part("ekonomi")
    )
    assert {name: read[name] for name in fields} == {name: normalise(text) for name, text in fields.items()}
    expected = [{**row, "statsbidrag_id": None, "motivering": normalise(row["motivering"])} for row in written]
    assert [{**row, "belopp": str(row["belopp"])} for row in read["kostnader"]] == [
        {"id": row["id"], **plain} for row, plain in zip(read["kostnader"], expected, strict=True)
    ]


def test_lines_keep_their_ids_when_they_move_change_and_go(filled: Content) -> None:
    rows = deepcopy(filled.rows("uppfoljning", "matt"))
    new = {"namn": "Antal hembesök", "mal": "500"}
    first, second = rows
    read = write(filled.satsning_id, "varden", {"varden": []})
    read = write(filled.satsning_id, "uppfoljning", {"matt": [{**second, "mal": "85"}, new]})
    after = read.rows("uppfoljning", "matt")
    assert [(row["namn"], row["mal"]) for row in after] == [(second["namn"], "85"), ("Antal hembesök", "500")]
    assert after[0]["id"] == second["id"]
    assert first["id"] not in {row["id"] for row in after}


def test_lines_may_swap_places_in_a_list_where_each_may_stand_once(filled: Content) -> None:
    rows = [dict(row) for row in filled.rows("inforande", "kommuner")]
    one, two = rows[0]["organisation_id"], rows[1]["organisation_id"]
    rows[0]["organisation_id"], rows[1]["organisation_id"] = two, one
    read = write(filled.satsning_id, "inforande", {"kommuner": rows})
    connection.check_constraints()
    assert [row["organisation_id"] for row in read.rows("inforande", "kommuner")[:2]] == [two, one]


def test_what_is_not_mentioned_stays(filled: Content) -> None:
    read = write(filled.satsning_id, "ekonomi", {"effekter": "Nytt."})
    assert read.part("ekonomi") == {**filled.part("ekonomi"), "effekter": "Nytt."}
    assert read.versions["ekonomi"] == filled.versions["ekonomi"] + 1


def test_an_older_version_conflicts_and_says_what_stands_there(filled: Content) -> None:
    with pytest.raises(Conflict) as caught:
        write(filled.satsning_id, "uppdrag", {"syfte": "Mitt."}, version=1)
    assert caught.value.version == filled.versions["uppdrag"]
    assert caught.value.current == filled.part("uppdrag")


def test_content_is_written_inside_a_transaction_alone(county: County) -> None:
    satsning = factories.make_satsning(county)
    connection.in_atomic_block, kept = False, connection.in_atomic_block
    try:
        with pytest.raises(transaction.TransactionManagementError):
            services.write_part(satsning.pk, "uppdrag", {}, person_id=satsning.created_by_id, expected_version=1)
    finally:
        connection.in_atomic_block = kept


def test_a_measure_with_values_is_not_removed(filled: Content) -> None:
    matt = filled.rows("uppfoljning", "matt")
    said = refused(filled.satsning_id, "uppfoljning", {"matt": [matt[1]]})
    name = matt[0]["namn"]
    assert said == {"matt": [f"”{name}” har mätvärden och kan inte tas bort. Ta bort värdena först."]}


HOSTILE = [
    ("uppdrag", {"behov": "x" * 100_000}, {"behov": ["Texten är 100\xa0000 tecken; här ryms 20\xa0000."]}),
    ("uppdrag", {"behov": 7}, {"behov": ["Skriv text här."]}),
    ("uppdrag", {"titel": "x" * 201}, {"titel": ["Texten är 201 tecken; här ryms 200."]}),
    ("uppdrag", {"startar": "1899-12-31"}, {"startar": ["Året ska ligga mellan 1900 och 2200."]}),
    ("uppdrag", {"startar": "3/11 2026"}, {"startar": ["Skriv datumet som år-månad-dag, till exempel 2026-11-03."]}),
    ("uppdrag", {"startar": "2027-01-02", "slutar": "2027-01-01"}, {"slutar": ["Slutet kan inte ligga före början."]}),
    ("uppdrag", {"hemlig": "x"}, {"hemlig": ["Fältet finns inte."]}),
    ("uppdrag", {"satsning_id": 1}, {"satsning_id": ["Fältet finns inte."]}),
    ("uppdrag", {"ledande_organisation_id": True}, {"ledande_organisation_id": ["Skriv ett heltal."]}),
    ("uppdrag", {"ledande_organisation_id": 2**70}, {"ledande_organisation_id": ["Välj ett av alternativen."]}),
    ("ekonomi", {"grov_kostnad": "-1"}, {"grov_kostnad": ["Talet kan inte vara negativt."]}),
    ("ekonomi", {"grov_kostnad": "1e30"}, {"grov_kostnad": ["Skriv ett belopp i kronor, till exempel 1 250 000."]}),
    ("ekonomi", {"grov_kostnad": "NaN"}, {"grov_kostnad": ["Skriv ett belopp i kronor, till exempel 1 250 000."]}),
    ("ekonomi", {"grov_kostnad": "Infinity"}, {"grov_kostnad": ["Skriv ett belopp i kronor, till exempel 1 250 000."]}),
    ("ekonomi", {"grov_kostnad": "1.005"}, {"grov_kostnad": ["Skriv högst två decimaler."]}),
    (
        "ekonomi",
        {"grov_kostnad": "100000000000.01"},
        {"grov_kostnad": ["Talet är för stort. Högst 100\xa0000\xa0000\xa0000 ryms."]},
    ),
    ("ekonomi", {"kostnader": "alla"}, {"kostnader": ["Listan kan inte läsas."]}),
    ("ekonomi", {"kostnader": [{}] * 201}, {"kostnader": ["Högst 200 rader ryms."]}),
    (
        "ekonomi",
        {"kostnader": [{"id": 10**15}]},
        {"kostnader-0-id": ["Raden finns inte längre. Ladda om sidan och försök igen."]},
    ),
    (
        "ekonomi",
        {"kostnader": [{"ar": 1899, "slag": "guld", "finansiering": "egen", "belopp": "1"}]},
        {
            "kostnader-0-ar": ["Året ska ligga mellan 1900 och 2200."],
            "kostnader-0-organisation_id": ["Ange organisation."],
            "kostnader-0-slag": ["Välj ett av alternativen."],
        },
    ),
]


@pytest.mark.parametrize(("code", "value", "said"), HOSTILE)
def test_what_cannot_be_stored_is_said_at_the_field(
    satsning: Satsning, code: str, value: Value, said: dict[str, list[str]]
) -> None:
    assert refused(satsning.pk, code, value) == said


NOT_OURS = "Det valda finns inte i länet eller har upphört. Välj ett av alternativen."


def test_another_countys_organisation_is_refused(satsning: Satsning) -> None:
    other = County.objects.create(code="annat", name="Annat län")
    theirs = Organisation.objects.create(county=other, code="x", name="X", kind="kommun")
    said = refused(satsning.pk, "omfattning", {"deltagare": [{"organisation_id": theirs.pk, "roll": "Med"}]})
    assert said == {"deltagare-0-organisation_id": [NOT_OURS]}


def test_what_has_ended_may_stay_but_not_be_chosen(filled: Content) -> None:
    link = next(row for row in filled.rows("koppling", "kopplingar") if row["malomrade_id"])
    Malomrade.objects.filter(pk=link["malomrade_id"]).update(ended_on=factories.DAY)
    kept = write(filled.satsning_id, "koppling", {"kopplingar": [{**link, "varfor": "Fortfarande."}]})
    assert [row["id"] for row in kept.rows("koppling", "kopplingar")] == [link["id"]]
    write(filled.satsning_id, "koppling", {"kopplingar": []})
    again = {"malomrade_id": link["malomrade_id"], "varfor": "Igen."}
    assert refused(filled.satsning_id, "koppling", {"kopplingar": [again]}) == {"kopplingar-0-malomrade_id": [NOT_OURS]}


def test_a_link_leads_to_just_one_thing(filled: Content) -> None:
    rows = filled.rows("koppling", "kopplingar")
    both = {**rows[0], "fokusomrade_id": rows[1]["fokusomrade_id"]}
    said = refused(filled.satsning_id, "koppling", {"kopplingar": [both]})
    assert said == {"kopplingar-0-varfor": ["Varje rad ska koppla till just en sak i målbilden."]}


def test_an_organisation_stands_once_in_a_list(filled: Content) -> None:
    row = filled.rows("omfattning", "deltagare")[0]
    twice = [row, {**row, "id": None}]
    said = refused(filled.satsning_id, "omfattning", {"deltagare": twice})
    assert said == {"deltagare-1-organisation_id": ["Organisationen finns redan i listan."]}


def test_another_satsnings_line_is_refused(filled: Content, county: County) -> None:
    other = factories.fill(factories.make_satsning(county, "Egenmonitorering"), ["ekonomi"])
    line = other.rows("ekonomi", "kostnader")[0]
    said = refused(filled.satsning_id, "ekonomi", {"kostnader": [line]})
    assert list(said) == ["kostnader-0-id"]


def test_a_proposed_value_is_checked_named_and_not_stored(filled: Content) -> None:
    new = Malomrade.objects.all()[1]
    value = {"kopplingar": [{"malomrade_id": new.pk, "varfor": "Nytt."}]}
    checked = services.checked_value(filled.satsning_id, "koppling", value)
    assert [(row["malomrade_namn"], row["varfor"]) for row in checked["kopplingar"]] == [(new.name, "Nytt.")]
    assert content.read(filled.satsning_id) == filled
    assert set(checked["kopplingar"][0]) == set(filled.rows("koppling", "kopplingar")[0])
    with pytest.raises(ValidationError):
        services.checked_value(filled.satsning_id, "uppfoljning", {"matt": []})


@pytest.mark.parametrize("code", PARTS)
def test_a_checked_value_is_what_would_be_read(filled: Content, code: str) -> None:
    value = plain_value(PARTS[code], filled.part(code))
    assert services.checked_value(filled.satsning_id, code, value) == filled.part(code)


def test_text_is_normalised_on_its_way_in(satsning: Satsning) -> None:
    read = write(satsning.pk, "uppdrag", {"behov": "a\u030ar\x00\r\n\uf0b7 punkt", "ledare": "Karin\nEk\x07"})
    assert read.part("uppdrag")["behov"] == "år\n- punkt"
    assert read.part("uppdrag")["ledare"] == normalise_line("Karin\nEk") == "Karin Ek"


def test_html_is_kept_as_the_text_it_is(satsning: Satsning) -> None:
    text = "<script>alert(1)</script>"
    assert write(satsning.pk, "uppdrag", {"behov": text}).part("uppdrag")["behov"] == text


def test_a_contact_writes_its_own_lines_alone(filled: Content) -> None:
    flen, other = filled.municipalities[1], filled.municipalities[2]
    line = {**services_row(filled, "lage", "organisationer", flen.id), "status": "pagar", "kommentar": "Snart."}
    services.write_rows_of_organisation(
        filled.satsning_id,
        "lage",
        [line],
        organisation_id=flen.id,
        person_id=Satsning.objects.get().created_by_id,
        expected_version=filled.versions["lage"],
    )
    read = content.read(filled.satsning_id)
    before = {row["organisation_id"]: row for row in filled.rows("lage", "organisationer")}
    after = {row["organisation_id"]: row for row in read.rows("lage", "organisationer")}
    assert after == {**before, flen.id: {**before[flen.id], "status": "pagar", "kommentar": "Snart."}}
    assert list(after) == list(before)
    with pytest.raises(ValidationError) as caught:
        services.write_rows_of_organisation(
            filled.satsning_id,
            "lage",
            [services_row(read, "lage", "organisationer", other.id)],
            organisation_id=flen.id,
            person_id=Satsning.objects.get().created_by_id,
            expected_version=read.versions["lage"],
        )
    assert caught.value.message_dict == {"organisationer-0-id": ["Raden hör inte till din organisation."]}


def test_a_contacts_errors_are_counted_within_its_own_lines(filled: Content) -> None:
    flen = filled.municipalities[1]
    line = {**services_row(filled, "inforande", "kommuner", flen.id), "ar": 1066}
    with pytest.raises(ValidationError) as caught:
        services.write_rows_of_organisation(
            filled.satsning_id,
            "inforande",
            [line],
            organisation_id=flen.id,
            person_id=Satsning.objects.get().created_by_id,
            expected_version=filled.versions["inforande"],
        )
    assert caught.value.message_dict == {"kommuner-0-ar": ["Året ska ligga mellan 1900 och 2200."]}


def services_row(read: Content, code: str, key: str, organisation_id: int) -> Value:
    """Return an organisation's line in a list."""
    return dict(next(row for row in read.rows(code, key) if row["organisation_id"] == organisation_id))


def test_writing_takes_few_statements_whatever_the_number_of_lines(filled: Content) -> None:
    rows = [{**row, "anpassning": "Annan."} for row in filled.rows("inforande", "kommuner")]
    person = Satsning.objects.get().created_by_id
    with CaptureQueriesContext(
        connection,
    ) as captured:
        services.write_part(
            filled.satsning_id,
            "inforande",
            {"kommuner": rows},
            person_id=person,
            expected_version=filled.versions["inforande"],
        )
    assert len(captured) == 4
    assert all(row["anpassning"] == "Annan." for row in content.read(filled.satsning_id).rows("inforande", "kommuner"))
