// The cut as the browser has it: the document and its revision, the playhead, what is chosen, in and out. The timeline and the player draw from
// it and speak through it; it asks for the document once, lays patches on it, and sends edits as the studio's own ops. No rule of editing is here.
import { useEffect, useSyncExternalStore } from "react";

const KEPT = "inkreel-cut-edits", LATE_MS = 4000, AGAIN_MS = 1000, LONGEST_MS = 20_000, MEDIA_MS = 1000, MOST = 50, MOST_KEPT = 2_000_000, BUSY = "That has to wait until the studio answers: what was done before is not saved yet";
const named = (ops) => ops.flatMap(({ clip, clips = [] }) => [clip, ...clips]);
const firm = (ops) => named(ops.filter(({ op }) => !/^set_(property|clip)$/.test(op))); // what sets a field is laid on whatever is there by then, and waits for nothing
const roomy = globalThis.matchMedia?.("(min-width: 821px)"); // below, a cut is for watching and reading
const resized = (hear) => (roomy.addEventListener("change", hear), () => roomy.removeEventListener("change", hear));
export const useRoomy = () => useSyncExternalStore(resized, () => roomy.matches, () => true);

const laid = (items = [], run, when) => {
  if (!run) return items;
  const { at, gone = [], put = [], shift = 0 } = run, behind = items.slice(at + gone.length);
  return [...items.slice(0, at), ...put, ...(shift ? behind.map((each) => ({ ...each, [when]: each[when] + shift })) : behind)];
};
const WHEN = { clips: "start", captions: "start", transitions: "at" };
const follows = (track, change) => ({ ...(change.heading || track), ...Object.fromEntries(Object.entries(WHEN).map(([of, when]) => [of, laid(track[of], change[of], when)])) });
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

/** Events: "doc" (document or media changed), "time" (playhead), "select", "marks" (in and out), "play", "settled" (an edit was kept or refused), "refused" and "turned" (one was refused, here or there: what fields say is not so). */
class Desk extends EventTarget {
  id = ""; doc = null; media = {}; revision = 0; allowed = false; me = ""; // the snapshot, and patches since
  frame = 0; playing = false; speed = 0; selection = new Set(); marks = { in: null, out: null }; // local, never sent but as ids and frames
  others = []; // who else is in this cut: [{id, name, initials, tint, frame, clips, held, said}]; "others" when they move
  past = false; // whether an older revision is on view, which cannot be edited
  tools = {}; tickets = 0; turn = 0; sends = null; fetching = null;
  waiting = JSON.parse(globalThis.sessionStorage?.getItem(KEPT) || "[]").map((edit) => ({ ...edit, ticket: -1, at: 0 })); // edits without an answer, in order, each with a key under which it is made once

  tell = (what, detail) => ((this.turn += /^(refused|turned)$/.test(what)), this.dispatchEvent(new CustomEvent(what, { detail })));
  /** Listen until the returned function is called. */
  on(what, hears, names = what.split(" ")) {
    names.forEach((name) => this.addEventListener(name, hears));
    return () => names.forEach((name) => this.removeEventListener(name, hears));
  }
  get editable() {
    return this.allowed && !this.past && roomy.matches; // no older revision, and a window there is room in
  }
  get fps() {
    return String(this.doc?.rate || "24").split("/").map(Number).reduce((over, under) => over / under);
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
    if (id !== this.id) Object.assign(this, { id, doc: null, media: {}, revision: 0, past: false, frame: 0, ...(id && id !== this.left && { selection: new Set(), marks: { in: null, out: null } }) }), this.tell("doc"), this.tell("select"), this.tell("time");
    return id ? ((this.left = id), this.fetch()) : null; // left and opened again, as by a new server, what was chosen still is
  }
  async fetch() {
    if (this.fetching) return this.fetching;
    const { id } = this;
    this.fetching = fetch(`/api/v1/timelines/${id}/view`).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)));
    try {
      const { data } = await this.fetching;
      if (id === this.id) Object.assign(this, { doc: data.document, media: data.media, revision: data.revision, allowed: data.editable, me: data.me, past: false }), this.waiting = this.waiting.filter(({ by }) => by === data.me), this.selection.size && this.select([...this.selection].filter((each) => this.find(each))), this.tell("settled", 0), this.tell("doc"), this.again();
    } catch {
      setTimeout(() => id === this.id && this.fetch(), 2000);
    } finally {
      this.fetching = null;
    }
    return this.id && this.id !== id ? this.fetch() : null; // another cut was opened meanwhile
  }
  /** What the server says: steps that follow on each other, an answer to an edit, or that media has changed. */
  async take({ cut = "", steps = [], ticket = 0, anew = false, media = 0, refused = false } = {}) {
    if (!cut || cut !== this.id || !this.doc) return cut !== this.id ? this.open(cut) : null;
    if (this.past) return this.settle((edit) => edit.ticket === ticket); // what comes meanwhile is fetched when one is back
    const coming = steps.filter((step) => step.revision > this.revision);
    if (media !== this.heard) (this.heard = media), media && this.learn();
    if (anew || (coming.length && coming[0].from !== this.revision)) await this.fetch();
    else if (coming.length) {
      for (const step of coming) (this.doc = patched(this.doc, step.patch)), (this.revision = step.revision);
      this.prune(), this.tell("doc", coming);
    }
    this.settle((edit) => edit.ticket === ticket), refused && this.tell("turned");
  }
  /** Ask what is known of the media by now, at most once a second. */
  learn = () => (this.learning ||= setTimeout(async () => {
    const { id } = this, answer = await fetch(`/api/v1/timelines/${id}/media`).catch(() => null), found = answer?.ok && (await answer.json()).data;
    Object.assign(this, { learning: 0, learnt: Date.now() });
    if (found && id === this.id && !this.past) (this.media = found), this.tell("doc");
  }, Math.max(0, (this.learnt || 0) + MEDIA_MS - Date.now())));
  /** Show the cut as it was, to look at; without a document one is back at what is now. */
  peek(doc, media) {
    if (!doc) return this.past ? this.fetch() : null;
    Object.assign(this, { doc, past: true, media: { ...this.media, ...media } }), this.prune(), this.tell("doc");
  }
  settle = (which, done = this.waiting.filter(which)) => done.length && ((this.waiting = this.waiting.filter((edit) => !done.includes(edit))), this.sign(), done.forEach(({ ticket }) => this.tell("settled", ticket)));
  isLate = () => !navigator.onLine || this.waiting.some(({ at }) => Date.now() - at > LATE_MS);
  /** Say what is not saved, keep it over a reload, and look again soon. */
  sign() {
    const sign = document.getElementById("cut-unsaved"), late = this.isLate(), { length } = this.waiting, kept = JSON.stringify(this.waiting);
    clearTimeout(this.timer), (this.timer = length && setTimeout(this.again, AGAIN_MS)), kept.length < MOST_KEPT && sessionStorage.setItem(KEPT, kept);
    if (sign) Object.assign(sign, { hidden: !length, textContent: late ? `${length} ${length === 1 ? "change" : "changes"} not saved yet, trying again` : "Not saved yet" });
  }
  /** What has waited too long is sent again, in order. */
  again = async () => {
    for (this.sign(); !this.asking && this.isLate() && this.waiting.length; this.sign()) if (!(await (this.asking = this.ask(this.waiting[0]).finally(() => (this.asking = null))))) break;
  };
  async ask({ cut, key, revision, ops, label }) {
    const body = JSON.stringify({ revision, edits: ops, label }), answer = await fetch(`/api/v1/timelines/${cut}/edits`, { method: "POST", headers: { "Content-Type": "application/json", "Idempotency-Key": key }, body, signal: AbortSignal.timeout(LONGEST_MS) }).catch(() => null);
    const { data, error } = (await answer?.json().catch(() => null)) || {};
    if (!(data || error) || answer.status >= 500 || [401, 429].includes(answer.status)) return false; // it goes on waiting
    if (data && cut === this.id) await this.take({ cut, steps: [{ from: data.from_revision, revision: data.revision, patch: data.patch }] });
    if (error) this.tell("refused", `Not saved: ${error.message.replace(/\.$/, "")}`);
    return this.settle((edit) => edit.key === key), true;
  }
  prune() {
    const left = [...this.selection].filter((id) => this.find(id));
    if (left.length !== this.selection.size) this.select(left);
  }
  /** What to say to whoever begins on clips that somebody else holds; "" when nobody does. */
  heldBy = (ids) => this.others.find(({ held }) => held.some((id) => ids.includes(id)))?.said || "";
  /** Send edits as one act; all or none. The answer comes as a "doc", then "settled" with the ticket that is returned (0: not sent). */
  edit(ops, label = "") {
    if (!this.editable || !this.sends || !ops.length) return 0;
    const late = this.isLate(), { id: cut, me: by, revision } = this, ids = named(ops), said = this.heldBy(ids) || (late && (this.waiting.length >= MOST || this.waiting.some((edit) => firm(edit.ops).some((id) => id && firm(ops).includes(id)))) && BUSY);
    if (said) return this.tell("refused", said), 0;
    const ticket = ++this.tickets, key = crypto.getRandomValues(new Uint32Array(4)).join("-");
    this.waiting.push({ cut, by, ticket, key, revision, ops, label, at: late ? 0 : Date.now() }), this.sign(), this.tell("sent", ticket);
    if (!late) this.sends.onEdit?.(revision, ops, label, ticket, key);
    return ticket;
  }
  select(ids) {
    this.selection = new Set(ids), this.tell("select");
    clearTimeout(this.choosing), (this.choosing = setTimeout(this.chooses, 60));
  }
  chooses = () => (clearTimeout(this.choosing), (this.choosing = 0), this.sends?.onSelect?.([...this.selection].slice(0, 200)));
  rests = () => (clearTimeout(this.resting), (this.resting = 0), localStorage.setItem(`cut-at:${this.id}`, Math.round(this.frame)), this.sends?.onRest?.(Math.round(this.frame)));
  /** What waits to be told is told now: whatever is pressed next is meant for this frame and these clips. */
  tellNow = () => (this.choosing && this.chooses(), this.resting && this.rests());
  /** Put the playhead on a frame; where it rests is told to the server a moment later. */
  seek(frame, quietly = false) {
    const to = Math.max(0, Math.min(frame, Math.max(0, this.length)));
    if (to === this.frame) return;
    (this.frame = to), this.tell("time");
    clearTimeout(this.resting), (this.resting = !quietly && !this.playing ? setTimeout(this.rests, 250) : 0);
  }
  play(speed = 1) {
    (this.speed = speed), (this.playing = speed !== 0), this.tell("play");
    if (!this.playing) this.seek(Math.round(this.frame)), this.rests();
  }
  /** In and out as the renders room is asked for them: minutes, seconds and frames. */
  get range() {
    const { in: from, out: to } = this.marks, fps = Math.round(this.fps), at = (name, frame) => (frame === null ? "" : `&${name}=${[frame / fps / 60, (frame / fps) % 60, frame % fps].map((part) => String(Math.floor(part)).padStart(2, "0")).join(":")}`);
    return at("from", from) + at("to", to);
  }
  mark(which, frame) {
    this.marks = { ...this.marks, [which]: frame }, this.tell("marks");
  }
}
export const desk = new Desk();
export const useTurn = () => useSyncExternalStore((hear) => desk.on("refused turned", hear), () => desk.turn, () => 0); // counts refusals: fields are printed anew with it
export const useRange = () => useSyncExternalStore((hear) => desk.on("marks", hear), () => desk.range, () => "");

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
  useEffect(() => { const asked = new URLSearchParams(location.search).get("at"), off = desk.on("doc", () => desk.length && (off(), desk.seek(Number(asked ?? localStorage.getItem(`cut-at:${desk.id}`))))); return off; }, [cut]); // an address may say where to look; else it is where one looked last
  useEffect(() => void desk.take(feed), [feed]);
  useEffect(() => {
    const pressed = (e) => e.target.closest?.("[data-seek]") && desk.seek(Number(e.target.closest("[data-seek]").dataset.seek));
    document.addEventListener("click", pressed);
    for (const act of ["click", "change", "submit"]) addEventListener(act, desk.tellNow, true);
    const widened = resized(() => desk.tell("doc"));
    window.onbeforeunload = (e) => desk.waiting.length && desk.isLate() && e.preventDefault();
    return () => (widened(), ["click", "change", "submit"].forEach((act) => removeEventListener(act, desk.tellNow, true)), (window.onbeforeunload = null), document.removeEventListener("click", pressed), void desk.open(""));
  }, []);
  return null;
}
