// The sheet one draws on: the pen, layers as canvases of which only the live stroke is drawn anew, the view, keys. Buttons anywhere on the
// page act on it by what they carry: data-tool, data-colour, data-draw, and data-hit for their key. The strokes are kept by draw_journal.jsx.
import { useEffect, useLayoutEffect, useRef } from "react";
import { cover, drawingAt, isMark, paint, piece, radius, samplesOf, shares, strength, then } from "./draw_ink.jsx";
import { Journal } from "./draw_journal.jsx";

const FORMS = ["line", "rect", "ellipse", "arrow"], NEAR = 5, LONGEST = 4800, TURN = 300, TYPING = "input:not([type=range]),textarea,select,[popover] *";
const HOME = { brush: "colour", tone: "tone", note: "notes", light: "ink", pencil: "ink", pen: "ink" };
const KIT = { light: [40, "#3e7cb1"], brush: [240, "#ff6b35"], tone: [420, "#5b5b57"], pencil: [45, "#000000"], pen: [60, "#000000"], note: [50, "#d7263d"], eraser: [220, "#000000"], form: [60, "#004e89"], text: [260, "#d7263d"] };
const { round, floor, min, max, hypot, atan2, abs } = Math, byId = (id) => document.getElementById(id), each = (what, act) => document.querySelectorAll(what).forEach(act), counted = (n) => n.toLocaleString("en");
const inside = ([l, t, r, b]) => ([x, y]) => x >= min(l, r) && x <= max(l, r) && y >= min(t, b) && y <= max(t, b);

class Stage {
  constructor(props) {
    const { width, height, id } = props.panel, long = max(width, height), box = byId("draw-stage"), { signal } = (this.gone = new AbortController());
    Object.assign(this, { props, box, sheet: byId("draw-sheet"), tool: "pen", layer: "ink", kit: structuredClone(KIT), view: { x: 0, y: 0, z: 1, flip: 1 }, seq: null, picked: [], sheets: new Map() });
    this.live = Object.assign(this, { k: min(1920, long) / 10000, wide: (10000 * width) / long, high: (10000 * height) / long }).canvas();
    this.journal = new Journal(id, props.me, (news, anew) => (anew || news.some((e) => !isMark(e.op)) ? this.rebuild() : news.forEach(this.append), this.show()));
    for (const [name, act] of [["down", this.down], ["move", this.move], ["up", this.up], ["cancel", this.up]]) box.addEventListener(`pointer${name}`, act, { signal });
    box.addEventListener("wheel", (e) => (e.preventDefault(), e.ctrlKey || e.metaKey ? this.zoom(Math.exp(-e.deltaY / 300), e) : this.pan(-e.deltaX, -e.deltaY)), { signal, passive: false });
    for (const [name, act] of Object.entries({ keydown: this.key, keyup: (e) => e.key === " " && (this.space = false), click: this.pressed, input: this.turned, change: this.named })) document.addEventListener(name, act, { signal });
    addEventListener("pagehide", this.leave, { signal });
    this.rebuild();
    this.journal.open();
  }
  end = () => (this.journal.close(), this.leave(), this.gone.abort(), byId("draw-films")?.replaceChildren());
  /** Nobody pressed Done: the picture of what was drawn here is made all the same. */
  leave = () => (this.drew && navigator.sendBeacon(`/api/v1/panels/${this.props.panel.id}/drawing/picture`), (this.drew = false));
  canvas(made = document.createElement("canvas")) {
    byId("draw-films").append(Object.assign(made, { width: round(this.wide * this.k), height: round(this.high * this.k) }));
    return made.getContext("2d");
  }
  rebuild() {
    const entries = this.journal.all(), were = this.layers, begun = (had = [], marks) => (had.length <= marks.length && had.every((mark, i) => mark.name === marks[i].name && String(mark.m) === String(marks[i].m)) ? had.length : 0);
    this.layers = drawingAt(entries, this.seq ?? entries.length);
    [...this.layers.values()].forEach((layer, i) => {
      const context = this.sheets.get(layer.id) || this.sheets.set(layer.id, this.canvas()).get(layer.id), opacity = layer.hidden ? 0 : layer.opacity / 100;
      const painted = begun(were?.get(layer.id)?.marks, layer.marks);
      if (!painted) context.reset();
      layer.marks.slice(painted).forEach((mark) => paint(context, mark, this.k));
      Object.assign(context.canvas.style, { zIndex: 2 * i + 2, opacity });
      if (layer.id === "reference") byId("draw-under").style.opacity = opacity;
    });
    for (const [id, context] of this.sheets) context.canvas.hidden = !this.layers.has(id);
    if (!this.layers.has(this.layer)) this.layer = "ink";
  }
  append = ({ name, op }) => {
    if (this.seq !== null) return;
    if (!this.layers.has(op.layer)) return this.rebuild();
    this.layers.get(op.layer).marks.push({ name, op, m: null });
    paint(this.sheets.get(op.layer), { op, m: null }, this.k);
  };
  add(op) {
    if (!this.props.editable) return;
    this.drew = true;
    isMark(op) ? this.append(this.journal.add(op)) : (this.journal.add(op), this.rebuild());
    this.show();
  }
  set = (what, layer = this.layer) => this.add({ op: "set_layer", layer, ...what });
  use = (layer) => (Object.assign(this, { layer, picked: [] }), this.show());
  at = (seq) => ((this.seq = seq !== null && seq >= this.journal.all().length ? null : seq), this.rebuild(), this.show());
  restore = (to = this.seq) => ((this.seq = null), to !== null && this.add({ op: "restore", to }));
  play() {
    const step = max(1, round(this.journal.all().length / 400)), on = () => this.playing && !this.gone.signal.aborted && (this.at(this.seq + step), (this.playing = this.seq !== null), setTimeout(on, 33), this.show());
    if (!this.playing && this.seq === null) this.at(0);
    (this.playing = !this.playing), on();
  }
  /** One's own last act that can be taken back, and the one that can be done again. */
  mine() {
    const done = [], undone = [], swap = (from, to, name) => from.includes(name) && to.push(...from.splice(from.indexOf(name), 1));
    for (const { by, name, op } of this.journal.all())
      if (op.op === "restore") done.length = undone.length = 0;
      else if (by !== this.props.me || op.op === "set_layer") continue;
      else if (op.op === "undo") swap(done, undone, op.of);
      else if (op.op === "redo") swap(undone, done, op.of);
      else done.push(name), (undone.length = 0);
    return { undo: done.at(-1), redo: undone.at(-1) };
  }
  back = (op, of = this.seq === null && this.mine()[op]) => of && this.add({ op, of });
  // The pen
  mode = () => (FORMS.includes(this.tool) ? "form" : this.tool);
  own = (part, value) => ((this.kit[this.mode()] || [])[part] = value, this.show());
  place(e) {
    const box = this.sheet.getBoundingClientRect(), x = (e.clientX - box.left) / box.width, press = e.pressure || (e.pointerType === "pen" ? 0 : 0.5);
    return [(this.view.flip < 0 ? 1 - x : x) * this.wide, ((e.clientY - box.top) / box.height) * this.high, press * 1000].map((v) => max(-9999, min(19999, round(v))));
  }
  down = (e) => {
    const layer = this.layers.get(this.layer), [x, y, p] = this.place(e), [size, colour] = this.kit[this.mode()] || [], shared = { layer: layer.id, colour, size, opacity: 100 };
    if (e.target.closest("textarea") || (e.button === 1 || this.space ? (this.panning = [e.clientX, e.clientY]) : e.button || !this.props.editable)) return;
    const why = this.seq !== null ? "You look at an earlier moment. Go back to now to draw." : layer.locked ? `${layer.name} is locked.` : layer.hidden ? `${layer.name} is hidden.` : "";
    byId("draw-said").textContent = why;
    if (why) return;
    e.preventDefault();
    if (this.tool === "text") return this.ask(e, { op: "text", ...shared, x, y });
    this.box.setPointerCapture(e.pointerId);
    if (this.tool === "marquee") this.grip = this.gripAt(x, y);
    else if (FORMS.includes(this.tool)) this.shape = { op: "shape", form: this.tool, ...shared, box: [x, y, x, y] };
    else this.begin({ op: "stroke", tool: this.tool, ...shared }, [x, y, p]);
  };
  begin(op, point, rubs = op.tool === "eraser") {
    this.stroke = { op, points: [point], target: rubs ? this.sheets.get(op.layer) : this.live };
    this.above(op.layer, rubs ? 1 : strength(op));
    this.ink([this.sample(point)]);
  }
  above = (layer, share = 1, { zIndex, opacity } = this.sheets.get(layer).canvas.style) => Object.assign(this.live.canvas.style, { zIndex: +zIndex + 1, opacity: share * opacity });
  sample = ([x, y, p]) => [x, y, radius(this.stroke.op.tool, this.stroke.op.size, p)];
  /** Paint more of the live stroke: nothing else is drawn while the pen is down. */
  ink(run, { target, op } = this.stroke) {
    target.setTransform(this.k, 0, 0, this.k, 0, 0);
    Object.assign(target, { globalAlpha: 1, fillStyle: op.colour, globalCompositeOperation: op.tool === "eraser" ? "destination-out" : "source-over" }).fill(cover(new Path2D(), run));
  }
  move = (e) => {
    const [x, y] = this.place(e), from = this.panning, many = e.getCoalescedEvents?.() || [];
    if (from) this.pan(e.clientX - from[0], e.clientY - from[1]), (this.panning = [e.clientX, e.clientY]);
    else if (this.stroke) (many.length ? many : [e]).forEach((part) => this.drag(this.place(part)));
    else if (this.shape) this.preview([{ op: (this.shape = { ...this.shape, box: [...this.shape.box.slice(0, 2), x, y] }) }]);
    else if (this.grip) this.pull(x, y);
  };
  drag(point) {
    const { points, op } = this.stroke, last = points.at(-1);
    if (hypot(point[0] - last[0], point[1] - last[1]) < NEAR) return;
    const n = points.push(point), near = points.slice(-4).map(this.sample);
    if (n > 2) this.ink([near.at(-3), ...piece(near, near.length - 3)]);
    this.ink(near.slice(-2));
    if (n > LONGEST) this.up(), this.begin(op, point);
  }
  up = () => {
    const { stroke, shape, grip } = this;
    this.panning = this.stroke = this.shape = this.grip = null;
    this.live.reset();
    if (grip) this.drop(grip);
    if (shape && hypot(shape.box[2] - shape.box[0], shape.box[3] - shape.box[1]) > 20) this.add(shape);
    if (stroke) this.add({ ...stroke.op, points: stroke.points.flatMap((p, i) => p.map((v, n) => v - (i ? stroke.points[i - 1][n] : 0))) });
  };
  preview = (marks) => (this.live.reset(), this.above(this.layer), marks.forEach((mark) => paint(this.live, mark, this.k)));
  ask(e, op, field = byId("draw-words")) {
    const own = this.box.getBoundingClientRect(), px = (op.size / this.high) * this.sheet.getBoundingClientRect().height;
    Object.assign(field.style, { left: `${e.clientX - own.left}px`, top: `${e.clientY - own.top}px`, fontSize: `${px}px`, color: op.colour });
    field.onblur = () => ((field.hidden = true), field.value.trim() && this.add({ ...op, text: field.value.trim().slice(0, 500) }));
    field.onkeydown = (k) => void ((k.key === "Escape" || (k.key === "Enter" && !k.shiftKey)) && (k.preventDefault(), k.key === "Escape" && (field.value = ""), field.blur()));
    Object.assign(field, { hidden: false, value: "" }).focus();
  }
  // A selection: moved by its middle, scaled by its corners, turned by the point above it
  chosen = () => this.layers.get(this.layer).marks.filter((mark) => this.picked.includes(mark.name));
  bounds(marks = this.chosen(), all = marks.flatMap((mark) => samplesOf(mark).flat())) {
    return all.length && [[0, min], [1, min], [0, max], [1, max]].map(([n, most]) => all.reduce((far, s) => most(far, most === min ? s[n] - s[2] : s[n] + s[2]), most === min ? Infinity : -Infinity));
  }
  gripAt(x, y, bounds = this.bounds()) {
    const from = [x, y], [l, t, r, b] = bounds || [], hit = ([cx, cy]) => hypot(x - cx, y - cy) < 140 / this.view.z;
    const corner = bounds && [[l, t, r, b], [r, t, l, b], [l, b, r, t], [r, b, l, t]].find(hit);
    if (bounds && hit([(l + r) / 2, t - TURN])) return { how: "turn", from, middle: [(l + r) / 2, (t + b) / 2] };
    return corner ? { how: "scale", from, middle: corner.slice(2) } : { how: bounds && inside(bounds)(from) ? "move" : "box", from };
  }
  pull(x, y, { how, from, middle: [mx, my] = [0, 0] } = this.grip) {
    if (how === "box") return this.frame((this.grip.box = [...from, x, y]));
    const turn = how === "turn" ? atan2(y - my, x - mx) - atan2(from[1] - my, from[0] - mx) : 0, grown = how === "scale" ? max(0.05, min(20, hypot(x - mx, y - my) / max(1, hypot(from[0] - mx, from[1] - my)))) : 1;
    const [a, b] = [grown * Math.cos(turn), grown * Math.sin(turn)], m = how === "move" ? [1, 0, 0, 1, x - from[0], y - from[1]] : [a, b, -b, a, mx - a * mx + b * my, my - b * mx - a * my];
    this.grip.matrix = m.map((v, i) => round(i < 4 ? v * 10000 : v));
    const marks = this.chosen().map((mark) => ({ ...mark, m: then(mark.m, shares(this.grip.matrix)) }));
    this.preview(marks), this.frame(this.bounds(marks));
  }
  drop({ how, box, matrix }) {
    if (how === "box") this.picked = box ? this.layers.get(this.layer).marks.filter((mark) => mark.op.tool !== "eraser" && samplesOf(mark).flat().some(inside(box))).map((mark) => mark.name) : [];
    if (matrix) this.add({ op: "transform", marks: this.picked.slice(0, 2000), matrix });
    this.frame();
  }
  frame(b = this.tool === "marquee" && this.bounds(), box = byId("draw-pick")) {
    const part = (v, of) => `${(100 * v) / of}%`;
    box.hidden = !b;
    if (b) Object.assign(box.style, { left: part(min(b[0], b[2]), this.wide), top: part(min(b[1], b[3]), this.high), width: part(abs(b[2] - b[0]), this.wide), height: part(abs(b[3] - b[1]), this.high) });
  }
  // View, keys and buttons
  pan = (x, y) => (Object.assign(this.view, { x: this.view.x + x, y: this.view.y + y }), this.look());
  zoom(by, e, { view } = this) {
    const box = this.box.getBoundingClientRect(), z = max(0.25, min(12, view.z * by)), grown = z / view.z, [x, y] = e ? [e.clientX - box.left - box.width / 2, e.clientY - box.top - box.height / 2] : [0, 0];
    Object.assign(view, { z, x: x - (x - view.x) * grown, y: y - (y - view.y) * grown });
    this.look();
  }
  look = ({ x, y, z, flip } = this.view) => ((this.sheet.style.transform = `translate(${x}px,${y}px) scale(${z * flip},${z})`), (byId("draw-zoom").textContent = `${round(z * 100)} %`));
  pressed = (e) => {
    const { tool, colour, draw } = e.target.closest?.("[data-tool],[data-colour],[data-draw]")?.dataset || {}, layer = this.layers.get(e.target.closest?.("[data-layer]")?.dataset.layer), home = this.layers.get(HOME[tool]), size = this.kit[this.mode()]?.[0];
    const act = { undo: () => this.back("undo"), redo: () => this.back("redo"), fit: () => Object.assign(this.view, { x: 0, y: 0, z: 1 }), closer: () => this.zoom(1.25), farther: () => this.zoom(0.8), flip: () => (this.view.flip *= -1), thinner: () => this.own(0, max(5, round(size * 0.8))), thicker: () => this.own(0, min(2000, round(size * 1.25) + 1)), add: () => this.add({ op: "add_layer", layer: `layer-${Date.now().toString(36)}`, name: `Layer ${this.layers.size}` }), done: () => this.done(), play: () => this.play(), now: () => this.at(null), restore: () => this.restore(), use: () => this.use(layer.id), hidden: () => this.set({ hidden: !layer.hidden }, layer.id), locked: () => this.set({ locked: !layer.locked }, layer.id), raise: () => this.set({ place: [...this.layers.keys()].indexOf(layer.id) + 1 }, layer.id), onion: () => (this.onion = !this.onion), grid: () => (this.grid = !this.grid) }[draw];
    if (tool) this.tool = tool;
    if (home && !home.locked && !home.hidden) this.layer = home.id;
    if (colour) this.own(1, colour);
    act?.();
    if (tool || act) this.show();
  };
  turned = ({ target: t }) => (t.id === "draw-size" ? this.own(0, round(Math.exp(+t.value))) : t.id === "draw-colour" ? this.own(1, t.value) : t.id === "draw-moment" && this.at(+t.value));
  named = ({ target: t }, id = t.closest("[data-layer]")?.dataset.layer) => (t.id === "draw-opacity" ? this.set({ opacity: +t.value }) : id && t.value.trim() && this.set({ name: t.value.trim() }, id));
  async done() {
    for (let i = 0; i < 100 && this.journal.queue.length; i++) await new Promise((next) => setTimeout(next, 100));
    if (this.journal.queue.length) byId("draw-said").textContent = "Not everything is saved yet. Wait a moment, then press Done again.";
    else (this.drew = false), this.props.onDone();
  }
  key = (e) => {
    const mod = e.ctrlKey || e.metaKey, z = mod && { z: e.shiftKey ? "redo" : "undo", y: "redo" }[e.key.toLowerCase()], act = z ? () => this.back(z) : { " ": () => (this.space = true), Escape: () => this.use(this.layer) }[e.key];
    const button = [...document.querySelectorAll("[data-hit]")].find((b) => b.dataset.hit.split(" ").includes(e.key));
    if (e.defaultPrevented || e.target.closest?.(TYPING) || e.altKey || (mod && !z) || (e.key === " " && e.target.closest?.("button,a")) || !(act || button)) return;
    e.preventDefault();
    act ? act() : button.click();
  };
  show() {
    const { props } = this, [size, colour] = this.kit[this.mode()] || [], mine = this.mine(), on = { onion: this.onion, grid: this.grid, flip: this.view.flip < 0, [this.tool]: true, [colour]: true };
    Object.assign(this.box.dataset, { onion: Boolean(this.onion), grid: Boolean(this.grid), using: this.tool });
    each("[data-tool],[data-colour],[data-draw=onion],[data-draw=grid],[data-draw=flip]", (b) => b.setAttribute("aria-pressed", Boolean(on[b.dataset.tool || b.dataset.colour || b.dataset.draw])));
    each("[data-draw=undo],[data-draw=redo]", (b) => (b.disabled = !mine[b.dataset.draw] || this.seq !== null || !props.editable));
    if (byId("draw-px")) (byId("draw-px").textContent = size ? `${round((size * props.panel.width) / this.wide)} px` : ""), (byId("draw-tool").textContent = document.querySelector(`[data-tool="${this.tool}"]`).title);
    if (byId("draw-size") && size) (byId("draw-size").value = Math.log(size)), (byId("draw-colour").value = colour);
    const d = max(4, min(120, round(((size || 0) / this.wide) * this.sheet.offsetWidth * this.view.z))), disc = (colour, width) => `<circle cx="${d / 2 + 2}" cy="${d / 2 + 2}" r="${d / 2}" fill="none" stroke="${colour}" stroke-width="${width}"/>`;
    const ring = encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" width="${d + 4}" height="${d + 4}">${disc("#fff", 3)}${disc("#000", 1)}</svg>`);
    this.box.style.cursor = size && this.tool !== "text" && props.editable ? `url("data:image/svg+xml,${ring}") ${round(d / 2 + 2)} ${round(d / 2 + 2)}, crosshair` : "";
    this.look(), this.frame(), this.fill(), this.tell(this.journal.all());
  }
  fill(list = byId("draw-layers"), all = [...this.layers.values()].reverse()) {
    const rows = all.map(({ id }) => list.querySelector(`[data-layer="${id}"]`) || byId("draw-layer").firstElementChild.cloneNode(true));
    if (rows.length !== list.children.length || rows.some((row, i) => row !== list.children[i])) list.replaceChildren(...rows);
    all.forEach(({ id, name, marks, hidden, locked }, i) => {
      const row = rows[i], small = row.querySelector("canvas").getContext("2d"), under = id === "reference" && document.querySelector("#draw-under img");
      Object.assign(row.dataset, { layer: id, on: id === this.layer, hidden, locked });
      Object.assign(row.querySelector("input"), { value: name, readOnly: !this.props.editable });
      row.querySelector(".q").textContent = under ? "drawn over" : `${counted(marks.length)} stroke${marks.length === 1 ? "" : "s"}`;
      row.querySelectorAll("button").forEach((b) => (b.setAttribute("aria-label", `${b.title}: ${name}`), b.setAttribute("aria-pressed", row.dataset[b.dataset.draw === "use" ? "on" : b.dataset.draw] || "false")));
      small.reset();
      for (const picture of [under?.complete && under, this.sheets.get(id).canvas]) if (picture) small.drawImage(picture, 0, 0, 108, 60);
    });
    byId("draw-opacity").value = this.layers.get(this.layer).opacity;
  }
  tell(all, total = all.length, now = this.seq ?? total, box = byId("draw-time")) {
    const bars = [...box.querySelectorAll(".bars i")], high = bars.map(() => 0);
    all.forEach((entry, i) => (high[floor((i / total) * bars.length)] += entry.op.points?.length || 30));
    bars.forEach((bar, i) => (Object.assign(bar.style, { height: `${high[i] ? 10 + (90 * high[i]) / max(...high) : 6}%` }), bar.classList.toggle("fu", i / bars.length >= now / max(1, total))));
    Object.assign(byId("draw-moment"), { max: total, disabled: !total, value: now });
    for (const [name, value] of [["--total", max(1, total)], ["--now", now]]) box.style.setProperty(name, value);
    Object.assign(box.dataset, { past: now < total, playing: Boolean(this.playing) });
    byId("draw-count").textContent = `${counted(now)} of ${counted(total)}`;
    byId("draw-clock").textContent = now ? new Date(all[now - 1].at).toTimeString().slice(0, 8) : "Empty";
  }
}

export function InkSheet(given) {
  const props = { ...given, editable: given.editable && !matchMedia("(max-width: 860px)").matches }, stage = useRef(null);
  useLayoutEffect(() => ((stage.current = new Stage(props)), () => stage.current.end()), [props.panel.id]);
  useEffect(() => {
    stage.current.props = props;
    if (props.last > stage.current.journal.entries.length) stage.current.journal.pull();
    stage.current.show();
  });
  return null;
}
