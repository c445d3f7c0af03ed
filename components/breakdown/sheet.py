"""The sheet of a scene on paper: the form film people know, its boxes full of chips to keep, remove, rename and add."""

from __future__ import annotations

import reflex as rx

from components.ui.button import button
from components.ui.icon import icon
from components.ui.link import link
from state.breakdown.breakdown import BreakdownState
from state.breakdown.printed import FORM, Chip, Strip
from state.project import ProjectState
from studio.scripts.sheet.views import CATEGORY_LABELS

_GLYPHS = {
    "cast": "users",
    "background": "users-round",
    "props": "package",
    "wardrobe": "shirt",
    "makeup": "brush",
    "stunts": "zap",
    "vehicles": "car",
    "animals": "paw-print",
    "special_equipment": "wrench",
    "sfx": "flame",
    "vfx": "sparkles",
    "sound": "volume-2",
    "music": "music",
}

_LEAVE = rx.Var("(e) => { if (e.key === 'Escape') e.currentTarget.querySelector('button[type=button]').click(); }")


def scene_column() -> rx.Component:
    """The scenes, each with the colour of its strip; on phones a row of numbers."""

    def line(strip: Strip) -> rx.Component:
        on = strip.position == BreakdownState.sheet.position
        return link(
            rx.el.i(class_name="sw " + strip.colour, custom_attrs={"aria-hidden": "true"}),
            rx.el.b(strip.number, class_name="slate"),
            rx.el.span(
                rx.el.b(strip.set_name, class_name="t"),
                rx.el.span(
                    strip.place,
                    " ",
                    strip.time,
                    " · ",
                    rx.el.span(strip.pages, class_name="num"),
                    " · ",
                    rx.el.span(strip.day, class_name="num"),
                    class_name="q cut1",
                ),
                class_name="grow",
            ),
            href=_to(strip.number),
            class_name=rx.cond(on, "sn on", "sn"),
            custom_attrs={"data-stop": "", "aria-current": rx.cond(on, "true", "false")},
            key=strip.position.to_string(),
        )

    return rx.el.section(
        rx.cond(BreakdownState.turn.earlier != "", _turn(BreakdownState.turn.earlier, -1)),
        rx.el.nav(
            rx.foreach(BreakdownState.strips, line),
            class_name="sl",
            custom_attrs={"aria-label": "Scenes", "data-list": "", "tabIndex": -1},
        ),
        rx.cond(BreakdownState.turn.later != "", _turn(BreakdownState.turn.later, 1)),
        class_name="pane list",
    )


def sheet_page() -> rx.Component:
    """The paper on its desk."""
    return rx.el.section(
        rx.el.article(
            _band(),
            rx.el.div(
                rx.el.span("Synopsis", class_name="lbl"),
                rx.el.p(BreakdownState.sheet.story),
                _pending(),
                class_name="syn",
            ),
            rx.el.div(*[_box(i, category.value) for i, category in enumerate(FORM)], _aside(), class_name="boxes"),
            class_name="form",
            custom_attrs={"aria-label": "Breakdown sheet of scene " + BreakdownState.sheet.number},
        ),
        class_name="desk",
    )


def _to(number: rx.Var[str]) -> rx.Var[str]:
    return "/p/" + ProjectState.open_id + "/breakdown?scene=" + number


def _turn(label: rx.Var[str], by: int) -> rx.Component:
    return rx.el.div(button(label, kind="flat", on_click=BreakdownState.turn_strips(by)), class_name="turn")


def _band() -> rx.Component:
    """The head of the form, in the colour of the scene's strip."""
    sheet = BreakdownState.sheet
    return rx.el.header(
        rx.el.div(rx.el.span("Scene", class_name="lbl"), rx.el.b(sheet.number, class_name="slate"), class_name="no"),
        rx.el.div(
            rx.el.span("Set", class_name="lbl"),
            rx.el.h2(rx.cond(sheet.place != "", sheet.place + ". ", ""), sheet.set_name),
            class_name="set",
        ),
        rx.el.div(rx.el.span("Time", class_name="lbl"), rx.el.b(rx.cond(sheet.time != "", sheet.time, "–"))),
        _day(),
        rx.el.div(rx.el.span("Pages", class_name="lbl"), rx.el.b(sheet.pages, class_name="num")),
        rx.el.div(
            _step("scene-before", "arrow-left", "Scene before", sheet.before),
            _step("scene-after", "arrow-right", "Scene after", sheet.after),
            class_name="steps",
        ),
        class_name="band " + sheet.colour,
    )


def _step(ident: str, glyph: str, label: str, number: rx.Var[str]) -> rx.Component:
    return rx.cond(
        number != "",
        link(
            icon(glyph),
            href=_to(number),
            id=ident,
            class_name="step",
            custom_attrs={"aria-label": label, "title": label + " (" + ("←" if "before" in ident else "→") + ")"},
        ),
        rx.el.span(icon(glyph), class_name="step off", custom_attrs={"aria-hidden": "true"}),
    )


def _day() -> rx.Component:
    """The script day; whoever may edit types another one over it, or empties it to follow the headings again."""
    sheet = BreakdownState.sheet
    told = rx.cond(sheet.by_hand, "Script day, by hand", "Script day, from the headings")
    return rx.el.div(
        rx.el.span("Script day", rx.cond(sheet.by_hand, rx.el.i(icon("hand", "s12"))), class_name="lbl"),
        rx.cond(
            ProjectState.may_edit,
            rx.el.form(
                rx.el.input(
                    name="day",
                    default_value=sheet.day,
                    max_length=16,
                    auto_complete="off",
                    class_name="num",
                    custom_attrs={
                        "aria-label": told,
                        "title": told + ". Type another and press Enter; empty follows the headings.",
                        "onBlur": rx.Var("(e) => e.currentTarget.form.requestSubmit()"),
                    },
                ),
                on_submit=BreakdownState.set_day,
                key=sheet.number + sheet.day,
            ),
            rx.el.b(sheet.day, class_name="num"),
        ),
        class_name="day",
    )


def _pending() -> rx.Component:
    sheet = BreakdownState.sheet
    return rx.cond(
        ProjectState.may_edit & (sheet.waiting > 0),
        rx.el.button(
            icon("check-check"),
            "Keep all ",
            sheet.waiting,
            type="button",
            class_name="keepall",
            on_click=BreakdownState.keep_all,
            custom_attrs={"title": "Keep every suggestion on this sheet"},
        ),
    )


def _box(at: int, category: str) -> rx.Component:
    box = BreakdownState.sheet.boxes[at]
    label = CATEGORY_LABELS[category]
    return rx.el.section(
        rx.el.h3(icon(_GLYPHS[category], "s14"), label, rx.el.span(box.count, class_name="num")),
        rx.el.ul(rx.foreach(box.chips, _chip)),
        rx.cond(ProjectState.may_edit, _add(category, label)),
        class_name="bx " + category,
        custom_attrs={"aria-label": label},
    )


def _add(category: str, label: str) -> rx.Component:
    return rx.el.form(
        rx.el.input(type="hidden", name="category", value=category),
        icon("plus", "s14"),
        rx.el.input(
            name="name",
            max_length=200,
            placeholder="Add",
            auto_complete="off",
            custom_attrs={"aria-label": f"Add to {label.lower()}", "enterKeyHint": "done"},
        ),
        on_submit=BreakdownState.add,
        reset_on_submit=True,
        class_name="add",
        key=BreakdownState.sheet.number + category,
    )


def _chip(chip: Chip) -> rx.Component:
    return rx.cond(BreakdownState.editing == chip.id, _open_chip(chip), _shut_chip(chip))


def _shut_chip(chip: Chip) -> rx.Component:
    return rx.el.li(
        rx.cond(chip.number != "", rx.el.b(chip.number, class_name="num id")),
        rx.cond(
            ProjectState.may_edit,
            rx.fragment(
                rx.el.button(
                    chip.name,
                    type="button",
                    class_name="nm",
                    on_click=BreakdownState.edit(chip.id),
                    custom_attrs={"title": "Rename or move"},
                ),
                rx.cond(
                    chip.suggested,
                    _act("check", "Keep " + chip.name, "keep", BreakdownState.keep(chip.id)),
                ),
                _act(
                    "x",
                    rx.cond(chip.suggested, "Dismiss ", "Remove ") + chip.name,
                    "drop",
                    BreakdownState.dismiss(chip.id),
                ),
            ),
            rx.el.span(chip.name, class_name="nm"),
        ),
        class_name=rx.cond(chip.suggested, "tg maybe", "tg"),
        key=chip.id,
    )


def _act(glyph: str, label: rx.Var[str], kind: str, event: rx.event.EventType) -> rx.Component:
    return rx.el.button(
        icon(glyph, "s14"),
        type="button",
        class_name=kind,
        on_click=event,
        custom_attrs={"aria-label": label, "title": label},
    )


def _open_chip(chip: Chip) -> rx.Component:
    return rx.el.li(
        rx.el.form(
            rx.el.input(
                name="name",
                default_value=chip.name,
                max_length=200,
                auto_complete="off",
                auto_focus=True,
                custom_attrs={"aria-label": "Name"},
            ),
            rx.el.select(
                *[rx.el.option(CATEGORY_LABELS[c.value], value=c.value) for c in FORM],
                name="category",
                default_value=chip.category,
                custom_attrs={"aria-label": "Category"},
            ),
            rx.el.button("Save", type="submit", class_name="save"),
            rx.el.button(
                icon("x", "s14"),
                type="button",
                on_click=BreakdownState.edit(""),
                custom_attrs={"aria-label": "Leave as it is"},
            ),
            on_submit=BreakdownState.change,
            custom_attrs={"onKeyDown": _LEAVE},
        ),
        class_name="tg open",
        key="open-" + chip.id,
    )


def _aside() -> rx.Component:
    """What was removed, to be brought back."""

    def put(chip: Chip) -> rx.Component:
        return rx.el.li(
            rx.cond(
                ProjectState.may_edit,
                rx.el.button(
                    icon("undo-2", "s14"),
                    chip.name,
                    type="button",
                    on_click=BreakdownState.bring_back(chip.id),
                    custom_attrs={"title": "Bring back to " + chip.category},
                ),
                rx.el.span(chip.name),
            ),
            key=chip.id,
        )

    return rx.el.section(
        rx.el.h3(icon("archive", "s14"), "Put aside"),
        rx.cond(
            BreakdownState.sheet.aside.length() > 0,
            rx.el.ul(rx.foreach(BreakdownState.sheet.aside, put)),
            rx.el.p("What you remove waits here and is never suggested again.", class_name="hint"),
        ),
        class_name="bx aside",
        custom_attrs={"aria-label": "Put aside"},
    )
