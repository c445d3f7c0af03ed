"""The middle: the film being made, block by block, and the finished ones."""

from __future__ import annotations

import reflex as rx

from components.renders.cut import cut_strip
from components.ui.button import button
from components.ui.icon import icon
from components.ui.link import link
from components.ui.meter import meter
from state.live import Job, LiveState
from state.project import ProjectState
from state.renders.asking import AskingState
from state.renders.renders import Film, Frame, Piece, RendersState


def queue() -> rx.Component:
    """Jobs of this project with their film strip, then what is finished."""
    return rx.el.section(
        rx.el.div(
            rx.el.h1("Renders", class_name="hd14"),
            rx.cond(
                LiveState.running > 0,
                rx.el.span(LiveState.running, " running", class_name="q"),
                rx.el.span("Nothing runs", class_name="q"),
            ),
            class_name="phead qh",
        ),
        rx.el.div(
            rx.foreach(LiveState.jobs, _job),
            cut_strip(),
            rx.cond(
                RendersState.films.length() > 0,
                _finished(),
                rx.cond(RendersState.loaded & (LiveState.running == 0), _empty()),
            ),
            rx.cond(RendersState.loaded, "", rx.el.div(class_name="sk", style={"height": "160px"})),
            class_name="ql",
        ),
        class_name="queue",
        custom_attrs={"aria-label": "Renders"},
    )


def _job(job: Job) -> rx.Component:
    return rx.match(
        job.state,
        ("running", _running(job)),
        ("waiting", _running(job)),
        ("failed", rx.cond(job.when != "", _failed(job), rx.fragment())),
        rx.fragment(),
    )


def _running(job: Job) -> rx.Component:
    film = RendersState.making.contains(job.id)
    return rx.el.article(
        rx.el.div(
            rx.el.span(job.label, class_name="slate jn cut1"),
            rx.el.span(job.stage, class_name="q cut1 grow"),
            rx.cond(job.left != "", rx.el.span(job.left, " left", class_name="num tl2")),
            rx.cond(ProjectState.may_edit, button("Cancel", glyph="x", on_click=LiveState.cancel(job.id))),
            class_name="jh",
        ),
        rx.cond(
            film & (RendersState.strip.length() > 0),
            rx.el.div(rx.foreach(RendersState.strip, _frame), class_name="film", custom_attrs={"aria-hidden": "true"}),
        ),
        rx.cond(
            film & (RendersState.pieces.length() > 0),
            rx.fragment(
                rx.el.div(
                    rx.foreach(RendersState.pieces, _piece),
                    class_name="segs",
                    custom_attrs={"role": "img", "aria-label": RendersState.summary},
                ),
                rx.el.p(RendersState.summary, class_name="q lg"),
            ),
            meter(job.percent, job.label),
        ),
        class_name="rjob " + rx.cond(job.state == "running", "hot", ""),
        key=job.id,
    )


def _failed(job: Job) -> rx.Component:
    return rx.el.article(
        rx.el.div(
            rx.el.span(job.label, class_name="slate jn cut1"),
            rx.el.span(icon("x", "s12"), "Stopped", class_name="tag bad"),
            rx.el.span(job.when, class_name="q end"),
            rx.cond(
                ProjectState.may_edit & AskingState.lacking.contains(job.id),
                button("Make the rest", glyph="clapperboard", on_click=RendersState.make_rest(job.id)),
            ),
            rx.cond(ProjectState.may_edit, button("Try again", glyph="rotate-cw", on_click=LiveState.retry(job.id))),
            class_name="jh",
        ),
        rx.el.p(job.problem, class_name="why"),
        class_name="rjob bad2",
        key=job.id,
    )


def _frame(frame: Frame) -> rx.Component:
    return rx.el.span(
        rx.cond(frame.picture != "", rx.el.img(src=frame.picture, alt="", loading="lazy")),
        style={"flex": frame.frames.to_string()},
    )


def _piece(piece: Piece) -> rx.Component:
    return rx.el.i(class_name=piece.state.to(str), style={"flex": piece.frames.to_string()})


def _finished() -> rx.Component:
    return rx.fragment(
        rx.el.div(
            rx.el.h2("Finished", class_name="hd"),
            rx.el.i(),
            rx.el.span(RendersState.films.length(), class_name="num q"),
            class_name="dh2",
        ),
        rx.el.ul(rx.foreach(RendersState.films, _film), class_name="films"),
    )


def _film(film: Film) -> rx.Component:
    return rx.el.li(
        rx.el.button(
            rx.el.span(
                rx.cond(film.poster != "", rx.el.img(src=film.poster, alt="", loading="lazy"), icon("film")),
                class_name="pic",
            ),
            rx.el.span(rx.el.b(film.title), rx.el.span(film.when, class_name="q"), class_name="col"),
            rx.cond(
                film.problem != "",
                rx.el.span(film.problem, class_name="grow"),
                rx.fragment(
                    rx.cond(
                        film.standin,
                        rx.el.span(
                            "Stand-in",
                            class_name="tag stand",
                            custom_attrs={"title": "Drawn and spoken by the built-in makers"},
                        ),
                    ),
                    rx.cond(film.faults, rx.el.span("Look at it", class_name="tag bad")),
                    rx.el.span(class_name="grow"),
                    rx.el.span(film.pieces, class_name="q num wide-only"),
                    rx.el.span(film.size, class_name="num"),
                    rx.el.span(film.duration, class_name="num"),
                ),
            ),
            type="button",
            disabled=film.problem != "",
            on_click=RendersState.show(film.id),
            class_name=rx.cond(RendersState.shown == film.id, "on", ""),
        ),
        key=film.id,
    )


def _empty() -> rx.Component:
    return rx.el.div(
        rx.el.p("INT. SCREENING ROOM - NIGHT", class_name="slug"),
        rx.cond(
            RendersState.ready,
            rx.fragment(
                rx.el.h2("The lights are still on."),
                rx.el.p("No film yet. Choose a size on the left and make it: it plays here when it is done."),
            ),
            rx.fragment(
                rx.el.h2("Nothing to show yet."),
                rx.el.p("A film is made of a board, or of a cut of your own footage. Begin with either."),
                rx.el.div(
                    link("Cut footage", href="/p/" + ProjectState.open_id + "/cut", class_name="btn go"),
                    link("Bring a script", href="/p/" + ProjectState.open_id + "/script", class_name="btn"),
                    class_name="row",
                ),
            ),
        ),
        class_name="empty",
    )
