"""Final Draft documents, as the programs write them, to drafts."""

import pytest

from studio.core.errors import Invalid
from studio.scripts.elements import Emphasis, Kind, Side, Span
from studio.scripts.formats.draft import Draft, Loss, Paragraph
from studio.scripts.formats.fdx import read_fdx
from studio.scripts.formats.fountain_out import draft_of, fountain_of
from studio.scripts.fountain import parse

K = Kind


def document(content: str, rest: str = "", *, version: str = "5") -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="no" ?>\n'
        f'<FinalDraft DocumentType="Script" Template="No" Version="{version}">\n'
        f"  <Content>{content}</Content>\n{rest}\n</FinalDraft>"
    ).encode()


def p(kind: str, text: str, attributes: str = "", inside: str = "") -> str:
    return f'<Paragraph Type="{kind}" {attributes}>{inside}<Text>{text}</Text></Paragraph>'


def read(content: str, rest: str = "") -> Draft:
    return read_fdx(document(content, rest))


def said(draft: Draft) -> list[tuple[Kind, str]]:
    return [(each.kind, each.text) for each in draft.paragraphs]


def one(content: str, rest: str = "") -> Paragraph:
    (paragraph,) = read(content, rest).paragraphs
    return paragraph


SCENE = (
    p("Scene Heading", "INT. LAB - DAY", 'Number="12A"')
    + p("Action", "She waits.")
    + p("Character", "MARA (V.O.)")
    + p("Parenthetical", "(beat)")
    + p("Dialogue", "Go.")
    + p("Transition", "CUT TO:")
)


def test_every_type_of_paragraph_is_read() -> None:
    draft = read(SCENE)
    assert said(draft) == [
        (K.SCENE_HEADING, "INT. LAB - DAY"),
        (K.ACTION, "She waits."),
        (K.CHARACTER, "MARA (V.O.)"),
        (K.PARENTHETICAL, "beat"),
        (K.DIALOGUE, "Go."),
        (K.TRANSITION, "CUT TO:"),
    ]
    assert draft.paragraphs[0].number == "12A"
    assert [each.place for each in draft.paragraphs[:2]] == ["paragraph 1", "paragraph 2"]
    assert all(each.certain for each in draft.paragraphs)
    assert (draft.losses, draft.warnings) == ((), ())


def test_words_cut_by_the_spell_check_are_joined_exactly() -> None:
    runs = "<Text>The </Text><Text AdornmentStyle='-1'>lighthous</Text><Text>e</Text><Text> </Text><Text>keeper</Text>"
    assert one(f'<Paragraph Type="Action">{runs}</Paragraph>').text == "The lighthouse keeper"


def test_a_text_set_on_lines_of_its_own_is_read_without_the_indent() -> None:
    assert one('<Paragraph Type="Action"><Text>\n        Henry runs.\n      </Text></Paragraph>').text == "Henry runs."


def test_line_breaks_at_the_ends_of_a_run_are_kept() -> None:
    runs = '<Text Style="Bold">Title</Text><Text>\n second\n </Text><Text Style="Bold">third</Text>'
    assert one(f'<Paragraph Type="Action">{runs}</Paragraph>').text == "Title\n second\n third"


def test_emphasis_is_kept_where_it_stands() -> None:
    runs = '<Text>He </Text><Text Style="Bold+Underline">runs</Text><Text Style="Italic"> away </Text><Text>now.</Text>'
    paragraph = one(f'<Paragraph Type="Action">{runs}</Paragraph>')
    assert paragraph.text == "He runs away now."
    assert set(paragraph.spans) == {
        Span(Emphasis.BOLD, 3, 7),
        Span(Emphasis.UNDERLINE, 3, 7),
        Span(Emphasis.ITALIC, 8, 12),
    }


def test_what_final_draft_shows_in_capitals_is_in_capitals() -> None:
    settings = '<ElementSettings Type="Character"><FontSpec Style="Bold+AllCaps"/></ElementSettings>'
    cue = (
        p("Character", "Henry")
        + p("Dialogue", "Pa!")
        + '<Paragraph Type="Action"><Text Style="AllCaps">Fade in:</Text></Paragraph>'
    )
    assert [text for _, text in said(read(cue, settings))] == ["HENRY", "Pa!", "FADE IN:"]
    assert said(read(cue))[0] == (K.CHARACTER, "Henry")


def test_a_letter_that_grows_in_capitals_moves_no_emphasis() -> None:
    settings = '<ElementSettings Type="Action"><FontSpec Style="AllCaps"/></ElementSettings>'
    runs = '<Text>Die Straße </Text><Text Style="Bold">brennt</Text>'
    paragraph = one(f'<Paragraph Type="Action">{runs}</Paragraph>', settings)
    assert paragraph.text[paragraph.spans[0].start : paragraph.spans[0].end] == "BRENNT"


def test_empty_paragraphs_are_left_out_and_break_no_speech() -> None:
    content = p("Character", "MARA") + '<Paragraph Type="Character"><Text></Text></Paragraph>' + p("Dialogue", "Go.")
    assert said(read(content)) == [(K.CHARACTER, "MARA"), (K.DIALOGUE, "Go.")]


def test_dual_dialogue_stands_in_two_columns() -> None:
    speech = (
        p("Character", "ANNA")
        + p("Parenthetical", "(over)")
        + p("Dialogue", "Go.")
        + p("Character", "BEN")
        + p("Dialogue", "No.")
    )
    draft = read(f"<Paragraph><DualDialogue>{speech}</DualDialogue></Paragraph>" + p("Action", "Silence."))
    left, right, none = Side.LEFT, Side.RIGHT, Side.NONE
    assert [each.side for each in draft.paragraphs] == [left, left, left, right, right, none]


def test_half_a_dual_dialogue_is_an_ordinary_one() -> None:
    speech = p("Character", "ANNA") + p("Dialogue", "Go.")
    draft = read(f"<Paragraph><DualDialogue>{speech}</DualDialogue></Paragraph>")
    assert {each.side for each in draft.paragraphs} == {Side.NONE}


def test_notes_of_both_kinds_stay_with_their_paragraph() -> None:
    lines = "".join(f"<Paragraph><Text>{line}</Text></Paragraph>" for line in ("Near", "Omaha."))
    inside = f'<ScriptNote Name="geography">{lines}</ScriptNote>'
    assert one(p("Action", "A field.", inside=inside)).notes == ("geography: Near\nOmaha.",)
    ranged = (
        '<ScriptNotes><ScriptNote Range="8,11"><Paragraph><Text>on two</Text></Paragraph></ScriptNote>'
        '<ScriptNote Range="0,3"><Paragraph><Text>on one</Text></Paragraph></ScriptNote></ScriptNotes>'
    )
    draft = read(p("Action", "One.") + p("Action", "Two or three."), ranged)
    assert [each.notes for each in draft.paragraphs] == [("on one",), ("on two",)]


def test_ranged_notes_count_blocks_as_final_draft_does() -> None:
    speech = p("Character", "MARA") + p("Dialogue", "Yes.") + p("Character", "JON") + p("Dialogue", "No.")
    omitted = f"<OmittedScene>{p('Scene Heading', 'EXT. YARD - DAY')}</OmittedScene>"
    content = (
        p("Action", "Hum.")
        + f'<Paragraph Type="General"><DualDialogue>{speech}</DualDialogue></Paragraph>'
        + p("Scene Heading", "Omitted").replace("</Paragraph>", omitted + "</Paragraph>")
        + p("Action", "Go.")
    )
    notes = "".join(
        f'<ScriptNote Range="{at},{at + 1}"><Paragraph><Text>{words}</Text></Paragraph></ScriptNote>'
        for at, words in [(0, "first"), (8, "omitted"), (18, "last"), (99, "after the end")]
    )
    draft = read(content, f"<ScriptNotes>{notes}</ScriptNotes>")
    placed = {note: each.text for each in draft.paragraphs for note in each.notes}
    assert placed == {"first": "Hum.", "omitted": "Omitted", "last": "Go."}
    assert said(draft)[-1] == (K.NOTE, "after the end")


def test_a_note_on_an_empty_line_is_kept() -> None:
    inside = "<ScriptNote><Paragraph><Text>Alone</Text></Paragraph></ScriptNote>"
    assert said(read(p("Action", "", inside=inside))) == [(K.NOTE, "Alone")]


def test_the_title_and_summary_of_a_scene_are_its_synopsis() -> None:
    properties = (
        '<SceneProperties Length="2/8" Title="Opening image"><Summary><Paragraph><Text>Calm fields.</Text></Paragraph>'
        "<Paragraph><Text></Text></Paragraph><Paragraph><Text>In darkness.</Text></Paragraph></Summary>"
        '<SceneArcBeats><CharacterArcBeat Name="HENRY">He loses her.</CharacterArcBeat></SceneArcBeats></SceneProperties>'
    )
    draft = read(p("Scene Heading", "EXT. FARM - NIGHT", inside=properties) + p("Action", "Wheat."))
    assert said(draft) == [
        (K.SCENE_HEADING, "EXT. FARM - NIGHT"),
        (K.SYNOPSIS, "Opening image"),
        (K.SYNOPSIS, "Calm fields."),
        (K.SYNOPSIS, "In darkness."),
        (K.ACTION, "Wheat."),
    ]
    assert draft.paragraphs[0].notes == ("HENRY: He loses her.",)


def test_the_words_of_an_omitted_scene_are_kept_out_of_the_film() -> None:
    omitted = f"<OmittedScene>{SCENE}</OmittedScene>"
    content = p("Scene Heading", "OMITTED", 'Number="21"').replace("</Paragraph>", omitted + "</Paragraph>")
    draft = read(content + p("Scene Heading", "INT. HALL - DAY"))
    assert [kind for kind, _ in said(draft)] == [K.SCENE_HEADING, K.BONEYARD, K.SCENE_HEADING]
    held = draft_of(parse(draft.paragraphs[1].text)).paragraphs
    assert [each.text for each in held] == ["INT. LAB - DAY", "She waits.", "MARA (V.O.)", "beat", "Go.", "CUT TO:"]
    assert "1 omitted scene is kept" in draft.warnings[0]


def test_page_breaks_and_centered_lines_are_kept() -> None:
    content = p("Action", "One.") + p("Action", "THE END", 'Alignment="Center" StartsNewPage="Yes"')
    assert said(read(content)) == [(K.ACTION, "One."), (K.PAGE_BREAK, ""), (K.CENTERED, "THE END")]


def test_acts_shots_and_outlines_keep_their_words() -> None:
    content = (
        p("New Act", "ACT ONE")
        + p("Outline 2 (Sequences)", "The storm")
        + p("Summary", "She decides.")
        + p("Shot", "CLOSE ON THE LAMP")
        + p("Lyrics", "la la")
    )
    draft = read(content)
    assert said(draft) == [
        (K.CENTERED, "ACT ONE"),
        (K.SECTION, "The storm"),
        (K.SYNOPSIS, "She decides."),
        (K.ACTION, "CLOSE ON THE LAMP"),
        (K.LYRICS, "la la"),
    ]
    assert draft.paragraphs[1].depth == 2
    assert draft.losses == (Loss("act headings (kept as centered lines)", 1), Loss("shot headings (kept as action)", 1))


def test_types_of_somebodys_own_are_guessed_by_their_look() -> None:
    settings = (
        '<ElementSettings Type="Sluggy"><FontSpec Style=""/></ElementSettings>'
        '<ElementSettings Type="Voice"><FontSpec Style="AllCaps"/><ParagraphSpec LeftIndent="3.50"/></ElementSettings>'
        '<ElementSettings Type="Says"><FontSpec Style=""/><ParagraphSpec LeftIndent="2.50"/></ElementSettings>'
    )
    content = p("Sluggy", "INT. ATTIC - DAY") + p("Voice", "Radio") + p("Says", "Storm coming.") + p("Odd", "Wind.")
    draft = read(content, settings)
    assert said(draft) == [
        (K.SCENE_HEADING, "INT. ATTIC - DAY"),
        (K.CHARACTER, "RADIO"),
        (K.DIALOGUE, "Storm coming."),
        (K.ACTION, "Wind."),
    ]
    assert not any(each.certain for each in draft.paragraphs)
    assert "4 paragraphs was guessed" in draft.warnings[0]


def test_words_spoken_by_nobody_become_action_to_look_at() -> None:
    draft = read(p("Action", "Dark.") + p("Dialogue", "Who is there?") + p("Parenthetical", "(afraid)"))
    assert said(draft)[1:] == [(K.ACTION, "Who is there?"), (K.ACTION, "(afraid)")]
    assert [each.certain for each in draft.paragraphs] == [True, False, False]
    assert draft.warnings[0].startswith("2 spoken lines have no character above")


def test_what_cannot_be_kept_is_counted_in_the_words_of_people() -> None:
    runs = (
        '<Text RevisionID="3">new</Text><Text TagNumber="7">sword</Text><Text Color="#FFFF00000000">red</Text>'
        '<Text Style="Strikeout">gone</Text>'
    )
    content = (
        f'<Paragraph Type="Action" Number="4">{runs}</Paragraph>'
        + p("Scene Heading", "INT. A - DAY", inside='<SceneProperties Color="#00000000FFFF"/>')
        + p("Action", "FADE OUT.", 'Alignment="Right"')
    )
    draft = read(
        content, "<HeaderAndFooter><Header><Paragraph><Text>Blue rev.</Text></Paragraph></Header></HeaderAndFooter>"
    )
    assert draft.paragraphs[0].text == "newswordredgone"
    assert {loss.what: loss.count for loss in draft.losses} == {
        "numbers of lines that are not scene headings": 1,
        "revision marks": 1,
        "production tags": 1,
        "coloured words": 1,
        "struck-out words (kept as plain words)": 1,
        "scene colours": 1,
        "lines set to the right": 1,
        "page headers and footers": 1,
    }


TITLE = [
    ("THE LAST FERRY", "Center"),
    ("", "Center"),
    ("Written by", "Center"),
    ("", "Center"),
    ("Ada Brandt", "Center"),
    ("", "Center"),
    ("Based on the novel by Jo Lund", "Center"),
    ("", "Left"),
    ("Second draft, 12 May 2021", "Left"),
    ("ada@example.com", "Left"),
    ("(c) 2021 Ada Brandt", "Left"),
]


def test_a_title_page_without_keys_is_understood() -> None:
    lines = "".join(f'<Paragraph Alignment="{side}"><Text>{text}</Text></Paragraph>' for text, side in TITLE)
    draft = read(SCENE, f"<TitlePage><Content>{lines}</Content></TitlePage>")
    assert dict(draft.title_page) == {
        "Title": "THE LAST FERRY",
        "Credit": "Written by",
        "Author": "Ada Brandt",
        "Source": "Based on the novel by Jo Lund",
        "Draft date": "Second draft, 12 May 2021",
        "Contact": "ada@example.com",
        "Copyright": "(c) 2021 Ada Brandt",
    }


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_other_encodings_of_xml_are_read(encoding: str) -> None:
    text = document(p("Action", "Élodie")).decode().replace("UTF-8", encoding.removesuffix("-sig"))
    assert said(read_fdx(text.encode(encoding))) == [(K.ACTION, "Élodie")]


def test_the_fountain_of_a_document_says_the_same() -> None:
    content = (
        SCENE
        + p("Action", "INT. IS SHORT FOR INTERIOR")
        + p("Action", "* not a list *")
        + p("Character", "Henry")
        + p("Dialogue", "Pa!")
    )
    draft = read(content)
    again = draft_of(parse(fountain_of(draft)))
    assert said(again) == said(draft)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (document(SCENE)[:-40], "damaged: it cannot be read from line"),
        (b"<FinalDraft></FinalDraft>", "no script in it"),
        (b"<html><Content/></html>", "no script in it"),
        (b"", "damaged"),
    ],
)
def test_a_broken_document_is_refused_with_what_to_do(data: bytes, words: str) -> None:
    with pytest.raises(Invalid, match=words) as caught:
        read_fdx(data)
    assert caught.value.field == "script"
    assert "save it again" in caught.value.message.casefold()
