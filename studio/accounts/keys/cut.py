"""Acts of the Cut room. Names are those of `data-cut` and `data-play`, where the browser does them."""

from __future__ import annotations

from studio.accounts.keys.act import Act, By

_PLAYING = (
    ("toggle", "Play or stop", "Space"),
    ("back", "Play backwards; again for 2, 4 and 8 times", "J", "shuttle reverse"),
    ("stop", "Stop; held with back or forward it is one frame", "K", "pause"),
    ("forward", "Play; again for 2, 4 and 8 times", "L", "shuttle faster"),
    ("frame-back", "One frame back", "←"),
    ("frame-on", "One frame on", "→"),
    ("ten-back", "Ten frames back", "Shift ←"),
    ("ten-on", "Ten frames on", "Shift →"),
    ("prev-cut", "Previous cut", "↑", "edit"),
    ("next-cut", "Next cut", "↓", "edit"),
    ("first", "The first frame", "Home", "start beginning"),
    ("last", "The last frame", "End"),
    ("loop", "Go round between in and out", "", "loop repeat"),
    ("mute", "Sound of the player off or on", "", "volume silent"),
    ("full", "Full screen", "", "maximise"),
    ("safe", "Safe areas", "", "title action guides"),
)
_RANGE = (
    ("mark-in", "Mark in", "I", "set begin"),
    ("mark-out", "Mark out", "O", "set end"),
    ("clear-marks", "Clear in and out", "Alt X", "remove"),
)
_TOOLS = (
    ("select", "Select and move", "V", "arrow pointer tool"),
    ("trim", "Trim; on a cut, roll it", "T", "ripple roll tool"),
    ("stretch", "Stretch: slower or faster", "R", "rate speed tool"),
    ("slip", "Slip", "Y", "tool"),
    ("slide", "Slide", "U", "tool"),
    ("razor", "Cut where you click", "", "blade razor tool"),
)
_EDITING = (
    ("split", "Split at the playhead", "S", "cut blade razor"),
    ("cut-left", "Cut to the playhead, left", "Q", "trim start ripple"),
    ("cut-right", "Cut to the playhead, right", "W", "trim end ripple"),
    ("lift", "Lift: the gap stays", "Del|Backspace", "delete remove clear"),
    ("ripple-delete", "Delete: what follows closes up", "Shift Del|Shift Backspace", "remove extract"),
    ("close-gap", "Close the gap that is chosen or under the playhead", "", "ripple delete"),
    ("nudge-left", "Move what is chosen a frame earlier", "Ctrl ←", "nudge"),
    ("nudge-right", "Move what is chosen a frame later", "Ctrl →", "nudge"),
    ("nudge-left-far", "Move what is chosen ten frames earlier", "Ctrl Shift ←", "nudge"),
    ("nudge-right-far", "Move what is chosen ten frames later", "Ctrl Shift →", "nudge"),
    ("freeze", "Freeze the frame for two seconds", "Shift F", "hold still"),
    ("transition", "Dissolve on the nearest cut", "", "transition fade"),
    ("link", "Link or unlink what is chosen", "", "group sound picture"),
    ("undo", "Undo what you did last", "Ctrl Z", "back"),
    ("redo", "Do it again", "Ctrl Shift Z|Ctrl Y", "redo"),
)
_LAYING = (
    ("insert", "Insert what is chosen in the bin", ",", "lay add"),
    ("overwrite", "Overwrite with what is chosen in the bin", ".", "lay add"),
    ("copy", "Copy", "Ctrl C"),
    ("cut", "Cut out and keep", "Ctrl X", "clipboard"),
    ("paste", "Paste at the playhead", "Ctrl V", "clipboard"),
    ("paste-look", "Paste only the look", "Ctrl Alt V", "attributes effects colour volume"),
    ("duplicate", "Duplicate", "Alt D", "copy again"),
)
_CHOOSING = (
    ("all", "Select everything", "Ctrl A", "clips"),
    ("all-after", "Select everything from the playhead on", "", "track forward"),
    ("snap", "Snapping on or off", "N", "magnet attract"),
    ("linked", "Picture and sound go together, or not", "", "linked selection"),
    ("marker", "Add a marker", "M"),
    ("marker-before", "Previous marker", "["),
    ("marker-after", "Next marker", "]"),
    ("source", "Open the file of the chosen clip", "", "match frame source monitor"),
    ("properties", "To the properties of what is chosen", "", "inspector"),
    ("board", "Open the chosen shot on the board", "", "panel drawing"),
)
_SEEING = (
    ("closer", "Closer", "+|=", "zoom in"),
    ("wider", "Wider", "-", "zoom out"),
    ("fit", "The whole film", "\\", "zoom fit"),
    ("list", "The cut as a list", "", "table"),
)
_TRACKS = (
    ("track-video", "A new picture track", "", "add video"),
    ("track-text", "A new track for titles", "", "add text"),
    ("track-effect", "A new track for effects", "", "add adjustment"),
    ("track-audio", "A new sound track", "", "add audio"),
    ("track-captions", "A new caption track", "", "add subtitles"),
)
_ROOM = (
    ("cuts", "The cuts of this project", "", "open rename copy new"),
    ("mixer", "The mixer", "", "gain pan loudness"),
    ("templates", "Titles and templates", "", "text lower third"),
    ("history", "What was done in this cut", "", "versions past"),
    ("render", "Make the film", "", "render export"),
)


def _acts(group: str, by: By, *rows: tuple[str, ...]) -> tuple[Act, ...]:
    return tuple(
        Act("cut", group, name, words, tuple(key for key in keys.split("|") if key), by, also=" ".join(also))
        for name, words, keys, *also in rows
    )


CUT: tuple[Act, ...] = (
    *_acts("Playing", "play", *_PLAYING),
    *_acts("In and out", "play", *_RANGE),
    *_acts("Tools", "cut", *_TOOLS),
    *_acts("Editing", "cut", *_EDITING),
    *_acts("Laying down", "cut", *_LAYING),
    *_acts("Choosing and marking", "cut", *_CHOOSING),
    Act("cut", "Choosing and marking", "nothing", "Select nothing, back to the arrow", ("Esc",), "cut", fixed=True),
    *_acts("Seeing", "cut", *_SEEING),
    *_acts("Tracks", "cut", *_TRACKS),
    *_acts("The room", "press", *_ROOM),
)
