"""The floor plan of the chosen shot: figures and camera dragged, or pushed with the arrow keys; their fields below it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import reflex as rx

from components.ui.button import button
from components.ui.field import choice, number
from components.ui.icon import icon
from state.board.board import BoardState
from state.board.stage.floor import CAMERA, FACES, POSES, THINGS, Disc, StageState
from state.board.stage.placing import PlacingState
from state.project import ProjectState

_fixed = ~ProjectState.may_edit

_DRAG = """(svg) => {
  if (!svg || svg.dataset.drags) return;
  svg.dataset.drags = "on";
  let held = null, turning = false, waiting = 0;
  const reach = () => Number(svg.dataset.reach), fixed = () => svg.dataset.fixed === "true";
  const read = (g) => {
    const [, x, y, f] = /translate\\(([-\\d.e]+) ([-\\d.e]+)\\) rotate\\(([-\\d.e]+)\\)/.exec(g.getAttribute("transform"));
    return { x: +x, y: +y, f: +f };
  };
  const write = (g, x, y, f) => {
    const edge = reach() - 0.35, within = (v) => Math.min(edge, Math.max(-edge, v)), camera = "camera" in g.dataset;
    if (camera) {
      const cx = +svg.dataset.cx, cy = -svg.dataset.cz, from = read(g), far = Math.hypot(from.x - cx, from.y - cy) || 1;
      const turn = Math.atan2(x - cx, y - cy);
      [x, y, f] = [cx + Math.sin(turn) * far, cy + Math.cos(turn) * far, (360 - turn * 180 / Math.PI) % 360];
      g.dataset.azimuth = (turn * 180 / Math.PI).toFixed(1);
    }
    g.setAttribute("transform", `translate(${within(x).toFixed(3)} ${within(y).toFixed(3)}) rotate(${f.toFixed(1)})`);
    if (!camera) g.querySelector("text").setAttribute("transform", `rotate(${(-f).toFixed(1)})`);
  };
  const send = (g) => {
    const form = document.getElementById("stage-put").elements, at = read(g);
    const now = { name: g.dataset.name, x: at.x, z: -at.y, facing: at.f, azimuth: g.dataset.azimuth ?? 0 };
    for (const key in now) form[key].value = now[key];
    form.name.form.requestSubmit();
  };
  const point = (e) => new DOMPoint(e.clientX, e.clientY).matrixTransform(svg.getScreenCTM().inverse());
  svg.addEventListener("pointerdown", (e) => {
    held = fixed() ? null : e.target.closest("[data-name]");
    if (!held) return;
    turning = "turn" in e.target.dataset;
    held.dataset.moved = "";
  });
  svg.addEventListener("pointermove", (e) => {
    if (!held) return;
    const to = point(e), at = read(held);
    if (!held.dataset.moved) svg.setPointerCapture(e.pointerId);
    held.dataset.moved = "yes";
    if (turning) write(held, at.x, at.y, (Math.atan2(to.x - at.x, at.y - to.y) * 180 / Math.PI + 360) % 360);
    else write(held, to.x, to.y, at.f);
  });
  const drop = () => {
    if (held?.dataset.moved) send(held);
    held = null;
  };
  svg.addEventListener("pointerup", drop);
  svg.addEventListener("pointercancel", drop);
  svg.addEventListener("keydown", (e) => {
    const g = e.target.closest("[data-name]"), step = e.shiftKey ? 0.05 : 0.25, turn = e.shiftKey ? 3 : 15;
    if (g && e.key === "Enter") g.dispatchEvent(new MouseEvent("click", { bubbles: true }));
    if (!g || fixed() || e.ctrlKey || e.metaKey || e.altKey) return;
    const at = read(g), camera = "camera" in g.dataset, key = { "{": "[", "}": "]" }[e.key] ?? e.key;
    const by = {
      ArrowLeft: [-step, 0, 0], ArrowRight: [step, 0, 0], ArrowUp: [0, -step, 0], ArrowDown: [0, step, 0],
      "[": [0, 0, -turn], "]": [0, 0, turn],
    }[key];
    if (!by) return;
    e.preventDefault();
    e.stopPropagation();
    write(g, at.x + by[0], at.y + by[1], (at.f + by[2] + 360) % 360);
    clearTimeout(waiting);
    waiting = setTimeout(() => g.isConnected && send(g), 350);
  });
}"""
"""The `ref` of the plan. Discs and camera carry `data-name`; what was dropped, or pushed and let go, goes off as one form."""


def floor_plan() -> rx.Component:
    """The plan, folded away until it is asked for."""
    return rx.fragment(
        rx.el.h3("Stage", rx.el.span(_hint(), class_name="q"), class_name="hd"),
        rx.cond(
            StageState.shown & (StageState.floor.shot_id == BoardState.shot.id),
            rx.fragment(
                _plan(), _put_form(), rx.foreach(StageState.notes, _note), _fields(), _fold("Put the plan away")
            ),
            _fold("Show the floor plan"),
        ),
    )


def shown_picture() -> rx.Var[str]:
    """The picture of the chosen shot: the quick one for as long as its drawing is behind what was placed."""
    shot = BoardState.shot
    behind = shot.stale | (shot.state == "busy") | (shot.state == "todo")
    return rx.cond(
        (StageState.quick != "") & behind & (StageState.floor.shot_id == shot.id), StageState.quick, shot.picture
    )


def _hint() -> rx.Var[str]:
    return rx.cond(StageState.shown & ProjectState.may_edit, "Drag, or arrows and [ ]", "From above")


def _fold(label: str) -> rx.Component:
    return button(label, kind="full", glyph="map", on_click=PlacingState.show, id="stage-fold")


def _plan() -> rx.Component:
    floor = StageState.floor
    reach, lens = floor.reach, floor.lens
    return rx.el.svg(
        rx.el.svg.image(
            href=floor.picture,
            x=-reach,
            y=-reach,
            width=reach * 2,
            height=reach * 2,
            custom_attrs={"preserveAspectRatio": "none"},
        ),
        rx.el.svg.g(
            rx.el.svg.g(
                rx.el.svg.polygon(points=lens.cone, class_name="cone"),
                rx.el.svg.path(d="M-.27 .4h.54v-.6h-.54zM-.12 -.2l-.14 -.3h.52l-.14 .3z", class_name="body"),
                rx.el.svg.circle(r="0.5", class_name="grip"),
                class_name="cam" + rx.cond(StageState.chosen.name == CAMERA, " on", ""),
                on_click=PlacingState.choose(CAMERA),
                custom_attrs={
                    "transform": lens.at,
                    "data-name": CAMERA,
                    "data-camera": "",
                    "tabIndex": 0,
                    "role": "button",
                    "aria-label": "Camera, " + lens.azimuth + " degrees round, " + lens.stands + " metres high",
                },
            ),
            rx.foreach(StageState.discs, _disc),
            key=floor.shot_id + PlacingState.turns.to_string(),
        ),
        view_box=floor.box,
        class_name="plan",
        custom_attrs={
            "ref": rx.Var(_DRAG),
            "data-reach": reach,
            "data-cx": lens.centre_x,
            "data-cz": lens.centre_z,
            "data-fixed": rx.cond(ProjectState.may_edit, "false", "true"),
            "role": "group",
            "aria-label": "Floor plan",
        },
        key=floor.shot_id,
    )


def _disc(disc: Disc) -> rx.Component:
    return rx.el.svg.g(
        rx.el.svg.circle(r="0.5", class_name="grip"),
        rx.el.svg.path(d="M-.2 -.2L0 -.62L.2 -.2z", class_name="nose"),
        rx.el.svg.circle(r="0.28", class_name="body"),
        rx.cond(
            disc.name == StageState.chosen.name,
            rx.el.svg.circle(cy="-1", r="0.2", class_name="turn", custom_attrs={"data-turn": ""}),
        ),
        rx.el.svg.text(disc.spoken, y="0.66", custom_attrs={"transform": disc.label}),
        class_name="disc" + rx.cond(disc.name == StageState.chosen.name, " on", "") + rx.cond(disc.seen, "", " off"),
        on_click=PlacingState.choose(disc.name),
        custom_attrs={
            "transform": disc.at,
            "data-name": disc.name,
            "tabIndex": 0,
            "role": "button",
            "aria-label": disc.spoken + ", faces " + disc.turned + " degrees",
        },
        key=disc.name,
    )


def _note(text: rx.Var[str]) -> rx.Component:
    return rx.el.p(icon("eye-off", "s14"), text, class_name="told")


def _put_form() -> rx.Component:
    """What was dropped, and where."""
    return rx.el.form(
        *[rx.el.input(type="hidden", name=n, default_value="") for n in ("name", "x", "z", "facing", "azimuth")],
        on_submit=PlacingState.put,
        id="stage-put",
        custom_attrs={"hidden": True},
    )


def _fields() -> rx.Component:
    chosen, lens = StageState.chosen, StageState.floor.lens
    return rx.fragment(
        rx.cond(
            chosen.name != CAMERA,
            rx.el.div(
                rx.el.b(chosen.spoken, class_name="whose"),
                _choice("pose", "Does", chosen.pose, POSES),
                _choice("face", "Face", chosen.face, FACES),
                _choice(
                    "prop", "Holds", chosen.prop, {"": "Nothing", **{thing: thing.capitalize() for thing in THINGS}}
                ),
                rx.el.label(
                    rx.el.span("Looks at"),
                    rx.el.select(
                        rx.el.option("Nobody", value=""),
                        rx.foreach(StageState.discs, _other),
                        value=chosen.looks_at,
                        on_change=lambda value: PlacingState.change("looks_at", value),
                        disabled=_fixed,
                    ),
                    class_name="pick",
                ),
                _number("Faces", chosen.turned, "°", lambda value: PlacingState.change("facing", value)),
                class_name="quad",
            ),
        ),
        rx.el.div(
            rx.el.b("Camera", class_name="whose"),
            _number("Round", lens.azimuth, "°", lambda value: PlacingState.film("azimuth", value)),
            _number("Height", lens.height, "m", lambda value: PlacingState.film("height", value), lens.stands),
            class_name="quad",
        ),
    )


def _other(disc: Disc) -> rx.Component:
    return rx.cond(disc.name != StageState.chosen.name, rx.el.option(disc.spoken, value=disc.name))


def _choice(name: str, label: str, value: rx.Var[str], options: Mapping[str, str]) -> rx.Component:
    return choice(label, value, options, lambda chosen: PlacingState.change(name, chosen), fixed=_fixed)


def _number(
    label: str, value: rx.Var[str], unit: str, change: Callable[[rx.Var[str]], Any], hint: rx.Var[str] | str = ""
) -> rx.Component:
    key = label + StageState.floor.shot_id + StageState.chosen.name + value + PlacingState.turns.to_string()
    return number(label, value, unit, change, fixed=_fixed, key=key, hint=hint)
