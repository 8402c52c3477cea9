"""How far each satsning of the demonstration has come, and by which acts: one function for each, told in order.

What is written and said stands in the satsning's own file; here is who does what.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from workflow.beginnings.publishing import publish
from workflow.deadlines.vocabulary import Stopporsak
from workflow.demo import beside
from workflow.demo.clock import ago, on
from workflow.demo.hands import Case
from workflow.demo.meetings import mobile_teams_at_two_meetings
from workflow.vocabulary import Avstegslage, Inlaggsslag, RoundKind

MOBILE = "arbetsgrupp-mobila-team"
HOME = "arbetsgrupp-egenmonitorering"
YOUNG = "arbetsgrupp-barn-unga"
SUPPORT = "regionalt-stod"
PERSON_CENTRED = "beredning-personcentrering"
HEALTH = "beredning-halsa"
STEERING_MEMBER = "lotta"
CHAIR = "lena"

LONG_AGO, SENT_OUT, BROUGHT, LATELY = 70, 42, 24, 14
"""Days ago: before the first of the meetings, a remiss before it, in time for today's agenda, after the second."""

Course = Callable[[Case], None]


@dataclass(frozen=True, slots=True)
class Telling:
    """Who makes the satsning, for which group, who prepares it where the group's chain does not say, and its course."""

    who: str
    group: str
    course: Course
    preparing: str = ""
    county: str = "sormland"
    days_ago: int = 0
    """When it happened; what has meetings of its own in it is told from there."""


COURSES: dict[str, Telling] = {}
"""The satsningar by the name of their file, in the order they are made."""


def course(  # noqa: PLR0913 - a telling is made of this many facts
    name: str, who: str, group: str, preparing: str = "", *, county: str = "sormland", days_ago: int = LATELY
) -> Callable[[Course], Course]:
    """Register the course of the satsning whose file has this name."""

    def register(function: Course) -> Course:
        COURSES[name] = Telling(who, group, function, preparing, county, days_ago)
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


def asked_of(case: Case, *silent: str) -> tuple[str, ...]:
    """Return the bodies of the organisations that the file has an answer of, and of those that it has none of."""
    return tuple(f"kontakt-{organisation}" for organisation in (*case.file["remiss"]["svar"], *silent))


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


@course("aldremottagningar", "maria", MOBILE, days_ago=LONG_AGO)
def aldremottagningar(case: Case) -> None:
    """Completed: the whole way, and published for other counties."""
    start(case, "maria", "pontus")
    follow_up(case, "maria")
    spread(case, "maria", "pontus")
    case.write("maria", "lage", "slutrapport")
    put(case, "pontus", "slutfor", "_slut")
    case.decide("slutfor")
    publish(case.id, actor=case.cast.people["rut"], expected_edition=case.satsning.edition)


@course("stegvis-vard", "mats", MOBILE, days_ago=LONG_AGO)
def stegvis_vard(case: Case) -> None:
    """In breddinförande: two municipalities have written their own state."""
    start(case, "mats", "pontus")
    follow_up(case, "mats")
    spread(case, "mats", "pontus")
    case.write("mats", "lage")
    for who, line in case.file["eget"].items():
        case.change(who, "lage", {"organisationer": [line]})


@course("riktade-halsosamtal", "rolf", SUPPORT, HEALTH, days_ago=LONG_AGO)
def riktade_halsosamtal(case: Case) -> None:
    """In follow-up, and before länsstyrgruppen for breddinförande."""
    start(case, "rolf", "hedda", case.word("villkor"))
    follow_up(case, "rolf")
    case.change("rolf", "inforande", case.file["sedan"]["inforande"])
    put(case, "hedda", "breddinfor", "_bredd")


@course("bpsd", "maria", MOBILE, days_ago=LONG_AGO)
def bpsd(case: Case) -> None:
    """Stopped after follow-up, with learnings."""
    start(case, "maria", "pontus")
    follow_up(case, "maria")
    case.write("maria", "slutrapport")
    put(case, "pontus", "avbryt", "_avbryt")
    case.decide("avbryt", reason=case.word("skal_avbryt"))


@course("hembesok", "maria", MOBILE, days_ago=LONG_AGO)
def hembesok(case: Case) -> None:
    """Running again: the aim was changed after follow-up."""
    start(case, "maria", "pontus")
    follow_up(case, "maria")
    case.change("maria", "uppdrag", case.file["sedan"]["uppdrag"])
    put(case, "pontus", "andringsbeslut", "_andring")
    case.decide("andringsbeslut", reason=case.word("skal_andring"))
    put(case, "pontus", "fortsatt", "_fortsatt")
    case.decide("fortsatt", reason=case.word("skal_fortsatt"))


@course("tidiga-insatser", "britta", YOUNG, days_ago=LONG_AGO)
def tidiga_insatser(case: Case) -> None:
    """Running, but standing still; länsstyrgruppen sent it back once before it was approved."""
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
    beside.stand_still(case, "britta", Stopporsak.SYSTEM, "Väntar på att journalsystemet öppnas för skolans personal.")


@course("matning-personcentrering", "rut", SUPPORT, PERSON_CENTRED, days_ago=LONG_AGO)
def matning_personcentrering(case: Case) -> None:
    """Paused."""
    start(case, "rut", "pontus")
    case.act("rut", "pausa", reason=case.word("skal_paus"))


@course("geografiskt-halsouppdrag", "rolf", SUPPORT, HEALTH, days_ago=LONG_AGO)
def geografiskt_halsouppdrag(case: Case) -> None:
    """Rejected, as the preparing body advised."""
    prepare(case, "rolf", "hedda")
    put(case, "hedda", "avslag", against=True)
    case.decide("avslag", reason=case.word("skal"))


@course("mobila-team", "maria", MOBILE, days_ago=LONG_AGO)
def mobila_team(case: Case) -> None:
    """Decided with a condition; one organisation has not confirmed its resources, and avsteg is asked for."""
    prepare(case, "maria", "pontus")
    put(case, "pontus")
    mobile_teams_at_two_meetings(case)
    with on(ago(LATELY)):
        confirm(case, "maria", waiting=("eskilstuna",))
        beside.ask_avsteg(case, "maria", "start", "resurser_bekraftade", case.word("skal_avsteg"))


@course("samsjuklighet", "rut", SUPPORT, HEALTH, days_ago=SENT_OUT)
def samsjuklighet(case: Case) -> None:
    """Before länsstyrgruppen after a remiss that all have answered, with an avsteg in the papers."""
    prepare(case, "rut", "hedda")
    case.send_out("hedda", RoundKind.REMISS, "Synpunkter före beslut", days=14, to=asked_of(case, "oxelosund"))
    for organisation in ("region-sormland", "eskilstuna", "gnesta"):
        case.reply_as_written(organisation)
    with on(ago(SENT_OUT - 10)):
        case.chase("hedda", RoundKind.REMISS)
        case.decline(case.cast.contact("oxelosund"), "kontakt-oxelosund", case.word("avbojt_oxelosund"))
    with on(ago(BROUGHT + 2)):
        case.reply_as_written("vingaker")
    with on(ago(BROUGHT)):
        case.add(case.cast.contact("vingaker"), "kontakt-vingaker", case.word("komplettering_vingaker"))
        beside.ask_avsteg(case, "rut", "beslut", "del_uppfoljning", case.word("skal_avsteg"))
        beside.answer_avsteg(case, CHAIR, Avstegslage.MEDGIVET, case.word("svar_avsteg"))
        put(case, "hedda")


@course("egenmonitorering", "elsa", HOME)
def egenmonitorering(case: Case) -> None:
    """In preparation, out on remiss; two have answered and two have not. Another beredningsgrupp is asked, too."""
    prepare(case, "elsa", "pontus")
    bodies = asked_of(case, "nykoping", "eskilstuna")
    case.send_out("pontus", RoundKind.REMISS, "Synpunkter före beslut om egenmonitorering", days=21, to=bodies)
    for organisation in case.file["remiss"]["svar"]:
        case.reply_as_written(organisation)
    case.send_out("pontus", RoundKind.SAMRAD, "Samråd om hälsosamtal och mått", days=21, to=(HEALTH,))
    case.state("pontus", "", "", notes=case.word("anteckningar"))


@course("unga-vuxna", "britta", YOUNG)
def unga_vuxna(case: Case) -> None:
    """Sent back to be completed: one comment is accepted, one answered in the part, and one open."""
    prepare(case, "britta", "hedda")
    users = beside.comment_on(case, "hedda", "brukarmedverkan", "vilka", case.word("kommentar_brukare"), "britta")
    beside.write_below(case, "britta", users, Inlaggsslag.SVAR, case.word("svar_brukare"))
    beside.write_below(case, "hedda", users, Inlaggsslag.GODTAGEN)
    purpose = beside.comment_on(case, "hedda", "uppdrag", "syfte", case.word("begaran_uppdrag"))
    cost = beside.comment_on(case, "hedda", "ekonomi", "", case.word("begaran_ekonomi"), "britta")
    beside.ask_about(case, "hedda", purpose, cost, reason=case.word("skal"))
    case.change("britta", "uppdrag", {"syfte": case.word("syfte_nytt")})
    beside.write_below(case, "britta", purpose, Inlaggsslag.SVAR, case.word("svar_uppdrag"))


@course("stegvis-stod", "rut", YOUNG)
def stegvis_stod(case: Case) -> None:
    """Registered afterwards: it was running before the system, and what it held is still being written in."""
    case.write("rut", "uppdrag", "koppling", "omfattning")
    case.write("britta", "ekonomi", "uppfoljning")


@course("lakemedelsautomater", "erik", HOME, days_ago=BROUGHT)
def lakemedelsautomater(case: Case) -> None:
    """Handed in; nobody has taken it up, though its last day has been."""
    hand_in(case, "erik")


@course("1177-direkt", "elsa", HOME)
def direkt_1177(case: Case) -> None:
    """Withdrawn by its group."""
    hand_in(case, "elsa")
    case.act("elsa", "aterkalla", reason=case.word("skal"))


@course("samordnad-vard-hemma", "maria", MOBILE)
def samordnad_vard_hemma(case: Case) -> None:
    """Draft, written together with a municipality: two things are missing before it can be handed in."""
    case.write_proposal("maria")
    beside.write_together(case, "maria", case.cast.contact("nykoping"), case.word("syfte_inbjudan"))


@course("anhorigstod", "emil", HOME)
def anhorigstod(case: Case) -> None:
    """Draft, just begun."""
    case.write_proposal("emil")
