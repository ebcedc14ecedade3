"""Letters as files: whole, one a page, from the built-in template or a bureau's own."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from types import SimpleNamespace

import pytest

from matching.domain.findings import InputError
from matching.report.letters import fonts, write_blank, write_letters
from matching.report.letters.files import file_names
from matching.report.letters.pages import ComingLine, SchoolPage
from matching.report.letters.pdf import running_over, write_pdf
from matching.report.letters.write import letter_pages
from tests.report.letters.samples import NAMES, bureau

drawn = pytest.mark.skipif(not {*fonts.FAMILIES} & set(fonts.installed().families()), reason="no Chinese font")


@cache
def made():
    return bureau()


@cache
def teacher_pages():
    return letter_pages(made().ground, "teachers", "zh")


def text_of(path):
    import docx

    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def pages_in(pdf):
    return len(re.findall(rb"/Type\s*/Page\b", pdf.read_bytes()))


def template(folder, *lines, header=None):
    import docx

    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    document.save(str(folder / "own.docx"))
    return folder / "own.docx"


def code_of(folder, **given):
    with pytest.raises(InputError) as caught:
        write_letters(folder / "out", made(), lang="zh", forms=("docx",), people="teachers", **given)
    assert not (folder / "out").exists()
    assert [path for path in folder.iterdir() if path.name.startswith(".")] == []
    finding = caught.value.findings[0]
    assert finding.text.zh != finding.text.en
    return finding


@drawn
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_folder_holds_a_pdf_to_print_and_a_file_for_each(tmp_path, lang):
    written = write_letters(tmp_path / "letters", made(), lang=lang)
    assert written == (10, 5)
    assert sorted(p.name for p in (tmp_path / "letters").iterdir()) == [
        "schools", "schools.pdf", "teachers", "teachers.pdf"]
    assert pages_in(tmp_path / "letters" / "teachers.pdf") == 10
    assert pages_in(tmp_path / "letters" / "schools.pdf") == 5
    assert {p.stem for p in (tmp_path / "letters" / "teachers").iterdir()} == {
        f"T{k:03} {name}" for k, name in enumerate(NAMES)}


def test_an_existing_folder_is_left_alone(tmp_path):
    (tmp_path / "letters").mkdir()
    with pytest.raises(FileExistsError):
        write_letters(tmp_path / "letters", made(), lang="zh", forms=("docx",), people="schools")
    assert list((tmp_path / "letters").iterdir()) == []


def test_a_word_file_says_all_that_the_page_says(tmp_path):
    write_letters(tmp_path / "letters", made(), lang="zh", forms=("docx",))
    for page in teacher_pages():
        text = text_of(tmp_path / "letters" / "teachers" / f"{page.file}.docx")
        assert "{" not in text
        assert "%" not in text
        for said in (page.title, page.greeting, page.lead, page.foot, *page.why, *page.wishes, *page.alternative,
                     *page.otherwise, *(line.value for line in page.facts), *(line.rule for line in page.funnel)):
            assert said in text
        assert ("怎样结果才会不同" in text) == bool(page.otherwise)


def test_word_takes_chinese_from_the_east_asian_font(tmp_path):
    import docx

    write_blank(tmp_path / "t.docx", "teachers")
    styles = docx.Document(str(tmp_path / "t.docx")).styles
    for name in ("Normal", "Title", "Heading 2", "Table Text"):
        assert 'w:eastAsia="' in styles[name].element.xml


def test_signs_of_markup_in_data_are_text(tmp_path):
    odd = made().instance
    named = replace(odd, teachers=(odd.teachers[0]._replace(name="<b>&{{ name }}"), *odd.teachers[1:]))
    write_letters(tmp_path / "letters", replace(made(), instance=named), lang="zh", forms=("docx",), people="teachers")
    assert "<b>&{{ name }} 老师：" in text_of(tmp_path / "letters" / "teachers" / "T000 _b_&{{ name }}.docx")


@drawn
def test_signs_of_markup_are_text_in_a_pdf_too(tmp_path):
    page = replace(teacher_pages()[0], lead="#panic() $x^2$ *a* `b` @c <d> \\ [e]")
    write_pdf(tmp_path / "t.pdf", [page], "zh")
    assert pages_in(tmp_path / "t.pdf") == 1


def test_a_bureaus_own_template_is_filled(tmp_path):
    own = template(tmp_path, "致 {{ name }}：", "{%p for line in facts %}", "{{ line.label }}={{ line.value }}",
                   "{%p endfor %}", header="{{ school }}存")
    write_letters(tmp_path / "out", made(), lang="zh", forms=("docx",), people="teachers", template=own)
    for page in teacher_pages():
        path = tmp_path / "out" / "teachers" / f"{page.file}.docx"
        assert f"致 {page.name}：" in text_of(path)
        assert all(f"{line.label}={line.value}" in text_of(path) for line in page.facts)
        import docx

        assert docx.Document(str(path)).sections[0].header.paragraphs[0].text == f"{page.school}存"


def test_the_built_in_template_may_be_saved_and_given_back(tmp_path):
    write_blank(tmp_path / "s.docx", "schools")
    write_letters(tmp_path / "out", made(), lang="en", forms=("docx",), template={"schools": tmp_path / "s.docx"})
    assert "石桥小学" in text_of(tmp_path / "out" / "schools" / "R1 石桥小学.docx")


def test_a_wrong_placeholder_is_named(tmp_path):
    found = code_of(tmp_path, template=template(tmp_path, "{{ name }}", "{{ schol }}"))
    assert (found.code, found.value) == ("unknown_placeholder", "schol")
    assert "school" in found.suggest


def test_a_wrong_field_of_a_row_is_named(tmp_path):
    own = template(tmp_path, "{{ name }}", "{%p for line in facts %}", "{{ line.valeu }}", "{%p endfor %}")
    found = code_of(tmp_path, template=own)
    assert (found.code, found.value) == ("unknown_placeholder", "valeu")


def test_a_template_that_is_not_well_formed(tmp_path):
    assert code_of(tmp_path, template=template(tmp_path, "{{ name }}", "{% for x in facts %}")).code == "wrong_template"


def test_a_template_without_an_addressee(tmp_path):
    assert code_of(tmp_path, template=template(tmp_path, "各位老师：")).code == "no_placeholder"


def test_a_template_is_data_and_runs_no_code(tmp_path):
    own = template(tmp_path, "{{ name }}", "{{ name.__class__.__mro__ }}")
    assert code_of(tmp_path, template=own).code in ("wrong_template", "unknown_placeholder")


def test_a_file_that_is_no_word_document(tmp_path):
    (tmp_path / "t.docx").write_text("text", encoding="utf-8")
    assert code_of(tmp_path, template=tmp_path / "t.docx").code == "not_word"


def test_a_template_that_is_not_there(tmp_path):
    assert code_of(tmp_path, template=tmp_path / "t.docx").code == "no_template"


def test_one_template_is_for_one_kind_of_letter(tmp_path):
    with pytest.raises(InputError) as caught:
        write_letters(tmp_path / "out", made(), lang="zh", template=tmp_path / "t.docx")
    assert caught.value.findings[0].code == "whose_template"


def test_without_a_chinese_font_no_pdf_is_made(tmp_path, monkeypatch):
    class Bare:
        def families(self):
            return ["DejaVu Sans"]

    monkeypatch.setattr(fonts, "installed", Bare)
    with pytest.raises(InputError) as caught:
        write_letters(tmp_path / "out", made(), lang="zh", forms=("pdf",))
    found = caught.value.findings[0]
    assert found.code == "no_chinese_font"
    assert "fonts-wqy-microhei" in found.text.zh
    assert "SimSun" in found.text.en
    assert not (tmp_path / "out").exists()


@drawn
def test_a_character_that_no_font_draws_is_an_error_and_not_a_box(tmp_path):
    page = replace(teacher_pages()[0], greeting="王\U000f0001：")
    with pytest.raises(InputError) as caught:
        write_pdf(tmp_path / "t.pdf", [page], "zh")
    assert caught.value.findings[0].code == "no_glyph"
    assert not (tmp_path / "t.pdf").exists()


@drawn
def test_a_long_letter_is_set_smaller_to_stay_on_its_page(tmp_path):
    page = next(p for p in letter_pages(made().ground, "schools", "zh") if isinstance(p, SchoolPage) and p.coming)
    line = ComingLine(*page.coming[0])
    long = replace(page, coming=tuple(line._replace(number=str(k), home=page.school * 2) for k in range(45)))
    write_pdf(tmp_path / "s.pdf", [page, long, page], "zh")
    assert pages_in(tmp_path / "s.pdf") == 3


def test_which_letters_run_over():
    assert running_over([1, 2, 4, 5]) == [1]
    assert running_over([1, 2]) == running_over([1]) == []


@drawn
def test_a_letter_that_is_too_long_at_any_size_takes_more_pages(tmp_path):
    page = next(p for p in letter_pages(made().ground, "schools", "zh") if isinstance(p, SchoolPage) and p.coming)
    write_pdf(tmp_path / "s.pdf", [replace(page, coming=page.coming * 300), page], "zh")
    assert pages_in(tmp_path / "s.pdf") > 2


def test_a_plan_may_be_asked_for_by_its_id(tmp_path):
    other = replace(made().plan, plan="other", status="feasible", goals=())
    run = SimpleNamespace(instance=made().instance, policy=made().policy, plans={"main": made().plan, "other": other})
    with pytest.raises(InputError) as caught:
        write_letters(tmp_path / "out", run, lang="zh", forms=("docx",), plan="othr")
    assert (caught.value.findings[0].code, caught.value.findings[0].suggest) == ("unknown_plan", ("other",))
    assert write_letters(tmp_path / "out", run, lang="zh", forms=("docx",), plan="other") == (10, 5)
    assert "相异方案" in text_of(next((tmp_path / "out" / "schools").iterdir()))


def test_nobody_to_write_to(tmp_path):
    bare = replace(made(), instance=replace(made().instance, teachers=(), needs=()), plan=replace(
        made().plan, placements=(), unplaced=(), unfilled=(), goals=(), reserve=(), status="feasible"))
    assert write_letters(tmp_path / "out", bare, lang="zh") == (0, 0)


def test_names_of_files_are_lawful_everywhere_and_differ():
    assert file_names(["T1 a/b", "t1 A_b", "x" * 200, " . "]) == ["T1 a_b", "t1 A_b (2)", "x" * 80, "_"]
