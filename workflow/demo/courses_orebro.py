"""How far the satsningar of Örebro län and of Lekeberg's two structures have come, and by which acts."""

from workflow.demo.courses import confirm, course, hand_in
from workflow.demo.hands import Case
from workflow.vocabulary import RoundKind, Stance

COUNTY = "orebro"
STEERING = "lansledningen"
SECRETARY, PREPARES = "signe", "berit"
LOCAL, KEEPS_MINUTES = "vp-styrgrupp", "sixten"


def ask_around(case: Case, answers: dict[str, tuple[Stance, str]]) -> None:
    """Send the case on remiss and have every organisation asked answer, which closes it."""
    bodies = tuple(f"kontakt-{organisation}" for organisation in answers)
    case.send_out(PREPARES, RoundKind.REMISS, "Synpunkter före beslut", days=21, to=bodies)
    for organisation, answer in answers.items():
        case.reply(case.cast.contact(organisation), f"kontakt-{organisation}", *answer)


def approve(case: Case, who: str, answers: dict[str, tuple[Stance, str]]) -> None:
    """Take a case of the county from draft to decided, on remiss on the way."""
    hand_in(case, who)
    case.take_up(PREPARES)
    ask_around(case, answers)
    case.state(PREPARES, case.word("utlatande"), case.word("forslag"))
    case.bring(PREPARES, "bifall")
    case.decide("bifall", who=SECRETARY, body=STEERING)


@course("sjalvincheckning", "disa", "arbetsgrupp-digitalt", county=COUNTY)
def sjalvincheckning(case: Case) -> None:
    """In breddinförande: two municipalities have written their own state."""
    approve(case, "disa", {"kumla": (Stance.INSTAMMER, ""), "karlskoga": (Stance.INSTAMMER, "")})
    confirm(case, "disa")
    case.measure("disa", "baslinje")
    case.act("disa", "starta")
    case.act("disa", "paborja_uppfoljning")
    case.measure("disa", "utfall")
    case.write("disa", "uppfoljningsrapport")
    case.change("disa", "inforande", case.file["sedan"]["inforande"])
    case.state(PREPARES, case.word("utlatande_bredd"), case.word("forslag_bredd"))
    case.bring(PREPARES, "breddinfor")
    case.decide("breddinfor", who=SECRETARY, body=STEERING)
    case.write("disa", "lage")
    for who, line in case.file["eget"].items():
        case.change(who, "lage", {"organisationer": [line]})


@course("narkes-varmande-mantel", "pella", "arbetsgrupp-palliativ", county=COUNTY)
def narkes_varmande_mantel(case: Case) -> None:
    """In its pre-study, with a report that is not whole yet."""
    nora = (Stance.MED_ANDRINGAR, case.word("svar_nora"))
    approve(case, "pella", {"nora": nora, "karlskoga": (Stance.INSTAMMER, "")})
    case.act("pella", "starta_forstudie")
    case.write("pella", "forstudierapport")


@course("digital-levnadsberattelse", "ylva", "vsht-aldre", county=COUNTY)
def digital_levnadsberattelse(case: Case) -> None:
    """In Lekeberg's own path across administrations: on the steering group's table."""
    hand_in(case, "ylva")
    case.state("olle", case.word("utlatande"), case.word("forslag"))
    case.bring("olle", "bifall")


@course("etikettskrivare", "jonna", "vp-prover", county=COUNTY)
def etikettskrivare(case: Case) -> None:
    """In Lekeberg's own path with the health centre: completed, the whole way."""
    hand_in(case, "jonna")
    case.take_up("isak")
    case.state("isak", case.word("utlatande"), case.word("forslag"))
    case.bring("isak", "bifall")
    case.decide("bifall", who=KEEPS_MINUTES, body=LOCAL)
    case.measure("jonna", "baslinje")
    case.act("jonna", "paborja_uppfoljning")
    case.measure("jonna", "utfall")
    case.write("jonna", "uppfoljningsrapport")
    case.state("isak", case.word("utlatande_bredd"), case.word("forslag_bredd"))
    case.bring("isak", "breddinfor")
    case.decide("breddinfor", who=KEEPS_MINUTES, body=LOCAL)
    case.write("jonna", "lage", "slutrapport")
    case.state("isak", case.word("utlatande_slut"), case.word("forslag_slut"))
    case.bring("isak", "slutfor")
    case.decide("slutfor", who=KEEPS_MINUTES, body=LOCAL)
