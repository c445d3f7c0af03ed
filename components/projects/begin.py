"""The ways to begin a project: a file, pasted words, a storyboard, footage, the sample; and the page as one large drop zone."""

from __future__ import annotations

import reflex as rx

from components.projects.format import format_choice, format_fields
from components.ui.button import button, square
from components.ui.icon import icon
from state.projects.projects import ProjectsState

ACCEPTED = ".fountain,.spmd,.txt,.md,.fdx,.pdf,.docx,.fadein,.osf,text/plain"
KINDS = "Fountain, Final Draft, PDF, Word, Fade In or plain text"

# Handlers compiled into the page: a chosen file is sent at once, and a file dragged over the page raises the drop zone.
SEND_CHOSEN = rx.Var("(e) => e.target.files.length && e.target.form.requestSubmit()", _var_type=rx.EventChain)
_RAISE = rx.Var("(e) => e.dataTransfer?.types.includes('Files') && (e.currentTarget.dataset.drop = 'over')")
_LOWER = rx.Var("(e) => { delete e.currentTarget.closest('[data-drop]')?.dataset.drop }")


def drop_page(*content: rx.Component, class_name: str) -> rx.Component:
    """Content on which a file may be dropped anywhere."""
    return rx.el.div(
        *content,
        file_form(
            rx.el.input(
                type="file",
                name="file",
                accept=ACCEPTED,
                on_change=SEND_CHOSEN,
                custom_attrs={"onDragLeave": _LOWER, "tabIndex": -1, "aria-hidden": "true"},
            ),
            rx.el.p(icon("upload", "l"), rx.el.b("Let go to import the script"), rx.el.span(KINDS)),
            class_name="dropzone",
        ),
        class_name=class_name,
        custom_attrs={"onDragEnter": _RAISE},
    )


def band() -> rx.Component:
    """The ways side by side, and the format each begins in."""
    return rx.el.div(
        rx.el.div(rx.el.b("Begin a film"), format_choice(), class_name="row between g4"),
        rx.el.nav(*_ways(), class_name="new", custom_attrs={"aria-label": "New project"}),
        class_name="begin wide-only",
    )


def new_sheet() -> rx.Component:
    """The ways in a sheet, for phones."""
    return rx.el.div(
        format_choice(),
        rx.el.nav(*_ways(), class_name="new", custom_attrs={"aria-label": "New project, phone"}),
        id="new",
        class_name="new-sheet",
        custom_attrs={"popover": "auto", "role": "dialog", "aria-label": "New project"},
    )


def _ways() -> tuple[rx.Component, ...]:
    return (
        file_form(
            icon("upload", "l"),
            rx.el.span(
                rx.el.b("Import a script"),
                rx.el.span(f"{KINDS}. ", rx.el.em("Drop it anywhere.", class_name="wide-only")),
            ),
            file_input("Import a script"),
            class_name="way file",
        ),
        rx.el.button(
            icon("clipboard-paste", "l"),
            rx.el.span(rx.el.b("Paste one"), rx.el.span("Straight from the page you write on.")),
            type="button",
            class_name="way",
            custom_attrs={"popoverTarget": "paste"},
        ),
        boards_form(
            icon("images", "l"),
            rx.el.span(rx.el.b("Bring in a storyboard"), rx.el.span("A Storyboarder project, zipped.")),
            class_name="way",
        ),
        rx.el.button(
            icon("film", "l"),
            rx.el.span(rx.el.b("Cut your footage"), rx.el.span("Films, pictures and sound. No script needed.")),
            type="button",
            class_name="way",
            on_click=ProjectsState.cut_footage,
        ),
        sample_form(
            rx.el.button(
                icon("clapperboard", "l"),
                rx.el.span(rx.el.b("Open the sample film"), rx.el.span("A short script, drawn while you watch.")),
                type="submit",
                class_name="way sample",
            )
        ),
    )


def file_input(label: str) -> rx.Component:
    """A file field that covers the box it stands in and sends its form as soon as a file is chosen or dropped."""
    return rx.el.input(
        type="file",
        name="file",
        accept=ACCEPTED,
        on_change=SEND_CHOSEN,
        class_name="over",
        custom_attrs={"aria-label": label},
    )


def boards_form(*content: rx.Component, class_name: str) -> rx.Component:
    """A form that makes a project of a Storyboarder project's ZIP."""
    chosen = rx.el.input(
        type="file",
        name="file",
        accept=".zip,application/zip",
        on_change=SEND_CHOSEN,
        class_name="over",
        custom_attrs={"aria-label": "Bring in a Storyboarder project"},
    )
    return _form(*content, chosen, class_name=class_name, action="/auth/boards")


def sample_form(*content: rx.Component) -> rx.Component:
    """A form that makes a project of the sample script."""
    return rx.el.form(
        *content, *format_fields(), method="post", action="/auth/sample", on_submit=None, class_name="plain"
    )


def file_form(*content: rx.Component, class_name: str) -> rx.Component:
    """A form that makes a project of a script's file."""
    return _form(*content, *format_fields(), class_name=class_name, action="/auth/new-project")


def paste_dialog() -> rx.Component:
    """The box for pasted words. It stays open, with the words in it, when they are no script."""
    return rx.el.div(
        rx.el.form(
            rx.el.div(
                rx.el.h2("Paste a script"),
                square(
                    "x", "Close", kind="flat", custom_attrs={"popoverTarget": "paste", "popoverTargetAction": "hide"}
                ),
                class_name="row between",
            ),
            rx.el.label(
                "Title", rx.el.span(" if it is not on the title page", class_name="mute"), html_for="paste-title"
            ),
            rx.el.input(
                id="paste-title",
                name="title",
                default_value=ProjectsState.title,
                class_name="in",
                auto_complete="off",
                custom_attrs={"maxLength": 200},
            ),
            rx.el.label("Script", html_for="paste-text"),
            rx.el.textarea(
                id="paste-text",
                name="text",
                class_name="in scr",
                placeholder="INT. KITCHEN - NIGHT\n\nRain on the window. ANNA waits by the kettle.\n\nANNA\nIt never boils.",
                spell_check=False,
                custom_attrs={"rows": 14, "maxLength": 250000, "aria-describedby": "paste-note", "autoFocus": True},
            ),
            rx.cond(
                ProjectsState.paste_problem != "",
                rx.el.p(
                    icon("circle-alert"),
                    ProjectsState.paste_problem,
                    class_name="problem",
                    custom_attrs={"role": "alert"},
                ),
            ),
            rx.el.div(
                rx.el.p(
                    "Scene headings begin with INT. or EXT.; names in capitals speak.",
                    id="paste-note",
                    class_name="sm mute grow",
                ),
                button("Make the board", kind="go", glyph="clapperboard", type="submit"),
                class_name="row foot",
            ),
            on_submit=ProjectsState.paste,
        ),
        id="paste",
        class_name="sheet paste",
        custom_attrs={"popover": "auto", "role": "dialog", "aria-label": "Paste a script"},
    )


def problem() -> rx.Component:
    """Why an import was refused, above the ways to try again."""
    return rx.cond(
        ProjectsState.problem != "",
        rx.el.div(
            icon("circle-alert"),
            rx.el.p(rx.el.b("That did not become a project. "), ProjectsState.problem),
            class_name="problem",
            custom_attrs={"role": "alert"},
        ),
    )


def _form(*content: rx.Component, class_name: str, action: str) -> rx.Component:
    return rx.el.form(
        *content,
        method="post",
        action=action,
        enc_type="multipart/form-data",
        on_submit=None,  # else Reflex would keep the browser from sending it
        class_name=class_name,
    )
