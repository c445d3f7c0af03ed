"""The jobs sign in the top bar and the drawer behind it: every job with its stage, time left and a cancel."""

from __future__ import annotations

import reflex as rx

from components.ui.button import button, square
from components.ui.icon import icon
from components.ui.meter import meter
from state.live import Job, LiveState

_CIRCLE = 50.3  # circumference of the ring, radius 8


def ring() -> rx.Component:
    """Share done of everything that runs."""
    return rx.el.svg(
        rx.el.svg.circle(cx="10", cy="10", r="8", fill="none", stroke="currentColor", stroke_width="4", opacity=".25"),
        rx.el.svg.circle(
            cx="10",
            cy="10",
            r="8",
            fill="none",
            stroke="#FF6B35",
            stroke_width="4",
            custom_attrs={
                "strokeDasharray": rx.Var.create(f"{_CIRCLE}"),
                "strokeDashoffset": (100 - LiveState.percent) * _CIRCLE / 100,
            },
        ),
        view_box="0 0 20 20",
        width="20",
        height="20",
        class_name="ring",
        custom_attrs={"aria-hidden": "true"},
    )


def jobs_sign(class_name: str) -> rx.Component:
    """How many jobs run and how long they still need; opens the drawer."""
    return rx.el.button(
        rx.cond(LiveState.running > 0, ring(), icon("list-checks")),
        rx.cond(
            LiveState.running > 0,
            rx.el.span(
                rx.el.b(LiveState.running),
                rx.cond(LiveState.running == 1, " job", " jobs"),
                rx.cond(LiveState.left != "", rx.el.span(" · ", LiveState.left, class_name="num"), ""),
                class_name="wide-only",
            ),
            rx.el.span("No jobs", class_name="wide-only"),
        ),
        rx.cond(LiveState.running > 0, rx.el.em(LiveState.running)),
        type="button",
        class_name=class_name,
        custom_attrs={"popoverTarget": "jobs", "aria-label": "Jobs"},
    )


def jobs_drawer() -> rx.Component:
    """The drawer; a native popover, so Esc and a click outside close it."""
    return rx.el.aside(
        rx.el.header(
            rx.el.h2("Jobs"),
            square("x", "Close", kind="flat", custom_attrs={"popoverTarget": "jobs", "popoverTargetAction": "hide"}),
        ),
        rx.el.div(
            rx.cond(
                LiveState.jobs.length() > 0,
                rx.foreach(LiveState.jobs, _job),
                rx.el.p("Nothing runs. Drawing a board or rendering a film shows here, with the time it still needs."),
            ),
            class_name="list",
        ),
        id="jobs",
        class_name="drawer room",
        custom_attrs={"popover": "auto", "aria-label": "Jobs"},
    )


def _job(job: Job) -> rx.Component:
    return rx.el.article(
        rx.el.div(
            rx.el.h3(job.label, class_name="grow"),
            rx.cond(job.left != "", rx.el.span(job.left, " left", class_name="num")),
            job_act(job, rx.el.span(icon("check", "s14"), "Done", class_name="tag ok")),
            class_name="row",
        ),
        rx.cond((job.state == "running") | (job.state == "waiting"), job_bar(job, "meter")),
        rx.el.p(_line(job)),
        rx.cond(job.problem != "", rx.el.p(job.problem, class_name="problem")),
        class_name="job " + job.state,
        key=job.id,
    )


def job_bar(job: Job, class_name: str) -> rx.Component:
    """How far a job is."""
    return meter(job.percent, job.label, class_name)


def job_act(job: Job, done: rx.Component) -> rx.Component:
    """What one may do with a job as it stands; `done` is shown when there is nothing left to do."""
    return rx.match(
        job.state,
        ("running", button("Cancel", kind="s", glyph="x", on_click=LiveState.cancel(job.id))),
        ("waiting", button("Cancel", kind="s", glyph="x", on_click=LiveState.cancel(job.id))),
        ("failed", button("Try again", kind="s", glyph="rotate-cw", on_click=LiveState.retry(job.id))),
        ("stopped", button("Start again", kind="s", glyph="rotate-cw", on_click=LiveState.retry(job.id))),
        done,
    )


def _line(job: Job) -> rx.Component:
    return rx.fragment(
        job.project,
        rx.cond((job.stage != "") & (job.state == "running"), rx.fragment(" · ", job.stage), ""),
        rx.cond(job.state == "stopped", " · stopped", ""),
        rx.cond(job.by != "", rx.fragment(" · ", job.by), ""),
        rx.cond(job.when != "", rx.fragment(" · ", job.when), ""),
    )
