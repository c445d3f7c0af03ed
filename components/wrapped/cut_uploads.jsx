// Files on their way into the bin: dropped or picked, sent in pieces from wherever the studio has them, paused, given up. What was begun goes on
// while one walks through the rooms; what was broken off is listed, and goes on where it was when it is picked again. What a file is, the studio says.
import { useEffect, useReducer, useRef } from "react";
import { Pause, Play, X } from "lucide-react";

const PIECE = 4 << 20, LARGE = 256 << 20, MOST_PIECE = 8 << 20, HASHED = 64 << 20, AT_ONCE = 2, RETRIES = 3, LOOK_MS = 1200, OFFLINE_MS = 15000, KEPT = "inkreel-uploads";
const lines = [], hears = new Set();
const tell = () => hears.forEach((hear) => hear());
const wait = (ms) => new Promise((next) => setTimeout(next, ms));
const key = (line) => `${line.project}/${line.file.name}/${line.file.size}/${line.file.lastModified}`;

function kept(change) {
  try {
    const all = JSON.parse(localStorage.getItem(KEPT) || "{}");
    if (change) change(all), localStorage.setItem(KEPT, JSON.stringify(all));
    return all;
  } catch {
    return {}; // a browser that keeps nothing begins anew
  }
}
async function hashOf(file) {
  if (file.size > HASHED || !crypto.subtle) return "";
  const hash = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
/** What the studio answers: {status, data, error, offset}; status 0 is no answer. */
async function ask(method, path, body, headers = {}, signal) {
  const json = body && !(body instanceof Blob);
  try {
    const answer = await fetch(`/api/v1${path}`, { method, signal, body: json ? JSON.stringify(body) : body, headers: { ...(json && { "Content-Type": "application/json" }), ...headers } });
    const said = answer.status === 204 ? {} : await answer.json();
    return { status: answer.status, ...said, after: Number(answer.headers.get("Retry-After")), offset: Number(answer.headers.get("Upload-Offset")) };
  } catch (error) {
    if (error.name === "AbortError") throw error;
    return { status: 0 };
  }
}

class Line {
  state = "waits"; sent = 0; told = ""; id = ""; since = 0; before = 0;
  constructor(project, file, folder, id = "") {
    Object.assign(this, { project, file, folder, id, again: id, halt: new AbortController() });
  }
  become = (state, told = "") => (Object.assign(this, { state, told }), tell());
  /** Ask until there is an answer: three times soon, then when the browser is online again or a while has passed. */
  async answered(...asked) {
    for (let tries = 0; ; tries++) {
      const answer = await ask(...asked, this.halt.signal);
      if (answer.status === 401 || (answer.status && answer.status < 500 && answer.status !== 429)) return answer;
      if (this.halt.signal.aborted) throw new DOMException("halted", "AbortError");
      if (tries < RETRIES || answer.after) await wait(1000 * answer.after || 500 * 2 ** tries);
      else {
        this.become("offline", "The studio does not answer. It goes on by itself.");
        await Promise.race([wait(OFFLINE_MS), new Promise((next) => addEventListener("online", next, { once: true }))]);
        if (this.halt.signal.aborted) throw new DOMException("halted", "AbortError");
        this.become("sends");
      }
    }
  }
  async run() {
    this.become("sends");
    try {
      if (!(await this.begun())) return;
      while (this.sent < this.file.size) if (!(await this.piece())) return;
      const done = await this.answered("POST", `/uploads/${this.id}/finish`, undefined, {});
      if (done.error) return this.refused(done.error.message);
      await this.settled();
    } catch (error) {
      if (error.name !== "AbortError") this.refused("This file cannot be read any more. Choose it again.");
    }
  }
  /** Where the studio has it up to; a new upload where it knows of none. */
  async begun() {
    const known = this.id || kept()[key(this)];
    const found = known ? await this.answered("GET", `/uploads/${known}`, undefined, {}) : {};
    if (this.again && found.data?.offset && !(await this.same(found.data))) return this.refused(`This is another file than the ${found.data.name} that was begun. Choose that one, or throw away what came of it.`), false;
    if (found.data && ["open", "handed"].includes(found.data.state)) return kept((all) => (all[key(this)] = found.data.id)), this.at(found.data);
    const sha256 = await hashOf(this.file), { name, size } = this.file;
    const begun = await this.answered("POST", `/projects/${this.project}/uploads`, { name, size, sha256, folder: this.folder }, {});
    if (begun.error) return this.refused(begun.error.message), false;
    kept((all) => (all[key(this)] = begun.data.id));
    return this.at(begun.data);
  }
  /** Whether a file that was chosen again begins as what has come of it. */
  async same({ id, size }) {
    const { data } = await this.answered("GET", `/uploads/${id}/beginning`, undefined, {});
    return size === this.file.size && data && data.sha256 === (await hashOf(this.file.slice(0, data.size)));
  }
  at({ id, offset, state }) {
    Object.assign(this, { id, sent: offset, since: Date.now(), before: offset });
    if (state === "open") return true;
    state === "done" ? this.over() : this.settled();
    return false;
  }
  async piece() {
    const size = this.file.size > LARGE ? MOST_PIECE : PIECE, part = this.file.slice(this.sent, this.sent + size);
    const answer = await this.answered("PATCH", `/uploads/${this.id}`, part, { "Upload-Offset": String(this.sent), "Content-Type": "application/octet-stream" });
    if (answer.status === 409 && !Number.isNaN(answer.offset)) this.sent = answer.offset;
    else if (answer.error) return this.refused(answer.error.message), false;
    else this.sent = answer.data.offset;
    tell();
    return true;
  }
  /** It has arrived: what becomes of it, the job says. */
  async settled() {
    this.become("read");
    for (;;) {
      const { data, error } = await this.answered("GET", `/uploads/${this.id}`, undefined, {});
      if (error) return this.refused(error.message);
      if (data.state === "done") return this.over();
      if (data.state === "refused") return this.refused(data.problem);
      await wait(LOOK_MS);
    }
  }
  forget = () => kept((all) => delete all[key(this)]);
  refused = (told) => (this.forget(), this.become("refused", told), next(), hears.forEach((hear) => hear.came?.()));
  over() {
    this.forget(), lines.splice(lines.indexOf(this), 1), tell(), next();
    hears.forEach((hear) => hear.came?.());
  }
  pause() {
    this.halt.abort(), this.become("paused"), next();
  }
  goOn() {
    this.halt = new AbortController(), this.become("waits"), next();
  }
  drop() {
    this.halt.abort(), this.forget();
    if (this.id && this.state !== "refused") ask("DELETE", `/uploads/${this.id}`, undefined, {});
    lines.splice(lines.indexOf(this), 1), tell(), next();
  }
  get share() {
    return this.file.size ? this.sent / this.file.size : 0;
  }
  get words() {
    if (this.state !== "sends") return { waits: "Waits", paused: `Paused at ${Math.floor(this.share * 100)} %`, read: "Being read" }[this.state] || "";
    const pace = (this.sent - this.before) / (Date.now() - this.since), left = Math.ceil((this.file.size - this.sent) / pace / 1000);
    return `${Math.floor(this.share * 100)} %${Number.isFinite(left) && left > 2 ? ` · ${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}` : ""}`;
  }
}
function next() {
  const busy = lines.filter((line) => ["sends", "offline"].includes(line.state)).length;
  lines.filter((line) => line.state === "waits").slice(0, Math.max(0, AT_ONCE - busy)).forEach((line) => line.run());
}
function bring({ project, begun }, files, id) {
  const known = (file) => id || begun.find(({ name, size }) => name === file.name && size === file.size)?.id;
  for (const [file, folder] of files) if (!lines.some((line) => line.project === project && line.file.name === file.name && line.file.size === file.size)) lines.push(new Line(project, file, folder, known(file)));
  tell(), next();
}
/** The files of what was dropped, those of folders with the folder's name. */
async function dropped(transfer) {
  const out = [], walk = async (entry, folder) => {
    if (entry.isFile) out.push([await new Promise((good, bad) => entry.file(good, bad)), folder]);
    for (let reader = entry.isDirectory && entry.createReader(), some; reader; ) {
      some = await new Promise((good, bad) => reader.readEntries(good, bad));
      if (!some.length) break;
      for (const each of some) if (!each.name.startsWith(".")) await walk(each, folder || entry.name);
    }
  };
  const plain = [...transfer.files].map((file) => [file, ""]), entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  for (const entry of entries) await walk(entry, "");
  return entries.length ? out : plain;
}

export function InkUploads({ children, project, begun, editable, onCame, className, label }) {
  const box = useRef(null), [, again] = useReducer((n) => n + 1, 0), props = useRef(null);
  props.current = { project, begun, editable, onCame };
  useEffect(() => {
    const hear = Object.assign(() => again(), { came: () => props.current.onCame?.() });
    hears.add(hear);
    return () => void hears.delete(hear);
  }, []);
  useEffect(() => {
    const pane = box.current, files = (e) => props.current.editable && e.dataTransfer?.types.includes("Files"), lit = (on) => pane.classList.toggle("drops", on);
    const acts = {
      dragover: (e) => files(e) && (e.preventDefault(), (e.dataTransfer.dropEffect = "copy"), lit(true)),
      dragleave: (e) => pane.contains(e.relatedTarget) || lit(false),
      drop: (e) => files(e) && (e.preventDefault(), lit(false), dropped(e.dataTransfer).then((found) => bring(props.current, found))),
      change: (e) => e.target.matches?.("input[type=file]") && (bring(props.current, [...e.target.files].map((file) => [file, ""]), e.target.dataset.upload), (e.target.value = "")),
    };
    Object.entries(acts).forEach(([name, act]) => pane.addEventListener(name, act));
    return () => Object.entries(acts).forEach(([name, act]) => pane.removeEventListener(name, act));
  }, []);
  const mine = lines.filter((line) => line.project === project), left = editable ? begun.filter(({ id }) => !mine.some((line) => line.id === id && line.state !== "refused")) : [];
  return (
    <section ref={box} className={className} aria-label={label}>
      {children}
      {mine.length + left.length > 0 && (
        <ul className="coming" aria-label="Files on their way in">
          {mine.map((line) => (
            <li key={key(line)} data-state={line.state}>
              <b className="cut1" title={line.file.name}>{line.file.name}</b>
              <span className="q num">{line.words}</span>
              {["sends", "waits"].includes(line.state) && <button type="button" title="Pause" aria-label={`Pause ${line.file.name}`} onClick={() => line.pause()}><Pause className="i s14" aria-hidden /></button>}
              {line.state === "paused" && <button type="button" title="Go on" aria-label={`Go on with ${line.file.name}`} onClick={() => line.goOn()}><Play className="i s14" aria-hidden /></button>}
              {line.state !== "read" && <button type="button" title={line.state === "refused" ? "Close" : "Give up"} aria-label={`Give up ${line.file.name}`} onClick={() => line.drop()}><X className="i s14" aria-hidden /></button>}
              {line.told ? <p role="status">{line.told}</p> : <progress value={line.state === "read" ? undefined : line.share} aria-label={line.file.name} />}
            </li>
          ))}
          {left.map(({ id, name, told }) => (
            <li key={id} data-state="left">
              <b className="cut1" title={name}>{name}</b>
              <label className="btn s">Go on<input type="file" className="sr" data-upload={id} aria-label={`Choose ${name} again to go on`} /></label>
              <button type="button" title="Throw away" aria-label={`Throw away ${name}`} onClick={() => ask("DELETE", `/uploads/${id}`).then(onCame)}><X className="i s14" aria-hidden /></button>
              <p>{told} came. Choose the file again to go on.</p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
