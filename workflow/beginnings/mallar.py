"""The county's templates: the only writer of them, and the only place that says what one may hold."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db import models as db
from django.utils import timezone

from governance.models import Arendegang, Person
from governance.vocabulary import Mandate
from satsningar.cleaning import clean_field, clean_text
from satsningar.errors import Conflict
from satsningar.partspec import PARTS
from satsningar.vocabulary import DECIDED_PARTS
from workflow.errors import Invalid, NoMandate
from workflow.inputs import Errors
from workflow.models import Mall
from workflow.rights import Viewer, viewer

WHO = "Länets mallar hålls av regionalt stöd i länet."
NEVER_IN_A_TEMPLATE = frozenset({"titel", "ledare"})
"""What every satsning says for itself."""
NAME_LIMIT, DESCRIPTION_LIMIT = 150, 2_000


def template_fields(code: str) -> tuple[db.Field[Any, Any], ...]:
    """Return the fields of a part that a template may begin: its texts."""
    return tuple(
        field
        for field in PARTS[code].fields
        if isinstance(field, db.TextField | db.CharField) and field.name not in NEVER_IN_A_TEMPLATE
    )


def may_keep(who: Viewer, county_id: int) -> bool:
    """Tell whether the person keeps a county's templates."""
    return who.holds_in(Mandate.LEDA_ARENDEN, county_id) is not None


def clean_parts(parts: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, str]]:
    """Return a template's texts as they are kept, empty ones left out.

    Raises:
        Invalid: with a sentence for every part or field that no satsning has, and every text that cannot be stored, at
            `<part>-<field>`.

    """
    errors = Errors()
    kept: dict[str, dict[str, str]] = {}
    for code, texts in parts.items():
        if code not in DECIDED_PARTS:
            errors.add(code, f"Ärendegången har ingen del som heter ”{code}”. Ta bort den ur mallen.")
            continue
        fields = {field.name: field for field in template_fields(code)}
        for name, text in texts.items():
            if name not in fields:
                errors.add(f"{code}-{name}", f"Delen {code} har inget textfält som heter ”{name}”. Ta bort det.")
                continue
            try:
                cleaned = clean_field(fields[name], text)
            except ValidationError as error:
                errors.add(f"{code}-{name}", error.messages[0])
                continue
            if isinstance(cleaned, str) and cleaned.strip():
                kept.setdefault(str(code), {})[name] = cleaned
    if errors.found:
        raise Invalid(errors.found)
    return kept


def save_template(  # noqa: PLR0913 - what a template is
    county_id: int,
    *,
    actor: Person,
    name: str,
    description: str,
    parts: Mapping[str, Mapping[str, Any]],
    arendegang_id: int | None = None,
    mall_id: int | None = None,
    expected_version: int = 0,
) -> Mall:
    """Keep a new template, or another version of one.

    Raises:
        NoMandate: the actor does not keep the county's templates.
        Mall.DoesNotExist: the county has no such template, or it has ended.
        Conflict: somebody else has saved since.
        Invalid: with every sentence by field.

    """
    if not may_keep(viewer(actor), county_id):
        raise NoMandate(WHO)
    errors = Errors()
    said = _said(name, description, errors)
    if arendegang_id is not None and not Arendegang.objects.filter(pk=arendegang_id, county=county_id).exists():
        errors.add("arendegang", "Välj en av länets ärendegångar.")
    kept: dict[str, dict[str, str]] = {}
    try:
        kept = clean_parts(parts)
    except Invalid as refusal:
        errors.found |= refusal.errors
    if not kept and not errors.found:
        errors.add("__all__", "Skriv något i minst ett av fälten. En tom mall är ingen hjälp.")
    if errors.found:
        raise Invalid(errors.found)
    with transaction.atomic():
        mall = Mall(county_id=county_id)
        if mall_id is not None:
            mall = Mall.objects.select_for_update().get(pk=mall_id, county=county_id, ended_at=None)
        if mall.version != expected_version:
            raise Conflict({"name": mall.name, "description": mall.description, "parts": mall.parts}, mall.version)
        mall.name, mall.description = said
        mall.arendegang_id, mall.parts, mall.saved_by = arendegang_id, kept, actor
        mall.version += 1
        try:
            with transaction.atomic():
                mall.save()
        except IntegrityError:
            raise Invalid({"name": [f"Länet har redan en mall som heter {mall.name}."]}) from None
    return mall


def _said(name: str, description: str, errors: Errors) -> tuple[str, str]:
    texts = {"name": (name, NAME_LIMIT, True), "description": (description, DESCRIPTION_LIMIT, False)}
    cleaned = {"name": "", "description": ""}
    for field, (text, limit, one_line) in texts.items():
        try:
            cleaned[field] = clean_text(text, limit=limit, one_line=one_line).strip()
        except ValidationError as error:
            errors.add(field, error.messages[0])
    if not cleaned["name"] and "name" not in errors.found:
        errors.add("name", "Ge mallen ett namn.")
    return cleaned["name"], cleaned["description"]


def end_template(mall_id: int, *, actor: Person) -> Mall:
    """Let a template be offered no more; the satsningar that began from it keep saying so.

    Raises:
        Mall.DoesNotExist: there is no such template in a county whose templates the actor keeps.

    """
    with transaction.atomic():
        mall = Mall.objects.select_for_update().get(pk=mall_id, ended_at=None)
        if not may_keep(viewer(actor), mall.county_id):
            raise Mall.DoesNotExist
        mall.ended_at, mall.saved_by = timezone.now(), actor
        mall.save(update_fields=["ended_at", "saved_by"])
    return mall
