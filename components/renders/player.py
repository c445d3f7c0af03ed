"""The right pane: the finished film, its chapters, and taking it home."""

from __future__ import annotations

import reflex as rx

from components.ui.icon import icon
from state.renders.renders import Chapter, RendersState

_JUMP = rx.Var(
    "(e) => { const film = document.getElementById('film'); film.currentTime = Number(e.currentTarget.dataset.at); film.play(); }",
    _var_type=rx.EventChain,
)


def player() -> rx.Component:
    """The film with captions and chapters; nothing while none is finished."""
    return rx.el.section(
        rx.el.div(rx.el.h2("Watch", class_name="hd14"), class_name="phead"),
        rx.cond(
            RendersState.source != "",
            rx.fragment(
                rx.el.video(
                    rx.el.track(
                        src=RendersState.captions,
                        kind="captions",
                        src_lang="en",
                        label="Captions",
                        custom_attrs={"default": True},
                    ),
                    src=RendersState.source,
                    id="film",
                    controls=True,
                    preload="metadata",
                    poster=RendersState.poster,
                    custom_attrs={"playsInline": True, "aria-label": "The finished film"},
                    key=RendersState.source,
                ),
                rx.el.h3("Scenes", class_name="hd"),
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
                    class_name="rf",
                ),
            ),
            rx.el.div(rx.el.p("The film plays here when it is made."), class_name="waiting"),
        ),
        class_name=rx.cond(RendersState.source != "", "pane watch", "pane watch dark"),
        custom_attrs={"aria-label": "Watch"},
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
