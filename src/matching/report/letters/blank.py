"""The letters' own Word template, which a bureau may save, change in Word, and give back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from docx.document import Document

People = Literal["teachers", "schools"]
_UNUSED = ("thumbnail", "customXml", "stylesWithEffects", "numbering", "webSettings")
_STYLES = ("Normal", "Title", "Subtitle", "Heading 2", "Caption", "Table Grid", "Normal Table",
           "Default Paragraph Font", "Header", "Footer")
Columns = Sequence[tuple[str, str, float]]
"""Of a table: the heading, the field of a row, and the width in centimetres."""

_TEACHER_POSTS: Columns = (
    ("labels.school", "school", 3.9), ("labels.county", "county", 2.5), ("labels.post", "post", 3.6),
    ("labels.service", "service", 3.1), ("labels.km", "km", 2.1), ("labels.yuan", "yuan", 2.0))
_SCHOOL_POSTS: Columns = (
    ("labels.subject", "subject", 3.0), ("labels.stage", "stage", 2.4), ("labels.type", "type", 2.4),
    ("labels.service", "service", 4.4), ("labels.seats", "seats", 1.6), ("labels.filled", "filled", 1.8),
    ("labels.empty", "empty", 1.6))
_COMING: Columns = (
    ("labels.number", "number", 1.1), ("labels.name", "name", 2.0), ("labels.home", "home", 3.2),
    ("labels.title", "title", 1.4), ("labels.backbone", "backbone", 1.8), ("labels.subject", "subject", 2.0),
    ("labels.stage", "stage", 1.7), ("labels.mode", "mode", 1.7), ("labels.term", "term", 2.3))
_POINTS: Columns = (("labels.item", "name", 4.0), ("here", "here", 3.5), ("there", "there", 3.5))
_RIGHT = ("left", "here", "there", "seats", "filled", "empty", "km", "yuan")
"""Fields that are numbers, by the right edge."""
CELL, SMALL_CELL = "Table Text", "Table Text Small"
"""The styles of what stands in tables, and in those of many columns."""
GAP = "Table Gap"
"""The style of the empty line behind a table: two tables without one between them become one."""
MANY = 8


def blank(people: People) -> Document:
    """Return the template of letters to `people`, with a placeholder for everything that a letter says."""
    import docx

    document = docx.Document()
    _lightened(document)
    _settings(document)
    _line(document, "{{ programme }}", "Subtitle")
    _line(document, "{{ title }}", "Title")
    _line(document, "{{ greeting }}", "Strong")
    _line(document, "{{ lead }}")
    (_teacher if people == "teachers" else _school)(document)
    _line(document, "{{ foot }}", "Caption")
    return document


def write_blank(path: Path, people: People) -> None:
    """Write the template of letters to `people`; an existing file is replaced."""
    blank(people).save(str(path))


def _teacher(document: Document) -> None:
    with_head = _Section(document)
    with_head("facts or posts", "result")
    _particulars(document)
    _table(document, "posts", _TEACHER_POSTS)
    with_head("why", "why")
    _texts(document, "why")
    _table(document, "funnel", (("labels.rule", "rule", 7.0), ("labels.left", "left", 4.0)))
    _only_if(document, "settled", "{{ settled }}")
    _table(document, "points", _POINTS, "points and compared")
    _table(document, "points", _POINTS[:2], "points and not compared")
    for name in ("wishes", "alternative", "otherwise"):
        with_head(name, name)
        _texts(document, name)


def _school(document: Document) -> None:
    with_head = _Section(document)
    with_head("posts", "posts")
    _table(document, "posts", _SCHOOL_POSTS)
    with_head("coming", "coming")
    _table(document, "coming", _COMING)
    for name in ("why", "otherwise"):
        with_head(name, name)
        _texts(document, name)
    with_head("sends", "sends")
    _only_if(document, "sends", "{{ sends }}")


class _Section:
    """Adds headings that stand only where there is something under them."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def __call__(self, condition: str, label: str) -> None:
        _only_if(self._document, condition, f"{{{{ labels.{label} }}}}", "Heading 2")


def _line(document: Document, text: str, style: str = "Normal") -> None:
    if style == "Strong":
        document.add_paragraph().add_run(text).bold = True
    else:
        document.add_paragraph(text, style)


def _only_if(document: Document, condition: str, text: str, style: str = "Normal") -> None:
    _line(document, f"{{%p if {condition} %}}")
    _line(document, text, style)
    _line(document, "{%p endif %}")


def _texts(document: Document, name: str) -> None:
    _line(document, f"{{%p for text in {name} %}}")
    _line(document, "{{ text }}")
    _line(document, "{%p endfor %}")


def _particulars(document: Document) -> None:
    _line(document, "{%p if facts %}")
    table = _grid(document, 3, (3.6, 13.0))
    _fill(table.rows[0], ("{%tr for row in facts %}", ""))
    _fill(table.rows[1], ("{{ row.label }}", "{{ row.value }}"))
    _fill(table.rows[2], ("{%tr endfor %}", ""))
    _shade(table.rows[1].cells[0])
    _line(document, "", GAP)
    _line(document, "{%p endif %}")


def _table(document: Document, name: str, columns: Columns, condition: str = "") -> None:
    _line(document, f"{{%p if {condition or name} %}}")
    table = _grid(document, 4, tuple(width for _, _, width in columns))
    _fill(table.rows[0], tuple(f"{{{{ {heading} }}}}" for heading, _, _ in columns))
    _fill(table.rows[1], (f"{{%tr for row in {name} %}}", *[""] * (len(columns) - 1)))
    _fill(table.rows[2], tuple(f"{{{{ row.{field} }}}}" for _, field, _ in columns))
    _fill(table.rows[3], ("{%tr endfor %}", *[""] * (len(columns) - 1)))
    for cell in table.rows[0].cells:
        _shade(cell)
    _mark(table.rows[0], "tblHeader")
    _mark(table.rows[2], "cantSplit")
    _line(document, "", GAP)
    _line(document, "{%p endif %}")


def _mark(row: Any, name: str) -> None:
    """Say of a row that it is repeated on each page, or stays on one."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(f"w:{name}"))


def _grid(document: Document, rows: int, widths: Sequence[float]) -> Any:
    from docx.shared import Cm

    table = document.add_table(rows, len(widths), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)
    return table


def _fill(row: Any, texts: Sequence[str]) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    for cell, text in zip(row.cells, texts, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.style, paragraph.text = SMALL_CELL if len(texts) > MANY else CELL, text
        if text.strip("{} ").rsplit(".", 1)[-1] in _RIGHT:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _shade(cell: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", "ECECEC")):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _lightened(document: Document) -> None:
    """Take out what the library's own empty document brings and no letter uses: it would be written into each."""
    for part in (document.part, document.part.package):
        for key, rel in list(part.rels.items()):
            if rel.reltype.rsplit("/", 1)[-1] in _UNUSED:
                del part.rels[key]
    styles = document.styles.element
    for style in list(document.styles):
        if style.name not in _STYLES and style.element in styles:
            styles.remove(style.element)
    for link in styles.xpath("//w:link"):
        link.getparent().remove(link)
    properties = document.core_properties
    properties.author = properties.comments = properties.keywords = ""


def _settings(document: Document) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Cm

    page = document.sections[0]
    page.page_width, page.page_height = Cm(21.0), Cm(29.7)
    page.left_margin = page.right_margin = Cm(1.9)
    page.top_margin, page.bottom_margin = Cm(1.5), Cm(1.2)
    page.header_distance = page.footer_distance = Cm(0.8)
    _style(document, "Normal", 10, "宋体", "Times New Roman", before=2, after=2)
    for name, size, room in ((CELL, 9, 1), (SMALL_CELL, 8, 1), (GAP, 3, 0)):
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        _style(document, name, size, "宋体", "Times New Roman", before=room, after=room)
    _style(document, "Title", 16, "黑体", "Arial", after=8, centred=True)
    _style(document, "Subtitle", 10.5, "宋体", "Times New Roman", after=0, centred=True)
    _style(document, "Heading 2", 11, "黑体", "Arial", before=5, after=2)
    _style(document, "Caption", 8.5, "宋体", "Times New Roman", before=5)


def _style(document: Document, name: str, size: float, chinese: str, latin: str, before: float = 0, after: float = 0,
           centred: bool = False) -> None:
    """Set a style's fonts for both scripts; Word takes Chinese from w:eastAsia alone."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style: Any = document.styles[name]
    style.font.name, style.font.size, style.font.italic = latin, Pt(size), False
    style.font.bold = name in ("Title", "Heading 2")
    style.font.color.rgb = RGBColor(0x1F, 0x4E, 0x79) if name == "Heading 2" else RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), chinese)
    fonts.set(qn("w:hAnsi"), latin)
    shape = style.paragraph_format
    shape.space_before, shape.space_after, shape.line_spacing = Pt(before), Pt(after), 1.0
    if centred:
        shape.alignment = WD_ALIGN_PARAGRAPH.CENTER
