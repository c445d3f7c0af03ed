"""The jobs of the open project as a table: what runs with its time left, what ended, what failed and why."""

from __future__ import annotations

import reflex as rx

from components.layout.jobs import job_act, job_bar
from state.live import Job, LiveState
from state.project import ProjectState


def work() -> rx.Component:
    """The newest jobs; one line says so when there are none."""
    return rx.el.section(
        rx.el.div(
            rx.el.h2("Work", class_name="h20"),
            rx.el.span("Drawing, voicing and rendering go on when you close the page.", class_name="sm mute wide-only"),
            class_name="row between",
        ),
        rx.cond(
            LiveState.jobs.length() > 0,
            rx.el.div(
                rx.el.table(
                    rx.el.thead(
                        rx.el.tr(
                            rx.el.th("What"),
                            rx.el.th("How far"),
                            rx.el.th("Asked by", class_name="wide"),
                            rx.el.th("When", class_name="wide"),
                            rx.el.th(rx.el.span("Act", class_name="sr")),
                        )
                    ),
                    rx.el.tbody(rx.foreach(LiveState.jobs[:8], _row)),
                ),
                class_name="box",
            ),
            rx.el.p("Nothing was made here yet. The first drawing shows up in this list.", class_name="mute"),
        ),
        class_name="work",
    )


def _row(job: Job) -> rx.Component:
    return rx.el.tr(
        rx.el.td(job.label, class_name="b"),
        rx.el.td(_progress(job)),
        rx.el.td(job.by, class_name="mute wide"),
        rx.el.td(job.when, class_name="mute wide"),
        rx.el.td(rx.cond(ProjectState.may_edit, job_act(job, rx.fragment())), class_name="r"),
        class_name=job.state,
        key=job.id,
    )


def _progress(job: Job) -> rx.Component:
    return rx.match(
        job.state,
        ("running", _bar(job)),
        ("waiting", rx.el.span("Waiting its turn", class_name="st")),
        ("done", rx.el.span("Done", class_name="st ok")),
        ("stopped", rx.el.span("Stopped", class_name="st")),
        rx.el.span(rx.el.b("Failed. "), job.problem, class_name="st bad"),
    )


def _bar(job: Job) -> rx.Component:
    return rx.el.div(
        job_bar(job, "track"),
        rx.el.span(
            rx.cond(job.left != "", rx.fragment(job.left, " left"), rx.fragment(job.percent, " %")),
            class_name="num mono",
        ),
        rx.cond(job.stage != "", rx.el.span(job.stage, class_name="sm mute stage-word")),
        class_name="far",
    )
