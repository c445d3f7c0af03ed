// How a scene is typed in: keys, what the browser is about to change, undo for each scene, paste, and the bar of kinds.
import { caps, caret, chosen, copied, enter, insert, join, line, lineAt, made, pasted, place, put, said, settle, splice, tab, turn } from "./page_lines.jsx";

const UNDO_MS = 900, DEEP = 200, WHERE_MS = 400;
const KINDS = ["scene_heading", "action", "character", "dialogue", "parenthetical", "transition"];
const MARKS = { formatBold: "**", formatItalic: "*", formatUnderline: "_" };

export class Typing {
  constructor(desk) {
    Object.assign(this, { desk, host: null });
    const { box } = desk;
    desk.on(box, "beforeinput", (e) => this.before(e));
    desk.on(box, "input", (e) => this.typed(e));
    desk.on(box, "keydown", (e) => this.key(e));
    desk.on(box, "paste", (e) => this.paste(e));
    ["copy", "cut"].forEach((name) => desk.on(box, name, (e) => this.copy(e)));
    desk.on(box, "drop", (e) => e.preventDefault());
    desk.on(document, "selectionchange", () => this.moved());
    desk.on(document, "pointerdown", (e) => e.target.closest?.("[data-write]") && e.preventDefault());
    desk.on(document, "click", (e) => this.bar(e.target.closest?.("[data-write]")?.dataset.write));
    desk.on(document, "keydown", (e) => {
      const free = !e.target.closest?.("input,textarea,select,[contenteditable=true]") && !e.ctrlKey && !e.metaKey && !e.altKey;
      if (free && e.key.toLowerCase() === "f") document.getElementById("script-focus")?.click();
    });
  }

  remember(entry, always = false) {
    const now = Date.now(), last = entry.undo.at(-1);
    if (!always && last && now - entry.stamp < UNDO_MS) return void (entry.stamp = now);
    entry.stamp = always ? 0 : now;
    const at = caret(entry.ed);
    const kept = { lines: [...entry.ed.children].map(line), index: at?.index || 0, offset: at?.offset || 0 };
    if (JSON.stringify(last?.lines) !== JSON.stringify(kept.lines)) entry.undo = [...entry.undo.slice(-DEEP), kept];
    entry.redo = [];
  }
  back(entry, from, to) {
    const at = caret(entry.ed), now = [...entry.ed.children].map(line);
    let kept = entry[from].pop();
    if (kept && JSON.stringify(kept.lines) === JSON.stringify(now)) kept = entry[from].pop();
    if (!kept) return;
    entry[to].push({ lines: now, index: at?.index || 0, offset: at?.offset || 0 });
    put(entry.ed, kept.lines);
    place(entry.ed.children[Math.min(kept.index, entry.ed.children.length - 1)], kept.offset);
    entry.stamp = 0;
    this.desk.changed(entry);
  }
  act(entry, doing) {
    this.remember(entry, true);
    doing();
    this.desk.changed(entry);
    this.moved();
    this.desk.suggest.show(entry.ed);
  }
  before(e) {
    const entry = this.desk.of(e.target), at = entry && chosen(entry.ed);
    if (!at) return e.preventDefault();
    const own = (doing) => (e.preventDefault(), this.act(entry, doing));
    if (e.inputType === "historyUndo") return e.preventDefault(), this.back(entry, "undo", "redo");
    if (e.inputType === "historyRedo") return e.preventDefault(), this.back(entry, "redo", "undo");
    if (e.inputType === "insertParagraph") return own(() => enter(entry.ed));
    if (e.inputType === "insertLineBreak") return own(() => splice(entry.ed, "\n"));
    const mark = MARKS[e.inputType];
    if (mark || e.inputType.startsWith("format")) return own(() => mark && at.from === at.to && this.emphasise(entry, at, mark));
    const bare = at.from === at.to && at.left === at.right;
    if (bare && /^delete.*Backward$/.test(e.inputType) && !at.left) return own(() => join(at.from));
    if (bare && /^delete.*Forward$/.test(e.inputType) && at.right === said(at.to).length) return own(() => at.to.nextElementSibling && join(at.to.nextElementSibling));
    if (e.isComposing) return;
    if (at.from !== at.to) return own(() => splice(entry.ed, e.data || ""));
    this.remember(entry, e.inputType !== "insertText" && !e.inputType.startsWith("deleteContent"));
    if (e.inputType === "insertText" && caps(at.from) && e.data !== e.data?.toUpperCase()) {
      e.preventDefault();
      splice(entry.ed, e.data.toUpperCase());
      this.typed(e);
    }
  }
  typed(e) {
    const entry = this.desk.of(e.target), p = lineAt(getSelection().focusNode);
    if (!entry) return;
    if (!entry.ed.children.length || entry.ed.firstChild.nodeName !== "P") put(entry.ed, [{ k: "action", t: entry.ed.textContent, n: "", s: "" }]);
    if (p && !e.isComposing) settle(p);
    this.desk.changed(entry);
    this.moved();
    this.desk.suggest.show(entry.ed);
  }
  emphasise(entry, { from, left, right }, mark) {
    const text = said(from);
    splice(entry.ed, mark + text.slice(left, right) + mark);
    settle(from);
    place(from, left + mark.length, right + mark.length);
  }
  key(e) {
    const entry = this.desk.of(e.target), mod = e.ctrlKey || e.metaKey;
    if (!entry || e.isComposing || !this.desk.props.editable || this.desk.suggest.key(e)) return;
    const own = (doing) => (e.preventDefault(), this.act(entry, doing));
    if (e.key === "Escape") return e.target.blur();
    if (e.key === "Tab" && !mod && !e.altKey) return own(() => tab(entry.ed, e.shiftKey));
    if (mod && !e.altKey && KINDS[e.key - 1]) return own(() => this.retype(entry, KINDS[e.key - 1]));
    if (mod && "zy".includes(e.key.toLowerCase())) return e.preventDefault(), e.key.toLowerCase() === "z" && !e.shiftKey ? this.back(entry, "undo", "redo") : this.back(entry, "redo", "undo");
    if (mod && e.key.toLowerCase() === "s") return e.preventDefault(), this.desk.saveAll();
    const by = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 }[e.key], at = by && !e.shiftKey && !mod && caret(entry.ed);
    if (!at) return;
    const edge = by < 0 ? !at.p.previousElementSibling && !at.offset : !at.p.nextElementSibling && at.offset === said(at.p).length;
    const next = (by < 0 ? entry.box.previousElementSibling : entry.box.nextElementSibling)?.querySelector(".ed");
    if (edge && next) e.preventDefault(), place(by < 0 ? next.lastChild : next.firstChild, by < 0 ? said(next.lastChild).length : 0);
  }
  paste(e) {
    const entry = this.desk.of(e.target), text = e.clipboardData.getData("text/plain");
    e.preventDefault();
    if (!entry || !text || !this.desk.props.editable) return;
    this.act(entry, () => {
      const found = pasted(text);
      if (found.length > 1 || /\n/.test(text.trim())) insert(entry.ed, found);
      else splice(entry.ed, caps(lineAt(getSelection().focusNode)) ? text.trim().toUpperCase() : text.replace(/\s+/g, " "));
      settle(lineAt(getSelection().focusNode));
    });
  }
  copy(e) {
    const entry = this.desk.of(e.target);
    if (!entry || getSelection().isCollapsed) return;
    e.preventDefault();
    e.clipboardData.setData("text/plain", copied(entry.ed));
    if (e.type === "cut" && this.desk.props.editable) this.act(entry, () => splice(entry.ed, ""));
  }
  /** The caret moved: the bar shows the kind of its line, and after a moment the server hears in which scene one is. */
  moved() {
    const p = lineAt(getSelection().focusNode), host = p?.parentElement;
    if (!host || !this.desk.box.contains(host)) return;
    this.host = host;
    if (p !== this.line || p.dataset.kind !== this.kind) {
      Object.assign(this, { line: p, kind: p.dataset.kind });
      document.querySelectorAll("[data-write]").forEach((b) => b.setAttribute("aria-pressed", b.dataset.write === this.kind));
      this.desk.suggest.hide();
    }
    const entry = this.desk.of(host);
    if (entry.id === this.where) return;
    this.where = entry.id;
    clearTimeout(this.telling);
    this.telling = setTimeout(() => this.desk.props.onWhere(entry.id), WHERE_MS);
  }
  bar(name) {
    const entry = name && this.host?.isConnected && this.desk.of(this.host);
    if (!entry || !this.desk.props.editable) return;
    if (document.activeElement !== entry.ed && this.line?.isConnected) place(this.line, said(this.line).length);
    if (name === "undo") this.back(entry, "undo", "redo");
    else if (name === "redo") this.back(entry, "redo", "undo");
    else this.act(entry, () => this.retype(entry, name));
  }
  retype(entry, kind) {
    const at = chosen(entry.ed), all = [...entry.ed.children];
    if (at) all.slice(all.indexOf(at.from), all.indexOf(at.to) + 1).forEach((p) => turn(p, kind));
  }
}
