// What is read beside the player: the word and the caption under the playhead are lit, a click goes there, words pulled over are marked to be cut
// out. It acts on what Python printed: [data-lit] lists of [data-from] to [data-to], [data-seek] anywhere, [data-words] and [data-split] buttons, fields of files.
import { useEffect, useRef } from "react";
import { desk, timecode } from "$/public/external/components/wrapped/cut_desk/cut_desk.jsx";

const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const span = (element) => [Number(element.dataset.from), Number(element.dataset.to)];
const MOST_LETTERS = 900_000;

class Reader {
  constructor(props) {
    this.props = props;
    this.marks = new Map(); // "from-to" of words to be cut out
    this.pulling = null;
    const { signal } = (this.gone = new AbortController());
    const listen = (name, act) => document.addEventListener(name, act, { signal });
    listen("click", this.click), listen("pointerdown", this.down), listen("pointerover", this.over), listen("pointerup", this.up), listen("change", this.file);
    document.getElementById("words")?.addEventListener("keydown", this.key, { signal });
    this.off = [desk.on("time", this.light), desk.on("doc", this.later)];
    this.seen = new MutationObserver(this.later);
    for (const list of all("[data-lit]")) this.seen.observe(list, { childList: true, subtree: true });
    this.later();
  }
  end() {
    this.gone.abort(), this.seen.disconnect(), this.off.forEach((stop) => stop()), cancelAnimationFrame(this.soon);
  }
  later = () => {
    cancelAnimationFrame(this.soon);
    this.soon = requestAnimationFrame(() => {
      this.lists = all("[data-lit]").map((list) => all("[data-from]", list).map((element) => ({ element, from: span(element)[0], to: span(element)[1] })));
      const there = new Set(this.words().map((word) => this.name(word)));
      for (const name of this.marks.keys()) if (!there.has(name)) this.marks.delete(name);
      this.tell(), this.light();
    });
  };
  words = () => all("#words [data-from]");
  name = (word) => `${word.dataset.from}-${word.dataset.to}`;

  /** Light what is under the playhead. */
  light = () => {
    const frame = Math.round(desk.frame);
    for (const list of this.lists || []) {
      const on = list.find(({ from, to }) => from <= frame && frame < to)?.element, was = list.on;
      if (on === was) continue;
      was?.removeAttribute("data-on"), on?.setAttribute("data-on", ""), (list.on = on);
      if (on && desk.playing) on.scrollIntoView({ block: "nearest" });
    }
  };
  mark(word, out) {
    out ? this.marks.set(this.name(word), span(word)) : this.marks.delete(this.name(word));
    this.tell();
  }
  between(first, last) {
    const words = this.words(), [a, b] = [words.indexOf(first), words.indexOf(last)].sort((x, y) => x - y);
    words.slice(a, b + 1).forEach((word) => this.marks.set(this.name(word), span(word)));
    this.tell();
  }
  /** Show what is marked, and what it would come to. */
  tell() {
    for (const word of this.words()) word.toggleAttribute("data-out", this.marks.has(this.name(word)));
    const foot = document.getElementById("words-out"), count = this.marks.size;
    if (!foot) return;
    foot.hidden = !count;
    const frames = [...this.marks.values()].reduce((sum, [from, to]) => sum + to - from, 0);
    foot.querySelector("b").textContent = `${count} ${count === 1 ? "word" : "words"} out`;
    foot.querySelector(".num").textContent = `−${timecode(frames - (desk.doc?.first_frame || 0)).replace(/^(00:)+0?/, "")}`;
  }
  cut(ripple) {
    if (this.marks.size) this.props.onCut([...this.marks.values()], ripple), this.marks.clear(), this.tell();
  }

  down = (event) => {
    const word = this.props.editable && event.button === 0 && event.target.closest("#words [data-from]");
    if (word) (this.pulling = { word, last: word, moved: false }), event.preventDefault(), document.getElementById("words").focus();
  };
  over = (event) => {
    const word = this.pulling && event.target.closest("#words [data-from]");
    if (!word || word === this.pulling.last) return;
    (this.pulling.last = word), (this.pulling.moved = true), this.between(this.pulling.word, word);
  };
  up = () => setTimeout(() => (this.pulling = null));
  click = (event) => {
    const at = (selector) => event.target.closest(selector);
    const seek = at("[data-seek]"), word = at("#words [data-from]"), button = at("[data-words]"), split = at("[data-split]");
    if (seek) desk.seek(Number(seek.dataset.seek));
    if (word && !this.pulling?.moved) this.press(word, event);
    if (button) ({ ripple: () => this.cut(true), lift: () => this.cut(false), undo: () => (this.marks.clear(), this.tell()) })[button.dataset.words]();
    if (split) {
      const text = split.closest("[data-from]").querySelector("textarea");
      this.props.onSplit(Number(split.dataset.split), text.selectionStart, text.value);
    }
  };
  press(word, event) {
    if (event.shiftKey && this.here && this.props.editable) this.between(this.here, word);
    else if (this.marks.has(this.name(word))) this.mark(word, false);
    else desk.seek(span(word)[0]);
    this.here = word;
  }
  /** In the words: arrows go from word to word, with Shift they mark, Delete cuts out. */
  key = (event) => {
    if (event.target.closest("textarea, button")) return;
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key], words = this.words();
    if (!by && !["Delete", "Backspace", "Escape"].includes(event.key)) return;
    event.preventDefault(), event.stopPropagation();
    if (event.key === "Escape") return this.marks.clear(), this.tell();
    const at = words.findIndex((word) => span(word)[1] > desk.frame), here = words[at < 0 ? words.length - 1 : at];
    if (!by) return this.marks.size ? this.cut(true) : here && this.props.editable && this.mark(here, true);
    const next = words[Math.max(0, Math.min(words.length - 1, words.indexOf(here) + by))];
    if (!next) return;
    if (event.shiftKey && this.props.editable) this.mark(here, true), this.mark(next, true);
    (this.here = next), desk.seek(span(next)[0]), next.scrollIntoView({ block: "nearest" });
  };
  file = async (event) => {
    const ours = event.target.matches?.("[data-template-file]");
    const [file] = ours || event.target.matches?.("[data-captions-file]") ? event.target.files : [];
    if (!file) return;
    (ours ? this.props.onTemplate : this.props.onFile)(file.name, file.size > MOST_LETTERS ? "" : await file.text());
    event.target.value = "";
  };
}

export function InkWords(props) {
  const reader = useRef(null);
  useEffect(() => {
    const made = (reader.current = new Reader(props));
    return () => made.end();
  }, [props.view]);
  useEffect(() => void (reader.current.props = props));
  return null;
}
