"""Every part of the Fountain syntax: what kind a line is and what it says."""

from itertools import pairwise
from pathlib import Path

import pytest

from studio.scripts.fountain import Element, Kind, Screenplay, Side, parse, source_offset, written

FIXTURES = Path(__file__).parent / "fixtures"


def parsed(text: str) -> Screenplay:
    """Parse, and check what must hold for every text."""
    screenplay = parse(text)
    assert written(screenplay) == text
    ends = [0, *(element.end for element in screenplay.elements)]
    assert [element.start for element in screenplay.elements] == ends[:-1]
    assert all(element.start < element.end for element in screenplay.elements)
    for element in screenplay.elements:
        places = [source_offset(element, index) for index in range(len(element.text))]
        assert all(left < right for left, right in pairwise(places))
        for letter, place in zip(element.text, places, strict=True):
            assert element.start <= place < element.end
            assert letter == text[place] or (letter == "\n" and text[place] in "\r\n[/")
    return screenplay


def parts(text: str) -> list[tuple[str, str]]:
    return [(each.kind.value, each.text) for each in parsed(text).elements if each.kind is not Kind.BLANK]


def one(text: str, kind: Kind) -> Element:
    found = [element for element in parsed(text).elements if element.kind is kind]
    assert len(found) == 1
    return found[0]


CORPUS = {
    "heading": ("INT. HOUSE - DAY\n\nText.", [("scene_heading", "INT. HOUSE - DAY"), ("action", "Text.")]),
    "heading in small letters": ("\next. beach - night\n", [("scene_heading", "ext. beach - night")]),
    "heading est": ("EST. CITY\n", [("scene_heading", "EST. CITY")]),
    "heading both": ("INT./EXT. CAR - DAY\n", [("scene_heading", "INT./EXT. CAR - DAY")]),
    "heading both bare": ("INT/EXT CAR\n", [("scene_heading", "INT/EXT CAR")]),
    "heading i/e": ("I/E. CAR\n", [("scene_heading", "I/E. CAR")]),
    "heading indented": ("\t  INT. HOUSE\t\n", [("scene_heading", "INT. HOUSE")]),
    "heading russian": ("ИНТ. КУХНЯ - НОЧЬ\n", [("scene_heading", "ИНТ. КУХНЯ - НОЧЬ")]),
    "heading without a blank line": (
        "He goes.\nINT. B - DAY\nText.",
        [("action", "He goes."), ("scene_heading", "INT. B - DAY"), ("action", "Text.")],
    ),
    "prose that begins like a heading within a paragraph": (
        "He goes.\nInt. he said.",
        [("action", "He goes.\nInt. he said.")],
    ),
    "interior is a word": ("Interior design.\n", [("action", "Interior design.")]),
    "forced heading": (".SNIPER SCOPE\n", [("scene_heading", "SNIPER SCOPE")]),
    "ellipsis is no heading": ("...and then.\n", [("action", "...and then.")]),
    "a calibre within a paragraph": ("He lifts a\n.45 pistol.", [("action", "He lifts a\n.45 pistol.")]),
    "scene number": ("INT. HOUSE - DAY #110A#\n", [("scene_heading", "INT. HOUSE - DAY")]),
    "action keeps its lines": ("One.\nTwo.\n\nThree.", [("action", "One.\nTwo."), ("action", "Three.")]),
    "action loses its common indent": ("    One.\n      Two.", [("action", "One.\n  Two.")]),
    "forced action": ("!MARA\nSits.", [("action", "MARA\nSits.")]),
    "forced action ends a speech": (
        "MARA\nHi.\n!She waves.",
        [("character", "MARA"), ("dialogue", "Hi."), ("action", "She waves.")],
    ),
    "cue": ("MARA\nHi.", [("character", "MARA"), ("dialogue", "Hi.")]),
    "cue with digits": ("R2D2\nBeep.", [("character", "R2D2"), ("dialogue", "Beep.")]),
    "digits alone are no cue": ("23\nBeep.", [("action", "23\nBeep.")]),
    "cue with accents": ("ÉLODIE\nOui.", [("character", "ÉLODIE"), ("dialogue", "Oui.")]),
    "cue in Cyrillic": ("МАРИЯ\nДа.", [("character", "МАРИЯ"), ("dialogue", "Да.")]),
    "cue extension": ("HANS (on the radio)\nWas?", [("character", "HANS (on the radio)"), ("dialogue", "Was?")]),
    "cue indented": ("\t\tMARA\n\tHi.", [("character", "MARA"), ("dialogue", "Hi.")]),
    "cue needs words below": ("MARA\n\nHi.", [("action", "MARA"), ("action", "Hi.")]),
    "cue needs a blank line above": ("Door.\nMARA\nHi.", [("action", "Door.\nMARA\nHi.")]),
    "cue at the end": ("MARA", [("action", "MARA")]),
    "camera directions are no cues": (
        "CLOSE ON MARA\nHer eyes.\n\nINSERT - PHONE\nA text.",
        [("action", "CLOSE ON MARA\nHer eyes."), ("action", "INSERT - PHONE\nA text.")],
    ),
    "forced cue": ("@McCLANE\nYippie.", [("character", "McCLANE"), ("dialogue", "Yippie.")]),
    "caseless letters are no cue": ("张三\n你好", [("action", "张三\n你好")]),
    "forced caseless cue": ("@张三\n你好", [("character", "张三"), ("dialogue", "你好")]),
    "parenthetical": (
        "MARA\n(softly)\nHi.\n(beat)\nTom.",
        [
            ("character", "MARA"),
            ("parenthetical", "softly"),
            ("dialogue", "Hi."),
            ("parenthetical", "beat"),
            ("dialogue", "Tom."),
        ],
    ),
    "parenthetical over lines": (
        "MARA\n(softly,\n to Tom)\nHi.",
        [("character", "MARA"), ("parenthetical", "softly,\nto Tom"), ("dialogue", "Hi.")],
    ),
    "brackets within a speech": (
        "MARA\n(a) or (b)\n(never closed",
        [("character", "MARA"), ("dialogue", "(a) or (b)\n(never closed")],
    ),
    "brackets outside a speech": ("(a thought)", [("action", "(a thought)")]),
    "two spaces keep a speech": (
        "MARA\nOne.\n  \nTwo.\n\nOut.",
        [("character", "MARA"), ("dialogue", "One.\n\nTwo."), ("action", "Out.")],
    ),
    "one space ends a speech": (
        "MARA\nOne.\n \nTwo.",
        [("character", "MARA"), ("dialogue", "One."), ("action", "Two.")],
    ),
    "dual dialogue": (
        "MARA\nHi.\n\nTOM ^\nHo.",
        [("character", "MARA"), ("dialogue", "Hi."), ("character", "TOM"), ("dialogue", "Ho.")],
    ),
    "lyrics": ("~La la\n~li\n", [("lyrics", "La la\nli")]),
    "lyrics sung": ("MARA\n~La la\nSpoken.", [("character", "MARA"), ("lyrics", "La la"), ("dialogue", "Spoken.")]),
    "transition": ("Out.\n\nCUT TO:\n\nIn.", [("action", "Out."), ("transition", "CUT TO:"), ("action", "In.")]),
    "two spaces after cut to": ("CUT TO:  \n\nIn.", [("action", "CUT TO:"), ("action", "In.")]),
    "transition accented": ("FONDU À TO:\n", [("transition", "FONDU À TO:")]),
    "cut to within a paragraph": ("He thinks\nCUT TO:\nand laughs.", [("action", "He thinks\nCUT TO:\nand laughs.")]),
    "cut to under a speech": (
        "MARA\nHi.\nCUT TO:\n\nIn.",
        [("character", "MARA"), ("dialogue", "Hi."), ("transition", "CUT TO:"), ("action", "In.")],
    ),
    "forced transition": ("> Burn to white.\n", [("transition", "Burn to white.")]),
    "centred": ("> THE END <\n>so<", [("centered", "THE END"), ("centered", "so")]),
    "page break": (
        "One.\n\n===\n\n=====\nTwo.",
        [("action", "One."), ("page_break", ""), ("page_break", ""), ("action", "Two.")],
    ),
    "section": ("# Act\n\n## Sequence\n### Scene", [("section", "Act"), ("section", "Sequence"), ("section", "Scene")]),
    "a number sign within a speech": (
        "MARA\nYou are my\n#1 fan.",
        [("character", "MARA"), ("dialogue", "You are my\n#1 fan.")],
    ),
    "synopsis": ("= They meet.\n", [("synopsis", "They meet.")]),
    "section, synopsis and heading without blank lines": (
        "# Act\n= They meet.\nINT. A\n= Here.\nText.",
        [
            ("section", "Act"),
            ("synopsis", "They meet."),
            ("scene_heading", "INT. A"),
            ("synopsis", "Here."),
            ("action", "Text."),
        ],
    ),
    "note alone": ("[[Check this.]]\n", [("note", "Check this.")]),
    "note inline": ("He runs[[why?]] away.", [("action", "He runs away.")]),
    "note over lines": ("He [[one\n  \ntwo]] runs.", [("action", "He  runs.")]),
    "note across an empty line is none": (
        "He [[one\n\ntwo]] runs.",
        [("action", "He [[one"), ("action", "two]] runs.")],
    ),
    "note unclosed": ("He [[runs.", [("action", "He [[runs.")]),
    "note within a speech": (
        "MARA\nOne.\n[[louder]]\nTwo.",
        [("character", "MARA"), ("dialogue", "One."), ("note", "louder"), ("dialogue", "Two.")],
    ),
    "note in a heading": ("INT. A - DAY [[where?]] #3#\n", [("scene_heading", "INT. A - DAY")]),
    "note under a cue": ("MARA\n[[louder]]\nTwo.", [("character", "MARA"), ("note", "louder"), ("dialogue", "Two.")]),
    "boneyard": (
        "One.\n\n/* INT. B\n\ngone */\n\nTwo.",
        [("action", "One."), ("boneyard", "INT. B\n\ngone"), ("action", "Two.")],
    ),
    "boneyard inline": ("One /* gone */two.", [("action", "One two.")]),
    "boneyard across elements": (
        "One /* gone.\n\nINT. B - DAY\n\nMARA\nno */ two.\n\nINT. C",
        [("action", "One  two."), ("scene_heading", "INT. C")],
    ),
    "boneyard unclosed hides nothing": (
        "One /* two.\n\nINT. B",
        [("action", "One /* two."), ("scene_heading", "INT. B")],
    ),
    "boneyard within a note": ("One [[a /* ]] */ b]] two.", [("action", "One  two.")]),
    "note within a boneyard": ("One /* [[ */ two ]].", [("action", "One  two ]].")]),
    "boneyard over a line of speech": (
        "MARA\n/* One. */\nTwo.",
        [("character", "MARA"), ("boneyard", "One."), ("dialogue", "Two.")],
    ),
    "title page": ("Title: My Film\nAuthor: Me\n\nText.", [("title", "My Film"), ("title", "Me"), ("action", "Text.")]),
    "title page over lines": (
        "Title:\n\t_**BRICK**_\n    STEEL\nAuthor: Me\n\nText.",
        [("title", "BRICK\nSTEEL"), ("title", "Me"), ("action", "Text.")],
    ),
    "fade in is no title page": ("FADE IN:\n\nText.", [("action", "FADE IN:"), ("action", "Text.")]),
    "a talk is no title page": ("Mara: Hello.\nTom: Hi.", [("action", "Mara: Hello.\nTom: Hi.")]),
    "title page ends at a heading": (
        "Title: A\nINT. HOUSE - DAY\n",
        [("title", "A"), ("scene_heading", "INT. HOUSE - DAY")],
    ),
    "CRLF": (
        "INT. A\r\n\r\nMARA\r\n(x)\r\nOne.\r\nTwo.\r\n",
        [("scene_heading", "INT. A"), ("character", "MARA"), ("parenthetical", "x"), ("dialogue", "One.\nTwo.")],
    ),
    "CR": (
        "INT. A\r\rMARA\rOne.\rTwo.",
        [("scene_heading", "INT. A"), ("character", "MARA"), ("dialogue", "One.\nTwo.")],
    ),
    "no blank line at the end": ("INT. A", [("scene_heading", "INT. A")]),
    "nothing": ("", []),
}


@pytest.mark.parametrize("name", CORPUS)
def test_the_corpus_reads_as_the_syntax_says(name: str) -> None:
    text, expected = CORPUS[name]
    assert parts(text) == expected


def test_a_scene_number_is_kept_apart_from_the_heading() -> None:
    assert one("INT. HOUSE - DAY - 1st floor #I-1-A.#", Kind.SCENE_HEADING).number == "I-1-A."
    assert one("INT. ROOM #5 - DAY", Kind.SCENE_HEADING).text == "INT. ROOM #5 - DAY"
    assert one(".ROOF #7#", Kind.SCENE_HEADING).number == "7"


def test_what_is_forced_says_so() -> None:
    assert one(".ROOF", Kind.SCENE_HEADING).forced
    assert one("@Mara\nHi.", Kind.CHARACTER).forced
    assert one("!MARA\nHi.", Kind.ACTION).forced
    assert one("> Out.", Kind.TRANSITION).forced
    assert not one("CUT TO:\n", Kind.TRANSITION).forced


def test_a_cue_gives_its_name_and_extensions() -> None:
    cue = one("MARA  KELL (V.O.) (CONT'D) ^\nHi.", Kind.CHARACTER)
    assert (cue.name, cue.extensions) == ("MARA KELL", ("V.O.", "CONT'D"))


def test_both_columns_of_a_dual_dialogue_are_marked() -> None:
    elements = parsed("MARA\n(x)\nHi.\n\nTOM^\nHo.\n\nIDA\nHm.").elements
    sides = [element.side for element in elements if element.kind is not Kind.BLANK]
    assert sides == [Side.LEFT] * 3 + [Side.RIGHT] * 2 + [Side.NONE] * 2


def test_a_caret_without_a_dialogue_before_it_is_an_ordinary_cue() -> None:
    assert one("Door.\n\nTOM ^\nHo.", Kind.CHARACTER).side is Side.NONE


def test_sections_have_their_depth_and_title_entries_their_key() -> None:
    assert one("### Beat", Kind.SECTION).depth == 3
    assert one("Draft Date: today\n", Kind.TITLE).key == "Draft Date"


@pytest.mark.parametrize(
    ("markup", "text", "spans"),
    [
        ("a *b* c", "a b c", [("italic", "b")]),
        ("a **b c** d", "a b c d", [("bold", "b c")]),
        ("***b***", "b", [("bold", "b"), ("italic", "b")]),
        ("_u *i* u_", "u i u", [("underline", "u i u"), ("italic", "i")]),
        ("**b *bi***", "b bi", [("bold", "b bi"), ("italic", "bi")]),
        (r"\*a\* \_b\_", "*a* _b_", []),
        (r"*a\*b*", "a*b", [("italic", "a*b")]),
        ("5 * 3 * 2", "5 * 3 * 2", []),
        ("*open", "*open", []),
        ("a* b *c d*", "a* b c d", [("italic", "c d")]),
        ("my_file_name.txt", "my_file_name.txt", []),
        ("____ and ****", "____ and ****", []),
        ("*one\ntwo*", "*one\ntwo*", []),
        ("**a[[n]]b** c", "ab c", [("bold", "ab")]),
        ("C:\\dir", "C:\\dir", []),
    ],
)
def test_emphasis_becomes_spans_over_plain_text(markup: str, text: str, spans: list[tuple[str, str]]) -> None:
    action = one("!" + markup, Kind.ACTION)
    assert action.text == text
    assert [(span.emphasis.value, text[span.start : span.end]) for span in action.spans] == spans


def test_every_word_of_a_marked_up_text_leads_to_its_place_in_the_source() -> None:
    text = "MARA\r\n[[x]]I *told* you [[twice]] that **we\r\nwould** /* never\r\n\r\n*/ go.\r\n"
    speech = one(text, Kind.DIALOGUE)
    for word in ("told", "you", "that", "we", "would", "go."):
        at = source_offset(speech, speech.text.index(word))
        assert text[at : at + len(word)] == word


def test_the_end_of_a_text_leads_past_its_last_letter() -> None:
    text = "He **runs** [[x]]\n"
    action = one(text, Kind.ACTION)
    assert source_offset(action, len(action.text)) == text.index("runs") + 4
    assert source_offset(action, 10**9) == text.index("runs") + 4


def test_notes_are_kept_with_their_place() -> None:
    text = "He runs [[ why? ]] away [[so]].\n"
    notes = one(text, Kind.ACTION).notes
    assert [(note.text, text[note.start : note.end]) for note in notes] == [("why?", "[[ why? ]]"), ("so", "[[so]]")]


def test_the_title_page_is_read_by_key() -> None:
    screenplay = parsed("Title: A\nDraft date: B\n\nText.")
    assert (screenplay.title_value("title"), screenplay.title_value("draft date"), screenplay.title_value("x")) == (
        "A",
        "B",
        "",
    )


@pytest.mark.parametrize("name", ["lighthouse.fountain", "plain.txt", "sloppy.txt"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_whole_scripts_read_alike_with_every_line_end(name: str, end: str) -> None:
    text = (FIXTURES / name).read_text(encoding="utf-8")
    assert parts(text) == [(kind, words.replace(end, "\n")) for kind, words in parts(text.replace("\n", end))]


def test_a_sloppy_script_loses_no_scene_and_no_speech() -> None:
    found = parts((FIXTURES / "sloppy.txt").read_text(encoding="utf-8"))
    assert [words for kind, words in found if kind == "scene_heading"] == [
        "INT. KITCHEN - MORNING",
        "EXT. STREET - DAY",
    ]
    assert [words for kind, words in found if kind == "character"] == ["TOM", "ÉLODIE (O.S.)", "TOM", "МАРИЯ", "ÉLODIE"]
    assert [words for kind, words in found if kind == "dialogue"] == [
        "You are up early.", "I never slept.", "Again?", "Доброе утро!", "Morning.",
    ]  # fmt: skip
    assert "transition" not in {kind for kind, _ in found}


@pytest.mark.parametrize(
    "line", ["**INT. HALL - DAY**", "_EXT. SEA - NIGHT_", '."HOME MOVIES" - 1987', ".(DREAM)", ".5 HOURS LATER"]
)
def test_a_heading_may_be_emphasised_or_forced_before_any_sign(line: str) -> None:
    (heading,) = parse(f"{line}\n").elements
    assert (heading.kind, heading.text) == (Kind.SCENE_HEADING, line.strip("*_").removeprefix("."))


@pytest.mark.parametrize("line", ["... and then", ". five", "."])
def test_full_stops_alone_force_no_heading(line: str) -> None:
    assert parse(f"{line}\n").elements[0].kind is Kind.ACTION


@pytest.mark.parametrize(
    "line", ["~la", "!No", "> away", "= so", "# one", "(beat)", "INT. HOUSE - DAY", "CUT TO:", "\\x"]
)
def test_a_backslash_keeps_a_spoken_line_spoken(line: str) -> None:
    cue, speech = parse(f"MARA\nHello\n\\{line}\n").elements
    assert (cue.kind, speech.kind, speech.text) == (Kind.CHARACTER, Kind.DIALOGUE, f"Hello\n{line}")
    assert source_offset(speech, 6) == 12


@pytest.mark.parametrize("line", ["\\n is a new line", "\\(x\\) is a sum", "C:\\>"])
def test_any_other_backslash_is_a_letter(line: str) -> None:
    assert parse(f"MARA\n{line}\n").elements[1].text == line
