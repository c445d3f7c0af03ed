"""The bin of the Cut room: shots of the board, files and sounds, to be dragged to the timeline; how more of them come in."""

from __future__ import annotations

import reflex as rx

from components.cut.bin.folders import folders, used_filter
from components.cut.bin.missing import missing_files
from components.cut.bin.sheet import file_sheet
from components.cut.templates import templates_shelf
from components.ui.button import button
from components.ui.icon import icon
from components.wrapped.cut_desk import may_edit
from components.wrapped.cut_uploads import uploads
from state.cut.bin import AboutState, BinState, SourceState
from state.cut.bin.shelf import FileItem, PartItem, ShotItem
from state.cut.templates import TemplatesState

_narrowed = (BinState.words != "") | (BinState.only != "") | (BinState.folder != "")
_TAKES = "video/*,audio/*,image/*,.mkv,.mxf,.psd,.tif,.tiff,.cube"

_LIFT = """(e) => {
  const card = e.target.closest?.("[data-media]");
  if (!card?.dataset.media) return e.preventDefault();
  e.dataTransfer.effectAllowed = "copy";
  e.dataTransfer.setData("application/x-inkreel", card.dataset.media);
  const shown = e.currentTarget;
  setTimeout(() => shown.classList.add("lifts")); // what appears now is dropped on; it may not move what is lifted before that
}"""

_LAID = """(e) => e.currentTarget.classList.remove("lifts")"""

_SCRUB = """(e) => {
  const strip = e.target.closest?.("[data-strip]");
  if (!strip?.dataset.strip) return;
  const box = strip.getBoundingClientRect(), count = Number(strip.dataset.count);
  const at = Math.max(0, Math.min(count - 1, Math.floor(((e.clientX - box.left) / box.width) * count)));
  strip.style.backgroundImage ||= `url("${strip.dataset.strip}")`;
  strip.style.backgroundSize = `${count * 100}% 100%`;
  strip.style.backgroundPosition = `${count > 1 ? (at / (count - 1)) * 100 : 0}% 0`;
}"""

_ENTER = """(e) => {
  if (e.key !== "Enter" || !e.target.matches("[data-open],[data-part]")) return;
  e.preventDefault();
  e.target.dispatchEvent(new MouseEvent("dblclick", { bubbles: true }));
}"""

_ARROWS = """(e) => {
  const tabs = [...e.currentTarget.children], by = { ArrowRight: 1, ArrowLeft: -1 }[e.key], at = tabs.indexOf(e.target);
  if (!by || at < 0) return;
  e.preventDefault();
  const to = tabs[(at + by + tabs.length) % tabs.length];
  to.focus();
  to.click();
}"""


def bin_pane() -> rx.Component:
    """Four tabs under one field to search in; files dropped anywhere on it come in."""
    return uploads(
        _tabs(),
        _search(),
        rx.match(
            BinState.tab,
            ("panels", _panels()),
            ("media", _media()),
            ("templates", _shown(templates_shelf(BinState.words), look="of-templates")),
            _sounds(),
        ),
        rx.el.div(icon("download", "l"), rx.el.b("Drop to bring in"), class_name="drop-told", aria_hidden="true"),
        file_sheet(),
        project=BinState.project,
        begun=BinState.begun,
        editable=may_edit,
        label="Bin",
        on_came=BinState.look,
        class_name="pane bin",
    )


def _tabs() -> rx.Component:
    tabs = (
        ("panels", "Panels", BinState.counts.panels),
        ("media", "Media", BinState.counts.media),
        ("sound", "Sound", BinState.counts.sound),
        ("templates", "Templates", TemplatesState.items.length()),
    )
    return rx.el.div(
        *[_tab(name, label, count) for name, label, count in tabs],
        class_name="bin-tabs",
        role="tablist",
        custom_attrs={"aria-label": "What the bin shows", "onKeyDown": rx.Var(_ARROWS)},
    )


def _tab(name: str, label: str, count: rx.Var[int]) -> rx.Component:
    on = BinState.tab == name
    return rx.el.button(
        rx.el.b(label),
        rx.el.span(count, class_name="q num"),
        type="button",
        role="tab",
        id=f"bin-{name}",
        on_click=BinState.show(name),
        class_name=rx.cond(on, "on", ""),
        custom_attrs={"aria-selected": on, "aria-controls": "bin-shown", "tabIndex": rx.cond(on, 0, -1)},
    )


def _search() -> rx.Component:
    hint = rx.cond(BinState.tab == "panels", "Name, cast or words", "Name")
    return rx.el.div(
        rx.el.label(
            icon("search", "s14"),
            rx.el.span("Search the bin", class_name="sr"),
            rx.debounce_input(
                rx.el.input(value=BinState.words, on_change=BinState.find, placeholder=hint, type="search"),
                debounce_timeout=250,
            ),
            class_name="in t grow",
        ),
        rx.cond((BinState.tab == "media") | (BinState.tab == "sound"), used_filter()),
        rx.cond(may_edit, _bring("btn sq", icon("plus"), "Bring in films, sounds and pictures")),
        class_name="bin-search",
    )


def _bring(look: str, inside: rx.Component, told: str) -> rx.Component:
    """A button that is the label of a file field."""
    field = rx.el.input(type="file", multiple=True, accept=_TAKES, class_name="sr", custom_attrs={"aria-label": told})
    return rx.el.label(field, inside, class_name=look, title=told)


def _shown(*inside: rx.Component, look: str) -> rx.Component:
    """What a tab shows; it is dragged from, and its filmstrips are run over."""
    moves: dict[str, rx.Var[object]] = {
        "onDragStart": rx.Var(_LIFT),
        "onDragEnd": rx.Var(_LAID),
        "onPointerMove": rx.Var(_SCRUB),
        "onKeyDown": rx.Var(_ENTER),
    }
    return rx.el.div(
        *inside,
        id="bin-shown",
        role="tabpanel",
        class_name=f"bin-shown {look}",
        custom_attrs={"aria-labelledby": "bin-" + BinState.tab, **moves},
    )


def _panels() -> rx.Component:
    return _shown(
        rx.cond(
            BinState.shots.length() > 0,
            rx.el.div(rx.foreach(BinState.shots, _shot), class_name="bgrid"),
            _nothing("No shots here", "Write a script and break it down: its shots stand here, ready to be cut."),
        ),
        _more(BinState.shots.length(), BinState.counts.panels),
        look="of-panels",
    )


def _shot(item: ShotItem) -> rx.Component:
    return rx.el.figure(
        rx.cond(
            item.picture != "",
            rx.el.img(src=item.picture, alt="", loading="lazy", draggable=False),
            rx.el.span("Not drawn", class_name="blank q"),
        ),
        rx.el.figcaption(rx.el.b(item.number), rx.el.span(item.lasts, class_name="q num")),
        rx.cond(item.carried != "", _adds(item.carried, item.number)),
        key=item.id,
        draggable=item.carried != "",
        title=item.told,
        custom_attrs={"data-media": item.carried, "tabIndex": 0},
    )


def _media() -> rx.Component:
    return _shown(
        missing_files(),
        folders(),
        rx.cond(
            BinState.files.length() > 0,
            rx.el.div(rx.foreach(BinState.files, _file), class_name="fgrid"),
            _bring_some(),
        ),
        _more(BinState.files.length(), BinState.counts.media),
        look="of-media",
    )


def _file(item: FileItem) -> rx.Component:
    picture = rx.cond(
        item.picture != "",
        rx.el.img(src=item.picture, alt="", loading="lazy", draggable=False),
        rx.el.span(_glyph(item), class_name="blank q"),
    )
    return rx.el.figure(
        rx.el.div(
            picture,
            rx.cond(
                item.strip != "",
                rx.el.div(class_name="strip", custom_attrs={"data-strip": item.strip, "data-count": item.count}),
            ),
            rx.cond(item.lasts != "", rx.el.span(item.lasts, class_name="lasts num")),
            _standing(item),
            class_name="shows",
        ),
        rx.el.figcaption(
            rx.el.b(item.name, class_name="cut1"),
            rx.el.span(rx.cond(item.used != "", item.used, item.size), class_name="q num cut1"),
        ),
        rx.cond(item.carried != "", _adds(item.carried, item.name)),
        _acts(item),
        _parts(item),
        key=item.sha256,
        draggable=item.carried != "",
        title=item.name + ": a double click opens it",
        on_double_click=SourceState.open(item.sha256, ""),
        custom_attrs={"data-media": item.carried, "data-open": item.sha256, "tabIndex": 0},
    )


def _parts(item: FileItem) -> rx.Component:
    """The parts of a file that have names, under it."""
    return rx.cond(
        item.parts.length() > 0,
        rx.el.ul(
            rx.foreach(item.parts, _part), class_name="parts", custom_attrs={"aria-label": "Parts of " + item.name}
        ),
    )


def _part(part: PartItem) -> rx.Component:
    return rx.el.li(
        icon("bookmark", "s12"),
        rx.el.b(part.name, class_name="cut1 grow"),
        rx.el.span(part.lasts, class_name="q num"),
        key=part.id,
        draggable=True,
        title=part.name,
        on_double_click=SourceState.open(part.sha256, part.id).stop_propagation,
        custom_attrs={"data-media": part.carried, "data-part": part.id, "tabIndex": 0},
    )


def _glyph(item: FileItem) -> rx.Component:
    return rx.match(
        item.kind,
        ("video", icon("film", "s20")),
        ("image", icon("image", "s20")),
        ("audio", icon("audio-lines", "s14")),
        icon("palette", "s20"),
    )


def _standing(item: FileItem) -> rx.Component:
    """How far a file is that is not ready; of one that failed that it did."""
    return rx.match(
        item.state,
        ("preparing", rx.el.span(icon("loader", "s12"), item.percent, " %", class_name="tag num stands")),
        (
            "failed",
            rx.el.span(icon("triangle-alert", "s12"), "Failed", class_name="tag stale stands", title=item.problem),
        ),
        rx.fragment(),
    )


def _adds(carried: rx.Var[str], name: rx.Var[str]) -> rx.Component:
    """Insert and overwrite at the playhead, for whoever does not drag."""
    acts = (
        ("insert", "Insert at the playhead", "between-vertical-start"),
        ("overwrite", "Overwrite from the playhead", "replace"),
    )
    return rx.el.div(
        *[
            rx.el.button(
                icon(glyph, "s14"),
                type="button",
                title=told,
                custom_attrs={"data-cut": act, "data-add": "", "data-media": carried, "aria-label": told + ": " + name},
            )
            for act, told, glyph in acts
        ],
        class_name="adds",
    )


def _acts(item: FileItem) -> rx.Component:
    """Opens the sheet with what can be done to a file."""
    return rx.cond(
        may_edit & ~item.made,
        rx.el.button(
            icon("ellipsis", "s14"),
            type="button",
            class_name="acts",
            on_click=[BinState.choose(item.sha256), AboutState.look(item.sha256)],
            custom_attrs={"popoverTarget": "bin-file", "aria-label": "More about " + item.name, "title": "More"},
        ),
    )


def _sounds() -> rx.Component:
    return _shown(
        rx.cond(
            BinState.sounds.length() > 0,
            rx.el.div(rx.foreach(BinState.sounds, _sound), class_name="srows"),
            _nothing(
                "No sound here", "Voices and music of the film stand here once they are made. Bring in more with +."
            ),
        ),
        _more(BinState.sounds.length(), BinState.counts.sound),
        look="of-sound",
    )


def _sound(item: FileItem) -> rx.Component:
    row = rx.el.div(
        _glyph(item),
        rx.el.b(item.name, class_name="cut1 grow"),
        rx.cond(
            item.levels != "",
            rx.el.img(src=item.levels, alt="", loading="lazy", class_name="wv", draggable=False),
            _standing(item),
        ),
        rx.el.span(item.lasts, class_name="num"),
        rx.cond(item.carried != "", _adds(item.carried, item.name)),
        _acts(item),
        key=item.sha256,
        class_name="au",
        draggable=item.carried != "",
        title=item.name + ": a double click opens it",
        on_double_click=SourceState.open(item.sha256, ""),
        custom_attrs={"data-media": item.carried, "data-open": item.sha256, "tabIndex": 0},
    )
    return rx.fragment(row, _parts(item), key=item.sha256)


def _more(shown: rx.Var[int], total: rx.Var[int]) -> rx.Component:
    return rx.cond(
        (shown > 0) & (shown < total),
        button("Show more", kind="s full", on_click=BinState.more),
    )


def _nothing(head: str, told: str) -> rx.Component:
    found = rx.fragment(rx.el.b(head), rx.el.p(told))
    return rx.el.div(
        rx.cond(_narrowed, rx.el.b("Nothing like that here"), found),
        rx.cond(_narrowed, rx.el.p("Other words, another folder, or all files show more.")),
        class_name="bin-empty q",
    )


def _bring_some() -> rx.Component:
    """The first thing to do in an empty bin."""
    return rx.cond(
        _narrowed | ~may_edit,
        _nothing("Nothing here", "Nobody has brought anything in yet."),
        rx.el.div(
            icon("film", "l"),
            rx.el.b("Bring in what you have"),
            rx.el.p(
                "Films, sounds, pictures and .cube tables. Drop them here, whole folders too; large ones go on where they stopped."
            ),
            _bring("btn go", rx.fragment(icon("plus"), "Choose files"), "Choose files"),
            class_name="bin-empty",
        ),
    )
