"""The forms of beginning from something: a template, words to find an earlier satsning by."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db import models as db

from satsningar.formfields import LineField, MarkdownField
from satsningar.forms.fields import LineInputField, LongTextField
from satsningar.help import FIELD_HELP, FieldHelp
from satsningar.vocabulary import DECIDED_PARTS
from workflow.beginnings.mallar import DESCRIPTION_LIMIT, NAME_LIMIT, template_fields


class WordsForm(forms.Form):
    """Words to find something by."""

    q = LineField(label="Sök", required=False, help_text="Ord ur titeln eller uppdraget, eller ärendenumret.")


class TemplateForm(forms.Form):
    """A template's name, when it fits, and a text for each field that it begins."""

    name = LineField(label="Namn", max_length=NAME_LIMIT, error_messages={"required": "Ge mallen ett namn."})
    description = MarkdownField(
        label="När passar den?",
        required=False,
        rows=3,
        max_length=DESCRIPTION_LIMIT,
        help_text="En mening som hjälper den som väljer.",
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        paths: Sequence[tuple[int, str]],
        counties: Sequence[tuple[int, str]] = (),
        initial: dict[str, Any] | None = None,
    ) -> None:
        """Offer the county's paths, and the county where the person keeps templates in several."""
        super().__init__(data, initial=initial)
        if len(counties) > 1:
            self.fields["county"] = _choice("Län", counties, required=True)
        if len(paths) > 1:
            self.fields["arendegang"] = _choice("Ärendegång", paths, required=False)
        for code in DECIDED_PARTS:
            for column in template_fields(code):
                self.fields[f"{code.value}-{column.name}"] = _text(code.value, column)

    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return the texts by part, for the page."""
        return [
            (part.label, [self[f"{part.value}-{column.name}"] for column in template_fields(part)])
            for part in DECIDED_PARTS
            if template_fields(part)
        ]

    def head(self) -> list[forms.BoundField]:
        """Return the fields above the texts."""
        return [self[name] for name in self.fields if "-" not in name]


def _choice(label: str, choices: Sequence[tuple[int, str]], *, required: bool) -> forms.Field:
    message = "Välj ett av alternativen."
    return forms.TypedChoiceField(
        label=label,
        choices=[("", "Välj" if required else "Alla länets ärendegångar"), *choices],
        coerce=int,
        empty_value=None,
        required=required,
        error_messages={"required": message, "invalid_choice": message},
    )


def _text(code: str, column: db.Field[Any, Any]) -> forms.Field:
    help_ = FieldHelp(FIELD_HELP[code][column.name].help)
    field = LongTextField(column, help_, rows=3) if isinstance(column, db.TextField) else LineInputField(column, help_)
    field.required = False
    return field


def parts_posted(data: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return what was posted for parts, also for parts and fields that there are not: the act refuses those."""
    parts: dict[str, dict[str, Any]] = {}
    for name, text in data.items():
        code, dash, field = name.partition("-")
        if dash:
            parts.setdefault(code, {})[field] = text
    return parts
