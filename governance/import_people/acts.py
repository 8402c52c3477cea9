"""The acts of an import: a file is checked, kept, answered about and read in; nothing is ever half read in."""

from collections.abc import Mapping
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from governance.errors import NotAdministrator, Refused
from governance.import_people.checking import check, emails_of
from governance.import_people.columns import COLUMNS, read_people
from governance.import_people.known import Known, read_known
from governance.import_people.spec import Checked
from governance.import_people.writing import write
from governance.models import County, PeopleImport, Person
from governance.permissions import holds
from governance.sheets.kept import from_kept, to_kept
from governance.vocabulary import Mandate

KEPT_FOR = timedelta(days=7)
"""How long a file that is not read in is kept."""
_LONGEST_NAME = 150


class Changed(Refused):
    """What the file would change is no longer what was shown; nothing was written."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "Någon har ändrat personer eller uppdrag sedan du såg skillnaden, och ingenting är inläst. "
            "Här är skillnaden som den är nu. Läs igenom den och läs in igen."
        )


def check_file(data: bytes, file_name: str, *, actor: Person, county: County) -> tuple[Checked, PeopleImport | None]:
    """Read and check a file; keep it when nothing is to mend.

    Effects, in order: the file is read; every row is checked; what other files of the actor's wait unread for longer
    than `KEPT_FOR` is removed; the sheet is kept as an upload that can be read in.

    Returns:
        The outcome, and what is kept, None when something is to mend.

    Raises:
        NotAdministrator: the actor does not administer the county.
        Refused: the file cannot be read at all.

    """
    _demand_administrator(actor, county)
    sheet = read_people(data)
    checked = check(sheet, read_known(county, actor.pk, emails_of(sheet, {})), {})
    PeopleImport.objects.filter(uploaded_by=actor, loaded_at=None, uploaded_at__lt=timezone.now() - KEPT_FOR).delete()
    if checked.problems:
        return checked, None
    kept = PeopleImport.objects.create(
        county=county, file_name=_plain_name(file_name), uploaded_by=actor, sheet=to_kept(sheet)
    )
    return checked, kept


def check_kept(kept: PeopleImport, *, actor: Person) -> tuple[Known, Checked]:
    """Check what is kept of an upload against what is known now, with the answers given so far; return both.

    Raises:
        NotAdministrator: the actor does not administer the county.

    """
    _demand_administrator(actor, kept.county)
    sheet = from_kept(kept.sheet, COLUMNS)
    known = read_known(kept.county, actor.pk, emails_of(sheet, kept.answers))
    return known, check(sheet, known, kept.answers)


def answer(kept: PeopleImport, answers: Mapping[str, str], *, actor: Person) -> None:
    """Keep the answers to who is who.

    Raises:
        NotAdministrator: the actor does not administer the county.
        Refused: the file is read in already.

    """
    _demand_administrator(actor, kept.county)
    with transaction.atomic():
        row = PeopleImport.objects.select_for_update().get(pk=kept.pk)
        if row.loaded_at is not None:
            raise Refused("Filen är redan inläst.")
        row.answers = row.answers | dict(answers)
        row.save(update_fields=["answers"])
    kept.answers = row.answers


def discard(kept: PeopleImport, *, actor: Person) -> None:
    """Remove an upload that is not read in; one that is stays.

    Raises:
        NotAdministrator: the actor does not administer the county.

    """
    _demand_administrator(actor, kept.county)
    PeopleImport.objects.filter(pk=kept.pk, loaded_at=None).delete()


def load(kept: PeopleImport, *, actor: Person, seen: str) -> PeopleImport:
    """Read in what was shown, wholly or not at all; reading in again what is read in changes nothing.

    Effects, in order, in one transaction: the county's row is locked, so that files are read in one after another; the
    upload is locked; everybody whom the file names is locked; the difference is made anew and must be the one that was
    seen; people and memberships are written; what was kept of the file is emptied.

    Args:
        kept: the upload.
        actor: who reads it in.
        seen: the mark of the difference that the actor was shown, `Checked.digest`.

    Raises:
        NotAdministrator: the actor does not administer the county.
        Changed: the difference is another now.
        Refused: a question is not answered.

    """
    try:
        with transaction.atomic():
            return _load(kept, actor, seen)
    except IntegrityError:
        raise Changed from None


def _load(kept: PeopleImport, actor: Person, seen: str) -> PeopleImport:
    county = County.objects.select_for_update(no_key=True).get(pk=kept.county_id)
    _demand_administrator(actor, county)
    row = PeopleImport.objects.select_for_update().filter(pk=kept.pk).first()
    if row is None:
        raise Refused("Filen finns inte kvar. Ladda upp den igen.")
    if row.loaded_at is not None:
        return row
    sheet = from_kept(row.sheet, COLUMNS)
    checked = check(sheet, read_known(county, actor.pk, emails_of(sheet, row.answers), lock=True), row.answers)
    if checked.difference is None or checked.digest != seen:
        raise Changed
    if checked.unanswered:
        raise Refused("Svara först på om det är samma person.")
    row.new_people = write(checked.difference, actor=actor, county_id=county.pk)
    row.counts = checked.difference.counts()
    row.sheet, row.answers = {}, {}
    row.loaded_at, row.loaded_by = timezone.now(), actor
    row.save()
    return row


def _demand_administrator(actor: Person, county: County) -> None:
    if not holds(actor.pk, Mandate.ADMINISTRERA, county_id=county.pk):
        raise NotAdministrator(str(county))


def _plain_name(name: str) -> str:
    shown = "".join(sign for sign in name if sign.isprintable()).strip()
    return shown[-_LONGEST_NAME:] or "fil"
