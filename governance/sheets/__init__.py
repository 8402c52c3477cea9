"""The only reader of sheets that people hand in: XLSX or CSV becomes lines of text, and every problem has its cell.

`files` knows what a file is by what it holds, never by its name, and has `workbooks` or `textfiles` read it; `headings`
finds the row of headings, `lines` gathers what stands below it. What comes out is a `spec.Sheet`. `values` makes days
and numbers of its text, `kept` keeps it between check and write, `templates` writes the sheet to fill in from the same
columns. Nothing here knows what a sheet is about: whoever reads one says which columns it has.
"""

from governance.sheets.files import read_sheet
from governance.sheets.spec import Column, Kind, Line, Problem, Sheet, in_order

__all__ = ["Column", "Kind", "Line", "Problem", "Sheet", "in_order", "read_sheet"]
