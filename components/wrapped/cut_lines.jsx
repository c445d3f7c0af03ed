// The values of clips that can be pulled: the line on a clip (loudness, opacity), its keys, and the rows of keys under a chosen clip.
import { desk, timecode, valueAt } from "$/public/external/components/wrapped/cut_desk/cut_desk.jsx";
import { KEY_ROW, byId, put } from "./cut_timeline.jsx";

const { max, min, round, abs } = Math, KEYED = ["opacity", "gain_db", "pan"];

/** What of a clip moves: the places of all values that have keys, and the keys. */
export function moving(clip) {
  const within = (holder, at) => Object.entries(holder || {}).map(([name, value]) => [`${at}.${name}`, value]);
  const all = [...KEYED.map((name) => [name, clip[name]]), ...["transform", "colour", "speed"].flatMap((part) => within(clip[part], part)), ...(clip.effects || []).flatMap((effect, n) => within(effect, `effects[${n}]`))];
  return all.filter(([, value]) => value?.[0]?.frame !== undefined).map(([of, keys]) => ({ of, keys }));
}

export class Lines {
  constructor(view) { (this.view = view), (this.words = JSON.parse(byId("cut-head").dataset.words)); }
  /** The one clip (or the first of a group) that is chosen and what of it moves, under the words of the inspector; values that move alike are one. */
  rows() {
    const found = [...desk.selection].slice(0, 4).map((id) => desk.find(id)).find((each) => each && moving(each.clip).length), values = [];
    for (const { of, keys } of found ? moving(found.clip) : []) {
      const label = this.words[of] || of.split(".").at(-1).replace(/_/g, " "), alike = values.find((each) => each.label === label && each.keys.every(({ frame }, i) => frame === keys[i]?.frame));
      alike ? alike.ofs.push(of) : values.push({ label, ofs: [of], keys });
    }
    return found && { ...found, values, told: `${found.clip.id} ${values.map(({ label }) => label)}` };
  }
  /** The value of a clip that is a line on it: loudness of what is heard, opacity of what is seen; null where there is no room for it. */
  of(clip, { kind }, high) {
    const sound = kind === "audio", [of, words, least, most, grain] = sound ? ["gain_db", "Loudness", -40, 12, 10] : ["opacity", "Opacity", 0, 1, 100], tall = high - 18, bound = (value) => max(least, min(most, value));
    if (high < (sound ? 24 : 44) || kind === "effect") return null;
    return { of, words, value: this.now(clip, of, clip[of] ?? (sound ? 0 : 1)), near: (value) => round(bound(value) * grain) / grain, y: (value) => high - 2 - ((bound(value) - least) / (most - least)) * tall, at: (y) => least + ((high - 2 - y) / tall) * (most - least), said: (value) => (sound ? `${value} dB` : `${round(value * 100)} %`) };
  }
  /** Keys where they are shown: one of them may be held. */
  now(clip, of, keys) {
    const key = this.view.held?.key;
    return key?.clip === clip.id && key.ofs.includes(of) && Array.isArray(keys) ? keys.map((each) => (each.frame === key.frame ? { ...each, frame: key.to, value: key.value ?? each.value } : each)) : keys;
  }
  /** The key of a chosen clip's line under the pointer, else the line. */
  at({ clip, track }, box, { clientX, clientY }) {
    const { scale } = this.view, line = desk.selection.has(clip.id) && this.of(clip, track, box.height - 4), x = clientX - box.left - 2, y = clientY - box.top - (track.kind === "audio" ? 2 : 4);
    if (!line) return null;
    const frame = max(0, min(clip.frames - 1, round(x / scale))), value = valueAt(line.value, x / scale), key = Array.isArray(line.value) && line.value.find((each) => abs(each.frame * scale - x) < 7 && abs(line.y(each.value) - y) < 7);
    return key ? { how: "key", line, ofs: [line.of], frame: key.frame } : abs(line.y(value) - y) < 4 ? { how: "level", line, frame, value } : null;
  }
  /** A light line, or a key, on whatever lies under it. */
  outlined(paint, path, how) {
    const { strokeStyle, lineWidth } = paint;
    Object.assign(paint, { strokeStyle: "#000b", lineWidth: lineWidth + 2 }), paint.stroke(path), Object.assign(paint, { strokeStyle, lineWidth }), paint[how](path);
  }
  paint(paint, { value, y }, from, to) {
    const { scale } = this.view, path = new Path2D(`M${from} ${y(valueAt(value, from / scale))}`), keys = Array.isArray(value) ? value : [];
    for (let x = from + 4; keys.length && x < to; x += 4) path.lineTo(x, y(valueAt(value, x / scale)));
    path.lineTo(to, y(valueAt(value, to / scale))), this.outlined(paint, path, "stroke");
    for (const { frame, value: at } of keys) this.outlined(paint, new Path2D(`M${frame * scale} ${y(at) - 5}l5 5l-5 5l-5 -5Z`), "fill");
  }
  /** A row under a chosen clip for each of its values that moves: its keys, to be dragged. */
  row(row, { label, ofs, keys }, n, seen) {
    const { scale } = this.view, { clip } = row.keys, shown = this.now(clip, ofs[0], keys), el = this.view.lanes.element(`keys ${label}`, "div", "krow", seen), now = this.view.placed(clip, row.track);
    put(el, { left: `${now.start * scale}px`, width: `${now.frames * scale}px`, top: `${row.top + row.height + 1 + n * KEY_ROW}px` });
    this.view.fill(el, keys.length, "kd", (diamond, i) => {
      Object.assign(diamond.dataset, { key: keys[i].frame, of: label, on: clip.id }), (diamond.title = `${label} at ${timecode(clip.start + shown[i].frame)}; with Alt it is taken away`);
      put(diamond, { left: `${shown[i].frame * scale}px` });
    });
  }

  // Pulled
  /** Alt puts a key on the line, or takes the one there away. */
  turn({ how, clip, line, ofs, frame, value }) {
    const name = this.view.lanes.name(clip);
    if (how === "key") this.view.send(ofs.map((of) => ({ op: "remove_key", clip: clip.id, of, frame })), `Take a key off ${name}`);
    else this.view.send([{ op: "add_key", clip: clip.id, of: line.of, key: { frame, value: line.near(value) } }], `Key of ${name}`);
  }
  keys(drag, by, e) {
    const { clip, ofs, frame, line } = drag, each = moving(clip).find(({ of }) => of === ofs[0]).keys, place = each.findIndex((key) => key.frame === frame), near = this.view.gestures.nearest([clip.start + frame + by], drag.points), up = e.clientY - drag.y;
    const to = round(max((each[place - 1]?.frame ?? -1) + 1, min((each[place + 1]?.frame ?? clip.frames) - 1, frame + by + (near?.by || 0)))), value = line && abs(up) >= 3 ? line.near(line.at(line.y(each[place].value) + up)) : null;
    this.view.hold({ key: { clip: clip.id, ofs, frame, to, value }, says: { clip: clip.id, text: line?.said(value ?? each[place].value) } }), Object.assign(drag, { by: to - frame, says: line?.said(value ?? each[place].value) });
    const ops = ofs.flatMap((of) => [...(to === frame ? [] : [{ op: "move_key", clip: clip.id, of, frame, to }]), ...(value === null ? [] : [{ op: "add_key", clip: clip.id, of, key: { ...each[place], frame: to, value } }])]);
    drag.result = { ops, label: `Key of ${this.view.lanes.name(clip)}` };
  }
  /** The line of a clip goes up or down; where keys change it, all of them. */
  levels(drag, by, e) {
    const { clip, line } = drag, to = line.near(line.at(line.y(drag.value) + e.clientY - drag.y)), value = Array.isArray(line.value) ? line.value.map((key) => ({ ...key, value: line.near(key.value + to - drag.value) })) : to;
    this.view.hold({ clips: new Map([[clip.id, { [line.of]: value }]]), says: { clip: clip.id, text: line.said(to) } }), (drag.says = line.said(to));
    drag.result = to !== drag.value && { ops: [{ op: "set_clip", clip: clip.id, fields: { [line.of]: value } }], label: `${line.words} of ${this.view.lanes.name(clip)}` };
  }
}
