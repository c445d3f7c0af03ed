// The slider over all revisions of a cut, and the buttons beside acts and versions that show one (data-past): the timeline and the player show how
// the cut was, to look at. One request at a time; where the slider rests is told.
import { useEffect, useRef } from "react";
import { desk } from "$/public/external/components/wrapped/cut_desk/cut_desk.jsx";

export function InkPast({ cut, at, onSeen }) {
  const told = useRef(onSeen), asked = useRef({ wanted: 0, busy: false });
  told.current = onSeen;
  useEffect(() => {
    const ask = asked.current;
    ask.wanted = 0;
    const show = async (revision) => {
      ask.wanted = revision;
      if (ask.busy) return;
      ask.busy = true;
      for (let shown = 0; ask.wanted && shown !== ask.wanted; ) {
        shown = ask.wanted;
        const answer = await fetch(`/api/v1/timelines/${cut}/at/${shown}`).catch(() => null), found = answer?.ok ? await answer.json() : null;
        if (found && ask.wanted && desk.id === cut) desk.peek(found.data.document, found.data.media);
        if (!found) ask.wanted = 0;
      }
      ask.busy = false;
    };
    const slid = (event) => {
      if (event.target.id !== "cut-past") return;
      const revision = Number(event.target.value), now = revision >= Number(event.target.max);
      if (event.type === "input") now ? ((ask.wanted = 0), desk.peek(null)) : show(revision);
      else told.current(now ? 0 : revision);
    };
    const pressed = (event) => {
      const button = event.target.closest?.("[data-past]");
      if (button) show(Number(button.dataset.past)), told.current(Number(button.dataset.past));
    };
    const hears = [["input", slid], ["change", slid], ["click", pressed]];
    hears.forEach(([name, act]) => document.addEventListener(name, act));
    return () => hears.forEach(([name, act]) => document.removeEventListener(name, act));
  }, [cut]);
  useEffect(() => {
    if (!at) (asked.current.wanted = 0), desk.peek(null);
  }, [at]);
  return null;
}
