"""A next draft meets the script: questions first, side by side, then every scene that changes and what it carries along."""

from __future__ import annotations

import reflex as rx

from components.ui.button import button, link_button
from components.ui.icon import icon
from state.importing.merging import MergeState, Question, Row, Tally


def merge_page() -> rx.Component:
    """Skeletons, a sentence when there is nothing to merge, or the plan."""
    return rx.cond(MergeState.loaded, rx.cond(MergeState.missing, _gone(), _plan()), _waiting())


def _plan() -> rx.Component:
    return rx.el.div(
        rx.el.header(
            rx.el.p(MergeState.name, class_name="scr b"),
            rx.el.h1("What becomes of each scene", class_name="h44"),
            rx.el.ul(rx.foreach(MergeState.tallies, _tally), class_name="row wrap g2 tallies"),
            rx.el.p(
                "Drawings, voices and tags stay with their scenes. The script as it is now becomes a version you can bring back."
            ),
        ),
        rx.cond(
            MergeState.questions.length() > 0,
            rx.el.section(
                rx.el.h2(
                    MergeState.questions.length(),
                    rx.cond(
                        MergeState.questions.length() == 1, " scene for you to decide", " scenes for you to decide"
                    ),
                    class_name="h20",
                ),
                rx.foreach(MergeState.questions, _question),
                class_name="col g4",
            ),
        ),
        rx.cond(
            MergeState.rows.length() > 0,
            rx.el.section(
                rx.el.h2("Changes", class_name="h20"),
                rx.el.ol(rx.foreach(MergeState.rows, _row), class_name="changes box"),
            ),
            rx.el.p(icon("check", "s"), "Every other scene is the same as now.", class_name="whole"),
        ),
        rx.el.footer(
            button("Merge the draft", kind="go xl", glyph="check", on_click=MergeState.merge),
            link_button("Leave the script as it is", "/p/" + MergeState.project_id_of + "/script", kind="flat"),
            class_name="row wrap g3",
        ),
        class_name="merging",
    )


def _tally(each: Tally) -> rx.Component:
    return rx.el.li(rx.el.b(each.count, class_name="num"), " ", each.told, class_name="tag " + each.fate)


def _question(each: Question) -> rx.Component:
    return rx.el.article(
        rx.el.div(
            rx.el.div(
                rx.el.p("Now", class_name="sm b"),
                rx.el.h3(each.was_number, " ", each.was_heading, class_name="scr b"),
                rx.el.pre(each.was_text, class_name="scr", tab_index=0),
                rx.cond(each.carried != "", rx.el.p(icon("image", "s14"), each.carried, class_name="sm")),
            ),
            rx.el.div(
                rx.el.p("In the new draft", class_name="sm b"),
                rx.el.h3(each.number, " ", each.heading, class_name="scr b"),
                rx.el.pre(each.text, class_name="scr", tab_index=0),
            ),
            class_name="two",
        ),
        rx.el.div(
            _choice(each, "same", "The same scene, rewritten"),
            _choice(each, "apart", "Not the same: one goes to the drawer, one is new"),
            class_name="row wrap g2",
            custom_attrs={"role": "group", "aria-label": "Is it the same scene?"},
        ),
        class_name="ask box",
        key=each.id,
    )


def _choice(each: Question, choice: str, label: str) -> rx.Component:
    on = each.choice == choice
    return rx.el.button(
        label,
        type="button",
        on_click=MergeState.decide(each.id, choice),
        class_name=rx.cond(on, "chip on", "chip"),
        custom_attrs={"aria-pressed": on},
    )


def _row(row: Row) -> rx.Component:
    return rx.el.li(
        rx.el.span(row.told, class_name="tag " + row.fate),
        rx.el.span(
            rx.el.b(row.number, " ", row.heading, class_name="scr b"),
            rx.cond(row.was != "", rx.el.span("was ", row.was, class_name="sm mute")),
            class_name="col",
        ),
        rx.el.span(row.carried, class_name="sm carried"),
        key=row.key,
    )


def _gone() -> rx.Component:
    return rx.el.div(
        rx.el.h1("There is nothing to merge", class_name="h44"),
        rx.el.p("This draft was merged or put aside already, or it is older than a week."),
        link_button("To the projects", "/projects", kind="go"),
        class_name="merging",
    )


def _waiting() -> rx.Component:
    return rx.el.div(
        *[rx.el.div(class_name="sk") for _ in range(8)], class_name="merging", custom_attrs={"aria-busy": "true"}
    )
