"""The only place that puts an act's refusal of what was sent at the fields it is about."""

from collections.abc import Mapping

from django import forms

from workflow.errors import Invalid

Renamed = Mapping[str, str]


def add_refusal(form: forms.Form, refusal: Invalid, renamed: Renamed | None = None) -> None:
    """Add every sentence of the refusal at its field, or above the form where it has none.

    Args:
        form: a bound form that has been validated.
        refusal: what the act said.
        renamed: fields that the form calls by another name than the act.

    """
    for name, messages in refusal.errors.items():
        field = (renamed or {}).get(name, name)
        for message in messages:
            form.add_error(field if field in form.fields else None, message)
