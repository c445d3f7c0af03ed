/** A reference timeline as Remotion is told it: every shot, inset, text and sound a sequence. */
import React from "react";
import {AbsoluteFill, Audio, Composition, Img, OffthreadVideo, Sequence, registerRoot, staticFile, useCurrentFrame} from "remotion";

const faded = (frame, frames, into, out) =>
  Math.max(0, Math.min(1, into ? frame / into : 1, out ? (frames - 1 - frame) / out : 1));

const Shown = ({one}) => {
  const frame = useCurrentFrame();
  const style = {position: "absolute", left: one.lefts ? one.lefts[frame] : one.x, top: one.y, width: one.width, height: one.height};
  style.opacity = one.dissolve ? Math.min(1, (frame + 0.5) / one.dissolve) : faded(frame, one.frames, one.fadeIn, one.fadeOut);
  if (one.picture) return <Img src={staticFile(one.picture)} style={style} />;
  return <OffthreadVideo muted src={staticFile(one.video)} trimBefore={one.sourceIn} style={style} />;
};

const Film = ({seen, heard}) => (
  <AbsoluteFill style={{backgroundColor: "black"}}>
    {seen.map((one) => (
      <Sequence key={one.id} from={one.start} durationInFrames={one.frames} layout="none">
        <Shown one={one} />
      </Sequence>
    ))}
    {heard.map((one) => (
      <Sequence key={one.id} from={one.start} durationInFrames={one.frames}>
        <Audio src={staticFile(one.audio)} trimBefore={one.sourceIn} volume={one.volume} />
      </Sequence>
    ))}
  </AbsoluteFill>
);

registerRoot(() => (
  <Composition id="film" component={Film} defaultProps={{seen: [], heard: [], film: {width: 16, height: 16, fps: 1, durationInFrames: 1}}}
    calculateMetadata={({props}) => props.film} />
));
