"""The acts on a case's documents, and who is given which: files added or taken away, a secrecy mark set or lifted.

Each act locks the case, asks who and where, and is recorded in the journal; files are kept by `satsningar.attachments`.
A marked document stays in the list for everybody who reads the case, with its mark, so that it is seen to exist; its
title and its file are given to the ansvarig grupp, the preparing body, the deciding body and to whoever put it there.
A document bound to one body (`only_body`) is not even listed for others.
"""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction

from governance.models import Person
from governance.permissions import Standing
from governance.vocabulary import Mandate, StationKind
from satsningar import attachments, marks
from satsningar.filetypes import Upload
from satsningar.models import Bilaga, Handling, Satsning
from workflow.cases import hidden_from_strangers, lock, record_act
from workflow.errors import Invalid, NoMandate
from workflow.rights import Viewer, may_prepare, station_of, viewer
from workflow.vocabulary import Act


def may_add(who: Viewer, satsning: Satsning) -> Standing | None:
    """Return the standing by which the person may add or take away files now, or None.

    The ansvarig grupp may until the case has ended, and whoever prepares it while it is with them; what lies on the
    deciding body's table is frozen.
    """
    return None if station_of(satsning).kind == StationKind.BESLUT else may_mark(who, satsning)


def may_mark(who: Viewer, satsning: Satsning) -> Standing | None:
    """Return the standing by which the person may set a secrecy mark now, or None."""
    if station_of(satsning).is_final:
        return None
    author = next(
        (
            standing
            for standing in who.standings
            if standing.body_id == satsning.ansvarig_grupp_id and standing.mandate == Mandate.FORFATTA
        ),
        None,
    )
    return author or may_prepare(who, satsning)


def who_adds(satsning: Satsning) -> str:
    """Return the sentence of who adds files to the case."""
    return f"Bilagor läggs till av {satsning.ansvarig_grupp.name} eller av den grupp som bereder satsningen just nu."


def is_listed(who: Viewer, handling: Handling) -> bool:
    """Tell whether a document is listed for somebody who reads its case."""
    return handling.only_body_id is None or handling.only_body_id in who.bodies


def is_given(who: Viewer, satsning: Satsning, handling: Handling) -> bool:
    """Tell whether title and file of a document are given to somebody who reads its case."""
    if not is_listed(who, handling):
        return False
    if not handling.secrecy:
        return True
    inside = {satsning.ansvarig_grupp_id, satsning.beredningsgrupp_id, satsning.beslutsorgan_id}
    uploaded = handling.bilaga is not None and handling.bilaga.uploaded_by_id == who.person_id
    return bool(inside & who.bodies) or uploaded


def _demand(standing: Standing | None, satsning: Satsning) -> Standing:
    if standing is None:
        raise NoMandate(who_adds(satsning))
    return standing


def add_files(
    satsning_id: int, files: Sequence[Upload], *, actor: Person, part: str = "", secrecy: str = ""
) -> list[Bilaga]:
    """Add files to a case, all of them or none.

    Effects, in order, in one transaction: the case is locked; the right is asked; each file is known by its content and
    kept with its SHA-256 and its line among the handlingar, marked where a mark is given; each is recorded. Where one
    is refused, the files kept before it go too.

    Raises:
        Satsning.DoesNotExist: there is no such case that the actor may read.
        NoMandate: the actor may not add files now.
        AttachmentRefused: a file is not taken; the sentence says which and why.
        Invalid: the secrecy mark is too long.

    """
    added: list[Bilaga] = []
    try:
        with transaction.atomic():
            arende = lock(satsning_id)
            with hidden_from_strangers(arende, actor):
                standing = _demand(may_add(viewer(actor), arende), arende)
            for upload in files:
                bilaga = attachments.attach(arende, upload, person=actor, part=part)
                added.append(bilaga)
                if secrecy:
                    _set_mark(bilaga.handling.pk, secrecy)
                payload = {"file": bilaga.name, "sha256": bilaga.sha256, "size": bilaga.size, "secrecy": secrecy}
                record_act(arende, Act.BILAGA_TILLAGD, actor=actor, standing=standing, payload=payload)
    except Exception:
        for bilaga in added:
            attachments.discard(bilaga)
        raise
    return added


def remove_file(satsning_id: int, bilaga_id: int, *, actor: Person) -> None:
    """Take a file out of a case's list; it is no longer given out.

    Raises:
        Satsning.DoesNotExist: there is no such case that the actor may read.
        Bilaga.DoesNotExist: there is no such file in it.
        NoMandate: the actor may not take files away now.

    """
    with transaction.atomic():
        arende = lock(satsning_id)
        with hidden_from_strangers(arende, actor):
            standing = _demand(may_add(viewer(actor), arende), arende)
        bilaga = Bilaga.objects.get(pk=bilaga_id, satsning=arende.pk, removed_at=None)
        attachments.remove(bilaga)
        payload = {"file": bilaga.name, "sha256": bilaga.sha256}
        record_act(arende, Act.BILAGA_BORTTAGEN, actor=actor, standing=standing, payload=payload)


def mark_secrecy(satsning_id: int, handling_id: int, section: str, *, actor: Person) -> None:
    """Set a document's secrecy mark with its section of law, or lift it with an empty one.

    Raises:
        Satsning.DoesNotExist: there is no such case that the actor may read.
        Handling.DoesNotExist: there is no such document in it.
        NoMandate: the actor may not mark documents now.
        Invalid: the text is too long, or the document is no file: what a satsning says is read by all its readers.

    """
    with transaction.atomic():
        arende = lock(satsning_id)
        with hidden_from_strangers(arende, actor):
            standing = _demand(may_mark(viewer(actor), arende), arende)
        handling = Handling.objects.get(pk=handling_id, satsning=arende.pk)
        if handling.bilaga_id is None:
            raise Invalid(
                {"secrecy": ["Markeringen sätts på bilagor. Det som står i satsningen läses av alla i länet."]}
            )
        _set_mark(handling.pk, section)
        payload = {"handling": handling.title, "before": handling.secrecy, "after": section.strip()}
        record_act(arende, Act.SEKRETESS, actor=actor, standing=standing, payload=payload)


def _set_mark(handling_id: int, section: str) -> None:
    try:
        marks.set_secrecy(handling_id, section)
    except ValidationError as error:
        raise Invalid(error.message_dict) from None
