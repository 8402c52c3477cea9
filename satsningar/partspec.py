"""The only list of which tables a part consists of; reading, writing, forms and differences follow it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any

from django.db import models as db

from satsningar import models
from satsningar.models.parts import Part, PartRow
from satsningar.vocabulary import PartCode

BOOKKEEPING = frozenset({"satsning", "version", "saved_at", "saved_by", "position"})


def content_fields(model: type[db.Model]) -> tuple[db.Field[Any, Any], ...]:
    """Return the concrete fields that carry content, bookkeeping left out, in the model's order."""
    return tuple(field for field in model._meta.concrete_fields if field.name not in BOOKKEEPING)


@dataclass(frozen=True)
class PartSpec:
    """A part: its one row and the lists beside it, each list under a key of its own."""

    code: PartCode
    model: type[Part]
    rows: Mapping[str, type[PartRow]]

    @cached_property
    def fields(self) -> tuple[db.Field[Any, Any], ...]:
        """Return the content fields of the one row."""
        return content_fields(self.model)

    def empty(self) -> dict[str, Any]:
        """Return the value of the part before anybody has written in it."""
        value: dict[str, Any] = {field.attname: None if field.null else "" for field in self.fields}
        return value | {key: [] for key in self.rows}


def _spec(code: PartCode, model: type[Part], **rows: type[PartRow]) -> PartSpec:
    return PartSpec(code, model, MappingProxyType(rows))


PARTS: Mapping[str, PartSpec] = MappingProxyType(
    {
        spec.code.value: spec
        for spec in (
            _spec(PartCode.UPPDRAG, models.Uppdrag),
            _spec(PartCode.KOPPLING, models.Kopplingar, kopplingar=models.KopplingRad),
            _spec(PartCode.OMFATTNING, models.OmfattningDel, deltagare=models.Deltagande),
            _spec(PartCode.RESURSER, models.Resurser, resurser=models.Resurs),
            _spec(PartCode.EKONOMI, models.Ekonomi, kostnader=models.Kostnad),
            _spec(PartCode.BRUKARMEDVERKAN, models.Brukarmedverkan),
            _spec(PartCode.UPPFOLJNING, models.Uppfoljningsplan, matt=models.Effektmatt),
            _spec(PartCode.INFORANDE, models.Inforandeplan, kommuner=models.InforandeRad),
            _spec(PartCode.FORSTUDIERAPPORT, models.Forstudierapport),
            _spec(PartCode.INARBETNING, models.Inarbetning),
            _spec(PartCode.VARDEN, models.Varden, varden=models.Matvarde),
            _spec(PartCode.UPPFOLJNINGSRAPPORT, models.Uppfoljningsrapport),
            _spec(PartCode.LAGE, models.Lage, organisationer=models.LageRad),
            _spec(PartCode.SLUTRAPPORT, models.Slutrapport),
        )
    }
)
