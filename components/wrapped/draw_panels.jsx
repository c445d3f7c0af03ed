// Beside the sheet: its layers, and the slider over all moments of the drawing. They show what the sheet tells and call it; nothing is kept here.
import { useEffect, useRef } from "react";
import { useStage } from "./draw_surface.jsx";

const BARS = 120, said = (n) => n.toLocaleString("en");
const Act = ({ name, on, act, icon }) => <button type="button" className={`btn sq flat ic ${icon}`} aria-label={name} title={name} aria-pressed={on} onClick={act} />;
function Small({ stage, id }) {
  const box = useRef(null);
  useEffect(() => {
    const context = box.current.getContext("2d"), under = id === "reference" && document.querySelector("#draw-under img");
    context.clearRect(0, 0, 108, 60);
    for (const each of [under?.complete && under, stage.sheets.get(id)?.canvas]) if (each) context.drawImage(each, 0, 0, 108, 60);
  });
  return <canvas ref={box} width="108" height="60" className="pic" aria-hidden="true" />;
}

export function InkLayers() {
  const stage = useStage(), rows = [...(stage?.layers.values() || [])].reverse(), own = stage?.layers.get(stage.layer), editable = stage?.props.editable;
  const set = (layer, what) => editable && stage.add({ op: "set_layer", layer: layer.id, ...what });
  const named = (layer, name) => name && name !== layer.name && set(layer, { name });
  const row = (layer, i) => (
    <div key={layer.id} className={`lay${layer === own ? " on" : ""}`}>
      <Act name={`${layer.hidden ? "Show" : "Hide"} ${layer.name}`} icon={layer.hidden ? "off" : "eye"} on={!layer.hidden} act={() => set(layer, { hidden: !layer.hidden })} />
      <button type="button" className="pick" aria-pressed={layer === own} aria-label={`Draw on ${layer.name}`} onClick={() => stage.use(layer.id)}><Small stage={stage} id={layer.id} /></button>
      <span className="grow"><input key={layer.name} defaultValue={layer.name} readOnly={!editable} aria-label="Name of the layer" maxLength="60" onBlur={(e) => named(layer, e.target.value.trim())} /><span className="q">{layer.id === "reference" ? "what you draw over" : `${said(layer.marks.length)} stroke${layer.marks.length === 1 ? "" : "s"}`}</span></span>
      {editable && i > 0 && layer.id !== "reference" && <Act name={`Move ${layer.name} up`} icon="up" act={() => set(layer, { place: rows.length - i })} />}
      <Act name={`${layer.locked ? "Unlock" : "Lock"} ${layer.name}`} icon={layer.locked ? "lock" : "open"} on={layer.locked} act={() => set(layer, { locked: !layer.locked })} />
    </div>
  );
  const faint = own && { key: own.id + own.opacity, defaultValue: own.opacity, onPointerUp: (e) => set(own, { opacity: +e.target.value }), onKeyUp: (e) => set(own, { opacity: +e.target.value }) };
  return <>{rows.map(row)}{own && <div className="lset f"><label htmlFor="draw-opacity">Opacity</label><input id="draw-opacity" type="range" min="0" max="100" step="5" disabled={!editable} {...faint} /></div>}</>;
}

export function InkTime({ versions }) {
  const stage = useStage(), all = stage?.journal.all() || [], total = all.length, now = stage?.seq ?? total, past = now < total, editable = stage?.props.editable, bars = Array(BARS).fill(0);
  all.forEach((entry, i) => (bars[Math.floor((i / total) * BARS)] += entry.op.points?.length || 30));
  const most = Math.max(1, ...bars), left = (seq) => ({ left: `${(100 * seq) / Math.max(1, total)}%` });
  return (
    <>
      <div className="th"><h2 className="hd">Strokes</h2><span className="q wide-only">Drag to any moment of this drawing. Nothing after it is lost.</span><span className="end num">{`${said(now)} of ${said(total)}`}</span></div>
      <div className="tr2">
        <button type="button" className={`btn sq light ic ${stage?.playing ? "stop" : "play"}`} aria-label={stage?.playing ? "Stop" : "Replay"} disabled={!total} onClick={() => stage.play()} />
        <div className="bars">
          {bars.map((high, i) => <i key={i} className={i / BARS >= now / Math.max(1, total) ? "fu" : ""} style={{ height: `${high ? 10 + (90 * high) / most : 6}%` }} />)}
          {versions.map((v) => v.seq <= total && <span key={v.number} className="ver" style={left(v.seq)}>{`v${v.number}`}</span>)}
          {past && <u style={left(now)}><b className="num">{now ? new Date(all[now - 1].at).toTimeString().slice(0, 8) : "Empty"}</b></u>}
          <input id="draw-moment" type="range" min="0" max={total} value={now} disabled={!total} aria-label="Moment of the drawing" onChange={(e) => stage.at(+e.target.value)} />
        </div>
        {past && editable && <button type="button" className="btn go" onClick={() => stage.restore()}>Restore this moment</button>}
        {past && <button type="button" className="btn" onClick={() => stage.at(null)}>Back to now</button>}
      </div>
    </>
  );
}
