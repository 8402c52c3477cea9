"""`manage.py county`: check, compare, load, show, export and draw county files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from governance.countyfile import CountyFileError, compare_with_loaded, export, load, read_county, read_text
from governance.countyfile.show import show
from governance.countyfile.stored import read_stored
from governance.drawing import markdown, path_svg
from governance.models import County
from governance.selectors import body_names, paths_in_force


class Command(BaseCommand):
    """The county file from the command line; every problem is told, and nothing is written when there is one."""

    help = "Kontrollerar, jämför, laddar, visar, exporterar och ritar en länsfil (se docs/lansfil.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add one subcommand for each thing that can be done."""
        commands = parser.add_subparsers(dest="what", required=True, metavar="check|diff|load|show|export|draw")
        for name, words in (
            ("check", "kontrollera filen utan att ladda den"),
            ("diff", "visa vad en laddning skulle ändra"),
            ("load", "visa skillnaden och ladda filen"),
        ):
            commands.add_parser(name, help=words).add_argument("file", type=Path, help="länsfilen")
        one = commands.add_parser("show", help="visa en länsfil eller ett laddat län i ord")
        one.add_argument("county", help="länets kod, eller en länsfil")
        one = commands.add_parser("export", help="skriv det laddade länet som en länsfil")
        one.add_argument("county", help="länets kod")
        one = commands.add_parser("draw", help="rita länets ärendegångar som SVG och tabell")
        one.add_argument("county", help="länets kod")
        one.add_argument("--to", type=Path, default=Path("docs"), help="mapp (docs)")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        """Do what was asked.

        Raises:
            CommandError: after every problem has been told, so that the exit code is 1.

        """
        try:
            getattr(self, f"_{options['what']}")(options)
        except CountyFileError as error:
            for problem in error.problems:
                self.stderr.write(str(problem))
            count = len(error.problems)
            raise CommandError(f"{count} fel. Ingenting är laddat.") from None

    def _check(self, options: dict[str, Any]) -> None:
        spec = read_county(read_text(options["file"]))
        moves = sum(len(path.moves) for path in spec.paths)
        self.stdout.write(
            f"{spec.name}: inga fel. {len(spec.organisations)} organisationer, {len(spec.bodies)} organ, "
            f"{len(spec.paths)} ärendegångar, {moves} förflyttningar."
        )

    def _diff(self, options: dict[str, Any]) -> None:
        self.stdout.write(str(compare_with_loaded(read_text(options["file"]))))

    def _load(self, options: dict[str, Any]) -> None:
        text = read_text(options["file"])
        self.stdout.write(str(compare_with_loaded(text)))
        difference = load(text)
        self.stdout.write(f"Laddat: {len(difference.changes)} ändringar." if difference else "Ingenting att ladda.")

    def _show(self, options: dict[str, Any]) -> None:
        name = options["county"]
        spec = read_stored(name).spec if len(Path(name).parts) == 1 else None
        self.stdout.write(show(spec or read_county(read_text(Path(name)))))

    def _export(self, options: dict[str, Any]) -> None:
        self.stdout.write(export(_county(options["county"])), ending="")

    def _draw(self, options: dict[str, Any]) -> None:
        county = _county(options["county"])
        folder: Path = options["to"]
        if not folder.is_dir():
            raise CommandError(f"{folder} är ingen mapp.")
        for name, text in drawings(county).items():
            (folder / name).write_text(text, encoding="utf-8")
            self.stdout.write(str(folder / name))


def drawings(county: County) -> dict[str, str]:
    """Return the files that show the county's paths, by name; the standard path has the county's own name."""
    names = body_names(county.pk)
    found = {}
    for number, version in enumerate(paths_in_force(county.pk), start=1):
        name = f"arendegang-{county.code}" + (f"-{number}" if number > 1 else "")
        found[f"{name}.svg"] = path_svg(version, names, standalone=True)
        found[f"{name}.md"] = markdown(version, names, picture=f"{name}.svg")
    return found


def _county(code: str) -> County:
    county = County.objects.filter(code=code).first()
    if county is None:
        known = ", ".join(County.objects.values_list("code", flat=True))
        raise CommandError(f"Länet ”{code}” är inte laddat. " + (f"Laddade: {known}." if known else "Inget är laddat."))
    return county
