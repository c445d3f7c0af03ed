// The picture of the cut: laid from its clips at once while it plays or is scrubbed, and the studio's own exact frame as soon as it rests.
// It fills #cut-frame; cut_transport.jsx is the clock, cut_sound.jsx the sound, cut_layers.jsx says what is seen and where.
import { useLayoutEffect } from "react";
import { desk } from "$/public/external/components/wrapped/cut_desk/cut_desk.jsx";
import { previews } from "$/public/external/components/wrapped/cut_previews/cut_previews.jsx";
import { BLENDS, captionAt, comingIn, cropOf, darkness, endOf, factorOf, filterOf, flips, frameOf, layersAt, mixed, placeOf, restOf, transformOf, windowAt } from "./cut_layers.jsx";
import { Sound } from "./cut_sound.jsx";
import { Transport } from "./cut_transport.jsx";

const REST_MS = 120, SOON_MS = 40, AHEAD_S = 2, MOST_AHEAD = 3, NARROWEST = 320, WIDEST = 1920, LETTERS = 1920;
const byId = (id) => document.getElementById(id);
const { abs, max, min, round } = Math;
const made = (tag, className, more = {}) => Object.assign(document.createElement(tag), { className, ...more });
const urlOf = (project, sha, size) => `/api/v1/projects/${project}/media/${sha}${size ? `?size=${size}` : ""}`;

/** One clip in the stage: a slot of the whole frame (transitions), in it the clip where it lies (crop), in that its picture. */
class Part {
  natural = [0, 0]; box = null;
  constructor(player, clip) {
    this.player = player, this.slot = made("div", "slot"), this.outer = this.slot.appendChild(made("div", "clip"));
    this.inner = this.outer.appendChild(this.picture(clip)), this.veil = this.outer.appendChild(made("i", "veil")), this.dark = this.outer.appendChild(made("i", "vignette"));
    player.stage.append(this.slot);
  }
  picture(clip) {
    const { media } = desk, known = media[clip.media], { project, full } = this.player;
    const film = (src) => ((this.film = made("video", "", { muted: true, playsInline: true, preload: "auto", src })), (this.film.onerror = () => this.lost(clip)), (this.film.onseeked = () => desk.playing || this.player.draw()), this.film);
    if (clip.film) return film(clip.film);
    if (clip.made?.kind === "solid") return made("div", "solid");
    if (clip.made?.kind === "text" || clip.made?.kind === "shape") return this.letters(clip);
    if (clip.made || !clip.media) return made("p", "none", { textContent: clip.made ? "" : `${clip.name}: no picture yet` });
    if (known) this.natural = [known.width, known.height];
    if (known?.kind !== "video") {
      const still = made("img", "", { src: urlOf(project, clip.media), alt: "", draggable: false });
      return (still.onload = () => ((this.natural = [still.naturalWidth, still.naturalHeight]), this.player.draw())), (still.onerror = () => this.lost(clip)), still;
    }
    return film(urlOf(project, clip.media, known.proxy && !full ? "proxy" : ""));
  }
  lost(clip) {
    const sign = made("p", "none", { textContent: `${clip.name}: cannot be shown` });
    this.inner.isConnected && this.inner.replaceWith(sign), (this.inner = sign), (this.film = null);
  }
  letters(clip) {
    const picture = made("img", "", { alt: "", draggable: false });
    this.player.lettered(clip).then((found) => {
      if (!found) return;
      (this.box = found.box), (picture.src = found.url), this.player.draw();
    });
    return picture;
  }
  /** Lay it as it is at its own frame. */
  lay({ clip, own, light, mix }, z, size) {
    const { slot, outer, inner } = this, doc = desk.doc, change = mixed(mix, size), crop = cropOf(clip);
    const rest = restOf(clip, size, doc.width, this.natural, this.box), shown = !(clip.made && !this.box && clip.made.kind !== "solid");
    Object.assign(slot.style, { zIndex: z, visibility: shown ? "visible" : "hidden", clipPath: change.clip, transform: change.move, mixBlendMode: BLENDS[clip.blend] || clip.blend || "normal", opacity: light * change.light });
    Object.assign(outer.style, { left: `${rest.x - rest.w / 2}px`, top: `${rest.y - rest.h / 2}px`, width: `${rest.w}px`, height: `${rest.h}px`, transform: transformOf(clip, own, size) });
    Object.assign(inner.style, { filter: filterOf(clip, own, size.height), ...this.within(clip, own, crop, rest) });
    if (clip.made?.kind === "solid") inner.style.background = clip.made.colour || "#000000";
    (this.veil.style.opacity = change.dip), (this.veil.style.background = mix?.colour || "");
    this.dark.style.opacity = darkness(clip);
  }
  /** The picture in its clip: cropped, or looked at through the window of a camera. */
  within(clip, own, crop, { w, h }) {
    const turned = flips(clip).map((across) => (across ? "scaleX(-1)" : "scaleY(-1)")).join(" "), whole = { left: 0, top: 0, width: "100%", height: "100%", objectFit: "fill", transform: turned };
    if (clip.motion) {
      const seen = windowAt(clip.motion, own, clip.frames, desk.fps), grown = 1 / seen.width;
      return { ...whole, objectFit: "cover", transformOrigin: "0 0", transform: `translate(${w * (0.5 - seen.x * grown)}px,${h * (0.5 - seen.y * grown)}px) scale(${grown})` };
    }
    return clip.crop ? { ...whole, left: `${(-crop.left / crop.across) * 100}%`, top: `${(-crop.top / crop.down) * 100}%`, width: `${100 / crop.across}%`, height: `${100 / crop.down}%` } : whole;
  }
  /** Bring a film to where it must be: running along with the clock, or standing there, also to wait until it is seen. */
  follow(clip, own, waits = false) {
    if (!this.film) return;
    const { film } = this, { speed, playing, fps } = desk, rate = clip.speed?.ramp ? 0 : factorOf(clip) * speed;
    const runs = !waits && playing && rate > 0 && rate <= 4 && own >= 0, at = max(0, (placeOf(clip, runs ? own : max(0, frameOf(own))) + (runs ? 0 : 0.5)) / fps);
    if (!runs) {
      if (!film.paused) film.pause();
      if (!film.seeking && abs(film.currentTime - at) > 0.4 / fps) film.currentTime = at;
      return;
    }
    const off = film.currentTime - at;
    if (abs(off) > 0.25 && !film.seeking) film.currentTime = at + (film.paused ? 0 : 0.04);
    if (film.paused && !film.ended) film.play().catch(() => null); // one that has ended would begin again
    film.playbackRate = rate * (abs(off) > 0.015 ? 1 - max(-0.2, min(0.2, off * 3)) : 1);
  }
  end() {
    if (this.film) this.film.pause(), this.film.removeAttribute("src"), this.film.load();
    this.slot.remove();
  }
}

class Player {
  parts = new Map(); drawn = new Map(); url = ""; quality = localStorage.getItem("cut-quality") || "proxy";
  constructor(project) {
    const { signal } = (this.gone = new AbortController());
    Object.assign(this, { project, frame: byId("cut-frame"), stage: byId("cut-layers"), exact: byId("cut-exact"), sound: new Sound(project) });
    this.transport = new Transport(this.sound);
    this.sized = new ResizeObserver(this.fit), this.sized.observe(byId("cut-view"));
    this.off = [desk.on("doc", this.changed), desk.on("time", this.moved), desk.on("play", this.moved), desk.on("trim", this.trimmed), desk.on("previews", () => desk.doc && this.size && this.draw())];
    document.addEventListener("change", ({ target }) => target.id === "cut-quality" && this.use(target.value), { signal });
    const chosen = byId("cut-quality");
    if (chosen) chosen.value = this.quality;
    this.changed();
  }
  end() {
    this.off.forEach((off) => off()), this.gone.abort(), this.sized.disconnect(), clearTimeout(this.resting), this.asked?.abort();
    for (const part of this.parts.values()) part.end();
    for (const each of this.drawn.values()) each.then((found) => found && URL.revokeObjectURL(found.url));
    URL.revokeObjectURL(this.url), this.transport.end(), this.sound.end();
  }
  get full() {
    return this.quality !== "proxy";
  }
  use(quality) {
    (this.quality = quality), localStorage.setItem("cut-quality", quality);
    for (const [key, part] of this.parts) part.end(), this.parts.delete(key);
    this.moved();
  }
  changed = () => {
    this.fit();
    if (desk.doc) this.sound.ready(desk.doc, desk.frame);
  };
  /** The frame as large as its pane lets it be, in the film's own shape. */
  fit = () => {
    const { doc } = desk, view = byId("cut-view");
    this.frame.hidden = !doc?.tracks.length;
    if (!doc) return;
    const scale = min((view.clientWidth - 24) / doc.width, (view.clientHeight - 24) / doc.height), ground = doc.background || "#000000";
    this.size = { width: max(2, round(doc.width * scale)), height: max(2, round(doc.height * scale)) };
    Object.assign(this.frame.style, { width: `${this.size.width}px`, height: `${this.size.height}px`, background: ground }), this.frame.style.setProperty("--shape", doc.width / doc.height);
    const told = byId("cut-scale"), facts = byId("cut-facts");
    if (told) told.textContent = `${round(scale * 100)} %`;
    if (facts) facts.textContent = `${doc.width} × ${doc.height} · ${+desk.fps.toFixed(3)} fps`;
    this.moved();
  };
  moved = () => {
    if (!desk.doc || !this.size) return;
    clearTimeout(this.resting), this.asked?.abort();
    if (this.frame.dataset.shown !== "near") this.say("near", "");
    this.draw();
    if (!desk.playing && desk.length && !this.trims) this.resting = setTimeout(this.rest, this.quality === "exact" ? SOON_MS : REST_MS);
  };
  /** Lay what is seen, and bring what comes soon to where it begins; a rendered film takes the place of its clips once its first picture is there. */
  draw() {
    const { doc } = desk, at = min(desk.frame, max(0, desk.length - 1)), frame = frameOf(at), wanted = new Set(), soon = frame + AHEAD_S * desk.fps * max(1, abs(desk.speed));
    const film = previews.at(frame), first = film && this.part(film, wanted), rendered = first && (first.come ||= first.film?.readyState >= 2) && first.film, layers = rendered ? [{ clip: film, own: frame - film.start, light: 1 }] : layersAt(doc, frame);
    const moves = ({ clip }) => desk.media[clip.media]?.kind === "video", adjusts = layers.filter((layer) => layer.adjusts), next = film && endOf(film);
    const ahead = [...previews.coming(frame, soon), ...comingIn(doc, frame, soon).filter((clip) => moves({ clip }) && !previews.at(clip.start))].slice(0, MOST_AHEAD).map((clip) => ({ clip, own: 0 }));
    if (film && !rendered) ahead.push({ clip: film, own: frame - film.start });
    else if (film && next <= soon && !previews.at(next)) ahead.push(...layersAt(doc, next).filter((layer) => moves(layer) && layer.clip.start < next));
    layers.forEach((layer, z) => {
      if (layer.adjusts) return;
      const part = this.part(layer.clip, wanted);
      part.lay(layer, z + 1, this.size), part.follow(layer.clip, at - layer.clip.start);
    });
    for (const { clip, own } of ahead.filter((each) => !layers.some((layer) => layer.clip === each.clip))) {
      const part = this.part(clip, wanted);
      (part.slot.style.visibility = "hidden"), part.follow(clip, own, true);
    }
    for (const [key, part] of this.parts) if (!wanted.has(key)) part.end(), this.parts.delete(key);
    this.stage.style.filter = adjusts.map(({ clip, own, light }) => (light > 0 ? filterOf(clip, own, this.size.height) : "")).join(" ");
    const [words, look] = captionAt(doc, frame), caption = byId("cut-caption");
    if (caption.textContent !== words || caption.dataset.look !== look) (caption.textContent = words), (caption.hidden = !words), (caption.dataset.look = look);
    if (this.rendered !== !!rendered) (this.rendered = !!rendered), this.signed();
  }
  part(clip, wanted) {
    const known = desk.media[clip.media], key = `${clip.id} ${clip.media || JSON.stringify(clip.made) || clip.name} ${known?.proxy || ""}${known?.kind || ""}`;
    wanted.add(key);
    if (!this.parts.has(key)) this.parts.set(key, new Part(this, clip));
    return this.parts.get(key);
  }
  /** The picture of letters or a shape, drawn by the studio once for what it says. */
  lettered(clip) {
    const key = JSON.stringify([clip.made, desk.doc.width, desk.doc.height]);
    if (!this.drawn.has(key)) this.drawn.set(key, this.drawnOf(clip).catch(() => (this.drawn.delete(key), null)));
    return this.drawn.get(key);
  }
  async drawnOf(clip) {
    const answer = await fetch(`/api/v1/timelines/${desk.id}/clips/${encodeURIComponent(clip.id)}/picture?width=${LETTERS}&r=${desk.revision}${desk.tried === desk.doc ? `&made=${encodeURIComponent(JSON.stringify(clip.made))}` : ""}`);
    if (answer.status === 204) return null;
    if (!answer.ok) throw new Error(answer.status);
    return { url: URL.createObjectURL(await answer.blob()), box: answer.headers.get("Inkreel-Box").split(" ").map(Number) };
  }
  /** It rests: what the film will show exactly takes the place of what is near. */
  rest = async () => {
    this.sound.ready(desk.doc, desk.frame);
    if (desk.past || desk.tried === desk.doc || !desk.length) return; // an exact frame would be of the cut as it is now
    const { signal } = (this.asked = new AbortController()), frame = min(round(desk.frame), desk.length - 1), dense = this.size.width * (devicePixelRatio || 1);
    const width = max(NARROWEST, min(WIDEST, Math.ceil(dense / 160) * 160)), url = `/api/v1/timelines/${desk.id}/frame?frame=${frame}&width=${width}&r=${desk.revision}`;
    try {
      const answer = await fetch(url, { signal });
      if (!answer.ok) return this.say("near", (await answer.json()).error?.message || "");
      const drawn = URL.createObjectURL(await answer.blob());
      this.exact.src = drawn, URL.revokeObjectURL(this.url), (this.url = drawn);
      await this.exact.decode();
      if (!signal.aborted) this.say("exact", "");
    } catch (error) {
      if (!signal.aborted) this.say("near", navigator.onLine ? "" : "The exact frame comes when you are online again.");
    }
  };
  signed() {
    const sign = byId("cut-sign");
    if (sign) sign.textContent = this.frame.dataset.shown === "exact" ? "Exact" : this.rendered ? "Rendered" : this.full ? "Full" : "Proxy";
  }
  say(shown, words) {
    const said = byId("cut-said");
    (this.frame.dataset.shown = shown), this.signed();
    if (said) (said.textContent = words), (said.hidden = !words);
  }
  /** While an edge is dragged: the last picture of what goes out and the first of what comes in; where a cut or a clip between two is moved,
   * a clip's own `first` and `last`, too (`inside` says that these move). `detail` has of each {clip, frame of its media} or nothing; null ends. */
  trimmed = ({ detail }) => {
    const both = byId("cut-two");
    this.trims = detail && (detail.out || detail.in || detail.first) ? detail : null;
    (both.hidden = !this.trims), (both.className = `${this.trims?.first ? "four" : ""} ${detail?.inside ? "inside" : ""}`);
    for (const pane of both.children) this.trimmedSide(pane, this.trims?.[pane.dataset.side]);
    this.moved();
  };
  trimmedSide(pane, side) {
    const clip = side && desk.find(side.clip)?.clip, known = desk.media[clip?.media], moves = known?.kind === "video", shown = pane.firstChild;
    pane.hidden = !clip && !this.trims?.first;
    if (!clip?.media) return pane.replaceChildren(...(clip ? [made("p", "none", { textContent: clip.made?.colour ? "" : clip.name, style: `background:${clip.made?.colour || ""}` })] : [])), delete pane.dataset.media;
    if (pane.dataset.media !== clip.media || !shown) (pane.dataset.media = clip.media), pane.replaceChildren(made(moves ? "video" : "img", "", moves ? { muted: true, preload: "auto", src: urlOf(this.project, clip.media, known.proxy ? "proxy" : "") } : { src: urlOf(this.project, clip.media), alt: "" }));
    if (moves && !pane.firstChild.seeking) pane.firstChild.currentTime = max(0, (side.frame + 0.5) / desk.fps);
  }
}

export function InkPlayer({ project }) {
  useLayoutEffect(() => {
    if (!project) return undefined;
    const player = new Player(project);
    return () => player.end();
  }, [project]);
  return null;
}
