"""PDF files read: our own give back every element, others are understood by where their words stand."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from studio.core.errors import Invalid, LimitReached
from studio.scripts.elements import Emphasis, Kind, Side, Span
from studio.scripts.formats import pdf
from studio.scripts.formats.draft import Draft, Paragraph
from studio.scripts.formats.fountain_out import draft_of
from studio.scripts.formats.pdf import read_pdf
from studio.scripts.formats.pdf_out import pdf_of
from studio.scripts.fountain import parse

FIXTURES = Path(__file__).parent.parent / "fixtures"
SAMPLE = Path(__file__).parents[4] / "assets" / "samples" / "the-last-ferry.fountain"
LIGHTHOUSE = (FIXTURES / "lighthouse.fountain").read_text(encoding="utf-8")
UNPRINTED = {Kind.NOTE, Kind.BONEYARD, Kind.SECTION, Kind.SYNOPSIS}


def printed(draft: Draft) -> list[Paragraph]:
    """What a page shows of a draft."""
    return [replace(each, notes=(), place="", certain=True) for each in draft.paragraphs if each.kind not in UNPRINTED]


def invented(seed: int) -> str:
    """A script of some pages with everything in it that a page can show."""
    dice = random.Random(seed)
    nouns = [
        "the lamp",
        "a door",
        "his brother",
        "the harbour",
        "*nothing*",
        "**fire**",
        "_rain_",
        "Élodie",
        "рыбак",
        "snow",
    ]
    verbs = ["sees", "leaves", "breaks", "forgets", "carries", "wants", "hears"]

    def words(count: int) -> str:
        return " ".join(
            f"{dice.choice(('Mara', 'Ewan', 'she'))} {dice.choice(verbs)} {dice.choice(nouns)}." for _ in range(count)
        )

    parts = [f"Title: Script {seed}\nAuthor: Dice\n"]
    for scene in range(dice.randint(8, 14)):
        number = f" #{scene + 1}{dice.choice(['', 'A'])}#" if dice.random() < 0.7 else ""
        parts.append(f"INT. HALL {scene} - NIGHT{number}")
        for _ in range(dice.randint(2, 6)):
            shape = dice.randrange(9)
            cue = dice.choice(["MARA", "EWAN (V.O.)", "@McCoy", "THE OLD KEEPER"])
            if shape < 3:
                parts.append(words(dice.randint(1, 14)))
            elif shape < 6:
                parts.append(
                    f"{cue}\n({dice.choice(verbs)} quietly, then turns to the door)\n{words(dice.randint(1, 12))}"
                )
            elif shape == 6:
                parts.append(f"FINN\n{words(2)}\n\nMARA ^\n(low)\n{words(3)}")
            elif shape == 7:
                parts.append(
                    dice.choice(["CUT TO:", "> FADE OUT.", "> THE END <", ".THE DARK WATER", "===", "~la la\n~lo"])
                )
            else:
                parts.append(f"{cue}\n{words(1)}\n  \n{words(2)}\n(beat)\n{words(dice.randint(1, 20))}")
    return "\n\n".join(parts) + "\n"


SCRIPTS = {
    "the sample": lambda: SAMPLE.read_text(encoding="utf-8"),
    "the lighthouse": lambda: LIGHTHOUSE,
    **{f"invented {seed}": lambda seed=seed: invented(seed) for seed in range(10)},
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_our_own_export_read_back_gives_the_same_elements(name: str) -> None:
    screenplay = parse(SCRIPTS[name]())
    back = read_pdf(pdf_of(screenplay))
    wanted = printed(draft_of(screenplay))
    if wanted[-1].kind is Kind.PAGE_BREAK:
        wanted.pop()
    assert printed(back) == wanted
    assert all(each.certain for each in back.paragraphs)
    assert (back.format, back.losses, back.warnings) == ("pdf", (), ())


@pytest.mark.parametrize("text", ["漢字 ひらがな と 中文。", "한국어 대사", "😀 and 𝕏", "שלום", "e\u0301te\u0301"])
def test_letters_of_any_script_come_back_from_our_own_export(text: str) -> None:
    assert read_pdf(pdf_of(parse(f"!{text}\n"))).paragraphs[0].text == text


def test_the_title_page_comes_back() -> None:
    assert dict(read_pdf(pdf_of(parse(LIGHTHOUSE))).title_page) == {
        "Title": "The Last Lamp",
        "Credit": "Written by",
        "Author": "Inkreel",
        "Draft date": "2026-11-21",
        "Contact": "The Keeper's House\nNorth Point",
    }


def test_title_entries_keep_their_keys_whatever_they_are() -> None:
    entries = {
        "Title": "A Long Night",
        "Author": "Nobody",
        "Source": "a dream",
        "Éclairage": "bas",
        "Draft date": "May",
    }
    text = "".join(f"{key}: {value}\n" for key, value in entries.items())
    assert dict(read_pdf(pdf_of(parse(f"{text}\nRain.\n"))).title_page) == entries


# What other programs print

Line = tuple[float, float, str]
"""Inches from the left, lines from the top, words."""


def page(*pages: list[Line], font: str = "Courier", shift: float = 0.0) -> bytes:
    """A PDF with lines at places, as other programs print them."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=(612, 792), invariant=1)
    for lines in pages:
        for left, line, words in lines:
            style = font
            if words.startswith("<b>"):
                style, words = f"{font}-Bold", words[3:]
            if words.startswith("<i>"):
                style, words = f"{font}-Oblique", words[3:]
            canvas.setFont(style, 12)
            canvas.drawString((left + shift) * 72, 792 - 72 - 12 * line, words)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


ACTION, SPEECH, MANNER, CUE = 1.5, 2.5, 3.1, 3.7

FIRST: list[Line] = [
    (ACTION, 0, "FADE IN:"),
    (ACTION, 2, "INT. LIGHTHOUSE - LAMP ROOM - DAY"),
    (ACTION, 4, "The great lens stands cold. Beside it, on the floor, an old"),
    (ACTION, 5, "man with a beard."),
    (CUE, 7, "EWAN"),
    (MANNER, 8, "(to himself, with a"),
    (MANNER + 0.1, 9, "long look)"),
    (SPEECH, 10, "The oil is gone. All of it is"),
    (SPEECH, 11, "gone since last night."),
    (CUE, 13, "MARA (O.S.)"),
    (SPEECH, 14, "Father?"),
    (6.0, 16, "CUT TO:"),
    (ACTION, 18, "EXT. SEA - NIGHT"),
    (ACTION, 20, "Waves."),
    (3.6, 22, "THE LAMP IS LIT"),
]


def kinds(draft: Draft) -> list[tuple[str, str]]:
    return [(str(each.kind), each.text) for each in draft.paragraphs]


@pytest.mark.parametrize("shift", [0.0, -0.3, 0.25])
def test_columns_give_the_types_wherever_the_margins_are(shift: float) -> None:
    assert kinds(read_pdf(page(FIRST, shift=shift))) == [
        ("action", "FADE IN:"),
        ("scene_heading", "INT. LIGHTHOUSE - LAMP ROOM - DAY"),
        ("action", "The great lens stands cold. Beside it, on the floor, an old man with a beard."),
        ("character", "EWAN"),
        ("parenthetical", "to himself, with a long look"),
        ("dialogue", "The oil is gone. All of it is gone since last night."),
        ("character", "MARA (O.S.)"),
        ("dialogue", "Father?"),
        ("transition", "CUT TO:"),
        ("scene_heading", "EXT. SEA - NIGHT"),
        ("action", "Waves."),
        ("centered", "THE LAMP IS LIT"),
    ]


def test_a_speech_over_a_page_break_is_one_speech() -> None:
    first = [
        *FIRST,
        (CUE, 50, "EWAN"),
        (SPEECH, 51, "I kept it alight for forty"),
        (SPEECH, 52, "years and"),
        (CUE, 53, "(MORE)"),
    ]
    second = [
        (7.2, -3, "2."),
        (CUE, 0, "EWAN (CONT'D)"),
        (SPEECH, 1, "never once did it go out."),
        (CUE, 3, "MARA"),
        (SPEECH, 4, "I know."),
    ]
    assert kinds(read_pdf(page(first, second)))[-4:] == [
        ("character", "EWAN"),
        ("dialogue", "I kept it alight for forty years and never once did it go out."),
        ("character", "MARA"),
        ("dialogue", "I know."),
    ]


def test_action_over_a_page_break_is_one_paragraph_only_when_its_sentence_goes_on() -> None:
    first = [*FIRST, (ACTION, 53, "She takes the lamp and carries it up to the very top of")]
    second = [(ACTION, 0, "the tower."), (ACTION, 2, "Rain.")]
    assert kinds(read_pdf(page(first, second)))[-2:] == [
        ("action", "She takes the lamp and carries it up to the very top of the tower."),
        ("action", "Rain."),
    ]
    first = [*FIRST, (ACTION, 53, "She takes the lamp.")]
    assert kinds(read_pdf(page(first, second)))[-3:-1] == [("action", "She takes the lamp."), ("action", "the tower.")]


def numbered(number: int, body: list[Line]) -> list[Line]:
    head: list[Line] = [(1.5, -3, "THE LAMP - Blue Rev. 3/4/2026"), (7.2, -3, f"{number}.")]
    return [*head, (1.5, 0, "CONTINUED: (2)"), *body, (6.2, 56, "(CONTINUED)")]


def test_what_stands_around_the_script_is_dropped_and_counted() -> None:
    body: list[Line] = [
        (0.7, 2, "12A"),
        (ACTION, 2, "INT. HALL - DAY"),
        (7.6, 2, "12A"),
        (ACTION, 4, "A door opens."),
        (7.9, 4, "*"),
        (CUE, 6, "MARA"),
        (SPEECH, 7, "Who is there?"),
    ]
    draft = read_pdf(page(*[numbered(at, body) for at in range(2, 5)]))
    assert [(each.kind, each.text, each.number) for each in draft.paragraphs] == [
        (Kind.SCENE_HEADING, "INT. HALL - DAY", "12A"),
        (Kind.ACTION, "A door opens.", ""),
        (Kind.CHARACTER, "MARA", ""),
        (Kind.DIALOGUE, "Who is there?", ""),
    ] * 3
    assert {loss.what: loss.count for loss in draft.losses} == {
        "headers and footers of pages": 3,
        "revision marks in the margin": 3,
    }
    assert [each.place for each in draft.paragraphs[::4]] == ["page 1", "page 2", "page 3"]


def test_two_columns_are_a_dual_dialogue() -> None:
    lines: list[Line] = [
        *FIRST,
        (2.5, 30, "FINN"),
        (5.6, 30, "MARA"),
        (1.5, 31, "One, two. One, two. I row"),
        (5.0, 31, "(low)"),
        (1.5, 32, "and I row."),
        (4.6, 32, "Turn back!"),
        (ACTION, 34, "He rows."),
    ]
    assert [(each.side, str(each.kind), each.text) for each in read_pdf(page(lines)).paragraphs[-6:]] == [
        (Side.LEFT, "character", "FINN"),
        (Side.LEFT, "dialogue", "One, two. One, two. I row and I row."),
        (Side.RIGHT, "character", "MARA"),
        (Side.RIGHT, "parenthetical", "low"),
        (Side.RIGHT, "dialogue", "Turn back!"),
        (Side.NONE, "action", "He rows."),
    ]


def test_emphasis_comes_from_the_font_and_the_line_below() -> None:
    out = BytesIO()
    canvas = Canvas(out)
    for at, (font, words) in enumerate(
        [("Courier", "INT. A"), ("Courier-Bold", "Loud."), ("Courier-Oblique", "Soft.")]
    ):
        canvas.setFont(font, 12)
        canvas.drawString(108, 700 - 24 * at, words)
    canvas.setFont("Courier", 12)
    canvas.drawString(108, 628, "Now or never.")
    canvas.rect(108, 625.5, 21.6, 0.8, stroke=0, fill=1)
    canvas.save()
    assert [each.spans for each in read_pdf(out.getvalue()).paragraphs[1:]] == [
        (Span(Emphasis.BOLD, 0, 5),),
        (Span(Emphasis.ITALIC, 0, 5),),
        (Span(Emphasis.UNDERLINE, 0, 3),),
    ]


def test_a_watermark_across_the_page_is_no_line_of_it() -> None:
    out = BytesIO()
    canvas = Canvas(out)
    canvas.setFont("Courier", 12)
    canvas.drawString(108, 700, "INT. A - DAY")
    canvas.drawString(108, 676, "Rain.")
    canvas.rotate(45)
    canvas.drawString(300, 300, "SECRET")
    canvas.save()
    draft = read_pdf(out.getvalue())
    assert kinds(draft) == [("scene_heading", "INT. A - DAY"), ("action", "Rain.")]
    assert [(loss.what, loss.count) for loss in draft.losses] == [("letters set at an angle (a watermark)", 6)]


def test_doubtful_lines_are_marked_for_a_person_to_look_at() -> None:
    draft = read_pdf(page([*FIRST, (5.2, 30, "somewhere in between")]))
    assert [each.text for each in draft.paragraphs if not each.certain] == ["somewhere in between"]
    assert "guessed" in draft.warnings[0]


def test_a_page_of_prose_says_that_it_has_no_scenes() -> None:
    draft = read_pdf(page([(1, line, "It was a dark and stormy night, and nobody slept.") for line in range(9)]))
    assert "No scene headings" in draft.warnings[0]


# Bad input


def locked(user: str) -> bytes:
    out = BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption(user, "owner", canPrint=0))
    canvas.drawString(108, 700, "INT. HALL - DAY")
    canvas.drawString(108, 660, "A door opens and closes.")
    canvas.save()
    return out.getvalue()


def scanned() -> bytes:
    picture = BytesIO()
    Image.new("L", (60, 80), 200).save(picture, "PNG")
    picture.seek(0)
    out = BytesIO()
    canvas = Canvas(out)
    canvas.drawImage(ImageReader(picture), 0, 0, 600, 800)
    canvas.save()
    return out.getvalue()


def empty() -> bytes:
    out = BytesIO()
    canvas = Canvas(out)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "locked": (lambda: locked("secret"), "locked with a password"),
    "scanned": (scanned, r"picture of a script.*\(OCR\)"),
    "without a word": (empty, "holds no text"),
    "cut in half": (lambda: pdf_of(parse(LIGHTHOUSE))[:20_000], "cut off"),
    "cut at the end": (lambda: pdf_of(parse(LIGHTHOUSE))[:-40], "cut off"),
    "no PDF at all": (lambda: b"%PDF-1.7\nwords\n%%EOF", "damaged"),
    "nothing": (lambda: b"", "cut off"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_cannot_be_read_says_why_and_what_to_do(name: str) -> None:
    made, sentence = BAD[name]
    with pytest.raises(Invalid, match=sentence) as told:
        read_pdf(made())
    assert told.value.field == "script"


def test_a_file_that_only_must_not_be_printed_is_read() -> None:
    assert kinds(read_pdf(locked(""))) == [("scene_heading", "INT. HALL - DAY"), ("action", "A door opens and closes.")]


def test_more_pages_than_any_script_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_PAGES", 2)
    with pytest.raises(LimitReached, match="3 pages; the most is 2"):
        read_pdf(page(FIRST, FIRST, FIRST))


@pytest.mark.parametrize("seed", range(30))
def test_a_damaged_file_is_read_or_refused_and_nothing_else(seed: int) -> None:
    dice = random.Random(seed)
    data = bytearray(pdf_of(parse(LIGHTHOUSE)))
    for _ in range(60):
        data[dice.randrange(len(data) - 40)] = dice.randrange(256)
    try:
        read_pdf(bytes(data))
    except Invalid as told:
        assert told.field == "script"
