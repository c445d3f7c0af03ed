// The others in a cut: outlines with their initials on the clips they chose or hold, carets on the ruler where they stand. It tells them where
// this page is, and holds a clip while it is dragged or typed in: what somebody else holds cannot be begun on, and a sentence says why.
import { useEffect, useRef } from "react";
import { desk } from "$/public/external/components/wrapped/cut_desk/cut_desk.jsx";

const EVERY_MS = 150, PLAYING_MS = 1000, RENEW_MS = 2000, LEASE_MS = 5000, SAID_MS = 2500, FAR = 4; // FAR: pixels that make a press a drag
const FIELDS = ":is(#inspector, [data-holds]) :is(input, textarea)";
const quoted = (text) => `"${text.replace(/["\\\n<]/g, (c) => `\\${c.codePointAt(0).toString(16)} `)}"`;
const clipAt = (event) => event.target.closest?.("[data-clip]")?.dataset.clip || "";

/** Rules for the clips of somebody: they are true wherever the timeline draws the clip next. */
const rules = ({ initials, tint, clips, held, said }) =>
  [...new Set([...clips, ...held])].map((id) => {
    const name = `[data-clip="${CSS.escape(id)}"]`, holds = held.includes(id), colour = `var(--other-${tint})`;
    return `${name}{outline:3px ${holds ? "dashed" : "solid"} ${colour};outline-offset:-1px}${name}::before{content:${quoted(holds ? said : initials)};background:${colour}}`;
  }).join("");

/** Carets over the ruler, as far from its left as the timeline says (desk.tools.x). */
function carets(over) {
  const shown = desk.tools.x ? desk.others : [];
  while (over.children.length > shown.length) over.lastChild.remove();
  shown.forEach(({ name, initials, tint, frame }, i) => {
    const caret = over.children[i] || over.appendChild(document.createElement("i"));
    Object.assign(caret, { className: `other-caret ${tint}`, title: name, textContent: initials }), (caret.style.transform = `translateX(${desk.tools.x(frame)}px)`);
  });
}

/** Holds clips for as long as a gesture lasts, and refuses one on what somebody else holds. */
function holding(say, told) {
  let pressed = null, typing = false, renewing = 0, typed = 0;
  const letGo = (sent = false) => ((pressed = null), (typing = false), renewing && (clearInterval(renewing), (renewing = 0), sent === true || told.current.onRelease())); // an edit lets go by itself
  const hold = (clips, doing) => {
    if (renewing || !desk.editable || !clips.length) return;
    (typing = doing === "typing"), told.current.onHold(clips, doing), (renewing = setInterval(() => told.current.onHold(clips, doing), RENEW_MS));
  };
  const refused = (event, clips) => {
    const said = desk.heldBy(clips);
    if (said) event.preventDefault(), event.stopImmediatePropagation(), say(said);
    return said;
  };
  return {
    pointerdown: (event) => (pressed = clipAt(event) && !refused(event, [clipAt(event)]) ? event : null),
    pointermove: (event) => pressed && Math.hypot(event.clientX - pressed.clientX, event.clientY - pressed.clientY) > FAR && hold(desk.selection.has(clipAt(pressed)) ? [...desk.selection] : [clipAt(pressed)], "moving"),
    pointerup: () => setTimeout(() => letGo(desk.waiting.size > 0)), pointercancel: letGo, blur: (event) => event.target === window && letGo(), focusout: () => typing && letGo(),
    beforeinput: (event) => event.target.matches(FIELDS) && refused(event, [...desk.selection]),
    input: (event) => event.target.matches(FIELDS) && (hold([...desk.selection], "typing"), clearTimeout(typed), (typed = setTimeout(letGo, LEASE_MS))),
  };
}

export function InkOthers({ others, onStand, onHold, onRelease }) {
  const told = useRef({});
  told.current = { onStand, onHold, onRelease };
  useEffect(() => {
    const sheet = (document.adoptedStyleSheets = [...document.adoptedStyleSheets, new CSSStyleSheet()]).at(-1), said = document.getElementById("cut-held");
    let last = "", waiting = 0, saying = 0;
    const say = (text) => ((said.textContent = `${text}.`), clearTimeout(saying), (saying = setTimeout(() => (said.textContent = ""), SAID_MS)));
    const stand = () => {
      waiting = 0;
      const [frame, clips] = [Math.round(desk.frame), [...desk.selection].slice(0, 200)], now = JSON.stringify([desk.id, frame, clips]);
      if (desk.doc && now !== last) (last = now), told.current.onStand(frame, clips);
    };
    const soon = () => (waiting ||= setTimeout(stand, desk.playing ? PLAYING_MS : EVERY_MS));
    const over = document.createElement("div"), ruler = document.getElementById("cut-ruler"), place = () => carets(over);
    over.className = "other-carets", ruler?.after(over);
    const scrolled = new MutationObserver(place), drawn = () => (sheet.replaceSync(desk.others.map(rules).join("")), place());
    if (ruler) scrolled.observe(ruler, { subtree: true, childList: true, attributeFilter: ["style"] });
    const gestures = Object.entries(holding(say, told)), left = [desk.on("time select doc", soon), desk.on("others", drawn), desk.on("doc", place), desk.on("refused", (e) => say(e.detail))];
    gestures.forEach(([name, act]) => window.addEventListener(name, act, true));
    return () => {
      gestures.forEach(([name, act]) => window.removeEventListener(name, act, true)), left.forEach((stop) => stop()), clearTimeout(waiting), scrolled.disconnect(), over.remove();
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet);
    };
  }, []);
  useEffect(() => {
    (desk.others = others), desk.tell("others");
    const over = setTimeout(() => ((desk.others = others.map((each) => ({ ...each, held: [], said: "" }))), desk.tell("others")), LEASE_MS);
    return () => clearTimeout(over);
  }, [others]);
  return null;
}
