"""The right pane: the finished film, its chapters, and taking it home."""

from __future__ import annotations

import reflex as rx

from components.ui.icon import icon
from state.renders.renders import Chapter, RendersState
from state.renders.report import Line, ReportState

_JUMP = rx.Var(
    "(e) => { const film = document.getElementById('film'); film.currentTime = Number(e.currentTarget.dataset.at); film.play(); }",
    _var_type=rx.EventChain,
)


def player() -> rx.Component:
    """The film with captions and chapters; nothing while none is finished."""
    return rx.el.section(
        rx.el.div(rx.el.h2("Watch", class_name="hd14"), class_name="phead"),
        rx.cond(
            RendersState.shown != "",
            rx.fragment(
                rx.cond(RendersState.source != "", _video(), _unplayed()),
                _report(),
                rx.cond(RendersState.chapters.length() > 0, rx.el.h3("Scenes", class_name="hd")),
                rx.el.ol(rx.foreach(RendersState.chapters, _chapter), class_name="chapters"),
                rx.el.div(
                    rx.el.a(
                        icon("download"),
                        "Download",
                        href=RendersState.download,
                        class_name="btn light grow",
                        id="download-film",
                        custom_attrs={"download": "", "reloadDocument": True},
                    ),
                    rx.cond(
                        ReportState.sidecar != "",
                        rx.el.a(
                            "Captions",
                            href=ReportState.sidecar,
                            class_name="btn",
                            id="download-captions",
                            custom_attrs={"download": "", "reloadDocument": True},
                        ),
                    ),
                    class_name="rf",
                ),
            ),
            rx.el.div(rx.el.p("The film plays here when it is made."), class_name="waiting"),
        ),
        class_name=rx.cond(RendersState.shown != "", "pane watch", "pane watch dark"),
        custom_attrs={"aria-label": "Watch"},
    )


def _video() -> rx.Component:
    return rx.el.video(
        rx.cond(
            RendersState.captions != "",
            rx.el.track(
                src=RendersState.captions,
                kind="captions",
                src_lang="en",
                label="Captions",
                custom_attrs={"default": True},
            ),
        ),
        src=RendersState.source,
        id="film",
        controls=True,
        preload="metadata",
        poster=RendersState.poster,
        custom_attrs={"playsInline": True, "aria-label": "The finished film"},
        key=RendersState.source,
    )


def _unplayed() -> rx.Component:
    """A file no browser plays: its poster, and where to open it."""
    return rx.el.div(rx.el.p("This file opens in other programs. Download it."), class_name="waiting")


def _report() -> rx.Component:
    """What was found when the finished file was measured; a finding with a place takes the player there."""
    return rx.cond(
        ReportState.told != "",
        rx.el.section(
            rx.el.div(
                rx.el.b(ReportState.score, rx.el.small("/", ReportState.checked), class_name="slate"),
                rx.el.div(
                    rx.el.h3(ReportState.told),
                    rx.el.span("Measured in the finished file", class_name="q"),
                ),
                class_name="score",
            ),
            rx.el.ul(rx.foreach(ReportState.lines, _line), class_name="wrong"),
            rx.el.ul(
                rx.foreach(ReportState.well, lambda told: rx.el.li(icon("check", "s14"), told)), class_name="well"
            ),
            rx.cond(ReportState.cost != "", rx.el.p(ReportState.cost, class_name="q")),
            class_name="card " + ReportState.level.to(str),
            id="report",
            custom_attrs={"aria-label": "Checked"},
        ),
    )


def _line(line: Line) -> rx.Component:
    return rx.el.li(
        rx.cond(
            line.placed & (RendersState.source != ""),
            rx.el.button(
                rx.el.span(line.time, class_name="num q"),
                rx.el.span(line.sentence),
                type="button",
                on_click=_JUMP,
                custom_attrs={"data-at": line.at},
            ),
            rx.el.span(line.sentence, class_name="whole"),
        ),
        class_name=line.level.to(str),
    )


def _chapter(chapter: Chapter) -> rx.Component:
    return rx.el.li(
        rx.el.button(
            rx.el.span(chapter.time, class_name="num q"),
            rx.el.span(chapter.heading, class_name="cut1"),
            type="button",
            on_click=_JUMP,
            custom_attrs={"data-at": chapter.at},
        ),
    )
