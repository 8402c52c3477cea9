"""Each requirement finds what is missing, says it in the right place, and is silent when nothing is."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest

from governance.vocabulary import Omfattning, OrganisationKind, RequirementCode
from satsningar import content
from satsningar.content import Content
from satsningar.models import Satsning
from satsningar.partspec import PARTS
from satsningar.requirements import REQUIREMENTS, Gap, content_gaps, part_gaps, part_state
from satsningar.requirements.registry import requirement

Parts = dict[str, Any]
Change = Callable[[Parts], object]


def changed(complete: Content, change: Change) -> Content:
    """Return the content with something taken out of it."""
    parts = deepcopy(dict(complete.parts))
    change(parts)
    return replace(complete, parts=parts)


def found(complete: Content, code: RequirementCode, change: Change) -> list[Gap]:
    """Return the gaps that taking something out makes."""
    assert list(REQUIREMENTS[code](complete)) == []
    return list(REQUIREMENTS[code](changed(complete, change)))


def test_a_complete_satsning_lacks_nothing(complete: Content) -> None:
    assert content_gaps(complete, [code.value for code in REQUIREMENTS]) == ()
    assert {code: str(part_state(complete, code)) for code in PARTS} == dict.fromkeys(PARTS, "Klart")


FIELDS = [
    ("titel", "uppdrag", "titel"),
    ("behov", "uppdrag", "behov"),
    ("behov", "uppdrag", "behov_kalla"),
    ("syfte", "uppdrag", "syfte"),
    ("malgrupp", "uppdrag", "malgrupp"),
    ("ledare", "uppdrag", "ledare"),
    ("grov_kostnad", "ekonomi", "grov_kostnad"),
    *[("del_uppdrag", "uppdrag", field.attname) for field in PARTS["uppdrag"].fields],
    ("del_omfattning", "omfattning", "spridning"),
    ("del_ekonomi", "ekonomi", "grov_kostnad"),
    ("del_ekonomi", "ekonomi", "effekter"),
    ("del_ekonomi", "ekonomi", "effekter_budget"),
    ("del_ekonomi", "ekonomi", "efter_projektet"),
    *[("del_brukarmedverkan", "brukarmedverkan", field.attname) for field in PARTS["brukarmedverkan"].fields],
    ("del_uppfoljning", "uppfoljning", "effekter"),
    ("del_uppfoljning", "uppfoljning", "hur"),
    ("del_inforande", "inforande", "pilot"),
    ("del_inforande", "inforande", "karna"),
    ("del_inforande", "inforande", "anpassas"),
    ("uppfoljningsrapport", "uppfoljningsrapport", "resultat"),
    ("uppfoljningsrapport", "uppfoljningsrapport", "larande"),
    ("uppfoljningsrapport", "uppfoljningsrapport", "forslag"),
    ("brukarmedverkan_redovisad", "uppfoljningsrapport", "brukarmedverkan"),
    *[("slutrapport", "slutrapport", field.attname) for field in PARTS["slutrapport"].fields],
    ("lardomar", "slutrapport", "lardomar"),
]


@pytest.mark.parametrize(("code", "part", "field"), FIELDS)
def test_an_empty_field_is_found(complete: Content, code: str, part: str, field: str) -> None:
    def empty(parts: Parts) -> None:
        parts[part][field] = None if parts[part][field] is None or not isinstance(parts[part][field], str) else ""

    gaps = found(complete, RequirementCode(code), empty)
    assert [(gap.part, gap.field) for gap in gaps] == [(part, field)]


ROWS = [
    ("del_omfattning", "omfattning", "deltagare", "roll"),
    ("del_resurser", "resurser", "resurser", "timmar"),
    ("del_resurser", "resurser", "resurser", "fran"),
    ("del_resurser", "resurser", "resurser", "till"),
    ("del_ekonomi", "ekonomi", "kostnader", "statsbidrag_id"),
    ("del_ekonomi", "ekonomi", "kostnader", "halso_och_sjukvard"),
    ("del_ekonomi", "ekonomi", "kostnader", "motivering"),
    ("del_uppfoljning", "uppfoljning", "matt", "mal"),
    ("del_uppfoljning", "uppfoljning", "matt", "riktning"),
    ("del_uppfoljning", "uppfoljning", "matt", "kalla"),
    ("del_uppfoljning", "uppfoljning", "matt", "frekvens"),
    ("del_uppfoljning", "uppfoljning", "matt", "agare"),
]


@pytest.mark.parametrize(("code", "part", "key", "field"), ROWS)
def test_an_empty_field_of_a_line_is_found(complete: Content, code: str, part: str, key: str, field: str) -> None:
    gaps = found(complete, RequirementCode(code), lambda parts: parts[part][key][0].update({field: None}))
    assert [(gap.part, gap.field) for gap in gaps] == [(part, f"{key}-0-{field}")]


def test_a_share_of_time_stands_for_hours(complete: Content) -> None:
    def share(parts: Parts) -> None:
        parts["resurser"]["resurser"][0].update({"timmar": None, "andel": 50})

    assert found(complete, RequirementCode.DEL_RESURSER, share) == []


def test_an_organisation_without_time_is_named(complete: Content) -> None:
    gaps = found(complete, RequirementCode.DEL_RESURSER, lambda parts: parts["resurser"]["resurser"].pop(0))
    assert [gap.message for gap in gaps] == ["Region Sörmland saknar avsatt tid. Lägg till en rad."]


def test_no_cost_needs_no_cost_lines(complete: Content) -> None:
    def free(parts: Parts) -> None:
        parts["ekonomi"].update({"grov_kostnad": "0.00", "kostnader": []})

    assert found(complete, RequirementCode.DEL_EKONOMI, free) == []


def test_a_cost_needs_cost_lines(complete: Content) -> None:
    gaps = found(complete, RequirementCode.DEL_EKONOMI, lambda parts: parts["ekonomi"].update(kostnader=[]))
    assert [(gap.field, gap.message) for gap in gaps] == [("kostnader", "Lägg till kostnaderna år för år.")]


def test_own_money_needs_no_state_grant_answers(complete: Content) -> None:
    def own(parts: Parts) -> None:
        parts["ekonomi"]["kostnader"][0].update(finansiering="egen", statsbidrag_id=None, motivering="")

    assert found(complete, RequirementCode.DEL_EKONOMI, own) == []


@pytest.mark.parametrize("kind", ["fokusomrade", "malsattning"])
def test_fokusomrade_and_aim_are_needed(complete: Content, kind: str) -> None:
    def without(parts: Parts) -> None:
        rows = parts["koppling"]["kopplingar"]
        rows[:] = [row for row in rows if row[f"{kind}_id"] is None]

    gaps = found(complete, RequirementCode.FOKUSOMRADE, without)
    assert [gap.field for gap in gaps] == [f"kopplingar-{kind}"]


def test_each_link_needs_its_why(complete: Content) -> None:
    row = next(row for row in complete.rows("koppling", "kopplingar") if row["fokusomrade_id"])

    def silent(parts: Parts) -> None:
        next(r for r in parts["koppling"]["kopplingar"] if r["fokusomrade_id"])["varfor"] = ""

    gaps = found(complete, RequirementCode.FOKUSOMRADE, silent)
    assert [(gap.field, gap.message) for gap in gaps] == [
        (
            f"kopplingar-fokusomrade-{row['fokusomrade_id']}-varfor",
            f"Skriv varför satsningen kopplas till ”{row['fokusomrade_namn']}”.",
        )
    ]


def test_any_answer_is_a_first_answer_on_brukarmedverkan(complete: Content) -> None:
    code = RequirementCode.BRUKARMEDVERKAN_FORSTA
    fields = [field.attname for field in PARTS["brukarmedverkan"].fields]

    def only_planering(parts: Parts) -> None:
        parts["brukarmedverkan"] = {**dict.fromkeys(fields, ""), "planering": "På två möten."}

    assert found(complete, code, only_planering) == []
    gaps = found(complete, code, lambda parts: parts.update(brukarmedverkan=dict.fromkeys(fields, "")))
    assert [gap.field for gap in gaps] == ["vilka"]


KINDS = [
    (Omfattning.REGION_OCH_KOMMUN, ["region", "kommun"], 0),
    (Omfattning.REGION_OCH_KOMMUN, ["region"], 1),
    (Omfattning.REGION_OCH_KOMMUN, ["kommun", "kommun"], 1),
    (Omfattning.REGION_OCH_KOMMUN, [], 2),
    (Omfattning.KOMMUN_OCH_VARDGIVARE, ["kommun", "privat_vardgivare"], 0),
    (Omfattning.KOMMUN_OCH_VARDGIVARE, ["kommun", "region"], 1),
    (Omfattning.KOMMUN_OCH_VARDGIVARE, ["privat_vardgivare"], 1),
    (Omfattning.FLERA_FORVALTNINGAR, ["annan", "annan"], 0),
    (Omfattning.FLERA_FORVALTNINGAR, ["annan"], 1),
]


@pytest.mark.parametrize(("form", "kinds", "missing"), KINDS)
def test_scope_counts_organisations_by_kind(
    complete: Content, form: Omfattning, kinds: list[str], missing: int
) -> None:
    given = [
        replace(organisation, kind=OrganisationKind(kind))
        for organisation, kind in zip(complete.organisations, kinds, strict=False)
    ]
    parts = {**complete.parts, "omfattning": {"deltagare": [{"organisation_id": o.id} for o in given]}}
    scoped = replace(complete, omfattning=form, organisations=tuple(given), parts=parts)
    gaps = list(REQUIREMENTS[RequirementCode.OMFATTNING](scoped))
    assert [gap.field for gap in gaps] == ["deltagare"] * missing


def test_every_municipality_needs_a_year_or_waits_for_the_pilot(complete: Content) -> None:
    first, second = complete.municipalities[:2]

    def no_years(parts: Parts) -> None:
        parts["inforande"]["kommuner"][0]["ar"] = None
        parts["inforande"]["kommuner"][1].update(ar=None, efter_piloten=True)

    gaps = found(complete, RequirementCode.INFORANDE_ALLA, no_years)
    assert [(gap.field, gap.message) for gap in gaps] == [
        (
            f"kommuner-{first.id}-ar",
            f"{first.name} saknar planerat år. Ange ett år eller kryssa för ”efter piloten”.",
        )
    ]
    assert second.name not in gaps[0].message


def test_a_municipality_without_a_line_is_missing(complete: Content) -> None:
    gaps = found(complete, RequirementCode.INFORANDE_ALLA, lambda parts: parts["inforande"].update(kommuner=[]))
    assert [gap.field for gap in gaps] == [f"kommuner-{o.id}-ar" for o in complete.municipalities]


def test_local_forms_of_scope_ask_those_taking_part(complete: Content) -> None:
    local = replace(complete, omfattning=Omfattning.FLERA_FORVALTNINGAR)
    empty = changed(local, lambda parts: parts["inforande"].update(kommuner=[]))
    gaps = list(REQUIREMENTS[RequirementCode.INFORANDE_ALLA](empty))
    assert [gap.field for gap in gaps] == [f"kommuner-{o.id}-ar" for o in complete.participants]


@pytest.mark.parametrize("field", ["ar", "ansvarig", "anpassning"])
def test_breddinforande_needs_every_detail(complete: Content, field: str) -> None:
    first = complete.municipalities[0]

    def without(parts: Parts) -> None:
        parts["inforande"]["kommuner"][0].update({field: None, "efter_piloten": True})

    gaps = found(complete, RequirementCode.INFORANDE_DETALJ, without)
    assert [gap.field for gap in gaps] == [f"kommuner-{first.id}-{field}"]


@pytest.mark.parametrize("kind", ["baslinje", "utfall"])
def test_every_measure_needs_a_value_of_the_kind(complete: Content, kind: str) -> None:
    matt = complete.rows("uppfoljning", "matt")[0]

    def without(parts: Parts) -> None:
        values = parts["varden"]["varden"]
        values[:] = [row for row in values if row["slag"] != kind or row["effektmatt_id"] != matt["id"]]

    gaps = found(complete, RequirementCode(kind), without)
    word = {"baslinje": "utgångsvärde", "utfall": "utfall"}[kind]
    assert [gap.message for gap in gaps] == [f"Måttet ”{matt['namn']}” saknar {word}."]


def test_no_measures_at_all_is_no_baseline(complete: Content) -> None:
    gaps = found(complete, RequirementCode.BASLINJE, lambda parts: parts["uppfoljning"].update(matt=[]))
    assert [(gap.part, gap.field) for gap in gaps] == [("uppfoljning", "matt")]


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"status": "pagar"}, "status"),
        ({"status": "ej_paborjat"}, "status"),
        ({"status": "avstatt", "kommentar": ""}, "kommentar"),
    ],
)
def test_every_organisation_ends_introduced_or_abstaining_with_a_reason(
    complete: Content, row: Parts, field: str
) -> None:
    organisation = complete.organisations[0]
    gaps = found(complete, RequirementCode.LAGE_SLUTLIGT, lambda parts: parts["lage"]["organisationer"][0].update(row))
    assert [gap.field for gap in gaps] == [f"organisationer-{organisation.id}-{field}"]


def test_an_organisation_without_a_state_is_found(complete: Content) -> None:
    gaps = found(complete, RequirementCode.LAGE_SLUTLIGT, lambda parts: parts["lage"]["organisationer"].pop(3))
    assert [gap.message for gap in gaps] == [f"{complete.organisations[3].name} har varken infört eller avstått."]


def test_a_gap_leads_to_its_field() -> None:
    gap = Gap(RequirementCode.BEHOV, "uppdrag", "behov", "Skriv behovet.")
    assert gap.anchor == "id_behov"


def test_a_requirement_is_implemented_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        requirement(RequirementCode.TITEL)(REQUIREMENTS[RequirementCode.TITEL])


def test_the_state_of_a_new_satsning_says_how_much_is_missing(satsning: Satsning) -> None:
    read = content.read(satsning.pk)
    states = {code: str(part_state(read, code)) for code in PARTS}
    assert states["uppdrag"] == "Påbörjad, 12 saker saknas"
    assert states["ekonomi"] == "Inte påbörjad"
    assert states["varden"] == "Inte påbörjad"
    assert {state for code, state in states.items() if code != "uppdrag"} == {"Inte påbörjad"}


def test_one_thing_missing_is_said_in_the_singular(complete: Content) -> None:
    almost = changed(complete, lambda parts: parts["slutrapport"].update(ekonomi=""))
    assert str(part_state(almost, "slutrapport")) == "Påbörjad, 1 sak saknas"
    assert [gap.field for gap in part_gaps(almost, "slutrapport")] == ["ekonomi"]


def test_changes_not_worked_in_are_missing(complete: Content) -> None:
    empty = changed(complete, lambda parts: parts["inarbetning"].update(hur=""))
    assert [gap.field for gap in part_gaps(empty, "inarbetning")] == ["hur"]
