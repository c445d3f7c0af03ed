"""The captions of a cut as a list: words, times, what is hard to read, files in and out."""

from __future__ import annotations

import reflex as rx

from components.ui.button import square
from components.ui.field import ENTER_LEAVES
from components.ui.icon import icon
from components.wrapped.cut_desk import may_edit
from state.cut.captions import CaptionRow, CaptionsState

_fixed = ~may_edit


def captions_list() -> rx.Component:
    """Nothing but how to begin while there are none."""
    from components.cut.transcript import search_words, turning

    return rx.fragment(
        rx.el.div(
            search_words("Find in captions", CaptionsState.words, CaptionsState.find),
            rx.cond(
                may_edit,
                square("plus", "A caption at the playhead", on_click=CaptionsState.add, id="caption-add"),
            ),
            rx.cond(CaptionsState.tracks.length() > 1, _tracks()),
            rx.cond(CaptionsState.total > 0, _looks()),
            rx.cond(
                CaptionsState.hard > 0,
                rx.el.button(
                    icon("triangle-alert", "s14"),
                    CaptionsState.hard.to_string() + " hard to read",
                    type="button",
                    class_name=rx.cond(CaptionsState.only_hard, "chip on", "chip"),
                    on_click=CaptionsState.filter,
                    custom_attrs={"aria-pressed": CaptionsState.only_hard},
                ),
            ),
            class_name="txh",
        ),
        rx.cond(
            CaptionsState.total > 0,
            rx.el.div(
                rx.foreach(CaptionsState.rows, _row),
                turning(CaptionsState.first, 60, CaptionsState.total, CaptionsState.turn),
                class_name="txb",
                id="captions",
                custom_attrs={"data-lit": ""},
            ),
            rx.el.p(
                "No captions here. Put the playhead where words begin and press +, or bring in a file.",
                class_name="hint",
            ),
        ),
        _files(),
    )


def _tracks() -> rx.Component:
    return rx.el.label(
        rx.el.span("Captions of", class_name="sr"),
        rx.el.select(
            rx.foreach(CaptionsState.tracks, lambda each: rx.el.option(each.words, value=each.code)),
            value=CaptionsState.track,
            on_change=CaptionsState.open_track,
        ),
    )


def _looks() -> rx.Component:
    return rx.el.label(
        rx.el.span("How they look in the picture", class_name="sr"),
        rx.el.select(
            rx.foreach(CaptionsState.looks, lambda each: rx.el.option(each.words, value=each.code)),
            value=CaptionsState.look,
            on_change=CaptionsState.wear,
            disabled=_fixed,
            id="caption-look",
        ),
    )


def _row(row: CaptionRow) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            _time("begins", "Begins", row.start, row.begins),
            rx.el.span("–", class_name="q"),
            _time("ends", "Ends", row.start, row.ends),
            rx.el.b(row.speaker, class_name="cut1 grow"),
            rx.el.span(
                row.speed,
                class_name=rx.cond(row.faults != "", "num cps warn", "num cps"),
                custom_attrs={"title": "Letters a second; up to 17 can be read"},
            ),
            class_name="row",
        ),
        rx.el.textarea(
            default_value=row.text,
            on_blur=lambda value: CaptionsState.retell(row.start, value),
            read_only=_fixed,
            rows=1,
            max_length=2000,
            key=row.text + CaptionsState.turns.to_string(),
            custom_attrs={"aria-label": "Words", "data-seek": row.start},
        ),
        rx.cond(row.faults != "", rx.el.p(icon("triangle-alert", "s12"), row.faults, class_name="fault")),
        rx.cond(
            may_edit,
            rx.el.div(
                _act("scissors", "Split at the caret", {"data-split": row.start}),
                _act("combine", "Join with the next", {}, on_click=CaptionsState.merge(row.start), disabled=row.last),
                _act("trash-2", "Delete", {}, on_click=CaptionsState.remove(row.start)),
                class_name="acts",
            ),
        ),
        class_name="cap",
        key=row.start.to_string(),
        custom_attrs={"data-from": row.start, "data-to": row.end},
    )


def _time(edge: str, label: str, start: rx.Var[int], value: rx.Var[str]) -> rx.Component:
    return rx.el.input(
        default_value=value,
        on_blur=lambda typed: CaptionsState.retime(start, edge, typed),
        read_only=_fixed,
        key=edge + value + CaptionsState.turns.to_string(),
        class_name="num at",
        custom_attrs={"maxLength": 11, "onKeyDown": ENTER_LEAVES, "aria-label": label},
    )


def _act(
    glyph: str, words: str, attrs: dict[str, rx.Var[int]], **props: rx.Var[bool] | rx.event.EventSpec
) -> rx.Component:
    return rx.el.button(
        icon(glyph, "s14"),
        type="button",
        class_name="tiny",
        custom_attrs={
            "title": words,
            "aria-label": words,
            "onMouseDown": rx.Var("(e) => e.preventDefault()"),  # the caret stays where it is
            **attrs,
        },
        **props,
    )


def _files() -> rx.Component:
    """Bring captions in, take them home."""
    here = "/api/v1/timelines/" + CaptionsState.cut + "/export?format="
    return rx.el.div(
        rx.cond(
            may_edit,
            rx.el.label(
                icon("file-input", "s14"),
                "Bring in",
                rx.el.input(
                    type="file",
                    accept=".srt,.vtt,.ass,.ssa",
                    class_name="sr",
                    custom_attrs={"data-captions-file": "", "aria-label": "Bring in captions: SRT, VTT or ASS"},
                ),
                class_name="btn s",
                custom_attrs={"title": "A file takes the place of these captions; Undo brings them back"},
            ),
        ),
        rx.el.span(class_name="grow"),
        rx.cond(
            CaptionsState.total > 0,
            rx.fragment(
                *[
                    rx.el.a(
                        form.upper(),
                        href=here + form,
                        class_name="link",
                        custom_attrs={"download": "", "reloadDocument": True},
                    )
                    for form in ("srt", "vtt", "ass")
                ]
            ),
        ),
        class_name="txf",
    )
