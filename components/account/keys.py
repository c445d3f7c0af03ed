"""The keys page: whole tables to begin from, acts found by words or by pressing a key, and each key pressed anew."""

from __future__ import annotations

from typing import Any

import reflex as rx

from components.ui.button import button, link_button, square
from components.ui.icon import icon
from components.ui.keycaps import caps
from state.keys.choosing import KeyGroup, KeyPageState, KeyRow, PresetItem
from state.keys.table import ROOM_NAMES


def keys_page() -> rx.Component:
    """Everything on it."""
    return rx.el.div(
        rx.el.header(
            rx.el.div(
                rx.el.p("INSERT - THE KEYBOARD", class_name="scr b"),
                rx.el.h1("Your keys", class_name="h72"),
            ),
            link_button("Back to you", "/account", glyph="arrow-left"),
            class_name="row between wrap g4 hd",
        ),
        _presets(),
        _finding(),
        rx.cond(
            KeyPageState.loaded,
            rx.cond(
                KeyPageState.groups.length() > 0,
                rx.el.div(rx.foreach(KeyPageState.groups, _group), class_name="keygroups"),
                _nothing(),
            ),
            rx.el.div(*[rx.el.div(class_name="sk") for _ in range(4)], class_name="keygroups"),
        ),
        *[_form(name, act) for name, act in _FORMS],
        class_name="mine keyspage",
    )


_FORMS: tuple[tuple[str, Any], ...] = (
    ("key-set", KeyPageState.press),
    ("key-also", KeyPageState.add),
    ("key-find", KeyPageState.search_key),
)


def _form(name: str, act: Any) -> rx.Component:
    """Carries a key that was pressed (`data-record` names it)."""
    return rx.el.form(
        *[rx.el.input(type="hidden", name=field, default_value="") for field in ("act", "key")],
        on_submit=act,
        id=name,
        custom_attrs={"hidden": True},
    )


def _presets() -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.h2("Begin from", class_name="h20"),
            rx.cond(
                KeyPageState.changed > 0,
                rx.el.span(
                    rx.cond(KeyPageState.changed == 1, "1 act is", KeyPageState.changed.to_string() + " acts are"),
                    " as you set them; another table gives that up.",
                    class_name="sm mute",
                ),
            ),
            rx.cond(
                KeyPageState.changed > 0,
                button("Reset all", kind="s end", glyph="rotate-ccw", on_click=KeyPageState.put_back("")),
            ),
            class_name="row wrap g3",
        ),
        rx.el.div(
            rx.foreach(KeyPageState.presets, _preset),
            class_name="presets",
            custom_attrs={"role": "group", "aria-label": "Tables of keys"},
        ),
        class_name="box4 part",
    )


def _preset(preset: PresetItem) -> rx.Component:
    on = KeyPageState.preset == preset.name
    return rx.el.button(
        rx.el.b(preset.title),
        rx.el.span(preset.told),
        type="button",
        class_name=rx.cond(on, "preset on", "preset"),
        on_click=KeyPageState.use(preset.name),
        custom_attrs={"aria-pressed": rx.cond(on, "true", "false")},
    )


def _finding() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            *[_room(name, label) for name, label in ROOM_NAMES.items()],
            class_name="row wrap",
            custom_attrs={"role": "group", "aria-label": "Room"},
        ),
        rx.el.label(
            icon("search", "s"),
            rx.el.span("Find an act by its words", class_name="sr"),
            rx.debounce_input(
                rx.el.input(
                    value=KeyPageState.words,
                    on_change=KeyPageState.search,
                    placeholder="What it does",
                    type="search",
                    max_length=60,
                ),
                debounce_timeout=200,
            ),
            class_name="in t grow",
        ),
        rx.el.button(
            icon("keyboard", "s"),
            rx.el.span(rx.cond(KeyPageState.pressed != "", KeyPageState.pressed, "Find by key"), class_name="said"),
            rx.el.span("Press a key", class_name="wait", custom_attrs={"aria-hidden": "true"}),
            type="button",
            class_name="btn record wide-only",
            custom_attrs={"data-record": "key-find", "title": "Press it, then the key you want to know about"},
        ),
        class_name="finding",
    )


def _room(name: str, label: str) -> rx.Component:
    on = (KeyPageState.room == name) & (KeyPageState.words == "") & (KeyPageState.pressed == "")
    return rx.el.button(
        label,
        type="button",
        class_name=rx.cond(on, "chip on", "chip"),
        on_click=KeyPageState.show(name),
        custom_attrs={"aria-pressed": rx.cond(on, "true", "false")},
    )


def _nothing() -> rx.Component:
    return rx.el.div(
        rx.cond(
            KeyPageState.pressed != "",
            rx.el.p(caps(KeyPageState.pressed), " does nothing yet: it is free."),
            rx.el.p("Nothing is called that."),
        ),
        button("Show all", on_click=KeyPageState.show("cut")),
        class_name="box4 part nokeys",
        role="status",
    )


def _group(group: KeyGroup) -> rx.Component:
    searching = (KeyPageState.words != "") | (KeyPageState.pressed != "")
    return rx.el.section(
        rx.el.h2(group.title, rx.cond(searching, rx.el.span(group.room, class_name="tag")), class_name="h20"),
        rx.el.ul(rx.foreach(group.rows.to(list[KeyRow]), _row)),
        class_name="box4 part keygroup",
        key=group.id,
    )


def _row(row: KeyRow) -> rx.Component:
    return rx.el.li(
        rx.el.span(row.words, class_name="what"),
        rx.cond(row.fixed, _always(row), _changing(row)),
        rx.cond(KeyPageState.clash.act == row.id, _clash()),
        class_name=rx.cond(row.own, "keyrow own", "keyrow"),
        key=row.id,
    )


def _always(row: KeyRow) -> rx.Component:
    return rx.el.span(rx.foreach(row.held, caps), rx.el.span("always", class_name="sm mute"), class_name="always")


def _changing(row: KeyRow) -> rx.Component:
    return rx.el.span(
        rx.el.button(
            rx.cond(
                row.held.length() > 0,
                rx.el.span(rx.foreach(row.held, caps), class_name="said"),
                rx.el.span("No key", class_name="said none"),
            ),
            rx.el.span("Press the key", class_name="wait", custom_attrs={"aria-hidden": "true"}),
            type="button",
            class_name="record",
            custom_attrs={
                "data-record": "key-set",
                "data-act": row.id,
                "aria-label": "Change the key of “" + row.words + "”: " + row.held.join(", "),
                "title": "Press, then the key you want",
            },
        ),
        square(
            "plus",
            "One more key for “" + row.words + "”",
            kind="flat record",
            custom_attrs={"data-record": "key-also", "data-act": row.id, "title": "One more key"},
        ),
        rx.cond(
            row.own,
            square(
                "rotate-ccw",
                "Reset “" + row.words + "”",
                kind="flat",
                on_click=KeyPageState.put_back(row.id),
                custom_attrs={"title": "As it was"},
            ),
            square(
                "x",
                "No key for “" + row.words + "”",
                kind="flat",
                on_click=KeyPageState.clear(row.id),
                disabled=row.held.length() == 0,
                custom_attrs={"title": "No key"},
            ),
        ),
        class_name="sets",
    )


def _clash() -> rx.Component:
    clash = KeyPageState.clash
    return rx.el.div(
        rx.el.p(clash.text),
        rx.cond(
            clash.takes,
            rx.el.div(
                button("Take it", kind="s go", on_click=KeyPageState.take),
                button("Leave it", kind="s", on_click=KeyPageState.leave),
                class_name="row",
            ),
            square("x", "Understood", kind="flat", on_click=KeyPageState.leave),
        ),
        class_name="clash",
        custom_attrs={"role": "alert"},
    )
