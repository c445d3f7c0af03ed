"""What is opened over the timeline: the menu of what lies there, the palette of transitions, the card of names."""

from __future__ import annotations

import reflex as rx

from components.ui.icon import icon
from components.ui.keycaps import key_of

_ACTS = (
    ("close-gap", "Close this gap", "fold-horizontal", "gap"),
    ("split", "Split at the playhead", "square-split-horizontal", "clip"),
    ("duplicate", "Duplicate", "copy-plus", "clip"),
    ("copy", "Copy", "copy", "clip"),
    ("cut", "Cut", "scissors", "clip"),
    ("paste", "Paste at the playhead", "clipboard-paste", "clip lane gap"),
    ("paste-look", "Paste only the look", "paintbrush", "clip"),
    ("link", "Link or unlink", "link-2", "clip"),
    ("freeze", "Freeze the frame", "snowflake", "clip"),
    ("source", "Open its file", "panel-left-open", "clip"),
    ("board", "Open on the board", "arrow-up-right", "clip shot"),
    ("properties", "Properties", "sliders-horizontal", "clip"),
    ("marker", "Marker at the playhead", "bookmark", "lane gap"),
    ("all-after", "Choose all from here on", "arrow-right-to-line", "clip lane gap"),
    ("all", "Choose everything", "box-select", "lane gap"),
    ("fit", "Show the whole cut", "maximize-2", "lane gap"),
    ("lift", "Delete", "trash-2", "clip transition"),
    ("ripple-delete", "Delete and close the gap", "fold-horizontal", "clip"),
)
_WAYS = (("left", "arrow-left"), ("right", "arrow-right"), ("up", "arrow-up"), ("down", "arrow-down"))
_FAMILIES = (("wipe", "Wipe"), ("push", "Push"), ("slide", "Slide"))
_COLOURS = (
    ("#f7b801", "Yellow"),
    ("#ff6b35", "Orange"),
    ("#d7263d", "Red"),
    ("#b56bd6", "Violet"),
    ("#3e7cb1", "Blue"),
    ("#2bb3a3", "Teal"),
    ("#3fa34d", "Green"),
    ("#c9c5bb", "Grey"),
)
_LIFT = """(e) => {
  const kind = e.target.closest?.("[data-kind]")?.dataset.kind;
  if (!kind) return;
  e.dataTransfer.effectAllowed = "copy";
  e.dataTransfer.setData("application/x-inkreel", JSON.stringify({ join: kind }));
}"""


def menus() -> rx.Component:
    """All of them, and what a gesture says beside the pointer; the island opens and fills them where they are asked for."""
    told = rx.el.output(id="cut-tip", class_name="tip num", custom_attrs={"aria-hidden": "true"})
    return rx.fragment(_menu(), _palette(), _card(), told)


def joins_button() -> rx.Component:
    """Opens the palette of transitions."""
    return rx.el.button(
        icon("blend"),
        type="button",
        class_name="btn flat sq",
        custom_attrs={
            "popoverTarget": "cut-joins",
            "title": "Transitions: choose one for the cut nearest the playhead, or drag one over a cut",
            "aria-label": "Transitions",
        },
    )


def _menu() -> rx.Component:
    return rx.el.div(
        *[_entry(*act) for act in _ACTS[:-2]],
        rx.el.div(
            rx.el.h3("Transition", class_name="hd"), _kinds("cut-menu"), custom_attrs={"data-for": "clip transition"}
        ),
        *[_entry(*act) for act in _ACTS[-2:]],
        id="cut-menu",
        class_name="cmenu",
        custom_attrs={"popover": "auto", "role": "dialog", "aria-label": "What can be done here", "data-list": ""},
    )


def _entry(name: str, words: str, glyph: str, where: str) -> rx.Component:
    return rx.el.button(
        icon(glyph, "s14"),
        rx.el.span(words, class_name="cut1"),
        key_of(f"cut.{name}"),
        type="button",
        custom_attrs={
            "data-cut": name,
            "data-for": where,
            "popoverTarget": "cut-menu",
            "popoverTargetAction": "hide",
        },
    )


def _palette() -> rx.Component:
    return rx.el.div(
        rx.el.h2("Transitions"),
        rx.el.p("Click for the cut nearest the playhead, or drag one over a cut.", class_name="q"),
        _kinds("cut-joins"),
        id="cut-joins",
        class_name="cmenu joins",
        custom_attrs={"popover": "auto", "role": "dialog", "aria-label": "Transitions", "onDragStart": rx.Var(_LIFT)},
    )


def _kinds(closes: str) -> rx.Component:
    return rx.el.div(
        _kind("dissolve", "Dissolve", rx.fragment(icon("blend", "s14"), "Dissolve"), closes),
        _kind("dip", "Dip to a colour", rx.fragment(icon("circle-dot", "s14"), "Dip"), closes),
        *[
            part
            for family, words in _FAMILIES
            for part in (
                rx.el.span(words, class_name="q"),
                *[_kind(f"{family}_{way}", f"{words} {way}", icon(glyph, "s14"), closes) for way, glyph in _WAYS],
            )
        ],
        class_name="kinds",
    )


def _kind(kind: str, words: str, inside: rx.Component, closes: str) -> rx.Component:
    return rx.el.button(
        inside,
        type="button",
        class_name="btn s",
        draggable=True,
        custom_attrs={
            "data-cut": "transition",
            "data-kind": kind,
            "title": words,
            "aria-label": words,
            "popoverTarget": closes,
            "popoverTargetAction": "hide",
        },
    )


def _card() -> rx.Component:
    return rx.el.div(
        *[
            rx.el.h2(words, custom_attrs={"data-for": what})
            for what, words in (("marker", "Marker"), ("track", "Track"), ("clip", "Clip"))
        ],
        rx.el.label(
            "Name", rx.el.input(type="text", name="name", class_name="in", max_length=100, auto_complete="off")
        ),
        rx.el.fieldset(
            rx.el.legend("Colour"),
            _colour("", "As its kind", "track"),
            *[_colour(code, words, "marker track") for code, words in _COLOURS],
            custom_attrs={"data-for": "marker track"},
        ),
        rx.el.label(
            "Note",
            rx.el.textarea(name="note", class_name="in", max_length=2000, rows=3),
            custom_attrs={"data-for": "marker"},
        ),
        rx.el.div(
            _act("up", "Up", "arrow-up", "track"),
            _act("down", "Down", "arrow-down", "track"),
            rx.el.span(class_name="grow"),
            _act("remove", "Remove", "trash-2", "marker track"),
            class_name="row",
            custom_attrs={"data-for": "marker track"},
        ),
        id="cut-card",
        class_name="cmenu card",
        custom_attrs={"popover": "auto", "role": "dialog", "aria-label": "Name, colour and note"},
    )


def _colour(code: str, words: str, where: str) -> rx.Component:
    return rx.el.input(
        type="radio",
        name="colour",
        value=code,
        style={"--tint": code or "var(--paper)"},
        custom_attrs={"aria-label": words, "title": words, "data-for": where},
    )


def _act(name: str, words: str, glyph: str, where: str) -> rx.Component:
    return rx.el.button(
        icon(glyph, "s14"),
        words,
        type="button",
        class_name="btn s",
        custom_attrs={"data-card-act": name, "data-for": where},
    )
