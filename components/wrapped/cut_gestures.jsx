// Gestures on the lanes: choosing, moving, trimming, rolling, slipping, sliding, stretching, fades, transitions, markers. While the pointer is down only the picture of it changes; on the way up one act is sent, as the studio's own ops.
import { desk } from "$/public/external/components/wrapped/cut_desk/cut_desk.jsx";
import { factorOf, sourceAt } from "./cut_lanes.jsx";
import { byId, endOf, firstAfter, put, short } from "./cut_timeline.jsx";

const { max, min, round, abs, floor } = Math, GRIP = 7, NEAR = 9, STARTS = 3, EDGE = 36, LEFT = "One frame is left", ENDS = "No more of the file", WAY = "A clip is in the way";
const ALIKE = [["video", "image"], ["text"], ["effect"], ["audio"], ["captions"]];
export const alike = (a, b) => ALIKE.some((kinds) => kinds.includes(a) && kinds.includes(b));
/** So many frames as seconds and frames. */
const lasting = (n, base = round(desk.fps)) => [n / base, n % base].map((part) => String(floor(part)).padStart(2, "0")).join(":"), signed = (n) => `${n < 0 ? "−" : "+"}${lasting(abs(n))}`;

export class Gestures {
  constructor(view) {
    Object.assign(this, { view, dragging: null });
    const { field, scenes, signal } = view;
    for (const box of [field, scenes]) box.addEventListener("pointerdown", this.down, { signal });
    field.addEventListener("pointermove", this.hover, { signal });
  }

  // What things snap to
  points(without = new Set()) {
    const { in: from, out: to } = desk.marks, found = [0, ...(desk.doc?.markers || []).map((m) => m.frame)];
    if (from !== null) found.push(from);
    if (to !== null) found.push(to);
    for (const { clips = [], captions = [], kind, muted } of desk.doc?.tracks || []) for (const each of [...clips, ...captions]) if (!without.has(each.id)) found.push(each.start, endOf(each), ...(kind === "audio" && !muted ? this.view.lanes.beats(each) : []));
    return found.sort((a, b) => a - b);
  }
  nearest(frames, points) {
    let best = null;
    if (this.view.snap) for (const frame of frames) for (const point of this.around(frame, points)) if (abs(point - frame) < min(best ? abs(best.by) : Infinity, NEAR / this.view.scale)) best = { by: point - frame, at: point };
    return best;
  }
  /** The point before and the one after a frame, and the playhead. */
  around(frame, points) {
    let low = 0, high = points.length;
    while (low < high) points[(low + high) >> 1] < frame ? (low = ((low + high) >> 1) + 1) : (high = (low + high) >> 1);
    return [points[low - 1], points[low], ...(this.dragging?.playhead ? [] : [desk.frame])].filter((point) => point !== undefined);
  }
  snapped = (frame, loose = false) => (loose || !this.view.snap ? frame : frame + (this.nearest([frame], this.points())?.by || 0));
  show = (at) => put(byId("cut-guide"), { transform: `translateX(${this.view.x(at ?? 0)}px)`, visibility: at === null || at === undefined ? "hidden" : "visible" });

  /** What a gesture comes to, beside the pointer; the last of it is why it goes no further. */
  tip(e, says = [], stopped = "") {
    const el = byId("cut-tip"), text = [...says, stopped].filter(Boolean).join(" · ");
    put(el, { visibility: e && text ? "visible" : "hidden", ...(e && { transform: `translate(${min(e.clientX + 16, innerWidth - 8 * text.length - 24)}px,${e.clientY + 20}px)` }) }, text), el.classList.toggle("stop", !!stopped);
  }

  // What is under the pointer
  hover = (e) => {
    if (this.dragging) return;
    const part = this.part(e);
    Object.assign(this.view.field.dataset, { part: desk.editable ? part?.how || "" : "", edge: part?.edge || "", ripple: !!part?.ripple });
  };
  part(e) {
    const el = e.target.closest?.("[data-clip]"), found = el ? desk.find(el.dataset.clip) : this.crowded(e), { tool } = this.view, mark = e.target.closest?.("[data-transition]"), caption = e.target.closest?.("[data-caption]"), key = e.target.closest?.("[data-key]")?.dataset;
    if (key) return { how: "key", ...desk.find(key.on), frame: Number(key.key), ofs: this.view.rows.find(({ keys }) => keys).keys.values.find(({ label }) => label === key.of).ofs };
    if (e.target.closest?.("[data-marker]")) return { how: "marker", number: Number(e.target.closest("[data-marker]").dataset.marker) };
    if (mark) return { how: "transition", id: mark.dataset.transition };
    const box = (el || caption)?.getBoundingClientRect(), grip = box && min(GRIP, box.width / 4), edge = box && (e.clientX < box.left + grip ? "in" : e.clientX > box.right - grip ? "out" : "");
    if (caption) return { how: edge ? "caption-trim" : "caption", edge, track: caption.dataset.on, start: Number(caption.dataset.caption) };
    if (!found) return null;
    if (!el) return { ...found, how: tool === "razor" ? tool : "move" };
    const fade = tool === "select" && e.target.classList.contains("fade") ? (e.target.classList.contains("head") ? "fade_in" : "fade_out") : "";
    if (fade) return { ...found, how: "fade", fade };
    if (tool === "razor") return { ...found, how: "razor" };
    if (["slip", "slide"].includes(tool)) return { ...found, how: tool };
    if (tool === "stretch") return { ...found, how: edge ? "stretch" : "move", edge };
    if (!edge) return { ...found, ...((tool === "select" && this.view.lines.at(found, box, e)) || { how: "move" }) };
    const other = this.touching(found, edge), rolls = other && (e.shiftKey || (tool === "trim" && e.clientX > box.left - 1 && (edge === "in" ? e.clientX < box.left + 3 : e.clientX > box.right - 3)));
    return rolls ? { ...found, how: "roll", clip: edge === "out" ? found.clip : other, edge: "out" } : { ...found, how: "trim", edge, ripple: tool === "trim" || e.ctrlKey || e.metaKey };
  }
  /** A clip too narrow for an element of its own. */
  crowded({ target, clientX, clientY }) {
    const track = target.closest?.("#cut-lanes") && this.view.rowAt(clientY)?.track, frame = this.view.frameAt(clientX), clip = track?.clips?.[firstAfter(track.clips, frame)];
    return clip && clip.start <= frame ? { clip, track } : null;
  }
  /** The gap of a track at a frame: between two clips, or before the first. */
  gapOn(track, frame, clips = track?.clips || [], i = firstAfter(clips, frame)) {
    return !track?.locked && clips[i]?.start > frame ? { track: track.id, start: i ? endOf(clips[i - 1]) : 0, end: clips[i].start } : null;
  }
  gapAt = ({ clientX, clientY }) => this.gapOn(this.view.rowAt(clientY)?.track, this.view.frameAt(clientX));
  touching = ({ clip, track }, edge, other = track.clips[track.clips.indexOf(clip) + (edge === "in" ? -1 : 1)]) => (other && (edge === "in" ? endOf(other) === clip.start : other.start === endOf(clip)) ? other : null);
  /** Clips of one group go together, unless links are off or Alt is held. */
  family(ids, alone) {
    const all = new Set(ids), groups = new Set([...ids].map((id) => desk.find(id)?.clip.group).filter(Boolean));
    if (!alone && groups.size) for (const { clips = [] } of desk.doc.tracks) for (const clip of clips) if (groups.has(clip.group)) all.add(clip.id);
    return all;
  }

  // Down, along and up
  down = (e) => {
    if (e.button || !desk.doc) return;
    const part = this.part(e), { view } = this, alone = e.altKey || !view.linked, add = e.shiftKey || e.ctrlKey || e.metaKey;
    if (e.target.closest("input")) return;
    (view.box.dataset.by = "pointer"), e.preventDefault(), e.target.closest("[tabindex],button")?.focus({ preventScroll: true });
    if (part?.how === "marker") desk.seek(desk.doc.markers[part.number].frame);
    if (part?.clip && part.how !== "razor") this.choose(part, alone, add);
    if (part?.how.startsWith("caption")) view.chosen(), desk.select([]), (view.caption = { track: part.track, start: part.start }), view.draw();
    if (part?.how === "transition") desk.select([]), (view.transition = part.id), view.draw();
    if (part && (!desk.editable || part.track?.locked || view.box.dataset.editable === "false")) return;
    if (part?.how === "razor") return void view.send([{ op: "split", clip: part.clip.id, at: round(this.snapped(view.frameAt(e.clientX))), alone }], `Split ${view.lanes.name(part.clip)}`);
    if (e.altKey && ["key", "level"].includes(part?.how)) return void this.view.lines.turn(part);
    const hold = new AbortController(), { signal } = hold, going = part?.how === "move" ? this.family(desk.selection.has(part.clip.id) ? desk.selection : [part.clip.id], alone) : this.family(part?.clip ? [part.clip.id] : [], alone);
    this.dragging = { ...part, how: part?.how || "lasso", alone, add, going, hold, x: e.clientX, y: e.clientY, from: view.frameAt(e.clientX), top: view.scroller.scrollTop, points: [...this.points(going), desk.frame].sort((a, b) => a - b), playhead: true, last: e, was: new Set(add ? desk.selection : []), began: false };
    addEventListener("pointermove", this.along, { signal }), addEventListener("pointerup", this.up, { signal }), addEventListener("pointercancel", this.cancel, { signal });
    addEventListener("keydown", (k) => k.key === "Escape" && (k.preventDefault(), k.stopPropagation(), this.cancel()), { signal, capture: true });
    this.push();
  };
  choose({ clip }, alone, add) {
    const ids = this.family([clip.id], alone), on = desk.selection.has(clip.id);
    if (add) desk.select(on ? [...desk.selection].filter((id) => !ids.has(id)) : [...desk.selection, ...ids]);
    else if (!on) desk.select(ids);
  }
  along = (e) => {
    const { dragging } = this;
    if (!dragging) return;
    dragging.last = e;
    if (!dragging.began && abs(e.clientX - dragging.x) < STARTS && abs(e.clientY - dragging.y) < STARTS) return;
    (dragging.began = true), this.view.box.classList.add("drags"), this.act(e);
  };
  /** Near an edge of the lanes the view goes along. */
  push = () => {
    const { dragging, view } = this;
    if (!dragging) return;
    const box = view.field.getBoundingClientRect(), { clientX } = dragging.last, by = clientX < box.left + EDGE ? clientX - box.left - EDGE : clientX > box.left + view.width - EDGE ? clientX - box.left - view.width + EDGE : 0;
    if (by && dragging.began && !dragging.stopped) view.scroll(view.left + by / 4 / view.scale), this.act(dragging.last);
    requestAnimationFrame(this.push);
  };
  act(e) {
    const drag = this.dragging, by = round(this.view.frameAt(e.clientX) - drag.from), act = this[{ "caption-trim": "captioned", caption: "captioned" }[drag.how] || `${drag.how}s`];
    Object.assign(drag, { result: null, by: null, says: "", stopped: "" }), this.show(null), act ? act.call(this, drag, by, e) : this.view.lines[`${drag.how}s`](drag, by, e);
    this.view.box.classList.toggle("stopped", !!drag.stopped), this.tip(drag.began && e, [drag.by === null ? "" : signed(drag.by), drag.says], drag.stopped);
  }
  up = (e) => {
    const drag = this.dragging, { view } = this;
    this.stop();
    if (!drag.began) return void (drag.how === "lasso" && !drag.add ? (desk.select([]), (view.gap = this.gapAt(e)), view.draw()) : drag.clip && !drag.add && desk.selection.size > 1 && desk.select(this.family([drag.clip.id], drag.alone)));
    drag.result?.ops?.length ? view.send(drag.result.ops, drag.result.label) : view.hold(null);
  };
  cancel = () => (this.stop(), this.view.hold(null));
  stop() {
    const drag = this.dragging;
    (this.dragging = null), drag?.hold.abort(), this.show(null), this.tip(), this.view.box.classList.remove("drags", "stopped"), desk.tell("trim", null), put(byId("cut-lasso"), { visibility: "hidden" });
  }

  lassos(drag, by, e) {
    const { view } = this, box = view.field.getBoundingClientRect(), [a, b] = [drag.from, view.frameAt(e.clientX)].sort((x, y) => x - y), [top, low] = [drag.y - box.top - view.scroller.scrollTop + drag.top, e.clientY - box.top].sort((x, y) => x - y), found = new Set(drag.was);
    put(byId("cut-lasso"), { visibility: "visible", left: `${view.x(a)}px`, top: `${top}px`, width: `${(b - a) * view.scale}px`, height: `${low - top}px` });
    for (const { track, top: at, height } of view.rows) if (at < low && at + height > top) for (let clips = track.clips || [], i = firstAfter(clips, a); i < clips.length && clips[i].start < b; i++) found.add(clips[i].id);
    if (found.size !== desk.selection.size || [...found].some((id) => !desk.selection.has(id))) desk.select(found);
  }
  moves(drag, by, e) {
    const { view } = this, going = [...drag.going].map(desk.find.bind(desk)).filter((each) => each && !each.track.locked), first = min(...going.map(({ clip }) => clip.start)), last = max(...going.map(({ clip }) => endOf(clip)));
    const near = this.nearest([first + by, last + by], drag.points), to = max(-first, by + (near?.by || 0)), over = view.rowAt(e.clientY)?.track;
    const like = view.rows.map((row) => row.track).filter((track) => alike(track.kind, drag.track.kind)), place = (track) => like.findIndex(({ id }) => id === track.id), held = going.map(({ track }) => place(track)).filter((n) => n >= 0);
    const rows = over && alike(over.kind, drag.track.kind) ? max(-min(...held), min(like.length - 1 - max(...held), place(over) - place(drag.track))) : 0, places = going.map(({ clip, track }) => ({ clip, track: place(track) < 0 ? track : like[place(track) + rows] }));
    if (near && to === round(to)) this.show(near.at);
    Object.assign(drag, { by: to, says: short(drag.clip.start + to), stopped: rows && places.find(({ track }) => track.locked) ? "This track is locked" : by < -first ? "The cut begins here" : "" });
    view.hold({ clips: new Map(places.map(({ clip, track }) => [clip.id, { start: clip.start + to, frames: clip.frames, track: track.id }])), end: last + to });
    if (rows && places.some(({ track }) => track.locked)) return;
    const ids = [...new Set([drag.clip.id, ...drag.going])].filter((id) => places.some(({ clip }) => clip.id === id)), ops = [{ op: "move", clips: ids, by: to, tracks: drag.track.kind === "audio" ? rows : -rows, over: true, alone: true }];
    drag.result = to || rows ? { ops, label: `Move ${ids.length === 1 ? view.lanes.name(places[0].clip) : `${ids.length} clips`}` } : null;
  }
  /** How far an edge of a clip and its group may go: a frame is left, media is there, and no neighbour lies in the way. */
  limits(drag, edge, ripple, going = drag.going) {
    let [low, high, below, above] = [-Infinity, Infinity, "", ""];
    const least = (by, why) => by > low && ([low, below] = [by, why]), most = (by, why) => by < high && ([high, above] = [by, why]);
    for (const { clip, track } of [...going].map(desk.find.bind(desk)).filter(Boolean)) {
      const place = track.clips.indexOf(clip), factor = factorOf(clip), frames = desk.media[clip.media]?.kind === "image" ? null : desk.media[clip.media]?.frames, known = frames && !clip.speed?.ramp && factor > 0;
      if (edge === "in") most(clip.frames - 1, LEFT), known && least(-floor((clip.source_in || 0) / factor), ENDS), ripple || least(place ? endOf(track.clips[place - 1]) - clip.start : -clip.start, place ? WAY : "The cut begins here");
      else least(1 - clip.frames, LEFT), known && most(floor((frames - (clip.source_in || 0)) / factor) - clip.frames, ENDS), ripple || !track.clips[place + 1] || most(track.clips[place + 1].start - endOf(clip), WAY);
    }
    return (by) => ((drag.stopped ||= by < low ? below : by > high ? above : ""), max(low, min(high, by)));
  }
  /** Where an edge comes to lie, snapped and as far as it may go. */
  edged(drag, by, edge, within, at = edge === "in" ? drag.clip.start : endOf(drag.clip)) {
    const near = this.nearest([at + by], drag.points), to = within(by + (near?.by || 0));
    if (near && to === by + near.by) this.show(near.at);
    return round(to);
  }
  /** What the edges show: the last picture going out, the first coming in, and a clip's own first and last; `inside` where those two move. */
  tell = (sides, inside = false) => desk.tell("trim", { inside, ...Object.fromEntries(["out", "in", "first", "last"].map((name, i) => [name, sides[i] && { clip: sides[i].clip.id, frame: sourceAt(sides[i].clip, sides[i].at) }])) });
  trims(drag, by) {
    const { clip, edge, ripple, alone, track } = drag, to = this.edged(drag, by, edge, this.limits(drag, edge, ripple)), other = this.touching(drag, edge), clips = new Map();
    for (const { clip: each } of [...drag.going].map(desk.find.bind(desk)).filter(Boolean)) clips.set(each.id, edge === "out" ? { frames: each.frames + to } : { start: each.start + (ripple ? 0 : to), frames: each.frames - to, source_in: round(sourceAt(each, to)) });
    this.view.hold({ clips, ...(ripple && { shift: { at: endOf(clip), by: edge === "out" ? to : -to } }) });
    this.tell([edge === "out" ? { clip, at: clip.frames + to - 1 } : other && { clip: other, at: other.frames - 1 }, edge === "in" ? { clip, at: to } : other && { clip: other, at: 0 }]);
    Object.assign(drag, { by: to, says: `${lasting(clip.frames + (edge === "out" ? to : -to))} long` });
    drag.result = to && track && { ops: [{ op: "trim", clip: clip.id, edge, by: to, ripple, alone }], label: `Trim ${this.view.lanes.name(clip)}` };
  }
  rolls(drag, by) {
    const { clip, alone } = drag, next = this.touching(drag, "out"), one = new Set([clip.id]), two = new Set([next.id]), to = this.edged(drag, by, "out", (n) => this.limits(drag, "in", true, two)(this.limits(drag, "out", true, one)(n)));
    this.view.hold({ clips: new Map([[clip.id, { frames: clip.frames + to }], [next.id, { start: next.start + to, frames: next.frames - to, source_in: round(sourceAt(next, to)) }]]) });
    this.tell([{ clip, at: clip.frames + to - 1 }, { clip: next, at: to }, { clip, at: 0 }, { clip: next, at: next.frames - 1 }]), Object.assign(drag, { by: to, says: short(endOf(clip) + to) });
    drag.result = to && { ops: [{ op: "roll", clip: clip.id, by: to, alone }], label: `Roll ${this.view.lanes.name(clip)}` };
  }
  slips(drag, by) {
    const { clip, alone } = drag, media = desk.media[clip.media], factor = abs(factorOf(clip)), longest = media?.frames ? media.frames - Math.ceil(clip.frames * factor) : Infinity, to = max(-(clip.source_in || 0), min(longest - (clip.source_in || 0), -by)), moved = { ...clip, source_in: (clip.source_in || 0) + to };
    this.view.hold({ clips: new Map([[clip.id, { source_in: moved.source_in }]]) }), Object.assign(drag, { by: to, says: `from ${lasting(moved.source_in)}`, stopped: to === -by ? "" : ENDS });
    const before = this.touching(drag, "in"), after = this.touching(drag, "out");
    this.tell([before && { clip: before, at: before.frames - 1 }, after && { clip: after, at: 0 }, { clip: moved, at: 0 }, { clip: moved, at: clip.frames - 1 }], true);
    drag.result = to && { ops: [{ op: "slip", clip: clip.id, by: to, alone }], label: `Slip ${this.view.lanes.name(clip)}` };
  }
  slides(drag, by) {
    const { clip, alone } = drag, before = this.touching(drag, "in"), after = this.touching(drag, "out"), ends = (n) => (before ? this.limits(drag, "out", true, new Set([before.id]))(n) : max(n, -this.room(drag, -1))), starts = (n) => (after ? this.limits(drag, "in", true, new Set([after.id]))(n) : min(n, this.room(drag, 1))), to = this.edged(drag, by, "in", (n) => starts(ends(n)));
    const clips = new Map([[clip.id, { start: clip.start + to }]]);
    if (before) clips.set(before.id, { frames: before.frames + to });
    if (after) clips.set(after.id, { start: after.start + to, frames: after.frames - to, source_in: round(sourceAt(after, to)) });
    Object.assign(drag, { by: to, says: short(clip.start + to) }), this.view.hold({ clips }), this.tell([before && { clip: before, at: before.frames + to - 1 }, after && { clip: after, at: to }, { clip, at: 0 }, { clip, at: clip.frames - 1 }]);
    drag.result = to && { ops: [{ op: "slide", clip: clip.id, by: to, alone }], label: `Slide ${this.view.lanes.name(clip)}` };
  }
  room = ({ clip, track }, way, other = track.clips[track.clips.indexOf(clip) + way]) => (way < 0 ? clip.start - (other ? endOf(other) : 0) : other ? other.start - endOf(clip) : Infinity);
  /** A clip made longer or shorter runs slower or faster through the same media; what follows keeps touching it. */
  stretchs(drag, by) {
    const { clip, edge, alone } = drag, to = this.edged(drag, edge === "out" ? by : -by, "out", (n) => max(1 - clip.frames, n)), frames = clip.frames + to, whole = abs(sourceAt(clip, clip.frames) - sourceAt(clip, 0)) || clip.frames, back = factorOf(clip) < 0 ? "-" : "";
    this.view.hold({ clips: new Map([[clip.id, { frames, speed: { factor: `${back}${round(whole)}/${frames}` } }]]), shift: { at: endOf(clip), by: to } }), Object.assign(drag, { by: to, says: `${round((100 * whole) / frames)} %` });
    drag.result = to && { ops: [{ op: "retime", clip: clip.id, factor: `${back}${round(whole)}/${frames}`, ripple: true, alone }], label: `Stretch ${this.view.lanes.name(clip)}` };
  }
  /** A fade dragged beyond its clip, over the cut, becomes a transition. */
  fades(drag, by) {
    const { clip, fade } = drag, into = fade === "fade_in", was = clip[fade] || 0, wish = was + (into ? by : -by), other = this.touching(drag, into ? "in" : "out");
    if (wish < 0 && other) {
      const each = min(-wish, clip.frames, other.frames), track = drag.track.id, at = into ? clip.start : endOf(clip);
      this.view.hold({ clips: new Map() }), this.show(at), (drag.says = `Dissolve, ${lasting(2 * each)}`);
      return void (drag.result = { ops: [{ op: "join", kind: "dissolve", at, frames: each, track }], label: "Add a dissolve" });
    }
    const frames = max(0, min(clip.frames - (clip[into ? "fade_out" : "fade_in"] || 0), wish));
    this.view.hold({ clips: new Map([[clip.id, { [fade]: frames }]]) }), (drag.says = `Fade ${lasting(frames)}`);
    drag.result = frames !== was && { ops: [{ op: "set_clip", clip: clip.id, fields: { [fade]: frames } }], label: `Fade ${this.view.lanes.name(clip)}` };
  }
  transitions(drag, by) {
    const each = desk.doc.tracks.flatMap((track) => track.transitions || []).find(({ id }) => id === drag.id), grown = drag.from < each.at ? -by : by, before = max(1, each.before + grown), after = max(1, each.after + grown);
    this.view.hold({ transition: { id: each.id, before, after } }), (drag.says = lasting(before + after));
    drag.result = grown && { ops: [{ op: "set_transition", transition: each.id, fields: { before, after } }], label: "Length of a transition" };
  }
  markers(drag, by) {
    const marker = desk.doc.markers[drag.number], near = this.nearest([marker.frame + by], this.points().filter((point) => point !== marker.frame)), to = max(-marker.frame, by + (near?.by || 0));
    this.view.hold({ marker: drag.number, by: to }), Object.assign(drag, { by: to, says: short(marker.frame + to) });
    drag.result = to && { ops: [{ op: "set_marker", marker: drag.number, fields: { frame: marker.frame + to } }], label: `Move ${marker.name || "a marker"}` };
  }
  captioned(drag, by) {
    const caption = desk.doc.tracks.find(({ id }) => id === drag.track).captions.find(({ start }) => start === drag.start), near = this.nearest(drag.edge === "out" ? [endOf(caption) + by] : [caption.start + by], drag.points.filter((p) => p !== caption.start && p !== endOf(caption))), to = by + (near?.by || 0);
    const fields = drag.edge === "out" ? { frames: max(1, caption.frames + to) } : drag.edge === "in" ? { start: max(0, min(endOf(caption) - 1, caption.start + to)), frames: max(1, endOf(caption) - max(0, caption.start + to)) } : { start: max(0, caption.start + to) };
    this.view.hold({ caption: { track: drag.track, was: caption.start, ...fields } }), Object.assign(drag, { by: to, says: short((fields.start ?? caption.start) + (drag.edge === "out" ? fields.frames : 0)) }), (drag.result = to && { ops: [{ op: "set_caption", track: drag.track, start: caption.start, fields }], label: "Move a caption" });
  }
}
