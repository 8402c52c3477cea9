"""The law of Örebro län and of Lekeberg's two structures, word for word, as literal sets."""

from governance.conditions import Condition
from governance.countyfile import read_county
from governance.countyfile.spec import MoveSpec, PathSpec
from governance.meeting_rules import MeetingRule
from governance.official import municipalities
from governance.vocabulary import (
    BUILT_IN_MOVES,
    BodyKind,
    Mandate,
    MoveKind,
    Omfattning,
    OrganisationKind,
    QuorumRule,
    Role,
)
from tests.factories import OREBRO, SORMLAND

SPEC = read_county(OREBRO.read_text(encoding="utf-8"))
COUNTY, TOGETHER, PRIMARY = SPEC.paths

AFTER = ("beslutad", "forstudie", "genomforande", "vilande", "uppfoljning", "breddinforande")
BEFORE = ("utkast", "inlamnad", "beredning", "komplettering", "beslut", "beslut-namnd")
CHANGED = ("forstudie", "genomforande", "uppfoljning", "breddinforande")
GRUPP = (("ansvarig_grupp", "forfatta"),)
BEREDER = (("beredningsgrupp", "bereda"),)
STYR = (("styrgrupp", "besluta"),)
NAMND = (("namnd", "besluta"),)
STOD = (("regionalt_stod", "leda_arenden"),)
LIMIT = 5_000_000
UP_TO, ABOVE = Condition(hogst=LIMIT), Condition(over=LIMIT)

LAW = {
    # move, from, to, made by, in a meeting, reason, gate, condition
    ("skapa", (), ("utkast",), GRUPP + STYR, False, False, "", None),
    ("lamna_in", ("utkast",), ("inlamnad",), GRUPP, False, False, "inlamning", None),
    ("ta_upp", ("inlamnad",), ("beredning",), BEREDER, False, False, "", None),
    ("begar_komplettering", ("beredning",), ("komplettering",), BEREDER, False, True, "", None),
    ("lamna_komplettering", ("komplettering",), ("beredning",), GRUPP, False, False, "komplettering", None),
    ("anmal", ("beredning",), ("beslut",), BEREDER, False, False, "beslut", None),
    ("bifall", ("beslut",), ("beslutad",), STYR, True, False, "pa-bordet", UP_TO),
    ("overlamna", ("beslut",), ("beslut-namnd",), STYR, True, False, "pa-bordet", ABOVE),
    ("avslag", ("beslut",), ("avslagen",), STYR, True, True, "", None),
    ("aterremiss", ("beslut",), ("beredning", "komplettering"), STYR, True, True, "", None),
    ("bordlaggning", ("beslut",), (), STYR, True, False, "", None),
    ("bifall", ("beslut-namnd",), ("beslutad",), NAMND, True, False, "pa-bordet", None),
    ("avslag", ("beslut-namnd",), ("avslagen",), NAMND, True, True, "", None),
    ("aterremiss", ("beslut-namnd",), ("beredning",), NAMND, True, True, "", None),
    ("bordlaggning", ("beslut-namnd",), (), NAMND, True, False, "", None),
    ("starta_forstudie", ("beslutad",), ("forstudie",), GRUPP, False, False, "", None),
    ("beslut_efter_forstudie", ("forstudie",), ("beslutad", "avslagen"), STYR, True, False, "forstudie", UP_TO),
    ("beslut-efter-forstudie-namnd", ("forstudie",), ("beslutad", "avslagen"), NAMND, True, False, "forstudie", ABOVE),
    ("starta", ("beslutad",), ("genomforande",), GRUPP, False, False, "start", None),
    ("pausa", ("genomforande",), ("vilande",), STYR + STOD, False, True, "", None),
    ("ateruppta", ("vilande",), ("genomforande",), STYR + STOD, False, True, "", None),
    ("paborja_uppfoljning", ("genomforande",), ("uppfoljning",), GRUPP, False, False, "", None),
    ("anmal", AFTER, (), BEREDER + STOD, False, False, "", None),
    ("fortsatt", ("uppfoljning",), ("genomforande",), STYR, True, True, "", None),
    ("andringsbeslut", CHANGED, (), STYR, True, True, "andring", UP_TO),
    ("andringsbeslut-namnd", CHANGED, (), NAMND, True, True, "andring", ABOVE),
    ("breddinfor", ("uppfoljning",), ("breddinforande",), STYR, True, False, "breddinforande", None),
    ("slutfor", ("breddinforande",), ("slutford",), STYR, True, False, "slut", None),
    ("avbryt", AFTER, ("avbruten",), STYR, True, True, "avbrott", None),
    ("aterkalla", BEFORE, ("aterkallad",), GRUPP, False, True, "", None),
    ("byt_ansvarig_grupp", BEFORE + AFTER, (), STOD, False, True, "", None),
}

OPERATIVE = (("vsht-operativ", "bereda"),)
STEERING = (("vsht-styrgrupp", "besluta"),)
IDEAS = ("utkast", "beredning", "komplettering", "beslut")
RUNS = ("beslutad", "genomforande", "uppfoljning")
LAW_TOGETHER = {
    ("skapa", (), ("utkast",), GRUPP, False, False, "", None),
    ("lamna_in", ("utkast",), ("beredning",), GRUPP, False, False, "inlamning", None),
    ("begar_komplettering", ("beredning",), ("komplettering",), OPERATIVE, False, True, "", None),
    ("lamna_komplettering", ("komplettering",), ("beredning",), GRUPP, False, False, "svar", None),
    ("anmal", ("beredning",), ("beslut",), OPERATIVE, False, False, "beslut", None),
    ("bifall", ("beslut",), ("beslutad",), STEERING, True, False, "beslut", None),
    ("avslag", ("beslut",), ("avslagen",), STEERING, True, True, "", None),
    ("aterremiss", ("beslut",), ("beredning",), STEERING, True, True, "", None),
    ("bordlaggning", ("beslut",), (), STEERING, True, False, "", None),
    ("starta", ("beslutad",), ("genomforande",), GRUPP, False, False, "start", None),
    ("paborja_uppfoljning", ("genomforande",), ("uppfoljning",), GRUPP, False, False, "", None),
    ("anmal", RUNS, (), OPERATIVE, False, False, "", None),
    ("fortsatt", ("uppfoljning",), ("genomforande",), STEERING, True, True, "", None),
    ("slutfor", ("uppfoljning",), ("slutford",), STEERING, True, False, "slut", None),
    ("avbryt", RUNS, ("avbruten",), STEERING, True, True, "avbrott", None),
    ("aterkalla", IDEAS, ("aterkallad",), GRUPP, False, True, "", None),
    ("byt_ansvarig_grupp", IDEAS + RUNS, (), STOD, False, True, "", None),
}

OFFICER = (("vp-styrgrupp", "bereda"),)
MEETING = (("vp-styrgrupp", "besluta"),)
WITH_STEERING = ("utkast", "inlamnad", "beredning", "komplettering", "beslut")
TRIED = ("genomforande", "uppfoljning", "breddinforande")
LAW_PRIMARY = {
    ("skapa", (), ("utkast",), GRUPP, False, False, "", None),
    ("lamna_in", ("utkast",), ("inlamnad",), GRUPP, False, False, "inlamning", None),
    ("ta_upp", ("inlamnad",), ("beredning",), OFFICER, False, False, "", None),
    ("begar_komplettering", ("beredning",), ("komplettering",), OFFICER, False, True, "", None),
    ("lamna_komplettering", ("komplettering",), ("beredning",), GRUPP, False, False, "svar", None),
    ("anmal", ("beredning",), ("beslut",), OFFICER, False, False, "beslut", None),
    ("bifall", ("beslut",), ("genomforande",), MEETING, True, False, "beslut", None),
    ("avslag", ("beslut",), ("avslagen",), MEETING, True, True, "", None),
    ("aterremiss", ("beslut",), ("beredning",), MEETING, True, True, "", None),
    ("bordlaggning", ("beslut",), (), MEETING, True, False, "", None),
    ("paborja_uppfoljning", ("genomforande",), ("uppfoljning",), GRUPP, False, False, "", None),
    ("anmal", TRIED, (), OFFICER, False, False, "", None),
    ("fortsatt", ("uppfoljning",), ("genomforande",), MEETING, True, True, "", None),
    ("breddinfor", ("uppfoljning",), ("breddinforande",), MEETING, True, False, "breddinforande", None),
    ("slutfor", ("breddinforande",), ("slutford",), MEETING, True, False, "slut", None),
    ("avbryt", TRIED, ("avbruten",), MEETING, True, True, "avbrott", None),
    ("aterkalla", WITH_STEERING, ("aterkallad",), GRUPP, False, True, "", None),
    ("byt_ansvarig_grupp", WITH_STEERING + TRIED, (), STOD, False, True, "", None),
}


def as_fact(move: MoveSpec) -> tuple[object, ...]:
    made_by = tuple((who, mandate.value) for who, mandate in move.made_by.items())
    marks = (move.in_meeting, move.needs_reason, move.gate, move.condition)
    return (move.code, move.sources, move.targets, made_by, *marks)


def law_of(path: PathSpec) -> set[tuple[object, ...]]:
    facts = [as_fact(move) for move in path.moves]
    assert len(facts) == len(set(facts))
    return set(facts)


def test_the_moves_of_the_three_paths_are_the_law() -> None:
    assert law_of(COUNTY) == LAW
    assert law_of(TOGETHER) == LAW_TOGETHER
    assert law_of(PRIMARY) == LAW_PRIMARY


def test_the_paths_have_forms_of_scope_of_their_own() -> None:
    assert [(path.standard, path.omfattning) for path in SPEC.paths] == [
        (True, Omfattning.REGION_OCH_KOMMUN),
        (False, Omfattning.FLERA_FORVALTNINGAR),
        (False, Omfattning.KOMMUN_OCH_VARDGIVARE),
    ]


def test_a_remiss_is_compulsory_and_a_pre_study_has_a_report() -> None:
    gates = {gate.code: set(map(str, gate.requirements)) for gate in COUNTY.gates}
    assert {"remiss_hallen", "ingen_oppen_remiss"} <= gates["beslut"] & gates["pa-bordet"]
    assert gates["beslut"] - gates["pa-bordet"] == {"utlatande", "rekommendation", "forslag"}
    assert gates["forstudie"] == {"forstudierapport"}


def test_the_two_counties_use_every_kind_of_move_but_those_of_several_levels() -> None:
    paths = (*SPEC.paths, *read_county(SORMLAND.read_text(encoding="utf-8")).paths)
    used = {move.kind for path in paths for move in path.moves}
    assert set(MoveKind) - BUILT_IN_MOVES - used == {MoveKind.VIDARE, MoveKind.TILLBAKA}


def test_the_county_is_whole() -> None:
    kommuner = {one.kommunkod for one in SPEC.organisations if one.kommunkod}
    assert kommuner == {code for code, one in municipalities().items() if one.county_code == "18"}
    kinds = [one.kind for one in SPEC.organisations]
    assert {kind: kinds.count(kind) for kind in OrganisationKind} == {
        OrganisationKind.REGION: 1,
        OrganisationKind.KOMMUN: 12,
        OrganisationKind.PRIVAT_VARDGIVARE: 1,
        OrganisationKind.ANNAN: 3,
    }
    bodies = [body.kind for body in SPEC.bodies]
    assert {kind: bodies.count(kind) for kind in set(bodies)} == {
        BodyKind.NAMND: 1,
        BodyKind.STYRGRUPP: 3,
        BodyKind.BEREDNINGSGRUPP: 2,
        BodyKind.ARBETSGRUPP: 6,
        BodyKind.REGIONALT_STOD: 1,
    }
    assert {body.code: (body.rule.quorum, body.rule.formalities) for body in SPEC.bodies if body.rule} == {
        "samverkansnamnden": (QuorumRule.MER_AN_HALFTEN, True),
        "lansledningen": (QuorumRule.REGION_OCH_KOMMUNER, False),
        "vsht-styrgrupp": (QuorumRule.ANDEL, False),
        "vp-styrgrupp": (QuorumRule.MAJORITET_AV_ORGANISATIONER, False),
    }


def test_every_deciding_body_meets_by_its_own_rule() -> None:
    assert {body.code: body.meeting for body in SPEC.bodies if body.meeting} == {
        "samverkansnamnden": MeetingRule(
            kallelse=8,
            handlingar=12,
            justerare=2,
            reservation=5,
            publicerar=True,
            paragraf="SAMN § {nummer}/{ar}",
        ),
        "lansledningen": MeetingRule(
            handlingar=10, justerare=1, reservation=3, delegation=True, publicerar=True, paragraf="LLG § {nummer}"
        ),
        "vsht-styrgrupp": MeetingRule(kallelse=3, handlingar=5, justerare=1, justering=5, per_capsulam=True),
        "vp-styrgrupp": MeetingRule(
            kallelse=3, handlingar=5, justerare=2, justering=5, utslagsrost=False, publicerar=True
        ),
    }


def test_the_target_picture_is_the_plan_of_the_county() -> None:
    assert SPEC.malbild is not None
    assert [one.code for one in SPEC.malbild.perspektiv] == ["invanaren", "samverkan", "medarbetaren"]
    areas = ["tillganglighet", "kontinuitet", "samordning", "proaktivitet"]
    assert [one.item.code for one in SPEC.fokusomraden] == areas
    assert {(one.starts_on.year, one.ends_on.year) for one in SPEC.fokusomraden} == {(2023, 2026)}
    assert len(SPEC.funding) == 8
    assert [one.year for one in SPEC.arsteman] == [2025, 2026]


def test_no_role_both_administers_and_decides_or_prepares() -> None:
    for roles in SPEC.mandates.values():
        for held in roles.values():
            if Mandate.ADMINISTRERA in held:
                assert not {Mandate.BESLUTA, Mandate.BEREDA, Mandate.GE_AVSTEG} & set(held)
    assert SPEC.mandates[BodyKind.STYRGRUPP][Role.HANDLAGGARE] == (Mandate.BEREDA,)
