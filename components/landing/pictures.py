"""The pictures of the five bands, all of one real film: its lined script, its wall, its lanes, its player, its files."""

from __future__ import annotations

import reflex as rx

from components.landing.sample import CAFE, DRAWINGS, FPS, FRAMES, PIER, SCENES, Shot, timecode
from components.ui.icon import icon

_LANE_SHOTS = PIER[3:]
_FROM, _TO = _LANE_SHOTS[0].start, _LANE_SHOTS[-1].end
_HEAD = 716
_VOICES = ((462, 72), (540, 65), (626, 49), (696, 68), (892, 48))
_WORDS = (
    (452, 88, "Is this the last one?"),
    (540, 76, "It was."),
    (616, 70, "I have to be on the island."),
    (686, 129, "Everybody has to be somewhere tonight."),
    (882, 69, "Where did you get this?"),
)
"""Start and frames of each line in the lanes."""

_PAGE = (
    ("hd", "EXT. HARBOUR PIER - DUSK", ""),
    ("ac", "A small ferry rocks against the pier. Lamps come on along the water.", "1A"),
    ("ac", "BEN, 30, a red jacket, a bag in his hand, runs down the pier.", "1D"),
    ("ch", "BEN", "1E"),
    ("di", "Wait! Please! Is this the last one?", "1E"),
    ("ch", "MARA", "1E"),
    ("di", "It was. I'm closed.", "1E"),
    ("ch", "BEN", "1F"),
    ("di", "I have to be on the island tonight.", "1F"),
    ("ch", "MARA", "1G"),
    ("di", "Everybody has to be somewhere tonight.", "1G"),
    ("ac", "Ben holds out a ticket.", "1G"),
    ("ac", "The ticket says: one way, thirty years ago.", "1H"),
)
"""Kind, words, and the shot that covers them."""


def lined_page() -> rx.Component:
    """A page of the sample script, lined: one line down the margin for each shot, as long as what it covers."""
    rows = [rx.el.p(words, class_name=kind, style={"gridRow": str(i + 2)}) for i, (kind, words, _) in enumerate(_PAGE)]
    covers: dict[str, list[int]] = {}
    for i, (_, _, shot) in enumerate(_PAGE):
        if shot:
            covers.setdefault(shot, []).append(i + 2)
    lines = [
        rx.el.span(
            rx.el.b(shot),
            class_name="line odd" if n % 2 else "line",
            style={"gridRow": f"{at[0]} / {at[-1] + 1}", "gridColumn": str(2 + n % 3)},
        )
        for n, (shot, at) in enumerate(covers.items())
    ]
    return rx.el.div(
        rx.el.p(rx.el.b("THE LAST FERRY"), rx.el.span("1."), class_name="row between tp"),
        *rows,
        *lines,
        class_name="page scr",
        custom_attrs={
            "role": "img",
            "aria-label": "A page of the sample script, with a line for every shot that covers it",
        },
    )


def board_wall() -> rx.Component:
    """Eight panels of the second scene."""
    return rx.el.ul(*[_panel(s) for s in CAFE], class_name="board")


def _panel(shot: Shot) -> rx.Component:
    return rx.el.li(
        _picture(shot.picture, shot.look),
        rx.el.div(
            rx.el.span(rx.el.b(shot.number), f"{shot.size} · {shot.angle} · {shot.lens} mm"),
            rx.el.span(shot.seconds),
            class_name="m mono",
        ),
        class_name="pc",
    )


def cut_lanes() -> rx.Component:
    """Six shots of the cut as they are: picture, voice, words and music, every width a length."""
    ticks = range(-(-_FROM // 48) * 48, _TO, 48)
    return rx.el.div(
        rx.el.div(
            rx.el.span(timecode(_HEAD), class_name="now"),
            rx.el.span(*[rx.el.i(timecode(t)[3:8], style=_placed(t, 48)) for t in ticks], class_name="ln"),
            class_name="tr ruler mono",
        ),
        _lane("Picture", "eye", *[_clip(s) for s in _LANE_SHOTS], kind="v"),
        _lane("Voice", "mic", *[rx.el.i(style=_placed(*v), class_name="cl") for v in _VOICES], kind="a"),
        _lane(
            "Words", "captions", *[rx.el.i(t, style=_placed(at, n), class_name="cl") for at, n, t in _WORDS], kind="t"
        ),
        _lane("Music", "music", rx.el.i(class_name="cl", style=_placed(_FROM, _TO - _FROM)), kind="m"),
        rx.el.div(rx.el.i(style=_placed(_HEAD, 0)), class_name="head"),
        class_name="tl",
        custom_attrs={
            "role": "img",
            "aria-label": "Six shots of the sample film on their tracks, each as long as its words",
        },
    )


def _lane(name: str, glyph: str, *clips: rx.Component, kind: str) -> rx.Component:
    return rx.el.div(
        rx.el.span(rx.el.span(name), icon(glyph, "s"), class_name="nm"),
        rx.el.span(*clips, class_name="ln"),
        class_name=f"tr {kind}",
    )


def _clip(shot: Shot) -> rx.Component:
    on = shot.start <= _HEAD < shot.end
    return rx.el.i(
        rx.el.img(src=shot.picture, alt="", loading="lazy", width="640", height="360"),
        rx.el.b(shot.number, class_name="mono"),
        class_name="cl on" if on else "cl",
        style=_placed(shot.start, shot.frames),
    )


def _placed(start: int, frames: int) -> dict[str, str]:
    whole = _TO - _FROM
    return {"left": f"{(start - _FROM) / whole * 100:.3f}%", "width": f"{frames / whole * 100:.3f}%"}


def player() -> rx.Component:
    """The film as it plays: picture, caption, chapters as long as their scenes."""
    at = 1345
    chapters = [(h, n, end - n) for (h, n), (_, end) in zip(SCENES, (*SCENES[1:], ("", FRAMES)), strict=True)]
    return rx.el.div(
        rx.el.div(
            _picture("/landing/2f-large.webp", CAFE[3].look, size=(1280, 720)),
            rx.el.p("I was Mara. Now I'm the ferry.", class_name="cap"),
            class_name="screen",
        ),
        rx.el.div(
            *[
                rx.el.span(
                    rx.el.i(style={"width": f"{max(0, min(1, (at - n) / frames)) * 100:.1f}%"}),
                    style={"flexGrow": str(frames)},
                )
                for _, n, frames in chapters
            ],
            class_name="bar2",
        ),
        rx.el.div(
            icon("pause", "s"),
            rx.el.span(f"{_clock(at)} / {_clock(FRAMES)}", class_name="mono"),
            rx.el.b(SCENES[1][0], class_name="scr"),
            rx.el.span(icon("captions", "s"), "On", class_name="tag ye"),
            class_name="deck",
        ),
        class_name="player",
        custom_attrs={"role": "img", "aria-label": "The sample film playing: a line as caption, three chapters"},
    )


def kept_cards() -> rx.Component:
    """What one film leaves behind."""
    script = rx.el.div(
        rx.el.p("MARA"),
        rx.el.p("Well? The tide won't wait another thirty years!"),
        class_name="pic scr leaf",
        custom_attrs={"aria-hidden": "true"},
    )
    chapters = rx.el.ol(
        *[rx.el.li(rx.el.b(_clock(n)), heading.split(" - ")[0].split(". ")[1]) for heading, n in SCENES],
        class_name="pic chap",
    )
    return rx.el.ul(
        _kept(
            "The film",
            f"{_clock(FRAMES)} · 24 fps",
            "MP4, 720p or 1080p",
            _picture("/landing/1e-large.webp", PIER[4].look, size=(1280, 720)),
            "w1",
        ),
        _kept(
            "The panels",
            f"{DRAWINGS} of {DRAWINGS}",
            "1920 x 1080, PNG",
            _picture("/landing/3f.webp", "Close: the woman smiles"),
            "w2",
        ),
        _kept("The words", "byte for byte", "As it came", script, "w3"),
        _kept("Chapters", "3", "Captions too", chapters, "w4"),
        class_name="kept",
    )


def _kept(name: str, fact: str, badge: str, picture: rx.Component, width: str) -> rx.Component:
    return rx.el.li(
        picture,
        rx.el.div(
            rx.el.div(
                rx.el.b(name, class_name="up"), rx.el.span(fact, class_name="mono sm"), class_name="row between wrap"
            ),
            rx.el.span(icon("check", "s"), badge, class_name="tag ok"),
            class_name="f",
        ),
        class_name=f"pc {width}",
    )


def _picture(src: str, look: str, *, size: tuple[int, int] = (640, 360)) -> rx.Component:
    width, height = size
    return rx.el.div(
        rx.el.img(src=src, alt=look, loading="lazy", width=str(width), height=str(height)), class_name="pic"
    )


def _clock(frame: int) -> str:
    seconds = frame // FPS
    return f"{seconds // 60}:{seconds % 60:02d}"
