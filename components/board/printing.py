"""The print sheet: what to print, how it looks, and the files there are. The choices live in the page; one button sends them."""

from __future__ import annotations

import reflex as rx

from components.board.scanning import scan_button
from components.ui.button import button, square
from components.ui.icon import icon
from components.ui.meter import meter
from state.board.board import BoardState
from state.board.printing import FIELDS, FRAMES, LAYOUTS, NAMES, Printed, PrintState
from state.live import LiveState
from state.project import ProjectState
from studio.storyboards.views import LayoutView

_WHAT = (
    ("pdf", "Board", "PDF", "book-image"),
    ("contact", "Contact sheet", "PDF", "grid-3x3"),
    ("list", "Shot list", "Excel", "sheet"),
    ("zip", "Pictures", "ZIP", "images"),
    ("gif", "Animatic", "GIF", "film"),
    ("storyboarder", "Storyboarder", "ZIP", "clapperboard"),
    ("worksheet", "Worksheet", "PDF", "pencil-ruler"),
)


def print_button() -> rx.Component:
    """Opens the sheet."""
    return rx.el.button(
        icon("printer"),
        rx.el.span("Print", class_name="wide-only"),
        type="button",
        class_name="btn",
        on_click=PrintState.show,
        custom_attrs={"popoverTarget": "print-sheet", "aria-label": "Print", "title": "Print"},
    )


def print_sheet() -> rx.Component:
    """A native popover at the right; on phones it covers the page."""
    return rx.el.aside(
        rx.el.header(
            rx.el.h2("Print"),
            square(
                "x", "Close", kind="flat", custom_attrs={"popoverTarget": "print-sheet", "popoverTargetAction": "hide"}
            ),
        ),
        rx.el.div(
            rx.cond(ProjectState.may_edit, _form(), _looking()),
            scan_button(),
            _prints(),
            class_name="list",
        ),
        id="print-sheet",
        class_name="drawer room printing",
        custom_attrs={"popover": "auto", "aria-label": "Print"},
    )


def _looking() -> rx.Component:
    return rx.el.p(
        "Printing is for the project's editors. What they have printed is here to take, and so is the ",
        rx.el.a("shot list", href=PrintState.shot_list, custom_attrs={"download": "", "reloadDocument": True}),
        " as it stands.",
        class_name="q say",
    )


def _form() -> rx.Component:
    return rx.el.form(
        rx.el.div(
            *[_what(*each, first=at == 0) for at, each in enumerate(_WHAT)],
            class_name="whats",
            custom_attrs={"role": "radiogroup", "aria-label": "What to print"},
        ),
        rx.el.div(
            *[_layout(each, first=at == 0) for at, each in enumerate(LAYOUTS)],
            class_name="layouts for-pdf",
            custom_attrs={"role": "radiogroup", "aria-label": "Layout"},
        ),
        _fields(),
        _names(),
        _frames(),
        rx.el.div(
            rx.el.span("Of", class_name="q"),
            _choice(
                "part",
                "Which part",
                (("film", "Whole film"), ("scene", "Scene " + BoardState.head.number), ("blank", "No shot")),
            ),
            rx.el.input(type="hidden", name="scene", value=BoardState.head.position, read_only=True),
            class_name="f",
        ),
        rx.el.div(
            rx.el.span("Paper", class_name="q"),
            rx.el.div(
                _choice("paper", "Paper", (("letter", "Letter"), ("a4", "A4"))),
                _tick("turned", "Turn page", kind="turns"),
                _tick("cover", "Cover", checked=True, kind="covers"),
                class_name="row wrap",
            ),
            class_name="f for-pdf for-contact for-worksheet",
        ),
        rx.el.div(
            rx.el.span("File", class_name="q"),
            _choice("list", "File", (("xlsx", "Excel"), ("csv", "CSV"))),
            class_name="f for-list",
        ),
        button("Make the file", kind="go full", glyph="printer", type="submit", id="print-make"),
        on_submit=PrintState.make,
        custom_attrs={"autoComplete": "off"},
    )


def _what(name: str, label: str, ending: str, glyph: str, *, first: bool) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="radio", name="what", value=name, id=f"print-{name}", class_name="sr", default_checked=first),
        icon(glyph, "s20"),
        rx.el.b(label),
        rx.el.span(ending, class_name="q"),
    )


def _layout(layout: LayoutView, *, first: bool) -> rx.Component:
    """A layout drawn small; what is on a page of the chosen one stands below them all."""
    page = rx.el.svg(
        rx.el.svg.rect(width=f"{layout.width:g}", height=f"{layout.height:g}"),
        rx.el.svg.path(d=layout.pictures, class_name="pictures"),
        rx.el.svg.path(d=layout.words, class_name="words"),
        view_box=f"0 0 {layout.width:g} {layout.height:g}",
        class_name="page",
        custom_attrs={"aria-hidden": "true"},
    )
    return rx.el.label(
        rx.el.span(
            rx.el.input(
                type="radio",
                name="layout",
                value=layout.name,
                class_name="sr turning" if layout.turns else "sr",
                default_checked=first,
            ),
            page,
            class_name="sheetlet",
        ),
        rx.el.span(layout.name.capitalize(), class_name="cut1"),
        rx.el.span(layout.says.capitalize() + ".", class_name="says"),
    )


def _fields() -> rx.Component:
    return rx.el.div(
        *[_tick(f"field-{name}", label, checked=True) for name, label in FIELDS],
        class_name="fields for-list",
        custom_attrs={"role": "group", "aria-label": "Columns"},
    )


def _names() -> rx.Component:
    return rx.el.label(
        rx.el.span("Names", class_name="q"),
        rx.el.select(
            *[rx.el.option(example, value=pattern) for pattern, example in NAMES], name="names", class_name="in t"
        ),
        class_name="f for-zip",
    )


def _frames() -> rx.Component:
    return rx.el.div(
        rx.el.label(
            rx.el.span("Frames", class_name="q"),
            rx.el.select(
                *[rx.el.option(words, value=value) for value, words in FRAMES], name="frames", class_name="in t"
            ),
            class_name="f",
        ),
        rx.el.label(
            rx.el.span("Pages", class_name="q"),
            rx.el.input(type="number", name="pages", default_value="4", min=1, max=50, class_name="in t"),
            class_name="f pages",
        ),
        class_name="for-worksheet",
    )


def _choice(name: str, label: str, options: tuple[tuple[str, str | rx.Var[str]], ...]) -> rx.Component:
    return rx.el.div(
        *[
            rx.el.label(
                rx.el.input(type="radio", name=name, value=value, class_name="sr", default_checked=at == 0),
                rx.el.span(word),
            )
            for at, (value, word) in enumerate(options)
        ],
        class_name="seg",
        custom_attrs={"role": "radiogroup", "aria-label": label},
    )


def _tick(name: str, label: str, *, checked: bool = False, kind: str = "") -> rx.Component:
    return rx.el.label(
        rx.el.input(type="checkbox", name=name, default_checked=checked),
        label,
        class_name=f"tick {kind}".strip(),
    )


def _prints() -> rx.Component:
    return rx.cond(
        PrintState.prints.length() > 0,
        rx.el.section(
            rx.el.h3("Last made", class_name="hd"),
            rx.foreach(PrintState.prints, _print),
            class_name="prints",
            custom_attrs={"aria-live": "polite"},
        ),
    )


def _print(item: Printed) -> rx.Component:
    at_work = (item.state == "running") | (item.state == "waiting")
    return rx.el.article(
        rx.el.div(
            rx.el.b(item.label, class_name="cut1", title=item.label),
            rx.el.span(item.told, class_name="q num cut1"),
            class_name="col grow",
        ),
        rx.cond(item.left != "", rx.el.span(item.left, " left", class_name="num")),
        rx.cond(
            at_work,
            button("Cancel", kind="s", glyph="x", on_click=LiveState.cancel(item.id)),
            rx.cond(
                item.link != "",
                rx.el.a(
                    icon("download"),
                    "Download",
                    href=item.link,
                    class_name="btn light",
                    custom_attrs={"download": "", "reloadDocument": True, "aria-label": "Download " + item.label},
                ),
                rx.cond(
                    ProjectState.may_edit,
                    button("Try again", kind="s", glyph="rotate-cw", on_click=LiveState.retry(item.id)),
                ),
            ),
        ),
        rx.cond(at_work, _bar(item)),
        rx.cond(item.problem != "", rx.el.p(item.problem, class_name="problem")),
        class_name="job " + item.state,
        key=item.id,
    )


def _bar(item: Printed) -> rx.Component:
    return meter(item.percent, item.label)
