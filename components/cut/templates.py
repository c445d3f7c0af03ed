"""Templates of the Cut room: a gallery of what they look like, the form of one, and the chosen clips saved as one."""

from __future__ import annotations

import reflex as rx

from components.ui.button import button, square
from components.ui.field import ENTER_LEAVES
from components.ui.icon import icon
from components.wrapped.cut_desk import FRAME, asks, may_edit
from state.cut.room import CutRoomState
from state.cut.templates import FieldItem, TemplateItem, TemplatesState

_RUN = """(e) => {
  const shown = e.target.closest?.("[data-posters]");
  if (!shown) return;
  const box = shown.getBoundingClientRect(), third = Math.min(2, Math.floor(((e.clientX - box.left) / box.width) * 3));
  const address = shown.dataset.posters + "at=" + [0.2, 0.5, 0.85][Math.max(0, third)];
  if (shown.getAttribute("src") !== address) shown.setAttribute("src", address);
}"""
"""The poster under the pointer shows its beginning, its middle or its end."""

_FILLED: rx.Var[dict[str, str]] = rx.Var(
    "Object.fromEntries([...document.querySelectorAll('.tfields [name]')].map((field) => [field.name, field.value]))",
    _var_type=dict[str, str],
)
"""What stands in the form now, by name."""

_OPENS = "cut-templates"


def templates_button() -> rx.Component:
    """Opens the sheet."""
    return rx.el.button(
        icon("layout-template"),
        "Templates",
        type="button",
        class_name="btn",
        custom_attrs={
            "popoverTarget": _OPENS,
            "data-hit": "cut.templates",
            "title": "Titles, straps, split screens: filled and laid into the cut",
        },
    )


def templates_pane() -> rx.Component:
    """A sheet at the right that stays while one works on the timeline: the gallery, or the form of the one that is open."""
    return rx.el.aside(
        rx.el.header(
            rx.cond(
                TemplatesState.open.id != "",
                square("arrow-left", "All templates", kind="flat", on_click=TemplatesState.choose("")),
            ),
            rx.el.h2(rx.cond(TemplatesState.open.id != "", TemplatesState.open.name, "Templates"), class_name="cut1"),
            square("x", "Close", kind="flat", custom_attrs={"popoverTarget": _OPENS, "popoverTargetAction": "hide"}),
        ),
        rx.cond(TemplatesState.open.id != "", _form(), _gallery()),
        key="templates"
        + TemplatesState.laid.to_string(),  # what was laid down is looked at: another sheet is a closed one
        id=_OPENS,
        class_name="drawer room cut-templates",
        custom_attrs={"popover": "manual", "aria-label": "Templates"},
    )


def _gallery() -> rx.Component:
    return rx.el.div(
        rx.cond(
            may_edit & TemplatesState.made_of,
            button("Change the chosen template", glyph="pencil", kind="full", on_click=TemplatesState.choose_used),
        ),
        rx.el.div(
            rx.foreach(TemplatesState.items, _card),
            class_name="tgrid",
            custom_attrs={"onPointerMove": rx.Var(_RUN)},
        ),
        rx.cond(may_edit, _saving()),
        class_name="list",
    )


def templates_shelf(words: rx.Var[str]) -> rx.Component:
    """The gallery as a tab of the bin: those that have these words; one that is pressed opens its form, one that is dragged
    onto the timeline is laid down as it is."""

    def shown(item: TemplateItem) -> rx.Component:
        told = item.name + " " + item.about
        return rx.cond(told.lower().contains(words.lower()), _card(item, opens=True))

    return rx.el.div(
        rx.foreach(TemplatesState.items, shown),
        class_name="tgrid",
        custom_attrs={"onPointerMove": rx.Var(_RUN)},
    )


def _card(item: TemplateItem, *, opens: bool = False) -> rx.Component:
    sheet = {"popoverTarget": _OPENS, "popoverTargetAction": "show", "data-media": item.carried} if opens else {}
    return rx.el.button(
        rx.el.img(
            src=item.posters + "at=0.27",
            alt="",
            loading="lazy",
            draggable=False,
            custom_attrs={"data-posters": item.posters},
        ),
        rx.el.span(rx.el.b(item.name, class_name="cut1"), rx.el.span(item.lasts, class_name="q num")),
        rx.cond(~item.ours, rx.el.span("Yours", class_name="tag")),
        type="button",
        key=item.id,
        draggable=may_edit if opens else False,
        title=item.about,
        on_click=TemplatesState.choose(item.id),
        class_name="tcard",
        custom_attrs=sheet,
    )


def _saving() -> rx.Component:
    """The clips that are chosen in the cut, kept under a name."""
    return rx.el.form(
        rx.el.h3("Save your own"),
        rx.cond(
            TemplatesState.chosen > 0,
            rx.fragment(
                rx.el.label(
                    rx.el.span("Name", class_name="q"),
                    rx.el.input(name="name", required=True, max_length=100, auto_complete="off", class_name="in t"),
                ),
                button("Save the chosen clips", glyph="plus", type="submit"),
            ),
            rx.el.p(
                "Choose clips on the timeline: their words, colours and pictures can be filled anew.", class_name="q"
            ),
        ),
        rx.el.label(
            icon("file-input", "s14"),
            "Bring in a file",
            rx.el.input(
                type="file",
                accept=".json",
                class_name="sr",
                custom_attrs={"data-template-file": "", "aria-label": "Bring in a template of a file"},
            ),
            class_name="btn",
        ),
        on_submit=TemplatesState.save,
        reset_on_submit=True,
        class_name="tsave",
    )


def _form() -> rx.Component:
    return rx.el.div(
        rx.el.img(
            src=TemplatesState.poster + "at=0.5",
            alt="What it looks like as it is filled",
            class_name="tposter",
            custom_attrs={"data-posters": TemplatesState.poster, "onPointerMove": rx.Var(_RUN)},
        ),
        rx.el.p(TemplatesState.open.about, class_name="q"),
        rx.el.div(rx.foreach(TemplatesState.fields, _field), class_name="tfields", key=TemplatesState.open.id),
        rx.cond(
            may_edit,
            rx.fragment(
                rx.cond(
                    TemplatesState.use != "",
                    button(
                        "Change it in the cut",
                        kind="go full",
                        on_click=asks("change_use", use=TemplatesState.use, values=_FILLED),
                    ),
                    button(
                        "Put at the playhead",
                        kind="go full",
                        on_click=asks("use_template", template=TemplatesState.open.id, values=_FILLED, at=FRAME),
                        disabled=CutRoomState.cut == "",
                    ),
                ),
                rx.cond(~TemplatesState.open.ours & (TemplatesState.use == ""), _own()),
            ),
        ),
        class_name="list",
    )


def _own() -> rx.Component:
    """What can be done to a template somebody saved."""
    return rx.el.div(
        rx.el.label(
            rx.el.span("Name", class_name="q"),
            rx.el.input(
                default_value=TemplatesState.open.name,
                key=TemplatesState.open.id + TemplatesState.open.name,
                max_length=100,
                on_blur=TemplatesState.rename,
                class_name="in t",
                custom_attrs={"onKeyDown": ENTER_LEAVES},
            ),
        ),
        rx.el.a(
            icon("file-output"),
            "Save as a file",
            href="/api/v1/projects/" + TemplatesState.project + "/templates/" + TemplatesState.open.id + "/file",
            class_name="btn",
            custom_attrs={
                "download": "",
                "reloadDocument": True,
                "title": "For another project; its pictures are chosen anew there",
            },
        ),
        button("Delete this template", glyph="trash-2", on_click=TemplatesState.delete),
        class_name="tsave",
    )


def _field(field: FieldItem) -> rx.Component:
    return rx.el.label(
        rx.el.span(field.label, class_name="q"),
        rx.match(
            field.kind,
            ("text", rx.cond(field.long, _lines(field), _line(field))),
            ("colour", _colour(field)),
            ("media", _media(field)),
            ("choice", _choice(field)),
            _number(field),
        ),
        key=TemplatesState.open.id + TemplatesState.use + field.name,
    )


def _line(field: FieldItem) -> rx.Component:
    return rx.el.input(
        name=field.name,
        default_value=field.value,
        max_length=4000,
        auto_complete="off",
        on_blur=lambda value: TemplatesState.set_value(field.name, value),
        class_name="in t",
        custom_attrs={"onKeyDown": ENTER_LEAVES},
    )


def _lines(field: FieldItem) -> rx.Component:
    return rx.el.textarea(
        name=field.name,
        default_value=field.value,
        rows=4,
        max_length=4000,
        on_blur=lambda value: TemplatesState.set_value(field.name, value),
        class_name="in t",
    )


def _colour(field: FieldItem) -> rx.Component:
    return rx.el.input(
        type="color",
        name=field.name,
        default_value=field.value,
        on_change=lambda value: TemplatesState.set_value(field.name, value).debounce(300),
    )


def _media(field: FieldItem) -> rx.Component:
    return rx.el.select(
        rx.el.option(rx.cond(field.optional, "None", "Choose a picture or a film"), value=""),
        rx.foreach(TemplatesState.files, lambda file: rx.el.option(file.name, value=file.sha256)),
        name=field.name,
        default_value=field.value,
        on_change=lambda value: TemplatesState.set_value(field.name, value),
        class_name="in t",
    )


def _choice(field: FieldItem) -> rx.Component:
    return rx.el.select(
        rx.foreach(field.choices, lambda word: rx.el.option(word, value=word)),
        name=field.name,
        default_value=field.value,
        on_change=lambda value: TemplatesState.set_value(field.name, value),
        class_name="in t",
    )


def _number(field: FieldItem) -> rx.Component:
    return rx.el.span(
        rx.el.input(
            name=field.name,
            default_value=field.value,
            auto_complete="off",
            on_blur=lambda value: TemplatesState.set_value(field.name, value),
            class_name="in num",
            custom_attrs={
                "onKeyDown": ENTER_LEAVES,
                "inputMode": "decimal",
                "title": field.least + " to " + field.most,
            },
        ),
        rx.cond(field.kind == "length", rx.el.span("seconds", class_name="q")),
        class_name="row",
    )
