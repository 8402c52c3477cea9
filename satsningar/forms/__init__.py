"""Forms of the parts: they read and give the value of a part, and never touch the tables themselves."""

from satsningar.forms.editor import PartEditor, part_editor
from satsningar.forms.rows import ListSection

__all__ = ["ListSection", "PartEditor", "part_editor"]
