"""Hands for a case in any county: people are seated when they are asked for, and every act goes through `perform`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from governance.models import Body, County, Membership, Organisation, Person
from governance.permissions import today
from governance.services import register_membership
from governance.vocabulary import BodyKind, Role
from satsningar import content
from satsningar.models import Satsning
from satsningar.vocabulary import DECIDED_PARTS, PartCode
from tests.factories import complete_value
from tests.workflow.world import BEGAN, PASSWORD
from workflow.actions import Performed, perform
from workflow.creation import create_satsning
from workflow.edits import save_part
from workflow.inputs import Decision, Inputs, Participant, Request
from workflow.preparation import StatementText, answer_completion, save_statement
from workflow.rounds.actions import open_round
from workflow.rounds.answers import answer_remiss, confirm_resources
from workflow.rounds.models import RoundAnswer
from workflow.vocabulary import RoundKind, Stance


@dataclass
class Hands:
    """One county with its people; the case that the acts are about is made by `make`."""

    county: County
    people: dict[tuple[str, str], Person] = field(default_factory=dict)
    paragraph: int = 0
    id: int = 0

    def body(self, code: str) -> Body:
        """Return a body by its code."""
        return Body.objects.get(county=self.county, code=code)

    def person(self, body: str, role: Role) -> Person:
        """Return the one who has the role, seated the first time."""
        if (body, role) not in self.people:
            self.people[body, role] = self.seat(body, role)
        return self.people[body, role]

    def seat(self, body: str, role: Role, represents: Organisation | None = None) -> Person:
        """Seat a new person."""
        number = Person.objects.count()
        person = Person.objects.create_user(f"hand{number}@example.org", f"Exempelhand {number}", PASSWORD)
        found = self.body(body)
        if represents is None and found.kind != BodyKind.ORGANISATION:
            represents = Organisation.objects.filter(county=self.county).order_by("position")[0]
        register_membership(person=person, body=found, role=role, starts_on=BEGAN, represents=represents)
        return person

    def voters(self, body: str, organisations: tuple[str, ...], *, role: Role = Role.LEDAMOT) -> None:
        """Seat a voting member for each organisation."""
        for code in organisations:
            self.seat(body, role, Organisation.objects.get(county=self.county, code=code))

    def decision(self, body: str, present: int | None = None, **said: Any) -> Decision:
        """Return what the minutes say: those first seated take part."""
        self.paragraph += 1
        rows = Membership.objects.filter(body=self.body(body), role=Role.LEDAMOT).order_by("pk")[:present]
        there = tuple(Participant(row.pk) for row in rows)
        return Decision(meeting_date=today(), paragraph=f"§ {self.paragraph}", participants=there, **said)

    def make(self, group: str, titel: str = "Närkes värmande mantel") -> Satsning:
        """Make a draft in a group; it is what the acts are about from now on."""
        self.id, _ = create_satsning(self.body(group), titel, actor=self.person(group, Role.LEDAMOT))
        self.group = group
        return self.case

    @property
    def case(self) -> Satsning:
        """Return the case as the database has it."""
        return Satsning.objects.select_related("beslutsorgan", "ansvarig_grupp").get(pk=self.id)

    @property
    def author(self) -> Person:
        """Return a member of the group that made the case."""
        return self.person(self.group, Role.LEDAMOT)

    def write(self, *parts: str, **changed: Any) -> None:
        """Write parts so that they lack nothing, or with some fields changed."""
        for part in parts:
            read = content.read(self.id)
            value = {**complete_value(read, part), **changed}
            versions = {**read.versions}
            save_part(self.id, part, value, actor=self.author, expected_version=versions[part])

    def propose(self, part: str, seen: int = 0, **changed: Any) -> None:
        """Propose a change of a decided part."""
        value = {**content.read(self.id).part(part), **changed}
        save_part(self.id, part, value, actor=self.author, expected_version=seen)

    def cost(self, kronor: int) -> None:
        """Write the economy with a rough cost, and cost lines that say less."""
        self.write(PartCode.EKONOMI, grov_kostnad=f"{kronor}.00")

    def act(self, move: str, who: tuple[str, Role] | None = None, **more: Any) -> Performed:
        """Make a move as the holder of a role in a body; the author where nobody is named."""
        actor = self.person(*who) if who else self.author
        return perform(self.id, move, actor=actor, expected_edition=self.case.edition, **more)

    def take_up(self, who: tuple[str, Role]) -> None:
        """Take the case up, and handle it oneself."""
        self.act("ta_upp", who, inputs=Inputs(handlaggare_id=self.person(*who).pk))

    def state(self, who: tuple[str, Role]) -> None:
        """Write a statement that lacks nothing."""
        person = self.person(*who)
        held = self.case.utlatanden.filter(body__code=who[0]).first()
        words = StatementText(text="Väl berett.", rekommendation="tillstyrkan", forslag="Godkänns.", anteckningar="")
        save_statement(self.id, words, actor=person, expected_version=held.version if held else 0)

    def bring(self, who: tuple[str, Role], proposed: str = "", move: str = "anmal") -> Performed:
        """Write the statement and bring the case before the body that decides."""
        self.state(who)
        return self.act(move, who, inputs=Inputs(proposed_move=proposed))

    def decide(self, move: str, body: str, *, present: int | None = None, **more: Any) -> Performed:
        """Record a decision by a body's secretary."""
        said = {key: more.pop(key) for key in ("amended_wording", "condition", "to_meeting") if key in more}
        inputs = Inputs(decision=self.decision(body, present, **said))
        return self.act(move, (body, Role.SEKRETERARE), inputs=inputs, **more)

    def ask(self, who: tuple[str, Role], move: str = "begar_komplettering") -> None:
        """Ask for a completion of the economy, answered at once."""
        self.act(move, who, reason="Oklart.", inputs=Inputs(requests=(Request(PartCode.EKONOMI, "Räkna om."),)))

    def answer(self, move: str = "lamna_komplettering") -> None:
        """Answer what is asked and hand the completion in."""
        rows = self.case.kompletteringar.filter(closed_at=None)
        answer_completion(self.id, {row.pk: "Gjort." for row in rows}, actor=self.author)
        self.act(move)

    def remiss(self, who: tuple[str, Role], *bodies: str) -> None:
        """Send the case on remiss, have everybody answer, which closes it."""
        person = self.person(*who)
        ids = [self.body(code).pk for code in bodies]
        deadline = today() + timedelta(days=14)
        held = open_round(
            self.id, RoundKind.REMISS, actor=person, purpose="Synpunkter", deadline=deadline, receivers=ids
        )
        for code in bodies:
            answer = RoundAnswer.objects.get(round=held.pk, body__code=code)
            answer_remiss(answer.pk, actor=self.person(code, Role.KONTAKTPERSON), stance=Stance.INSTAMMER)

    def confirm(self) -> None:
        """Ask everybody who takes part for their resources, and have them confirmed."""
        deadline = today() + timedelta(days=14)
        held = open_round(
            self.id, RoundKind.RESURSBEKRAFTELSE, actor=self.author, purpose="Bekräfta", deadline=deadline
        )
        for answer in held.answers.select_related("body"):
            contact = self.person(answer.body.code, Role.KONTAKTPERSON)
            confirm_resources(answer.pk, actor=contact, decision_date=None, decision_number="")

    def propose_all(self) -> None:
        """Write every part of the proposal."""
        self.write(*DECIDED_PARTS)


def seats(hands: Hands, rule: Mapping[str, tuple[str, ...]]) -> None:
    """Seat the voters of several bodies, by body and the organisations they represent."""
    for body, organisations in rule.items():
        hands.voters(body, organisations)
