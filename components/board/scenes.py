"""The list of scenes on the left of the board and of the script."""

from __future__ import annotations

from collections.abc import Callable

import reflex as rx

from components.ui.icon import icon
from components.ui.link import link
from state.board.panels import SceneItem
from state.project import ProjectState


def scene_list(
    items: rx.Var[list[SceneItem]],
    chosen: rx.Var[int],
    *,
    room: str,
    below: Callable[[SceneItem], rx.Component],
    facts: Callable[[SceneItem], rx.Component],
) -> rx.Component:
    """Scenes as links to themselves in a room; on phones a row of numbers. `below` stands under each strip."""

    def line(item: SceneItem) -> rx.Component:
        on = item.position == chosen
        return link(
            rx.el.b(item.number, class_name="slate"),
            rx.el.span(
                rx.el.b(item.heading, class_name="t"),
                facts(item),
                rx.el.span(rx.foreach(item.strip, _frame), class_name="mini", custom_attrs={"aria-hidden": "true"}),
                below(item),
                class_name="grow",
            ),
            href="/p/" + ProjectState.open_id + f"/{room}?scene=" + item.number,
            class_name=rx.cond(on, "sn on", "sn"),
            custom_attrs={"data-stop": "", "aria-current": rx.cond(on, "true", "false")},
            key=item.position.to_string(),
        )

    return rx.el.nav(
        rx.foreach(items, line), class_name="sl", custom_attrs={"aria-label": "Scenes", "data-list": "", "tabIndex": -1}
    )


def scene_skeletons(count: int = 5) -> rx.Component:
    """Lines of the final size until the scenes are here."""
    return rx.el.div(
        *[rx.el.div(class_name="sk") for _ in range(count)], class_name="sl sks", custom_attrs={"aria-hidden": "true"}
    )


def status_tag(item: SceneItem) -> rx.Component:
    """Boarded, partly drawn, or still to draw."""
    return rx.match(
        item.state,
        ("done", rx.el.span(icon("check", "s12"), item.told, class_name="tag ok")),
        ("part", rx.el.span(icon("pencil", "s12"), item.told, class_name="tag")),
        rx.el.span(icon("pencil", "s12"), item.told, class_name="tag"),
    )


def _frame(picture: rx.Var[str]) -> rx.Component:
    return rx.el.span(
        rx.cond(picture != "", rx.el.img(src=picture, alt="", loading="lazy")),
        class_name=rx.cond(picture != "", "pic", "pic undrawn"),
    )
