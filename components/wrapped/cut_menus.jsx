// What a right click, the menu key or a double click opens over the timeline: the menu of what lies there, and the card on which a marker, a track or a clip is named; headers that are pulled elsewhere.
// What may be chosen and written stands in the page (components/cut/timeline/menus.py); the menu's buttons act by their `data-cut`.
import { desk } from "$/public/external/components/wrapped/cut_desk/cut_desk.jsx";
import { byId } from "./cut_timeline.jsx";

const PICTURES = ["video", "image", "text", "effect"], section = (track) => (PICTURES.includes(track?.kind) ? "picture" : track?.kind);

export class Menus {
  constructor(view) {
    const { signal } = view;
    Object.assign(this, { view, menu: byId("cut-menu"), card: byId("cut-card") });
    view.box.addEventListener("contextmenu", (e) => this.asked(e) && e.preventDefault(), { signal });
    view.box.addEventListener("dblclick", (e) => view.tool === "select" && (this.opened(e) || this.named(e)), { signal });
    this.card.addEventListener("change", this.written, { signal }), this.card.addEventListener("click", this.pressed, { signal });
    this.card.addEventListener("keydown", (e) => e.target.type === "text" && (e.key === "Escape" ? (e.target.value = e.target.defaultValue) : e.key === "Enter" && this.card.hidePopover()), { signal });
  }
  /** A menu for what lies here; it is chosen first, unless it is among what is chosen. */
  asked(e) {
    if (!desk.editable || !e.target.closest("#cut-lanes,#cut-heads,#cut-scenes") || e.target.closest("input")) return false;
    if (e.target.closest("[data-marker],[data-track]")) return this.named(e);
    const { view } = this, mark = e.target.closest("[data-transition]")?.dataset.transition, { clip, track } = (!mark && view.gestures.part(e)) || {};
    if (mark) desk.select([]), (view.transition = mark), view.draw();
    else if (clip && !desk.selection.has(clip.id)) view.gestures.choose({ clip }, !view.linked, false);
    const gap = !mark && !clip && view.gestures.gapAt(e);
    if (gap) desk.select([]), (view.gap = gap), view.draw();
    (view.keys.near = { at: view.frameAt(e.clientX), track }), Object.assign(this.menu.dataset, { on: mark ? "transition" : clip ? "clip" : gap ? "gap" : "lane", shot: !!clip?.link?.startsWith("shot:") });
    return this.open(this.menu, e.clientX, e.clientY);
  }
  /** Of a clip its file is opened, where that is seen; its name is for naming it. */
  opened = (e, found = !e.target.closest("p,[data-transition]") && desk.find(e.target.closest("[data-clip]")?.dataset.clip)) => !!found?.clip.media && (this.view.keys.source(found), true);
  /** A card for the marker, the track or the clip here. */
  named(e) {
    const { view } = this, at = e.target.closest("[data-marker],[data-track],[data-clip]"), { marker, track, clip } = at?.dataset || {}, what = marker ? "marker" : track ? "track" : "clip", id = marker ? Number(marker) : track || clip;
    const values = at && desk.editable && { marker: () => desk.doc.markers[id], track: () => view.rows.find((row) => row.track.id === id)?.track, clip: () => desk.find(id)?.clip }[what]();
    return !!values && !e.target.closest("[data-head]") && this.write(what, id, values, at);
  }
  write(what, id, values, at) {
    const { left, bottom } = at.getBoundingClientRect();
    (this.of = { what, id, values, fields: {} }), (this.card.dataset.on = what);
    for (const field of this.card.querySelectorAll("[name]")) field.type === "radio" ? (field.checked = field.value === (values.colour || "")) : (field.value = field.defaultValue = values[field.name] || "");
    this.open(this.card, left, bottom + 4), this.card.querySelector("[name=name]").select();
    return true;
  }
  open(box, x, y) {
    box.showPopover(), Object.assign(box.style, { left: `${Math.max(8, Math.min(x, innerWidth - box.offsetWidth - 8))}px`, top: `${Math.max(8, Math.min(y, innerHeight - box.offsetHeight - 8))}px` });
    [...box.querySelectorAll("button,input")].find((each) => each.offsetParent)?.focus();
    return true;
  }
  /** What was written is kept a moment later, as one act, and not before the last one is. */
  written = ({ target }) => {
    const { what, values, fields } = this.of, { name } = target, value = target.value.trim();
    if (value === (values[name] || "") || (what !== "clip" && name === "name" && !value)) return;
    (fields[name] = value), (this.of.said = `${{ name: "Name", note: "Note on", colour: "Colour of" }[name]} ${fields.name || values.name || `a ${what}`}`), this.keep();
  };
  keep = ({ of } = this) => void (clearTimeout(of.due), (of.due = setTimeout(() => (desk.waiting.size ? this.keep({ of }) : this.view.send([{ op: `set_${of.what}`, [of.what]: of.id, fields: of.fields }], of.said) && Object.assign(of, { values: { ...of.values, ...of.fields }, fields: {} })), 150)));
  pressed = ({ target }) => {
    const act = target.closest("[data-card-act]")?.dataset.cardAct, { what, id, values } = this.of, order = this.view.rows.map(({ track }) => track), way = { up: -1, down: 1 }[act];
    if (act) this.card.hidePopover();
    if (act === "remove") this.view.send([{ op: `remove_${what}`, [what]: id }], `Remove ${values.name || `a ${what}`}`);
    if (way) this.carry(values, order[order.findIndex((track) => track.id === id) + way]);
  };
  /** A track takes the place of another one of its kind. */
  carry(track, other) {
    if (other && other.id !== track.id && section(other) === section(track)) this.view.send([{ op: "move_track", track: track.id, to: desk.doc.tracks.findIndex(({ id }) => id === other.id) }], `Move ${track.name || "a track"}`);
  }
  /** A header is pulled to another place among those of its kind. */
  carried(e, head) {
    const hold = new AbortController(), { signal } = hold, row = (y) => this.view.rows.find(({ track }) => track.id === document.elementFromPoint(e.clientX, y)?.closest("[data-track]")?.dataset.track), { track } = row(e.clientY), over = ({ clientY }) => (section(row(clientY)?.track) === section(track) ? row(clientY).track : track);
    const shows = (to) => [...head.parentElement.children].forEach((each) => ((each.dataset.over = to && to !== track && each.dataset.track === to.id ? (this.view.rows.findIndex((r) => r.track === to) > this.view.rows.findIndex((r) => r.track === track) ? "below" : "above") : ""), each.classList.toggle("pulled", each === head && to && to !== track)));
    const ends = () => (hold.abort(), shows(null));
    addEventListener("pointermove", (to) => shows(over(to)), { signal }), addEventListener("pointerup", (to) => (ends(), this.carry(track, over(to))), { signal }), addEventListener("pointercancel", ends, { signal });
    addEventListener("keydown", (k) => k.key === "Escape" && (k.preventDefault(), k.stopPropagation(), ends()), { signal, capture: true });
  }
}
