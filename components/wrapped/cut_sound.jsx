// The sound of a cut while it plays: every clip at its sample, through its track to the master, and the meters. It is also the clock of the
// picture. Short sounds are decoded whole and begin exactly; long ones, and those of films, are streamed and kept in step.
import { desk, valueAt } from "$/public/external/components/wrapped/cut_desk/cut_desk.jsx";
import { endOf, factorOf, nearly, placeOf } from "./cut_layers.jsx";

const AHEAD_S = 4, PUMP_MS = 400, SHORT_S = 60, MOST_BYTES = 256 << 20, FLOOR_DB = -60, PRESSED_DB = 24;
const { cos, max, min, PI, sin } = Math;
const volumeOf = (db) => (db <= FLOOR_DB ? 0 : 10 ** (db / 20));
const raised = (share) => 0.5 - 0.5 * cos(PI * min(1, max(0, share))), quarter = (share) => sin((PI / 2) * min(1, max(0, share)));

/** Seconds of a clip's medium; of one nobody has read yet, as far as the clip goes into it. */
const secondsOf = (clip) => (desk.media[clip.media]?.frames ?? placeOf(clip, clip.frames)) / desk.fps;

export class Sound {
  context = null; volume = 1; muted = false; playing = null; told = {}; buffers = new Map(); bytes = 0;
  constructor(project) {
    this.source = (sha) => `/api/v1/projects/${project}/media/${sha}`;
  }
  /** The context, and whether it runs; browsers let it run after the first gesture. */
  async wake() {
    if (!this.context) {
      this.context = new AudioContext({ latencyHint: "interactive" });
      this.master = this.context.createGain();
      const parts = this.context.createChannelSplitter(2);
      this.master.connect(this.context.destination), this.master.connect(parts);
      this.meters = { left: this.ear(parts, 0), right: this.ear(parts, 1) };
    }
    await Promise.race([this.context.resume(), new Promise((done) => setTimeout(done, 150))]);
    return this.context.state === "running";
  }
  ear = (from, channel = 0, ear = new AnalyserNode(this.context, { fftSize: 2048 })) => (from.connect(ear, channel), ear);
  end() {
    this.stop(), this.context?.close(), (this.context = null);
  }
  setVolume(volume, muted) {
    Object.assign(this, { volume, muted });
    this.master?.gain.setTargetAtTime(muted ? 0 : volume ** 2, this.context.currentTime, 0.015);
  }
  /** Seconds of the clock that what is heard now was made at; undefined while there is no sound. */
  now() {
    if (this.context?.state !== "running") return undefined;
    return this.context.currentTime - min(this.context.outputLatency || this.context.baseLatency || 0, 0.25);
  }
  /** Play from a frame; gives the second of `now` at which that frame is heard. */
  start(frame, speed) {
    this.stop();
    const context = this.context, at = context.currentTime + 0.03;
    this.setVolume(this.volume, this.muted);
    const play = (this.playing = { doc: desk.doc, frame, speed, at, tracks: this.wired(desk.doc), begun: new Set(), ends: [] }), { told } = this;
    this.dress(play), this.mix().then(() => this.playing === play && this.told !== told && this.dress(play));
    if (speed === 1 || speed === 2) this.pump(this.playing), (this.pumping = setInterval(() => this.playing && this.pump(this.playing), PUMP_MS));
    return at;
  }
  stop() {
    clearInterval(this.pumping);
    for (const end of this.playing?.ends || []) end();
    this.playing = null;
  }
  second = ({ frame, speed, at }, of) => at + (of - frame) / (desk.fps * speed);
  /** Tracks that are heard, each with its fader, its place, what ducks it. */
  wired(doc) {
    const audio = doc.tracks.filter((track) => track.kind === "audio" && !track.muted), solo = audio.filter((track) => track.solo);
    return (solo.length ? solo : audio).map((track) => {
      const into = this.context.createGain(), fader = this.context.createGain(), pan = this.context.createStereoPanner(), out = this.context.createGain();
      (fader.gain.value = volumeOf(track.gain_db || 0)), (pan.pan.value = track.pan || 0);
      fader.connect(pan).connect(out).connect(this.master);
      return { track, into, fader, pan, out, meter: null };
    });
  }
  /** How the studio says the tracks sound, by their ids; asked for anew when the cut is another. */
  mix({ id, revision } = desk, of = `${id} ${revision}`) {
    if (this.mixed !== of) (this.mixed = of), (this.coming = fetch(`/api/v1/timelines/${id}/mix`).then(async (answer) => (this.told = answer.ok ? (await answer.json()).data.tracks : this.told)).catch(() => ((this.mixed = ""), this.told)));
    return this.coming;
  }
  /** Turn faders and pans to those of another document; says whether that was all, so that it plays on. */
  turned(doc) {
    const same = (a = [], b = []) => a === b || (!a.length && !b.length), was = this.playing?.doc.tracks || [], { told, playing: play } = this, now = this.context?.currentTime;
    if (doc.tracks.length !== was.length || !doc.tracks.every((track, i) => track === was[i] || (track.id === was[i].id && same(track.clips, was[i].clips) && same(track.transitions, was[i].transitions) && !track.muted === !was[i].muted && !track.solo === !was[i].solo))) return false;
    for (const lane of play.tracks) (lane.track = doc.tracks.find(({ id }) => id === lane.track.id)), lane.fader.gain.setTargetAtTime(volumeOf(lane.track.gain_db || 0), now, 0.015), lane.pan.pan.setTargetAtTime(lane.track.pan || 0, now, 0.015);
    return (play.doc = doc), this.mix().then(() => this.playing === play && this.told !== told && this.dress(play)), true;
  }
  /** Lead every track through its tone and its compressor, and lay out the gain it has while it is ducked. */
  dress(play) {
    const { context } = this, now = max(play.at, context.currentTime), frame = play.frame + (now - play.at) * desk.fps * play.speed;
    for (const lane of play.tracks) {
      const { tone = [], compressor: press, duck = [], gain_db: base = 0 } = this.told[lane.track.id] || {}, cut = (kind) => kind.endsWith("_pass");
      const nodes = tone.map(({ kind, hertz, db, q }) => new BiquadFilterNode(context, { type: kind === "bell" ? "peaking" : kind.replace("_", ""), frequency: hertz, gain: db, Q: cut(kind) ? 20 * Math.log10(q) : q }));
      lane.press = press && new DynamicsCompressorNode(context, { threshold: press.threshold_db, ratio: press.ratio, knee: 0, attack: press.attack_ms / 1000, release: min(1, 10 / press.release_db_s) });
      if (press) nodes.push(lane.press, new GainNode(context, { gain: volumeOf(press.makeup_db + 0.6 * press.threshold_db * (1 - 1 / press.ratio)) })); // the node has made up for some itself
      lane.into.disconnect(), [...nodes, lane.fader].reduce((from, to) => from.connect(to), lane.into);
      const next = duck.findIndex(([at]) => at > frame), [[first, low], [last, high]] = next > 0 ? duck.slice(next - 1, next + 1) : [[0, 0], [1, 0]], db = low + ((high - low) * (frame - first)) / (last - first);
      lane.out.gain.cancelScheduledValues(0), lane.out.gain.setValueAtTime(10 ** ((db + base) / 20), now), (lane.base = base), (lane.points = next < 0 ? [] : duck.slice(next));
    }
  }
  /** Begin what is heard within the next seconds. */
  pump(play) {
    const from = play.frame + (this.context.currentTime - play.at) * desk.fps * play.speed, until = from + AHEAD_S * desk.fps * play.speed;
    for (const lane of play.tracks) {
      while (lane.points[0]?.[0] <= until) lane.out.gain.exponentialRampToValueAtTime(10 ** ((lane.points[0][1] + lane.base) / 20), this.second(play, lane.points.shift()[0]));
      for (const clip of lane.track.clips || []) {
        const span = this.span(lane.track, clip);
        if (play.begun.has(clip.id) || span.from > until || span.to <= from || clip.enabled === false || !clip.media) continue;
        play.begun.add(clip.id), this.begin(play, lane, clip, span);
      }
    }
  }
  /** The frames a clip is heard, with how many it goes over from the one before and into the one after. */
  span(track, clip) {
    const joins = track.transitions || [], first = joins.find((each) => each.at === clip.start), last = joins.find((each) => each.at === endOf(clip));
    return { from: clip.start - (first?.before || 0), to: endOf(clip) + (last?.after || 0), rise: first ? first.before + first.after : 0, fall: last ? last.before + last.after : 0 };
  }
  begin(play, lane, clip, span) {
    const factor = factorOf(clip), media = desk.media[clip.media] || {};
    if (factor <= 0 || clip.speed?.ramp) return; // backwards, still and ramped clips are heard in the finished film
    const gain = this.context.createGain(), pan = this.context.createStereoPanner();
    gain.connect(pan).connect(lane.into);
    this.automated(gain.gain, play, clip, span), this.automated(pan.pan, play, clip, span, (frame) => valueAt(clip.pan, frame - clip.start, 0));
    const short = media.kind === "audio" && secondsOf(clip) <= SHORT_S, pitch = factor !== 1 && clip.speed?.keep_pitch !== false;
    short && !pitch ? this.exactly(play, clip, span, gain, factor) : this.streamed(play, clip, span, gain, factor);
  }
  /** A level from frame to frame, as keys, fades and crossfades have it. */
  automated(parameter, play, clip, span, levelAt) {
    const own = (frame) => frame - clip.start, fades = { in: clip.fade_in || 0, out: clip.fade_out || 0 };
    const risen = (frame) => (span.rise ? quarter((frame - span.from) / span.rise) : fades.in ? raised(own(frame) / fades.in) : 1);
    const fallen = (frame) => (span.fall ? quarter((span.to - frame) / span.fall) : fades.out ? raised((endOf(clip) - frame) / fades.out) : 1);
    const level = levelAt || ((frame) => volumeOf(valueAt(clip.gain_db, own(frame), 0)) * risen(frame) * fallen(frame));
    const from = max(span.from, play.frame), now = this.second(play, from), frames = Math.ceil(span.to - from);
    const values = Float32Array.from({ length: frames + 1 }, (_, n) => level(from + n));
    if (values.length < 2 || values.every((value) => nearly(value, values[0], 1e-5))) return (parameter.value = values[0]);
    return parameter.setValueCurveAtTime(values, max(now, this.context.currentTime), frames / (desk.fps * play.speed));
  }
  async exactly(play, clip, span, into, factor) {
    const buffer = await this.buffer(clip.media).catch(() => null);
    if (!buffer || this.playing !== play) return;
    const node = this.context.createBufferSource(), rate = desk.fps * play.speed;
    Object.assign(node, { buffer }), (node.playbackRate.value = factor * play.speed), node.connect(into);
    const latest = play.frame + (this.context.currentTime + 0.005 - play.at) * rate, from = max(span.from, play.frame, latest);
    const offset = placeOf(clip, from - clip.start) / desk.fps;
    if (from >= span.to || offset >= buffer.duration) return;
    const lead = max(0, -offset) / (factor * play.speed), length = ((span.to - from) / desk.fps) * factor;
    node.start(this.second(play, from) + lead, max(0, offset), length);
    play.ends.push(() => (node.stop(), into.disconnect()));
  }
  /** Decoded sound; what was used longest ago goes when there is too much. */
  buffer(sha) {
    if (!this.buffers.has(sha)) {
      const coming = fetch(this.source(sha)).then((answer) => (answer.ok ? answer.arrayBuffer() : Promise.reject(answer.status))).then((data) => this.context.decodeAudioData(data));
      coming.then((buffer) => (this.bytes += buffer.length * buffer.numberOfChannels * 4), () => this.buffers.delete(sha));
      this.buffers.set(sha, coming);
    }
    const found = this.buffers.get(sha);
    this.buffers.delete(sha), this.buffers.set(sha, found);
    if (this.bytes > MOST_BYTES) this.forget([...this.buffers.keys()].find((each) => each !== sha));
    return found;
  }
  async forget(sha) {
    const gone = this.buffers.get(sha);
    this.buffers.delete(sha);
    const buffer = await gone?.catch(() => null);
    if (buffer) this.bytes -= buffer.length * buffer.numberOfChannels * 4;
  }
  /** Read what is heard first from a frame, so that playing begins at once. */
  ready(doc, frame) {
    if (!this.context) return;
    this.mix();
    for (const track of doc.tracks)
      for (const clip of (track.kind === "audio" && track.clips) || []) {
        if (endOf(clip) > frame && clip.start < frame + 10 * desk.fps && desk.media[clip.media]?.kind === "audio" && secondsOf(clip) <= SHORT_S) this.buffer(clip.media).catch(() => null);
      }
  }
  streamed(play, clip, span, into, factor) {
    const film = new Audio(this.source(clip.media)), node = this.context.createMediaElementSource(film);
    const wanted = (ahead = 0) => placeOf(clip, play.frame + (this.context.currentTime + ahead - play.at) * desk.fps * play.speed - clip.start) / desk.fps;
    const rate = factor * play.speed, to = this.second(play, span.to);
    node.connect(into), Object.assign(film, { preload: "auto", playbackRate: rate, preservesPitch: clip.speed?.keep_pitch !== false });
    film.currentTime = max(0, placeOf(clip, max(span.from, play.frame) - clip.start) / desk.fps);
    const step = () => {
      const now = this.context.currentTime, off = film.currentTime - wanted();
      if (now >= to) return stop();
      if (film.paused && now >= this.second(play, max(span.from, play.frame)) - 0.005) film.play().catch(() => null);
      else if (!film.paused && !film.seeking && Math.abs(off) > 0.3) film.currentTime = max(0, wanted(0.05));
      else if (!film.paused) film.playbackRate = Math.abs(off) > 0.012 ? rate * (1 - max(-0.08, min(0.08, off * 2))) : rate;
    };
    const beat = setInterval(step, 40);
    const stop = () => (clearInterval(beat), film.pause(), film.removeAttribute("src"), into.disconnect());
    step(), play.ends.push(stop);
  }
  /** How loud it is now, in dBFS: the peak of the last moment, by what a meter is for. */
  levels() {
    if (!this.context || !this.playing) return {};
    const peak = (ear) => {
      const samples = (this.samples ||= new Float32Array(2048));
      ear.getFloatTimeDomainData(samples);
      return 20 * Math.log10(max(1e-5, samples.reduce((most, each) => max(most, Math.abs(each)), 0)));
    };
    for (const lane of this.playing.tracks) if (!lane.meter && document.querySelector(`[data-meter="${CSS.escape(lane.track.id)}"]`)) lane.meter = this.ear(lane.out);
    const tracks = this.playing.tracks.filter((lane) => lane.meter).map((lane) => [lane.track.id, peak(lane.meter)]);
    for (const { track, press } of this.playing.tracks) if (press) tracks.push([`press-${track.id}`, FLOOR_DB * (1 + max(-1, press.reduction / PRESSED_DB))]); // how much is pressed down, as a share of the bar
    return Object.fromEntries([["master-left", peak(this.meters.left)], ["master-right", peak(this.meters.right)], ...tracks]);
  }
}
