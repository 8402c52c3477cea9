"""Small counties that are built otherwise than Sörmland, each walked to an end by `perform`, gates and all."""

import re
from pathlib import Path

import pytest

from governance.countyfile import load
from governance.models import County
from governance.vocabulary import Role
from satsningar import content
from satsningar.vocabulary import PartCode
from tests.workflow.hands import Hands
from workflow.errors import ConditionNotMet, Incomplete, NoMandate, NoQuorum

DOC = (Path(__file__).parents[2] / "docs/lansfil.md").read_text(encoding="utf-8")
LEVELS = next(block for block in re.findall(r"```toml\n(.*?)```", DOC, re.DOTALL) if block.startswith("[lan]"))
"""The county of the description: two levels of preparation."""

SMALL = """
[lan]
kod = "litet"
namn = "Litet län"

[[organisation]]
kod = "regionen"
namn = "Regionen"
slag = "region"

[[organisation]]
kod = "kommunen"
namn = "Kommunen"
slag = "kommun"
kommunkod = "1884"

[[organisation]]
kod = "bolaget"
namn = "Vårdbolaget"
slag = "privat_vardgivare"

[[organisation]]
kod = "social"
namn = "Socialförvaltningen"
slag = "annan"

[[organisation]]
kod = "skola"
namn = "Skolförvaltningen"
slag = "annan"

[[organ]]
kod = "namnden"
namn = "Nämnden"
slag = "namnd"
arendenummer = "N {ar}-{nummer}"
beslutsregel = { kvorum = "mer_an_halften", formalia = true }

[[organ]]
kod = "stodet"
namn = "Stödet"
slag = "regionalt_stod"
arbetar_at = "namnden"

[[organ]]
kod = "gruppen"
namn = "Gruppen"
slag = "arbetsgrupp"
arbetar_at = "namnden"

[[arendegang]]
kod = "gangen"
namn = "Ärendegången"
version = 1
galler_fran = 2026-01-01
omfattning = "OMFATTNING"

[arendegang.grind.in]
namn = "Inlämning"
krav = ["titel", "omfattning", "grov_kostnad"]

[[arendegang.steg]]
slag = "utkast"

[[arendegang.steg]]
slag = "inlamnad"
hos = "regionalt_stod"

[[arendegang.steg]]
slag = "beslut"
hos = "namnd"

[[arendegang.steg]]
slag = "genomforande"

[[arendegang.steg]]
slag = "slutford"

[[arendegang.forflyttning]]
slag = "skapa"
till = "utkast"
av = { ansvarig_grupp = "forfatta" }

[[arendegang.forflyttning]]
slag = "lamna_in"
fran = "utkast"
till = "inlamnad"
av = { ansvarig_grupp = "forfatta" }
grind = "in"

[[arendegang.forflyttning]]
slag = "anmal"
fran = "inlamnad"
till = "beslut"
av = { regionalt_stod = "leda_arenden" }

[[arendegang.forflyttning]]
slag = "bifall"
fran = "beslut"
till = "genomforande"
av = { namnd = "besluta" }

[[arendegang.forflyttning]]
slag = "anmal"
fran = "genomforande"
av = { regionalt_stod = "leda_arenden" }

[[arendegang.forflyttning]]
slag = "slutfor"
fran = "genomforande"
till = "slutford"
av = { namnd = "besluta" }
"""
"""A county without any beredningsgrupp: the support team brings cases before a nämnd."""
STODET = ("stodet", Role.SAMORDNARE)


def loaded(text: str) -> Hands:
    """Load a county and return its hands."""
    load(text)
    return Hands(County.objects.get())


@pytest.mark.django_db
def test_case_is_prepared_on_two_levels_and_sent_back_between_them() -> None:
    hands = loaded(LEVELS)
    local, whole = ("lokala-beredningen", Role.HANDLAGGARE), ("lansberedningen", Role.HANDLAGGARE)
    hands.voters("chefsgruppen", ("regionen", "lekeberg"))
    hands.make("samverkansgrupp-aldre")
    hands.propose_all()
    own = content.read(hands.id).part("ekonomi")["kostnader"][1:]
    hands.write(PartCode.EKONOMI, kostnader=own)
    hands.act("lamna_in")
    assert hands.case.station == "lokalt"

    with pytest.raises(NoMandate) as caught:
        hands.act("vidare", whole)
    assert "”Skicka till länsberedningen” görs av Lokala beredningen." in str(caught.value)
    hands.ask(local)
    hands.answer()
    hands.act("vidare", local)
    hands.act("tillbaka", whole, reason="Hör kommunerna först.")
    assert hands.case.station == "lokalt"
    hands.act("vidare", local)
    hands.bring(whole)
    hands.decide("bifall", "chefsgruppen")
    hands.write(PartCode.SLUTRAPPORT)
    hands.bring(whole, "slutfor")
    hands.decide("slutfor", "chefsgruppen")

    assert hands.case.station == "slutford"


@pytest.mark.parametrize("scope", ["region_och_kommun", "kommun_och_vardgivare", "flera_forvaltningar"])
@pytest.mark.django_db
def test_county_without_a_preparing_body_decides_in_a_namnd(scope: str) -> None:
    hands = loaded(SMALL.replace("OMFATTNING", scope))
    hands.voters("namnden", ("regionen", "regionen", "kommunen"))
    hands.make("gruppen")
    assert hands.case.beredningsgrupp is None
    hands.write(PartCode.OMFATTNING, PartCode.EKONOMI)
    hands.act("lamna_in")
    hands.bring(STODET)

    with pytest.raises(NoQuorum) as short:
        hands.decide("bifall", "namnden", present=1)
    assert str(short.value) == "Inte beslutsfört: 1 av 3 ledamöter deltar, minst 2 krävs."
    hands.decide("bifall", "namnden", present=2)
    hands.bring(STODET, "slutfor")
    hands.decide("slutfor", "namnden")

    assert hands.case.station == "slutford"


MISSING = {
    "region_och_kommun": (
        ("social", "skola"),
        ["Regionen ska delta. Lägg till regionen.", "Minst en kommun ska delta. Lägg till en kommun."],
    ),
    "kommun_och_vardgivare": (
        ("regionen", "kommunen"),
        ["Minst en privat vårdgivare ska delta. Lägg till en vårdgivare."],
    ),
    "flera_forvaltningar": (
        ("regionen", "kommunen", "social"),
        ["Minst två förvaltningar ska delta. Lägg till en till."],
    ),
}


@pytest.mark.parametrize("scope", MISSING)
@pytest.mark.django_db
def test_form_of_scope_is_asked_in_its_own_words(scope: str) -> None:
    hands = loaded(SMALL.replace("OMFATTNING", scope))
    hands.make("gruppen")
    hands.write(PartCode.OMFATTNING, PartCode.EKONOMI)
    codes, expected = MISSING[scope]
    ids = [hands.county.organisations.get(code=code).pk for code in codes]
    hands.write(PartCode.OMFATTNING, deltagare=[{"organisation_id": id_, "roll": "Deltar."} for id_ in ids])

    with pytest.raises(Incomplete) as caught:
        hands.act("lamna_in")

    assert [gap.message for gap in caught.value.gaps] == expected
    assert {(gap.part, gap.field) for gap in caught.value.gaps} == {("omfattning", "deltagare")}


LIMITED = (
    SMALL.replace("OMFATTNING", "region_och_kommun")
    .replace(
        '[[organ]]\nkod = "stodet"',
        '[[organ]]\nkod = "styret"\nnamn = "Styret"\nslag = "styrgrupp"\narbetar_at = "namnden"\n'
        'arendenummer = "S {ar}-{nummer}"\nbeslutsregel = { kvorum = "andel", andel = 50 }\n\n'
        '[[organ]]\nkod = "stodet"',
    )
    .replace('slag = "arbetsgrupp"\narbetar_at = "namnden"', 'slag = "arbetsgrupp"\narbetar_at = "styret"')
    .replace(
        '[[arendegang.steg]]\nslag = "beslut"\nhos = "namnd"',
        '[[arendegang.steg]]\nslag = "beslut"\nhos = "styrgrupp"\n\n'
        '[[arendegang.steg]]\nkod = "uppe"\nslag = "beslut"\nhos = "namnd"',
    )
    .replace(
        'fran = "inlamnad"\ntill = "beslut"\nav = { regionalt_stod = "leda_arenden" }\n',
        'fran = "inlamnad"\ntill = "beslut"\nav = { regionalt_stod = "leda_arenden" }\n'
        "villkor = { kostnad_hogst = 100000 }\n\n"
        '[[arendegang.forflyttning]]\nkod = "anmal-namnd"\nnamn = "Anmäl till nämnden"\nslag = "anmal"\n'
        'fran = "inlamnad"\ntill = "uppe"\nav = { regionalt_stod = "leda_arenden" }\n'
        "villkor = { kostnad_over = 100000 }\n",
    )
    .replace(
        'fran = "beslut"\ntill = "genomforande"\nav = { namnd = "besluta" }',
        'fran = "beslut"\ntill = "genomforande"\nav = { styrgrupp = "besluta" }\n\n'
        '[[arendegang.forflyttning]]\nslag = "bifall"\n'
        'fran = "uppe"\ntill = "genomforande"\nav = { namnd = "besluta" }',
    )
)
"""The same county with a steering group below: what costs more than a limit is brought straight to the nämnd."""


@pytest.mark.django_db
def test_what_costs_too_much_is_brought_straight_to_the_namnd() -> None:
    hands = loaded(LIMITED)
    hands.voters("namnden", ("regionen", "kommunen"))
    hands.voters("styret", ("regionen", "kommunen"))

    hands.make("gruppen", "Billig")
    hands.write(PartCode.OMFATTNING)
    hands.write(PartCode.EKONOMI, grov_kostnad="100000.00", kostnader=[])
    hands.act("lamna_in")
    with pytest.raises(ConditionNotMet) as caught:
        hands.bring(STODET, move="anmal-namnd")
    assert "Välj i stället ”Anmäl till beslut”." in str(caught.value)
    hands.bring(STODET)
    hands.decide("bifall", "styret", present=1)
    assert hands.case.reference.startswith("S ")

    hands.make("gruppen", "Dyr")
    hands.write(PartCode.OMFATTNING)
    hands.write(PartCode.EKONOMI, grov_kostnad="100000.50", kostnader=[])
    hands.act("lamna_in")
    with pytest.raises(ConditionNotMet) as dear:
        hands.bring(STODET)
    assert "Den här kostar 100 001 kr." in str(dear.value).replace("\xa0", " ")
    hands.bring(STODET, move="anmal-namnd")
    assert hands.case.anmalningar.get(closed_at=None).body.code == "namnden"
    assert hands.case.beslutsorgan.code == "styret"
    with pytest.raises(NoMandate):
        hands.decide("bifall", "styret")
    hands.decide("bifall", "namnden")
    hands.bring(STODET, "slutfor")
    hands.decide("slutfor", "namnden")
    assert hands.case.station == "slutford"


@pytest.mark.django_db
def test_cost_that_nobody_has_said_is_asked_for_and_never_takes_the_lower_way() -> None:
    hands = loaded(LIMITED)
    hands.make("gruppen")
    hands.write(PartCode.OMFATTNING, PartCode.EKONOMI)
    hands.act("lamna_in")
    hands.state(STODET)
    economy = content.read(hands.id)
    hands.case.kostnad_rows.all().delete()
    hands.case.ekonomi.__class__.objects.filter(satsning=hands.id).update(grov_kostnad=None)
    assert economy.part("ekonomi")["grov_kostnad"] is not None

    for move in ("anmal", "anmal-namnd"):
        with pytest.raises(Incomplete) as caught:
            hands.act(move, STODET)
        assert [gap.code for gap in caught.value.gaps] == ["grov_kostnad"]
