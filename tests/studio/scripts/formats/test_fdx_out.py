"""Screenplays as Final Draft documents, and back."""

import string
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from studio.scripts.formats.draft import Draft, Paragraph
from studio.scripts.formats.fdx import read_fdx
from studio.scripts.formats.fdx_out import fdx_of
from studio.scripts.formats.fountain_out import draft_of, fountain_of
from studio.scripts.formats.settled import HIDDEN
from studio.scripts.fountain import parse

FIXTURES = Path(__file__).parent.parent / "fixtures"

PIECES = [
    "INT. HOUSE - DAY",
    "EXT. ROOF - NIGHT #3A#",
    ".Forced heading",
    "MARA",
    "MARA (V.O.) ^",
    "@McCoy",
    "JON ^",
    "(beat)",
    "((twice)",
    "(open\nclose)",
    "Hello there.",
    "  Indented\n\tmore.",
    "He *runs* to **Mara** and _stops **now**_.",
    '***all*** <b>&amp;</b> ]]> "quoted"',
    "\\*no\\*",
    "CUT TO:",
    "> OUT",
    "> MID <",
    "===",
    "# Act",
    "### Deep",
    "= Synopsis *here*",
    "[[note]]",
    "A [[first]] line [[second\n  \nover]] b",
    "/* gone\n\nfor good */",
    "~la *la*",
    "!FORCED",
    "OMITTED",
    ".OMITTED",
    "  ",
    "",
    "ÉLODIE",
    "МАРИЯ",
]
ENDS = ["\n", "\n\n"]
TITLES = st.sampled_from(
    ["", "Title: A & B\nAuthor:\n    Ann\n    Ben\nDraft date: 1/2/2021\n\n", "Title: _**X**_\nNotes: y\n\n"]
)
words = st.text(alphabet=string.ascii_letters + string.punctuation + " éß中\t", min_size=1, max_size=40)
scripts = st.tuples(
    TITLES, st.lists(st.tuples(st.one_of(st.sampled_from(PIECES), words), st.sampled_from(ENDS)), max_size=30)
).map(lambda both: both[0] + "".join(piece + end for piece, end in both[1]))


def bare(draft: Draft) -> list[Paragraph]:
    return [replace(each, place="", certain=True) for each in draft.paragraphs]


def sensible(draft: Draft) -> bool:
    """Whether no note and no boneyard is empty; an empty one is left out on the way."""
    return all((each.text or each.kind not in HIDDEN) and all(each.notes) for each in draft.paragraphs)


@given(scripts)
@example("INT. A\n\nMARA\nHello.\n[[in speech]]\nMore.\n\n~song\n\n~song two\n")
@example("MARA\nYes.\n\n[[between]]\n\nJON ^\nNo.\n\nANN\nYes.\n\nBEN ^\nNo.\n\n===\n\n===\n\nEnd.\n\n===\n")
def test_any_screenplay_comes_back_from_final_draft_with_the_same_paragraphs(text: str) -> None:
    screenplay = parse(text)
    assume(sensible(draft_of(screenplay)))
    again = read_fdx(fdx_of(screenplay))
    assert bare(again) == bare(draft_of(screenplay))
    assert again.title_page == tuple(entry for entry in draft_of(screenplay).title_page)
    assert again.losses == ()


@given(scripts)
def test_a_document_through_fountain_and_back_is_the_same_draft(text: str) -> None:
    first = read_fdx(fdx_of(parse(text)))
    second = read_fdx(fdx_of(parse(fountain_of(first))))
    assert bare(second) == bare(first)
    assert second.title_page == first.title_page


@pytest.mark.parametrize("name", ["lighthouse.fountain", "sloppy.txt", "plain.txt"])
def test_the_sample_scripts_come_back(name: str) -> None:
    screenplay = parse((FIXTURES / name).read_text(encoding="utf-8"))
    assert bare(read_fdx(fdx_of(screenplay))) == bare(draft_of(screenplay))


def root(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(fdx_of(parse(text)))


def test_the_document_is_what_final_draft_opens() -> None:
    document = root("INT. LAB - DAY #4#\n\n= She decides.\n\nMARA\n(beat)\n_Go_ **now**. [[soon?]]\n")
    assert document.attrib == {"DocumentType": "Script", "Template": "No", "Version": "5"}
    heading, cue, parenthetical, dialogue = document.findall("Content/Paragraph")
    assert heading.attrib == {"Number": "4", "Type": "Scene Heading"}
    assert "".join(heading.find("SceneProperties/Summary/Paragraph").itertext()) == "She decides."
    assert (cue.get("Type"), parenthetical.findtext("Text")) == ("Character", "(beat)")
    assert [(run.get("Style"), run.text) for run in dialogue.findall("Text")] == [
        ("Underline", "Go"),
        (None, " "),
        ("Bold", "now"),
        (None, "."),
    ]
    assert "".join(dialogue.find("ScriptNote").itertext()) == "soon?"


def test_dual_dialogue_is_one_block() -> None:
    document = root("MARA\nYes.\n\nJON ^\nNo.\n\nSilence.\n")
    block, after = document.findall("Content/Paragraph")
    assert [each.get("Type") for each in block.findall("DualDialogue/Paragraph")] == [
        "Character",
        "Dialogue",
        "Character",
        "Dialogue",
    ]
    assert after.findtext("Text") == "Silence."


def test_an_omitted_scene_stays_one() -> None:
    document = root(".OMITTED #21#\n\n/*\nEXT. YARD - DUSK\n\nMara waits.\n*/\n\nINT. HALL - DAY\n")
    inner = document.findall("Content/Paragraph/OmittedScene/Paragraph")
    assert [(each.get("Type"), each.findtext("Text")) for each in inner] == [
        ("Scene Heading", "EXT. YARD - DUSK"),
        ("Action", "Mara waits."),
    ]


def test_names_in_small_letters_are_not_shown_in_capitals() -> None:
    def style(text: str) -> str | None:
        settings = root(text).find("ElementSettings[@Type='Character']/FontSpec")
        return None if settings is None else settings.get("Style")

    assert style("@McCoy\nHello.\n") == ""
    assert style("MARA\nHello.\n") == "AllCaps"


def test_control_characters_that_xml_cannot_hold_are_left_out() -> None:
    assert read_fdx(fdx_of(parse("A\x01 bell\x07 and \ufffe more."))).paragraphs[0].text == "A bell and  more."
