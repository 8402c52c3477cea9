"""The only place that says how every form of the site is rendered: which templates, and what each control carries."""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting


class BoundField(forms.BoundField):
    """A field in the look of the site, which may show an example beside its help.

    The example is the form's ``examples[name]``, or the field's own ``example``.
    """

    @property
    def example(self) -> str:
        """The example shown below the help, or an empty text."""
        examples: dict[str, str] = getattr(self.form, "examples", {})
        return examples.get(self.name) or str(getattr(self.field, "example", ""))

    @property
    def is_choice_group(self) -> bool:
        """Tell whether the control is several radio buttons or boxes, which want a fieldset."""
        return isinstance(self.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)

    @property
    def is_checkbox(self) -> bool:
        """Tell whether the control is one box, whose label stands after it."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Add the class of the look to what Django says; drop placeholders, which vanish when one begins to write."""
        built = super().build_widget_attrs(attrs, widget)
        used = widget or self.field.widget
        if not used.is_hidden:
            own = str(built.get("class") or used.attrs.get("class") or "")
            built["class"] = f"ds-input {own}".strip()
            built["placeholder"] = False
        return built


class Renderer(TemplatesSetting):
    """Render forms by the project's templates."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    formset_template_name = "forms/formset.html"
    bound_field_class = BoundField
