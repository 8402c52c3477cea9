"""More organisations than a county has, each with contacts that have the mandates of any other's."""

from django.apps import apps
from django.contrib.auth.models import Group

from governance.models import Body, County, Organisation, Seat


def more_contacts(county: County, count: int) -> list[Body]:
    """Make that many organisations, and return the bodies of their contacts."""
    rights = apps.get_model("guardian", "GroupObjectPermission")
    like = Body.objects.get(county=county, code="kontakt-flen")
    kind = Organisation.objects.get(county=county, code="flen").kind
    bodies = []
    for number in range(count):
        code = f"exempelkommun-{number}"
        organisation = Organisation.objects.create(
            county=county, code=code, name=f"Exempelkommun {number}", kind=kind, position=100 + number
        )
        body = Body.objects.create(
            county=county,
            code=f"kontakt-{code}",
            name=f"Kontaktpersoner i Exempelkommun {number}",
            kind=like.kind,
            organisation=organisation,
            position=100 + number,
        )
        for seat in like.seats.all():
            group = Group.objects.create(name=f"{code}: {seat.role}")
            Seat.objects.create(body=body, role=seat.role, group=group)
            for right in rights.objects.filter(group=seat.group):
                rights.objects.create(
                    group=group, permission=right.permission, content_type=right.content_type, object_pk=str(body.pk)
                )
        bodies.append(body)
    return bodies
