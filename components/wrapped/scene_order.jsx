// The order of scenes: dragged with the pointer, or moved with Alt and the arrows. One event on drop.
import { useLayoutEffect, useRef } from "react";

export function InkOrder({ children, editable, onMove, className, label }) {
  const box = useRef(null), props = useRef(null);
  props.current = { editable, onMove };
  useLayoutEffect(() => {
    const list = box.current;
    let dragged = null, target = null;
    const row = (e) => e.target.closest?.("[data-scene]");
    const clear = () => list.querySelectorAll(".drop-before,.drop-after,.dragged").forEach((r) => r.classList.remove("drop-before", "drop-after", "dragged"));
    const start = (e) => {
      dragged = props.current.editable ? row(e) : null;
      if (!dragged) return e.preventDefault();
      e.dataTransfer.effectAllowed = "move";
      e.dataTransfer.setData("text/plain", "");
      dragged.classList.add("dragged");
    };
    const over = (e) => {
      const under = dragged && row(e);
      if (!under) return;
      e.preventDefault();
      const { top, height } = under.getBoundingClientRect();
      target = { under, after: e.clientY > top + height / 2 };
      list.querySelectorAll(".drop-before,.drop-after").forEach((r) => r.classList.remove("drop-before", "drop-after"));
      under.classList.add(target.after ? "drop-after" : "drop-before");
    };
    const drop = (e) => {
      if (!dragged || !target) return;
      e.preventDefault();
      const from = Number(dragged.dataset.position), at = Number(target.under.dataset.position);
      const to = at + (target.after ? 1 : 0) - (from < at + (target.after ? 1 : 0) ? 1 : 0);
      if (to !== from) props.current.onMove(dragged.dataset.scene, to);
    };
    const end = () => {
      clear();
      dragged = target = null;
    };
    const key = (e) => {
      const on = row(e), by = { ArrowUp: -1, ArrowDown: 1 }[e.key];
      if (!on || !by || !e.altKey || !props.current.editable) return;
      e.preventDefault();
      e.stopPropagation();
      const to = Number(on.dataset.position) + by;
      if (to >= 0) props.current.onMove(on.dataset.scene, to);
    };
    const acts = { dragstart: start, dragover: over, drop, dragend: end, keydown: key };
    Object.entries(acts).forEach(([name, act]) => list.addEventListener(name, act));
    return () => Object.entries(acts).forEach(([name, act]) => list.removeEventListener(name, act));
  }, []);
  return (
    <nav ref={box} className={className} aria-label={label} data-list="" tabIndex={-1}>
      {children}
    </nav>
  );
}
