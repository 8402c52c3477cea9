"""What python-docx has no word for: the language, lists of their own, heads that repeat, page numbers, links."""

from collections.abc import Sequence
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run

LANGUAGE = "sv-SE"
FONT = "Calibri"
INK, QUIET = RGBColor(0x14, 0x14, 0x14), RGBColor(0x55, 0x55, 0x55)
BULLETS = "•–"
WIDTH = Mm(166)
"""What stands between the margins of a page."""
_AFTER_BORDERS = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl", "w:rPr")
LEVELS = 9
"""Levels that Word has in a list."""
INDENT = 340
"""Twentieths of a point from the edge of a list to its words: six millimetres."""


def element(tag: str, **values: object) -> Any:
    """Return an element of Word's own, with its values."""
    made = OxmlElement(tag)
    for name, value in values.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def prepare(document: Document) -> None:
    """Make the page A4, the language Swedish, and the styles ours; what the template shows of itself goes."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin, section.bottom_margin = Mm(25), Mm(22)
    styles = document.styles
    defaults = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    defaults.append(element("w:lang", val=LANGUAGE, eastAsia=LANGUAGE, bidi=LANGUAGE))
    document.settings.element.insert(0, element("w:autoHyphenation", val="true"))
    sizes = {"Normal": 11, "Title": 24, "Heading 1": 16, "Heading 2": 13, "Heading 3": 11.5, "Heading 4": 11}
    for name, size in (sizes | {"Heading 5": 11, "List Paragraph": 11, "Header": 8.5, "Footer": 8.5}).items():
        _plain_font(styles[name], size)
    styles["Normal"].paragraph_format.space_after = Pt(6)
    styles["List Paragraph"].paragraph_format.space_after = Pt(3)
    styles["Title"].element.pPr.remove(styles["Title"].element.pPr.find(qn("w:pBdr")))
    for name, base, size, quiet in (
        ("Quiet", "Normal", 11, True),
        ("Fact", "Normal", 11, False),
        ("Code", "Normal", 9.5, False),
        ("Table Text", "Normal", 9, False),
        ("Table Head", "Table Text", 9, False),
        ("Mark", "Normal", 11, False),
        ("Wording", "Normal", 11, False),
        ("Between", "Normal", 4, False),
    ):
        _own_style(document, name, base, size, quiet=quiet)
    styles["Code"].font.name = "Consolas"
    styles["Table Head"].font.bold = True
    fact = styles["Fact"].paragraph_format
    fact.left_indent, fact.first_line_indent, fact.space_after = Mm(50), Mm(-50), Pt(2)
    fact.tab_stops.add_tab_stop(Mm(50))
    for name in ("Table Text", "Table Head", "Between"):
        styles[name].paragraph_format.space_after = Pt(2)
    for name in ("Header", "Footer"):
        styles[name].font.color.rgb = QUIET
        styles[name].paragraph_format.tab_stops.clear_all()
        styles[name].paragraph_format.tab_stops.add_tab_stop(WIDTH, alignment=WD_TAB_ALIGNMENT.RIGHT)
    border(styles["Mark"].element, ("top", "left", "bottom", "right"))
    border(styles["Wording"].element, ("left",))


def _plain_font(style: Any, size: float) -> None:
    style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), INK
    fonts = style.element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)


def _own_style(document: Document, name: str, base: str, size: float, *, quiet: bool) -> None:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles[base]
    style.font.size = Pt(size)
    style.font.color.rgb = QUIET if quiet else INK


def styled(paragraph: Paragraph, name: str) -> Paragraph:
    """Give a paragraph a style by its name; asking python-docx for one searches them all for each paragraph."""
    if name != "Normal":
        paragraph._p.style = name.replace(" ", "")  # noqa: SLF001 - Word's element; ids are names without spaces
    return paragraph


def describe(document: Document, *, title: str, subject: str, author: str) -> None:
    """Say in the file's own properties what it is."""
    about = document.core_properties
    about.title, about.subject, about.author, about.last_modified_by = (
        title[:255],
        subject[:255],
        author[:255],
        author[:255],
    )
    about.language, about.comments, about.keywords = LANGUAGE, "", ""


def head_and_foot(document: Document, head: str, foot: str) -> None:
    """Put a line at the top of every page, and at its foot a line with the page's number."""
    section = document.sections[0]
    section.header.paragraphs[0].add_run(head)
    line = section.footer.paragraphs[0]
    line.add_run(f"{foot}\t")
    _field(line, "PAGE")
    line.add_run(" (")
    _field(line, "NUMPAGES")
    line.add_run(")")


def _field(line: Paragraph, code: str) -> None:
    """Add what Word counts by itself, each piece in a run of its own."""
    asked = element("w:instrText")
    asked.text = f" {code} "
    shown = element("w:t")
    shown.text = "1"
    kinds = [element("w:fldChar", fldCharType=kind) for kind in ("begin", "separate", "end")]
    for piece in (kinds[0], asked, kinds[1], shown, kinds[2]):
        line.add_run()._r.append(piece)  # noqa: SLF001 - Word's element behind the run


def numbering(document: Document, *, start: int | None) -> int:
    """Make a list of its own and return its number: numbered from `start`, or with bullets when there is none."""
    root = document.part.numbering_part.element
    bullets = start is None
    number = 1 + max((int(one.get(qn("w:abstractNumId"))) for one in root.findall(qn("w:abstractNum"))), default=0)
    abstract = element("w:abstractNum", abstractNumId=number)
    abstract.append(element("w:multiLevelType", val="multilevel"))
    for level in range(LEVELS):
        abstract.append(_level(level, bullets=bullets, start=start or 0))
    root.insert(0, abstract)
    made = root.add_num(number)
    return int(made.numId)


def _level(level: int, *, bullets: bool, start: int) -> Any:
    made = element("w:lvl", ilvl=level)
    made.append(element("w:start", val=start))
    made.append(element("w:numFmt", val="bullet" if bullets else "decimal"))
    made.append(element("w:lvlText", val=BULLETS[level % 2] if bullets else f"%{level + 1}."))
    made.append(element("w:lvlJc", val="left"))
    place = element("w:pPr")
    place.append(element("w:ind", left=INDENT * (level + 1), hanging=INDENT))
    made.append(place)
    return made


def mark(paragraph: Paragraph, number: int, level: int) -> None:
    """Make a paragraph an item of the list with that number."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001 - Word's element behind the paragraph
    properties.get_or_add_ilvl().val = min(level, LEVELS - 1)
    properties.get_or_add_numId().val = number
    paragraph.paragraph_format.first_line_indent = -Mm(6)


def rule(paragraph: Paragraph) -> None:
    """Draw a line below a paragraph."""
    border(paragraph._p, ("bottom",))  # noqa: SLF001 - Word's element behind the paragraph


def border(owner: Any, sides: Sequence[str]) -> None:
    """Draw lines at the sides of a paragraph, or of all that have a style."""
    lines = element("w:pBdr")
    for side in sides:
        lines.append(element(f"w:{side}", val="single", sz=6, space=6, color="888888"))
    properties = owner.get_or_add_pPr()
    # Word reads what it knows in one order: borders stand before spacing and indents.
    properties.insert_element_before(lines, *_AFTER_BORDERS)


def dress(table: Table, title: str, widths: Sequence[int]) -> None:
    """Give a table its lines, widths and description, and a head that is repeated on every page."""
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    table.autofit = True
    properties = table._tbl.tblPr  # noqa: SLF001 - Word's element behind the table
    lines = element("w:tblBorders")
    for side, size in (("top", 8), ("bottom", 4), ("insideH", 4)):
        lines.append(element(f"w:{side}", val="single", sz=size, space=0, color="999999"))
    look = properties.find(qn("w:tblLook"))
    for made in (lines, element("w:tblCaption", val=title), element("w:tblDescription", val=title)):
        if made.tag == qn("w:tblBorders") and look is not None:
            look.addprevious(made)
        else:
            properties.append(made)
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):  # noqa: SLF001 - as above
        column.w = Emu(width)
    for number, row in enumerate(table._tbl.tr_lst):  # noqa: SLF001 - as above
        about = row.get_or_add_trPr()
        about.append(element("w:cantSplit"))
        if number == 0:
            about.append(element("w:tblHeader"))
        for cell, width in zip(row.tc_lst, widths, strict=True):
            cell.width = Emu(width)


def link(run: Run, relation: str) -> None:
    """Make a run a link to what a relation of the document leads to."""
    made = OxmlElement("w:hyperlink")
    made.set(qn("r:id"), relation)
    run._r.addprevious(made)  # noqa: SLF001 - Word's element behind the run
    made.append(run._r)  # noqa: SLF001 - as above
