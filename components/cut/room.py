"""The Cut room: bin, transcript, player and inspector above, the timeline below; how one begins a cut."""

from __future__ import annotations

import reflex as rx

from components.cut.bar import cut_bar
from components.cut.bin import bin_pane, source_pane
from components.cut.cuts import cuts_menu, undo_buttons
from components.cut.history import history_button, history_sheet
from components.cut.inspector.pane import inspector_pane
from components.cut.merging import board_button
from components.cut.mixer import mixer_button, mixer_sheet
from components.cut.others import others
from components.cut.player import meters, player_pane
from components.cut.templates import templates_button, templates_pane
from components.cut.timeline.pane import timeline_pane
from components.cut.transcript import transcript_pane
from components.ui.button import button, link_button
from components.wrapped.cut_desk import cut_desk
from state.cut.room import CutRoomState
from state.project import ProjectState


def cut_room() -> rx.Component:
    """Nothing until it is known which cut is open."""
    return rx.cond(
        CutRoomState.loaded,
        rx.cond(CutRoomState.begins, _beginning(), _open()),
        rx.el.div(class_name="cutroom waits", custom_attrs={"aria-busy": "true"}),
    )


def _open() -> rx.Component:
    return rx.el.div(
        rx.el.h1("Cut: ", CutRoomState.facts.name, class_name="sr"),
        cut_desk(
            cut=CutRoomState.cut,
            feed=CutRoomState.feed,
            on_edit=CutRoomState.edit,
            on_select=CutRoomState.choose,
            on_rest=CutRoomState.rest_at,
        ),
        bin_pane(),
        transcript_pane(),
        player_pane(cuts_menu()),
        source_pane(),
        inspector_pane(),
        mixer_sheet(),
        timeline_pane(
            undo_buttons(), mixer_button(), templates_button(), history_button(), board_button(), beside=meters()
        ),
        cut_bar(),
        others(),
        history_sheet(),
        templates_pane(),
        rx.el.p(
            "A cut is edited on a larger screen. Here you can watch it and read it; nothing is changed by accident.",
            class_name="phone-only note",
        ),
        class_name="cutroom",
    )


def _beginning() -> rx.Component:
    """The first cut by hand: what it is, and the one button."""
    return rx.el.section(
        rx.el.div(_first_words(), class_name="cut-begin"),
        class_name="pane cut-start",
    )


def _first_words() -> rx.Component:
    return rx.fragment(
        rx.el.h1(rx.cond(CutRoomState.script, "Cut it by hand", "Cut what you have")),
        rx.el.p(
            rx.cond(
                CutRoomState.script,
                "The board has its own cut, which follows every change of a shot. Begin one of yours from it: trim to the "
                "frame, lay music and titles, mix the sound. What changes on the board later is offered to you, and nothing you "
                "did is lost.",
                "Bring in films, pictures and sound, and lay them on a timeline: trim to the frame, add titles and music, mix the "
                "sound, make the film. With a script the board cuts itself, and you can begin from that.",
            )
        ),
        rx.cond(
            ProjectState.may_edit,
            rx.el.div(
                rx.cond(
                    CutRoomState.script,
                    rx.fragment(
                        button(
                            "Begin from the board", kind="go xl", glyph="scissors", on_click=CutRoomState.begin("board")
                        ),
                        button("Begin with an empty timeline", kind="xl", on_click=CutRoomState.begin("empty")),
                    ),
                    rx.fragment(
                        button(
                            "Begin with an empty timeline",
                            kind="go xl",
                            glyph="scissors",
                            on_click=CutRoomState.begin("empty"),
                        ),
                        link_button("Write a script first", "/p/" + ProjectState.open_id + "/script", kind="xl"),
                    ),
                ),
                class_name="row",
            ),
            rx.el.p("Nobody has begun one yet.", class_name="q"),
        ),
    )
