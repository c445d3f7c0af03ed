"""The five bands of the front page, each with one true picture of what it says."""

from __future__ import annotations

import reflex as rx

from components.landing.pictures import board_wall, cut_lanes, kept_cards, lined_page, player


def bands() -> rx.Component:
    """Write, board, cut, watch, keep."""
    return rx.fragment(_write(), _board(), _cut(), _watch(), _keep())


def _write() -> rx.Component:
    kinds = [rx.el.li(k, class_name="tag mono") for k in (".fountain", ".txt", ".md", "pasted")]
    return _band(
        "1",
        rx.el.div(
            _title("INT. BLANK PAGE - NIGHT", "Write", "narrow"),
            rx.el.p(
                "Write in Fountain, the screenplay you can type anywhere, or in plain text. Bring the file or paste "
                "the words: scenes, people and places are found as a script supervisor would find them, and the "
                "export gives back every byte that came in."
            ),
            rx.el.ul(*kinds, class_name="row wrap kinds", custom_attrs={"aria-label": "What it reads"}),
            class_name="tx",
        ),
        lined_page(),
        look="two",
        name="write",
    )


def _board() -> rx.Component:
    return _band(
        "2",
        _headed(
            "INT. A WALL OF DRAWINGS - DAY",
            "Board",
            "",
            "Scenes become shots by the rules an editor cuts by, shots become panels that obey the real lens, angle "
            "and light. Mara looks the same in every panel, because she is the same Mara.",
        ),
        board_wall(),
        ground="ye",
        name="board",
    )


def _cut() -> rx.Component:
    return _band(
        "3",
        _headed(
            "INT. DARK ROOM - CONTINUOUS",
            "Cut",
            "wide",
            "The film cuts itself to the voices. Every line is spoken, every shot lasts as long as its words need, "
            "the camera moves, the words are captioned, and the music is composed to the length of the scenes.",
        ),
        cut_lanes(),
        ground="rm",
        name="cut",
    )


def _watch() -> rx.Component:
    return _band(
        "4",
        rx.el.div(
            _title("INT. FRONT ROW - LATER", "Watch", "narrower"),
            rx.el.p(
                "Press one button and see it being made: the share that is done, the time that is left, every piece "
                "as it lands. Then it plays right there, with a chapter for each scene and your own lines as "
                "captions."
            ),
            class_name="tx",
        ),
        player(),
        look="two",
        ground="bl",
        name="watch",
    )


def _keep() -> rx.Component:
    return _band(
        "5",
        _headed(
            "EXT. EVERYWHERE - DAWN",
            "Keep",
            "wide",
            "One film in one file that plays almost anywhere: picture, sound, captions you can switch on, chapters "
            "you can jump to. Take it with you. No watermark, no account anywhere else, no meter running.",
        ),
        kept_cards(),
        ground="or",
        name="keep",
    )


def _band(number: str, *content: rx.Component, name: str, look: str = "", ground: str = "") -> rx.Component:
    rope = rx.el.div(rx.el.div(number, class_name="nn"), class_name="th", custom_attrs={"aria-hidden": "true"})
    return rx.el.section(
        rope,
        rx.el.div(*content, class_name=f"bd {look}".strip()),
        id=name,
        class_name=f"sc ground {ground}" if ground else "sc",
    )


def _title(slug: str, verb: str, width: str) -> rx.Component:
    return rx.el.div(rx.el.p(slug, class_name="slug scr"), rx.el.h2(verb, class_name=width))


def _headed(slug: str, verb: str, width: str, words: str) -> rx.Component:
    return rx.el.div(_title(slug, verb, width), rx.el.p(words, class_name="lede"), class_name="headed")
