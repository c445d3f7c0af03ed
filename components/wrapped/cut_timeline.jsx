// The timeline of the Cut room: what part of the cut is on view and how large, headers, ruler, scenes and markers, the overview, the playhead.
// The clips are drawn by cut_lanes.jsx, moved by cut_gestures.jsx, reached by keys and buttons in cut_keys.jsx, read as a list in cut_list.jsx.
import { useLayoutEffect } from "react";
import { desk, timecode } from "$/public/external/components/wrapped/cut_desk/cut_desk.jsx";
import { Gestures } from "./cut_gestures.jsx";
import { Keys } from "./cut_keys.jsx";
import { Lanes } from "./cut_lanes.jsx";
import { Lines } from "./cut_lines.jsx";
import { List } from "./cut_list.jsx";
import { Menus } from "./cut_menus.jsx";

const { max, min, round, floor } = Math;
const HEIGHTS = { captions: 24, effect: 24, text: 32, image: 44, video: 44, audio: 48 }, MAIN = 74, LOWEST = 22, HIGHEST = 200, CLOSEST = 60, LABEL = 34;
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200], PICTURES = ["video", "image", "text", "effect"], CODES = { audio: "A", effect: "FX", video: "V", image: "V", text: "V" };
export const KEY_ROW = 17; // a row of keys under a chosen clip

export const byId = (id) => document.getElementById(id);
export const make = (tag, className, more = {}) => Object.assign(document.createElement(tag), { className }, more);
export const endOf = (each) => each.start + each.frames;
/** Style and text of an element, written only where they differ. */
export function put(el, style, text) {
  for (const name in style) if (el[`_${name}`] !== style[name]) el.style[name] = el[`_${name}`] = style[name];
  if (text !== undefined && el.textContent !== text) el.textContent = text;
  return el;
}
/** The place of the first item that ends after a frame; items stand in order of time. */
export function firstAfter(items, frame) {
  let low = 0, high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    endOf(items[middle]) > frame ? (high = middle) : (low = middle + 1);
  }
  return low;
}
/** Timecode without the hours and minutes that are nought. */
export const short = (frame) => timecode(frame).replace(/^00:(?=\d\d:)/, "");

class View {
  constructor(project, opens) {
    const { signal } = (this.gone = new AbortController());
    Object.assign(this, { project, opens, signal, scale: 0, left: 0, tool: "select", snap: true, linked: true, held: null, ticket: 0, caption: null, transition: "", gap: null, rows: [], heads: new Map(), asked: new Set() });
    Object.assign(this, { box: byId("cut-tl"), scroller: byId("cut-scroll"), field: byId("cut-lanes"), layer: byId("cut-layer"), ruler: byId("cut-ruler"), scenes: byId("cut-scenes"), over: byId("cut-over") });
    (this.lanes = new Lanes(this)), (this.lines = new Lines(this)), (this.gestures = new Gestures(this)), (this.keys = new Keys(this)), (this.list = new List(this)), (this.menus = new Menus(this));
    this.off = [desk.on("doc", this.changed), desk.on("settled", this.settled), desk.on("time", this.moved), desk.on("select", this.chosen), desk.on("marks play", () => this.draw())];
    this.sized = new ResizeObserver(() => ((this.width = this.field.clientWidth), this.scale || (desk.doc && this.fit()), this.draw()));
    this.sized.observe(this.field), this.scroller.addEventListener("scroll", () => this.draw(), { signal, passive: true });
    this.box.addEventListener("wheel", this.wheel, { signal, passive: false });
    document.addEventListener("input", ({ target }) => target.id === "cut-zoom" && this.zoomTo(this.scaleAt(target.value / 100)), { signal });
    document.addEventListener("click", this.pressed, { signal }), document.addEventListener("pointerdown", this.pulled, { signal });
    (desk.tools.x = this.x), this.divide(localStorage.getItem("cut-upper")), this.changed();
  }
  end = () => (delete desk.tools.x, this.gone.abort(), this.off.forEach((off) => off()), this.sized.disconnect(), cancelAnimationFrame(this.due), this.lanes.end());

  // Where things are
  x = (frame) => (frame - this.left) * this.scale;
  frameAt = (clientX) => this.left + (clientX - this.field.getBoundingClientRect().left) / this.scale;
  rowAt = (clientY, y = clientY - this.field.getBoundingClientRect().top) => this.rows.find((row) => y >= row.top && y < row.top + row.height);
  /** Where a clip is shown: where it was dropped until the server has said so. */
  placed(clip, track) {
    const { held } = this;
    if (!held) return clip;
    const moved = held.clips?.get(clip.id);
    if (moved) return { ...clip, ...moved };
    return held.shift && !track.locked && clip.start >= held.shift.at ? { ...clip, start: clip.start + held.shift.by } : clip;
  }
  hold = (held) => ((this.held = held), this.draw());
  /** Send an act and keep what was dropped where it is until the answer. */
  send(ops, label) {
    this.ticket = ops.length ? desk.edit(ops, label) : 0;
    if (!this.ticket) this.hold(null);
    return this.ticket;
  }
  settled = ({ detail }) => (!detail || detail === this.ticket) && !this.gestures.dragging && this.held && this.hold(null);
  get shown() { return this.width / this.scale; }
  get lowest() { return min(CLOSEST, this.width / max(desk.length * 1.08, desk.fps * 10)); }
  scaleAt = (share) => this.lowest * (CLOSEST / this.lowest) ** share;
  zoomTo(scale, at = desk.frame, x = this.x(at)) {
    if (!this.width) return;
    const near = x < 0 || x > this.width ? this.width / 2 : x;
    this.scale = max(this.lowest, min(CLOSEST, scale)), this.scroll(at - near / this.scale);
  }
  fit = () => this.width && ((this.scale = this.lowest), this.scroll(0));
  scroll = (left) => ((this.left = max(0, min(left, max(desk.length, this.held?.end || 0) - this.shown * 0.3))), this.draw());
  /** Bring a frame on view, with room before it. */
  see = (frame) => (frame < this.left || frame > this.left + this.shown * 0.96) && this.scroll(frame - this.shown * 0.15);
  wheel = (e) => {
    const mod = e.ctrlKey || e.metaKey, along = e.shiftKey ? e.deltaY || e.deltaX : e.deltaX;
    if (!mod && !along) return;
    e.preventDefault();
    if (mod) this.zoomTo(this.scale * Math.exp(-e.deltaY / 300), this.frameAt(e.clientX), e.clientX - this.field.getBoundingClientRect().left);
    else this.scroll(this.left + along / this.scale);
  };

  // What is new
  changed = ({ detail } = {}) => {
    if (!desk.doc || this.drawnOf !== desk.id) (this.drawnOf = desk.id), (this.scale = 0), (this.left = 0);
    const tracks = desk.doc?.tracks || [], sizes = this.sizes(), base = tracks.find((track) => ["video", "image"].includes(track.kind));
    const order = [...tracks.filter((t) => t.kind === "captions"), ...tracks.filter((t) => PICTURES.includes(t.kind)).reverse(), ...tracks.filter((t) => t.kind === "audio")], counts = {};
    for (const track of tracks) track.kind !== "captions" && (counts[track.id] = CODES[track.kind] + (counts[CODES[track.kind]] = (counts[CODES[track.kind]] || 0) + 1));
    let top = 0;
    this.gap = null;
    const keys = (this.keyed = this.lines.rows());
    this.rows = order.map((track) => {
      const height = sizes[track.id] || (track === base ? MAIN : HEIGHTS[track.kind]), row = { track, top, height, code: counts[track.id] || "T", keys: keys?.track === track ? keys : null, below: keys?.track === track ? keys.values.length * KEY_ROW + 3 : 0 };
      return (top += height + row.below), row;
    });
    put(this.field, { height: `${top}px` }), put(byId("cut-tracks"), {}, `${round(desk.fps * 100) / 100} fps · ${tracks.length} tracks`);
    Object.assign(this.box.dataset, { editable: desk.editable, empty: !!desk.doc && tracks.every(({ clips = [], captions = [] }) => !clips.length && !captions.length) });
    if (!this.scale && desk.doc) (this.width = this.field.clientWidth), this.fit();
    this.headers(), this.lanes.forget(detail), this.draw(), this.list.fill(), this.unknown(tracks);
  };
  /** Files that came with an edit are not known here yet: they are asked for once. */
  unknown(tracks) {
    const fresh = tracks.flatMap(({ clips = [] }) => clips.map(({ media }) => media)).filter((sha) => sha && !desk.media[sha] && !this.asked.has(sha));
    if (fresh.length) fresh.forEach((sha) => this.asked.add(sha)), desk.learn();
  }
  sizes = () => JSON.parse(localStorage.getItem(`cut-heights:${desk.id}`) || "{}");
  headers() {
    const box = byId("cut-heads"), form = byId("cut-head");
    const kept = this.rows.map(({ track, height, code, keys, below }) => {
      const head = this.heads.get(track.id) || form.firstElementChild.cloneNode(true), told = track.name || code;
      head.dataset.track = track.id, head.dataset.kind = track.kind, put(this.lanes.tinted(head, track), { height: `${height + below}px`, paddingBottom: `${below}px` });
      this.fill(head.querySelector(".kn"), keys?.values.length || 0, "", (el, i) => put(el, { top: `${height + 1 + i * KEY_ROW}px` }, keys.values[i].label));
      put(head.querySelector("b"), {}, code), put(head.querySelector(".name"), {}, track.name === code ? "" : track.name), (head.title = track.name);
      for (const button of head.querySelectorAll("[data-head]")) {
        const on = !!track[button.dataset.head];
        button.disabled = !desk.editable, button.setAttribute("aria-label", `${button.title}: ${told}`);
        if (button.dataset.head !== "remove") button.classList.toggle("on", on), button.setAttribute("aria-pressed", on);
      }
      return this.heads.set(track.id, head), head;
    });
    if (box.children.length !== kept.length || kept.some((head, i) => box.children[i] !== head)) box.replaceChildren(...kept);
  }
  pressed = ({ target }) => {
    const what = target.closest?.("#cut-heads [data-head]")?.dataset.head, row = this.rows.find(({ track }) => track.id === target.closest?.("[data-track]")?.dataset.track);
    if (!row || !desk.editable) return;
    if (what === "remove") this.send([{ op: "remove_track", track: row.track.id }], `Remove ${row.track.name || row.code}`);
    else if (what) this.send([{ op: "set_track", track: row.track.id, fields: { [what]: !row.track[what] } }], `${{ muted: row.track.kind === "audio" ? ["Mute", "Unmute"] : ["Hide", "Show"], solo: ["Solo", "End the solo of"], locked: ["Lock", "Unlock"] }[what][Number(!!row.track[what])]} ${row.track.name || row.code}`);
  };
  /** How high the panes above are, in pixels; the timeline has what is left. */
  divide = (upper) => upper && (localStorage.setItem("cut-upper", upper), byId("cut-divide").closest(".cutroom").style.setProperty("--upper", `${max(160, min(innerHeight - 340, upper))}px`));
  /** Heights of tracks are dragged at the lower edge of a header; ruler and overview are dragged as well. */
  pulled = (e) => {
    const edge = e.target.closest?.("#cut-heads .edge"), over = e.target.closest?.("#cut-over"), divide = e.target.closest?.("#cut-divide"), head = !edge && desk.editable && !e.target.closest?.("button,input") && e.target.closest?.("#cut-heads .thd");
    if (head && !e.button) return this.menus.carried(e, head);
    if (e.button || !(edge || over || divide || e.target.closest?.("#cut-ruler,#cut-ph b"))) return;
    const hold = new AbortController(), id = edge?.parentElement.dataset.track, was = this.rows.find((row) => row.track.id === id)?.height;
    const act = divide
      ? ({ clientY }) => this.divide(clientY - divide.closest(".cutroom").getBoundingClientRect().top)
      : edge
      ? (to) => (localStorage.setItem(`cut-heights:${desk.id}`, JSON.stringify({ ...this.sizes(), [id]: max(LOWEST, min(HIGHEST, was + to.clientY - e.clientY)) })), this.changed())
      : over
        ? ({ clientX }, box = this.over.getBoundingClientRect()) => this.scroll(((clientX - box.left) / box.width) * this.whole - this.shown / 2)
        : ({ clientX }) => (desk.playing && desk.play(0), desk.seek(round(this.gestures.snapped(this.frameAt(clientX), e.shiftKey))));
    e.preventDefault(), act(e);
    addEventListener("pointermove", act, { signal: hold.signal });
    for (const over of ["pointerup", "pointercancel"]) addEventListener(over, () => hold.abort(), { signal: hold.signal });
  };
  moved = () => {
    if (desk.playing && !this.gestures.dragging && (desk.frame > this.left + this.shown * 0.92 || desk.frame < this.left)) this.scroll(desk.frame - this.shown * (desk.speed < 0 ? 0.9 : 0.06));
    else if (!desk.playing && !this.gestures.dragging) this.see(desk.frame);
    this.playhead();
  };
  chosen = () => ((this.caption = null), (this.transition = ""), (this.gap = null), this.lines.rows()?.told === this.keyed?.told ? this.draw() : this.changed({ detail: true }));

  // Drawing, at most once a frame
  draw = () => (this.due ||= requestAnimationFrame(() => ((this.due = 0), this.signal.aborted || !this.width || !this.scale || (this.lanes.draw(), this.marks(), this.overview(), this.playhead(), this.shows(), this.told()))));
  playhead() {
    const x = this.x(desk.frame), to = `translateX(${x}px)`;
    put(byId("cut-ph"), { transform: to, visibility: x < -1 || x > this.width + 1 ? "hidden" : "" }), put(byId("cut-ph").firstElementChild, { transform: `translateX(${max(0, LABEL - x)}px)` }, short(desk.frame));
    put(this.over.querySelector("b"), { left: `${(100 * desk.frame) / this.whole}%` });
  }
  /** Where the lanes stand, for what others draw over them. */
  told(key = `${this.left} ${this.scale} ${this.width}`) { if (key !== this._told) (this._told = key), desk.tell("view"); }
  get whole() { return max(1, desk.length, this.left + this.shown); }
  /** Ticks, in and out, scenes and markers. */
  marks() {
    const { marks: { in: from, out: to } } = desk, base = round(desk.fps), least = 84 / this.scale, even = least <= base / 2 && [...Array(base + 1).keys()].find((n) => n >= least && base % n === 0), step = even || base * (STEPS.find((s) => s * base >= least) || 7200), ticks = [];
    const parts = [step >= 30 * base && step < 300 * base ? 6 : 5, 4, 3, 2, 1].find((n) => step % n === 0); // every tick is a whole frame, every label divides the second
    for (let n = floor(this.left / step); n * step < this.left + this.shown; n++) ticks.push([n * step, short(n * step)]);
    this.fill(this.ruler, ticks.length, "tk num", (el, i) => put(el, { transform: `translateX(${this.x(ticks[i][0])}px)`, backgroundSize: `${(step * this.scale) / parts}px 5px`, width: `${step * this.scale}px` }, ticks[i][1]));
    const band = byId("cut-io"), [a, b] = [from ?? 0, to ?? desk.length];
    put(band, { transform: `translateX(${this.x(a)}px)`, width: `${max(2, (b - a) * this.scale)}px`, visibility: from === null && to === null ? "hidden" : "" });
    const all = (desk.doc?.markers || []).map((marker, number) => ({ ...marker, number })), scenes = all.filter((m) => !m.colour), shown = [];
    scenes.forEach((m, i) => shown.push({ ...m, end: scenes[i + 1]?.frame ?? max(desk.length, m.frame + 1) }));
    shown.push(...all.filter((m) => m.colour).map((m) => ({ ...m, end: m.frame + (m.frames || 0) })));
    const near = shown.filter((m) => m.frame < this.left + this.shown && m.end >= this.left - 200 / this.scale);
    this.fill(this.scenes, near.length, "", (el, i) => {
      const m = near[i], x = this.x(m.frame), from = m.colour ? x : max(-2, x), moved = this.held?.marker === m.number ? this.held.by * this.scale : 0;
      el.className = m.colour ? "mkr" : "sc", (el.dataset.marker = m.number), (el.title = `${m.name}, ${timecode(m.frame)}`), (el.tabIndex = m.colour ? 0 : -1);
      put(el, { transform: `translateX(${from + moved}px)`, background: m.colour || "", width: m.colour ? (m.frames ? `${max(8, m.frames * this.scale)}px` : "") : `${max(2, (m.end - m.frame) * this.scale - (from - x))}px` }, m.name || "Marker");
    }, "button");
  }
  /** As many elements of a kind in a box as are needed, those there are used again. */
  fill(box, count, className, write, tag = "i") {
    const pool = (box._pool ||= []);
    while (pool.length < count) pool.push(box.appendChild(make(tag, className)));
    pool.forEach((el, i) => ((el.hidden = i >= count), i < count && write(el, i)));
  }
  overview() {
    const canvas = this.over.querySelector("canvas"), { clientWidth: width, clientHeight: height } = canvas, seen = this.over.querySelector("u"), { whole } = this, key = `${desk.id} ${desk.revision} ${width} ${whole}`;
    put(seen, { left: `${(100 * this.left) / whole}%`, width: `${min(100, (100 * this.shown) / whole)}%` });
    if (canvas._key === key || !width) return;
    Object.assign(canvas, { width, height, _key: key });
    const paint = canvas.getContext("2d"), look = getComputedStyle(canvas), rows = this.rows.filter(({ track }) => ["video", "image", "audio"].includes(track.kind) && track.clips?.length), each = height / max(1, rows.length);
    rows.forEach(({ track }, n) => {
      paint.fillStyle = look.getPropertyValue(`--track-${track.kind}`);
      for (const clip of track.clips || []) paint.fillRect((clip.start / whole) * width, n * each, max(0.7, (clip.frames / whole) * width - 0.7), max(1, each - 1));
    });
  }
  /** The buttons and the slider say how things are. */
  shows() {
    const zoom = byId("cut-zoom"), share = Math.log(this.scale / this.lowest) / Math.log(CLOSEST / this.lowest || 2);
    if (zoom && document.activeElement !== zoom) zoom.value = round(100 * (share || 0));
    const told = `${this.snap} ${this.linked} ${byId("cut-list").hidden} ${this.tool}`;
    if (told === this._shown) return;
    this._shown = told;
    for (const [name, on] of [["snap", this.snap], ["linked", this.linked], ["list", !byId("cut-list").hidden], ...["select", "trim", "stretch", "slip", "slide", "razor"].map((t) => [t, this.tool === t])]) for (const el of document.querySelectorAll(`[data-cut="${name}"]`)) el.setAttribute("aria-pressed", on);
    this.field.dataset.tool = this.tool;
  }
}

export function InkTimeline({ project, onSource }) {
  useLayoutEffect(() => {
    const view = project ? new View(project, onSource) : null;
    return () => view?.end();
  }, [project]);
  return null;
}
