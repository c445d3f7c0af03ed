"""The cut as a strip: a scene of it, each picture as wide as its shot is long, and what is done to the chosen shot."""

from __future__ import annotations

import reflex as rx

from components.renders.export import cut_export
from components.ui.button import button, link_button, square
from components.ui.icon import icon
from state.project import ProjectState
from state.renders.cut import CutState, Scene, Strip

_ENTER = rx.Var("(e) => { if (e.key === 'Enter') { e.preventDefault(); e.target.blur(); } }")


def cut_strip() -> rx.Component:
    """Nothing while there are no shots."""
    return rx.cond(
        CutState.scenes.length() > 0,
        rx.el.article(
            rx.el.div(
                rx.el.h2("Cut", class_name="slate jn"),
                rx.el.span(CutState.facts.version, class_name="num q"),
                rx.el.span(CutState.facts.lasts, class_name="num tl2"),
                rx.el.span(class_name="grow"),
                rx.cond(ProjectState.may_edit, _undoing()),
                class_name="jh",
            ),
            rx.el.label(
                rx.el.span("Scene", class_name="sr"),
                rx.el.select(
                    rx.foreach(CutState.scenes, _scene),
                    value=CutState.scene,
                    on_change=CutState.see,
                    id="cut-scene",
                ),
                class_name="pick scn",
            ),
            rx.el.div(
                rx.foreach(CutState.strip, _shot),
                class_name="film pickable",
                id="cut-strip",
                custom_attrs={"role": "group", "aria-label": "Shots of this scene"},
            ),
            rx.cond(
                CutState.chosen.id != "",
                _chosen(),
                rx.el.p("Choose a shot to change its length or place. The board shows it at once.", class_name="q lg"),
            ),
            rx.cond(CutState.facts.lacks != "", rx.el.p(CutState.facts.lacks, class_name="q lg", id="cut-lacks")),
            cut_export(),
            class_name="rjob cutting",
            id="cut",
        ),
    )


def _undoing() -> rx.Component:
    return rx.fragment(
        square(
            "undo-2",
            "Undo " + CutState.undo_label,
            on_click=CutState.undo,
            disabled=CutState.undo_label == "",
            id="cut-undo",
        ),
        square(
            "redo-2",
            "Redo " + CutState.redo_label,
            on_click=CutState.redo,
            disabled=CutState.redo_label == "",
            id="cut-redo",
        ),
    )


def _scene(scene: Scene) -> rx.Component:
    return rx.el.option(scene.told, value=scene.position)


def _shot(shot: Strip) -> rx.Component:
    on = CutState.chosen.id == shot.id
    return rx.el.button(
        rx.cond(shot.picture != "", rx.el.img(src=shot.picture, alt="", loading="lazy")),
        rx.el.b(shot.number),
        type="button",
        class_name=rx.cond(on, "on", ""),
        style={"flex": shot.frames.to_string() + " 1 0"},
        on_click=CutState.choose(shot.id),
        custom_attrs={
            "aria-pressed": on,
            "title": shot.number + ", " + shot.lasts,
            "aria-label": shot.number + ", " + shot.lasts,
        },
        key=shot.id,
    )


def _chosen() -> rx.Component:
    shot = CutState.chosen
    return rx.el.div(
        rx.el.b(shot.number, class_name="slate no"),
        rx.el.span("at ", shot.begins, class_name="num q"),
        rx.cond(ProjectState.may_edit, _controls(), rx.el.span(shot.lasts, class_name="num")),
        link_button("Board", shot.board, glyph="layout-grid", kind="end", id="cut-board"),
        class_name="tools2",
    )


def _controls() -> rx.Component:
    shot = CutState.chosen
    return rx.fragment(
        rx.el.span(
            square("minus", "One frame shorter", on_click=CutState.longer(-1), id="cut-shorter"),
            rx.el.label(
                rx.el.span("Length in seconds and frames", class_name="sr"),
                rx.el.input(
                    default_value=shot.lasts,
                    on_blur=CutState.last,
                    auto_complete="off",
                    id="cut-length",
                    key=shot.id + shot.lasts + CutState.turns.to_string(),
                    custom_attrs={"maxLength": 9, "onKeyDown": _ENTER, "title": "Seconds and frames, such as 4:07"},
                ),
                class_name="num",
            ),
            square("plus", "One frame longer", on_click=CutState.longer(1), id="cut-longer"),
            class_name="len",
        ),
        square("arrow-left", "Move left", on_click=CutState.move("left"), disabled=shot.first, id="cut-left"),
        square("arrow-right", "Move right", on_click=CutState.move("right"), disabled=shot.last, id="cut-right"),
        square("scissors", "Split", on_click=CutState.split, id="cut-split"),
        square("trash-2", "Delete", on_click=CutState.delete, id="cut-delete"),
        rx.cond(
            shot.spoken,
            rx.cond(
                shot.timed,
                button("Follow its voice", glyph="audio-lines", on_click=CutState.follow, id="cut-follow"),
                rx.el.span(icon("audio-lines", "s14"), "Follows its voice", class_name="q fv"),
            ),
        ),
    )
