// The order of scenes: dragged with the pointer, or moved with Alt and the arrows. One event on drop.
import { useLayoutEffect, useRef } from "react";

const MARKS = ["drop-before", "drop-after", "dragged"], row = (e) => e.target.closest?.("[data-scene]");

export function InkOrder({ children, editable, onMove, className, label }) {
  const box = useRef(null), props = useRef(null);
  props.current = { editable, onMove };
  useLayoutEffect(() => {
    const list = box.current, clear = (...marks) => list.querySelectorAll("[data-scene]").forEach((r) => r.classList.remove(...marks));
    let dragged = null, target = null;
    const acts = {
      dragstart(e) {
        dragged = props.current.editable ? row(e) : null;
        if (!dragged) return e.preventDefault();
        e.dataTransfer.effectAllowed = "move";
        e.dataTransfer.setData("text/plain", "");
        dragged.classList.add("dragged");
      },
      dragover(e) {
        const under = dragged && row(e);
        if (!under) return;
        e.preventDefault();
        const { top, height } = under.getBoundingClientRect();
        target = { under, after: e.clientY > top + height / 2 };
        clear("drop-before", "drop-after");
        under.classList.add(target.after ? "drop-after" : "drop-before");
      },
      drop(e) {
        if (!dragged || !target) return;
        e.preventDefault();
        const from = Number(dragged.dataset.position), at = Number(target.under.dataset.position) + (target.after ? 1 : 0), to = from < at ? at - 1 : at;
        if (to !== from) props.current.onMove(dragged.dataset.scene, to);
      },
      dragend: () => (clear(...MARKS), (dragged = target = null)),
      keydown(e) {
        const on = row(e), by = { ArrowUp: -1, ArrowDown: 1 }[e.key], to = Number(on?.dataset.position) + by;
        if (!on || !by || !e.altKey || !props.current.editable) return;
        e.preventDefault(), e.stopPropagation();
        if (to >= 0) props.current.onMove(on.dataset.scene, to);
      },
    };
    Object.entries(acts).forEach(([name, act]) => list.addEventListener(name, act));
    return () => Object.entries(acts).forEach(([name, act]) => list.removeEventListener(name, act));
  }, []);
  return <nav ref={box} className={className} aria-label={label} data-list="" tabIndex={-1} children={children} />;
}
