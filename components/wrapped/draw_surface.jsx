// The sheet one draws on: the pen, layers as canvases of which only the live stroke is drawn anew, the view, keys. Buttons anywhere on the
// page act on it by what they carry: data-tool, data-colour, data-draw; keys press them (keys.jsx). draw_journal.jsx keeps the strokes.
import { useEffect, useLayoutEffect, useRef } from "react";
import { actOf } from "$/public/external/components/wrapped/keys/keys.jsx";
import { bothSides, cover, drawingAt, isMark, paint, piece, radius, samplesOf, shares, strength, then } from "./draw_ink.jsx";
import { Journal } from "./draw_journal.jsx";
import { byId, frame, look, show } from "./draw_shown.jsx";

const FORMS = ["line", "rect", "ellipse", "arrow"], NEAR = 5, LONGEST = 4800, TURN = 300, PALM_MS = 1500, PAPER = "#fffdf7", TYPING = "input:not([type=range]),textarea,select,[popover] *";
const HOME = { brush: "colour", fill: "colour", tone: "tone", note: "notes", light: "ink", pencil: "ink", pen: "ink" };
const KIT = { light: [40, "#3e7cb1"], brush: [240, "#ff6b35"], tone: [420, "#5b5b57"], pencil: [45, "#000000"], pen: [60, "#000000"], note: [50, "#d7263d"], eraser: [220, "#000000"], form: [60, "#004e89"], text: [260, "#d7263d"], fill: [40, "#f7b801"] };
const { round, min, max, hypot, atan2 } = Math, inside = ([l, t, r, b]) => ([x, y]) => x >= min(l, r) && x <= max(l, r) && y >= min(t, b) && y <= max(t, b);

class Stage {
  constructor(props) {
    const { width, height, id, inked } = props.panel, long = max(width, height), box = byId("draw-stage"), { signal } = (this.gone = new AbortController());
    Object.assign(this, { props, box, sheet: byId("draw-sheet"), under: byId("draw-under").appendChild(new Image()), tool: "pen", layer: "ink", kit: structuredClone(KIT), view: { x: 0, y: 0, z: 1, flip: 1 }, aids: { onion: false, grid: false, depth: false, mirror: false }, seq: null, picked: [], sheets: new Map(), touches: new Map(), penned: -PALM_MS });
    Object.assign(this, { k: min(1920, long) / 10000, wide: (10000 * width) / long, high: (10000 * height) / long, drew: props.editable && props.last > inked });
    this.spot = [this.wide / 2, this.high / 2], this.live = this.canvas(), this.under.onload = () => this.show();
    this.journal = new Journal(id, props.me, (news, anew) => (anew || news.some((e) => !isMark(e.op)) ? this.rebuild() : news.forEach(this.append), this.show()));
    for (const [name, act] of [["down", this.down], ["move", this.move], ["up", this.up], ["cancel", this.up]]) box.addEventListener(`pointer${name}`, act, { signal });
    box.addEventListener("wheel", (e) => (e.preventDefault(), e.ctrlKey || e.metaKey ? this.zoom(Math.exp(-e.deltaY / 300), e) : this.pan(-e.deltaX, -e.deltaY)), { signal, passive: false });
    for (const [name, act] of Object.entries({ keydown: this.key, keyup: (e) => e.key === " " && (this.space = false), click: this.pressed, input: this.turned, change: this.named })) document.addEventListener(name, act, { signal });
    addEventListener("pagehide", this.leave, { signal });
    this.rebuild(), this.journal.open();
  }
  end = () => (this.journal.close(), this.leave(), this.gone.abort(), byId("draw-films")?.replaceChildren(), byId("draw-under")?.replaceChildren());
  /** Nobody pressed Done, but the pen has rested or the page is left: a version is made of what was drawn all the same. */
  leave = () => (clearTimeout(this.resting), this.drew && navigator.sendBeacon(`/api/v1/panels/${this.props.panel.id}/drawing/picture`), (this.drew = false));
  rest = () => (clearTimeout(this.resting), (this.drew = true), (this.resting = setTimeout(() => (this.journal.queue.length || this.stroke ? this.rest() : this.leave()), 1000 * this.box.dataset.rest)));
  say = (words) => (byId("draw-said").textContent = words);
  show = () => show(this);
  canvas = () => byId("draw-films").appendChild(Object.assign(document.createElement("canvas"), { width: round(this.wide * this.k), height: round(this.high * this.k) })).getContext("2d");
  rebuild() {
    const entries = this.journal?.all() || [], were = this.layers, begun = (had = [], marks) => (had.length <= marks.length && had.every((mark, i) => mark.name === marks[i].name && String(mark.m) === String(marks[i].m)) ? had.length : 0);
    this.layers = drawingAt(entries, this.seq ?? entries.length);
    [...this.layers.values()].forEach((layer, i) => {
      const context = this.sheets.get(layer.id) || this.sheets.set(layer.id, this.canvas()).get(layer.id), opacity = layer.hidden ? 0 : layer.opacity / 100, painted = begun(were?.get(layer.id)?.marks, layer.marks);
      if (!painted) context.reset();
      layer.marks.slice(painted).forEach((mark) => paint(context, mark, this.k));
      Object.assign(context.canvas.style, { zIndex: 2 * i + 2, opacity, mixBlendMode: layer.blend });
      if (layer.id === "reference") this.under.style.opacity = opacity;
    });
    const { panel } = this.props, src = this.layers.under ? panel.pictures.replace("SHA", this.layers.under) : panel.reference;
    if (this.under.getAttribute("src") !== src) Object.assign(this.under, { src, alt: "", draggable: false, hidden: !src });
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
    isMark(op) ? this.append(this.journal.add(op)) : (this.journal.add(op), this.rebuild());
    this.rest(), this.show();
  }
  set = (what, layer = this.layer) => this.add({ op: "set_layer", layer, ...what });
  use = (layer) => (Object.assign(this, { layer, picked: [] }), this.show());
  at = (seq) => ((this.seq = seq !== null && seq >= this.journal.all().length ? null : seq), this.rebuild(), this.show());
  restore(to = this.seq, clock = byId("draw-clock").textContent) {
    this.seq = null;
    if (to !== null) this.add({ op: "restore", to }), this.say(`Back at ${clock}: a new version is being made of it. What came later stays on the slider.`);
  }
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
    const layer = this.layers.get(this.layer), [x, y, p] = this.place(e), [size, colour] = this.kit[this.mode()] || [], shared = { layer: layer.id, colour, size, opacity: 100, ...(this.aids.mirror && { axis: round(this.wide / 2) }) };
    if (this.handled(e) || e.target.closest("textarea") || (e.button === 1 || this.space ? (this.panning = [e.clientX, e.clientY]) : e.button || !this.props.editable)) return;
    if (this.tool === "pick") return (this.tool = this.before || "pen"), this.own(1, this.colourAt(x, y));
    const why = this.seq !== null ? "You look at an earlier moment. Go back to now to draw." : layer.locked ? `${layer.name} is locked.` : layer.hidden ? `${layer.name} is hidden.` : "";
    if (this.say(why)) return;
    e.preventDefault();
    if (this.tool === "text") return this.ask(e, { op: "text", layer: layer.id, colour, size, opacity: 100, x, y });
    if (this.tool === "fill") return this.fill({ layer: layer.id, colour, x, y, gap: min(500, size) });
    this.box.setPointerCapture((this.hand = e.pointerId));
    if (this.tool === "marquee") this.grip = this.gripAt(x, y);
    else if (this.tool === "move") (this.picked = this.picked.length ? this.picked : layer.marks.map((mark) => mark.name)), (this.grip = { how: "move", from: [x, y] });
    else if (FORMS.includes(this.tool)) this.shape = { op: "shape", form: this.tool, ...shared, box: [x, y, x, y] };
    else this.begin({ op: "stroke", tool: this.tool, ...shared }, [x, y, p]);
  };
  /** Two fingers move the view; a palm beside the pen does nothing; a second hand waits. */
  handled(e) {
    const busy = this.stroke || this.shape || this.grip;
    if (e.pointerType === "pen") this.penned = e.timeStamp;
    if (e.pointerType !== "touch") return busy && e.pointerType === "pen" && this.touches.size ? this.drop() : busy;
    if (e.timeStamp - this.penned < PALM_MS) return true;
    this.touches.set(e.pointerId, [e.clientX, e.clientY]);
    if (this.touches.size === 2) this.drop();
    return this.touches.size > 1;
  }
  /** Forget what was begun. */
  drop = () => ((this.stroke = this.shape = this.grip = this.layers = null), this.live.reset(), this.rebuild(), this.show());
  begin(op, point, rubs = op.tool === "eraser") {
    this.stroke = { op, points: [point], target: rubs ? this.sheets.get(op.layer) : this.live };
    this.above(op.layer, rubs ? 1 : strength(op)), this.ink([this.sample(point)]);
  }
  above = (layer, share = 1, { zIndex, opacity, mixBlendMode } = this.sheets.get(layer).canvas.style) => Object.assign(this.live.canvas.style, { zIndex: +zIndex + 1, opacity: share * opacity, mixBlendMode });
  sample = ([x, y, p]) => [x, y, radius(this.stroke.op.tool, this.stroke.op.size, p)];
  /** Paint more of the live stroke: nothing else is drawn while the pen is down. */
  ink(run, { target, op } = this.stroke) {
    target.setTransform(this.k, 0, 0, this.k, 0, 0);
    Object.assign(target, { globalAlpha: 1, fillStyle: op.colour, globalCompositeOperation: op.tool === "eraser" ? "destination-out" : "source-over" }).fill(bothSides([run], op.axis).reduce(cover, new Path2D()));
  }
  move = (e) => {
    const [x, y] = (this.spot = this.place(e)), from = this.panning, many = e.getCoalescedEvents?.() || [], touch = this.touches.has(e.pointerId);
    if (touch && this.touches.size === 2) return this.pinch(e);
    if (touch) this.touches.set(e.pointerId, [e.clientX, e.clientY]);
    if (e.pointerType === "pen") this.penned = e.timeStamp;
    if (from) this.pan(e.clientX - from[0], e.clientY - from[1]), (this.panning = [e.clientX, e.clientY]);
    else if (e.pointerId !== this.hand) return;
    else if (this.stroke) (many.length ? many : [e]).forEach((part) => this.drag(this.place(part)));
    else if (this.shape) this.preview([{ op: (this.shape = { ...this.shape, box: [...this.shape.box.slice(0, 2), x, y] }) }]);
    else if (this.grip) this.pull(x, y);
  };
  pinch(e) {
    const middle = ([[x, y], [a, b]]) => [(x + a) / 2, (y + b) / 2], wide = ([[x, y], [a, b]]) => max(1, hypot(x - a, y - b)), was = [...this.touches.values()];
    const now = [...this.touches.set(e.pointerId, [e.clientX, e.clientY]).values()], [x, y] = middle(now), [px, py] = middle(was);
    this.pan(x - px, y - py), this.zoom(wide(now) / wide(was), { clientX: x, clientY: y });
  }
  drag(point) {
    const { points, op } = this.stroke, last = points.at(-1);
    if (hypot(point[0] - last[0], point[1] - last[1]) < NEAR) return;
    const n = points.push(point), near = points.slice(-4).map(this.sample);
    n > 2 && this.ink([near.at(-3), ...piece(near, near.length - 3)]), this.ink(near.slice(-2));
    if (n > LONGEST) this.finish(), this.begin(op, point);
  }
  up = (e) => (this.touches.delete(e.pointerId), (this.panning = null), e.pointerId === this.hand && this.finish());
  finish({ stroke, shape, grip } = this) {
    (this.stroke = this.shape = this.grip = null), this.live.reset();
    if (grip) this.dropped(grip);
    if (shape && hypot(shape.box[2] - shape.box[0], shape.box[3] - shape.box[1]) > 20) this.add(shape);
    if (stroke) this.add({ ...stroke.op, points: stroke.points.flatMap((p, i) => p.map((v, n) => v - (i ? stroke.points[i - 1][n] : 0))) });
  }
  preview = (marks) => (this.live.reset(), this.above(this.layer), marks.forEach((mark) => paint(this.live, mark, this.k)));
  fill = async (wish) => (this.say("Filling."), this.say(await this.journal.ask("fill", wish)) || this.rest());
  /** The colour one sees at a place. */
  colourAt(x, y, { k, wide, high, sheets } = this, spot = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true })) {
    const laid = (picture, { opacity, mixBlendMode }) => Object.assign(spot, { globalAlpha: +opacity, globalCompositeOperation: mixBlendMode === "normal" ? "source-over" : mixBlendMode || "source-over" }).drawImage(picture, -x * k, -y * k, wide * k, high * k);
    Object.assign(spot, { fillStyle: PAPER }).fillRect(0, 0, 1, 1);
    if (!this.under.hidden && this.under.complete) laid(this.under, this.under.style);
    for (const id of this.layers.keys()) laid(sheets.get(id).canvas, sheets.get(id).canvas.style);
    return `#${[...spot.getImageData(0, 0, 1, 1).data].slice(0, 3).map((v) => v.toString(16).padStart(2, "0")).join("")}`;
  }
  ask(e, op, field = byId("draw-words")) {
    const own = this.box.getBoundingClientRect(), px = (op.size / this.high) * this.sheet.getBoundingClientRect().height;
    Object.assign(field.style, { left: `${e.clientX - own.left}px`, top: `${e.clientY - own.top}px`, fontSize: `${px}px`, color: op.colour });
    field.onblur = () => ((field.hidden = true), field.value.trim() && this.add({ ...op, text: field.value.trim().slice(0, 500) }));
    field.onkeydown = (k) => void ((k.key === "Escape" || (k.key === "Enter" && !k.shiftKey)) && (k.preventDefault(), k.key === "Escape" && (field.value = ""), field.blur()));
    Object.assign(field, { hidden: false, value: "" }).focus();
  }
  // A selection: moved by its middle, scaled by its corners, turned by the point above it
  chosen = () => this.layers.get(this.layer).marks.filter((mark) => this.picked.includes(mark.name));
  bounds = (marks = this.chosen(), all = marks.flatMap((mark) => samplesOf(mark).flat())) => all.length && [[0, min], [1, min], [0, max], [1, max]].map(([n, most]) => all.reduce((far, s) => most(far, most === min ? s[n] - s[2] : s[n] + s[2]), most === min ? Infinity : -Infinity));
  gripAt(x, y, bounds = this.bounds()) {
    const from = [x, y], [l, t, r, b] = bounds || [], hit = ([cx, cy]) => hypot(x - cx, y - cy) < 140 / this.view.z;
    const corner = bounds && [[l, t, r, b], [r, t, l, b], [l, b, r, t], [r, b, l, t]].find(hit);
    if (bounds && hit([(l + r) / 2, t - TURN])) return { how: "turn", from, middle: [(l + r) / 2, (t + b) / 2] };
    return corner ? { how: "scale", from, middle: corner.slice(2) } : { how: bounds && inside(bounds)(from) ? "move" : "box", from };
  }
  pull(x, y, { how, from, middle: [mx, my] = [0, 0] } = this.grip) {
    if (how === "box") return frame(this, (this.grip.box = [...from, x, y]));
    const turn = how === "turn" ? atan2(y - my, x - mx) - atan2(from[1] - my, from[0] - mx) : 0, grown = how === "scale" ? max(0.05, min(20, hypot(x - mx, y - my) / max(1, hypot(from[0] - mx, from[1] - my)))) : 1;
    const [a, b] = [grown * Math.cos(turn), grown * Math.sin(turn)], m = how === "move" ? [1, 0, 0, 1, x - from[0], y - from[1]] : [a, b, -b, a, mx - a * mx + b * my, my - b * mx - a * my];
    this.grip.matrix = m.map((v, i) => round(i < 4 ? v * 10000 : v));
    const marks = this.chosen().map((mark) => ({ ...mark, m: then(mark.m, shares(this.grip.matrix)) }));
    this.preview(marks), frame(this, this.bounds(marks));
  }
  dropped({ how, box, matrix }) {
    if (how === "box") this.picked = box ? this.layers.get(this.layer).marks.filter((mark) => mark.op.tool !== "eraser" && samplesOf(mark).flat().some(inside(box))).map((mark) => mark.name) : [];
    matrix ? this.onPicked({ op: "transform", matrix }) : this.show();
  }
  onPicked = (op) => { for (let i = 0; i < this.picked.length; i += 2000) this.add({ ...op, marks: this.picked.slice(i, i + 2000) }); };
  // View, keys and buttons
  pan = (x, y) => (Object.assign(this.view, { x: this.view.x + x, y: this.view.y + y }), look(this));
  zoom(by, e, { view } = this) {
    const box = this.box.getBoundingClientRect(), z = max(0.25, min(12, view.z * by)), grown = z / view.z, [x, y] = e ? [e.clientX - box.left - box.width / 2, e.clientY - box.top - box.height / 2] : [0, 0];
    Object.assign(view, { z, x: x - (x - view.x) * grown, y: y - (y - view.y) * grown }), look(this);
  }
  pressed = (e) => {
    const { tool, colour, draw, sha256 } = e.target.closest?.("[data-tool],[data-colour],[data-draw]")?.dataset || {}, layer = this.layers.get(e.target.closest?.("[data-layer]")?.dataset.layer), home = this.layers.get(HOME[tool]), size = this.kit[this.mode()]?.[0], [x, y] = e.detail ? [this.wide / 2, this.high / 2] : this.spot;
    const act = { undo: () => this.back("undo"), redo: () => this.back("redo"), fit: () => Object.assign(this.view, { x: 0, y: 0, z: 1 }), closer: () => this.zoom(1.25), farther: () => this.zoom(0.8), flip: () => (this.view.flip *= -1), thinner: () => this.own(0, max(5, round(size * 0.8))), thicker: () => this.own(0, min(2000, round(size * 1.25) + 1)), add: () => this.add({ op: "add_layer", layer: `layer-${Date.now().toString(36)}`, name: `Layer ${this.layers.size}` }), delete: () => this.picked.length && (this.onPicked({ op: "delete" }), (this.picked = [])), done: () => this.done(), play: () => this.play(), now: () => this.at(null), restore: () => this.restore(), use: () => this.use(layer.id), hidden: () => this.set({ hidden: !layer.hidden }, layer.id), locked: () => this.set({ locked: !layer.locked }, layer.id), raise: () => this.set({ place: [...this.layers.keys()].indexOf(layer.id) + 1 }, layer.id), reference: () => this.add({ op: "reference", sha256 }), leave: () => this.leave() }[draw] || (draw in this.aids && (() => (this.aids[draw] = !this.aids[draw])));
    if (draw === "depth") this.sheet.style.cssText += `;--vx:${(100 * x) / this.wide}%;--vy:${(100 * y) / this.high}%`;
    if (tool) (this.before = this.tool === "pick" ? this.before : this.tool), (this.tool = tool);
    if (home && home.id !== this.layer && !home.locked && !home.hidden) this.use(home.id);
    if (colour) this.own(1, colour);
    if ((act && act(), tool || act)) this.show();
  };
  turned = ({ target: t }) => (t.id === "draw-size" ? this.own(0, round(Math.exp(+t.value))) : t.id === "draw-colour" ? this.own(1, t.value) : t.id === "draw-moment" && this.at(+t.value));
  named = ({ target: t }, id = t.closest("[data-layer]")?.dataset.layer) => (t.id === "draw-opacity" ? this.set({ opacity: +t.value }) : t.id === "draw-blend" ? this.set({ blend: t.value }) : t.type === "file" ? t.form.requestSubmit() : id && t.value.trim() && this.set({ name: t.value.trim() }, id));
  done = async () => ((await this.journal.settled()) ? (clearTimeout(this.resting), (this.drew = false), this.props.onDone()) : this.say("Not everything is saved yet. Wait a moment, then press Done again."));
  key = (e) => {
    const act = { undo: () => this.back("undo"), redo: () => this.back("redo"), pan: () => (this.space = true), nothing: () => this.use(this.layer) }[actOf("draw", e)];
    if (!act || e.defaultPrevented || e.target.closest?.(TYPING) || (e.key === " " && e.target.closest?.("button,a"))) return;
    e.preventDefault(), act();
  };
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
