"""Random acts by random people, held against a plain model of the path that is written here and nowhere else."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from governance.models import Person
from governance.permissions import today
from governance.vocabulary import Role
from satsningar import content
from satsningar.models import Satsning
from satsningar.vocabulary import DECIDED_PARTS, LATER_PARTS, PartCode
from tests.workflow.world import ARBETSGRUPP, STYRGRUPP, World
from workflow import journal
from workflow.avsteg.actions import answer, ask, withdraw
from workflow.edits import save_part
from workflow.errors import Refusal
from workflow.inputs import Inputs, Request
from workflow.models import Avsteg, JournalEntry
from workflow.preparation import answer_completion

AUTHOR, OFFICER, SECRETARY, COORDINATOR, CHAIR, STRANGER, SUPERUSER, ENDED = (
    "author",
    "officer",
    "secretary",
    "coordinator",
    "chair",
    "stranger",
    "superuser",
    "ended",
)
WHO = (AUTHOR, OFFICER, SECRETARY, COORDINATOR, CHAIR, STRANGER, SUPERUSER, ENDED)
DECIDED = frozenset({"beslutad", "genomforande", "vilande", "uppfoljning", "breddinforande"})
PROPOSING = frozenset({"genomforande", "uppfoljning", "breddinforande"})
FINAL = frozenset({"slutford", "avslagen", "avbruten", "aterkallad"})
OPEN = frozenset({"utkast", "inlamnad", "beredning", "komplettering", "beslut"})

RECORDING = frozenset({SECRETARY, CHAIR})
PAUSING = frozenset({COORDINATOR, CHAIR})

# move: from which stations, to where ("" stays), who
PATH: dict[str, tuple[frozenset[str], str, frozenset[str]]] = {
    "lamna_in": (frozenset({"utkast"}), "inlamnad", frozenset({AUTHOR})),
    "ta_upp": (frozenset({"inlamnad"}), "beredning", frozenset({OFFICER})),
    "begar_komplettering": (frozenset({"beredning"}), "komplettering", frozenset({OFFICER})),
    "lamna_komplettering": (frozenset({"komplettering"}), "beredning", frozenset({AUTHOR})),
    "bifall": (frozenset({"beslut"}), "beslutad", RECORDING),
    "avslag": (frozenset({"beslut"}), "avslagen", RECORDING),
    "aterremiss": (frozenset({"beslut"}), "komplettering", RECORDING),
    "bordlaggning": (frozenset({"beslut"}), "", RECORDING),
    "starta": (frozenset({"beslutad"}), "genomforande", frozenset({AUTHOR})),
    "pausa": (frozenset({"genomforande"}), "vilande", PAUSING),
    "ateruppta": (frozenset({"vilande"}), "genomforande", PAUSING),
    "paborja_uppfoljning": (frozenset({"genomforande"}), "uppfoljning", frozenset({AUTHOR})),
    "fortsatt": (frozenset({"uppfoljning"}), "genomforande", RECORDING),
    "andringsbeslut": (PROPOSING, "", RECORDING),
    "breddinfor": (frozenset({"uppfoljning"}), "breddinforande", RECORDING),
    "slutfor": (frozenset({"breddinforande"}), "slutford", RECORDING),
    "avbryt": (DECIDED, "avbruten", RECORDING),
    "aterkalla": (OPEN, "aterkallad", frozenset({AUTHOR})),
}
DECISIONS = frozenset(code for code, (_, _, who) in PATH.items() if SECRETARY in who)
AROUND_AVSTEG = {"ask": "asked", "grant": "granted", "deny": "", "take_back": ""}
"""Each act around the avsteg, and how it stands afterwards."""
ACTS = (*PATH, "anmal", "fill", "report", "state", "confirm", "answer", "propose", *AROUND_AVSTEG)
BEFORE_START, WAIVED = "beslutad", "resurser_bekraftade"
"""Where the case stands before the gate *start*, whose confirmed resources the model asks avsteg from."""


@dataclass
class Plain:
    """What the model knows of a case."""

    station: str = "utkast"
    complete: bool = False
    reported: bool = False
    stated: bool = False
    anmald: bool = False
    confirmed: bool = False
    answered: bool = True
    proposed: bool = False
    proposed_late: bool = False
    for_change: bool = False
    """What lies before the deciding body is the proposed change."""
    avsteg: str = ""
    """Nothing, "asked" or "granted"."""
    asker: str = ""

    @property
    def is_on_the_table(self) -> bool:
        """Tell whether a proposed change was frozen with the open anmälan."""
        return self.anmald and self.for_change

    @property
    def _can_bring(self) -> bool:
        """Tell whether what is brought from here lacks nothing: a proposed change, or else that the case is stopped."""
        return self._has_change or self.reported

    @property
    def _has_change(self) -> bool:
        return self.proposed and self.station in PROPOSING

    def may(self, act: str, who: str) -> bool:
        """Tell whether the act is allowed now."""
        if act in PATH:
            sources, _, allowed = PATH[act]
            return self.station in sources and who in allowed and self._gate(act)
        decided, preparing = self.station in DECIDED, self.station == "beredning"
        rules = {
            "fill": who == AUTHOR and self.station == "utkast",
            "report": who == AUTHOR and decided,
            "propose": who == AUTHOR and self.station in PROPOSING and not self.is_on_the_table,
            "state": (who == OFFICER and (decided or preparing)) or (who == COORDINATOR and decided),
            "answer": who == AUTHOR and self.station == "komplettering",
            "confirm": self.complete,
            "anmal": self.stated
            and (
                (preparing and who == OFFICER and self.complete)
                or (decided and who in {OFFICER, COORDINATOR} and self._can_bring and not self.anmald)
            ),
            "ask": who in {AUTHOR, OFFICER} and self.station == BEFORE_START and not self.avsteg and not self.confirmed,
            **dict.fromkeys(
                ("grant", "deny"), who == CHAIR and self.avsteg == "asked" and self.station == BEFORE_START
            ),
            "take_back": who == self.asker and self.avsteg == "asked",
        }
        return rules[act]

    def _gate(self, act: str) -> bool:
        gates = {
            "lamna_in": self.complete,
            "lamna_komplettering": self.complete and self.answered,
            "bifall": self.complete and self.stated,
            "starta": (self.confirmed or self.avsteg == "granted") and self.reported,
            "andringsbeslut": self.for_change,
            **dict.fromkeys(("breddinfor", "slutfor", "avbryt"), self.reported),
        }
        return gates.get(act, True) and (act not in DECISIONS or self.anmald)

    def take(self, act: str, who: str) -> None:
        """Let an allowed act have happened."""
        if act in AROUND_AVSTEG:
            self.avsteg = AROUND_AVSTEG[act]
            self.asker = who if act == "ask" else self.asker
            return
        match act:
            case "fill":
                self.complete = True
            case "report":
                self.reported = True
            case "state":
                self.stated = True
            case "confirm":
                self.confirmed = True
            case "answer":
                self.answered = True
            case "propose":
                self.proposed = True
                self.proposed_late = self.anmald
            case "anmal":
                self.anmald = True
                self.for_change = self._has_change
                self.station = "beslut" if self.station == "beredning" else self.station
            case _:
                self._move(act)

    def _move(self, act: str) -> None:
        if act in {"begar_komplettering", "aterremiss"}:
            self.answered = False
        target = PATH[act][1]
        if act in {"starta", "avbryt"}:
            self.avsteg = ""
        if (target or act in DECISIONS) and act != "bordlaggning":
            self.anmald = False
        if act in DECISIONS - {"bordlaggning", "aterremiss"}:
            self.stated = False
        if act == "andringsbeslut":
            self.proposed = False
        if not self.anmald:
            self.proposed_late = self.for_change = False
        self.station = target or self.station


@dataclass
class Real:
    """The same acts on the real thing."""

    world: World
    satsning: Satsning
    people: dict[str, Person]

    def act(self, act: str, who: str) -> None:
        """Do it, or be refused."""
        world, satsning, actor = self.world, self.satsning, self.people[who]
        match act:
            case "fill":
                world.fill(satsning, *DECIDED_PARTS, actor=actor)
            case "report":
                parts = [part for part in LATER_PARTS if part not in {PartCode.INARBETNING, PartCode.FORSTUDIERAPPORT}]
                world.fill(satsning, PartCode.INFORANDE, *parts, actor=actor)
            case "propose":
                read = content.read(satsning.pk)
                open_one = satsning.andringsforslag.filter(closed_at=None).first()
                save_part(
                    satsning.pk,
                    PartCode.UPPDRAG,
                    {**read.part(PartCode.UPPDRAG), "syfte": f"Syfte {read.edition}."},
                    actor=actor,
                    expected_version=open_one.version if open_one else 0,
                )
            case "state":
                world.state(satsning, actor=actor)
            case "confirm":
                world.confirm_resources(satsning)
            case "answer":
                rows = satsning.kompletteringar.filter(closed_at=None)
                answer_completion(satsning.pk, {row.pk: "Svar." for row in rows}, actor=actor)
            case "ask":
                edition = world.fresh(satsning).edition
                ask(satsning.pk, "start", WAIVED, reason="Därför.", actor=actor, expected_edition=edition)
            case "grant" | "deny" | "take_back":
                self._answer(act, actor)
            case "anmal":
                station = world.fresh(satsning).station
                changed = station in PROPOSING and satsning.andringsforslag.filter(closed_at=None).exists()
                brought = "" if station == "beredning" else "andringsbeslut" if changed else "avbryt"
                world.do(satsning, act, actor, inputs=Inputs(proposed_move=brought))
            case _:
                world.do(satsning, act, actor, **self._sent(act))

    def _answer(self, act: str, actor: Person) -> None:
        newest = Avsteg.objects.filter(satsning=self.satsning).order_by("pk").last()
        avsteg_id = newest.pk if newest else 0
        if act == "take_back":
            withdraw(self.satsning.pk, avsteg_id, actor=actor)
        else:
            answer(
                self.satsning.pk,
                avsteg_id,
                "medgivet" if act == "grant" else "avslaget",
                reason="Därför.",
                declares_no_jav=True,
                actor=actor,
                expected_edition=self.world.fresh(self.satsning).edition,
            )

    def tried(self, act: str, who: str) -> Exception | None:
        """Do it; return the refusal, if it was refused."""
        try:
            self.act(act, who)
        except (Refusal, Satsning.DoesNotExist) as refusal:
            return refusal
        return None

    def _sent(self, act: str) -> dict[str, object]:
        inputs = Inputs(
            handlaggare_id=self.people[OFFICER].pk,
            requests=(Request(PartCode.EKONOMI, "Räkna om."),),
            decision=self.world.decision(to_meeting=today() + timedelta(days=9)) if act in DECISIONS else None,
        )
        return {"reason": "Därför.", "target": "komplettering" if act == "aterremiss" else "", "inputs": inputs}


@pytest.fixture
def people(world: World) -> dict[str, Person]:
    superuser = world.seat("arbetsgrupp-barn-unga", Role.LEDAMOT)
    superuser.is_superuser = True
    superuser.save()
    return {
        AUTHOR: world.author,
        OFFICER: world.officer,
        SECRETARY: world.secretary,
        COORDINATOR: world.coordinator,
        CHAIR: world.person(STYRGRUPP, Role.ORDFORANDE),
        STRANGER: world.seat("arbetsgrupp-egenmonitorering", Role.LEDAMOT),
        SUPERUSER: superuser,
        ENDED: world.seat(ARBETSGRUPP, Role.LEDAMOT, ends_on=today() - timedelta(days=1)),
    }


RIGHT: dict[str, str] = {
    **{act: max(who) for act, (_, _, who) in PATH.items()},
    **dict.fromkeys(("fill", "report", "answer", "propose", "confirm"), AUTHOR),
    **dict.fromkeys(("state", "anmal"), OFFICER),
    **dict.fromkeys(("ask", "take_back"), AUTHOR),
    **dict.fromkeys(("grant", "deny"), CHAIR),
}
STEP = st.one_of(
    st.sampled_from(ACTS).map(lambda act: (act, RIGHT[act])),
    st.sampled_from(ACTS).map(lambda act: (act, RIGHT[act])),
    st.tuples(st.sampled_from(ACTS), st.sampled_from(WHO)),
)
BEGINNINGS = (
    (),
    ("fill", "lamna_in", "ta_upp"),
    ("fill", "lamna_in", "ta_upp", "state", "anmal"),
    ("fill", "lamna_in", "ta_upp", "state", "anmal", "bifall", "ask"),
    ("fill", "lamna_in", "ta_upp", "state", "anmal", "bifall", "report", "ask", "grant"),
    ("fill", "lamna_in", "ta_upp", "state", "anmal", "bifall", "report", "confirm", "starta"),
    ("fill", "lamna_in", "ta_upp", "state", "anmal", "bifall", "report", "confirm", "starta", "paborja_uppfoljning"),
)


def hold_against_model(
    world: World, people: dict[str, Person], beginning: tuple[str, ...], steps: list[tuple[str, str]]
) -> None:
    """Do every act in both worlds; they agree on what is refused and on where the case stands."""
    real, plain = Real(world, world.make(), people), Plain()
    for act, who in [*((act, RIGHT[act]) for act in beginning), *steps]:
        allowed = plain.may(act, who)
        if act == "confirm" and not allowed:
            continue
        if (act == "propose" and plain.station == "utkast") or (act == "fill" and plain.station in PROPOSING):
            continue  # a draft is written, what is decided is proposed: the other way is not tried
        was_final, entries = plain.station in FINAL, JournalEntry.objects.count()
        refusal = real.tried(act, who)
        assert (refusal is None) == allowed, f"{act} by {who}: {refusal}; {plain}"
        if allowed:
            assert not was_final or act == "confirm"
            plain.take(act, who)
        else:
            assert JournalEntry.objects.count() == entries
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        assert world.fresh(real.satsning).station == plain.station
    _, broken = journal.verify(world.county.pk, world.county.name)
    assert broken is None


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(beginning=st.sampled_from(BEGINNINGS), steps=st.lists(STEP, max_size=15))
def test_acts_agree_with_the_plain_model(
    world: World, people: dict[str, Person], beginning: tuple[str, ...], steps: list[tuple[str, str]]
) -> None:
    hold_against_model(world, people, beginning, steps)


@pytest.mark.soak
@settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(beginning=st.sampled_from(BEGINNINGS), steps=st.lists(STEP, max_size=40))
def test_many_more_acts_agree_with_the_plain_model(
    world: World, people: dict[str, Person], beginning: tuple[str, ...], steps: list[tuple[str, str]]
) -> None:
    hold_against_model(world, people, beginning, steps)
