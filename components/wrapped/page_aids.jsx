// What helps while writing: names, places and times to choose from, words to find, and washes laid over the text without
// touching it (CSS highlights: found words, words no shot shows).
import { caret, caps, place, rangeIn, said, say, settle } from "./page_lines.jsx";

const OPENINGS = ["INT. ", "EXT. ", "INT./EXT. "];

/** Who may speak next: those who spoke before the last one first, then everybody as the list has them. */
function speakers(p, people) {
  const heard = [];
  const cues = [...document.querySelectorAll('.ed > p[data-kind="character"]')];
  for (const cue of cues.slice(0, Math.max(0, cues.indexOf(p))).reverse()) {
    const name = said(cue).replace(/\s*\(.*$/, "").trim();
    if (name && !heard.includes(name)) heard.push(name);
  }
  const turn = heard.length > 1 ? [heard[1], heard[0], ...heard.slice(2)] : heard;
  return [...new Set([...turn, ...people])];
}

/** What a line could become, given what stands before the caret: whole texts of the line. */
function offered(p, text, lists) {
  const typed = text.toUpperCase();
  if (p.dataset.kind === "character") return speakers(p, lists.people).filter((name) => name.toUpperCase().startsWith(typed) && name !== text);
  if (p.dataset.kind !== "scene_heading") return [];
  const opening = /^((?:INT\.?\/EXT|EXT\.?\/INT|INT|EXT|EST|I\/E)\.? ?)(.*)$/.exec(typed);
  if (!opening) return OPENINGS.filter((o) => o.startsWith(typed));
  const dash = opening[2].lastIndexOf(" - ");
  if (dash < 0) {
    const found = lists.places.filter((name) => name.toUpperCase().includes(opening[2]) && name.toUpperCase() !== opening[2]);
    return found.map((name) => `${opening[1].trimEnd()} ${name.toUpperCase()}`);
  }
  const head = typed.slice(0, opening[1].length + dash + 3), time = typed.slice(head.length);
  return lists.times.filter((t) => t.startsWith(time) && t !== time).map((t) => head + t);
}

export class Suggest {
  constructor(box) {
    this.box = box;
    this.list = document.createElement("ul");
    Object.assign(this.list, { className: "sug", hidden: true, id: "script-suggest" });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "Suggestions");
    this.list.addEventListener("pointerdown", (e) => {
      const row = e.target.closest("li");
      e.preventDefault();
      if (row) this.take(row);
    });
    box.append(this.list);
    this.lists = { people: [], places: [], times: [] };
  }
  show(host) {
    const at = caret(host);
    const text = at ? said(at.p) : "";
    const found = at && at.offset === text.length && caps(at.p) ? offered(at.p, text, this.lists).slice(0, 6) : [];
    this.p = at?.p;
    this.list.replaceChildren(
      ...found.map((t) => {
        const row = document.createElement("li");
        row.textContent = t;
        row.setAttribute("role", "option");
        return row;
      }),
    );
    this.list.hidden = !found.length;
    if (!found.length) return;
    const sheet = this.box.getBoundingClientRect(), line = rangeIn(this.p, 0, text.length).getBoundingClientRect();
    const own = this.p.getBoundingClientRect();
    this.list.style.left = `${(text ? line.left : own.left) - sheet.left}px`;
    this.list.style.top = `${(text ? line.bottom : own.bottom) - sheet.top + 4}px`;
    if (text) this.mark(0);
  }
  hide() {
    this.list.hidden = true;
  }
  mark(index) {
    const rows = [...this.list.children];
    rows.forEach((row, i) => row.setAttribute("aria-selected", i === (index + rows.length) % rows.length));
  }
  take(row) {
    const text = row.textContent, { p } = this;
    this.hide();
    say(p, text);
    place(p, text.length);
    settle(p);
    p.dispatchEvent(new Event("input", { bubbles: true }));
  }
  /** Whether a key was for the list. */
  key(e) {
    if (this.list.hidden) return false;
    const rows = [...this.list.children], on = rows.findIndex((row) => row.getAttribute("aria-selected") === "true");
    if (e.key === "ArrowDown") this.mark(on + 1);
    else if (e.key === "ArrowUp" && on >= 0) this.mark(on - 1);
    else if (e.key === "Escape") this.hide();
    else if ((e.key === "Enter" || e.key === "Tab") && on >= 0 && !e.shiftKey) this.take(rows[on]);
    else return false;
    e.preventDefault();
    return true;
  }
}

const washes = typeof CSS !== "undefined" && CSS.highlights;
export function wash(name, ranges) {
  if (washes) CSS.highlights.set(name, new Highlight(...ranges));
}

/** Find and replace in the scenes on view. The words stand in #script-find and #script-replace. */
export class Finder {
  constructor(box, changed) {
    Object.assign(this, { box, changed, at: -1, hits: [] });
    this.down = (e) => {
      if ((e.ctrlKey || e.metaKey) && !e.altKey && e.key.toLowerCase() === "f" && this.field()) this.open(e);
      else if (e.key === "Enter" && e.target.id === "script-find") e.preventDefault(), this.step(e.shiftKey ? -1 : 1);
      else if (e.key === "Escape" && e.target.closest?.("#script-finding")) this.close();
    };
    this.typed = (e) => e.target.id === "script-find" && this.look();
    this.click = (e) => {
      const act = e.target.closest?.("[data-find]")?.dataset.find;
      if (act === "next") this.step(1);
      else if (act === "previous") this.step(-1);
      else if (act === "open") this.open(e);
      else if (act === "close") this.close();
      else if (act === "replace") this.replace(false);
      else if (act === "all") this.replace(true);
    };
    document.addEventListener("keydown", this.down);
    document.addEventListener("input", this.typed);
    document.addEventListener("click", this.click);
  }
  field() {
    return document.getElementById("script-find");
  }
  open(e) {
    e.preventDefault();
    const picked = String(getSelection()), field = this.field(), box = document.getElementById("script-finding");
    box.hidden = false;
    if (picked && picked.length < 80 && !picked.includes("\n") && picked !== field.value) {
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(field, picked);
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    field.focus();
    field.select();
    this.look();
  }
  close() {
    document.getElementById("script-finding").hidden = true;
    wash("found", []);
    const hit = this.hits[this.at];
    this.hits = [];
    if (hit?.p.isConnected) place(hit.p, hit.left, hit.right);
  }
  look() {
    const words = this.field().value.toLowerCase();
    this.hits = [];
    if (words)
      for (const p of this.box.querySelectorAll(".ed > p")) {
        const text = said(p).toLowerCase();
        for (let i = text.indexOf(words); i >= 0; i = text.indexOf(words, i + words.length)) this.hits.push({ p, left: i, right: i + words.length });
      }
    this.at = Math.min(this.at, this.hits.length - 1);
    this.told();
  }
  told() {
    wash("found", this.hits.map((h) => rangeIn(h.p, h.left, h.right)));
    const hit = this.hits[this.at];
    wash("here", hit ? [rangeIn(hit.p, hit.left, hit.right)] : []);
    document.getElementById("script-find-here").textContent = this.field().value ? `${this.at + 1} of ${this.hits.length} here` : "";
  }
  step(by) {
    this.look();
    if (!this.hits.length) return;
    this.at = (this.at + by + this.hits.length) % this.hits.length;
    this.told();
    this.hits[this.at].p.scrollIntoView({ block: "center" });
  }
  replace(all) {
    const words = document.getElementById("script-replace").value;
    this.look();
    if (this.at < 0 && !all) return this.step(1);
    const wanted = all ? [...this.hits].reverse() : this.hits.slice(this.at, this.at + 1);
    const hosts = new Set(wanted.map((h) => h.p.parentElement).filter((host) => host.isContentEditable));
    hosts.forEach((host) => this.changed(host, true));
    for (const { p, left, right } of wanted) if (p.isContentEditable) say(p, said(p).slice(0, left) + (caps(p) ? words.toUpperCase() : words) + said(p).slice(right));
    hosts.forEach((host) => this.changed(host, false));
    this.look();
    this.step(0);
  }
  end() {
    document.removeEventListener("keydown", this.down);
    document.removeEventListener("input", this.typed);
    document.removeEventListener("click", this.click);
    wash("found", []);
    wash("here", []);
  }
}

// What stands at the edge of a scene

export const make = (tag, props, attrs = {}) => {
  const made = Object.assign(document.createElement(tag), props);
  Object.entries(attrs).forEach(([name, value]) => made.setAttribute(name, value));
  return made;
};
export function panel(mark, top) {
  const link = make("a", { className: "mk2", href: mark.href }, { "aria-label": `Panel ${mark.label} on the board` });
  link.style.top = `${top}px`;
  const picture = make("span", { className: mark.picture ? "pic" : "pic todo" });
  if (mark.picture) picture.append(make("img", { src: mark.picture, alt: mark.alt, loading: "lazy" }));
  link.append(picture, make("b", { className: "slate", textContent: mark.label }));
  return link;
}
export function guest({ tint, initials, name }) {
  const sign = make("span", { className: "guest" });
  sign.append(make("span", { className: `av ${tint}`, textContent: initials }), `${name} is in this scene`);
  return sign;
}
export function uncovered(top) {
  const sign = make("span", { className: "nocover" });
  sign.style.top = `${top}px`;
  sign.append(make("b", { className: "tag warn", textContent: "Not covered" }), "No shot shows these words.");
  return sign;
}
