// Keys of the shell, filtered in the browser: Ctrl+K palette, ? keys, g + letter to a room, arrows inside lists.
// Pointer and clock only: it opens what is already on the page, follows links that are already there, and sends a form once.
import { useLayoutEffect } from "react";

// A field in a sheet that was just closed still has the focus until the next frame: nobody types in it.
const shut = (t) => t.closest("[popover]")?.matches(":not(:popover-open)");
const typing = (t) => t.isContentEditable || (/^(INPUT|TEXTAREA|SELECT)$/.test(t.tagName) && !shut(t));
const toggle = (id) => {
  const box = document.getElementById(id);
  if (!box) return false;
  box.togglePopover();
  if (box.matches(":popover-open")) box.querySelector("input,[autofocus],a,button")?.focus();
  return true;
};

function stepped(list, from, by) {
  const stops = [...list.querySelectorAll("[data-stop]")].filter((e) => e.offsetParent !== null);
  if (!stops.length) return null;
  const i = stops.indexOf(from.closest("[data-stop]"));
  return stops[Math.max(0, Math.min(stops.length - 1, i + by))];
}

// Every page has keys of its own; they change hands in one step, and a "g" pressed on the page before still counts.
let waiting = -Infinity;

/** Go to a room by its letter. A page that has only begun to open may not show its rooms yet: the key is not lost. */
function go(key, e, until) {
  const room = document.querySelector(`a[data-key="${CSS.escape(key)}"]`);
  if (room) {
    e.preventDefault();
    room.click();
  } else if (performance.now() < until) setTimeout(() => go(key, e, until), 50);
}

export function InkKeys() {
  useLayoutEffect(() => {
    const down = (e) => {
      if (e.defaultPrevented || e.altKey) return;
      const mod = e.ctrlKey || e.metaKey;
      if (mod && e.key.toLowerCase() === "k") {
        if (toggle("palette")) e.preventDefault();
        return;
      }
      const list = e.target.closest?.("[data-list]");
      if (list && (e.key === "ArrowDown" || e.key === "ArrowUp")) {
        const next = stepped(list, e.target, e.key === "ArrowDown" ? 1 : -1);
        if (next) {
          e.preventDefault();
          next.focus();
        }
        return;
      }
      if (list && e.key === "Enter" && e.target.tagName === "INPUT") {
        const first = [...list.querySelectorAll("a[data-stop],button[data-stop]")][0];
        if (first) {
          e.preventDefault();
          first.click();
        }
        return;
      }
      if (mod || typing(e.target)) return;
      if (e.key === "?") {
        if (toggle("keys")) e.preventDefault();
      } else if (e.key === "g") {
        waiting = e.timeStamp; // when it was pressed, however busy the page is
      } else if (e.timeStamp - waiting < 2000) {
        waiting = -Infinity;
        if (/^[a-z]$/i.test(e.key)) go(e.key.toLowerCase(), e, performance.now() + 1500);
      }
    };
    // A link chosen in a popover closes it: the page below changes without being loaded anew.
    const chosen = (e) => {
      const box = e.target.closest?.("[popover]");
      if (box && e.target.closest("a,[data-close]")) box.hidePopover();
    };
    // A form that leaves the page is sent once, however often it is pressed; coming back to the page it may go again.
    const sent = (e) => {
      if (e.defaultPrevented || e.target.method !== "post") return;
      if (e.target.dataset.sent) e.preventDefault();
      e.target.dataset.sent = "yes";
    };
    const shown = () => document.querySelectorAll("form[data-sent]").forEach((f) => delete f.dataset.sent);
    document.addEventListener("keydown", down);
    document.addEventListener("click", chosen);
    document.addEventListener("submit", sent);
    window.addEventListener("pageshow", shown);
    return () => {
      document.removeEventListener("submit", sent);
      window.removeEventListener("pageshow", shown);
      document.removeEventListener("keydown", down);
      document.removeEventListener("click", chosen);
    };
  }, []);
  return null;
}
