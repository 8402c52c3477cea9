"""What is noted beside a case without being its content: registry numbers and secrecy marks.

Who may note it is asked by `workflow`.
"""

from django.core.exceptions import ValidationError

from governance.models import Organisation
from satsningar.cleaning import clean_text
from satsningar.models import Handling, Registernummer, Satsning

NUMBER_LIMIT = 60
SECRECY_LIMIT = 200


def set_registernummer(satsning_id: int, organisation_id: int, number: str) -> None:
    """Note an organisation's own registry number for a case; an empty one takes the note away.

    Raises:
        ValidationError: the number is too long, or the organisation is not of the case's county.

    """
    text = _one_line("number", number, NUMBER_LIMIT)
    county = Satsning.objects.filter(pk=satsning_id).values("county")
    if not Organisation.objects.filter(pk=organisation_id, county__in=county).exists():
        raise ValidationError({"organisation": "Organisationen finns inte i länet."})
    if not text:
        Registernummer.objects.filter(satsning=satsning_id, organisation=organisation_id).delete()
        return
    Registernummer.objects.update_or_create(
        satsning_id=satsning_id, organisation_id=organisation_id, defaults={"number": text}
    )


def set_secrecy(handling_id: int, section: str) -> None:
    """Put a secrecy mark on a handling, with its section of law; an empty one takes the mark away.

    Raises:
        ValidationError: the text is too long.

    """
    text = _one_line("secrecy", section, SECRECY_LIMIT)
    Handling.objects.filter(pk=handling_id).update(secrecy=text)


def _one_line(name: str, raw: str, limit: int) -> str:
    try:
        return clean_text(raw, limit=limit, one_line=True)
    except ValidationError as error:
        raise ValidationError({name: error.messages}) from None
