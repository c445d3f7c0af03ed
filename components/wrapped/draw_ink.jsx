// A drawing as its journal tells it and how its marks are painted: by the rules of studio/drawing/replay.py and studio/engine/ink/geometry.py.
const FIRST = [["reference", "Reference"], ["colour", "Colour"], ["tone", "Tone"], ["ink", "Ink"], ["notes", "Notes"]];
const STEP = 40, MOST_PIECES = 32, FULL = 1000, HEAD = 4.5, ROUND = 72, LEADING = 1.2;
const THIN = { light: 0.35, brush: 0.15, tone: 0.8, pencil: 0.4, pen: 0.25, note: 0.7, eraser: 0.6 }, DENSITY = { light: 0.45, tone: 0.35 };
export const isMark = (op) => ["stroke", "shape", "text", "fill"].includes(op.op);

/** The entries that count after op number `seq`: without undone ones, and without what was left by going back. */
function standing(entries, seq) {
  const spans = [], kept = new Map(), undone = new Set();
  let end = Math.min(seq, entries.length);
  for (let i = end - 1; i >= 0; i--)
    if (entries[i].op.op === "restore") {
      spans.unshift([i + 1, end]);
      i = end = Math.min(entries[i].op.to, i);
    }
  for (const [first, last] of [[0, end], ...spans])
    for (const entry of entries.slice(first, last))
      if (entry.op.op === "undo") undone.add(entry.op.of);
      else if (entry.op.op === "redo") undone.delete(entry.op.of);
      else kept.set(entry.name, entry);
  return [...kept.values()].filter((entry) => !undone.has(entry.name));
}

/** Layers by id, lowest first, with their marks. */
export function drawingAt(entries, seq) {
  let layers = new Map(), under = "";
  const layer = (id, name) => layers.get(id) || layers.set(id, { id, name, opacity: 100, hidden: false, locked: id === "reference", blend: "normal", marks: [] }).get(id);
  FIRST.forEach(([id, name]) => layer(id, name));
  for (const { name, op } of standing(entries, seq)) {
    if (isMark(op)) layer(op.layer, op.layer[0].toUpperCase() + op.layer.slice(1)).marks.push({ name, op, m: null });
    else if (op.op === "add_layer") layer(op.layer, op.name).name = op.name;
    else if (op.op === "clear" && layers.has(op.layer)) layers.get(op.layer).marks = [];
    else if (op.op === "set_layer" && layers.has(op.layer)) {
      const { op: _, layer: id, place, ...said } = op, order = [...layers.keys()].filter((each) => each !== id);
      Object.assign(layers.get(id), said);
      order.splice(place, 0, id);
      if (place !== undefined) layers = new Map(order.map((each) => [each, layers.get(each)]));
    } else if (op.op === "transform" || op.op === "delete") {
      const names = new Set(op.marks), moves = op.op === "transform";
      for (const each of layers.values()) each.marks = each.marks.flatMap((mark) => (!names.has(mark.name) ? mark : moves ? { ...mark, m: then(mark.m, shares(op.matrix)) } : []));
    } else if (op.op === "reference") under = op.sha256;
  }
  return Object.assign(layers, { under });
}

export const shares = (m) => [m[0] / 10000, m[1] / 10000, m[2] / 10000, m[3] / 10000, m[4], m[5]];
export const then = (first, [a, b, c, d, e, f], [p, q, r, s, t, u] = first || [1, 0, 0, 1, 0, 0]) => [a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f];

export const radius = (tool, size, pressure) => (size / 2) * (THIN[tool] + ((1 - THIN[tool]) * pressure) / FULL);

/** The samples between points i and i + 1 of a curve, the first left out. */
export function piece(points, i) {
  const start = points[i], end = points[i + 1], before = points[Math.max(i - 1, 0)], after = points[Math.min(i + 2, points.length - 1)];
  const pieces = Math.min(MOST_PIECES, Math.max(1, Math.ceil(Math.hypot(end[0] - start[0], end[1] - start[1]) / STEP))), found = [];
  const at = (n, t) => 0.5 * (2 * start[n] + (end[n] - before[n]) * t + (2 * before[n] - 5 * start[n] + 4 * end[n] - after[n]) * t * t + (3 * start[n] - before[n] - 3 * end[n] + after[n]) * t * t * t);
  for (let n = 1; n <= pieces; n++) found.push([at(0, n / pieces), at(1, n / pieces), start[2] + ((end[2] - start[2]) * n) / pieces]);
  return found;
}
const cache = new WeakMap(), paths = new WeakMap();
const runsOf = (op) => cache.get(op) || cache.set(op, op.op === "fill" ? op.rings.map(ring) : bothSides(op.op === "stroke" ? [strokeRun(op)] : shapeRuns(op), op.axis)).get(op);
export const bothSides = (runs, axis) => (axis == null ? runs : [...runs, ...runs.map((run) => run.map(([x, y, r]) => [2 * axis - x, y, r]))]);
/** Places told as the first one, then differences, `n` numbers each. */
const places = (told, n) => told.reduce((found, v, i) => ((i % n ? found.at(-1) : found[found.push([]) - 1]).push(v + (found.at(-2)?.[i % n] ?? 0)), found), []);
const ring = (told) => places(told, 2).map(([x, y]) => [x, y, 0]);
const strokeRun = ({ points, size, tool }, found = places(points, 3).map(([x, y, p]) => [x, y, radius(tool, size, p)])) => found.slice(1).reduce((run, _, i) => (run.push(...piece(found, i)), run), [found[0]]);
function shapeRuns({ form, box: [x, y, right, bottom], size }) {
  const even = (points) => points.map(([a, b]) => [a, b, size / 2]);
  if (form === "rect") return [even([[x, y], [right, y], [right, bottom], [x, bottom], [x, y]])];
  if (form === "ellipse") return [even(Array.from({ length: ROUND + 1 }, (_, i) => (i / ROUND) * 2 * Math.PI).map((t) => [(x + right) / 2 + ((right - x) / 2) * Math.cos(t), (y + bottom) / 2 + ((bottom - y) / 2) * Math.sin(t)]))];
  const shaft = even([[x, y], [right, bottom]]), back = Math.atan2(y - bottom, x - right);
  const [one, other] = [-0.5, 0.5].map((side) => [right + HEAD * size * Math.cos(back + side), bottom + HEAD * size * Math.sin(back + side)]);
  return form === "line" ? [shaft] : [shaft, even([one, [right, bottom], other])];
}
const moved = (run, [a, b, c, d, e, f]) => run.map(([x, y, r]) => [a * x + c * y + e, b * x + d * y + f, r * Math.sqrt(Math.abs(a * d - b * c))]);
/** The samples of a mark where it is now; of words, their box. */
export function samplesOf({ op, m }) {
  const lines = op.op === "text" && op.text.split("\n");
  const runs = lines ? [[[op.x, op.y, 0], [op.x + Math.max(...lines.map((l) => l.length)) * op.size * 0.6, op.y + lines.length * op.size * LEADING, 0]]] : runsOf(op);
  return m ? runs.map((run) => moved(run, m)) : runs;
}

const outline = (path, run) => (run.forEach(([x, y], i) => (i ? path.lineTo(x, y) : path.moveTo(x, y))), path.closePath(), path);
/** Add samples to a path: discs, and the quadrilaterals between them; all turn the same way, so that nothing is left open. */
export function cover(path, run) {
  run.forEach(([x, y, r], i) => {
    path.moveTo(x + r, y);
    path.arc(x, y, r, 0, 2 * Math.PI, true);
    const [px, py, pr] = run[i - 1] || [x, y], long = Math.hypot(x - px, y - py), ax = -(y - py) / long, ay = (x - px) / long;
    if (long) [[px + ax * pr, py + ay * pr], [x + ax * r, y + ay * r], [x - ax * r, y - ay * r], [px - ax * pr, py - ay * pr]].forEach(([tx, ty], n) => (n ? path.lineTo(tx, ty) : path.moveTo(tx, ty)));
  });
  return path;
}
export const strength = (op) => (op.opacity / 100) * (DENSITY[op.tool] ?? 1);
/** Paint a mark on a layer's canvas whose pixels are `k` to a unit. */
export function paint(context, mark, k) {
  const { op, m } = mark, rubs = op.tool === "eraser";
  context.globalCompositeOperation = rubs ? "destination-out" : op.under ? "destination-over" : "source-over";
  Object.assign(context, { globalAlpha: rubs ? 1 : strength(op), fillStyle: op.colour });
  const [a, b, c, d, e, f] = (op.op === "text" && m) || [1, 0, 0, 1, 0, 0];
  context.setTransform(k * a, k * b, k * c, k * d, k * e, k * f);
  if (op.op !== "text") return context.fill((!m && paths.get(op)) || samplesOf(mark).reduce(op.op === "fill" ? outline : cover, m ? new Path2D() : paths.set(op, new Path2D()).get(op)), op.op === "fill" ? "evenodd" : "nonzero");
  context.font = `700 ${op.size}px "Courier Prime", monospace`;
  op.text.split("\n").forEach((line, i) => context.fillText(line, op.x, op.y + op.size * (i * LEADING + 0.8)));
}
