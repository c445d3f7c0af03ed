// What of the cut a browser cannot play truly: its ranges as the studio tells them, the line over the ruler, the films played in their place.
// What is heavy, and what is rendered when, the studio decides; it is asked here, and once the room has rested for a while told to begin.
import { useEffect } from "react";
import { desk } from "$/public/external/components/wrapped/cut_desk/cut_desk.jsx";

const SOON_MS = 250, REST_MS = 5000, byId = (id) => document.getElementById(id), KEPT = "cut-idle";

class Previews {
  ranges = []; films = []; run = null; sends = null; tried = -1; // `films` are clips of what is ready; the last revision one was begun at
  /** What is played at a frame instead of its clips: a clip of a film; and those that begin after a frame and until another. */
  at = (frame) => this.films.find(({ start, frames }) => start <= frame && frame < start + frames);
  coming = (frame, until) => this.films.filter(({ start }) => frame < start && start <= until);
  /** The cut is another: nothing is played until it is known what an edit has touched. */
  changed = () => ((this.films = []), clearTimeout(this.soon), (this.soon = setTimeout(this.ask, SOON_MS)), this.moved());
  ask = async () => {
    const { id, revision, past, doc } = desk, answer = id && doc && !past && (await fetch(`/api/v1/timelines/${id}/previews`).catch(() => null)), had = this.run;
    if (id !== desk.id || (answer && revision !== desk.revision)) return this.changed();
    const { data } = answer?.ok ? await answer.json() : { data: { ranges: [], said: "", run: null, revision } };
    if (data.revision !== desk.revision) return; // the edit is on its way, and asks again
    Object.assign(this, { ranges: data.ranges, run: data.run, films: data.ranges.filter(({ url }) => url).map(({ start, end, url }) => ({ id: url, name: "Preview", film: url, start, frames: end - start })) });
    this.run ? (this.tried = revision) : had && this.moved();
    this.line(), this.told(data), desk.tell("previews");
  };
  /** Whoever does something is left in peace: only a room that rests has its preview rendered by itself. */
  moved = () => (clearTimeout(this.resting), (this.resting = setTimeout(this.rest, REST_MS)));
  rest = () => {
    const free = localStorage.getItem(KEPT) !== "0" && desk.editable && !desk.playing && !document.hidden && !this.run && this.tried !== desk.revision;
    if (free && this.ranges.some(({ state }) => state === "heavy")) this.sends.onBegin(true);
  };
  /** Over the ruler: heavy, being made, ready. */
  line = () => {
    const box = byId("cut-made"), { x } = desk.tools, runs = [];
    for (const each of x ? this.ranges : []) runs.at(-1)?.end === each.start && runs.at(-1).state === each.state ? (runs.at(-1).end = each.end) : runs.push({ ...each });
    while (box && box.children.length > runs.length) box.lastChild.remove();
    runs.forEach(({ start, end, state }, i) => Object.assign((box.children[i] || box.appendChild(document.createElement("i"))).style, { transform: `translateX(${x(start)}px)`, width: `${Math.max(2, x(end) - x(start))}px` }) && (box.children[i].className = state));
  };
  told({ ranges, said }) {
    const idle = byId(KEPT);
    if (idle) idle.checked = localStorage.getItem(KEPT) !== "0"; // only those who may edit have it
    (byId("cut-heavy").hidden = !ranges.length), byId("cut-made")?.setAttribute("aria-label", said), Object.assign(byId("cut-left"), { textContent: said }).dataset.all = ranges.every(({ url }) => url);
  }
}
export const previews = new Previews();

export function InkPreviews({ turn, onBegin }) {
  previews.sends = { onBegin };
  useEffect(() => void previews.ask(), [turn]);
  useEffect(() => {
    const off = [desk.on("doc", previews.changed), desk.on("view", previews.line), desk.on("time select play", previews.moved)], kept = ({ target }) => target.id === KEPT && localStorage.setItem(KEPT, target.checked ? "1" : "0");
    document.addEventListener("change", kept), previews.moved();
    return () => (off.forEach((each) => each()), document.removeEventListener("change", kept), clearTimeout(previews.soon), clearTimeout(previews.resting), Object.assign(previews, { ranges: [], films: [], run: null }));
  }, []);
  return null;
}
