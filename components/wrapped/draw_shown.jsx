// What the drawing room shows of the stage: its buttons, the ring of the pen, the rows of layers, pictures to draw over, the slider.
import { isMark } from "./draw_ink.jsx";
const { round, floor, min, max, abs } = Math, each = (what, act) => document.querySelectorAll(what).forEach(act), counted = (n) => n.toLocaleString("en");
export const byId = (id) => document.getElementById(id);

export function show(stage) {
  const { props, kit, tool, box, aids, view, journal, wide } = stage, [size, colour] = kit[stage.mode()] || [], mine = stage.mine(), on = { ...aids, flip: view.flip < 0, [tool]: true, [colour]: true };
  Object.assign(box.dataset, { ...aids, using: tool });
  each("[data-tool],[data-colour],[data-draw][aria-pressed]:not(#draw-layers *)", (b) => b.setAttribute("aria-pressed", Boolean(on[b.dataset.tool || b.dataset.colour || b.dataset.draw])));
  each("[data-draw=undo],[data-draw=redo]", (b) => (b.disabled = !mine[b.dataset.draw] || stage.seq !== null || !props.editable));
  each("[data-draw=delete]", (b) => (b.hidden = !stage.picked.length));
  if (byId("draw-px")) (byId("draw-px").textContent = size ? `${round((size * props.panel.width) / wide)} px` : ""), (byId("draw-tool").textContent = tool === "fill" ? "Fill, gap" : document.querySelector(`[data-tool="${tool}"]`).title);
  if (byId("draw-size") && size) (byId("draw-size").value = Math.log(size)), (byId("draw-colour").value = colour);
  const d = max(4, min(120, round(((size || 0) / wide) * stage.sheet.offsetWidth * view.z))), disc = (colour, width) => `<circle cx="${d / 2 + 2}" cy="${d / 2 + 2}" r="${d / 2}" fill="none" stroke="${colour}" stroke-width="${width}"/>`;
  const ring = encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" width="${d + 4}" height="${d + 4}">${disc("#fff", 3)}${disc("#000", 1)}</svg>`);
  box.style.cursor = size && !["text", "fill"].includes(tool) && props.editable ? `url("data:image/svg+xml,${ring}") ${round(d / 2 + 2)} ${round(d / 2 + 2)}, crosshair` : "";
  look(stage), frame(stage), rows(stage), references(stage), tell(stage, journal.all());
}
export const look = ({ sheet, view: { x, y, z, flip } }) => ((sheet.style.transform = `translate(${x}px,${y}px) scale(${z * flip},${z})`), (byId("draw-zoom").textContent = `${round(z * 100)} %`));

/** The frame round what is picked. */
export function frame({ tool, wide, high, bounds }, b = ["marquee", "move"].includes(tool) && bounds(), box = byId("draw-pick")) {
  const part = (v, of) => `${(100 * v) / of}%`;
  box.hidden = !b;
  if (b) Object.assign(box.style, { left: part(min(b[0], b[2]), wide), top: part(min(b[1], b[3]), high), width: part(abs(b[2] - b[0]), wide), height: part(abs(b[3] - b[1]), high) });
}

function rows({ layers, layer: used, sheets, under, props }, list = byId("draw-layers"), all = [...layers.values()].reverse()) {
  const made = all.map(({ id }) => list.querySelector(`[data-layer="${id}"]`) || byId("draw-layer").firstElementChild.cloneNode(true));
  if (made.length !== list.children.length || made.some((row, i) => row !== list.children[i])) list.replaceChildren(...made);
  all.forEach(({ id, name, marks, hidden, locked }, i) => {
    const row = made[i], small = row.querySelector("canvas").getContext("2d"), picture = id === "reference" && !under.hidden && under;
    Object.assign(row.dataset, { layer: id, on: id === used, hidden, locked });
    Object.assign(row.querySelector("input"), { value: name, readOnly: !props.editable });
    row.querySelector(".q").textContent = picture ? "drawn over" : `${counted(marks.length)} stroke${marks.length === 1 ? "" : "s"}`;
    row.querySelectorAll("button").forEach((b) => (b.setAttribute("aria-label", `${b.title}: ${name}`), b.setAttribute("aria-pressed", row.dataset[b.dataset.draw === "use" ? "on" : b.dataset.draw] || "false")));
    small.reset();
    for (const each of [picture?.complete && picture, sheets.get(id).canvas]) if (each) small.drawImage(each, 0, 0, 108, 60);
  });
  Object.assign(byId("draw-opacity"), { value: layers.get(used).opacity }), Object.assign(byId("draw-blend"), { value: layers.get(used).blend });
}

/** Pictures there are to draw over: those the page came with, and those laid under since. */
function references({ props: { panel }, journal, layers }, box = byId("draw-references")) {
  const all = [...new Set([...panel.references, ...journal.all().filter(({ op }) => op.op === "reference").map(({ op }) => op.sha256)])].slice(-6), now = layers.under || panel.references[0];
  if (all.length !== box.children.length) box.replaceChildren(...all.map((sha256) => Object.assign(document.createElement("button"), { type: "button", innerHTML: "<img alt>", title: "Draw over this picture" })));
  [...box.children].forEach((b, i) => (Object.assign(b.dataset, { draw: "reference", sha256: all[i] }), b.setAttribute("aria-pressed", all[i] === now), b.firstChild.getAttribute("src") || (b.firstChild.src = panel.pictures.replace("SHA", all[i]).replace("full", "thumbnail"))));
}

function tell({ seq, playing }, all, total = all.length, now = seq ?? total, box = byId("draw-time")) {
  const bars = [...box.querySelectorAll(".bars i")], high = bars.map(() => 0);
  all.forEach(({ op }, i) => (high[floor((i / total) * bars.length)] += isMark(op) ? op.points?.length || 60 : 20));
  bars.forEach((bar, i) => (Object.assign(bar.style, { height: `${high[i] ? 10 + (90 * high[i]) / max(...high) : 6}%` }), bar.classList.toggle("fu", i / bars.length >= now / max(1, total))));
  Object.assign(byId("draw-moment"), { max: total, disabled: !total, value: now });
  box.style.setProperty("--total", max(1, total)), box.style.setProperty("--now", now);
  Object.assign(box.dataset, { past: now < total, playing: Boolean(playing) });
  (byId("draw-count").textContent = `${counted(now)} of ${counted(total)}`), (byId("draw-clock").textContent = now ? new Date(all[now - 1].at).toTimeString().slice(0, 8) : "Empty");
}
