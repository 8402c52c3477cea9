"""The files of a matter that is no satsning: added and taken away while its papers are not frozen."""

from collections.abc import Sequence

from django.db import transaction

from governance.models import Person
from satsningar import attachments
from satsningar.filetypes import Upload
from workflow.meetings import acts
from workflow.meetings.models import OvrigBilaga
from workflow.meetings.planning.matters.actions import demand_change, touch
from workflow.vocabulary import Act


def add_files(matter_id: int, files: Sequence[Upload], *, actor: Person) -> list[OvrigBilaga]:
    """Add files to a matter, all of them or none.

    Effects, in order, in one transaction: the meeting whose agenda it stands on and the matter are locked; each file is
    known by its content, kept with its SHA-256 and recorded; the meeting's edition goes up. Where one is refused, the
    files kept before it go too.

    Raises:
        OvrigtArende.DoesNotExist: there is no such matter that the actor may read.
        NoMandate: the actor does not change it.
        NotFromHere: it is closed, or its papers are frozen.
        AttachmentRefused: a file is not taken; the sentence says which and why.

    """
    added: list[OvrigBilaga] = []
    try:
        with transaction.atomic():
            matter, item, standing = demand_change(matter_id, actor=actor)
            for upload in files:
                row = OvrigBilaga(matter=matter, uploaded_by=actor)
                attachments.keep(row, upload)
                added.append(row)
                row.save()
                payload = {"matter": matter.pk, "file": row.name, "sha256": row.sha256, "size": row.size}
                acts.record_for_body(matter.body, Act.BILAGA_TILLAGD, actor=actor, standing=standing, payload=payload)
            touch(item)
    except Exception:
        for row in added:
            attachments.discard(row)
        raise
    return added


def remove_file(matter_id: int, file_id: int, *, actor: Person) -> None:
    """Take a file out of a matter's list; it is no longer given out.

    Raises:
        OvrigtArende.DoesNotExist: there is no such matter that the actor may read.
        OvrigBilaga.DoesNotExist: there is no such file in it.
        NoMandate: the actor does not change the matter.
        NotFromHere: it is closed, or its papers are frozen.

    """
    with transaction.atomic():
        matter, item, standing = demand_change(matter_id, actor=actor)
        row = OvrigBilaga.objects.get(pk=file_id, matter=matter, removed_at=None)
        attachments.remove(row)
        payload = {"matter": matter.pk, "file": row.name, "sha256": row.sha256}
        acts.record_for_body(matter.body, Act.BILAGA_BORTTAGEN, actor=actor, standing=standing, payload=payload)
        touch(item)
