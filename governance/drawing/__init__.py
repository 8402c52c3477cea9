"""The ärendegång as a picture and as a table, both drawn from the rows of a version."""

from governance.drawing.difference import difference_svg
from governance.drawing.svg import path_svg
from governance.drawing.table import PathRow, markdown, path_rows, text_lines

__all__ = ["PathRow", "difference_svg", "markdown", "path_rows", "path_svg", "text_lines"]
