// A number of the inspector: a slider and a field, and the word before them to pull on. While it is turned the page shows what it would be like;
// it is sent once, when the hand lets go. What the value means is the studio's; here are only places in the document to try it at.
import { useEffect, useRef, useState } from "react";
import { desk } from "$/public/external/components/wrapped/cut_desk/cut_desk.jsx";

const near = (value, { least, most, step }) => Math.min(most, Math.max(least, Math.round(value / step) * step));
const said = (value) => (Number.isFinite(value) ? String(Math.round(value * 100) / 100) : "");
const parts = (path) => path.match(/[a-z_]+|\d+/g);

/** A copy of a part of the document with a value at a place; a list of keys gets one at the frame. */
function put(held, [part, ...rest], value, frame) {
  const copy = Array.isArray(held) ? [...held] : { ...held };
  const old = copy[part];
  if (rest.length) copy[part] = put(old ?? (/^\d/.test(rest[0]) ? [] : {}), rest, value, frame);
  else if (Array.isArray(old)) copy[part] = [...old.filter((key) => key.frame !== frame), { frame, value }].sort((a, b) => a.frame - b.frame);
  else copy[part] = value;
  return copy;
}

/** Show clips, or tracks, with a value they do not have yet; the next document of the studio takes its place. */
function attempt(clips, paths, value) {
  if (!desk.doc || !paths.length) return;
  const wanted = new Set(clips);
  const changed = (clip) => {
    const frame = Math.max(0, Math.min(Math.round(desk.frame) - clip.start, clip.frames - 1));
    return paths.reduce((held, path) => put(held, parts(path), value, frame), clip);
  };
  const tracks = desk.doc.tracks.map((track) => {
    if (wanted.has(track.id)) return paths.reduce((held, path) => put(held, parts(path), value, 0), track);
    return (track.clips || []).some((clip) => wanted.has(clip.id)) ? { ...track, clips: track.clips.map((clip) => (wanted.has(clip.id) ? changed(clip) : clip)) } : track;
  });
  (desk.doc = desk.tried = { ...desk.doc, tracks }), desk.tell("doc");
}
// Words are seen while they are typed; what is kept of them is the inspector's.
let typing = 0;
const words = (act) => ({ target }) => target.dataset?.tries && (clearTimeout(typing), act(target));
globalThis.document?.addEventListener("input", words((field) => (typing = setTimeout(() => attempt([...desk.selection], [field.dataset.tries], field.value), 90))));
globalThis.document?.addEventListener("focusout", words(() => ((desk.tried = null), desk.tell("time"))));

export function InkDial(props) {
  const { label, unit, value, mixed, least, most, step, factor, whole, paths, clips, editable, turn, onSet, onRest } = props;
  const [shown, show] = useState(value), [typed, type] = useState(null);
  const tried = useRef(false), sent = useRef(null), frame = useRef(0), pulled = useRef(null), last = useRef(turn);
  useEffect(() => {
    if (turn !== last.current && tried.current) desk.fetch(); // refused: the document as it is
    (last.current = turn), (tried.current = false), (sent.current = null), show(value), type(null);
  }, [value, mixed, turn, clips.join()]);

  const attemptSoon = (next) => {
    show(next), type(null), (tried.current = true);
    cancelAnimationFrame(frame.current);
    frame.current = requestAnimationFrame(() => attempt(clips, paths, whole ? Math.round(next) : next / factor));
  };
  const keep = (next) => {
    cancelAnimationFrame(frame.current), (desk.tried = null);
    if (!Number.isFinite(next) || next === sent.current || (!mixed && next === value)) return;
    (sent.current = next), onSet(next);
  };
  const leave = () => {
    if (typed === null) return;
    const next = Number(typed.trim().replace(",", ".").replace("−", "-"));
    type(null), Number.isFinite(next) && typed.trim() ? (show(next), keep(next)) : show(value);
  };
  const key = (event) => {
    const way = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (event.key === "Enter") event.target.blur();
    else if (event.key === "Escape") type(null), show(value);
    else if (way) event.preventDefault(), attemptSoon(near(Number(shown) + way * step * (event.shiftKey ? 10 : 1), props));
  };
  const pull = {
    onPointerDown: (event) => editable && (event.currentTarget.setPointerCapture(event.pointerId), (pulled.current = { x: event.clientX, from: Number(shown) || 0, far: false })),
    onPointerMove: (event) => {
      const held = pulled.current, by = held && event.clientX - held.x;
      if (!held || (!held.far && Math.abs(by) < 3)) return;
      (held.far = true), attemptSoon(near(held.from + by * step * (event.shiftKey ? 10 : 1), props));
    },
    onPointerUp: () => (pulled.current?.far && keep(shown), (pulled.current = null)),
  };
  const at = mixed ? least : Math.min(most, Math.max(least, shown));
  return (
    <span className={mixed ? "dial mixed" : "dial"}>
      <span className="pull" {...pull} onDoubleClick={() => editable && onRest?.()} title={`Pull to change; with Shift ten times as far${onRest ? ". A double click puts it back" : ""}`}>{label}</span>
      <input type="range" min={least} max={most} step={step} value={at} disabled={!editable} style={{ "--at": `${(100 * (at - least)) / (most - least)}%` }} aria-label={label}
        onChange={(event) => attemptSoon(Number(event.target.value))} onPointerUp={() => tried.current && keep(shown)} onKeyUp={() => tried.current && keep(shown)} onBlur={() => tried.current && keep(shown)} />
      <span className="in">
        <input inputMode="decimal" value={typed ?? (mixed ? "" : said(shown))} placeholder={mixed ? "differ" : ""} readOnly={!editable} maxLength={9} aria-label={`${label} in ${unit || "numbers"}`}
          onFocus={(event) => event.target.select()} onChange={(event) => type(event.target.value)} onBlur={() => (typed === null ? tried.current && keep(shown) : leave())} onKeyDown={key} />
        {unit && <i>{unit}</i>}
      </span>
    </span>
  );
}
