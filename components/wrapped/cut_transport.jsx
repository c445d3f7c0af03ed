// Playing a cut: the clock, the keys, the buttons ([data-play]) and fields of the transport, and the meters. What is shown is the player's.
import { desk, timecode } from "$/public/external/components/wrapped/cut_desk/cut_desk.jsx";
import { actOf } from "$/public/external/components/wrapped/keys/keys.jsx";
import { cutsOf } from "./cut_layers.jsx";

const TYPING = "input,textarea,select,[contenteditable],[popover] *,dialog *", FASTEST = 8, FLOOR_DB = -60, FALL_DB = 1.2, HOLD_MS = 1200;
const byId = (id) => document.getElementById(id);
const kept = (name, unsaid) => localStorage.getItem(`cut-${name}`) ?? unsaid, keep = (name, value) => localStorage.setItem(`cut-${name}`, value);

/** How long some frames last, as a timecode that counts from nothing. */
function lasting(frames) {
  const fps = Math.round(desk.fps), seconds = Math.floor(frames / fps), two = (n) => String(n).padStart(2, "0");
  return [seconds / 3600, (seconds / 60) % 60, seconds % 60, frames % fps].map((part) => two(Math.floor(part))).join(":");
}

export class Transport {
  held = new Map(); loop = kept("loop", "") === "1"; peaks = new Map();
  constructor(sound) {
    const { signal } = (this.gone = new AbortController());
    this.sound = sound;
    for (const [name, hears] of Object.entries({ keydown: this.key, keyup: this.up, click: this.pressed, input: this.turned, change: this.typed, pointerdown: this.pointed, focusin: this.entered, focusout: this.left })) document.addEventListener(name, hears, { signal });
    addEventListener("blur", () => this.held.clear(), { signal });
    this.off = [desk.on("play", this.played), desk.on("time", this.moved), desk.on("doc", this.changed), desk.on("marks", this.show)];
    this.setVolume(Number(kept("volume", "1")), kept("muted", "") === "1"), this.show();
  }
  end() {
    if (desk.playing) desk.play(0);
    this.off.forEach((off) => off()), this.gone.abort(), cancelAnimationFrame(this.beat);
  }
  acts = {
    toggle: () => this.go(desk.playing ? 0 : 1),
    stop: () => this.go(0),
    back: () => (this.stopped ? this.step(-1) : this.go(desk.playing && desk.speed < 0 ? Math.max(-FASTEST, desk.speed * 2) : -1)),
    forward: () => (this.stopped ? this.step(1) : this.go(desk.playing && desk.speed > 0 ? Math.min(FASTEST, desk.speed * 2) : 1)),
    "frame-back": () => this.step(-1),
    "frame-on": () => this.step(1),
    "ten-back": () => this.step(-10),
    "ten-on": () => this.step(10),
    "prev-cut": () => this.to(cutsOf(desk.doc).findLast((cut) => cut < Math.round(desk.frame)) ?? 0),
    "next-cut": () => this.to(cutsOf(desk.doc).find((cut) => cut > Math.round(desk.frame)) ?? this.last),
    first: () => this.to(0),
    last: () => this.to(this.last),
    "mark-in": () => desk.mark("in", Math.round(desk.frame)),
    "mark-out": () => desk.mark("out", Math.round(desk.frame) + 1),
    "clear-marks": () => (desk.mark("in", null), desk.mark("out", null)),
    loop: () => ((this.loop = !this.loop), keep("loop", this.loop ? "1" : ""), this.show()),
    mute: () => this.setVolume(this.sound.volume, !this.sound.muted),
    full: () => (document.fullscreenElement ? document.exitFullscreen() : byId("cut-view")?.requestFullscreen()),
    safe: () => (keep("safe", kept("safe", "") ? "" : "1"), this.show()),
  };
  /** Whether the key that stops is held: then the others go one frame. */
  get stopped() {
    return [...this.held.values()].includes("stop");
  }
  /** The last frame there is. */
  get last() {
    return Math.max(0, desk.length - 1);
  }
  /** First frame and end of what is played: all, or from in to out where it goes round. */
  get range() {
    const { in: from, out: to } = desk.marks, round = this.loop && (from !== null || to !== null);
    return round ? [from ?? 0, Math.max((from ?? 0) + 1, Math.min(to ?? desk.length, desk.length))] : [0, desk.length];
  }
  to(frame) {
    desk.doc && desk.seek(Math.max(0, Math.min(this.last, Math.round(frame))));
  }
  step(frames) {
    if (desk.playing) desk.play(0);
    this.to(Math.round(desk.frame) + frames);
  }
  go(speed) {
    if (!desk.doc || !desk.length) return;
    const [from, to] = this.range;
    if (speed > 0 && desk.frame >= to - 1) this.seekTo(from);
    if (speed < 0 && desk.frame <= 0) return;
    desk.play(speed);
  }
  /** Move the playhead without taking it for somebody's hand. */
  seekTo(frame) {
    (this.mine = true), desk.seek(frame, true), (this.mine = false);
  }
  played = async () => {
    const { speed } = desk, turn = (this.turn = (this.turn || 0) + 1);
    cancelAnimationFrame(this.beat), this.sound.stop(), this.show();
    if (!desk.playing) return this.still();
    const heard = await this.sound.wake().catch(() => false);
    if (turn !== this.turn || !desk.playing) return;
    document.querySelectorAll(".over[data-meter]").forEach((bar) => bar.classList.remove("over")), this.anchor(heard && speed > 0), (this.beat = requestAnimationFrame(this.tick));
  };
  /** From here on a second of the clock is a second of the film. */
  anchor(heard) {
    const frame = desk.frame, at = heard ? this.sound.start(frame, desk.speed) : undefined;
    this.from = { frame, heard: heard && at !== undefined, at: at ?? performance.now() / 1000 };
  }
  tick = () => {
    const { frame, heard, at } = this.from, now = heard ? this.sound.now() : performance.now() / 1000;
    if (now === undefined) this.anchor(false);
    else {
      const [first, end] = this.range, to = frame + Math.max(0, now - at) * desk.fps * desk.speed;
      if (to >= end && this.loop) this.seekTo(first), this.anchor(heard);
      else if (to >= end || to <= 0 && desk.speed < 0) return this.seekTo(to <= 0 ? 0 : Math.max(0, end - 1)), desk.play(0);
      else this.seekTo(to);
    }
    this.meter(), (this.beat = requestAnimationFrame(this.tick));
  };
  moved = () => {
    if (desk.playing && !this.mine) this.anchor(this.from?.heard);
    this.time();
  };
  changed = () => {
    if (desk.playing && !this.sound.turned(desk.doc)) this.anchor(this.from?.heard);
    this.show();
  };
  // What the transport shows
  time() {
    const field = byId("cut-timecode"), now = timecode(desk.frame);
    if (field && document.activeElement !== field && field.value !== now) field.value = now;
  }
  show = () => {
    const pressed = { loop: this.loop, safe: kept("safe", "") === "1", mute: this.sound.muted, toggle: desk.playing };
    for (const [act, on] of Object.entries(pressed)) for (const button of document.querySelectorAll(`[data-play="${act}"]`)) button.setAttribute("aria-pressed", String(on));
    byId("cut-frame")?.classList.toggle("safe", pressed.safe);
    const length = byId("cut-length"), fast = byId("cut-speed"), range = this.range, volume = byId("cut-volume");
    if (length) length.textContent = lasting(range[1] - range[0]);
    if (fast) fast.textContent = desk.playing && desk.speed !== 1 ? `${desk.speed}×` : "";
    if (volume && document.activeElement !== volume) volume.value = this.sound.muted ? 0 : this.sound.volume;
    this.time();
  };
  setVolume(volume, muted) {
    this.sound.setVolume(volume, muted), keep("volume", volume), keep("muted", muted ? "1" : ""), this.show();
  }
  meter() {
    const levels = this.sound.levels(), now = performance.now(), shown = document.querySelectorAll("[data-meter]");
    for (const bar of shown) {
      const was = this.peaks.get(bar) || { level: FLOOR_DB, top: FLOOR_DB, at: 0 }, heard = levels[bar.dataset.meter] ?? FLOOR_DB;
      const level = Math.max(heard, was.level - FALL_DB), top = heard >= was.top || now - was.at > HOLD_MS ? { top: heard, at: now } : was;
      this.peaks.set(bar, { level, top: top.top, at: top.at }), this.bar(bar, level, top.top);
    }
    const told = byId("cut-peak"), loud = Math.max(levels["master-left"] ?? FLOOR_DB, levels["master-right"] ?? FLOOR_DB);
    if (told) told.textContent = loud <= FLOOR_DB ? "−∞" : loud.toFixed(1).replace("-", "−");
  }
  bar(bar, level, top) {
    const share = (db) => Math.max(0, Math.min(1, 1 + db / -FLOOR_DB));
    bar.style.setProperty("--level", share(level).toFixed(3)), bar.style.setProperty("--top", share(top).toFixed(3)), top >= -0.1 && bar.classList.add("over"); // a clip sign stays until it is clicked, or it is played anew
  }
  still() {
    for (const bar of document.querySelectorAll("[data-meter]")) this.bar(bar, FLOOR_DB, FLOOR_DB);
    this.peaks.clear();
  }
  // Keys, buttons and fields
  key = (e) => {
    this.tabbed = e.key === "Tab" || this.tabbed;
    if (["Escape", "Enter"].includes(e.key) && e.target.id === "cut-timecode") return e.key === "Escape" && (e.target.value = timecode(desk.frame)), e.target.blur();
    const what = actOf("cut", e), act = this.acts[what];
    if (!act || e.defaultPrevented || !desk.doc || e.target.closest?.(TYPING)) return;
    if (e.key === " " && this.tabbed && e.target.closest?.("button,a,summary,[role=button]")) return; // who came by keys presses it
    if (e.key.startsWith("Arrow") && e.target.closest?.("[role=grid],[role=listbox],[role=tablist],[role=menu],[role=slider],[data-arrows],table")) return;
    this.held.set(e.code, what);
    if (e.repeat && ["toggle", "stop", "back", "forward"].includes(what) && !(this.stopped && what !== "stop")) return e.preventDefault();
    e.preventDefault(), (this.taken = e.key === " "), act();
  };
  up = (e) => {
    if (e.key === " " && this.taken) (this.taken = false), e.preventDefault(); // or the button that has the focus is pressed as well
    this.held.delete(e.code);
  };
  pointed = () => {
    this.tabbed = false;
    if (!this.sound.context && desk.doc) this.sound.wake().then(() => desk.doc && this.sound.ready(desk.doc, desk.frame)); // a gesture: sound may be read
  };
  pressed = (e) => (e.target.closest?.("[data-meter]")?.classList.remove("over"), this.acts[e.target.closest?.("[data-play]")?.dataset.play]?.());
  turned = ({ target }) => target.id === "cut-volume" && this.setVolume(Number(target.value), Number(target.value) === 0);
  typed = ({ target }) => target.id === "cut-timecode" && this.jump(target);
  entered = ({ target }) => target.id === "cut-timecode" && target.select();
  left = ({ target }) => target.id === "cut-timecode" && setTimeout(() => this.time());
  /** To what was typed: a timecode, its last digits (4407 is 44:07), or frames more or less (+12, -24). */
  jump(field) {
    const said = field.value.trim(), [, sign, rest] = /^([+−-]?)(.*)$/.exec(said), fps = Math.round(desk.fps);
    const digits = rest.includes(":") || rest.includes(";") ? rest.split(/[:;]/) : sign || rest.length <= 2 ? [rest] : rest.padStart(8, "0").match(/../g);
    if (!rest || digits.some((part) => !/^\d{1,8}$/.test(part))) return field.blur();
    const frames = digits.reduce((sum, part, i) => sum + Number(part) * [1, fps, fps * 60, fps * 3600][digits.length - 1 - i], 0);
    const dropped = desk.doc.drop_frame && !sign ? this.dropped(frames, fps) : frames;
    this.to(sign ? Math.round(desk.frame) + (sign === "+" ? dropped : -dropped) : dropped - (desk.doc.first_frame || 0)), field.blur();
  }
  /** A count of timecode that leaves numbers out, in frames. */
  dropped(frames, fps) {
    const minutes = Math.floor(frames / (fps * 60));
    return frames - (fps / 15) * (minutes - Math.floor(minutes / 10));
  }
}
