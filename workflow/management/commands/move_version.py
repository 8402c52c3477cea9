"""`manage.py move_version`: move the cases of a version to another, many at a time, and show how far it has come."""

from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from governance.models import ArendegangVersion, Person
from governance.paths import PathVersion, path_version
from satsningar.models import Satsning
from workflow.errors import Refusal
from workflow.models import Versionsflytt
from workflow.rights import viewer
from workflow.versions.holding import movable
from workflow.versions.moving import ask_for_move, move_some
from workflow.versions.origins import origins_of
from workflow.versions.selectors import counted
from workflow.versions.trying import Trial, lost, proposed_mapping, try_out
from workflow.vocabulary import Flyttlage

STEP = 100
"""How many cases are moved between two lines of progress, and tried out at a time."""


class Command(BaseCommand):
    """The same trial and the same acts as the pages, for numbers that would take many presses of a button."""

    help = (
        "Flyttar satsningar till en annan version av sin ärendegång (se docs/lansfil.md). Avbryts den är det som är "
        "flyttat kvar; kör igen för att fortsätta med resten."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask for the path, both versions, who does it and why."""
        parser.add_argument("county", help="länets kod")
        parser.add_argument("path", help="ärendegångens kod")
        parser.add_argument("before", type=int, metavar="från", help="versionen de följer")
        parser.add_argument("after", type=int, metavar="till", help="versionen de flyttas till")
        parser.add_argument("--actor", required=True, help="e-postadress till den som gör det")
        parser.add_argument("--reason", default="", help="varför; skrivs in i varje satsnings historik")
        parser.add_argument(
            "--map", action="append", default=[], metavar="gammalt=nytt", help="stegens koder; annars det som föreslås"
        )
        parser.add_argument("--dry-run", action="store_true", help="visa vad som skulle hända och gör ingenting")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        """Try it out and tell; then move, unless it is a dry run.

        Raises:
            CommandError: there is no such version or person, the mapping loses a case, or the act is refused.

        """
        actor = _actor(options["actor"])
        old, new = (_version(options, options[key]) for key in ("before", "after"))
        mapping = proposed_mapping(old, new) | _mapping(options["map"], old)
        movable_ones, staying, editions = 0, 0, {}
        cases = movable(viewer(actor), old.id).select_related("beslutsorgan")
        every = list(cases.values_list("pk", flat=True))
        held = set(cases.order_by().values_list("station", flat=True))
        self._demand(lost(old, new, mapping, held, origins_of(cases).values()))
        landings: Counter[tuple[str, str]] = Counter()
        for begins in range(0, len(every), STEP):
            for trial in try_out(list(cases.filter(pk__in=every[begins : begins + STEP])), old, new, mapping):
                if trial.is_movable and trial.there is not None:
                    movable_ones += 1
                    editions[trial.satsning.pk] = trial.satsning.edition
                    landings[trial.here.name, trial.there.name] += 1
                else:
                    staying += 1
                    self.stdout.write(f"kvar: {_name(trial)}: {' '.join(trial.obstacles)}")
        for (here, there), count in landings.items():
            self.stdout.write(f"{count} från {here} till {there}")
        self.stdout.write(f"{movable_ones} kan flyttas, {staying} står kvar.")
        if options["dry_run"] or not editions:
            return
        self._move(old, new, mapping, editions, reason=options["reason"], actor=actor)

    def _demand(self, sentences: dict[str, str]) -> None:
        if sentences:
            for sentence in sentences.values():
                self.stderr.write(sentence)
            raise CommandError("Ingenting är flyttat. Ange stegen med --map gammalt=nytt.")

    def _move(  # noqa: PLR0913 - what a move of many is made of
        self,
        old: PathVersion,
        new: PathVersion,
        mapping: dict[str, str],
        editions: dict[int, int],
        *,
        reason: str,
        actor: Person,
    ) -> None:
        try:
            flytt = ask_for_move(old, new, mapping, editions, reason=reason, actor=actor)
        except Refusal as refusal:
            raise CommandError(f"{refusal} Ingenting är flyttat.") from None
        done = 0
        while count := move_some(flytt, actor=actor, at_most=STEP, seconds=float("inf")):
            done += count
            self.stdout.write(f"{done} av {len(editions)}")
            self.stdout.flush()
        self._tell(flytt)

    def _tell(self, flytt: Versionsflytt) -> None:
        for row in flytt.rader.filter(state=Flyttlage.NEKAD).select_related("satsning"):
            self.stdout.write(f"inte flyttad: {row.satsning} (id {row.satsning_id}): {row.message}")
        counts = counted(flytt)
        self.stdout.write(f"Klart: {counts[Flyttlage.FLYTTAD]} flyttade, {counts[Flyttlage.NEKAD]} inte flyttade.")


def _actor(email: str) -> Person:
    person = Person.objects.filter(email__iexact=email).first()
    if person is None:
        raise CommandError(f"Ingen har e-postadressen {email}.")
    return person


def _version(options: dict[str, Any], number: int) -> PathVersion:
    rows = ArendegangVersion.objects.filter(
        arendegang__county__code=options["county"], arendegang__code=options["path"], number=number
    )
    row = rows.first()
    if row is None:
        raise CommandError(f"Ärendegången {options['path']} i {options['county']} har ingen version {number}.")
    return path_version(row.pk)


def _mapping(pairs: list[str], old: PathVersion) -> dict[str, str]:
    """Return the steps that were named.

    Raises:
        CommandError: a pair is not written as one, or names no step of the old version.

    """
    found = {}
    for pair in pairs:
        here, equals, there = pair.partition("=")
        if not equals or here not in old.stations:
            raise CommandError(f"”{pair}” ska vara steget i version {old.number}, ett = och steget det motsvarar.")
        found[here] = there
    return found


def _name(trial: Trial) -> str:
    satsning: Satsning = trial.satsning
    return satsning.reference or f"{trial.title or 'utan titel'} (id {satsning.pk})"
