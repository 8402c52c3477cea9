"""How far each satsning of the demonstration has come, and by which acts: one function for each, told in order.

What is written and said stands in the satsning's own file; here is who does what.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from governance.permissions import today
from workflow.beginnings.publishing import publish
from workflow.demo.beside import answer_avsteg, ask_avsteg
from workflow.demo.hands import Case
from workflow.vocabulary import Avstegslage, RoundKind, Stance

MOBILE = "arbetsgrupp-mobila-team"
HOME = "arbetsgrupp-egenmonitorering"
YOUNG = "arbetsgrupp-barn-unga"
SUPPORT = "regionalt-stod"
PERSON_CENTRED = "beredning-personcentrering"
HEALTH = "beredning-halsa"
STEERING_MEMBER = "lotta"
CHAIR = "lena"

Course = Callable[[Case], None]


@dataclass(frozen=True, slots=True)
class Telling:
    """Who makes the satsning, for which group, who prepares it where the group's chain does not say, and its course."""

    who: str
    group: str
    course: Course
    preparing: str = ""
    county: str = "sormland"


COURSES: dict[str, Telling] = {}
"""The satsningar by the name of their file, in the order they are made."""


def course(
    name: str, who: str, group: str, preparing: str = "", *, county: str = "sormland"
) -> Callable[[Course], Course]:
    """Register the course of the satsning whose file has this name."""

    def register(function: Course) -> Course:
        COURSES[name] = Telling(who, group, function, preparing, county)
        return function

    return register


def hand_in(case: Case, who: str) -> None:
    """Write the proposal and hand it in."""
    case.write_proposal(who)
    case.act(who, "lamna_in")


def prepare(case: Case, who: str, handlaggare: str) -> None:
    """Hand in, and be taken up by a handläggare."""
    hand_in(case, who)
    case.take_up(handlaggare)


def put(case: Case, handlaggare: str, move: str = "bifall", suffix: str = "", *, against: bool = False) -> None:
    """Write the statement and bring the case before länsstyrgruppen."""
    case.state(handlaggare, case.word(f"utlatande{suffix}"), case.word(f"forslag{suffix}"), against=against)
    case.bring(handlaggare, move)


def approve(case: Case, who: str, handlaggare: str, condition: str = "") -> None:
    """Take the case from draft to decided."""
    prepare(case, who, handlaggare)
    put(case, handlaggare)
    case.decide("bifall", condition=condition)


def confirm(case: Case, who: str, waiting: Iterable[str] = ()) -> None:
    """Ask for the resources; everybody taking part confirms but those who are waited for."""
    case.send_out(who, RoundKind.RESURSBEKRAFTELSE, "Bekräfta tid och personal", days=30)
    for number, organisation in enumerate(case.taking_part):
        if organisation not in waiting:
            registered = f"EX 2026-{40 + number}"
            case.confirm(case.cast.contact(organisation), f"kontakt-{organisation}", registered)
            case.register(organisation, registered)


def start(case: Case, who: str, handlaggare: str, condition: str = "") -> None:
    """Take the case from draft to running."""
    approve(case, who, handlaggare, condition)
    confirm(case, who)
    if condition:
        case.write(who, "inarbetning")
    case.measure(who, "baslinje")
    case.act(who, "starta")


def follow_up(case: Case, who: str) -> None:
    """Go over to follow-up, with outcomes and a report."""
    case.act(who, "paborja_uppfoljning")
    case.measure(who, "matning", "utfall")
    case.write(who, "uppfoljningsrapport")


def spread(case: Case, who: str, handlaggare: str) -> None:
    """Write the plan of every municipality and have breddinförande decided."""
    if "sedan" in case.file:
        case.change(who, "inforande", case.file["sedan"]["inforande"])
    put(case, handlaggare, "breddinfor", "_bredd")
    case.decide("breddinfor")


@course("aldremottagningar", "maria", MOBILE)
def aldremottagningar(case: Case) -> None:
    """Completed: the whole way, and published for other counties."""
    start(case, "maria", "pontus")
    follow_up(case, "maria")
    spread(case, "maria", "pontus")
    case.write("maria", "lage", "slutrapport")
    put(case, "pontus", "slutfor", "_slut")
    case.decide("slutfor")
    publish(case.id, actor=case.cast.people["rut"], expected_edition=case.satsning.edition)


@course("stegvis-vard", "mats", MOBILE)
def stegvis_vard(case: Case) -> None:
    """In breddinförande: two municipalities have written their own state."""
    start(case, "mats", "pontus")
    follow_up(case, "mats")
    spread(case, "mats", "pontus")
    case.write("mats", "lage")
    for who, line in case.file["eget"].items():
        case.change(who, "lage", {"organisationer": [line]})


@course("riktade-halsosamtal", "rolf", SUPPORT, HEALTH)
def riktade_halsosamtal(case: Case) -> None:
    """In follow-up, and before länsstyrgruppen for breddinförande."""
    start(case, "rolf", "hedda", case.word("villkor"))
    follow_up(case, "rolf")
    case.change("rolf", "inforande", case.file["sedan"]["inforande"])
    put(case, "hedda", "breddinfor", "_bredd")


@course("bpsd", "maria", MOBILE)
def bpsd(case: Case) -> None:
    """Stopped after follow-up, with learnings."""
    start(case, "maria", "pontus")
    follow_up(case, "maria")
    case.write("maria", "slutrapport")
    put(case, "pontus", "avbryt", "_avbryt")
    case.decide("avbryt", reason=case.word("skal_avbryt"))


@course("hembesok", "maria", MOBILE)
def hembesok(case: Case) -> None:
    """Running again: the aim was changed after follow-up."""
    start(case, "maria", "pontus")
    follow_up(case, "maria")
    case.change("maria", "uppdrag", case.file["sedan"]["uppdrag"])
    put(case, "pontus", "andringsbeslut", "_andring")
    case.decide("andringsbeslut", reason=case.word("skal_andring"))
    put(case, "pontus", "fortsatt", "_fortsatt")
    case.decide("fortsatt", reason=case.word("skal_fortsatt"))


@course("tidiga-insatser", "britta", YOUNG)
def tidiga_insatser(case: Case) -> None:
    """Running; länsstyrgruppen sent it back once before it was approved."""
    prepare(case, "britta", "hedda")
    put(case, "hedda")
    case.decide("aterremiss", target="beredning", reason=case.word("skal_aterremiss"))
    case.state("hedda", case.word("utlatande_2"), case.word("forslag"))
    case.bring("hedda", "bifall")
    case.decide("bifall", jav={STEERING_MEMBER: "Anhörig är anställd i satsningen."})
    confirm(case, "britta")
    case.measure("britta", "baslinje")
    case.act("britta", "starta")
    case.measure("britta", "matning")


@course("matning-personcentrering", "rut", SUPPORT, PERSON_CENTRED)
def matning_personcentrering(case: Case) -> None:
    """Paused."""
    start(case, "rut", "pontus")
    case.act("rut", "pausa", reason=case.word("skal_paus"))


@course("geografiskt-halsouppdrag", "rolf", SUPPORT, HEALTH)
def geografiskt_halsouppdrag(case: Case) -> None:
    """Rejected, as the preparing body advised."""
    prepare(case, "rolf", "hedda")
    put(case, "hedda", "avslag", against=True)
    case.decide("avslag", reason=case.word("skal"))


@course("mobila-team", "maria", MOBILE)
def mobila_team(case: Case) -> None:
    """Decided with a condition; one organisation has not confirmed its resources, and avsteg is asked for."""
    prepare(case, "maria", "pontus")
    put(case, "pontus")
    later = today() + timedelta(days=28)
    case.decide("bordlaggning", to_meeting=later)
    case.decide("bifall", condition="Kostnaden efter 2028 redovisas per kommun innan satsningen startar.")
    confirm(case, "maria", waiting=("eskilstuna",))
    ask_avsteg(case, "maria", "start", "resurser_bekraftade", case.word("skal_avsteg"))


@course("samsjuklighet", "rut", SUPPORT, HEALTH)
def samsjuklighet(case: Case) -> None:
    """Before länsstyrgruppen, with an avsteg in the papers."""
    prepare(case, "rut", "hedda")
    ask_avsteg(case, "rut", "beslut", "del_uppfoljning", case.word("skal_avsteg"))
    answer_avsteg(case, CHAIR, Avstegslage.MEDGIVET, case.word("svar_avsteg"))
    put(case, "hedda")


@course("egenmonitorering", "elsa", HOME)
def egenmonitorering(case: Case) -> None:
    """In preparation, out on remiss; two have answered and two have not."""
    prepare(case, "elsa", "pontus")
    asked: Mapping[str, tuple[Stance, str] | None] = {
        "katrineholm": (Stance.INSTAMMER, ""),
        "strangnas": (Stance.MED_ANDRINGAR, case.word("svar_strangnas")),
        "nykoping": None,
        "eskilstuna": None,
    }
    bodies = tuple(f"kontakt-{organisation}" for organisation in asked)
    case.send_out("pontus", RoundKind.REMISS, "Synpunkter före beslut om egenmonitorering", days=21, to=bodies)
    for organisation, answer in asked.items():
        if answer:
            case.reply(case.cast.contact(organisation), f"kontakt-{organisation}", *answer)
    case.state("pontus", "", "", notes=case.word("anteckningar"))


@course("unga-vuxna", "britta", YOUNG)
def unga_vuxna(case: Case) -> None:
    """Sent back to be completed; one of two requests is answered."""
    prepare(case, "britta", "hedda")
    asked = {"uppdrag": case.word("begaran_uppdrag"), "ekonomi": case.word("begaran_ekonomi")}
    case.ask("hedda", asked, reason=case.word("skal"))
    case.answer("britta", {"uppdrag": case.word("svar_uppdrag")})


@course("stegvis-stod", "rut", YOUNG)
def stegvis_stod(case: Case) -> None:
    """Registered afterwards: it was running before the system, and what it held is still being written in."""
    case.write("rut", "uppdrag", "koppling", "omfattning")
    case.write("britta", "ekonomi", "uppfoljning")


@course("lakemedelsautomater", "erik", HOME)
def lakemedelsautomater(case: Case) -> None:
    """Handed in; nobody has taken it up yet."""
    hand_in(case, "erik")


@course("1177-direkt", "elsa", HOME)
def direkt_1177(case: Case) -> None:
    """Withdrawn by its group."""
    hand_in(case, "elsa")
    case.act("elsa", "aterkalla", reason=case.word("skal"))


@course("samordnad-vard-hemma", "maria", MOBILE)
def samordnad_vard_hemma(case: Case) -> None:
    """Draft: two things are missing before it can be handed in."""
    case.write_proposal("maria")


@course("anhorigstod", "emil", HOME)
def anhorigstod(case: Case) -> None:
    """Draft, just begun."""
    case.write_proposal("emil")
