"""A file looked over: the summary beside it, its paragraphs as they will be read, and one button that keeps it."""

from __future__ import annotations

import reflex as rx

from components.projects.begin import ACCEPTED, KINDS, SEND_CHOSEN
from components.projects.format import format_choice
from components.ui.button import button, link_button
from components.ui.icon import icon
from state.importing.importing import NAMES, TAGS, ImportState, Line, Lost


def import_page() -> rx.Component:
    """Skeletons, the place to choose a file, or the file."""
    return rx.cond(ImportState.loaded, rx.cond(ImportState.missing, _choose(), _file()), _waiting())


def _file() -> rx.Component:
    found = ImportState.found
    return rx.el.div(
        rx.el.aside(
            rx.el.p(found.format, class_name="tag"),
            rx.el.h1(rx.cond(found.title != "", found.title, found.name), class_name="h44"),
            rx.el.p(found.name, class_name="sm mute name"),
            rx.el.dl(
                *_fact("Scenes", found.scenes),
                *_fact("Spoken cues", found.cues),
                *_fact("People", found.people),
                *_fact("Places", found.places),
                *_fact("Pages", found.pages),
                *_fact("About", found.time),
                class_name="facts",
            ),
            _losses(),
            rx.foreach(
                ImportState.warnings, lambda told: rx.el.p(icon("triangle-alert", "s"), told, class_name="warn")
            ),
            _keep(),
            class_name="sum",
        ),
        rx.el.section(
            rx.el.header(
                rx.el.h2("How it was read", class_name="h20"),
                rx.el.p(
                    "Nothing is in a project yet. Where a type is wrong, choose another; a guess is marked.",
                    class_name="sm mute grow",
                ),
                rx.cond(
                    found.guessed > 0,
                    rx.el.button(
                        rx.cond(
                            ImportState.only_guessed, "Show all", rx.fragment("Only guesses (", found.guessed, ")")
                        ),
                        type="button",
                        on_click=ImportState.show_guessed,
                        class_name=rx.cond(ImportState.only_guessed, "chip on", "chip"),
                        custom_attrs={"aria-pressed": ImportState.only_guessed},
                    ),
                ),
                class_name="row wrap g3",
            ),
            rx.el.ol(rx.foreach(ImportState.lines, _line), class_name="read box"),
            rx.cond(ImportState.pages > 1, _turns()),
            custom_attrs={"aria-label": "Paragraphs"},
        ),
        class_name="importing",
    )


def _fact(name: str, value: rx.Var[int] | rx.Var[str]) -> tuple[rx.Component, rx.Component]:
    return rx.el.dt(name), rx.el.dd(value, class_name="num")


def _losses() -> rx.Component:
    return rx.cond(
        ImportState.losses.length() > 0,
        rx.el.div(
            rx.el.h2("Not kept", class_name="h16"),
            rx.el.ul(rx.foreach(ImportState.losses, _lost)),
            rx.el.p("The file itself is kept beside the script, unchanged.", class_name="sm mute"),
            class_name="lost",
        ),
        rx.el.p(icon("check", "s"), "Every word of the file is kept.", class_name="whole"),
    )


def _lost(each: Lost) -> rx.Component:
    return rx.el.li(rx.el.b(each.count), " ", each.what)


def _keep() -> rx.Component:
    own = ImportState.found.project_id == ""
    return rx.el.form(
        rx.cond(
            own,
            rx.fragment(
                rx.el.label("Name of the project", html_for="title"),
                rx.el.input(
                    id="title",
                    name="title",
                    max_length=200,
                    placeholder=ImportState.found.title,
                    auto_complete="off",
                    class_name="in",
                ),
                format_choice(),
            ),
        ),
        rx.cond(
            ImportState.found.has_script,
            link_button("See what it changes", ImportState.merge_page, kind="go full", glyph="git-merge"),
            button(
                rx.cond(own, "Make the project", "Keep it as the script"), kind="go full", glyph="check", type="submit"
            ),
        ),
        button("Do not import", kind="flat full", on_click=ImportState.forget),
        on_submit=ImportState.keep,
        class_name="keep",
    )


def _line(line: Line) -> rx.Component:
    return rx.el.li(
        rx.el.span(line.place, class_name="where sm mute wide-only"),
        rx.el.select(
            *[rx.el.option(NAMES[kind], value=kind.value) for kind in TAGS],
            rx.cond(line.kind == "page_break", rx.el.option("Page break", value="page_break")),
            value=line.kind,
            on_change=lambda kind: ImportState.retag(line.index, kind),
            class_name="in",
            custom_attrs={"aria-label": "Type of this paragraph"},
        ),
        rx.el.p(
            rx.cond(line.number != "", rx.el.b(line.number, class_name="no")),
            rx.cond(line.kind == "parenthetical", rx.fragment("(", line.text, ")"), line.text),
            class_name="scr " + line.kind,
        ),
        class_name=rx.cond(line.guessed, "guess", ""),
        key=line.index.to_string(),
    )


def _turns() -> rx.Component:
    return rx.el.nav(
        button("Earlier", glyph="chevron-left", on_click=ImportState.turn(-1), disabled=ImportState.page <= 1),
        rx.el.span(ImportState.page, " of ", ImportState.pages, class_name="num"),
        button(
            "Later", glyph="chevron-right", on_click=ImportState.turn(1), disabled=ImportState.page >= ImportState.pages
        ),
        class_name="row g3 turns",
        custom_attrs={"aria-label": "Pages of the list"},
    )


def _choose() -> rx.Component:
    return rx.el.form(
        rx.el.p("INT. YOUR SCRIPT - DAY", class_name="scr b"),
        rx.el.h1("Import a script", class_name="h44"),
        rx.cond(
            ImportState.problem != "",
            rx.el.p(ImportState.problem, class_name="slip", custom_attrs={"role": "alert"}),
            rx.el.p("You see how every paragraph was understood before anything is kept."),
        ),
        rx.el.label(
            icon("upload", "l"),
            rx.el.b("Choose a file"),
            rx.el.span(KINDS, class_name="sm mute"),
            rx.el.input(type="file", name="file", accept=ACCEPTED, on_change=SEND_CHOSEN, class_name="sr"),
            class_name="pick box",
        ),
        rx.el.input(type="hidden", name="project", value=ImportState.into, read_only=True),
        link_button(
            "Not now", rx.cond(ImportState.into != "", "/p/" + ImportState.into + "/script", "/projects"), kind="flat"
        ),
        method="post",
        action="/auth/import",
        enc_type="multipart/form-data",
        on_submit=None,  # else Reflex would keep the browser from sending it
        class_name="importing gone",
    )


def _waiting() -> rx.Component:
    return rx.el.div(
        rx.el.aside(*[rx.el.div(class_name="sk") for _ in range(6)], class_name="sum"),
        rx.el.section(*[rx.el.div(class_name="sk") for _ in range(12)]),
        class_name="importing",
        custom_attrs={"aria-busy": "true"},
    )
