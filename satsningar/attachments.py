"""The only place that takes, keeps and gives out attached files.

Who may attach and read is asked by `workflow`; here a file is known by what it holds and never by its name alone. Files
lie in `MEDIA_ROOT` under random names and have no address of their own.
"""

import unicodedata
import uuid
from hashlib import sha256
from pathlib import PurePosixPath, PureWindowsPath
from typing import IO

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from governance.models import Person
from satsningar.cleaning import grouped
from satsningar.errors import AttachmentRefused
from satsningar.filetypes import ALLOWED, FileType, Upload, recognise
from satsningar.models import Bilaga, Handling, KeptFile, Satsning
from satsningar.vocabulary import Handlingsslag, Handlingsstatus, PartCode

MEGABYTE = 1024 * 1024
NAME_LIMIT = 150
"""Characters in a file's name; the column has room for more."""


def size_limit() -> int:
    """Return the largest size of a file in bytes."""
    return int(settings.ATTACHMENT_LIMIT)


def what_is_allowed() -> str:
    """Return a sentence that says before the upload what may be attached."""
    kinds = ", ".join(kind.label for kind in ALLOWED)
    return f"Högst {grouped(size_limit() // MEGABYTE)} MB per fil. Tillåtna filtyper: {kinds}."


def clean_name(raw: str) -> str:
    """Return the file's own name: no folders, no control characters, no length that does not fit.

    Raises:
        AttachmentRefused: when nothing readable is left.

    """
    base = PureWindowsPath(PurePosixPath(raw.replace("\x00", "")).name).name
    kept = "".join(sign for sign in unicodedata.normalize("NFC", base) if unicodedata.category(sign)[0] != "C")
    name = " ".join(kept.split()).rstrip(". ")
    stem, dot, ending = name.rpartition(".")
    if not any(sign.isalnum() for sign in (stem if dot else name)):
        raise AttachmentRefused("Filen saknar ett namn som går att läsa. Byt namn på den och försök igen.")
    if len(name) > NAME_LIMIT:
        return f"{stem[: NAME_LIMIT - len(ending) - 1]}{dot}{ending}" if len(ending) < NAME_LIMIT else name[:NAME_LIMIT]
    return name


def check(upload: Upload) -> tuple[str, FileType]:
    """Return an upload's name and what it is, by its content.

    Raises:
        AttachmentRefused: when it is empty, too large, of a kind that is not taken, or named as another kind.

    """
    name = clean_name(upload.name or "")
    if not upload.size:
        raise AttachmentRefused(f"Filen ”{name}” är tom.")
    if upload.size > size_limit():
        limit, size = size_limit() // MEGABYTE, -(-upload.size // MEGABYTE)
        raise AttachmentRefused(f"Filen ”{name}” är {grouped(size)} MB; här ryms {grouped(limit)} MB.")
    ending = PurePosixPath(name).suffix.lower().removeprefix(".")
    kind = recognise(upload, ending)
    if kind is None:
        raise AttachmentRefused(f"Filen ”{name}” är av en typ som inte tas emot. {what_is_allowed()}")
    if ending not in kind.endings:
        raise AttachmentRefused(
            f"Filen ”{name}” innehåller {kind.label} men heter något annat. Spara om den med rätt ändelse."
        )
    return name, kind


def attach(  # noqa: PLR0913 - the facts of a line in the list of handlingar
    satsning: Satsning,
    upload: Upload,
    *,
    person: Person,
    part: str = "",
    sender: str = "",
    status: str = Handlingsstatus.ARBETSMATERIAL,
) -> Bilaga:
    """Keep a file with a satsning and list it among its handlingar.

    Effects, in order: name and content are checked; the file is written under a random name; its rows are made. Where
    they cannot be made, the file goes too.

    Args:
        satsning: whose.
        upload: what was sent.
        person: who sent it.
        part: the part it belongs to, if any.
        sender: whom it comes from, as it is to stand in the list.
        status: what it is judged to be.

    Raises:
        AttachmentRefused: with a sentence for the one who sent it.

    """
    if part and part not in PartCode.values:
        raise AttachmentRefused("Välj en del som finns i satsningen.")
    bilaga = Bilaga(satsning=satsning, part=part, uploaded_by=person)
    keep(bilaga, upload)
    try:
        with transaction.atomic():
            bilaga.save()
            Handling.objects.create(
                satsning=satsning,
                kind=Handlingsslag.BILAGA,
                title=bilaga.name,
                date=timezone.localdate(),
                sender=sender or person.name,
                status=status,
                bilaga=bilaga,
            )
    except Exception:
        discard(bilaga)
        raise
    return bilaga


def keep(row: KeptFile, upload: Upload) -> None:
    """Keep an upload under a random name, and write on a row that is not saved what is known of it.

    Whoever cannot save the row afterwards calls `discard`. Effects, in order: name and content are checked; the file is
    written; name, type, size and SHA-256 stand on the row.

    Raises:
        AttachmentRefused: with a sentence for the one who sent it.

    """
    name, kind = check(upload)
    digest = sha256()
    upload.seek(0)
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    row.name, row.content_type, row.size, row.sha256 = name, kind.content_type, upload.size or 0, digest.hexdigest()
    row.file.save(f"{uuid.uuid4().hex}.{kind.endings[0]}", File(upload), save=False)


def discard(row: KeptFile) -> None:
    """Destroy the file of an attachment whose rows are not kept: what is refused leaves nothing behind."""
    row.file.storage.delete(row.file.name or "")


def open_attachment(row: KeptFile) -> IO[bytes]:
    """Return the file, from its beginning.

    Raises:
        AttachmentRefused: when it has been removed, is missing, or is no longer what was attached.

    """
    if row.removed_at is not None:
        raise AttachmentRefused("Bilagan är borttagen.")
    try:
        file: IO[bytes] = row.file.storage.open(row.file.name or "", "rb")
    except FileNotFoundError:
        raise AttachmentRefused("Filen finns inte kvar. Kontakta regionalt stöd.") from None
    digest = sha256()
    while chunk := file.read(MEGABYTE):
        digest.update(chunk)
    if digest.hexdigest() != row.sha256:
        file.close()
        raise AttachmentRefused("Filen är inte längre den som bifogades. Kontakta regionalt stöd.")
    file.seek(0)
    return file


def remove(row: KeptFile) -> None:
    """Take an attachment out of the lists; it is given out no more.

    The file itself stays until it is weeded by a decision: a document that others may have read is not destroyed here.

    Raises:
        AttachmentRefused: when it has been removed already.

    """
    removed = type(row)._default_manager.filter(pk=row.pk, removed_at=None).update(removed_at=timezone.now())
    if not removed:
        raise AttachmentRefused("Bilagan är redan borttagen.")
