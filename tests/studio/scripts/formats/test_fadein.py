"""Fade In files and Open Screenplay Format to drafts."""

import io
import zipfile

import pytest

from studio.core.errors import Invalid
from studio.scripts.elements import Emphasis, Kind, Side, Span
from studio.scripts.formats.draft import Draft, Loss
from studio.scripts.formats.fadein import read_fadein

K = Kind
STYLES = (
    '<style name="Normal Text" builtin_index="0"/>'
    '<style name="Scene Heading" builtin_index="1" basestyle="Normal Text" allcaps="1"/>'
    '<style name="Character" builtin_index="3" basestyle="Normal Text" allcaps="1"/>'
    '<style name="Sound Effect" basestyle="Action"/>'
)


def document(content: str, *, version: str = "40", styles: str = "", rest: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<document type="Open Screenplay Format document" version="{version}">'
        f"<styles>{styles}</styles><paragraphs>{content}</paragraphs>{rest}</document>"
    ).encode()


def para(style: str, text: str, attributes: str = "", *, name: str = "basestyle") -> str:
    return f'<para {attributes}><style {name}="{style}"/><text>{text}</text></para>'


def zipped(data: bytes, name: str = "document.xml") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return file.getvalue()


def said(draft: Draft) -> list[tuple[Kind, str]]:
    return [(each.kind, each.text) for each in draft.paragraphs]


SCENE = [
    ("Scene Heading", "EXT. PIER - DUSK"),
    ("Action", "Gulls scatter."),
    ("Character", "MARGUERITE"),
    ("Parenthetical", "under her breath"),
    ("Dialogue", "Not again."),
    ("Transition", "CUT TO:"),
    ("Shot", "CLOSE ON THE DOOR"),
    ("Normal Text", "A stray line."),
]


@pytest.mark.parametrize("name", ["basestyle", "basestylename", "baseStyleName", "name"])
def test_the_built_in_styles_are_read_in_every_spelling(name: str) -> None:
    draft = read_fadein(zipped(document("".join(para(style, text, name=name) for style, text in SCENE))))
    assert draft.format == "fadein"
    assert said(draft) == [
        (K.SCENE_HEADING, "EXT. PIER - DUSK"),
        (K.ACTION, "Gulls scatter."),
        (K.CHARACTER, "MARGUERITE"),
        (K.PARENTHETICAL, "under her breath"),
        (K.DIALOGUE, "Not again."),
        (K.TRANSITION, "CUT TO:"),
        (K.ACTION, "CLOSE ON THE DOOR"),
        (K.ACTION, "A stray line."),
    ]
    assert draft.losses == (Loss("shot headings (kept as action)", 1),)
    assert all(each.certain for each in draft.paragraphs)


def test_plain_osf_is_read_without_a_zip() -> None:
    assert said(read_fadein(document(para("Action", "Dark.")))) == [(K.ACTION, "Dark.")]


def test_styles_made_after_others_and_numbers_of_styles_are_understood() -> None:
    content = (
        para("Sound Effect", "A DOOR SLAMS.")
        + '<para><style builtin_index="3"/><text>Mara</text></para>'
        + '<para><style builtin_index="5"/><text>Who?</text></para>'
        + para("Marginalia", "Who knows.")
    )
    draft = read_fadein(document(content, styles=STYLES))
    assert said(draft) == [
        (K.ACTION, "A DOOR SLAMS."),
        (K.CHARACTER, "MARA"),
        (K.DIALOGUE, "Who?"),
        (K.ACTION, "Who knows."),
    ]
    assert [each.certain for each in draft.paragraphs] == [True, True, True, False]


def test_emphasis_is_read_from_attributes_and_from_old_marks() -> None:
    runs = '<text bold="1">Bold</text><text> and </text><text underline="1" color="#ff0000">under</text>'
    new = read_fadein(document(f'<para><style basestyle="Action"/>{runs}</para>'))
    marks = "&lt;b&gt;Bold&lt;/b&gt; and &lt;font=&quot;Times&quot;&gt;&lt;u&gt;under&lt;/u&gt;&lt;/font&gt;"
    old = read_fadein(document(para("Action", marks, name="basestylename"), version="12"))
    for draft in (new, old):
        assert draft.paragraphs[0].text == "Bold and under"
        assert set(draft.paragraphs[0].spans) == {Span(Emphasis.BOLD, 0, 4), Span(Emphasis.UNDERLINE, 9, 14)}
    assert new.losses == (Loss("coloured words", 1),)


def test_marks_in_the_words_of_newer_files_are_words() -> None:
    assert read_fadein(document(para("Action", "He typed &lt;b&gt;."))).paragraphs[0].text == "He typed <b>."


def test_numbers_notes_synopses_and_page_breaks_are_kept() -> None:
    content = (
        para("Scene Heading", "INT. LAB", 'number="7A" synopsis="The reveal" note="check this"')
        + '<para><style basestyle="Action" align="center" pagebreakbefore="1"/><text>THE END</text></para>'
        + para("Character", "MARA")
        + para("Dialogue", "Careful.", 'number="3"')
    )
    draft = read_fadein(document(content))
    assert said(draft)[:4] == [
        (K.SCENE_HEADING, "INT. LAB"),
        (K.SYNOPSIS, "The reveal"),
        (K.PAGE_BREAK, ""),
        (K.CENTERED, "THE END"),
    ]
    assert (draft.paragraphs[0].number, draft.paragraphs[0].notes) == ("7A", ("check this",))
    assert draft.losses == ()


def test_the_first_speaker_carries_the_mark_of_a_dual_dialogue() -> None:
    content = (
        para("Character", "CHORUS")
        + para("Dialogue", "Before.")
        + '<para><style basestyle="Character" dualdialogue="1"/><text>ANNA</text></para>'
        + para("Parenthetical", "(over him)")
        + para("Dialogue", "Go.")
        + para("Character", "BEN")
        + para("Dialogue", "Now.")
        + para("Action", "They leave.")
    )
    none, left, right = Side.NONE, Side.LEFT, Side.RIGHT
    draft = read_fadein(document(content))
    assert [each.side for each in draft.paragraphs] == [none, none, left, left, left, right, right, none]


def test_the_title_page_is_read_from_bookmarks_and_from_the_info() -> None:
    page = (
        '<titlepage><para><style/><text></text></para><para bookmark="Title"><style align="center"/>'
        '<text>The Long Walk</text></para><para bookmark="Author"><style/><text>A. Writer</text></para></titlepage>'
    )
    wanted = (("Title", "The Long Walk"), ("Author", "A. Writer"))
    assert read_fadein(document(para("Action", "x"), rest=page)).title_page == wanted
    info = '<info title="The Long Walk" written_by="A. Writer" copyright="Copyright (c)"/>'
    assert read_fadein(document(para("Action", "x"), version="12", rest=info)).title_page == wanted


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (zipped(b"<document/>", "other.xml"), "no script in it"),
        (zipped(b"<document/>"), "no script in it"),
        (zipped(b"<doc"), "damaged"),
        (zipped(document(""))[:-30], "damaged or not complete"),
        (b"PK\x03\x04 no zip", "damaged or not complete"),
    ],
)
def test_a_broken_file_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(Invalid, match=words):
        read_fadein(data)
