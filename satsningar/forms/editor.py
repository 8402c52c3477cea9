"""The editor of one part: its forms made from the part's value, and the value that comes back from them.

A page shows `form` and `sections`, posts to the same address, asks `is_valid()`, and hands `value` to `workflow.edits`.
The buttons `lagg_till_<list>` and `ta_bort_<list>-<line>` change a list and show the rest as it was typed.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models as db
from django.forms import Field

from governance.forms.buttons import pressed
from governance.forms.rows import is_removed, silence
from satsningar.content import Content
from satsningar.forms.drawing import RowDrawing
from satsningar.forms.links import LinkSet
from satsningar.forms.options import Options
from satsningar.forms.rows import ContentForm, FixedSet, ListSection, RowSet
from satsningar.help import LIST_HELP
from satsningar.partcleaning import ROW_LIMIT, plain_row
from satsningar.partspec import PARTS, content_fields
from satsningar.requirements.looking import answers_for_state, spreads_to
from satsningar.services import OWN_ROWS
from satsningar.vocabulary import PartCode

FIXED = {"kommuner": spreads_to, "organisationer": answers_for_state}
"""The lists with one line for each organisation, and for which."""
LINKS = "kopplingar"

Data = Mapping[str, Any]
Row = dict[str, Any]
Columns = Sequence[db.Field[Any, Any]]


def part_editor(
    code: str,
    content: Content,
    data: Data | None = None,
    *,
    value: Mapping[str, Any] | None = None,
    only_organisation: int | None = None,
) -> "PartEditor":
    """Return the editor of a part.

    Args:
        code: which part.
        content: the satsning as it is.
        data: what was posted; None shows what is stored.
        value: the part's value to start from, when it is another than what `content` holds (a proposed change).
        only_organisation: the organisation whose contact edits its own lines of *införande*, *värden* or *läge*
            alone; None edits the whole part.

    """
    return PartEditor(code, content, data, value=value, only_organisation=only_organisation)


class PartEditor:
    """One part being edited, wholly or, by an organisation's contact, its own lines alone."""

    def __init__(
        self,
        code: str,
        content: Content,
        data: Data | None = None,
        *,
        value: Mapping[str, Any] | None = None,
        only_organisation: int | None = None,
    ) -> None:
        """Make ready; the forms are made when they are asked for."""
        self.code, self.content = code, content
        self.spec = PARTS[code]
        self.current = content.part(code) if value is None else value
        self.only = only_organisation
        self.options = Options(content, code, self.current)
        self.row_button = pressed(data, self.spec.rows) if data is not None else None
        self._data = self.row_button.reshaped(data, most=ROW_LIMIT) if self.row_button and data is not None else data
        self._places: dict[str, list[ContentForm | None]] = {}
        self._found: list[tuple[str, str]] = []

    @cached_property
    def form(self) -> ContentForm:
        """The part's own fields; none for a contact, who answers for lines alone."""
        columns = () if self.only is not None else self.spec.fields
        form = self._make(columns, self.code, data=self._data, initial=plain_row(self.spec.fields, self.current))
        if self.row_button:
            silence(form)
        return form

    @cached_property
    def sections(self) -> list[ListSection]:
        """The part's lists, in order."""
        keys = self.spec.rows if self.only is None else [OWN_ROWS[PartCode(self.code)]]
        return [self._section(key) for key in keys]

    @property
    def formsets(self) -> dict[str, RowSet | FixedSet]:
        """The lists' formsets by key."""
        return {section.key: section.formset for section in self.sections}

    def is_valid(self) -> bool:
        """Tell whether everything written can be stored; never when a button only changed a list."""
        if self._data is None or self.row_button:
            return False
        valid = [self.form.is_valid(), *(section.formset.is_valid() for section in self.sections)]
        return all(valid) and not self._found

    @property
    def errors(self) -> list[tuple[str, str]]:
        """What is wrong, as (id of the field, message), in the order of the page."""
        if self._data is None:
            return list(self._found)
        found = list(_messages(self.form, ""))
        for section in self.sections:
            found += [(section.anchor, str(message)) for message in section.formset.non_form_errors()]
            for number, form in enumerate(section.formset.forms, 1):
                if not is_removed(form):
                    found += _messages(form, f"{form.title or f'Rad {number}'}: ")
        return found + self._found

    @cached_property
    def value(self) -> dict[str, Any]:
        """The part's value as written, in the shape of `satsningar.content`; of a valid editor alone.

        For a contact: the list with the lines of others as they stand.
        """
        value = {name: self.form.cleaned_data[name] for name in self.form.fields}
        for section in self.sections:
            value[section.key] = self._rows(section)
        return value

    @property
    def own_rows(self) -> list[Row]:
        """The contact's own lines, as `services.write_rows_of_organisation` takes them."""
        rows: list[Row] = self.value[OWN_ROWS[PartCode(self.code)]]
        return [row for row in rows if self._is_own(row)]

    def add_errors(self, error: ValidationError) -> None:
        """Put the sentences of a refused writing at the fields they are about."""
        messages = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        for name, sentences in messages.items():
            form, field = self._place(name)
            for sentence in sentences:
                if form is not None and field in form.fields and not form.fields[field].widget.is_hidden:
                    form.add_error(field, sentence)
                else:
                    key = name.partition("-")[0]
                    self._found.append((f"id_{key}" if key else "", sentence))

    def row_ids(self, written: Content) -> dict[str, str]:
        """Return the hidden ids of the lines as they are after a writing, by the name of their field.

        A page that saves by itself takes them over, so that a new line is not written twice.
        """
        ids: dict[str, str] = {}
        for section in self.sections:
            if isinstance(section.formset, RowSet):
                ids |= {form.add_prefix("id"): "" for form in section.formset.forms}
                rows = [row for row in written.rows(self.code, section.key) if self._is_own(row)]
                for form, row in zip(self._places[section.key], rows, strict=False):
                    if form is not None:
                        ids[form.add_prefix("id")] = str(row["id"])
        return ids

    def _is_own(self, row: Mapping[str, Any]) -> bool:
        return self.only is None or row["organisation_id"] == self.only

    @cached_property
    def _implied(self) -> Row:
        """What a contact is not asked: which organisation."""
        return {} if self.only is None else {"organisation_id": self.only}

    def _columns(self, key: str) -> Columns:
        return content_fields(self.spec.rows[key])

    def _make(self, columns: Columns, help_key: str, **rest: Any) -> ContentForm:
        return ContentForm(
            columns=columns, help_key=help_key, options=self.options, use_required_attribute=False, **rest
        )

    def _section(self, key: str) -> ListSection:
        texts = LIST_HELP[f"{self.code}.{key}"]
        kind = "links" if key == LINKS else "fixed" if key in FIXED else "rows"
        formset = self._formset(key)
        if self.row_button:
            silence(formset)
        return ListSection(key, kind, texts.title, texts.help, texts.noun, texts.add, formset)

    def _formset(self, key: str) -> RowSet | FixedSet:
        rows = [row for row in self.current[key] if self._is_own(row)]
        if key == LINKS:
            return LinkSet(self._data, prefix=key, options=self.options, rows=rows)
        if key in FIXED:
            return self._fixed(key, {row["organisation_id"]: row for row in rows})
        columns = [column for column in self._columns(key) if column.attname not in self._implied]
        form_kwargs = {"columns": columns, "help_key": f"{self.code}.{key}", "options": self.options}
        initial = None if self._data is not None else rows
        return RowSet(self._data, prefix=key, initial=initial, form_kwargs=form_kwargs)

    def _fixed(self, key: str, stored: Mapping[int, Mapping[str, Any]]) -> FixedSet:
        names = {
            organisation.id: organisation.name
            for organisation in FIXED[key](self.content)
            if self.only is None or organisation.id == self.only
        }
        columns = [column for column in self._columns(key) if column.attname not in {"id", "organisation_id"}]

        def make(organisation_id: int, *, data: Data | None, prefix: str) -> ContentForm:
            initial = stored.get(organisation_id, _untouched(columns))
            form = self._make(columns, f"{self.code}.{key}", data=data, prefix=prefix, initial=initial, made=made)
            made.update(form.fields)
            form.title, form.drawing = names[organisation_id], drawing
            return form

        made: dict[str, Field] = {}
        drawing = RowDrawing(
            lambda prefix, initial: self._make(columns, f"{self.code}.{key}", prefix=prefix, initial=initial)
        )
        return FixedSet(self._data, prefix=key, keys=names, make=make)

    def _rows(self, section: ListSection) -> list[Row]:
        """Return a list's lines as written, and remember which form each of the own ones came from."""
        columns = self._columns(section.key)
        stored = [plain_row(columns, row) for row in self.current[section.key]]
        pairs: Sequence[tuple[ContentForm | None, Row]]
        if isinstance(section.formset, LinkSet):
            pairs = section.formset.chosen(stored)
        elif isinstance(section.formset, FixedSet):
            pairs = list(_fixed_rows(section.formset, columns, stored))
        else:
            pairs = [(form, {**_cleaned(form), **self._implied}) for form in section.formset.kept()]
        if self.only is not None:
            pairs = [(form, row) for form, row in pairs if form is not None]
        self._places[section.key] = [form for form, _row in pairs]
        return [row for row in stored if not self._is_own(row)] + [row for _form, row in pairs]

    def _place(self, name: str) -> tuple[ContentForm | None, str]:
        """Return the form and the field in it that a name of `satsningar.services` is about."""
        key, _, rest = name.partition("-")
        number, _, field = rest.partition("-")
        if not number.isdigit():
            return self.form, name
        places = self._places.get(key, [])
        return (places[int(number)] if int(number) < len(places) else None), field


def _messages(form: ContentForm, where: str) -> Iterator[tuple[str, str]]:
    for name, messages in form.errors.items():
        target = form[name].id_for_label if name in form.fields else f"id_{form.prefix}"
        yield from ((target, f"{where}{message}") for message in messages)


def _cleaned(form: ContentForm) -> Row:
    return {name: value for name, value in form.cleaned_data.items() if name != "DELETE"}


def _untouched(columns: Columns) -> Row:
    """Return a line as it is before anybody has written in it."""
    return {
        column.attname: column.get_default() if column.has_default() else None if column.null else ""
        for column in columns
    }


def _fixed_rows(formset: FixedSet, columns: Columns, stored: Sequence[Row]) -> Iterator[tuple[ContentForm | None, Row]]:
    """Yield the line of each organisation that has one or has been written in; others' lines as they stand."""
    ids = {row["organisation_id"]: row["id"] for row in stored}
    untouched = _untouched([column for column in columns if column.attname not in {"id", "organisation_id"}])
    for key, form in zip(formset.keys, formset.forms, strict=True):
        if key in ids or form.cleaned_data != untouched:
            yield form, {"id": ids.get(int(key)), "organisation_id": key, **form.cleaned_data}
    for row in stored:
        if row["organisation_id"] not in formset.keys:
            yield None, row
