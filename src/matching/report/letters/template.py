"""A Word template, filled letter by letter; it is data, and no code in it is run."""

from __future__ import annotations

import difflib
import io
import re
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from matching.domain.findings import Finding, InputError, error
from matching.report.letters.pages import Page

if TYPE_CHECKING:
    from docx.document import Document

NAMES = frozenset({"name", "greeting", "school"})
"""A template that names none of these would write the same letter to everybody."""
_LACKING = re.compile(r"no attribute '([^']+)'|'([^']+)' is undefined")


class Template:
    """A template that was opened and whose placeholders are known to be those of a letter."""

    def __init__(self, content: bytes, kind: type[Page], file: str | None) -> None:
        self._file, self._kind = file, kind
        self._env = _environment()
        self._made = _quick(content)
        self._check()

    @classmethod
    def of(cls, document: Document, kind: type[Page]) -> Template:
        """Take up a document that stands in no file."""
        held = io.BytesIO()
        document.save(held)
        return cls(held.getvalue(), kind, None)

    def write(self, path: Path, page: Page) -> None:
        """Fill the template with a letter and write it; an existing file is replaced.

        Raises
        ------
        InputError
            Where the template asks for what the letter does not have.
        """
        from jinja2 import TemplateError

        try:
            self._made.render(page.context(), self._env, autoescape=True)
        except TemplateError as problem:
            raise self._fault(problem) from problem
        self._made.save(str(path))

    def _check(self) -> None:
        from jinja2 import TemplateError

        try:
            named = self._made.get_undeclared_template_variables(self._env)
        except TemplateError as problem:
            raise self._fault(problem) from problem
        known = {field.name for field in fields(self._kind)} - {"file"}
        unknown = sorted(named - known)
        if unknown:
            raise InputError([self._unknown(name, known) for name in unknown])
        if not named & NAMES:
            raise InputError([error(
                "no_placeholder", "模板里没有收信人的占位符（例如 {{ greeting }}），每封信会一模一样。",
                "The template has no placeholder for the addressee, such as {{ greeting }}: every letter would be the "
                "same.", file=self._file)])

    def _unknown(self, name: str, known: set[str]) -> Finding:
        near = tuple(difflib.get_close_matches(name, known, n=3, cutoff=0.5))
        listed = "、".join(sorted(known))
        return error("unknown_placeholder", f"模板里的占位符“{name}”不认识；可用的有：{listed}。",
                     f"The template's placeholder '{name}' is unknown; there are: {', '.join(sorted(known))}.",
                     value=name, suggest=near, file=self._file)

    def _fault(self, problem: Exception) -> InputError:
        lacking = _LACKING.search(str(problem))
        if lacking:
            name = lacking.group(1) or lacking.group(2)
            return InputError([error("unknown_placeholder", f"模板里的占位符“{name}”不认识。",
                                     f"The template's placeholder '{name}' is unknown.", value=name, file=self._file)])
        near = " ".join(" ".join(map(str.strip, getattr(problem, "docx_context", ()))).split())[:200]
        where = (f"，在这段附近：{near}", f", near: {near}") if near else ("", "")
        return InputError([error("wrong_template", f"模板写法有误：{problem}{where[0]}。",
                                 f"The template is not well formed: {problem}{where[1]}.", file=self._file)])


def opened(path: Path, kind: type[Page]) -> Template:
    """Open a template file for letters of one kind.

    Raises
    ------
    InputError
        Where it is not there, is no Word document, or has a wrong placeholder.
    """
    from docx.opc.exceptions import PackageNotFoundError

    try:
        return Template(path.read_bytes(), kind, str(path))
    except OSError as problem:
        raise InputError([error("no_template", f"读不到模板文件 {path}。", f"The template {path} cannot be read.",
                                file=str(path))]) from problem
    except (BadZipFile, KeyError, ValueError, PackageNotFoundError) as problem:
        raise InputError([error("not_word", f"{path} 不是 Word 文档（.docx）；旧的 .doc 请先另存为 .docx。",
                                f"{path} is no Word document (.docx); save an old .doc as .docx first.",
                                file=str(path))]) from problem


def _environment() -> Any:
    """Return Jinja's sandbox, in which a name that is not there is an error, and a text is compiled once."""
    from functools import cache

    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    made: Any = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    made.from_string = cache(made.from_string)
    return made


def _quick(content: bytes) -> Any:
    """Return docxtpl's template, which works out once what is alike for all letters."""
    from functools import cache

    from docxtpl import DocxTemplate

    made = DocxTemplate(io.BytesIO(content))
    made.init_docx()
    made.patch_xml = cache(made.patch_xml)
    if _only_body(made):
        body = made.get_xml()
        made.get_xml = lambda: body
        made.init_docx = lambda reload=True: None
        made.render_properties = made.render_footnotes = lambda context, env=None: None
    return made


def _only_body(made: Any) -> bool:
    """Tell whether nothing but the body of the document has placeholders, so that the rest need not be read again."""
    package = made.docx.part.package
    others = [part.blob for part in package.iter_parts() if part is not made.docx.part]
    return not any(mark in blob for blob in others for mark in (b"{{", b"{%"))
