"""The source view of the Cut room, in the player's place: a file of the bin played, scrubbed and marked before it is cut with."""

from __future__ import annotations

import reflex as rx

from components.ui.button import button, square
from components.ui.icon import icon
from components.wrapped.cut_desk import may_edit
from state.cut.bin import BinState, SourceState

_PLAYS = """(pane) => {
  if (!pane || pane.dataset.plays) return;
  pane.dataset.plays = "on";
  const [film, sound, slider, told] = ["video", "audio", "[type=range]", "output"].map((part) => pane.querySelector(part));
  const fps = Number(pane.dataset.fps), both = [film, sound].filter(Boolean), two = (n) => String(n).padStart(2, "0");
  let leads = sound || film;
  const keys = { " ": "play", i: "in", o: "out", ArrowLeft: "back", ArrowRight: "on", Home: "begin", End: "end",
    ",": "insert", ".": "overwrite", "Alt+x": "clear", Escape: "close" };
  const show = (n) => {
    const base = Math.round(fps), seconds = Math.floor(n / base);
    slider.value = n;
    told.textContent = `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}:${two(n % base)}`;
  };
  const to = (n) => {
    if (!slider) return;
    const at = Math.max(0, Math.min(Number(slider.max), n));
    show(at);
    for (const each of both) each.currentTime = (at + 0.5) / fps;
  };
  const run = () => {
    pane.classList.toggle("plays", pane.isConnected && !leads.paused);
    if (!pane.isConnected || leads.paused) return;
    show(Math.min(Number(slider.max), Math.floor(leads.currentTime * fps)));
    if (film && Math.abs(film.currentTime - leads.currentTime) > 0.08) film.currentTime = leads.currentTime;
    requestAnimationFrame(run);
  };
  const stop = () => (both.forEach((each) => each.pause()), to(Number(slider.value)), run());
  const acts = {
    play: () => leads && (leads.paused ? (both.forEach((each) => each.play().catch(() => null)), run()) : stop()),
    back: (by) => to(Number(slider?.value) - by), on: (by) => to(Number(slider?.value) + by),
    begin: () => to(Number(pane.dataset.first)), end: () => to(Number(pane.dataset.last) - 1),
    close: () => document.querySelector(`[data-open="${pane.dataset.of}"]`)?.focus(),
  };
  if (sound && film) sound.onerror = () => (both.pop(), (leads = film));
  pane.addEventListener("keydown", (e) => {
    const name = keys[(e.altKey ? "Alt+" : "") + (e.key.length === 1 ? e.key.toLowerCase() : e.key)];
    if (!name || e.ctrlKey || e.metaKey || (e.key === " " && e.target.matches("button:focus-visible"))) return;
    e.preventDefault();
    e.stopPropagation();
    if (["back", "on"].includes(name)) acts[name](e.shiftKey ? 10 : 1);
    else pane.querySelector(`[data-source="${name}"]`)?.click();
  });
  pane.addEventListener("click", (e) => acts[e.target.closest("[data-source]")?.dataset.source]?.(1));
  slider?.addEventListener("input", () => to(Number(slider.value)));
  to(Number(pane.dataset.first));
  pane.focus();
}"""
"""The `ref` of the pane: film and sound run together, the slider is the clock. What in and out mean is told to the studio."""

_AT = rx.Var("Number(document.getElementById('source-at')?.value ?? 0)", _var_type=int)


def source_pane() -> rx.Component:
    """Over the player while a file is looked at; nothing else of the room is in the way."""
    it = SourceState.shown
    return rx.cond(
        (it.sha256 != "") & (it.project == BinState.project),
        rx.el.section(
            _head(),
            _view(),
            rx.cond(it.frames > 0, rx.fragment(_ruler(), _transport())),
            _acts(),
            key=it.sha256 + it.name,
            class_name="pane source",
            custom_attrs={
                "ref": rx.Var(_PLAYS),
                "tabIndex": -1,
                "aria-label": "Source",
                "data-fps": it.fps.to(str),
                "data-first": it.first.to(str),
                "data-last": it.last.to(str),
                "data-of": it.sha256,
            },
        ),
    )


def _head() -> rx.Component:
    it = SourceState.shown
    return rx.el.div(
        rx.el.span("Source", class_name="tag"),
        rx.el.h2(it.name, class_name="cut1", title=it.name),
        rx.el.span(it.told, class_name="q num cut1"),
        square(
            "x",
            "Back to the cut (Esc)",
            kind="flat end",
            on_click=SourceState.close,
            custom_attrs={"data-source": "close"},
        ),
        class_name="phead",
    )


def _view() -> rx.Component:
    it = SourceState.shown
    return rx.el.div(
        rx.cond(
            it.film != "",
            rx.el.video(
                src=it.film,
                preload="auto",
                custom_attrs={"playsInline": True, "muted": True, "disableRemotePlayback": True},
            ),
        ),
        rx.cond(it.sound != "", rx.el.audio(src=it.sound, preload="auto", controls=False)),
        rx.cond(it.picture != "", rx.el.img(src=it.picture, alt=it.name, draggable=False)),
        rx.cond(
            (it.film == "") & (it.levels != ""), rx.el.img(src=it.levels, alt="", class_name="wv", draggable=False)
        ),
        class_name="view",
    )


def _ruler() -> rx.Component:
    """The whole file, with what is meant of it lit."""
    it = SourceState.shown
    return rx.el.div(
        rx.el.i(style={"left": it.left, "right": it.right}),
        rx.el.input(
            id="source-at",
            type="range",
            min="0",
            max=(it.frames - 1).to(str),
            step="1",
            default_value=it.first.to(str),
            custom_attrs={"aria-label": "Frame of the file"},
        ),
        class_name="whole",
    )


def _transport() -> rx.Component:
    it = SourceState.shown
    play = {"data-source": "play", "aria-label": "Play or stop", "title": "Play or stop (Space)"}
    return rx.el.div(
        rx.el.output("00:00:00", class_name="tcode num"),
        rx.el.div(
            _step("skip-back", "To the in point (Home)", "begin"),
            _step("step-back", "One frame back (Left)", "back"),
            rx.el.button(
                icon("play"), icon("pause"), type="button", class_name="btn sq light playb", custom_attrs=play
            ),
            _step("step-forward", "One frame on (Right)", "on"),
            _step("skip-forward", "To the out point (End)", "end"),
            class_name="row mid",
        ),
        rx.el.div(
            _mark("arrow-left-to-line", "Mark in (I)", "in"),
            _mark("arrow-right-to-line", "Mark out (O)", "out"),
            square(
                "x",
                "The whole file again (Alt X)",
                kind="flat",
                on_click=SourceState.clear,
                disabled=(it.first == 0) & (it.last == it.frames),
                custom_attrs={"data-source": "clear"},
            ),
            class_name="row",
        ),
        class_name="trans",
        custom_attrs={"role": "toolbar", "aria-label": "Playing the source"},
    )


def _step(glyph: str, label: str, name: str) -> rx.Component:
    return square(glyph, label, kind="flat", custom_attrs={"data-source": name})


def _mark(glyph: str, label: str, which: str) -> rx.Component:
    return square(glyph, label, kind="flat", on_click=SourceState.mark(which, _AT), custom_attrs={"data-source": which})


def _acts() -> rx.Component:
    """What is done with the part that is meant."""
    it = SourceState.shown
    return rx.el.div(
        rx.el.span(it.range_told, class_name="q num cut1 grow", id="source-range"),
        rx.cond(
            may_edit,
            rx.fragment(
                rx.cond(
                    it.frames > 0,
                    button(
                        "Keep as sub-clip",
                        glyph="bookmark-plus",
                        on_click=SourceState.keep,
                        custom_attrs={"title": "Keeps this part under its file in the bin"},
                    ),
                ),
                _lays("insert", "Insert", "between-vertical-start", ","),
                _lays("overwrite", "Overwrite", "replace", "."),
            ),
        ),
        class_name="lays",
    )


def _lays(name: str, label: str, glyph: str, key: str) -> rx.Component:
    told = {"insert": "Insert at the playhead", "overwrite": "Overwrite from the playhead"}[name]
    return button(
        label,
        glyph=glyph,
        kind="light",
        custom_attrs={
            "data-cut": name,
            "data-source": name,
            "data-media": SourceState.shown.carried,
            "title": f"{told} ({key})",
        },
    )
