// Clips on their lanes: elements of those on view, by their ids, with filmstrips as backgrounds, and waveforms, fades and keys on small canvases.
import { desk, timecode, valueAt } from "$/public/external/components/wrapped/cut_desk/cut_desk.jsx";
import { moving } from "./cut_lines.jsx";
import { endOf, firstAfter, make, put } from "./cut_timeline.jsx";

const { max, min, round, abs, floor } = Math, TINY = 6, SMALL = 24, MANY = 300, BEYOND = 120, STRIP = 52, WAVE_RATE = 50, APART = 8, LOUD = Float32Array.from({ length: 129 }, (_, n) => min(1, n / 127) ** 0.6); // what is quiet is seen as well

/** The frame of the media a clip shows at one of its own frames. */
export const sourceAt = (clip, at) => (clip.source_in || 0) + (clip.speed?.ramp ? valueAt(clip.speed.ramp, at) : at * factorOf(clip));
export function factorOf({ speed }) {
  const [over, under = 1] = String(speed?.factor ?? 1).split("/").map(Number);
  return over / under;
}
export class Lanes {
  constructor(view) { Object.assign(this, { view, drawn: new Map(), lanes: new Map(), waves: new Map(), strips: new Map(), pulses: new Map() }); }
  end = () => (this.view.layer.replaceChildren(), this.drawn.clear(), this.lanes.clear());
  /** What a change of the document leaves of what is drawn: nothing where all of it is another. */
  forget = (steps) => steps || this.view.drawnBefore === desk.id || ((this.view.drawnBefore = desk.id), this.end());
  url = (sha, size) => `/api/v1/projects/${this.view.project}/media/${sha}?size=${size}`;

  draw() {
    const { view } = this, { left, scale, shown, scroller } = view, seen = new Set(), margin = BEYOND / scale, from = left - margin, to = left + shown + margin;
    const above = scroller.scrollTop - 60, below = scroller.scrollTop + scroller.clientHeight + 60;
    const count = (clips = []) => firstAfter(clips, to) - firstAfter(clips, from); // where there are many, more of them are painted
    this.tiny = view.rows.reduce((sum, row) => sum + (row.top < below && row.top + row.height > above ? count(row.track.clips) : 0), 0) > MANY ? SMALL : TINY;
    put(view.layer, { transform: `translateX(${-left * scale}px)` });
    for (const row of view.rows) {
      const lane = this.lane(row, seen);
      if (row.top + row.height < above || row.top > below) continue;
      for (const clip of this.near(row.track, from, to)) this.clip(clip, row, lane, seen, from, to);
      this.crowds(row, seen, from, to);
      if (view.gap?.track === row.track.id) put(this.element("gap", "div", "gap", seen), { left: `${view.gap.start * scale}px`, width: `${(view.gap.end - view.gap.start) * scale}px`, top: `${row.top + 2}px`, height: `${row.height - 4}px` });
      for (const each of row.track.transitions || []) if (each.at + each.after > from && each.at - each.before < to) this.transition(each, row, seen);
      for (const each of this.captions(row.track, from, to)) this.caption(each, row, seen);
      if (row.keys) row.keys.values.forEach((each, n) => view.lines.row(row, each, n, seen));
    }
    for (const [id, el] of this.drawn) if (!seen.has(id)) el.remove(), this.drawn.delete(id);
  }
  lane({ track, top, height, code }, seen) {
    const id = `lane ${track.id}`, el = this.element(id, "div", "lane", seen);
    el.dataset.lane = track.id, (el.tabIndex = 0), el.setAttribute("role", "group"), el.setAttribute("aria-label", `Track ${code} ${track.name}, ${(track.clips || track.captions || []).length} on it. Enter goes to its clips.`);
    put(el, { top: `${top}px`, height: `${height}px`, left: `${this.view.left * this.view.scale}px`, width: `${this.view.width}px` });
    el.className = `lane ${track.kind}${track.locked ? " locked" : ""}${track.muted ? " muted" : ""}`;
    return el;
  }
  element(id, tag, className, seen) {
    seen.add(id);
    return this.drawn.get(id) || this.drawn.set(id, this.view.layer.appendChild(make(tag, className))).get(id);
  }
  /** Clips of a track near a stretch of time, where they are shown now; clips that are dragged come in from elsewhere. */
  near(track, from, to) {
    const { held } = this.view, clips = track.clips || [], found = [], shift = abs(held?.shift?.by || 0);
    for (let i = firstAfter(clips, from - shift); i < clips.length && clips[i].start < to + shift; i++) {
      const other = held?.clips?.get(clips[i].id);
      if (!other) found.push(this.view.placed(clips[i], track));
    }
    for (const [id, other] of held?.clips || []) {
      const was = desk.find(id);
      if ((other.track || was?.track.id) === track.id && !other.gone) found.push({ ...(was?.clip || {}), ...other, id });
    }
    this.crowd = [];
    return found.filter((clip) => endOf(clip) > from && clip.start < to && (clip.frames * this.view.scale >= this.tiny || held?.clips?.has(clip.id) || (this.crowd.push(clip), false)));
  }
  /** Clips too narrow to be told apart are painted, each where it lies. */
  crowds(row, seen) {
    if (!this.crowd.length) return;
    const { scale, left, width } = this.view, height = row.height - 6, el = this.element(`crowd ${row.track.id}`, "canvas", "crowd", seen), paint = el.getContext("2d");
    el.className = `crowd ${row.track.kind}`, Object.assign(el, { width, height }), put(this.tinted(el, row.track), { left: `${left * scale}px`, top: `${row.top + 3}px` });
    const look = getComputedStyle(el), colours = ["--c", "--select"].map((name) => look.getPropertyValue(name));
    for (const clip of this.crowd) (paint.fillStyle = colours[Number(desk.selection.has(clip.id))]), paint.fillRect((clip.start - left) * scale, 0, max(1, clip.frames * scale - 1), height);
  }
  /** What lies on a track in a colour of its own is seen in it. */
  tinted(el, { colour = "" }) {
    if ((el._tint || "") !== colour) (el._tint = colour), el.style.setProperty("--c", colour);
    return el;
  }
  clip(clip, row, lane, seen, from, to) {
    const { scale, tool } = this.view, { track } = row, fresh = !this.drawn.has(clip.id), el = this.element(clip.id, "div", "clip", seen), chosen = desk.selection.has(clip.id), wide = clip.frames * scale;
    if (fresh) (el.dataset.clip = clip.id), (el.tabIndex = -1), el.setAttribute("role", "button");
    if (!el.firstChild) el.append(make("p", ""), make("span", "fs"), make("i", "fade head"), make("i", "fade tail"));
    this.tinted(el, track);
    const [label, strip, fadeIn, fadeOut] = el.children, media = desk.media[clip.media], kind = track.kind === "image" && media?.kind === "video" ? "video" : track.kind;
    el.className = `clip ${kind}${chosen ? " sel" : ""}${track.locked ? " lock" : ""}${clip.enabled === false ? " off" : ""}${wide < SMALL ? " slim" : wide < 64 ? " narrow" : ""}${this.view.held?.clips?.has(clip.id) ? " held" : ""}`;
    put(el, { left: `${clip.start * scale}px`, width: `${max(2, wide)}px`, top: `${row.top + 2}px`, height: `${row.height - 4}px` });
    const told = this.name(clip), factor = factorOf(clip), key = `${told} ${clip.start} ${clip.frames} ${chosen}`;
    if (el._told !== key) (el._told = key), el.setAttribute("aria-pressed", chosen), el.setAttribute("aria-label", `${told}, track ${row.code}, ${timecode(clip.start)} to ${timecode(endOf(clip))}, ${clip.frames} frames`), (el.title = `${told} · ${timecode(clip.frames)}`);
    const said = this.view.held?.says?.clip === clip.id && this.view.held.says.text;
    put(label, { textIndent: `${max(0, (this.view.left - clip.start) * scale)}px` }, said ? `${told} · ${said}` : factor === 1 && !clip.speed?.ramp ? told : `${told} · ${clip.speed?.ramp ? "ramp" : `${round(factor * 100)} %`}`);
    put(fadeIn, { transform: `translateX(${(clip.fade_in || 0) * scale}px)` }), put(fadeOut, { transform: `translateX(${-(clip.fade_out || 0) * scale}px)` });
    if (track.kind !== "audio" && clip.media && row.height >= 40 && wide > TINY) this.strip(strip, clip, media, row, from, to);
    else if (strip.firstChild || strip._backgroundImage) strip.replaceChildren(), put(strip, { backgroundImage: "" });
    put(strip, { backgroundColor: (clip.made?.kind === "solid" && clip.made.colour) || "" });
    this.canvas(el, clip, track, media, row.height - 8);
  }
  name = (clip) => clip.name || desk.media[clip.media]?.name || { text: clip.made?.text, nested: "Timeline" }[clip.made?.kind] || clip.made?.text || "Clip";
  /** Pictures of a clip at their own times; a still repeats. */
  strip(box, clip, media, row, from, to) {
    const { scale } = this.view, high = row.height - 22, still = media?.kind === "image" || !media?.filmstrip;
    if (still || media?.kind !== "video") {
      box.replaceChildren();
      return put(box, { backgroundImage: media?.kind === "image" ? `url("${this.url(clip.media, "thumbnail")}")` : "", backgroundSize: `auto ${high}px` });
    }
    const image = this.stripOf(clip.media);
    if (!image.naturalWidth) return;
    const aspect = media.width / media.height || 16 / 9, count = max(1, round(image.naturalWidth / (STRIP * aspect))), wide = high * aspect, first = max(0, floor(((from - clip.start) * scale) / wide)), last = min(Math.ceil((clip.frames * scale) / wide), Math.ceil(((to - clip.start) * scale) / wide));
    while (box.children.length < last - first) box.append(make("i", "", { style: `background-image:url("${image.src}")` }));
    [...box.children].forEach((el, n) => {
      const at = sourceAt(clip, ((first + n) * wide) / scale), index = max(0, min(count - 1, floor((at / (media.frames || 1)) * count)));
      el.hidden = first + n >= last;
      put(el, { left: `${(first + n) * wide}px`, width: `${wide}px`, backgroundSize: `${wide * count}px ${high}px`, backgroundPosition: `${-index * wide}px 0` });
    });
  }
  stripOf(sha) {
    if (!this.strips.has(sha)) this.strips.set(sha, Object.assign(new Image(), { src: this.url(sha, "filmstrip"), onload: () => this.view.draw() }));
    return this.strips.get(sha);
  }
  waveOf(sha) {
    if (!this.waves.has(sha)) {
      this.waves.set(sha, null);
      fetch(this.url(sha, "waveform")).then(async (answer) => answer.ok && (this.waves.set(sha, new Int8Array(await answer.arrayBuffer())), this.view.draw()), () => this.waves.delete(sha));
    }
    return this.waves.get(sha);
  }
  /** Frames of the timeline on which the beats of a clip's music fall; none while they lie too close to be told apart. */
  beats(clip) {
    const media = desk.media[clip.media], { scale } = this.view, { pulses } = this;
    if (!media?.beats || clip.speed?.ramp) return [];
    if (!pulses.has(clip.media)) pulses.set(clip.media, []), fetch(this.url(clip.media, "beats")).then(async (answer) => answer.ok && (pulses.set(clip.media, await answer.json()), this.view.draw()), () => pulses.delete(clip.media));
    const found = pulses.get(clip.media), factor = factorOf(clip), of = (ms) => ((ms * desk.fps) / 1000 - (clip.source_in || 0)) / factor;
    return found.length < 2 || (abs(of(found.at(-1)) - of(found[0])) / (found.length - 1)) * scale < APART ? [] : found.map((ms) => clip.start + round(of(ms))).filter((frame) => frame > clip.start && frame < endOf(clip));
  }
  /** Waveform, fades and the line of the part of a clip that is on view, drawn anew only when something of it is another. */
  canvas(el, clip, track, media, high) {
    const { view } = this, { scale } = view, audio = track.kind === "audio", line = view.lines.of(clip, track, high), lined = line && (audio || Array.isArray(line.value) || desk.selection.has(clip.id)), others = moving(clip).filter(({ of }) => of !== line?.of).flatMap(({ of, keys }) => view.lines.now(clip, of, keys).map(({ frame }) => frame)), old = el.querySelector("canvas");
    if (!(audio || clip.fade_in || clip.fade_out || lined || others.length) || clip.frames * scale < 8) return void old?.remove();
    const begin = max(0, floor(((view.left - clip.start) * scale - BEYOND) / BEYOND) * BEYOND), wide = min(clip.frames * scale - begin, view.width + 3 * BEYOND), wave = audio && media?.waveform && this.waveOf(clip.media), beats = audio ? this.beats(clip) : [];
    const key = `${clip.frames} ${clip.source_in} ${factorOf(clip)} ${clip.fade_in} ${clip.fade_out} ${begin} ${round(wide)} ${scale} ${high} ${wave ? wave.length : 0} ${beats.length} ${JSON.stringify(lined && line.value)} ${others}`;
    if (wide <= 0 || old?._key === key) return;
    const canvas = Object.assign(old || el.appendChild(make("canvas", "wv")), { width: Math.ceil(wide), height: Math.ceil(high), _key: key }), paint = canvas.getContext("2d"), look = getComputedStyle(el);
    put(canvas, { left: `${begin}px` });
    if (wave?.length) this.wave(paint, clip, wave, begin, wide, high, look.getPropertyValue("--wave"));
    paint.translate(-begin, 0), (paint.fillStyle = look.getPropertyValue("--shade")), (paint.strokeStyle = look.getPropertyValue("--line-of"));
    const end = clip.frames * scale, fades = [[(clip.fade_in || 0) * scale, 0, 1], [(clip.fade_out || 0) * scale, end, -1]];
    for (const [length, at, way] of fades) if (length) paint.fill(new Path2D(`M${at} 0H${at + way * length}L${at} ${high}Z`)), paint.stroke(new Path2D(`M${at + way * length} 0L${at} ${high}`));
    (paint.lineWidth = 1.5), (paint.fillStyle = look.getPropertyValue("--key"));
    for (const frame of beats) paint.fillRect(round((frame - clip.start) * scale), high - 5, 2, 5);
    for (const frame of others) paint.fillRect(frame * scale - 2, high - 5, 4, 4);
    if (lined) view.lines.paint(paint, line, begin, min(end, begin + wide));
  }
  wave(paint, clip, wave, begin, wide, high, colour) {
    const { scale } = this.view, pairs = wave.length / 2, of = (x) => (sourceAt(clip, (begin + x) / scale) / desk.fps) * WAVE_RATE, middle = 14 + (high - 14) / 2, tall = (high - 14) / 2, gain = (x) => 10 ** (0.03 * valueAt(clip.gain_db, (begin + x) / scale, 0));
    paint.fillStyle = colour;
    for (let x = 0; x < wide; x++) {
      const [a, b] = [of(x), of(x + 1)].sort((one, two) => one - two);
      let low = 0, top = 0;
      for (let n = max(0, floor(a)); n <= min(pairs - 1, max(a, b - 0.001)); n += max(1, floor((b - a) / 24))) (low = min(low, wave[2 * n])), (top = max(top, wave[2 * n + 1]));
      const loud = tall * gain(x), [up, down] = [min(tall, LOUD[top] * loud), min(tall, LOUD[-low] * loud)];
      paint.fillRect(x, middle - up, 1, max(1, up + down));
    }
  }
  transition(each, row, seen) {
    const { scale, held } = this.view, el = this.element(each.id, "button", "tr", seen), { before, after } = held?.transition?.id === each.id ? held.transition : each;
    el.dataset.transition = each.id, (el.title = `${each.kind.replace("_", " ")}, ${each.before + each.after} frames`), el.setAttribute("aria-label", `${el.title} at ${timecode(each.at)}`);
    el.className = `tr${this.view.transition === each.id ? " sel" : ""}`, (el.type = "button");
    put(el, { left: `${(each.at - before) * scale}px`, width: `${max(6, (before + after) * scale)}px`, top: `${row.top + (row.height > 40 ? 18 : 2)}px`, height: `${row.height - (row.height > 40 ? 20 : 4)}px` }, (before + after) * scale > 70 ? each.kind.replace("_", " ") : "");
  }
  captions = ({ captions: all = [] }, from, to) => all.slice(firstAfter(all, from), firstAfter(all, to) + 1).filter(({ start }) => start < to);
  caption(each, { track, top, height }, seen) {
    const { scale, held, caption } = this.view, shown = held?.caption?.was === each.start && held.caption.track === track.id ? { ...each, ...held.caption } : each, el = this.element(`caption ${track.id} ${each.start}`, "div", "clip", seen), chosen = caption?.track === track.id && caption.start === each.start;
    el.className = `clip text cap${chosen ? " sel" : ""}${track.locked ? " lock" : ""}`, (el.dataset.caption = each.start), (el.dataset.on = track.id), (el.tabIndex = -1), el.setAttribute("role", "button"), el.setAttribute("aria-pressed", chosen), (el.title = each.text);
    put(el.firstChild || el.appendChild(make("p", "")), {}, each.text.replace(/\n/g, " "));
    put(el, { left: `${shown.start * scale}px`, width: `${max(2, shown.frames * scale)}px`, top: `${top + 2}px`, height: `${height - 4}px` });
  }
}
