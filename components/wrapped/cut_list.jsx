// The cut as a table: every clip a row with its times to type and what can be done with it, for keyboards and for those who listen.
import { desk, timecode } from "$/public/external/components/wrapped/cut_desk/cut_desk.jsx";
import { byId, endOf, make, put } from "./cut_timeline.jsx";

const PAGE = 200;

/** Frames of what was typed: a timecode, or so many frames, or +12 and -12 from where it was. */
export function framesOf(text, was, first = 0) {
  const said = text.trim().replace(/;/g, ":"), base = Math.round(desk.fps);
  if (/^[+-]\d+$/.test(said)) return was + Number(said);
  if (/^\d+$/.test(said)) return Number(said);
  if (!/^\d+(:\d+){1,3}$/.test(said)) return null;
  const [frames, ...larger] = said.split(":").map(Number).reverse(), total = larger.reduce((sum, part, i) => sum + part * 60 ** i, 0) * base + frames;
  if (!desk.doc.drop_frame) return total - first;
  const minutes = Math.floor(total / (base * 60)), drop = base / 15;
  return total - drop * (minutes - Math.floor(minutes / 10)) - first;
}

export class List {
  constructor(view) {
    const { signal } = view;
    Object.assign(this, { view, box: byId("cut-list"), from: 0 });
    this.body = this.box.querySelector("tbody");
    this.box.addEventListener("change", this.typed, { signal }), this.box.addEventListener("click", this.pressed, { signal });
    this.off = desk.on("select", this.chosen), signal.addEventListener("abort", this.off);
  }
  turn() {
    this.box.hidden = !this.box.hidden, this.fill(), this.view.draw();
    (this.box.hidden ? this.view.layer.querySelector("[data-lane]") : this.box.querySelector("input,button"))?.focus();
  }
  rows() { return this.view.rows.flatMap(({ track, code }) => (track.clips || []).map((clip, place) => ({ clip, track, code, place }))); }
  fill() {
    if (this.box.hidden) return;
    const all = this.rows();
    this.from = Math.min(this.from, Math.max(0, Math.floor((all.length - 1) / PAGE) * PAGE));
    const shown = all.slice(this.from, this.from + PAGE), form = byId("cut-list-row").querySelector("tr");
    while (this.body.children.length > shown.length) this.body.lastChild.remove();
    while (this.body.children.length < shown.length) this.body.append(form.cloneNode(true));
    shown.forEach((row, i) => this.row(this.body.children[i], row));
    put(byId("cut-list-count"), {}, all.length ? `${this.from + 1} to ${this.from + shown.length} of ${all.length} clips` : "No clips yet");
    this.chosen();
  }
  row(el, { clip, track, code, place }) {
    const name = this.view.lanes.name(clip), idle = !desk.editable || track.locked, ends = { earlier: place === 0, later: place === track.clips.length - 1 };
    el.dataset.row = clip.id;
    put(el.querySelector("[data-is=track]"), {}, `${code} ${track.name}`), put(el.querySelector("[data-is=name]"), {}, name);
    for (const field of el.querySelectorAll("input")) {
      const value = { start: clip.start, end: endOf(clip), length: clip.frames }[field.name];
      if (document.activeElement !== field) field.value = field.name === "length" ? timecode(value - (desk.doc.first_frame || 0)) : timecode(value);
      (field.disabled = idle), field.setAttribute("aria-label", `${{ start: "Start", end: "End", length: "Length" }[field.name]} of ${name}`);
    }
    for (const button of el.querySelectorAll("[data-list-act]")) (button.disabled = (idle && button.dataset.listAct !== "go") || !!ends[button.dataset.listAct]), button.setAttribute("aria-label", `${button.title}: ${name}`);
  }
  chosen = () => {
    if (!this.box.hidden) for (const el of this.body.children) el.classList.toggle("on", desk.selection.has(el.dataset.row)), el.setAttribute("aria-selected", desk.selection.has(el.dataset.row));
  };
  typed = ({ target }) => {
    const found = desk.find(target.closest("tr")?.dataset.row), { clip } = found || {};
    if (!clip) return;
    const was = { start: clip.start, end: endOf(clip), length: clip.frames }[target.name], to = framesOf(target.value, was, target.name === "length" ? 0 : desk.doc.first_frame || 0), by = to - was, name = this.view.lanes.name(clip), alone = !this.view.linked;
    if (to === null || !by) return target.blur(), this.fill();
    const op = target.name === "start" ? { op: "move", clips: [clip.id], by, alone } : { op: "trim", clip: clip.id, edge: "out", by, ripple: target.name === "length", alone };
    target.blur(), this.view.send([op], `${target.name === "start" ? "Move" : "Trim"} ${name}`);
  };
  pressed = ({ target }) => {
    const act = target.closest("[data-list-act]")?.dataset.listAct, found = desk.find(target.closest("tr")?.dataset.row), alone = !this.view.linked;
    if (act === "before" || act === "after") return (this.from = Math.max(0, this.from + (act === "after" ? PAGE : -PAGE))), this.fill();
    if (!act || !found) return found && desk.select(this.view.gestures.family([found.clip.id], alone));
    const { clip, track } = found, name = this.view.lanes.name(clip), place = track.clips.indexOf(clip), other = track.clips[place + (act === "earlier" ? -1 : 1)];
    desk.select(this.view.gestures.family([clip.id], alone));
    if (act === "go") desk.seek(clip.start);
    if (act === "split") this.view.send([{ op: "split", clip: clip.id, at: Math.round(desk.frame), alone }], `Split ${name}`);
    if (act === "delete") this.view.send([{ op: "ripple_delete", clips: [clip.id], alone }], `Delete ${name}`);
    if (other && (act === "earlier" || act === "later")) this.view.send(this.swapped(track, ...(act === "earlier" ? [other, clip] : [clip, other])), `Move ${name} ${act}`);
  };
  /** Two neighbours change places; the time between them stays. */
  swapped(track, first, second) {
    const ids = [first, second].map(({ id }) => id), gap = second.start - endOf(first);
    return [{ op: "lift", clips: ids, alone: true }, { op: "overwrite", track: track.id, at: first.start, clips: [{ ...second, start: first.start }, { ...first, start: first.start + second.frames + gap }] }];
  }
}
