// The cut as the browser has it: the document and its revision, the playhead, what is chosen, in and out. The timeline and the player draw from
// it and speak through it; it asks for the document once, lays patches on it, and sends edits as the studio's own ops. No rule of editing is here.
import { useEffect } from "react";

const laid = (items = [], run, when) => {
  if (!run) return items;
  const { at, gone = [], put = [], shift = 0 } = run, behind = items.slice(at + gone.length);
  return [...items.slice(0, at), ...put, ...(shift ? behind.map((each) => ({ ...each, [when]: each[when] + shift })) : behind)];
};
const follows = (track, { heading, clips, captions, transitions }) => ({
  ...(heading || track),
  clips: laid(track.clips, clips, "start"),
  captions: laid(track.captions, captions, "start"),
  transitions: laid(track.transitions, transitions, "at"),
});
/** A document with the studio's patch laid on it (studio/engine/editing/patch.py). */
export function patched(doc, { tracks = [], order, made = [], markers, heading }) {
  const known = new Map([...doc.tracks, ...made].map((track) => [track.id, track]));
  for (const change of tracks) known.set(change.id, follows(known.get(change.id), change));
  const kept = order ? order.map((id) => known.get(id)) : [...known.values()];
  return { schema: doc.schema, version: doc.version, ...(heading || doc), tracks: kept, markers: laid(doc.markers, markers, "frame") };
}

const bent = (t, a, b) => 3 * (1 - t) ** 2 * t * a + 3 * (1 - t) * t ** 2 * b + t ** 3;
function eased(share, [x1, y1, x2, y2]) {
  let low = 0, high = 1;
  for (let i = 0; i < 24; i++) bent((low + high) / 2, x1, x2) < share ? (low = (low + high) / 2) : (high = (low + high) / 2);
  return bent((low + high) / 2, y1, y2);
}
/** What a number or a list of keys is at a frame of its clip (studio/engine/timeline/curves.py). */
export function valueAt(value, frame, unsaid = 0) {
  if (!Array.isArray(value)) return value ?? unsaid;
  const next = value.findIndex((key) => key.frame > frame), before = value[(next < 0 ? value.length : next) - 1], after = value[next];
  if (!before || !after || before.way === "hold") return (before || after).value;
  const share = (frame - before.frame) / (after.frame - before.frame);
  return before.value + (after.value - before.value) * (before.way === "bezier" ? eased(share, before.handles || [0.42, 0, 0.58, 1]) : share);
}

/** Events: "doc" (document or media changed), "time" (playhead), "select", "marks" (in and out), "play", "settled" (an edit was kept or refused). */
class Desk extends EventTarget {
  id = ""; doc = null; media = {}; revision = 0; editable = false; me = ""; // the snapshot, and patches since
  frame = 0; playing = false; speed = 0; selection = new Set(); marks = { in: null, out: null }; // local, never sent but as ids and frames
  others = []; // who else is in this cut: [{id, name, initials, tint, frame, clips, held, said}]; "others" when they move
  past = false; // whether an older revision is on view, which cannot be edited
  tools = {}; tickets = 0; waiting = new Set(); sends = null; fetching = null;

  tell = (what, detail) => this.dispatchEvent(new CustomEvent(what, { detail }));
  /** Listen until the returned function is called. */
  on(what, hears) {
    const names = what.split(" ");
    names.forEach((name) => this.addEventListener(name, hears));
    return () => names.forEach((name) => this.removeEventListener(name, hears));
  }
  get fps() {
    const [over, under = 1] = String(this.doc?.rate || "24").split("/").map(Number);
    return over / under;
  }
  get length() {
    const seen = (this.doc?.tracks || []).filter((track) => ["video", "image", "text", "effect"].includes(track.kind));
    return Math.max(0, ...seen.flatMap((track) => (track.clips || []).slice(-1).map((clip) => clip.start + clip.frames)));
  }
  /** A clip and its track by id. */
  find(id) {
    for (const track of this.doc?.tracks || []) for (const clip of track.clips || []) if (clip.id === id) return { clip, track };
    return null;
  }
  open(id) {
    if (id !== this.id) Object.assign(this, { id, doc: null, media: {}, revision: 0, past: false, frame: 0, selection: new Set(), marks: { in: null, out: null } }), this.tell("doc"), this.tell("select"), this.tell("time");
    return id ? this.fetch() : null;
  }
  async fetch() {
    if (this.fetching) return this.fetching;
    const { id } = this;
    this.fetching = fetch(`/api/v1/timelines/${id}/view`).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)));
    try {
      const { data } = await this.fetching;
      if (id === this.id) Object.assign(this, { doc: data.document, media: data.media, revision: data.revision, editable: data.editable, me: data.me, past: false }), this.settled(), this.tell("doc");
    } catch {
      setTimeout(() => id === this.id && this.fetch(), 2000);
    } finally {
      this.fetching = null;
    }
    return this.id && this.id !== id ? this.fetch() : null; // another cut was opened meanwhile
  }
  /** What the server says: steps that follow on each other, an answer to an edit, or that media has changed. */
  async take({ cut = "", steps = [], ticket = 0, anew = false } = {}) {
    if (!cut || cut !== this.id || !this.doc) return cut !== this.id ? this.open(cut) : null;
    if (this.past) return this.settled(); // what comes meanwhile is fetched when one is back
    const coming = steps.filter((step) => step.revision > this.revision);
    if (anew || (coming.length && coming[0].from !== this.revision)) await this.fetch();
    else if (coming.length) {
      for (const step of coming) (this.doc = patched(this.doc, step.patch)), (this.revision = step.revision);
      this.prune(), this.tell("doc", coming);
    }
    if (ticket) this.waiting.delete(ticket), this.tell("settled", ticket);
  }
  /** Show the cut as it was, to look at; without a document one is back at what is now. */
  peek(doc) {
    if (!doc) return this.past ? this.fetch() : null;
    Object.assign(this, { doc, past: true, editable: false }), this.prune(), this.tell("doc");
  }
  settled = () => (this.waiting.clear(), this.tell("settled", 0));
  prune() {
    const left = [...this.selection].filter((id) => this.find(id));
    if (left.length !== this.selection.size) this.select(left);
  }
  /** What to say to whoever begins on clips that somebody else holds; "" when nobody does. */
  heldBy = (ids) => this.others.find(({ held }) => held.some((id) => ids.includes(id)))?.said || "";
  /** Send edits as one act; all or none. The answer comes as a "doc", then "settled" with the ticket that is returned (0: not sent). */
  edit(ops, label = "") {
    if (!this.editable || !this.sends || !ops.length) return 0;
    const said = this.heldBy(ops.flatMap((op) => [op.clip, ...(op.clips || [])]));
    if (said) return this.tell("refused", said), 0;
    const ticket = ++this.tickets;
    this.waiting.add(ticket), this.sends.onEdit?.(this.revision, ops, label, ticket), this.tell("sent", ticket);
    return ticket;
  }
  select(ids) {
    this.selection = new Set(ids), this.tell("select");
    clearTimeout(this.choosing), (this.choosing = setTimeout(() => this.sends?.onSelect?.([...this.selection].slice(0, 200)), 60));
  }
  /** Put the playhead on a frame; where it rests is told to the server a moment later. */
  seek(frame, quietly = false) {
    const to = Math.max(0, Math.min(frame, Math.max(0, this.length)));
    if (to === this.frame) return;
    (this.frame = to), this.tell("time");
    clearTimeout(this.resting);
    if (!quietly && !this.playing) this.resting = setTimeout(() => this.sends?.onRest?.(Math.round(this.frame)), 250);
  }
  play(speed = 1) {
    (this.speed = speed), (this.playing = speed !== 0), this.tell("play");
    if (!this.playing) this.seek(Math.round(this.frame)), this.sends?.onRest?.(Math.round(this.frame));
  }
  mark(which, frame) {
    this.marks = { ...this.marks, [which]: frame }, this.tell("marks");
  }
}
export const desk = new Desk();

/** Timecode of a frame, hours to frames; whole frames of a whole rate, drop-frame where the document has it. */
export function timecode(frame, fps = desk.fps) {
  const base = Math.round(fps), two = (n) => String(n).padStart(2, "0");
  let n = Math.max(0, Math.round(frame)) + (desk.doc?.first_frame || 0);
  if (desk.doc?.drop_frame) {
    const drop = base / 15, ten = base * 600 - drop * 9, minute = base * 60 - drop, tens = Math.floor(n / ten), left = n % ten;
    n += drop * 9 * tens + (left >= drop ? drop * Math.floor((left - drop) / minute) : 0);
  }
  const seconds = Math.floor(n / base);
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}${desk.doc?.drop_frame ? ";" : ":"}${two(n % base)}`;
}

export function InkDesk({ cut, feed, onEdit, onSelect, onRest }) {
  desk.sends = { onEdit, onSelect, onRest };
  useEffect(() => void desk.open(cut), [cut]);
  useEffect(() => void desk.take(feed), [feed]);
  useEffect(() => {
    const pressed = (e) => e.target.closest?.("[data-seek]") && desk.seek(Number(e.target.closest("[data-seek]").dataset.seek));
    document.addEventListener("click", pressed);
    return () => (document.removeEventListener("click", pressed), void desk.open(""));
  }, []);
  return null;
}
