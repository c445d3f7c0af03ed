// The strokes of one panel: those the server has, and those on their way. What is drawn goes into IndexedDB at once, is sent in small
// batches, and leaves the queue only when it is acknowledged; after a lost line or a reload what is left is sent again.
const db = {}, SOON_MS = 120, MOST_OPS = 100, MOST_BYTES = 300000, LEAVING_BYTES = 50000, LONGEST_MS = 5000;
const uuid = () => [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("").replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
const opened = () => new Promise((good, bad) => {
  const asked = indexedDB.open("inkreel-strokes", 1), onupgradeneeded = () => asked.result.createObjectStore("queue", { keyPath: ["panel", "client", "number"] });
  Object.assign(asked, { onupgradeneeded, onsuccess: () => good(asked.result), onerror: () => bad(asked.error) });
}), key = (each) => [each.panel, each.client, each.number];
async function kept(mode, act) {
  const all = (await (db.base ||= opened())).transaction("queue", mode);
  return new Promise((good, bad, asked = act(all.objectStore("queue"))) => {
    Object.assign(all, { oncomplete: () => good(asked?.result), onerror: () => bad(all.error), onabort: () => bad(all.error) });
  });
}

export class Journal {
  /** `told` hears (what came in order, whether all must be shown anew) after every change. */
  constructor(panel, me, told) {
    Object.assign(this, { panel, me, told, client: uuid(), number: 0, entries: [], names: new Set(), queue: [], wait: 0, gone: new AbortController() });
    addEventListener("online", () => (this.pull(), this.push()), { signal: this.gone.signal });
    addEventListener("pagehide", () => this.push(true), { signal: this.gone.signal });
  }
  async open() {
    const left = await kept("readonly", (store) => store.getAll(IDBKeyRange.bound([this.panel], [this.panel, []]))).catch(() => []);
    this.queue = [...left.filter((each) => each.by === this.me).sort((a, b) => a.at - b.at || a.number - b.number), ...this.queue];
    await this.pull(true);
    this.push();
  }
  close = () => (this.push(true), this.gone.abort(), clearTimeout(this.timer));
  all = () => [...this.entries, ...this.queue.filter((each) => !this.names.has(each.name))];
  add(op) {
    const number = ++this.number, item = { panel: this.panel, client: this.client, number, name: `${this.client}.${number}`, by: this.me, at: Date.now(), op };
    this.queue.push(item);
    kept("readwrite", (store) => store.put(item)).catch(() => {}); // a browser that keeps nothing still sends it
    this.sign(), this.soon(SOON_MS);
    return item;
  }
  soon = (ms) => (clearTimeout(this.timer), (this.timer = setTimeout(() => this.push(), ms)));
  async push(leaving = false) {
    const batch = this.batch(leaving ? LEAVING_BYTES : MOST_BYTES);
    if ((this.busy && !leaving) || this.refused || !batch.length) return this.sign();
    this.busy = true;
    const body = JSON.stringify({ client: batch[0].client, first_client_seq: batch[0].number, ops: batch.map((each) => each.op) });
    try {
      const answer = await fetch(`/api/v1/panels/${this.panel}/strokes`, { method: "POST", body, headers: { "Content-Type": "application/json" }, keepalive: leaving });
      const { data, error } = await answer.json();
      if (answer.ok) await this.acknowledged(batch, data);
      else if (answer.status === 409 && error.code.startsWith("strokes_")) this.renamed();
      else if ([401, 403, 404, 422].includes(answer.status)) this.refused = error.message;
      else throw { told: answer.status === 429 ? error.message : "", after: answer.headers.get("Retry-After") };
      Object.assign(this, { wait: 0, why: "" });
    } catch ({ told, after }) {
      Object.assign(this, { wait: 1000 * after || Math.min(LONGEST_MS, this.wait * 2 || 500), why: told });
    }
    (this.busy = false), this.sign();
    if (this.queue.length && !this.gone.signal.aborted) this.soon(this.wait || 1);
  }
  /** The head of the queue: ops of one client, in order. */
  batch(most) {
    let size = 0;
    const other = this.queue.findIndex((each, i) => each.client !== this.queue[0].client || i >= MOST_OPS || ((size += JSON.stringify(each.op).length) > most && i > 0));
    return this.queue.slice(0, other < 0 ? undefined : other);
  }
  async acknowledged(batch, { client_seq, first_seq, stored, at }) {
    if (stored === batch.length && first_seq === this.entries.length + 1) batch.forEach((each, i) => this.take({ ...each, seq: first_seq + i, at }));
    else await this.pull(true);
    const safe = new Set(batch.filter((each) => each.number <= client_seq && this.names.has(each.name)));
    this.queue = this.queue.filter((each) => !safe.has(each));
    this.saved = at;
    kept("readwrite", (store) => safe.forEach((each) => store.delete(key(each)))).catch(() => {});
    this.told([], false);
  }
  /** The server misses strokes that are not here, or has others by these names: what is left goes by new names. */
  renamed() {
    const old = this.queue, client = uuid(), names = new Map(old.map((each, i) => [each.name, `${client}.${i + 1}`])), now = (name) => names.get(name) || name;
    const anew = (op) => ({ ...op, ...(op.of && { of: now(op.of) }), ...(op.marks && { marks: op.marks.map(now) }) });
    this.queue = old.map((each, i) => ({ ...each, client, number: i + 1, name: now(each.name), op: anew(each.op) }));
    Object.assign(this, { client, number: old.length });
    kept("readwrite", (store) => (old.forEach((each) => store.delete(key(each))), this.queue.forEach((each) => store.put(each)))).catch(() => {});
    this.told([], true);
  }
  /** Whether everything is stored, after a little patience. */
  async settled() {
    for (let i = 0; i < 200 && this.queue.length; i++) await new Promise((next) => setTimeout(next, 50));
    return !this.queue.length;
  }
  /** The studio adds something to what is drawn; why it does not, or nothing. */
  async ask(what, body) {
    if (!(await this.settled())) return "Not everything is saved yet. Try again in a moment.";
    const answer = await fetch(`/api/v1/panels/${this.panel}/${what}`, { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" } }).catch(() => null);
    if (!answer?.ok) return answer ? (await answer.json()).error.message : "The studio does not answer. Try again in a moment.";
    await this.pull();
    return "";
  }
  take = (entry) => (this.entries.push(entry), this.names.add(entry.name));
  /** Fetch what others have drawn, and what this page has not seen yet. */
  async pull(anew = false) {
    if (this.pulling) return this.pulling;
    const news = await (this.pulling = this.fetched().catch(() => (setTimeout(() => this.gone.signal.aborted || this.pull(true), LONGEST_MS), [])));
    this.pulling = null;
    if (news.length || anew) this.told(news, anew || this.queue.length > 0);
    this.sign();
  }
  async fetched() {
    const news = [];
    for (let more = true; more; ) {
      const answer = await fetch(`/api/v1/panels/${this.panel}/strokes?after=${this.entries.length}`);
      if (!answer.ok) throw new Error(answer.status);
      const { entries, more: left } = (await answer.json()).data;
      const next = entries.filter((each) => each.seq > this.entries.length);
      next.forEach((each) => (this.take(each), news.push(each)));
      this.saved = this.entries.at(-1)?.at;
      more = left && next.length > 0;
    }
    return news;
  }
  /** Never more than the server has acknowledged. */
  sign() {
    const sign = document.getElementById("draw-saved"), waiting = this.queue.length, late = this.wait || this.refused || !navigator.onLine, { length } = this.entries;
    const many = `${waiting.toLocaleString("en")} stroke${waiting === 1 ? "" : "s"} not saved yet${this.refused || this.why ? `: ${this.refused || this.why}` : late ? ", trying again" : ""}`;
    const words = waiting ? many : length ? `Saved ${new Date(this.saved).toTimeString().slice(0, 8)}, stroke ${length.toLocaleString("en")}` : "Nothing drawn yet";
    if (sign && sign.lastChild.textContent !== words) (sign.dataset.state = waiting ? (late ? "bad" : "busy") : "ok"), (sign.lastChild.textContent = words);
  }
}
