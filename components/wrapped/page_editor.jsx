// The pages of the script: scenes to write in. What is typed stays in the page and in localStorage until the server has it;
// only a changed scene is sent, when the hands rest. Pointer and clock only: what a text means is read by the server.
import { useEffect, useLayoutEffect, useRef } from "react";
import { useNavigate } from "react-router";
import { Finder, Suggest, guest, make, panel, uncovered, wash } from "./page_aids.jsx";
import { caret, lines, place, put, rangeIn, said } from "./page_lines.jsx";
import { Typing } from "./page_typing.jsx";

const REST_MS = 800, AGAIN_MS = 5000, KEPT_MS = 250, NAMING_MS = 8000, EDGE_MS = 120, MOST = 800000;
const json = (host) => JSON.stringify(lines(host));
const rows = (entry) => [...entry.ed.children].filter((p) => said(p).trim());

class Desk {
  constructor(box, navigate) {
    Object.assign(this, { box, entries: new Map(), seen: new Set(), gone: new AbortController(), serial: 0, props: { scenes: [], fresh: [], beside: {}, guests: [] } });
    this.suggest = new Suggest(box);
    this.typing = new Typing(this);
    this.finder = new Finder(box, (host, first) => (first ? this.typing.remember(this.of(host), true) : this.changed(this.of(host))));
    this.grown = new ResizeObserver(() => this.soon());
    this.on(box, "click", (e) => {
      const link = e.target.closest("a.mk2");
      if (link && !e.ctrlKey && !e.metaKey && !e.shiftKey) e.preventDefault(), navigate(link.getAttribute("href"));
    });
    this.on(box, "focusout", (e) => (this.suggest.hide(), e.target.closest(".ed") && this.save(this.of(e.target), true)));
    this.on(document, "visibilitychange", () => document.hidden && this.saveAll());
    this.on(window, "pagehide", () => this.saveAll());
    this.on(window, "online", () => this.saveAll());
    this.again = setInterval(() => this.retry(), 1000);
  }
  on(target, name, act) {
    target.addEventListener(name, act, { signal: this.gone.signal });
  }
  end() {
    this.saveAll();
    clearInterval(this.again);
    this.grown.disconnect();
    this.finder.end();
    this.gone.abort();
  }
  of(node) {
    return this.entries.get(node?.closest?.(".scene")?.dataset.id);
  }

  // What comes from the server

  update(props) {
    this.props = props;
    this.suggest.lists = props.lists;
    props.answers.filter((a) => !this.seen.has(a.ticket)).forEach((a) => (this.seen.add(a.ticket), this.answered(a)));
    if (props.scenes !== this.shown || props.fresh !== this.changes) {
      Object.assign(this, { shown: props.scenes, changes: props.fresh });
      const fresh = new Map(props.fresh.map((s) => [s.id, s]));
      this.show(props.scenes.map((s) => fresh.get(s.id) || s));
    }
    this.entries.forEach((entry) => this.ready(entry));
    this.soon();
  }
  ready(entry) {
    entry.ed.contentEditable = this.props.editable && !entry.held ? "true" : "false";
  }
  show(scenes) {
    const held = document.activeElement === this.typing.host ? caret(this.typing.host) : null, ids = new Set(scenes.map((s) => s.id));
    this.rejoin(scenes);
    for (const [id, entry] of this.entries) if (!ids.has(id) && entry.box.isConnected) this.save(entry, true), entry.box.remove();
    scenes.forEach((scene, i) => {
      const entry = this.entries.get(scene.id) || this.open(scene);
      if (this.box.children[i] !== entry.box) this.box.insertBefore(entry.box, this.box.children[i] || null);
      entry.box.dataset.page = scene.page;
      entry.box.classList.toggle("turned", Boolean(scene.page));
      entry.box.style.setProperty("--number", JSON.stringify(scene.number));
      entry.ed.setAttribute("aria-label", `Scene ${scene.number}, ${scene.heading}`);
      entry.number = scene.number;
      if (scene.revision > entry.revision && !entry.sent && !entry.touched) this.take(entry, scene);
    });
    if (held?.p.isConnected && caret(held.p.parentElement)?.p !== held.p) place(held.p, held.offset);
  }
  open(scene) {
    const box = make("section", { className: "scene" }, { "data-id": scene.id });
    const ed = make("div", { className: "ed", spellcheck: true }, { role: "textbox", "aria-multiline": "true", "aria-readonly": String(!this.props.editable) });
    const entry = { id: scene.id, box, ed, edge: make("div", { className: "edge" }), undo: [], redo: [], touched: 0 };
    box.append(ed, entry.edge);
    this.entries.set(scene.id, entry);
    this.ready(entry);
    this.grown.observe(ed);
    this.take(entry, scene);
    const kept = this.props.editable && JSON.parse(localStorage.getItem(this.name(entry)) || "null");
    if (kept && kept.lines !== entry.base) {
      put(ed, JSON.parse(kept.lines));
      Object.assign(entry, { revision: kept.revision, raw: kept.raw });
      this.changed(entry);
    } else if (kept) localStorage.removeItem(this.name(entry));
    return entry;
  }
  /** Show what the server has. What may be undone stays so where others only wrote before and after it. */
  take(entry, { revision, raw, lines: news }) {
    const had = lines(entry.ed).map((l) => JSON.stringify(l)), all = news.map((l) => JSON.stringify(l));
    const at = all.findIndex((_, i) => had.length && had.every((l, n) => all[i + n] === l));
    const around = (kept) => ({ ...kept, index: kept.index + at, lines: [...news.slice(0, at), ...kept.lines, ...news.slice(at + had.length)] });
    for (const stack of ["undo", "redo"]) entry[stack] = at < 0 ? [] : entry[stack].map(around);
    put(entry.ed, news);
    Object.assign(entry, { revision, raw, base: json(entry.ed), touched: 0 });
  }
  name(entry) {
    return `inkreel:${this.props.me}:${entry.id}`;
  }
  /** A heading was written or taken away: the paragraphs go to the scenes the server has made of them. */
  rejoin(scenes) {
    const byId = new Map(scenes.map((s) => [s.id, s]));
    for (const entry of [...this.entries.values()]) {
      const parts = (entry.parts || []).filter((id) => byId.has(id));
      entry.parts = null;
      if (!parts.length || (parts.length === 1 && parts[0] === entry.id)) continue;
      const targets = parts.map((id) => this.entries.get(id) || this.open({ ...byId.get(id), lines: [] }));
      let part = 0;
      [...entry.ed.children].forEach((p, i) => {
        if (i && p.dataset.kind === "scene_heading") part = Math.min(part + 1, targets.length - 1);
        if (targets[part] !== entry) targets[part].ed.append(p);
      });
      for (const target of targets) {
        [...target.ed.children].filter((p) => target.ed.children.length > 1 && !said(p)).forEach((p) => p.remove());
        const { revision, raw, lines: base } = byId.get(target.id);
        Object.assign(target, { revision, raw, base: JSON.stringify(base), sent: null, undo: [], redo: [] });
        if (json(target.ed) !== target.base) this.changed(target);
      }
      if (!parts.includes(entry.id)) this.forget(entry);
    }
  }
  forget(entry) {
    localStorage.removeItem(this.name(entry));
    entry.box.remove();
    this.entries.delete(entry.id);
  }

  // Saving

  changed(entry) {
    entry.touched = Date.now();
    entry.kept ||= setTimeout(() => this.keep(entry), KEPT_MS);
    clearTimeout(entry.timer);
    entry.timer = setTimeout(() => this.save(entry), REST_MS);
    if (!this.trying) this.sign("Saving", "busy");
    this.soon();
  }
  keep(entry) {
    entry.kept = 0;
    if (entry.touched) localStorage.setItem(this.name(entry), JSON.stringify({ revision: entry.revision, raw: entry.raw, lines: json(entry.ed) }));
  }
  save(entry, leaving = false) {
    if (!entry?.touched || entry.sent || entry.held || !this.props.editable) return;
    const at = caret(entry.ed)?.p;
    const naming = at && at.dataset.kind === "scene_heading" && at.previousElementSibling && !leaving && Date.now() - entry.touched < NAMING_MS;
    if (naming) return void (entry.timer = setTimeout(() => this.save(entry), REST_MS)); // a scene is made when its heading is done
    clearTimeout(entry.timer);
    const now = json(entry.ed);
    if (now === entry.base) return this.clean(entry), this.rest();
    if (now.length + entry.raw.length > MOST) return this.sign("This scene is too long to keep: give it headings", "bad");
    this.keep(entry);
    this.serial += 1;
    entry.sent = { ticket: `${Date.now()}-${this.serial}`, json: now, at: Date.now() };
    this.send(entry);
  }
  send(entry) {
    this.props.onSave(entry.id, entry.revision, entry.raw, JSON.parse(entry.sent.json), entry.sent.ticket);
  }
  saveAll() {
    this.entries.forEach((entry) => this.save(entry, true));
  }
  retry() {
    for (const entry of this.entries.values())
      if (entry.sent && Date.now() - entry.sent.at > AGAIN_MS) {
        entry.sent.at = Date.now();
        this.trying = true;
        this.sign("Not saved, trying again", "bad");
        this.send(entry);
      }
  }
  clean(entry) {
    entry.touched = 0;
    clearTimeout(entry.kept);
    entry.kept = 0;
    localStorage.removeItem(this.name(entry));
  }
  answered(a) {
    const entry = this.entries.get(a.id);
    if (!entry || (entry.sent?.ticket !== a.ticket && !a.force)) return;
    const sent = entry.sent || { json: "" };
    this.trying = false;
    entry.sent = null;
    entry.held = a.state === "conflict";
    this.ready(entry);
    if (a.state === "conflict") return this.sign("Somebody else changed this scene", "bad");
    if (a.state === "refused") return this.sign(a.told, "bad");
    const still = json(entry.ed) === sent.json || a.force;
    entry.parts = a.parts;
    if (still && a.lines.length) this.take(entry, a);
    else Object.assign(entry, a.lines.length ? { raw: a.sent, base: sent.json } : { revision: a.revision, raw: a.raw, base: sent.json });
    if (still) this.clean(entry);
    else this.changed(entry);
    this.rest();
  }
  rest() {
    if (![...this.entries.values()].some((each) => each.touched)) this.sign(`Saved ${new Date().toTimeString().slice(0, 8)}`, "ok");
  }
  sign(words, state) {
    const sign = document.getElementById("script-saved");
    if (sign && sign.lastChild.textContent !== words) Object.assign(sign.dataset, { state }), (sign.lastChild.textContent = words);
  }

  // Beside the text: panels at the lines they begin with, who is here, words no shot shows

  soon() {
    this.drawing ||= setTimeout(() => ((this.drawing = 0), this.draw()), EDGE_MS);
  }
  draw() {
    const bare = [];
    for (const entry of this.entries.values()) {
      if (!entry.box.isConnected) continue;
      const lines = rows(entry), beside = this.props.beside[entry.id] || { marks: [], bare: [] };
      const links = beside.marks.filter((m) => lines[m.line]).map((m) => panel(m, lines[m.line].offsetTop));
      const people = this.props.guests.filter((g) => g.room === `script, scene ${entry.number}`);
      const gaps = entry.touched ? [] : beside.bare.filter((b, i, all) => lines[b.line] && all[i - 1]?.line !== b.line);
      entry.edge.replaceChildren(...links, ...people.map((g) => guest(g)), ...gaps.map((b) => uncovered(lines[b.line].offsetTop)));
      if (!entry.touched) for (const b of beside.bare) if (lines[b.line]) bare.push(rangeIn(lines[b.line], b.left, b.right));
    }
    wash("bare", bare);
  }
  jump({ id, line, left, right, write }) {
    const entry = this.entries.get(id), p = entry && rows(entry)[line];
    if (!p) return;
    if (line) p.scrollIntoView({ block: "center" });
    else entry.box.scrollIntoView({ block: "start" });
    wash("here", right > left && !write ? [rangeIn(p, left, right)] : []);
    if (write) place(p, left, right);
  }
}

export function InkPages(props) {
  const box = useRef(null), desk = useRef(null);
  const navigate = useNavigate();
  useLayoutEffect(() => {
    desk.current = new Desk(box.current, navigate);
    return () => desk.current.end();
  }, []);
  useLayoutEffect(() => desk.current.update(props));
  useEffect(() => {
    if (props.jump.id) desk.current.jump(props.jump);
  }, [props.jump.serial]);
  return <div ref={box} className="script-pages" />;
}
