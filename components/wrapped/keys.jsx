// Keys of the shell, filtered in the browser: what a key means in a room (the table is Python's), Ctrl+K palette, ? keys, g + letter to a
// room, arrows inside lists, a key that is recorded. Pointer and clock only: it opens what is already on the page, follows links and presses
// buttons that are already there, and sends a form once.
import { useLayoutEffect } from "react";

const NAMED = { " ": "Space", ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓", Delete: "Del", Escape: "Esc" }, HELD = /^(Shift|Control|Alt|AltGraph|Meta|CapsLock|Dead|Unidentified|Process)$/;
const SHEETS = { "shell.palette": "palette", "shell.keys": "keys", "shell.jobs": "jobs" }, ROOMS = ["cut", "draw", "board"];
// Every page has keys of its own; they change hands in one step, and a "g" pressed on the page before still counts.
let waiting = -Infinity, table = new Map();

/** A key as it is named on its cap, with what is held (studio/accounts/keys/names.py). A letter counts on every alphabet's keyboard. */
export function keyOf(e) {
  const typed = e.key.length > 1 || /^[ -~]$/.test(e.key) ? e.key : /^Key[A-Z]$/.test(e.code) ? e.code[3] : e.key, letter = /^[a-z]$/i.test(typed);
  const held = e.getModifierState?.("AltGraph") ? [] : [(e.ctrlKey || e.metaKey) && "Ctrl ", e.altKey && "Alt ", e.shiftKey && (letter || typed.length > 1 || typed === " ") && "Shift "];
  return held.filter(Boolean).join("") + (NAMED[typed] || (letter ? typed.toUpperCase() : typed));
}
/** What a key does in a room, by name; nothing while a "g" waits for the letter of another one. */
export const actOf = (room, e) => (e.timeStamp - waiting < 2000 && !e.ctrlKey && !e.metaKey && !e.altKey ? undefined : table.get(`${room} ${keyOf(e)}`));

// A field in a sheet that was just closed still has the focus until the next frame: nobody types in it.
const shut = (t) => t.closest("[popover]")?.matches(":not(:popover-open)");
const typing = (t) => t.isContentEditable || (/^(INPUT|TEXTAREA|SELECT)$/.test(t.tagName) && t.type !== "range" && !shut(t));
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
/** Go to a room by its letter. A page that has only begun to open may not show its rooms yet: the key is not lost. */
function go(name, e, until, room = document.querySelector(`a[data-go="${CSS.escape(name)}"]`)) {
  if (room) e.preventDefault(), room.click();
  else if (performance.now() < until) setTimeout(() => go(name, e, until), 50);
}
/** A button that opens something gets the focus first, so that Tab leads into what it opens. */
const pressed = (button) => (button.popoverTargetElement && button.focus(), button.click());
/** Press the button that is on the page for what a key does in its room. */
function press(e) {
  if (e.target.closest?.("[popover]:popover-open")) return;
  const wanted = ROOMS.map((room) => [room, table.get(`${room} ${keyOf(e)}`)]).filter(([, act]) => act).map(([room, act]) => `[data-hit="${room}.${act}"]:not(:disabled)`);
  const button = wanted.length && document.querySelector(wanted.join());
  if (button) e.preventDefault(), pressed(button);
}
function keydown(e) {
  if (e.defaultPrevented || HELD.test(e.key)) return;
  const list = e.target.closest?.("[data-list]"), held = e.ctrlKey || e.metaKey || e.altKey, led = !held && e.timeStamp - waiting < 2000;
  waiting = -Infinity;
  if (list && (e.key === "ArrowDown" || e.key === "ArrowUp")) {
    const next = stepped(list, e.target, e.key === "ArrowDown" ? 1 : -1);
    return next && (e.preventDefault(), next.focus());
  }
  if (list && e.key === "Enter" && e.target.tagName === "INPUT") {
    const first = list.querySelector("a[data-stop],button[data-stop]");
    return first && (e.preventDefault(), first.click());
  }
  if (!held && typing(e.target)) return;
  const act = table.get(`shell ${led ? "G " : ""}${keyOf(e)}`);
  if (act?.startsWith("go-")) go(act.slice(3), e, performance.now() + 1500);
  else if (led && !act) return;
  else if (SHEETS[`shell.${act}`]) toggle(SHEETS[`shell.${act}`], e);
  else if (act === "go") waiting = e.timeStamp; // when it was pressed, however busy the page is
  else press(e);
}
/** The next key is what one wants to use: it goes into the form that its button names, and nowhere else. */
function recorded(e) {
  const at = document.querySelector("[data-recording]");
  if (!at) return;
  if (e.key !== "Tab") e.preventDefault(), e.stopImmediatePropagation();
  if (HELD.test(e.key)) return;
  delete at.dataset.recording;
  if (e.key === "Tab" || e.key === "Escape") return;
  const form = document.getElementById(at.dataset.record);
  (form.elements.act.value = at.dataset.act || ""), (form.elements.key.value = keyOf(e)), form.requestSubmit();
}
function focusout() {
  document.querySelectorAll("[data-recording]").forEach((at) => delete at.dataset.recording);
}
/** A link chosen in a popover closes it: the page below changes without being loaded anew. */
function click(e) {
  const at = e.target.closest?.("[data-record]");
  if (at) at.focus(), (at.dataset.recording = "");
  if (e.target.closest?.("a,[data-close]")) e.target.closest("[popover]")?.hidePopover();
  const meant = e.target.closest?.("[data-press]")?.dataset.press; // the palette has it done by the page's own button
  const button = meant && document.querySelector(`[data-hit="${CSS.escape(meant)}"]:not(:disabled)`);
  if (button) pressed(button);
}
/** A form that leaves the page is sent once, however often it is pressed; coming back to the page it may go again. */
function submit(e) {
  if (e.defaultPrevented || e.target.method !== "post") return;
  if (e.target.dataset.sent) e.preventDefault();
  e.target.dataset.sent = "yes";
}
const pageshow = () => document.querySelectorAll("form[data-sent]").forEach((f) => delete f.dataset.sent);

export function InkKeys({ keys = {} }) {
  table = new Map(Object.entries(keys).flatMap(([id, held]) => held.map((key) => [`${id.split(".")[0]} ${key}`, id.split(".")[1]])));
  useLayoutEffect(() => {
    const gone = new AbortController();
    addEventListener("keydown", recorded, { signal: gone.signal, capture: true });
    Object.entries({ keydown, click, submit, pageshow, focusout }).forEach(([name, act]) => addEventListener(name, act, { signal: gone.signal }));
    return () => gone.abort();
  }, []);
  return null;
}
