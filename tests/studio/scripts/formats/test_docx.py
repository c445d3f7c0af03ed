"""Word documents to drafts."""

import io
import zipfile

import pytest

from studio.core.errors import Invalid
from studio.scripts.elements import Emphasis, Kind, Span
from studio.scripts.formats.docx import read_docx
from studio.scripts.formats.draft import Draft, Loss

K = Kind
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STRICT = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'


def document(body: str, *, styles: str = "", comments: str = "", names: str = W) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {names}><w:body>{body}</w:body></w:document>")
        if styles:
            archive.writestr("word/styles.xml", f"<w:styles {names}>{styles}</w:styles>")
        if comments:
            archive.writestr("word/comments.xml", f"<w:comments {names}>{comments}</w:comments>")
    return file.getvalue()


def r(text: str, looks: str = "") -> str:
    return f'<w:r><w:rPr>{looks}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(text: str, style: str = "", inside: str = "") -> str:
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{named}{r(text)}{inside}</w:p>"


def said(draft: Draft) -> list[tuple[Kind, str]]:
    return [(each.kind, each.text) for each in draft.paragraphs]


PLAIN = [
    "INT. KITCHEN - NIGHT",
    "Mara stirs the pot.",
    "MARA",
    "(quietly)",
    "It is late.",
    "JON",
    "I know.",
    "He sits.",
    "CUT TO:",
]
READ = [
    (K.SCENE_HEADING, "INT. KITCHEN - NIGHT"),
    (K.ACTION, "Mara stirs the pot."),
    (K.CHARACTER, "MARA"),
    (K.PARENTHETICAL, "quietly"),
    (K.DIALOGUE, "It is late."),
    (K.CHARACTER, "JON"),
    (K.DIALOGUE, "I know."),
    (K.ACTION, "He sits."),
    (K.TRANSITION, "CUT TO:"),
]


@pytest.mark.parametrize("names", [W, STRICT])
def test_plain_paragraphs_are_read_by_the_fountain_rules(names: str) -> None:
    draft = read_docx(document("".join(map(p, PLAIN)), names=names))
    assert said(draft) == READ
    assert draft.format == "docx"
    assert [each.certain for each in draft.paragraphs] == [True, *[False] * 8]
    assert "names no screenplay styles" in draft.warnings[0]


def test_empty_paragraphs_part_the_words_as_in_a_text() -> None:
    body = "".join(p(line) + (p("") if line not in ("MARA", "(quietly)", "JON") else "") for line in PLAIN)
    assert said(read_docx(document(body))) == READ


def test_the_names_of_screenplay_styles_say_what_a_paragraph_is() -> None:
    styles = (
        '<w:style w:styleId="a1"><w:name w:val="Scene Heading"/><w:rPr><w:caps/></w:rPr></w:style>'
        '<w:style w:styleId="a2"><w:name w:val="Odd"/><w:basedOn w:val="Dialogue"/></w:style>'
        '<w:style w:styleId="Dialogue"><w:name w:val="Screenplay Dialogue"/></w:style>'
    )
    body = (
        p("Int. kitchen", "a1")
        + p("Mara", "Character")
        + p("(low)", "Parenthetical")
        + p("Late.", "a2")
        + p("Hm.", "Body")
    )
    draft = read_docx(document(body, styles=styles))
    assert said(draft) == [
        (K.SCENE_HEADING, "INT. KITCHEN"),
        (K.CHARACTER, "Mara"),
        (K.PARENTHETICAL, "low"),
        (K.DIALOGUE, "Late."),
        (K.ACTION, "Hm."),
    ]
    assert [each.certain for each in draft.paragraphs] == [True, True, True, True, False]


@pytest.mark.parametrize("style", ["", "Action"])
def test_emphasis_tabs_breaks_and_comments_are_kept(style: str) -> None:
    bold = r("A ", "<w:b w:val='0'/>") + r("bold", "<w:b/>") + r(" and ")
    italic = r("ita", "<w:i/>") + r("lic", "<w:i/><w:u w:val='none'/>")
    below = "<w:r><w:tab/><w:t>word</w:t><w:br/><w:t>below</w:t><w:commentReference w:id='3'/></w:r>"
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    comments = '<w:comment w:id="3"><w:p><w:r><w:t>Which?</w:t></w:r></w:p></w:comment>'
    body = p("INT. A - DAY", "SceneHeading" if style else "") + f"<w:p>{named}{bold}{italic}{below}</w:p>"
    paragraph = read_docx(document(body, comments=comments)).paragraphs[1]
    assert paragraph.text == "A bold and italic\tword\nbelow"
    assert set(paragraph.spans) == {Span(Emphasis.BOLD, 2, 6), Span(Emphasis.ITALIC, 11, 17)}
    assert paragraph.notes == ("Which?",)


def test_page_breaks_divide_a_paragraph() -> None:
    body = "<w:p>" + r("Before.") + "<w:r><w:br w:type='page'/></w:r>" + r("After.") + "</w:p>"
    assert said(read_docx(document(body))) == [(K.ACTION, "Before."), (K.PAGE_BREAK, ""), (K.ACTION, "After.")]


def test_words_in_tables_are_read_once_and_pictures_are_counted() -> None:
    body = (
        f"<w:tbl><w:tr><w:tc>{p('In a table.')}</w:tc></w:tr></w:tbl>"
        "<w:p><w:r><w:drawing/></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>"
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice>{p('Framed.')}</mc:Choice><mc:Fallback>{p('Framed.')}</mc:Fallback></mc:AlternateContent>"
    )
    draft = read_docx(document(body))
    assert "".join(each.text for each in draft.paragraphs).count("Framed.") == 1
    assert "In a table." in draft.paragraphs[0].text
    assert draft.losses == (Loss("pictures", 1), Loss("tracked deletions", 1))


def test_a_style_that_is_based_on_itself_is_no_trap() -> None:
    styles = (
        '<w:style w:styleId="a"><w:basedOn w:val="b"/></w:style><w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>'
    )
    assert said(read_docx(document(p("Words.", "a"), styles=styles))) == [(K.ACTION, "Words.")]


def test_a_broken_document_is_refused() -> None:
    with pytest.raises(Invalid, match="damaged or not complete"):
        read_docx(document(p("Words."))[:-25])
