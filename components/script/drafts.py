"""Drafts: the versions of a script in a list, named, compared word by word, restored."""

from __future__ import annotations

import reflex as rx

from components.ui.button import button, square
from components.ui.icon import icon
from state.project import ProjectState
from state.script.versions import DiffRun, DiffScene, VersionItem, VersionsState


def drafts() -> rx.Component:
    """A native popover with the list, and the comparison over the page."""
    return rx.fragment(
        rx.el.div(
            rx.el.div(rx.el.h2("Drafts", class_name="hd14"), class_name="phead"),
            rx.cond(
                VersionsState.items.length() > 0,
                rx.el.ul(rx.foreach(VersionsState.items, _version)),
                rx.el.p(
                    "The script as it came in, and as it was before each change, will be kept here. Nothing to see yet.",
                    class_name="q none",
                ),
            ),
            rx.cond(VersionsState.more, button("Older", kind="flat full", on_click=VersionsState.older)),
            id="drafts",
            class_name="draftlist",
            custom_attrs={"popover": "auto", "aria-label": "Drafts"},
        ),
        rx.cond(VersionsState.comparing.id != "", _comparison()),
    )


def _version(item: VersionItem) -> rx.Component:
    named = rx.cond(item.name != "", item.name, "Draft " + item.number.to_string())
    return rx.el.li(
        rx.el.b(item.number, class_name="slate"),
        rx.el.span(
            rx.cond(
                ProjectState.may_edit,
                rx.el.form(
                    rx.el.input(type="hidden", name="version_id", value=item.id, read_only=True),
                    rx.el.input(
                        name="name",
                        default_value=item.name,
                        placeholder="Draft " + item.number.to_string(),
                        max_length=200,
                        auto_complete="off",
                        custom_attrs={"aria-label": "Name of draft " + item.number.to_string()},
                    ),
                    on_submit=VersionsState.name,
                ),
                rx.el.b(named),
            ),
            rx.el.span(item.told, class_name="q"),
            class_name="col grow",
        ),
        square("git-compare", "What changed since", on_click=VersionsState.compare(item.id)),
        key=item.id,
    )


def _comparison() -> rx.Component:
    it = VersionsState.comparing
    return rx.el.div(
        rx.el.div(
            rx.el.h2("Since draft ", it.number, rx.cond(it.name != "", ", " + it.name, ""), class_name="hd14 cut1"),
            rx.el.span(VersionsState.summary, class_name="q cut1"),
            rx.el.span(class_name="grow"),
            rx.cond(
                ProjectState.may_edit,
                button("Go back to it", kind="go", glyph="history", on_click=VersionsState.restore(it.id)),
            ),
            square("x", "Close", on_click=VersionsState.close),
            class_name="phead dh",
        ),
        rx.el.div(
            rx.foreach(VersionsState.scenes, _scene),
            rx.cond(
                VersionsState.scenes.length() == 0,
                rx.el.p(icon("check"), "Word for word the same.", class_name="none q"),
            ),
            class_name="pg",
            custom_attrs={"tabIndex": 0, "role": "region", "aria-label": "What changed"},
        ),
        class_name="compare",
    )


def _scene(scene: DiffScene) -> rx.Component:
    return rx.el.article(
        rx.el.header(rx.el.b(scene.heading), rx.el.span(scene.told, class_name="tag " + scene.fate)),
        rx.el.p(rx.foreach(scene.runs, _run)),
        class_name="sheetp diff",
        key=scene.heading + scene.fate,
    )


def _run(run: DiffRun) -> rx.Component:
    return rx.match(
        run.kind,
        ("added", rx.el.ins(run.text)),
        ("removed", rx.el.del_(run.text)),
        ("gap", rx.el.span(run.text, class_name="q")),
        rx.el.span(run.text),
    )
