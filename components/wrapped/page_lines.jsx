// Lines of a script in the page: paragraphs <p data-kind> in and out, the caret, and what Enter, Tab and a typed mark do.
// Pointer and clock only: it knows how screenwriters type; what a text means is read by the server.
const ENTER = { scene_heading: "action", character: "dialogue", parenthetical: "dialogue", dialogue: "character", transition: "scene_heading", section: "synopsis" };
const LEAVE = { scene_heading: "action", character: "action", parenthetical: "dialogue", dialogue: "action", transition: "action", lyrics: "action" };
const TAB = { action: "character", character: "transition", transition: "scene_heading", scene_heading: "action", dialogue: "parenthetical", parenthetical: "dialogue", lyrics: "dialogue" };
const TAB_ON = { action: "character", character: "parenthetical", dialogue: "parenthetical", parenthetical: "dialogue", transition: "scene_heading" };
const BACK = { character: "action", transition: "character", scene_heading: "transition", parenthetical: "dialogue", dialogue: "character", action: "scene_heading" };
const HEADING = /^(?:(?:int|ext|est|int\.?\/ext|ext\.?\/int|i\.?\/e)\.|(?:int\/ext|i\/e) )/i;
// What a mark at the start of a line makes of it, and how many letters of it go.
const MARKS = [[HEADING, "scene_heading", 0], [/^\.(?=[\p{L}\p{N}])/u, "scene_heading", 1], [/^@(?=.)/, "character", 1], [/^~/, "lyrics", 1], [/^> ?(?=.)/, "transition", 0], [/^#{1,6} /, "section", 0], [/^= /, "synopsis", 2], [/^\[\[[^]*\]\]$/, "note", 0], [/^[^\p{Ll}]*\p{Lu} ?TO:$/u, "transition", 0], [/^={3,}$/, "page_break", 0]];
const CAPS = new Set(["scene_heading", "character", "transition"]);
const SPOKEN = new Set(["character", "parenthetical", "dialogue", "lyrics"]);
const escaped = (t) => t.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

export const caps = (p) => CAPS.has(p.dataset.kind);

// Text

export function textOf(node) {
  let text = "";
  for (const child of node.childNodes) text += child.nodeType === 3 ? child.data : child.nodeName === "BR" ? "\n" : textOf(child);
  return text;
}
export const said = (p) => {
  const text = textOf(p);
  return p.lastChild?.nodeName === "BR" ? text.slice(0, -1) : text;
};
const inline = (text) =>
  escaped(text)
    .replace(/\[\[[^]*?\]\]/g, "<mark>$&</mark>")
    .replace(/(?<![\\*])(\*{1,3})(?=[^\s*])([^*\n]*[^\s*\\])\1(?!\*)/g, (all, m) => (m.length === 1 ? `<i>${all}</i>` : m.length === 2 ? `<b>${all}</b>` : `<b><i>${all}</i></b>`))
    .replace(/(?<![\\\p{L}\p{N}_])_(?=\S)[^_\n]*[^\s_\\]_(?![\p{L}\p{N}_])/gu, "<u>$&</u>");
export function say(p, text) {
  const html = inline(text) + (!text || text.endsWith("\n") ? "<br>" : "");
  if (p.innerHTML !== html) p.innerHTML = html;
}
export function made({ k, t, n = "", s = "" }) {
  const p = document.createElement("p");
  p.dataset.kind = k;
  if (n) p.dataset.number = n;
  if (s) p.dataset.side = s;
  say(p, t);
  return p;
}
export const line = (p) => ({ k: p.dataset.kind || "action", t: said(p), n: p.dataset.number || "", s: p.dataset.side || "" });
/** As the server will keep it: spaces at the ends of rows, just typed before the next word, say nothing. */
const settled = (l) => ({ ...l, t: l.t.replace(/[ \t\u00a0]+$/gm, "").replace(l.k === "action" ? /^\n+|\n+$/g : /^\s+|\s+$/g, "") });
export const lines = (host) => [...host.children].map((p) => settled(line(p))).filter((l) => l.t.trim());

/** Make a host say these lines; paragraphs that say so already stay, with the caret in them. */
export function put(host, wanted) {
  const same = (p, l) => JSON.stringify(settled(line(p))) === JSON.stringify(settled(l));
  const at = caret(host);
  let old = [...host.children], first = 0, last = 0;
  while (first < Math.min(old.length, wanted.length) && same(old[first], wanted[first])) first += 1;
  while (last < Math.min(old.length, wanted.length) - first && same(old[old.length - 1 - last], wanted[wanted.length - 1 - last])) last += 1;
  old.slice(first, old.length - last).forEach((p) => p.remove());
  const before = host.children[first] || null;
  wanted.slice(first, wanted.length - last).forEach((l) => host.insertBefore(made(l), before));
  if (!host.children.length) host.append(made({ k: "action", t: "" }));
  if (at && !at.p.isConnected) place(host.children[Math.min(at.index, host.children.length - 1)], at.offset);
}

// Caret

export function lineAt(node) {
  const at = node?.nodeType === 1 ? node : node?.parentElement;
  return at?.closest?.(".ed > p") || null;
}
const before = (p, node, offset) => {
  const range = document.createRange();
  range.setStart(p, 0);
  range.setEnd(node, offset);
  return textOf(range.cloneContents()).length;
};
export function caret(host) {
  const picked = getSelection();
  const p = picked.rangeCount ? lineAt(picked.focusNode) : null;
  if (!p || p.parentElement !== host) return null;
  return { p, index: [...host.children].indexOf(p), offset: before(p, picked.focusNode, picked.focusOffset) };
}
/** Both ends of a selection in a host, in order: paragraphs and places in their text. */
export function chosen(host) {
  const range = getSelection().rangeCount ? getSelection().getRangeAt(0) : null;
  const whole = range?.startContainer === host || range?.endContainer === host;
  const from = whole ? host.children[Math.min(range.startContainer === host ? range.startOffset : 0, host.children.length - 1)] : lineAt(range?.startContainer);
  const to = whole ? host.children[Math.max(0, (range.endContainer === host ? range.endOffset : host.children.length) - 1)] : lineAt(range?.endContainer);
  if (from?.parentElement !== host || to?.parentElement !== host) return null;
  const left = whole ? 0 : before(from, range.startContainer, range.startOffset);
  return { from, to, left, right: whole ? said(to).length : before(to, range.endContainer, range.endOffset) };
}
function spot(p, offset) {
  const walk = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; offset -= node.length, node = walk.nextNode()) if (offset <= node.length) return [node, Math.max(0, offset)];
  return p.lastChild?.nodeType === 3 ? [p.lastChild, p.lastChild.length] : [p, 0];
}
export function place(p, offset, until = offset) {
  p.closest(".ed").focus({ preventScroll: true });
  const [node, at] = spot(p, offset), [end, to] = until === offset ? [node, at] : spot(p, until);
  getSelection().setBaseAndExtent(node, at, end, to);
}
export function rangeIn(p, left, right) {
  const range = document.createRange();
  range.setStart(...spot(p, left));
  range.setEnd(...spot(p, right));
  return range;
}

// Changing

export function turn(p, kind) {
  if (p.dataset.kind === kind) return;
  const at = caret(p.parentElement), within = kind === "parenthetical";
  let text = said(p);
  if (p.dataset.kind === "parenthetical") text = text.replace(/^\(|\)$/g, "");
  if (CAPS.has(kind)) text = text.toUpperCase();
  if (within && !text.startsWith("(")) text = `(${text})`;
  p.dataset.kind = kind;
  say(p, text);
  if (at?.p === p) place(p, Math.min(within ? at.offset + 1 : at.offset, within ? text.length - 1 : text.length));
}
/** Put text (no paragraphs) in the place of what is selected. */
export function splice(host, text) {
  const at = chosen(host);
  if (!at) return;
  const head = said(at.from).slice(0, at.left), tail = said(at.to).slice(at.right);
  for (let p = at.from; p !== at.to; ) {
    const next = p.nextElementSibling;
    if (p !== at.from) p.remove();
    p = next;
  }
  if (at.to !== at.from) at.to.remove();
  say(at.from, head + text + tail);
  place(at.from, at.left + text.length);
}
/** Join a line with the one before it; the caret stands where they meet. */
export function join(p) {
  const above = p.previousElementSibling;
  if (!above) return;
  const text = said(above), more = said(p);
  if (!text) above.replaceWith(p);
  else {
    say(above, text + more);
    p.remove();
  }
  place(text ? above : p, text.length);
}
export function enter(host) {
  splice(host, "");
  const { p, offset } = caret(host) || {};
  if (!p) return;
  const text = said(p), kind = p.dataset.kind;
  if (!text.replace(/^\(\)$/, "") && LEAVE[kind] && p.previousElementSibling) {
    p.dataset.kind = LEAVE[kind];
    say(p, "");
    return place(p, 0);
  }
  const within = kind === "parenthetical" && offset === text.length - 1 && text.endsWith(")");
  const ends = offset === text.length || within;
  const next = made({ k: ends ? ENTER[kind] || "action" : kind === "scene_heading" || kind === "character" ? ENTER[kind] : kind, t: ends ? "" : text.slice(offset) });
  if (!offset && text) {
    p.before(made({ k: kind === "scene_heading" ? "action" : kind, t: "" }));
    return place(p, 0);
  }
  if (!ends) say(p, text.slice(0, offset));
  p.after(next);
  place(next, 0);
}
export function tab(host, back) {
  const { p } = caret(host) || {};
  if (!p) return;
  const text = said(p), kind = p.dataset.kind;
  if (back) return turn(p, BACK[kind] || "action");
  if (kind === "scene_heading" && text) return text.includes(" - ") ? place(p, text.length) : splice(host, " - ");
  if (!text.replace(/^\(\)$/, "")) return turn(p, TAB[kind] || "action");
  const next = made({ k: TAB_ON[kind] || "action", t: TAB_ON[kind] === "parenthetical" ? "()" : "" });
  p.after(next);
  place(next, TAB_ON[kind] === "parenthetical" ? 1 : 0);
}
/** What has just been typed into a line: marks and capitals make it what it is, emphasis is shown. */
export function settle(p) {
  const text = said(p), kind = p.dataset.kind;
  if (kind === "dialogue" && text === "(") {
    p.dataset.kind = "parenthetical";
    say(p, "()");
    return place(p, 1);
  }
  const rule = kind === "action" || (kind === "character" && /TO:$|^int\.|^ext\./i.test(text)) ? MARKS.find(([mark]) => mark.test(text)) : null;
  const centred = kind === "transition" && /^> ?[^]*<$/.test(text);
  if (rule || centred) {
    const at = caret(p.parentElement);
    p.dataset.kind = centred ? "centered" : rule[1];
    const cut = centred ? text.length - text.replace(/^> ?/, "").length : rule[2];
    const left = (centred ? text.slice(0, -1) : text).slice(cut).trimStart();
    say(p, caps(p) && !text.startsWith("@") ? left.toUpperCase() : left);
    if (at) place(p, Math.max(0, at.offset - cut));
  } else if (/[*_[\]]/.test(text) || p.children.length) {
    const at = caret(p.parentElement);
    const had = p.innerHTML;
    say(p, text);
    if (at?.p === p && p.innerHTML !== had) place(p, at.offset);
  }
}

/** Lines out of what another program copied, by how scripts are set. */
export function pasted(text) {
  const rows = text.replace(/\r\n?|\u2028|\u2029/g, "\n").replace(/\u00a0/g, " ").split("\n").map((row) => row.replace(/\s+$/, ""));
  const found = [];
  let speaks = false;
  rows.forEach((row, i) => {
    const bare = row.trim();
    const add = (k, t) => found.push({ k, t, n: "", s: "" });
    if (!bare) speaks = false;
    else if (HEADING.test(bare)) add("scene_heading", bare.toUpperCase()), (speaks = false);
    else if (/^[^\p{Ll}]+TO:$/u.test(bare)) add("transition", bare), (speaks = false);
    else if (speaks) add(/^\(.*\)$/.test(bare) ? "parenthetical" : "dialogue", bare);
    else if (/^@.|^[^\p{Ll}]*\p{Lu}[^\p{Ll}:!?]*(\([^)]*\))?$/u.test(bare) && bare.length < 40 && rows[i + 1]?.trim()) add("character", bare.replace(/^@/, "")), (speaks = true);
    else add("action", row);
    const [above, last] = found.slice(-2);
    if (last && above && bare && rows[i - 1]?.trim() && above.k === last.k && (last.k === "action" || last.k === "dialogue")) {
      above.t += `\n${last.t}`;
      found.pop();
    }
  });
  return found;
}
export function insert(host, found) {
  splice(host, "");
  const { p, offset } = caret(host) || {};
  if (!p) return;
  const tail = said(p).slice(offset), rest = tail ? [made({ k: p.dataset.kind, t: tail })] : [];
  const fresh = found.map(made);
  say(p, said(p).slice(0, offset));
  p.after(...fresh, ...rest);
  if (!said(p)) p.remove();
  place(fresh.at(-1), said(fresh.at(-1)).length);
}
/** What is selected as text for other programs: a blank line between paragraphs, none within a speech. */
export function copied(host) {
  const at = chosen(host);
  if (!at) return "";
  const all = [...host.children], within = all.slice(all.indexOf(at.from), all.indexOf(at.to) + 1);
  return within.map((p, i) => {
    const text = said(p).slice(p === at.from ? at.left : 0, p === at.to ? at.right : undefined);
    return (i ? (SPOKEN.has(p.dataset.kind) && p.dataset.kind !== "character" ? "\n" : "\n\n") : "") + text;
  }).join("");
}
