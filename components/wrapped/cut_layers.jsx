// What of a cut is seen at a frame, and where it lies: the rules of studio/engine/render (layers, film) and motion, near enough for playing.
// Pure functions of the document; the player draws what they say, and the studio's exact frame takes its place when it rests.
import { valueAt } from "$/public/external/components/wrapped/cut_desk/cut_desk.jsx";

const PICTURE = ["video", "image", "text", "effect"];
const WAYS = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] };
const { abs, floor, max, min, sin, PI } = Math;
const within = (value, low, high) => max(low, min(high, value));
const lanes = new WeakMap();
export const endOf = (clip) => clip.start + clip.frames;

/** The last of some that begin at or before a frame. */
function lastBefore(items, frame) {
  let low = 0, high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    items[middle].start <= frame ? (low = middle + 1) : (high = middle);
  }
  return low - 1;
}

/** A track ready to be asked; made once for every state of it. */
function laneOf(track) {
  if (lanes.has(track)) return lanes.get(track);
  const clips = (track.clips || []).filter((clip) => clip.frames > 0 && clip.enabled !== false).sort((a, b) => a.start - b.start);
  const at = (frame) => {
    const clip = clips[lastBefore(clips, frame)];
    return clip && endOf(clip) > frame ? clip : null;
  };
  const joins = [], unfaded = { in: new Set(), out: new Set() };
  for (const join of track.transitions || []) {
    const from = at(join.at - 1), into = at(join.at);
    if (!from || !into || from === into || track.kind === "effect" || join.before + join.after <= 0) continue;
    joins.push({ ...join, start: join.at - join.before, end: join.at + join.after, from, into });
    unfaded.out.add(from.id), unfaded.in.add(into.id);
  }
  const lane = { clips, at, joins, unfaded };
  lanes.set(track, lane);
  return lane;
}

export function seenTracks(doc) {
  const on = doc.tracks.filter((track) => PICTURE.includes(track.kind) && !track.muted);
  return on.some((track) => track.solo) ? on.filter((track) => track.solo) : on;
}

/** How much of a clip is seen at its own frame: fades and opacity. */
function lightOf(clip, own, { unfaded }) {
  const rise = clip.fade_in > 0 && !unfaded.in.has(clip.id) ? own / clip.fade_in : 1;
  const fall = clip.fade_out > 0 && !unfaded.out.has(clip.id) ? (clip.frames - 1 - own) / clip.fade_out : 1;
  return within(min(rise, fall), 0, 1) * within(valueAt(clip.opacity, own, 1), 0, 1);
}

/** The layers of a frame, lowest first: {clip, own, light, adjusts, mix}; `mix` says what a transition does to it. */
export function layersAt(doc, frame) {
  const out = [];
  for (const track of seenTracks(doc)) {
    const lane = laneOf(track), join = lane.joins.find((each) => each.start <= frame && frame < each.end);
    const add = (clip, mix) => out.push({ clip, own: frame - clip.start, light: lightOf(clip, frame - clip.start, lane), adjusts: track.kind === "effect", mix });
    if (!join) {
      const clip = lane.at(frame);
      if (clip) add(clip, null);
      continue;
    }
    const share = (frame - join.start + 0.5) / (join.before + join.after), [kind, way] = join.kind.split("_");
    const mix = { kind, way, share, colour: join.colour || "#000000" };
    if (kind !== "dip" || share < 0.5) add(join.from, { ...mix, side: "from" });
    if (kind !== "dip" || share >= 0.5) add(join.into, { ...mix, side: "into" });
  }
  return out;
}

/** Clips that are seen soon, those that begin first before the others. */
export function comingIn(doc, frame, until) {
  const coming = seenTracks(doc).flatMap((track) => {
    const lane = laneOf(track), first = lastBefore(lane.clips, frame) + 1, found = [];
    for (let i = first; i < lane.clips.length && lane.clips[i].start <= until; i++) found.push(lane.clips[i]);
    return found;
  });
  return coming.sort((a, b) => a.start - b.start);
}

/** The words of the captions on view, and how they look in the picture. */
export function captionAt(doc, frame) {
  const found = doc.tracks.filter((track) => track.kind === "captions" && !track.muted).flatMap(({ captions = [], look = "" }) => {
    const line = captions[lastBefore(captions, frame)];
    return line && endOf(line) > frame ? [{ text: line.text, look }] : [];
  });
  return [found.map(({ text }) => text).join("\n"), found[0]?.look || ""];
}

/** Frames at which a clip begins or ends, in order. */
export function cutsOf(doc) {
  const edges = seenTracks(doc).flatMap((track) => laneOf(track).clips.flatMap((clip) => [clip.start, endOf(clip)]));
  return [...new Set(edges)].sort((a, b) => a - b);
}

export function factorOf(clip) {
  const [over, under = 1] = String(clip.speed?.factor ?? 1).split("/").map(Number);
  return clip.speed ? over / under : 1;
}
/** Where in its media a clip's own frame lies, in frames of the timeline. */
export function placeOf(clip, own) {
  const begun = clip.source_in || 0;
  if (clip.speed?.ramp) return begun + valueAt(clip.speed.ramp, own);
  return begun + own * factorOf(clip);
}

const SWAY = [[0.41, 0.55, 0], [0.93, 0.3, 1.9], [1.87, 0.15, 4.2]]; // hertz, share, phase: studio/engine/motion.py
const wander = (seconds, shift) => SWAY.reduce((sum, [hertz, share, phase]) => sum + share * sin(2 * PI * hertz * (1 - 0.2 * shift) * seconds + phase + 9 * shift), 0);
const whole = ([x, y, width] = [0.5, 0.5, 1]) => ({ x, y, width });
/** The part of a still the camera looks at: middle and width in shares. */
export function windowAt(motion, own, frames, fps) {
  const a = whole(motion.start), b = whole(motion.end), done = frames > 1 ? within(own / (frames - 1), 0, 1) : 0;
  const eased = done * done * (3 - 2 * done), between = (p, q) => p + (q - p) * eased;
  const swayed = (shift) => (motion.sway ? motion.sway * wander(own / fps, shift) : 0);
  const width = within(between(a.width, b.width), 0.05, 1), half = width / 2;
  const kept = (middle) => within(middle, half, 1 - half);
  return { x: kept(between(a.x, b.x) + swayed(0)), y: kept(between(a.y, b.y) + swayed(0.37)), width };
}

/** What is left of a picture when it is cropped: left and top, then its share across and down. */
export function cropOf(clip) {
  const { left = 0, top = 0, right = 0, bottom = 0 } = clip.crop || {}, l = within(left, 0, 0.98), t = within(top, 0, 0.98);
  return { left: l, top: t, across: 1 - l - within(right, 0, 0.99 - l), down: 1 - t - within(bottom, 0, 0.99 - t) };
}

/** Where a clip lies untouched: middle and size in pixels of a frame. `natural` is its picture's width and height, `box` that of letters. */
export function restOf(clip, { width, height }, design, natural, box) {
  if (box) return { x: (box[0] + box[2] / 2) * width, y: (box[1] + box[3] / 2) * height, w: box[2] * width, h: box[3] * height };
  const middle = { x: width / 2, y: height / 2 }, fit = clip.transform?.fit || "contain";
  if (clip.made || clip.motion || fit === "stretch" || !natural[0]) return { ...middle, w: width, h: height };
  const crop = cropOf(clip), w = natural[0] * crop.across, h = natural[1] * crop.down;
  const scale = { contain: min(width / w, height / h), cover: max(width / w, height / h), none: width / design }[fit];
  return { ...middle, w: w * scale, h: h * scale };
}

/** CSS for a clip moved, grown and turned at its own frame. */
export function transformOf(clip, own, { width, height }) {
  const { x, y, scale_x, scale_y, rotation } = clip.transform || {}, at = (value, unsaid) => valueAt(value, own, unsaid);
  return `translate(${at(x, 0) * width}px,${at(y, 0) * height}px) rotate(${at(rotation, 0)}deg) scale(${at(scale_x, 1)},${at(scale_y, 1)})`;
}

/** CSS filters near to a clip's colours and effects; tables of colours, grain and keys are seen in exact frames only. */
export function filterOf(clip, own, height) {
  const { exposure, contrast, saturation } = clip.colour || {}, out = [];
  const stops = valueAt(exposure, own, 0), steep = valueAt(contrast, own, 1), full = valueAt(saturation, own, 1);
  if (stops) out.push(`brightness(${2 ** (stops / 2.2)})`);
  if (steep !== 1) out.push(`contrast(${max(0, steep)})`);
  if (full !== 1) out.push(`saturate(${max(0, full)})`);
  for (const effect of clip.effects || []) {
    if (effect.kind === "blur") out.push(`blur(${valueAt(effect.radius, own, 0.01) * height}px)`);
    if (effect.kind === "greyscale") out.push("grayscale(1)");
  }
  return out.join(" ");
}
export const flips = (clip) => (clip.effects || []).filter((effect) => effect.kind === "flip").map((effect) => effect.across !== false);
export const darkness = (clip) => (clip.effects || []).reduce((most, effect) => (effect.kind === "vignette" ? max(most, effect.amount ?? 0.4) : most), 0);

/** CSS of a slot in a transition: which part of the frame it has, or where it has moved to. */
export function mixed(mix, { width, height }) {
  const none = { clip: "none", move: "none", light: 1, dip: 0 };
  if (!mix) return none;
  const { kind, way, share, side } = mix, [x, y] = WAYS[way] || [0, 0], rest = `${(1 - share) * 100}%`;
  if (kind === "dip") return { ...none, dip: side === "from" ? share * 2 : 2 - share * 2 };
  if (kind === "dissolve") return { ...none, light: side === "into" ? share : 1 };
  if (kind === "wipe" && side === "into") return { ...none, clip: `inset(${way === "up" ? rest : 0} ${way === "right" ? rest : 0} ${way === "down" ? rest : 0} ${way === "left" ? rest : 0})` };
  const gone = side === "into" ? share - 1 : kind === "push" ? share : 0;
  return kind === "wipe" ? none : { ...none, move: `translate(${x * gone * width}px,${y * gone * height}px)` };
}
export const BLENDS = { add: "plus-lighter", softlight: "soft-light" };
export const nearly = (a, b, by) => abs(a - b) < by;
export const frameOf = (at) => floor(at + 1e-6);
