"""Örebro län at work: the case by way of a pre-study and a remiss, and the two local paths, each to its end."""

import pytest

from governance.vocabulary import Role
from satsningar import content
from satsningar.models import Handling
from satsningar.vocabulary import PartCode
from tests.factories import orebro
from tests.workflow.desks import lines
from tests.workflow.hands import Hands
from tests.workflow.pages.helping import at, text_of, url
from workflow import journal
from workflow.avsteg.actions import answer, ask, why_not_answer
from workflow.desk.vocabulary import DeskKind
from workflow.errors import ConditionNotMet, Incomplete, Invalid, NoMandate, NoQuorum, NotFromHere
from workflow.facts import read as facts
from workflow.models import Andringsforslag, Anmalan, Avsteg, Beslut
from workflow.rights import Access, access, viewer
from workflow.selectors.moves import moves_of

MUNICIPALITIES = ("askersund", "degerfors", "hallsberg", "hallefors", "karlskoga", "kumla", "laxa", "lekeberg")
BEREDER = ("beredning-orebro", Role.HANDLAGGARE)
LEDNING, NAMND = "lansledningen", "samverkansnamnden"
GROUP = "arbetsgrupp-palliativ"


@pytest.fixture
def hands(db: None) -> Hands:
    """Return Örebro län with everybody who votes in its seats."""
    found = Hands(orebro())
    found.voters(LEDNING, ("region-orebro-lan", *MUNICIPALITIES[:7]))
    found.voters(NAMND, ("region-orebro-lan", *MUNICIPALITIES[:4]))
    found.make(GROUP)
    return found


def to_table(hands: Hands, cost: int = 1_250_000) -> None:
    """Take the case to länsledningen's table, on remiss on the way."""
    hands.propose_all()
    hands.cost(cost)
    hands.act("lamna_in")
    hands.take_up(BEREDER)
    hands.remiss(BEREDER, "kontakt-kumla", "kontakt-nora")
    hands.bring(BEREDER)


def to_study(hands: Hands, cost: int = 1_250_000) -> None:
    """Take the case into its pre-study."""
    to_table(hands, cost)
    hands.decide("bifall", LEDNING)
    hands.act("starta_forstudie")


def test_case_goes_on_remiss_by_a_pre_study_and_to_its_end(hands: Hands) -> None:
    to_study(hands)
    hands.write(PartCode.FORSTUDIERAPPORT)
    hands.bring(BEREDER, "beslut_efter_forstudie")
    hands.decide("beslut_efter_forstudie", LEDNING, target="beslutad")
    assert hands.case.station == "beslutad"

    hands.confirm()
    hands.write(PartCode.VARDEN)
    hands.act("starta")
    hands.act("paborja_uppfoljning")
    hands.write(PartCode.UPPFOLJNINGSRAPPORT)
    hands.bring(BEREDER, "breddinfor")
    hands.decide("breddinfor", LEDNING)
    hands.write(PartCode.LAGE, PartCode.SLUTRAPPORT)
    hands.bring(BEREDER, "slutfor")
    hands.decide("slutfor", LEDNING)

    assert hands.case.station == "slutford"
    assert hands.case.reference.startswith("LLG ")
    assert journal.verify(hands.county.pk, hands.county.name)[1] is None


def test_case_does_not_come_to_the_table_without_a_remiss(hands: Hands) -> None:
    hands.propose_all()
    hands.act("lamna_in")
    hands.take_up(BEREDER)

    with pytest.raises(Incomplete) as caught:
        hands.bring(BEREDER)

    assert [gap.message for gap in caught.value.gaps] == ["Genomför en remiss innan beslut."]


def test_pre_study_is_decided_on_a_whole_report(hands: Hands) -> None:
    to_study(hands)

    with pytest.raises(Incomplete) as caught:
        hands.bring(BEREDER, "beslut_efter_forstudie")

    assert {gap.part for gap in caught.value.gaps} == {"forstudierapport"}
    assert len(caught.value.gaps) == 6


def test_report_of_the_pre_study_is_written_by_its_group_while_it_goes_on(hands: Hands) -> None:
    def how() -> Access:
        return access(viewer(hands.author), hands.case, PartCode.FORSTUDIERAPPORT, facts(hands.id))

    to_table(hands)
    assert how() is Access.NONE
    hands.decide("bifall", LEDNING)
    assert how() is Access.NONE
    hands.act("starta_forstudie")
    assert how() is Access.WRITE
    other = viewer(hands.person("arbetsgrupp-digitalt", Role.LEDAMOT))
    assert access(other, hands.case, PartCode.FORSTUDIERAPPORT, facts(hands.id)) is Access.NONE
    assert access(viewer(hands.author), hands.case, PartCode.UPPDRAG, facts(hands.id)) is Access.PROPOSE


def test_what_the_pre_study_proposes_to_change_holds_when_it_is_decided(hands: Hands) -> None:
    to_study(hands)
    hands.write(PartCode.FORSTUDIERAPPORT)
    hands.propose(PartCode.UPPDRAG, malgrupp="Alla med palliativ vård i hemmet.")
    hands.bring(BEREDER, "beslut_efter_forstudie")
    assert content.read(hands.id).part("uppdrag")["malgrupp"] != "Alla med palliativ vård i hemmet."

    hands.decide("beslut_efter_forstudie", LEDNING, target="beslutad")

    assert content.read(hands.id).part("uppdrag")["malgrupp"] == "Alla med palliativ vård i hemmet."
    newest = Beslut.objects.filter(satsning=hands.id).latest("pk")
    assert newest.changed_parts == ["uppdrag"]
    assert not facts(hands.id).proposed_parts


def test_change_proposed_after_the_anmalan_does_not_come_in_by_the_pre_study(hands: Hands) -> None:
    to_study(hands)
    hands.write(PartCode.FORSTUDIERAPPORT)
    hands.bring(BEREDER, "beslut_efter_forstudie")
    hands.propose(PartCode.UPPDRAG, malgrupp="Aldrig på bordet.")

    with pytest.raises(NotFromHere):
        hands.decide("beslut_efter_forstudie", LEDNING, target="beslutad")


def test_satsning_that_ends_after_its_pre_study_says_why_and_takes_no_change(hands: Hands) -> None:
    to_study(hands)
    hands.write(PartCode.FORSTUDIERAPPORT)
    hands.propose(PartCode.UPPDRAG, malgrupp="Alla.")
    hands.bring(BEREDER, "beslut_efter_forstudie")

    with pytest.raises(Invalid) as caught:
        hands.decide("beslut_efter_forstudie", LEDNING, target="avslagen")
    assert caught.value.errors == {"reason": ["Skriv varför satsningen slutar här."]}

    hands.decide("beslut_efter_forstudie", LEDNING, target="avslagen", reason="Underlaget räcker inte.")
    assert hands.case.station == "avslagen"
    assert content.read(hands.id).part("uppdrag")["malgrupp"] != "Alla."
    assert not facts(hands.id).proposed_parts


def test_satsning_is_stopped_or_changed_from_its_pre_study(hands: Hands) -> None:
    to_study(hands)
    hands.propose(PartCode.UPPDRAG, malgrupp="Alla.")
    hands.bring(BEREDER, "andringsbeslut")
    hands.decide("andringsbeslut", LEDNING, reason="Förstudien visar det.")
    assert (hands.case.station, content.read(hands.id).part("uppdrag")["malgrupp"]) == ("forstudie", "Alla.")

    hands.write(PartCode.SLUTRAPPORT)
    hands.bring(BEREDER, "avbryt")
    hands.decide("avbryt", LEDNING, reason="Läget har ändrats.")
    assert hands.case.station == "avbruten"


LIMIT = 5_000_000


def test_what_costs_no_more_than_the_limit_is_not_handed_over(hands: Hands) -> None:
    to_table(hands, LIMIT)

    with pytest.raises(ConditionNotMet) as caught:
        hands.decide("overlamna", LEDNING)

    assert str(caught.value).replace("\xa0", " ") == (
        "”Lämna över till Samverkansnämnden” gäller satsningar som kostar mer än 5 000 000 kr."
        " Den här kostar 5 000 000 kr. Välj i stället ”Bifall”."
    )
    hands.decide("bifall", LEDNING)
    assert hands.case.station == "beslutad"


def test_what_costs_more_than_the_limit_is_decided_by_the_namnd(hands: Hands) -> None:
    to_table(hands, LIMIT + 1)
    brought = Anmalan.objects.get(satsning=hands.id, closed_at=None)
    assert (brought.move, brought.body.code) == ("overlamna", LEDNING)

    with pytest.raises(ConditionNotMet) as caught:
        hands.decide("bifall", LEDNING)
    assert "Välj i stället ”Lämna över till Samverkansnämnden”." in str(caught.value)

    hands.decide("overlamna", LEDNING, amended_wording="Länsledningsgruppen ställer sig bakom satsningen.")
    before = Anmalan.objects.get(satsning=hands.id, closed_at=None)
    assert hands.case.station == "beslut-namnd"
    assert (before.body.code, before.made_by.code, before.move) == (NAMND, LEDNING, "bifall")
    assert before.forslag == "Länsledningsgruppen ställer sig bakom satsningen."
    assert (before.revision, before.utlatande) == (brought.revision, brought.utlatande)
    sent = Handling.objects.filter(satsning=hands.id, kind="beslut").latest("pk")
    assert (sent.sender, sent.receiver) == (
        "Länsledningsgruppen för god och nära vård",
        "Samverkansnämnden i Örebro län",
    )

    with pytest.raises(NoMandate):
        hands.decide("bifall", LEDNING)
    with pytest.raises(NoQuorum) as short:
        hands.decide("bifall", NAMND, present=2)
    assert str(short.value) == "Inte beslutsfört: 2 av 5 ledamöter deltar, minst 3 krävs."
    hands.decide("bifall", NAMND, present=3)
    assert hands.case.station == "beslutad"
    assert Beslut.objects.filter(satsning=hands.id).latest("pk").body.code == NAMND


def test_namnd_sends_back_rejects_and_puts_off(hands: Hands) -> None:
    to_table(hands, LIMIT * 2)
    hands.decide("overlamna", LEDNING)
    with pytest.raises(Invalid):
        hands.decide("avslag", NAMND)
    hands.decide("aterremiss", NAMND, reason="Räkna om.")
    assert (hands.case.station, Anmalan.objects.filter(satsning=hands.id, closed_at=None).count()) == ("beredning", 0)

    hands.bring(BEREDER)
    hands.decide("overlamna", LEDNING)
    hands.decide("avslag", NAMND, reason="För dyrt.")
    assert hands.case.station == "avslagen"


def test_anmalan_proposes_only_what_the_cost_is_open_to(hands: Hands) -> None:
    hands.propose_all()
    hands.cost(LIMIT + 1)
    hands.act("lamna_in")
    hands.take_up(BEREDER)
    hands.remiss(BEREDER, "kontakt-kumla")

    with pytest.raises(Invalid) as caught:
        hands.bring(BEREDER, "bifall")

    assert list(caught.value.errors) == ["proposed_move"]


def test_cost_is_the_most_that_rough_cost_or_lines_say(hands: Hands) -> None:
    hands.propose_all()
    lines = content.read(hands.id).part("ekonomi")["kostnader"]
    dear = [{**lines[0], "belopp": "6000000.00"}, *lines[1:]]
    hands.write(PartCode.EKONOMI, grov_kostnad="1000.00", kostnader=dear)
    hands.act("lamna_in")
    hands.take_up(BEREDER)
    hands.remiss(BEREDER, "kontakt-kumla")
    hands.bring(BEREDER)

    with pytest.raises(ConditionNotMet):
        hands.decide("bifall", LEDNING)


def test_change_that_makes_it_cost_more_is_decided_by_the_namnd(hands: Hands) -> None:
    to_study(hands)
    hands.propose(PartCode.EKONOMI, grov_kostnad=f"{LIMIT + 1}.00")

    with pytest.raises(Invalid) as caught:
        hands.bring(BEREDER, "andringsbeslut")
    assert "Välj i stället ”Ändringsbeslut i nämnden”" in caught.value.errors["proposed_move"][0]

    hands.bring(BEREDER, "andringsbeslut-namnd")
    assert Anmalan.objects.get(satsning=hands.id, closed_at=None).body.code == NAMND
    with pytest.raises(NoMandate):
        hands.decide("andringsbeslut-namnd", LEDNING, reason="Dyrare.")
    hands.decide("andringsbeslut-namnd", NAMND, reason="Dyrare.")
    assert content.read(hands.id).part("ekonomi")["grov_kostnad"] == f"{LIMIT + 1}.00"


def plain(refused: pytest.ExceptionInfo[Exception]) -> str:
    """Return what was said, with plain spaces in its sums."""
    return str(refused.value).replace("\xa0", " ")


def test_cost_worked_in_after_an_amended_bifall_keeps_within_what_was_decided(hands: Hands) -> None:
    to_table(hands)
    hands.decide("bifall", LEDNING, amended_wording="Räkna om resorna.")
    hands.cost(50_000_000)
    hands.write(PartCode.INARBETNING, PartCode.VARDEN)
    hands.confirm()

    refusals: list[str] = []
    for move in ("starta", "starta_forstudie"):
        with pytest.raises(ConditionNotMet) as caught:
            hands.act(move)
        refusals.append(plain(caught))
        assert refusals[0] == (
            "Satsningen är beslutad för en kostnad på högst 5 000 000 kr. Nu kostar den 50 000 000 kr."
            " En högre kostnad behöver ett nytt beslut av Samverkansnämnden i Örebro län"
            " genom ”Ändringsbeslut i nämnden”."
            " Ändra kostnaden till högst 5 000 000 kr, och föreslå höjningen när satsningen har gått vidare."
        )
    bodies = tuple(hands.county.bodies.order_by("position", "pk"))
    moves = moves_of(
        viewer(hands.author),
        hands.case,
        anmalan=None,
        bodies=bodies,
        read=content.read(hands.id),
        known=facts(hands.id),
    )
    closed = {one.move.code: one.why.replace("\xa0", " ") for one in moves.closed}
    assert closed["starta"] == closed["starta_forstudie"] == refusals[0] == refusals[1]

    hands.cost(LIMIT)
    hands.act("starta")
    assert hands.case.station == "genomforande"


def test_cost_taken_away_after_an_amended_bifall_is_asked_for(hands: Hands) -> None:
    to_table(hands)
    hands.decide("bifall", LEDNING, amended_wording="Räkna om resorna.")
    hands.write(PartCode.EKONOMI, grov_kostnad=None, kostnader=[])
    hands.write(PartCode.INARBETNING, PartCode.VARDEN)
    hands.confirm()

    with pytest.raises(Incomplete) as caught:
        hands.act("starta")

    assert [gap.code for gap in caught.value.gaps] == ["grov_kostnad"]


def test_cost_worked_in_after_the_namnds_bifall_has_no_limit(hands: Hands) -> None:
    to_table(hands, LIMIT + 1)
    hands.decide("overlamna", LEDNING)
    hands.decide("bifall", NAMND, amended_wording="Räkna om resorna.")
    hands.cost(LIMIT * 2)
    hands.write(PartCode.INARBETNING, PartCode.VARDEN)
    hands.confirm()

    hands.act("starta")

    assert hands.case.station == "genomforande"


def test_limit_is_that_of_the_newest_decision_that_approved(hands: Hands) -> None:
    to_study(hands)
    hands.propose(PartCode.EKONOMI, grov_kostnad=f"{LIMIT + 1}.00")
    hands.write(PartCode.FORSTUDIERAPPORT)
    hands.bring(BEREDER, "beslut-efter-forstudie-namnd")
    hands.decide("beslut-efter-forstudie-namnd", NAMND, target="beslutad", condition="Redovisas i nämnden.")
    hands.write(PartCode.INARBETNING, PartCode.VARDEN)
    hands.confirm()

    hands.act("starta")

    assert hands.case.station == "genomforande"


def test_change_that_takes_the_cost_away_is_not_brought_nor_decided(hands: Hands) -> None:
    to_study(hands)
    hands.propose(PartCode.EKONOMI, grov_kostnad=f"{LIMIT + 1}.00")
    hands.bring(BEREDER, "andringsbeslut-namnd")
    hands.decide("andringsbeslut-namnd", NAMND, reason="Dyrare.")
    hands.propose(PartCode.EKONOMI, grov_kostnad=None, kostnader=[])
    for move in ("andringsbeslut", "andringsbeslut-namnd"):
        with pytest.raises(Incomplete) as caught:
            hands.bring(BEREDER, move)
        assert [(gap.part, gap.field) for gap in caught.value.gaps] == [("ekonomi", "grov_kostnad")]

    hands.propose(PartCode.EKONOMI, seen=1, grov_kostnad=f"{LIMIT}.00", kostnader=[])
    hands.bring(BEREDER, "andringsbeslut")
    hands.decide("andringsbeslut", LEDNING, reason="Billigare.")
    assert content.read(hands.id).part("ekonomi")["grov_kostnad"] == f"{LIMIT}.00"


def test_change_whose_cost_is_gone_when_the_meeting_decides_is_refused(hands: Hands) -> None:
    to_study(hands)
    hands.propose(PartCode.EKONOMI, grov_kostnad=f"{LIMIT}.00", kostnader=[])
    hands.bring(BEREDER, "andringsbeslut")
    proposal = Andringsforslag.objects.get(satsning=hands.id, closed_at=None)
    Andringsforslag.objects.filter(pk=proposal.pk).update(value={**proposal.value, "grov_kostnad": None})

    with pytest.raises(Incomplete) as caught:
        hands.decide("andringsbeslut", LEDNING, reason="Utan kostnad.")

    assert [gap.field for gap in caught.value.gaps] == ["grov_kostnad"]


def asked_for_avsteg(hands: Hands, gate: str, requirement: str) -> Avsteg:
    """Ask for an avsteg for the group."""
    edition = hands.case.edition
    asked = ask(hands.id, gate, requirement, reason="Hinns inte.", actor=hands.author, expected_edition=edition)
    return Avsteg.objects.select_related("body", "asked_by_body", "svar").get(pk=asked)


def grant(hands: Hands, avsteg: Avsteg, body: str) -> None:
    """Let the chair of a body grant an avsteg."""
    chair, edition = hands.person(body, Role.ORDFORANDE), hands.case.edition
    answer(
        hands.id,
        avsteg.pk,
        "medgivet",
        reason="Ryms.",
        declares_no_jav=True,
        actor=chair,
        expected_edition=edition,
    )


def test_avsteg_on_the_namnds_table_are_granted_by_the_namnds_chair(hands: Hands) -> None:
    hands.propose_all()
    hands.cost(LIMIT * 2)
    hands.act("lamna_in")
    hands.take_up(BEREDER)
    for gate in ("beslut", "pa-bordet"):
        granted = asked_for_avsteg(hands, gate, "remiss_hallen")
        assert granted.body.code == LEDNING
        grant(hands, granted, LEDNING)
    hands.bring(BEREDER)
    hands.decide("overlamna", LEDNING)
    with pytest.raises(Incomplete):
        hands.decide("bifall", NAMND)

    avsteg = asked_for_avsteg(hands, "pa-bordet", "remiss_hallen")
    chairs = {body: hands.person(body, Role.ORDFORANDE) for body in (LEDNING, NAMND)}
    assert avsteg.body.code == NAMND
    assert why_not_answer(viewer(chairs[NAMND]), hands.case, avsteg) == ""
    assert [line.key for line in lines(chairs[NAMND], DeskKind.AVSTEG)] == [avsteg.pk]
    assert lines(chairs[LEDNING], DeskKind.AVSTEG) == []
    page = text_of(at(chairs[LEDNING]).get(url("avsteg", hands.case, avsteg.pk)))
    assert "Avsteg medges av den som har det uppdraget i Samverkansnämnden i Örebro län." in page
    assert f"I dag har {chairs[NAMND].name} det uppdraget." in page
    assert 'name="outcome"' not in page

    with pytest.raises(NoMandate):
        grant(hands, avsteg, LEDNING)
    grant(hands, avsteg, NAMND)

    assert Avsteg.objects.get(pk=avsteg.pk).svar.by_body == hands.body(NAMND)
    hands.decide("bifall", NAMND)
    assert hands.case.station == "beslutad"


@pytest.mark.parametrize(("cost", "body"), [(LIMIT, LEDNING), (LIMIT + 1, NAMND)])
def test_avsteg_from_a_gate_of_two_bodies_is_granted_by_the_one_that_the_cost_points_to(
    hands: Hands, cost: int, body: str
) -> None:
    to_study(hands)
    hands.propose(PartCode.EKONOMI, grov_kostnad=f"{cost}.00", kostnader=[])

    avsteg = asked_for_avsteg(hands, "forstudie", "forstudierapport")

    assert avsteg.body.code == body
    other = NAMND if body == LEDNING else LEDNING
    with pytest.raises(NoMandate):
        grant(hands, avsteg, other)
    grant(hands, avsteg, body)


def test_group_of_lekeberg_goes_through_three_levels_with_administrations(db: None) -> None:
    hands = Hands(orebro())
    operative, steering = ("vsht-operativ", Role.HANDLAGGARE), "vsht-styrgrupp"
    hands.voters(steering, ("lekeberg-social", "lekeberg-bildning", "lekeberg-samhalle"))
    hands.make("vsht-aldre", "Digital levnadsberättelse")
    hands.propose_all()
    region = content.read(hands.id).organisations[0].id
    hands.write(PartCode.OMFATTNING, deltagare=[{"organisation_id": region, "roll": "Deltar."}])
    with pytest.raises(Incomplete) as caught:
        hands.act("lamna_in")
    assert [gap.message for gap in caught.value.gaps] == ["Minst två förvaltningar ska delta. Lägg till dem."]
    hands.write(PartCode.OMFATTNING)
    hands.act("lamna_in")
    assert hands.case.reference.startswith("VSHT ")

    hands.ask(operative)
    hands.answer()
    hands.bring(operative)
    with pytest.raises(NoQuorum):
        hands.decide("bifall", steering, present=1)
    hands.decide("bifall", steering, present=2)
    hands.confirm()
    hands.act("starta")
    hands.act("paborja_uppfoljning")
    hands.write(PartCode.VARDEN, PartCode.SLUTRAPPORT)
    hands.bring(operative, "slutfor")
    hands.decide("slutfor", steering)

    assert hands.case.station == "slutford"


def test_group_of_lekeberg_works_with_the_health_centre_and_no_preparing_body(db: None) -> None:
    hands = Hands(orebro())
    officer, steering = ("vp-styrgrupp", Role.HANDLAGGARE), "vp-styrgrupp"
    hands.voters(steering, ("lekeberg", "vardcentralen-lekeberg"))
    hands.make("vp-prover", "Etikettskrivare")
    hands.propose_all()
    municipality = next(one.id for one in content.read(hands.id).organisations if one.name == "Lekebergs kommun")
    hands.write(PartCode.OMFATTNING, deltagare=[{"organisation_id": municipality, "roll": "Deltar."}])
    with pytest.raises(Incomplete) as caught:
        hands.act("lamna_in")
    assert [gap.message for gap in caught.value.gaps] == [
        "Minst en privat vårdgivare ska delta. Lägg till en vårdgivare."
    ]
    hands.write(PartCode.OMFATTNING)
    hands.act("lamna_in")

    hands.take_up(officer)
    hands.bring(officer)
    with pytest.raises(NoQuorum) as short:
        hands.decide("bifall", steering, present=1)
    assert str(short.value) == "Inte beslutsfört: 1 av 2 organisationer deltar, minst 2 krävs."
    hands.decide("bifall", steering)
    hands.act("paborja_uppfoljning")
    hands.write(PartCode.VARDEN, PartCode.UPPFOLJNINGSRAPPORT)
    hands.bring(officer, "breddinfor")
    hands.decide("breddinfor", steering)
    hands.write(PartCode.LAGE, PartCode.SLUTRAPPORT)
    hands.bring(officer, "slutfor")
    hands.decide("slutfor", steering)

    assert hands.case.station == "slutford"
    assert hands.case.beredningsgrupp == hands.body("vp-styrgrupp")
