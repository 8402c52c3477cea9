"""The law of Sörmland, word for word: what the county file says is compared with what was decided."""

from governance.countyfile import read_county
from governance.countyfile.spec import MoveSpec
from governance.meeting_rules import MeetingRule
from governance.official import municipalities
from governance.vocabulary import BUILT_IN_MOVES, BodyKind, Mandate, MoveKind, Role
from tests.governance.conftest import SORMLAND

SPEC = read_county(SORMLAND)
(PATH,) = SPEC.paths

AFTER = ("beslutad", "genomforande", "vilande", "uppfoljning", "breddinforande")
BEFORE = ("utkast", "inlamnad", "beredning", "komplettering", "beslut")
GRUPP = (("ansvarig_grupp", "forfatta"),)
BEREDER = (("beredningsgrupp", "bereda"),)
STYR = (("styrgrupp", "besluta"),)
STOD = (("regionalt_stod", "leda_arenden"),)

LAW = {
    # move, from, to, made by, in a meeting, reason, gate
    ("skapa", (), ("utkast",), GRUPP + STYR, False, False, ""),
    ("lamna_in", ("utkast",), ("inlamnad",), GRUPP, False, False, "inlamning"),
    ("ta_upp", ("inlamnad",), ("beredning",), BEREDER, False, False, ""),
    ("begar_komplettering", ("beredning",), ("komplettering",), BEREDER, False, True, ""),
    ("lamna_komplettering", ("komplettering",), ("beredning",), GRUPP, False, False, "komplettering"),
    ("anmal", ("beredning",), ("beslut",), BEREDER, False, False, "beslut"),
    ("bifall", ("beslut",), ("beslutad",), STYR, True, False, "beslut"),
    ("avslag", ("beslut",), ("avslagen",), STYR, True, True, ""),
    ("aterremiss", ("beslut",), ("beredning", "komplettering"), STYR, True, True, ""),
    ("bordlaggning", ("beslut",), (), STYR, True, False, ""),
    ("starta", ("beslutad",), ("genomforande",), GRUPP, False, False, "start"),
    ("pausa", ("genomforande",), ("vilande",), STYR + STOD, False, True, ""),
    ("ateruppta", ("vilande",), ("genomforande",), STYR + STOD, False, True, ""),
    ("paborja_uppfoljning", ("genomforande",), ("uppfoljning",), GRUPP, False, False, ""),
    ("anmal", AFTER, (), BEREDER + STOD, False, False, ""),
    ("fortsatt", ("uppfoljning",), ("genomforande",), STYR, True, True, ""),
    ("andringsbeslut", ("genomforande", "uppfoljning", "breddinforande"), (), STYR, True, True, "andring"),
    ("breddinfor", ("uppfoljning",), ("breddinforande",), STYR, True, False, "breddinforande"),
    ("slutfor", ("breddinforande",), ("slutford",), STYR, True, False, "slut"),
    ("avbryt", AFTER, ("avbruten",), STYR, True, True, "avbrott"),
    ("aterkalla", BEFORE, ("aterkallad",), GRUPP, False, True, ""),
    ("byt_ansvarig_grupp", BEFORE + AFTER, (), STOD, False, True, ""),
}

INLAMNING = (
    "titel",
    "behov",
    "syfte",
    "malgrupp",
    "omfattning",
    "fokusomrade",
    "grov_kostnad",
    "brukarmedverkan_forsta",
    "ledare",
)
GATES = {
    "inlamning": INLAMNING,
    "komplettering": (*INLAMNING, "komplettering_besvarad"),
    "beslut": (
        "del_uppdrag",
        "del_omfattning",
        "del_resurser",
        "del_ekonomi",
        "del_brukarmedverkan",
        "del_uppfoljning",
        "del_inforande",
        "inforande_alla",
        "utlatande",
        "rekommendation",
        "forslag",
        "ingen_oppen_remiss",
    ),
    "start": ("resurser_bekraftade", "baslinje", "andringar_inarbetade"),
    "andring": ("andringsforslag",),
    "breddinforande": ("uppfoljningsrapport", "utfall", "brukarmedverkan_redovisad", "inforande_detalj"),
    "slut": ("lage_slutligt", "slutrapport"),
    "avbrott": ("lardomar",),
}


def as_fact(move: MoveSpec) -> tuple[object, ...]:
    made_by = tuple((who, mandate.value) for who, mandate in move.made_by.items())
    return (move.code, move.sources, move.targets, made_by, move.in_meeting, move.needs_reason, move.gate)


def test_the_moves_are_the_law() -> None:
    assert {as_fact(move) for move in PATH.moves} == LAW
    assert len(PATH.moves) == len(LAW)


def test_every_move_is_of_the_kind_it_is_called() -> None:
    assert {move.code for move in PATH.moves if move.code != move.kind} == set()
    assert set(MoveKind) - BUILT_IN_MOVES - {move.kind for move in PATH.moves} == {
        MoveKind.VIDARE,
        MoveKind.TILLBAKA,
        MoveKind.OVERLAMNA,
        MoveKind.STARTA_FORSTUDIE,
        MoveKind.BESLUT_EFTER_FORSTUDIE,
    }


def test_the_gates_are_the_law() -> None:
    assert {gate.code: tuple(str(code) for code in gate.requirements) for gate in PATH.gates} == GATES


def test_the_steps_are_held_by() -> None:
    assert [(station.code, station.held_by) for station in PATH.stations] == [
        ("utkast", "ansvarig_grupp"),
        ("inlamnad", "beredningsgrupp"),
        ("beredning", "beredningsgrupp"),
        ("komplettering", "ansvarig_grupp"),
        ("beslut", "styrgrupp"),
        *((code, "ansvarig_grupp") for code in AFTER),
        ("slutford", ""),
        ("avslagen", ""),
        ("avbruten", ""),
        ("aterkallad", ""),
    ]


def test_the_county_is_whole() -> None:
    kommuner = {one.kommunkod for one in SPEC.organisations if one.kommunkod}
    assert kommuner == {code for code, one in municipalities().items() if one.county_code == "04"}
    kinds = [body.kind for body in SPEC.bodies]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        BodyKind.NAMND: 1,
        BodyKind.STYRGRUPP: 1,
        BodyKind.BEREDNINGSGRUPP: 2,
        BodyKind.ARBETSGRUPP: 3,
        BodyKind.REGIONALT_STOD: 1,
        BodyKind.FOU: 1,
    }
    assert SPEC.malbild is not None
    assert [len(part) for part in (SPEC.malbild.framgangsfaktorer, SPEC.malbild.forflyttningar)] == [9, 4]
    assert [len(focus.malsattningar) for focus in SPEC.fokusomraden] == [5, 4]
    assert [len(area.vardeord) for area in SPEC.malomraden] == [6, 5, 4]
    assert {len(indikator.matt) for indikator in SPEC.indikatorer} == {3, 4}


def test_no_role_both_administers_and_decides_or_prepares() -> None:
    for roles in SPEC.mandates.values():
        for held in roles.values():
            if Mandate.ADMINISTRERA in held:
                assert not {Mandate.BESLUTA, Mandate.BEREDA, Mandate.GE_AVSTEG} & set(held)
    assert SPEC.mandates[BodyKind.STYRGRUPP][Role.SEKRETERARE] == (Mandate.PROTOKOLLFORA,)
    assert SPEC.mandates[BodyKind.STYRGRUPP][Role.ADJUNGERAD] == ()


def test_namnden_and_lansstyrgruppen_meet_by_their_own_rules() -> None:
    assert {body.code: body.meeting for body in SPEC.bodies if body.meeting} == {
        "nsv": MeetingRule(kallelse=7, handlingar=10, justerare=2, reservation=3, publicerar=True),
        "lansstyrgruppen": MeetingRule(
            kallelse=5, handlingar=7, justerare=1, reservation=3, per_capsulam=True, delegation=True, publicerar=True
        ),
    }
