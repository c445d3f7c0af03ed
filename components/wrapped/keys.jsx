// Keys of the shell, filtered in the browser: Ctrl+K palette, ? keys, g + letter to a room, arrows inside lists.
// Pointer and clock only: it opens what is already on the page, follows links that are already there, and sends a form once.
import { useLayoutEffect } from "react";

// A field in a sheet that was just closed still has the focus until the next frame: nobody types in it.
const shut = (t) => t.closest("[popover]")?.matches(":not(:popover-open)");
const typing = (t) => t.isContentEditable || (/^(INPUT|TEXTAREA|SELECT)$/.test(t.tagName) && !shut(t));
function toggle(id, e) {
  const box = document.getElementById(id);
  if (!box) return;
  e.preventDefault();
  box.togglePopover();
  if (box.matches(":popover-open")) box.querySelector("input,[autofocus],a,button")?.focus();
}
function stepped(list, from, by) {
  const stops = [...list.querySelectorAll("[data-stop]")].filter((e) => e.offsetParent !== null), i = stops.indexOf(from.closest("[data-stop]"));
  return stops[Math.max(0, Math.min(stops.length - 1, i + by))];
}

// Every page has keys of its own; they change hands in one step, and a "g" pressed on the page before still counts.
let waiting = -Infinity;

/** Go to a room by its letter. A page that has only begun to open may not show its rooms yet: the key is not lost. */
function go(key, e, until, room = document.querySelector(`a[data-key="${CSS.escape(key)}"]`)) {
  if (room) e.preventDefault(), room.click();
  else if (performance.now() < until) setTimeout(() => go(key, e, until), 50);
}
function keydown(e) {
  if (e.defaultPrevented || e.altKey) return;
  const mod = e.ctrlKey || e.metaKey, list = e.target.closest?.("[data-list]");
  if (mod && e.key.toLowerCase() === "k") return toggle("palette", e);
  if (list && (e.key === "ArrowDown" || e.key === "ArrowUp")) {
    const next = stepped(list, e.target, e.key === "ArrowDown" ? 1 : -1);
    return next && (e.preventDefault(), next.focus());
  }
  if (list && e.key === "Enter" && e.target.tagName === "INPUT") {
    const first = list.querySelector("a[data-stop],button[data-stop]");
    return first && (e.preventDefault(), first.click());
  }
  if (mod || typing(e.target)) return;
  if (e.key === "?") toggle("keys", e);
  else if (e.key === "g") waiting = e.timeStamp; // when it was pressed, however busy the page is
  else if (e.timeStamp - waiting < 2000) {
    waiting = -Infinity;
    if (/^[a-z]$/i.test(e.key)) go(e.key.toLowerCase(), e, performance.now() + 1500);
  }
}
/** A link chosen in a popover closes it: the page below changes without being loaded anew. */
const click = (e) => e.target.closest?.("a,[data-close]") && e.target.closest("[popover]")?.hidePopover();
/** A form that leaves the page is sent once, however often it is pressed; coming back to the page it may go again. */
function submit(e) {
  if (e.defaultPrevented || e.target.method !== "post") return;
  if (e.target.dataset.sent) e.preventDefault();
  e.target.dataset.sent = "yes";
}
const pageshow = () => document.querySelectorAll("form[data-sent]").forEach((f) => delete f.dataset.sent);

export function InkKeys() {
  useLayoutEffect(() => {
    const gone = new AbortController();
    Object.entries({ keydown, click, submit, pageshow }).forEach(([name, act]) => addEventListener(name, act, { signal: gone.signal }));
    return () => gone.abort();
  }, []);
  return null;
}
