// What keys and buttons of the timeline do, and how files come from the bin: one table. Which key does what is Python's (keys.jsx); a button anywhere with `data-cut` does
// what the key of that name does. Playing, stepping and in and out belong to the player (cut_transport.jsx).
import { desk } from "$/public/external/components/wrapped/cut_desk/cut_desk.jsx";
import { actOf } from "$/public/external/components/wrapped/keys/keys.jsx";
import { alike } from "./cut_gestures.jsx";
import { sourceAt } from "./cut_lanes.jsx";
import { byId, endOf, short } from "./cut_timeline.jsx";

const { max, min, round, abs } = Math, FIELDS = "input:not([type=range]),textarea,select,[contenteditable=true]", TYPING = `${FIELDS},[popover]:popover-open *`, SEEN = ["video", "image"];
const TOOLS = ["select", "trim", "stretch", "slip", "slide", "razor"], ADDED = ["video", "text", "effect", "audio", "captions"];

export class Keys {
  constructor(view) {
    const { signal } = view, use = (tool) => () => ((view.tool = tool), view.draw()), turn = (what) => () => ((view[what] = !view[what]), view.draw());
    this.view = view;
    this.table = [
      ...TOOLS.map((tool) => ({ what: tool, act: use(tool) })),
      { what: "split", act: this.split, edits: true },
      { what: "cut-left", act: () => this.cutTo("in"), edits: true },
      { what: "cut-right", act: () => this.cutTo("out"), edits: true },
      { what: "lift", act: () => this.remove("lift"), edits: true },
      { what: "ripple-delete", act: () => this.remove("ripple_delete"), edits: true },
      { what: "snap", act: turn("snap") },
      { what: "linked", act: turn("linked") },
      { what: "marker", act: this.mark, edits: true },
      { what: "marker-before", act: () => this.toMarker(-1) },
      { what: "marker-after", act: () => this.toMarker(1) },
      { what: "insert", act: (e) => this.bring(e, true), edits: true },
      { what: "overwrite", act: (e) => this.bring(e, false), edits: true },
      { what: "copy", act: this.copy },
      { what: "cut", act: () => this.copy() && this.remove("lift"), edits: true },
      { what: "paste", act: () => this.paste(), edits: true },
      { what: "duplicate", act: this.duplicate, edits: true },
      { what: "all", act: () => desk.select(desk.doc.tracks.flatMap(({ clips = [] }) => clips.map(({ id }) => id))) },
      { what: "paste-look", act: this.pasteLook, edits: true },
      { what: "all-after", act: (e) => this.forward((e.target.closest?.("#cut-menu") && this.near?.at) ?? desk.frame) },
      { what: "close-gap", act: () => this.closeGap(), edits: true },
      ...[["left", -1], ["right", 1], ["left-far", -10], ["right-far", 10]].map(([to, by]) => ({ what: `nudge-${to}`, act: () => this.nudge(by), edits: true })),
      { what: "freeze", act: this.freeze, edits: true },
      { what: "link", act: this.link, edits: true },
      { what: "transition", act: this.join, edits: true },
      { what: "board", act: () => byId("insp-board")?.click() },
      { what: "source", act: () => this.source(this.chosen()[0]) },
      { what: "properties", act: () => byId("inspector")?.querySelector("input,select,textarea,button")?.focus() },
      { what: "closer", act: () => view.zoomTo(view.scale * 1.4) },
      { what: "wider", act: () => view.zoomTo(view.scale / 1.4) },
      { what: "fit", act: view.fit },
      { what: "nothing", act: () => (desk.select([]), use("select")()) },
      { what: "undo", act: () => document.querySelector("[data-cut-undo]:not(:disabled)")?.click() },
      { what: "redo", act: () => document.querySelector("[data-cut-redo]:not(:disabled)")?.click() },
      { what: "list", act: () => view.list.turn() },
      ...ADDED.map((kind) => ({ what: `track-${kind}`, edits: true, act: () => this.view.send([{ op: "new_track", kind }], "Add a track") })),
    ];
    document.addEventListener("keydown", this.key, { signal }), desk.addEventListener("settled", this.follow, { signal });
    document.addEventListener("click", this.click, { signal });
    const { field, gestures } = view, over = (act) => (e) => e.dataTransfer?.types.includes("application/x-inkreel") && desk.editable && act(e), ends = () => (gestures.show(null), gestures.tip());
    field.addEventListener("dragover", over((e) => (e.preventDefault(), (e.dataTransfer.dropEffect = "copy"), this.comes(e))), { signal });
    field.addEventListener("dragleave", (e) => field.contains(e.relatedTarget) || (ends(), view.hold(null)), { signal });
    field.addEventListener("drop", over((e) => (e.preventDefault(), this.add(JSON.parse(e.dataTransfer.getData("application/x-inkreel")), this.comes(e)), ends())), { signal });
    document.addEventListener("dragstart", ({ target }) => (this.carried = JSON.parse(target.closest?.("[data-media]")?.dataset.media || '{"join":true}')), { signal });
  }
  key = (e) => {
    if (["Tab", "Enter"].includes(e.key)) delete this.view.box.dataset.by;
    const what = actOf("cut", e), within = what === "undo" || what === "redo" ? FIELDS : TYPING; // what a sheet did is undone without leaving it
    if (e.defaultPrevented || e.target.closest?.(within) || !desk.doc || this.focused(e)) return;
    const found = this.table.find((each) => each.what === what);
    if (!found || (found.edits && !desk.editable) || (what === "copy" && String(getSelection()))) return;
    e.preventDefault(), found.act(e);
  };
  click = (e) => {
    const el = e.target.closest?.("[data-cut]"), found = el && this.table.find(({ what }) => what === el.dataset.cut);
    if (found && desk.doc && (!found.edits || desk.editable)) found.act(e);
  };
  /** A lane has the focus, or a clip, caption, transition or marker in it. */
  focused(e) {
    const at = e.target, lane = at.closest?.("[data-lane]")?.dataset.lane, { clip: id, marker } = at.dataset || {}, found = id && desk.find(id);
    const go = (clip) => clip && (this.view.see(clip.start), this.view.lanes.draw(), this.view.layer.querySelector(`[data-clip="${CSS.escape(clip.id)}"]`)?.focus(), desk.select(this.view.gestures.family([clip.id], !this.view.linked)), e.preventDefault(), true);
    if (lane && e.key === "Enter") {
      const { clips = [] } = desk.doc.tracks.find((track) => track.id === lane);
      return go(clips.find((clip) => endOf(clip) > desk.frame) || clips.at(-1));
    }
    if (found && e.key === "Tab") return go(found.track.clips[found.track.clips.indexOf(found.clip) + (e.shiftKey ? -1 : 1)]);
    if (found && e.key === "Enter") return go(found.clip);
    if (found && e.key === "Escape") return this.view.layer.querySelector(`[data-lane="${CSS.escape(found.track.id)}"]`)?.focus(), desk.select([]), e.preventDefault(), true;
    if (marker !== undefined && desk.editable && ["Delete", "Backspace"].includes(e.key)) return this.view.send([{ op: "remove_marker", marker: Number(marker) }], "Remove a marker"), e.preventDefault(), true;
    if (marker !== undefined && e.key === "Enter") return desk.seek(desk.doc.markers[marker].frame), e.preventDefault(), true;
    return false;
  }

  // What is meant: what is chosen, or what lies under the playhead
  chosen = () => [...desk.selection].map((id) => desk.find(id)).filter((found) => found && !found.track.locked);
  under = (frame) => desk.doc.tracks.filter(({ locked }) => !locked).flatMap((track) => (track.clips || []).filter((clip) => clip.start < frame && endOf(clip) > frame).map((clip) => ({ clip, track })));
  /** One of each group stands for it, for edits take the others along. */
  once = (all, groups = new Set()) => (this.view.linked ? all.filter(({ clip }) => !clip.group || (!groups.has(clip.group) && groups.add(clip.group))) : all);
  get alone() { return !this.view.linked; }
  split = () => {
    const at = round(desk.frame), under = this.under(at), chosen = under.filter(({ clip }) => desk.selection.has(clip.id)), all = this.once(chosen.length ? chosen : under);
    this.view.send(all.slice(0, 900).map(({ clip }) => ({ op: "split", clip: clip.id, at, alone: this.alone })), all.length === 1 ? `Split ${this.view.lanes.name(all[0].clip)}` : `Split ${all.length} clips`);
  };
  /** Everything of a clip on one side of the playhead goes, and the gap closes. */
  cutTo(edge) {
    const at = edge === "out" ? this.rest : round(desk.frame), under = this.under(at), found = under.find(({ clip }) => desk.selection.has(clip.id)) || under.find(({ track }) => SEEN.includes(track.kind)) || under[0];
    if (!found) return;
    const { clip } = found, by = edge === "in" ? at - clip.start : at - endOf(clip);
    if (this.view.send([{ op: "trim", clip: clip.id, edge, by, ripple: true, alone: this.alone }], `Cut ${this.view.lanes.name(clip)} to the playhead`) && edge === "in") desk.seek(clip.start);
  }
  remove(op) {
    const { caption, transition } = this.view, { in: from, out: to } = desk.marks, clips = this.chosen().map(({ clip }) => clip.id);
    if (this.view.gap) return this.closeGap();
    if (caption) return this.view.send([{ op: "remove_caption", ...caption }], "Remove a caption"), (this.view.caption = null);
    if (transition) return this.view.send([{ op: "remove_transition", transition }], "Remove a transition"), (this.view.transition = "");
    const several = clips.length === 1 ? this.view.lanes.name(desk.find(clips[0]).clip) : `${clips.length} clips`;
    if (clips.length) return this.view.send([{ op, clips, alone: this.alone }], `${op === "lift" ? "Lift" : "Delete"} ${several}`);
    if (from !== null && to !== null && from < to) this.view.send([{ op: op === "lift" ? "lift_range" : "extract", start: from, end: to }], op === "lift" ? "Lift in to out" : "Delete in to out");
  }
  closeGap(gap = this.view.gap || desk.doc.tracks.map((track) => this.view.gestures.gapOn(track, round(desk.frame))).find(Boolean)) {
    gap ? this.view.send([{ op: "close_gap", track: gap.track, at: gap.start }], "Close a gap") : desk.tell("refused", "There is no gap at the playhead.");
    this.view.gap = null;
  }
  nudge(by) {
    const clips = this.chosen().map(({ clip }) => clip), far = max(by, ...clips.map(({ start }) => -start));
    if (clips.length && far) this.view.send([{ op: "move", clips: clips.map(({ id }) => id), by: far, over: true, alone: this.alone }], `Move ${clips.length === 1 ? this.view.lanes.name(clips[0]) : `${clips.length} clips`}`);
  }
  /** The file of a clip opens beside the player, in and out as they are in the cut. */
  source = (found, { clip } = found || {}, shown = clip && round(abs(sourceAt(clip, clip.frames) - sourceAt(clip, 0)))) => (clip?.media ? this.view.opens(clip.media, round(min(sourceAt(clip, 0), sourceAt(clip, clip.frames))), shown) : desk.tell("refused", "Choose a clip that shows or plays a file."));
  forward = (at) => desk.select(desk.doc.tracks.flatMap(({ clips = [] }) => clips.filter((clip) => endOf(clip) > at).map(({ id }) => id)));
  /** A marker comes; where there is one its card opens. */
  mark = () => {
    const number = (desk.doc.markers || []).findIndex((m) => m.colour && m.frame === round(desk.frame)), el = number >= 0 && this.view.scenes.querySelector(`[data-marker="${number}"]:not([hidden])`);
    return el ? this.view.menus.write("marker", number, desk.doc.markers[number], el) : this.view.send([{ op: "add_marker", marker: { frame: round(desk.frame), name: `Marker ${desk.doc.markers?.filter((m) => m.colour).length + 1 || 1}`, colour: "#f7b801" } }], "Add a marker");
  };
  toMarker = (way, frames = (desk.doc.markers || []).map(({ frame }) => frame).filter((frame) => way * (frame - desk.frame) > 0)) => frames.length && desk.seek(way > 0 ? min(...frames) : max(...frames));
  bring = (e, insert, from = e.target.closest?.("[data-media]") || document.activeElement?.closest?.("[data-media]") || document.querySelector("[data-media].on,[data-media].sel,[data-media][aria-selected=true]")) => from && this.add(JSON.parse(from.dataset.media), { insert });

  // Copies are pieces of the document, laid down anew by the studio
  copy = () => {
    const ids = this.view.gestures.family(desk.selection, this.alone), { schema: _, version: __, tracks, markers: ___, ...heading } = desk.doc, held = tracks.map((track) => ({ ...track, captions: [], transitions: [], clips: (track.clips || []).filter(({ id }) => ids.has(id)) })).filter(({ clips }) => clips.length);
    if (!held.length) return false;
    const first = min(...held.flatMap(({ clips }) => clips.map(({ start }) => start)));
    return (this.piece = { ...heading, tracks: held.map((track) => ({ ...track, locked: false, clips: track.clips.map((clip) => ({ ...clip, start: clip.start - first })) })) });
  };
  paste = ({ piece } = this, at = this.rest) => piece && this.put([{ op: "paste", piece, at }], "Paste", at + max(...piece.tracks.flatMap(({ clips }) => clips.map(endOf))));
  /** What is chosen looks, and sounds, like what was copied. */
  pasteLook = () => {
    const of = (all, sound) => all.filter(({ track }) => (track.kind === "audio") === sound).map(({ clip }) => clip), held = (this.piece?.tracks || []).map((track) => ({ track, clip: track.clips[0] }));
    const ops = [false, true].flatMap((sound) => of(held, sound).slice(0, 1).map((like) => ({ op: "look_like", clips: of(this.chosen(), sound).map(({ id }) => id), like }))).filter(({ clips }) => clips.length);
    ops.length ? this.view.send(ops, "Paste a look") : desk.tell("refused", "Copy a clip, then choose those that are to look like it.");
  };
  duplicate = () => {
    const all = [...this.view.gestures.family(this.chosen().map(({ clip }) => clip.id), this.alone)].map((id) => desk.find(id).clip), first = min(...all.map(({ start }) => start)), end = max(...all.map(endOf));
    if (all.length) this.put([{ op: "duplicate", clips: all.map(({ id }) => id), alone: true }], "Duplicate", 2 * end - first);
  };
  /** The frame on view stands for two seconds. */
  freeze = () => {
    const at = round(desk.frame), found = this.under(at + 0.5).find(({ clip, track }) => SEEN.includes(track.kind) && clip.media && desk.media[clip.media]?.kind === "video");
    if (found) this.view.send([{ op: "freeze", clip: found.clip.id, at, frames: round(desk.fps * 2) }], `Freeze ${this.view.lanes.name(found.clip)}`);
  };
  link = () => {
    const clips = this.chosen().map(({ clip }) => clip), ids = clips.map(({ id }) => id), tied = clips.length && clips[0].group && clips.every(({ group }) => group === clips[0].group);
    if (tied) this.view.send([{ op: "ungroup", clips: ids }], "Unlink");
    else if (clips.length > 1) this.view.send([{ op: "group", clips: ids }], "Link");
  };
  /** A transition of the kind a button names, or a dissolve: what the chosen one becomes; else it comes on the cut nearest the menu or the playhead. */
  join = (e) => {
    const kind = e.target.closest?.("[data-kind]")?.dataset.kind || "dissolve", { transition } = this.view, near = (e.target.closest?.("#cut-menu") && this.near) || {};
    if (!transition) return this.joined(kind, near.at ?? desk.frame, near.track?.id);
    this.view.send([{ op: "set_transition", transition, fields: { kind } }], `Make it a ${kind.replace("_", " ")}`);
  };
  joined = (kind, at, track = "") => this.view.send([{ op: "join", kind, at: round(at), frames: round(desk.fps / 2), track, clips: track ? [] : this.chosen().map(({ clip }) => clip.id) }], `Add a ${kind.replace("_", " ")}`);

  // What comes from the bin
  /** The playhead goes on behind what was laid down, as soon as the cut is so long. */
  follow = ({ detail }) => {
    if (this.next?.from === desk.frame) desk.seek(this.next.to), (this.next.from = desk.frame);
    if (this.next?.from !== desk.frame || detail === this.next.ticket) this.next = null;
  };
  put = (ops, label, to, ticket = this.view.send(ops, label)) => ticket && (desk.seek(to), (this.next = { ticket, from: desk.frame, to }));
  /** Where things are laid down without a pointer; End rests on the last frame, and what comes there comes after it. */
  get rest() { return this.next?.from === desk.frame ? this.next.to : desk.length && round(desk.frame) === desk.length - 1 ? desk.length : round(desk.frame); }
  /** What is carried over the lanes is seen where it would lie. */
  comes(e, { join, template, media = "", name = "", kind, made, on = "text", sound, frames } = this.carried || {}) {
    const { view } = this, at = round(view.gestures.snapped(view.frameAt(e.clientX))), insert = e.ctrlKey || e.metaKey, row = view.rowAt(e.clientY)?.track, wants = made ? on : kind === "audio" ? "audio" : "video", long = max(1, round(frames || desk.fps * 5));
    const fits = (track) => track && !track.locked && alike(track.kind, wants), lies = fits(row) ? row : row && wants !== "audio" && desk.doc.tracks.find(fits), heard = sound && wants === "video" && desk.doc.tracks.find((track) => track.role === "sound" && track.kind === "audio" && !track.locked);
    const clips = new Map([[lies, "carried"], [heard, "heard"]].filter(([track]) => track && !join && !template).map(([track, id]) => [id, { name, media, made, start: at, frames: long, track: track.id }]));
    view.hold({ clips, end: at + long, ...(insert && !join && !template && { shift: { at, by: long } }) }), view.gestures.show(at);
    view.gestures.tip(e, join ? ["On the nearest cut"] : template ? [short(at)] : [short(at), insert ? "Insert" : "Lay over", lies ? "" : "on a track with room"]);
    return { at, track: row?.id ?? null, insert };
  }
  /** Lay a file of the bin down, or what a template makes; a transition goes on the nearest cut. */
  add({ join, template, media = "", kind, name = "", from = 0, frames = 0, sound = false, link = "", made, on = "text" }, { at = this.rest, track = "", insert = false } = {}) {
    if (template) return void this.view.send([{ op: "use_template", template, values: {}, at }], `Lay down ${name}`);
    if (join) return this.joined(join, at, track || "");
    const length = max(1, round(frames || desk.fps * 5)), clip = { id: "", name, media, start: at, frames: length, source_in: from, link, ...(made && { made }) };
    this.put([{ op: "lay", clip, kind: made ? on : kind === "audio" ? "audio" : "video", track, insert, sound: sound && kind === "video" }], `${insert ? "Insert" : "Lay down"} ${name || "a clip"}`, at + length);
  }
}
