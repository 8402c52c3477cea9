"""Putting a guide away for ever, and having it back: the only writer of which guides somebody has put away."""

from governance.models import Person
from workflow.guides.models import HiddenGuide
from workflow.guides.vocabulary import Guide


def hide_guide(person: Person, guide: Guide) -> None:
    """Put a guide away; doing it twice changes nothing."""
    HiddenGuide.objects.get_or_create(person=person, guide=guide.value)


def show_guide(person: Person, guide: Guide) -> None:
    """Have a guide back; doing it twice changes nothing."""
    HiddenGuide.objects.filter(person=person, guide=guide.value).delete()
