"""Each part's form gives back what it was made from, takes what people write, and says what is wrong at the field."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.html import conditional_escape

from governance.models import County, Malomrade, Organisation
from satsningar import content, services
from satsningar.content import Content
from satsningar.forms import PartEditor, part_editor
from satsningar.help import FIELD_HELP, LIST_HELP, PART_HELP
from satsningar.models import Satsning
from satsningar.partspec import PARTS, content_fields
from satsningar.services import plain_value
from tests.factories import make_satsning

Typed = dict[str, str]

urlpatterns: list[object] = []
"""Forms are drawn without any pages."""


def shown(editor: PartEditor) -> Typed:
    """Return what a browser would post of the page as it is shown."""
    typed: Typed = {}
    forms = [editor.form]
    for section in editor.sections:
        management = section.formset.management_form
        typed |= {management.add_prefix(name): str(management[name].value()) for name in management.fields}
        forms += section.formset.forms
    for form in forms:
        for name in form.fields:
            value = form[name].value()
            if value not in (None, False, ""):
                typed[form.add_prefix(name)] = "on" if value is True else str(value)
    return typed


def posted(typed: Typed) -> QueryDict:
    """Return the data as a request brings it."""
    data = QueryDict(mutable=True)
    data.update(typed)
    return data


@pytest.mark.parametrize("code", PARTS)
def test_a_form_gives_back_what_it_was_made_from(filled: Content, code: str) -> None:
    editor = part_editor(code, filled, posted(shown(part_editor(code, filled))))
    assert (editor.is_valid(), editor.errors) == (True, [])
    assert editor.value == plain_value(PARTS[code], filled.part(code))


@pytest.mark.parametrize("code", PARTS)
def test_an_empty_form_is_taken(satsning: Satsning, code: str) -> None:
    read = content.read(satsning.pk)
    editor = part_editor(code, read, posted(shown(part_editor(code, read))))
    assert (editor.is_valid(), editor.errors) == (True, [])
    assert editor.value == plain_value(PARTS[code], read.part(code))


@pytest.mark.parametrize("code", PARTS)
def test_nothing_posted_is_no_error_of_the_machine(satsning: Satsning, code: str) -> None:
    editor = part_editor(code, content.read(satsning.pk), posted({}))
    valid = editor.is_valid()
    assert valid is not bool(editor.errors)


JUNK = [
    "x" * 100_000,
    "\x00\x07\ud800",
    "<script>alert(1)</script>",
    "-5",
    "1899-12-31",
    "99999999999999999999",
    "NaN",
    "²",
]


@pytest.mark.parametrize("code", PARTS)
def test_no_input_is_an_error_of_the_machine(filled: Content, code: str) -> None:
    names = shown(part_editor(code, filled))
    for junk in JUNK:
        editor = part_editor(code, filled, posted(dict.fromkeys(names, junk)))
        if not editor.is_valid():
            assert editor.errors
            assert all(target.startswith("id_") and message for target, message in editor.errors)


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("code", PARTS)
def test_every_field_is_drawn_with_its_example(filled: Content, code: str) -> None:
    editor = part_editor(code, filled)
    drawn = str(editor.form) + "".join(str(form) for section in editor.sections for form in section.formset.forms)
    for form in (editor.form, *(form for section in editor.sections for form in section.formset.forms)):
        for name, example in form.examples.items():
            assert form[name].html_name in drawn
            assert not example or conditional_escape(example.split("\n")[0]) in drawn


def test_every_field_has_its_place_in_the_help() -> None:
    columns = {code: {field.attname for field in spec.fields} for code, spec in PARTS.items()}
    for code, spec in PARTS.items():
        for key, model in spec.rows.items():
            columns[f"{code}.{key}"] = {field.attname for field in content_fields(model)} - {"id"}
    for key, texts in FIELD_HELP.items():
        assert set(texts) <= columns[key], key
    for code, spec in PARTS.items():
        assert set(FIELD_HELP[code]) == columns[code], code
        assert code in PART_HELP
        assert {f"{code}.{key}" for key in spec.rows} <= set(LIST_HELP)


def test_long_texts_and_days_carry_an_example_or_help(satsning: Satsning) -> None:
    for code in PARTS:
        form = part_editor(code, content.read(satsning.pk)).form
        for name, field in form.fields.items():
            assert field.help_text, (code, name)
            assert name in form.examples


AMOUNTS = [
    ("1 250 000", "1250000.00"),
    ("1\xa0250\xa0000", "1250000.00"),
    ("1250000", "1250000.00"),
    ("1250000 kr", "1250000.00"),
    ("1 250 000,50", "1250000.50"),
    ("1.250.000", "1250000.00"),
    ("1,5", "1.50"),
    ("1.5", "1.50"),
    ("0", "0.00"),
    ("", None),
    ("   ", None),
]


@pytest.mark.parametrize(("typed", "stored"), AMOUNTS)
def test_a_sum_is_read_as_people_write_it(satsning: Satsning, typed: str, stored: str | None) -> None:
    editor = part_editor("ekonomi", content.read(satsning.pk), posted(ekonomi(grov_kostnad=typed)))
    assert (editor.is_valid(), editor.errors) == (True, [])
    assert editor.value["grov_kostnad"] == stored


REFUSED = [
    ("-1", "Talet kan inte vara negativt."),
    ("\u2212200", "Talet kan inte vara negativt."),
    ("en miljon", "Skriv ett belopp i kronor, till exempel 1 250 000."),
    ("1e9", "Skriv ett belopp i kronor, till exempel 1 250 000."),
    ("1,234,567", "Skriv ett belopp i kronor, till exempel 1 250 000."),
    ("12,345", "Skriv ett belopp i kronor, till exempel 1 250 000."),
    ("200 000 000 000", "Talet är för stort. Högst 100\xa0000\xa0000\xa0000 ryms."),
    ("9" * 40, "Beloppet är för stort."),
]


@pytest.mark.parametrize(("typed", "message"), REFUSED)
def test_what_is_no_sum_is_said_at_the_field_and_kept(satsning: Satsning, typed: str, message: str) -> None:
    editor = part_editor("ekonomi", content.read(satsning.pk), posted(ekonomi(grov_kostnad=typed)))
    assert not editor.is_valid()
    assert editor.errors == [("id_grov_kostnad", message)]
    assert editor.form["grov_kostnad"].value() == typed


def test_a_stored_sum_is_shown_as_people_write_it(complete: Content, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        editor = part_editor("ekonomi", complete)
        assert editor.form["grov_kostnad"].value() == "1\xa0250\xa0000"


def ekonomi(*rows: Typed, **fields: str) -> Typed:
    """Return a post of the economy with its cost lines."""
    typed = {"kostnader-TOTAL_FORMS": str(len(rows)), "kostnader-INITIAL_FORMS": "0", **fields}
    for number, row in enumerate(rows):
        typed |= {f"kostnader-{number}-{name}": value for name, value in row.items()}
    return typed


@pytest.fixture
def row(satsning: Satsning) -> Typed:
    """Give a cost line as typed."""
    region = content.read(satsning.pk).organisations[0]
    return {
        "ar": "2027",
        "organisation_id": str(region.id),
        "slag": "personal",
        "finansiering": "egen",
        "belopp": "1 000",
    }


def test_blank_lines_are_no_lines(satsning: Satsning, row: Typed) -> None:
    editor = part_editor("ekonomi", content.read(satsning.pk), posted(ekonomi({}, row, {"motivering": "  "})))
    assert (editor.is_valid(), editor.errors) == (True, [])
    assert [line["belopp"] for line in editor.value["kostnader"]] == ["1000.00"]


def test_an_unfinished_line_is_said_at_its_fields(satsning: Satsning, row: Typed) -> None:
    unfinished = {**row, "belopp": "", "slag": ""}
    editor = part_editor("ekonomi", content.read(satsning.pk), posted(ekonomi(row, unfinished)))
    assert not editor.is_valid()
    assert editor.errors == [
        ("id_kostnader-1-slag", "Rad 2: Ange slag."),
        ("id_kostnader-1-belopp", "Rad 2: Ange belopp, kronor."),
    ]


def test_a_line_marked_for_removal_goes_whatever_it_holds(satsning: Satsning, row: Typed) -> None:
    gone = {**row, "belopp": "fel", "DELETE": "on"}
    editor = part_editor("ekonomi", content.read(satsning.pk), posted(ekonomi(gone, row)))
    assert (editor.is_valid(), editor.errors) == (True, [])
    assert len(editor.value["kostnader"]) == 1


def test_adding_a_line_without_javascript_keeps_what_was_typed(satsning: Satsning, row: Typed) -> None:
    typed = ekonomi({**row, "belopp": "fel"}, effekter="Nytt", grov_kostnad="-5") | {"lagg_till_kostnader": "1"}
    editor = part_editor("ekonomi", content.read(satsning.pk), posted(typed))
    assert editor.row_button is not None
    assert (editor.is_valid(), editor.errors) == (False, [])
    assert editor.form["effekter"].value() == "Nytt"
    assert editor.form["grov_kostnad"].value() == "-5"
    assert [form["belopp"].value() for form in editor.formsets["kostnader"].forms] == ["fel", None]
    assert "kostnader-TOTAL_FORMS" in str(editor.formsets["kostnader"].management_form)


def test_removing_a_line_without_javascript_moves_the_others_up(satsning: Satsning, row: Typed) -> None:
    rows = [{**row, "belopp": belopp, "id": str(n)} for n, belopp in enumerate(["10", "20", "30"])]
    editor = part_editor("ekonomi", content.read(satsning.pk), posted(ekonomi(*rows) | {"ta_bort_kostnader-1": "1"}))
    forms = editor.formsets["kostnader"].forms
    assert [(form["belopp"].value(), form["id"].value()) for form in forms] == [("10", "0"), ("30", "2")]
    assert editor.errors == []


@pytest.mark.parametrize(
    "button", ["ta_bort_kostnader-99", "ta_bort_kostnader", "lagg_till_hemligt", "lagg_till_kostnader-1"]
)
def test_a_button_that_is_none_changes_nothing(satsning: Satsning, row: Typed, button: str) -> None:
    editor = part_editor("ekonomi", content.read(satsning.pk), posted(ekonomi(row) | {button: "1"}))
    assert [form["belopp"].value() for form in editor.formsets["kostnader"].forms] == ["1 000"]


@pytest.mark.parametrize("total", ["", "-1", "många", "99999999999"])
def test_a_list_that_did_not_arrive_whole_is_said(satsning: Satsning, total: str) -> None:
    typed = {"kostnader-TOTAL_FORMS": total, "kostnader-INITIAL_FORMS": "0"}
    editor = part_editor("ekonomi", content.read(satsning.pk), posted(typed))
    assert not editor.is_valid()
    assert [target for target, _message in editor.errors] == ["id_kostnader"]


def test_another_countys_organisation_is_said_at_the_field(satsning: Satsning, row: Typed) -> None:
    other = County.objects.create(code="annat", name="Annat län")
    theirs = Organisation.objects.create(county=other, code="x", name="X", kind="kommun")
    typed = ekonomi({**row, "organisation_id": str(theirs.pk)})
    editor = part_editor("ekonomi", content.read(satsning.pk), posted(typed))
    assert not editor.is_valid()
    assert editor.errors == [("id_kostnader-0-organisation_id", "Rad 1: Välj ett av alternativen.")]


def test_every_municipality_has_a_line_that_is_named(satsning: Satsning) -> None:
    read = content.read(satsning.pk)
    section = part_editor("inforande", read).sections[0]
    assert (section.kind, [form.title for form in section.formset.forms]) == (
        "fixed",
        [municipality.name for municipality in read.municipalities],
    )


def test_one_municipalitys_year_makes_one_line(satsning: Satsning) -> None:
    read = content.read(satsning.pk)
    flen = read.municipalities[1]
    editor = part_editor("inforande", read, posted({f"kommuner-{flen.id}-ar": "2028"}))
    assert (editor.is_valid(), editor.errors) == (True, [])
    assert editor.value["kommuner"] == [
        {
            "id": None,
            "organisation_id": flen.id,
            "ar": 2028,
            "efter_piloten": False,
            "ansvarig": "",
            "anpassning": "",
        }
    ]


def test_an_error_in_a_municipalitys_line_names_it(satsning: Satsning) -> None:
    read = content.read(satsning.pk)
    flen = read.municipalities[1]
    editor = part_editor("inforande", read, posted({f"kommuner-{flen.id}-ar": "1066"}))
    assert not editor.is_valid()
    message = f"{flen.name}: Året ska ligga mellan 1900 och 2200."
    assert editor.errors == [(f"id_kommuner-{flen.id}-ar", message)]


def test_links_are_boxes_in_groups_that_keep_their_ids(filled: Content) -> None:
    editor = part_editor("koppling", filled)
    groups = editor.formsets["kopplingar"].groups  # type: ignore[union-attr]
    assert [(group.title, group.anchor) for group in groups] == [
        ("Målområden", "id_kopplingar-malomrade"),
        ("Fokusområden", "id_kopplingar-fokusomrade"),
        ("Målsättningar", "id_kopplingar-malsattning"),
        ("Förflyttningar", "id_kopplingar-forflyttning"),
        ("Perspektiv", "id_kopplingar-perspektiv"),
    ]
    assert {form.group for form in groups[2].forms} == {"Personcentrering", "Hälsofrämjande och förebyggande"}
    link = next(row for row in filled.rows("koppling", "kopplingar") if row["malomrade_id"])
    typed = shown(editor)
    typed[f"kopplingar-malomrade-{link['malomrade_id']}-varfor"] = "Ändrat."
    changed = part_editor("koppling", filled, posted(typed))
    assert changed.is_valid()
    assert {row["id"]: row["varfor"] for row in changed.value["kopplingar"]}[link["id"]] == "Ändrat."


def test_a_why_without_its_box_is_not_lost(satsning: Satsning) -> None:
    read = content.read(satsning.pk)
    area = Malomrade.objects.all()[0]
    editor = part_editor("koppling", read, posted({f"kopplingar-malomrade-{area.pk}-varfor": "För att."}))
    assert not editor.is_valid()
    field = f"id_kopplingar-malomrade-{area.pk}-vald"
    assert editor.errors == [(field, f"{area.name}: Kryssa i rutan eller ta bort texten.")]


def test_what_has_ended_stays_on_offer_where_it_is_chosen(filled: Content) -> None:
    link = next(row for row in filled.rows("koppling", "kopplingar") if row["malomrade_id"])
    Malomrade.objects.filter(pk=link["malomrade_id"]).update(ended_on="2026-01-01")
    editor = part_editor("koppling", filled, posted(shown(part_editor("koppling", filled))))
    assert editor.is_valid()
    assert link["id"] in {row["id"] for row in editor.value["kopplingar"]}


def test_a_contact_sees_and_writes_its_own_lines_alone(filled: Content) -> None:
    flen, other = filled.municipalities[1], filled.municipalities[2]
    editor = part_editor("lage", filled, only_organisation=flen.id)
    assert editor.form.fields == {}
    assert [form.title for form in editor.sections[0].formset.forms] == [flen.name]
    typed = {f"organisationer-{flen.id}-status": "pagar", f"organisationer-{other.id}-status": "pagar"}
    written = part_editor("lage", filled, posted(typed), only_organisation=flen.id)
    assert written.is_valid()
    assert [(line["organisation_id"], line["status"]) for line in written.own_rows] == [(flen.id, "pagar")]
    assert {line["status"] for line in written.value["organisationer"]} == {"infort", "avstatt", "pagar"}


def test_a_contacts_values_are_its_own(filled: Content) -> None:
    flen = filled.municipalities[1]
    matt = filled.rows("uppfoljning", "matt")[0]
    typed = {
        "varden-TOTAL_FORMS": "1",
        "varden-INITIAL_FORMS": "0",
        "varden-0-effektmatt_id": str(matt["id"]),
        "varden-0-slag": "matning",
        "varden-0-datum": "2027-05-31",
        "varden-0-varde": "101",
    }
    editor = part_editor("varden", filled, posted(typed), only_organisation=flen.id)
    assert "organisation_id" not in editor.sections[0].formset.forms[0].fields
    assert (editor.is_valid(), editor.errors) == (True, [])
    assert [line["organisation_id"] for line in editor.own_rows] == [flen.id]


def test_what_the_writing_refuses_is_said_at_the_field(filled: Content) -> None:
    typed = shown(part_editor("uppfoljning", filled)) | {"matt-0-DELETE": "on"}
    editor = part_editor("uppfoljning", filled, posted(typed))
    assert editor.is_valid()
    with pytest.raises(ValidationError) as caught:
        services.write_part(
            filled.satsning_id,
            "uppfoljning",
            editor.value,
            person_id=1,
            expected_version=filled.versions["uppfoljning"],
        )
    editor.add_errors(caught.value)
    assert [target for target, _message in editor.errors] == ["id_matt"]
    assert not editor.is_valid()


def test_refusals_reach_the_right_line(satsning: Satsning, row: Typed) -> None:
    editor = part_editor("ekonomi", content.read(satsning.pk), posted(ekonomi({}, row)))
    assert editor.is_valid()
    assert editor.value["kostnader"]
    editor.add_errors(ValidationError({"kostnader-0-ar": ["Fel år."], "effekter": ["Fel text."]}))
    assert editor.errors == [("id_effekter", "Fel text."), ("id_kostnader-1-ar", "Rad 2: Fel år.")]


def test_new_lines_learn_their_ids(satsning: Satsning, row: Typed) -> None:
    editor = part_editor("ekonomi", content.read(satsning.pk), posted(ekonomi({}, row)))
    assert editor.is_valid()
    services.write_part(satsning.pk, "ekonomi", editor.value, person_id=satsning.created_by_id, expected_version=0)
    read = content.read(satsning.pk)
    line = read.rows("ekonomi", "kostnader")[0]
    assert editor.row_ids(read) == {"kostnader-0-id": "", "kostnader-1-id": str(line["id"])}


def test_a_proposed_value_is_shown_instead_of_the_stored(filled: Content) -> None:
    value = {**filled.part("uppdrag"), "syfte": "Ett annat syfte."}
    assert part_editor("uppdrag", filled, value=value).form["syfte"].value() == "Ett annat syfte."


def test_forms_ask_the_database_a_fixed_number_of_times(
    filled: Content, county: County, django_assert_max_num_queries: Any
) -> None:
    other = content.read(make_satsning(county).pk)
    for code in PARTS:
        for read in (filled, other):
            with django_assert_max_num_queries(5 if code == "koppling" else 1):
                str(shown(part_editor(code, read)))


def test_rows_drawn_once_are_drawn_as_the_templates_draw_them(filled: Content) -> None:
    untouched = part_editor("inforande", filled)
    first, second, *_ = filled.municipalities
    typed = shown(untouched) | {
        f"kommuner-{first.id}-ansvarig": "rad__plats <b>&quot; rad__varde",
        f"kommuner-{first.id}-efter_piloten": "on",
        f"kommuner-{second.id}-ar": "inget år",
    }
    changed = part_editor("inforande", filled, posted(typed))
    assert not changed.is_valid()

    for editor in (untouched, changed):
        for form in editor.formsets["kommuner"].forms:
            drawn = "".join(str(field.as_field_group()) for field in form.visible_fields())
            assert form.drawn_fields.replace(' value=""', "") == drawn.replace(' value=""', "")
