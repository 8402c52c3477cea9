"""The hands of the demonstration: people who make the acts of one satsning, as the pages do it and in no other way."""

from collections.abc import Mapping
from datetime import date
from itertools import count
from typing import Any

from governance.models import Body, County, Membership, Person
from governance.permissions import today
from governance.vocabulary import Role
from satsningar import content
from satsningar.models import Satsning
from satsningar.vocabulary import DECIDED_PARTS
from workflow import facts
from workflow.actions import Performed, perform
from workflow.demo.asking import Asking
from workflow.demo.people import ensure_people
from workflow.demo.values import Codes, measured, script, value_of
from workflow.edits import current_value, save_part
from workflow.inputs import NOTHING, Decision, Inputs, Participant, Request
from workflow.models import Beslut, Komplettering, Utlatande
from workflow.preparation import StatementText, answer_completion, save_statement, set_registry_number
from workflow.rights import access, station_of, viewer
from workflow.vocabulary import Rekommendation

DECIDING = "lansstyrgruppen"
AWAY = frozenset({"love", "lovisa", "lukas", "folke"})
"""Who is not at the meetings: a member and three without a seat to fill."""


class Cast:
    """The county with its bodies, its people by key and the codes that the files refer to."""

    def __init__(self, county: County) -> None:
        """Have everybody there."""
        self.county = county
        self.people: dict[str, Person] = ensure_people(county)
        self.bodies = {body.code: body for body in Body.objects.filter(county=county)}
        self.codes = Codes(county)

    def seats(self, body: str) -> dict[str, Membership]:
        """Return who sits in a body today, by the person's key."""
        keys = {person.pk: key for key, person in self.people.items()}
        current = Membership.objects.current(today()).filter(body=self.bodies[body])
        return {keys[seat.person_id]: seat for seat in current if seat.person_id in keys}

    def contact(self, organisation: str) -> str:
        """Return the key of somebody who answers for an organisation."""
        return next(iter(self.seats(f"kontakt-{organisation}")))

    def receiving(self, body: str) -> str:
        """Return the key of somebody who receives what is sent to a body."""
        keys = self.seats(body)
        return next(key for key, seat in keys.items() if seat.role not in {Role.SEKRETERARE, Role.ADJUNGERAD})

    def free_paragraph(self, body: str = DECIDING) -> str:
        """Return the first paragraph of the day's minutes of a deciding body that nothing stands under."""
        written = Beslut.objects.filter(body=self.bodies[body], meeting_date=today())
        taken = set(written.values_list("paragraph", flat=True))
        return next(paragraph for number in count(1) if (paragraph := f"§ {number}") not in taken)


class Case(Asking):
    """One satsning on its way; each method is an act by somebody, called by key."""

    def __init__(self, cast: Cast, satsning_id: int, name: str) -> None:
        """Take the people, the satsning and the name of the file with its content."""
        self.cast = cast
        self.id = satsning_id
        self.file = script(name)

    @property
    def satsning(self) -> Satsning:
        """Return the satsning as it stands in the database."""
        return Satsning.objects.select_related("beslutsorgan", "ansvarig_grupp").get(pk=self.id)

    @property
    def station(self) -> str:
        """Return the code of the station where it stands."""
        return str(self.satsning.station)

    @property
    def station_name(self) -> str:
        """Return the name of the station where it stands."""
        return station_of(self.satsning).name

    @property
    def taking_part(self) -> list[str]:
        """Return the codes of the organisations that the file says take part."""
        return [row["organisation"] for row in self.file["omfattning"]["deltagare"]]

    def word(self, name: str) -> str:
        """Return what the file has somebody say, by name."""
        text: str = self.file["ord"][name]
        return text.strip()

    def act(  # noqa: PLR0913 - what an act may carry
        self,
        who: str,
        move: str,
        *,
        reason: str = "",
        target: str = "",
        inputs: Inputs = NOTHING,
        edition: int | None = None,
    ) -> Performed:
        """Make a move, having seen the satsning as it stands now unless an older edition is given."""
        return perform(
            self.id,
            move,
            actor=self.cast.people[who],
            expected_edition=self.satsning.edition if edition is None else edition,
            reason=reason,
            target=target,
            inputs=inputs,
        )

    def write(self, who: str, *parts: str) -> None:
        """Let somebody write parts as the file has them."""
        for part in parts:
            self.change(who, part, self.file[part])

    def write_proposal(self, who: str, *, leave: tuple[str, ...] = ()) -> None:
        """Let somebody write the parts of the proposal that the file has, some left out."""
        self.write(who, *(part.value for part in DECIDED_PARTS if part in self.file and part not in leave))

    def change(self, who: str, part: str, written: Mapping[str, Any]) -> None:
        """Let somebody write some of a part; the rest stays."""
        read = content.read(self.id)
        self.save(who, part, value_of(part, written, read, self.cast.codes))

    def measure(self, who: str, *kinds: str) -> None:
        """Let somebody write the measured values of these kinds that the file has."""
        read = content.read(self.id)
        self.save(who, "varden", measured(self.file["varden"], kinds, read, self.cast.codes))

    def save(self, who: str, part: str, value: Mapping[str, Any]) -> None:
        """Save the value of a part, having seen it, or the open proposal to change it, as it stands now."""
        person = self.cast.people[who]
        how = access(viewer(person), self.satsning, part, facts.read(self.id))
        _, seen = current_value(self.id, part, how)
        save_part(self.id, part, value, actor=person, expected_version=seen)

    def take_up(self, who: str, handlaggare: str = "") -> None:
        """Let the preparing body take the satsning up, with a handläggare."""
        self.act(who, "ta_upp", inputs=Inputs(handlaggare_id=self.cast.people[handlaggare or who].pk))

    def ask(self, who: str, requests: Mapping[str, str], *, reason: str) -> None:
        """Ask for a completion, part by part."""
        asked = tuple(Request(part, text) for part, text in requests.items())
        self.act(who, "begar_komplettering", reason=reason, inputs=Inputs(requests=asked))

    def answer(self, who: str, answers: Mapping[str, str]) -> None:
        """Answer the open requests, by part."""
        rows = Komplettering.objects.filter(satsning=self.id, closed_at=None, part__in=answers)
        answer_completion(self.id, {row.pk: answers[row.part] for row in rows}, actor=self.cast.people[who])

    def state(self, who: str, text: str, proposal: str, *, against: bool = False, notes: str = "") -> None:
        """Write the preparing body's statement, recommendation and proposed wording."""
        person = self.cast.people[who]
        bodies = {seat.body_id for seat in Membership.objects.current(today()).filter(person=person)}
        stored = Utlatande.objects.filter(satsning=self.id, body__in=bodies).first()
        words = StatementText(
            text=text,
            rekommendation=(Rekommendation.AVSTYRKAN if against else Rekommendation.TILLSTYRKAN) if text else "",
            forslag=proposal,
            anteckningar=notes,
        )
        save_statement(self.id, words, actor=person, expected_version=stored.version if stored else 0)

    def bring(self, who: str, move: str = "") -> None:
        """Bring the satsning before the deciding body, with the move that is proposed."""
        self.act(who, "anmal", inputs=Inputs(proposed_move=move))

    def decide(  # noqa: PLR0913 - what the minutes say of a decision
        self,
        move: str,
        *,
        who: str = "sten",
        body: str = DECIDING,
        reason: str = "",
        target: str = "",
        requests: Mapping[str, str] | None = None,
        away: frozenset[str] = AWAY,
        jav: Mapping[str, str] | None = None,
        **said: Any,
    ) -> Performed:
        """Record a decision of a deciding body's meeting today.

        Args:
            move: the code of the decision.
            who: who records it.
            body: the code of the body that decides.
            reason: why.
            target: where to, when the meeting chooses.
            requests: what is to be completed, by part, when it is sent back for that.
            away: who was not there.
            jav: who left the matter, and why.
            said: amended wording, condition and the meeting it is put off to, as the minutes have them.

        """
        decision = self.minutes(body, away=away, jav=jav, **said)
        asked = tuple(Request(part, text) for part, text in (requests or {}).items())
        return self.act(who, move, reason=reason, target=target, inputs=Inputs(decision=decision, requests=asked))

    def minutes(
        self,
        body: str = DECIDING,
        *,
        away: frozenset[str] = AWAY,
        jav: Mapping[str, str] | None = None,
        day: date | None = None,
        **said: Any,
    ) -> Decision:
        """Return what the minutes of a deciding body's meeting say of the matter."""
        reasons = jav or {}
        participants = tuple(
            Participant(seat.pk, jav=key in reasons, jav_reason=reasons.get(key, ""))
            for key, seat in self.cast.seats(body).items()
            if key not in away
        )
        return Decision(
            meeting_date=day or today(), paragraph=self.cast.free_paragraph(body), participants=participants, **said
        )

    def register(self, organisation: str, number: str) -> None:
        """Let an organisation's contact write its own registry number for the case."""
        who = self.cast.people[self.cast.contact(organisation)]
        set_registry_number(self.id, self.cast.codes.id("organisation", organisation), number, actor=who)
