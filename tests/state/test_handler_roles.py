"""Every handler of every page, by everybody: who may do it, and that nobody else changes or learns anything."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest
import reflex as rx
from sqlmodel import SQLModel

import app.pages
import state.cut.bin  # noqa: F401 - its page is made of it
from state.notices import NoticesState
from studio.core.db import reading
from studio.core.settings import Settings
from studio.scripts import service as scripts
from studio.scripts.writing.lines import lines_in
from tests.factories.people import Cast, make_cast
from tests.state.conftest import Tab, tab

pytestmark = [pytest.mark.services, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]

Arguments = Callable[[Cast], dict[str, Any]]
RANK = {"anonymous": 0, "stranger": 1, "viewer": 2, "reviewer": 2, "editor": 3, "owner": 4, "admin": 4}
NEEDS = {"anyone": 0, "self": 1, "see": 2, "edit": 3, "manage": 4}


def _saved(cast: Cast) -> dict[str, Any]:
    """The first scene with another line in it, as the page sends it."""
    with reading() as uow:
        scene = scripts.read_texts(uow, cast.actor("owner"), cast.script_id, 0)[0]
    lines = [
        {"k": line.kind.value, "t": line.text, "n": line.number, "s": line.side.value} for line in lines_in(scene.text)
    ]
    lines[-1]["t"] += " And another word."
    return {"scene_id": scene.scene.id, "revision": scene.revision, "base": scene.text, "lines": lines, "ticket": "t"}


def _marker(cast: Cast) -> dict[str, Any]:
    """An edit of any cut, as the page sends it."""
    return {"op": "add_marker", "marker": {"frame": 0, "name": cast.project_id}}


def _nothing(_cast: Cast) -> dict[str, Any]:
    return {}


_OWN = b"INT. SHED - DAY\n\nA bench.\n\nDust.\n"
_NOTHING: Arguments = _nothing

# handler -> what one has to be, its arguments, and whether it changes the database when one may. Acts stand in the order
# in which one person can do them all.
_NO_WARNING = "0" * 16
TABLE: dict[str, tuple[str, Arguments, bool]] = {
    "DoorState.signing_in": ("anyone", _NOTHING, False),
    "DoorState.signing_up": ("anyone", _NOTHING, False),
    "SessionState.enter": ("self", _NOTHING, False),
    "SessionState.welcome": ("anyone", _NOTHING, False),
    "NoticesState.dismiss": ("anyone", lambda c: {"notice_id": "none"}, False),
    "NoticesState.undo": ("self", lambda c: {"notice_id": "none"}, False),
    "PaletteState.find": ("self", lambda c: {"text": "door"}, False),
    "AccountState.load": ("self", _NOTHING, False),
    "AccountState.rename": ("self", lambda c: {"form": {"display_name": "Another Name"}}, True),
    "AccountState.sign_out_there": ("self", lambda c: {"session_id": c.run_id}, False),
    "KeyPageState.load": ("self", _NOTHING, False),
    "KeyPageState.show": ("self", lambda c: {"room": "draw"}, False),
    "KeyPageState.search": ("self", lambda c: {"words": "split"}, False),
    "KeyPageState.search_key": ("self", lambda c: {"form": {"act": "", "key": "S"}}, False),
    "KeyPageState.press": ("self", lambda c: {"form": {"act": "cut.list", "key": "Shift L"}}, True),
    "KeyPageState.add": ("self", lambda c: {"form": {"act": "cut.list", "key": "F8"}}, True),
    "KeyPageState.take": ("self", _NOTHING, False),
    "KeyPageState.leave": ("self", _NOTHING, False),
    "KeyPageState.clear": ("self", lambda c: {"act": "cut.split"}, True),
    "KeyPageState.put_back": ("self", lambda c: {"act": ""}, True),
    "KeyPageState.use": ("self", lambda c: {"preset": "premiere"}, True),
    "ProjectsState.load": ("self", _NOTHING, False),
    "ProjectsState.choose": ("self", lambda c: {"scope": "all"}, False),
    "ProjectsState.sort": ("self", lambda c: {"order": "name"}, False),
    "ProjectsState.turn": ("self", lambda c: {"page": 1}, False),
    "ProjectsState.paste": ("self", lambda c: {"form": {"text": "INT. ROOM - DAY\n\nA chair.", "title": "Mine"}}, True),
    "FormatState.choose_shape": ("self", lambda c: {"shape": "9:16"}, False),
    "FormatState.choose_rate": ("self", lambda c: {"rate": "25"}, False),
    "ProjectsState.cut_footage": ("self", _NOTHING, True),
    "ImportState.load": ("self", _NOTHING, False),
    "ImportState.turn": ("self", lambda c: {"by": 1}, False),
    "ImportState.show_guessed": ("self", _NOTHING, False),
    "ImportState.retag": ("self", lambda c: {"index": 1, "kind": "synopsis"}, True),
    "MergeState.load": ("self", _NOTHING, False),
    "MergeState.decide": ("self", lambda c: {"question": "none", "choice": "same"}, False),
    "MergeState.merge": ("self", _NOTHING, False),
    "ImportState.keep": ("self", lambda c: {"form": {"title": "Kept"}}, True),
    "ImportState.forget": ("self", _NOTHING, False),
    "HomeState.load": ("see", _NOTHING, False),
    "RendersState.load": ("see", _NOTHING, False),
    "RendersState.choose": ("see", lambda c: {"name": "720p"}, False),
    "RendersState.show": ("see", lambda c: {"film_id": c.film_id}, False),
    "AskingState.caption": ("see", lambda c: {"how": "burned"}, False),
    "AskingState.lay": ("see", lambda c: {"filling": True}, False),
    "AskingState.begin": ("see", lambda c: {"at": "0:12"}, False),
    "AskingState.end": ("see", lambda c: {"at": "4"}, False),
    "AskingState.part": ("see", lambda c: {"by_scene": True}, False),
    "CutState.see": ("see", lambda c: {"scene": "0"}, False),
    "CutState.choose": ("see", lambda c: {"shot_id": c.shot_id}, False),
    "TemplatesState.choose": ("see", lambda c: {"template_id": "quote"}, False),
    "TemplatesState.choose_used": ("see", _NOTHING, False),
    "TemplatesState.set_value": ("see", lambda c: {"name": "words", "value": "door"}, False),
    "TemplatesState.save": ("edit", lambda c: {"form": {"name": "Mine"}}, False),
    "TemplatesState.bring": ("edit", lambda c: {"name": "a.json", "text": "no template"}, False),
    "TemplatesState.rename": ("edit", lambda c: {"name": "Mine"}, False),
    "TemplatesState.delete": ("edit", _NOTHING, False),
    "BinState.show": ("see", lambda c: {"tab": "media"}, False),
    "BinState.find": ("see", lambda c: {"words": "door"}, False),
    "BinState.open_folder": ("see", lambda c: {"name": ""}, False),
    "BinState.more": ("see", _NOTHING, False),
    "BinState.look": ("see", _NOTHING, False),
    "BinState.choose": ("see", lambda c: {"sha256": c.sha256}, False),
    "BinState.rename": ("edit", lambda c: {"name": "A take"}, False),
    "BinState.move": ("edit", lambda c: {"folder": "Day 1"}, False),
    "BinState.prepare": ("edit", _NOTHING, False),
    "BinState.filter": ("see", lambda c: {"only": "unused"}, False),
    "BinState.file_into": ("edit", lambda c: {"form": {"sha256": c.sha256, "folder": "+"}}, False),
    "BinState.rename_folder": ("edit", lambda c: {"name": "Day 2"}, False),
    "AboutState.look": ("see", lambda c: {"sha256": c.sha256}, False),
    "MissingState.choose": ("see", lambda c: {"key": "gone", "sha256": c.sha256}, False),
    "MissingState.relink": ("edit", lambda c: {"key": "gone"}, False),
    "SourceState.open": ("see", lambda c: {"sha256": c.sha256, "part": ""}, False),
    "SourceState.open_at": ("see", lambda c: {"sha256": c.sha256, "first": 0, "frames": 9}, False),
    "SourceState.mark": ("see", lambda c: {"which": "in", "frame": 0}, False),
    "SourceState.clear": ("see", _NOTHING, False),
    "SourceState.close": ("see", _NOTHING, False),
    "SourceState.keep": ("edit", _NOTHING, False),
    "SourceState.rename": ("edit", lambda c: {"part": "none", "name": "The turn"}, False),
    "SourceState.remove": ("edit", lambda c: {"part": "none"}, False),
    "BinState.remove": ("edit", lambda c: {"sure": True}, False),
    "MembersState.load": ("see", _NOTHING, False),
    "ScriptState.load": ("see", _NOTHING, False),
    "ScriptState.list_scenes": ("see", lambda c: {"by": 1}, False),
    "ScriptState.stand": ("see", lambda c: {"scene_id": c.scene_id}, False),
    "ScriptState.go": ("see", lambda c: {"scene_id": c.scene_id, "words": "door"}, False),
    "ScriptState.go_to": ("see", lambda c: {"words": "door"}, False),
    "VersionsState.show": ("see", _NOTHING, False),
    "VersionsState.older": ("see", _NOTHING, False),
    "VersionsState.compare": ("see", lambda c: {"version_id": c.version_id}, False),
    "VersionsState.close": ("see", _NOTHING, False),
    "WritingState.find": ("see", lambda c: {"words": "door"}, False),
    "ScriptState.later": ("see", _NOTHING, False),
    "ScriptState.earlier": ("see", _NOTHING, False),
    "BreakdownState.load": ("see", _NOTHING, False),
    "BreakdownState.turn_strips": ("see", lambda c: {"by": 1}, False),
    "BreakdownState.edit": ("see", lambda c: {"tag_id": c.tag_id}, False),
    "BoardState.load": ("see", _NOTHING, False),
    "BoardState.list_scenes": ("see", lambda c: {"by": 1}, False),
    "BoardState.show_only": ("see", lambda c: {"show": "all"}, False),
    "BoardState.show_who": ("see", lambda c: {"name": "MARA"}, False),
    "BoardHistoryState.show": ("see", _NOTHING, False),
    "BoardHistoryState.older": ("see", _NOTHING, False),
    "BoardEditState.open_menu": ("see", lambda c: {"shot_id": c.shot_id}, False),
    "BoardEditState.press": ("see", lambda c: {"shot_id": c.shot_id, "shift": False, "ctrl": False}, False),
    "PanelRowState.choose": ("see", lambda c: {"panel_id": c.panel_id}, False),
    "BoardEditState.unmark": ("see", _NOTHING, False),
    "BoardState.later": ("see", _NOTHING, False),
    "BoardState.earlier": ("see", _NOTHING, False),
    "BoardState.close": ("see", _NOTHING, False),
    "BoardState.select": ("see", lambda c: {"shot_id": c.shot_id}, False),
    "PrintState.show": ("see", _NOTHING, False),
    "ScanState.show": ("see", _NOTHING, False),
    "ComparingState.open": ("see", _NOTHING, False),
    "ComparingState.take": ("see", lambda c: {"side": "after", "number": 1}, False),
    "ContinuityState.dismiss": ("edit", lambda c: {"form": {"warning_id": _NO_WARNING, "reason": "So be it"}}, False),
    "ContinuityState.recall": ("edit", lambda c: {"warning_id": _NO_WARNING}, False),
    "DrawState.load": ("see", _NOTHING, False),
    "ProjectsState.rename": ("edit", lambda c: {"form": {"project_id": c.project_id, "name": "A Gate"}}, True),
    "MembersState.rename": ("edit", lambda c: {"form": {"name": "A Door"}}, True),
    "VersionsState.name": ("edit", lambda c: {"form": {"version_id": c.version_id, "name": "First"}}, False),
    "WritingState.save": ("edit", _saved, True),
    "WritingState.choose": ("edit", lambda c: {"which": "mine"}, False),
    "WritingState.begin": ("edit", _NOTHING, False),
    "WritingState.add": ("edit", _NOTHING, True),
    "WritingState.move": ("edit", lambda c: {"scene_id": c.scene_id, "to": 1}, True),
    "WritingState.replace_everywhere": ("edit", lambda c: {"form": {"words": "door", "by": "gate"}}, False),
    "WritingState.cut": ("edit", lambda c: {"scene_id": c.scene_id}, True),
    "WritingState.bring_back": ("edit", lambda c: {"scene_id": c.scene_id}, True),
    "VersionsState.restore": ("edit", lambda c: {"version_id": c.version_id}, True),
    "BreakdownState.suggest": ("edit", _NOTHING, False),
    "BreakdownState.add": ("edit", lambda c: {"form": {"category": "props", "name": "lamp"}}, True),
    "BreakdownState.keep": ("edit", lambda c: {"tag_id": c.tag_id}, False),
    "BreakdownState.keep_all": ("edit", _NOTHING, False),
    "BreakdownState.change": (
        "edit",
        lambda c: {"form": {"tag_id": c.tag_id, "name": "iron key", "category": "props"}},
        True,
    ),
    "BreakdownState.dismiss": ("edit", lambda c: {"tag_id": c.tag_id}, True),
    "BreakdownState.bring_back": ("edit", lambda c: {"tag_id": c.tag_id}, False),
    "BreakdownState.set_day": ("edit", lambda c: {"form": {"day": "D7"}}, True),
    "LiveState.cancel": ("edit", lambda c: {"run_id": c.run_id}, True),
    "LiveState.retry": ("edit", lambda c: {"run_id": c.run_id}, True),
    "LooksState.show": ("see", lambda c: {"name": "MARA"}, False),
    "LooksState.change": ("edit", lambda c: {"name": "hat", "value": "yes"}, True),
    "LooksState.compare": ("see", _NOTHING, False),
    "LooksState.compared": ("see", _NOTHING, False),
    "PlacingState.show": ("see", _NOTHING, False),
    "PlacingState.choose": ("see", lambda c: {"name": "MARA"}, False),
    "PlacingState.put": ("edit", lambda c: {"form": {"name": "#camera", "azimuth": "20"}}, True),
    "PlacingState.change": ("edit", lambda c: {"name": "pose", "value": "sit"}, False),
    "PlacingState.film": ("edit", lambda c: {"name": "height", "value": "2"}, True),
    "PlacingState.settle": ("see", _NOTHING, False),
    "BoardEditState.restyle": ("edit", lambda c: {"style": "ink"}, True),
    "BoardEditState.change": ("edit", lambda c: {"name": "size", "value": "ECU"}, True),
    "BoardEditState.cast": ("edit", lambda c: {"name": "MARA"}, True),
    "PanelRowState.add": ("edit", _NOTHING, True),
    "PanelRowState.copy_panel": ("edit", _NOTHING, True),
    "PanelRowState.shift": ("edit", lambda c: {"by": -1}, True),
    "PanelRowState.drop": ("edit", lambda c: {"form": {"panel": c.panel_id, "near": ""}}, False),
    "PanelRowState.time": ("edit", lambda c: {"panel_id": c.panel_id, "typed": "0.25"}, True),
    "PanelRowState.delete": ("edit", _NOTHING, True),
    "BoardEditState.insert": ("edit", lambda c: {"shot_id": c.shot_id, "side": "after"}, True),
    "BoardEditState.split": ("edit", lambda c: {"shot_id": c.shot_id}, True),
    "BoardEditState.duplicate": ("edit", lambda c: {"shot_id": c.shot_id}, True),
    "BoardEditState.add": ("edit", _NOTHING, True),
    "BoardEditState.follow_voice": ("edit", _NOTHING, False),
    "BoardEditState.lock": ("edit", _NOTHING, True),
    "CutState.longer": ("edit", lambda c: {"frames": 1}, True),
    "CutState.undo": ("edit", _NOTHING, True),
    "CutState.redo": ("edit", _NOTHING, True),
    "CutState.last": ("edit", lambda c: {"value": "4:07"}, True),
    "CutState.follow": ("edit", _NOTHING, False),
    "CutState.split": ("edit", _NOTHING, True),
    "CutState.move": ("edit", lambda c: {"side": "right"}, True),
    "BoardEditState.undo": ("edit", _NOTHING, True),
    "BoardEditState.redo": ("edit", _NOTHING, True),
    "BoardEditState.merge": ("edit", _NOTHING, False),
    "BoardEditState.move_to": ("edit", lambda c: {"position": "0"}, False),
    "BoardEditState.drop": ("edit", lambda c: {"form": {"shot": c.shot_id, "near": "", "side": "after"}}, False),
    "BoardEditState.redraw": ("edit", _NOTHING, False),
    "BoardHistoryState.undo": ("edit", lambda c: {"seq": 1}, False),
    "BoardHistoryState.rewind": ("edit", lambda c: {"seq": 1}, False),
    "DrawState.add": ("edit", lambda c: {"side": "after"}, True),
    "DrawState.duplicate": ("edit", _NOTHING, True),
    "DrawState.add_shot": ("edit", _NOTHING, True),
    "CutRoomState.load": ("see", _NOTHING, False),
    "CutRoomState.begin": ("edit", lambda c: {"how": "empty"}, True),
    "CutRoomState.edit": ("edit", lambda c: {"revision": 1, "ops": [_marker(c)], "label": "", "ticket": 1}, True),
    "CutRoomState.rename": ("edit", lambda c: {"name": "By hand"}, True),
    "CutRoomState.undo": ("edit", _NOTHING, True),
    "CutRoomState.redo": ("edit", _NOTHING, True),
    "CutRoomState.choose": ("see", lambda c: {"clips": ["a"]}, False),
    "LoudnessState.measure": ("see", _NOTHING, False),
    "LoudnessState.normalise": ("edit", _NOTHING, False),
    "AnimaticState.record": ("edit", _NOTHING, False),
    "AnimaticState.stop": ("edit", _NOTHING, False),
    "RewritingState.rewrite": ("edit", lambda c: {"form": {"clip": "none", "start": "0", "text": "Come."}}, False),
    "RewritingState.write_in_script": ("edit", lambda c: {"clip": "none", "start": 0}, False),
    "CaptionsState.open_track": ("see", lambda c: {"track": "none"}, False),
    "CaptionsState.turn": ("see", lambda c: {"by": 1}, False),
    "CaptionsState.find": ("see", lambda c: {"words": "door"}, False),
    "CaptionsState.filter": ("see", _NOTHING, False),
    "BoardLengthsState.give": ("edit", lambda c: {"shot": ""}, False),
    "RewritingState.write_on": ("see", lambda c: {"key": "none"}, False),
    "RewritingState.stop": ("see", lambda c: {"run": "none"}, False),
    "TranscriptState.show": ("see", lambda c: {"tab": "captions"}, False),
    "TranscriptState.turn": ("see", lambda c: {"by": 1}, False),
    "TranscriptState.look_for": ("see", lambda c: {"words": "door"}, False),
    "InspectorState.show_scope": ("see", lambda c: {"scope": "waveform"}, False),
    "CutRoomState.rest_at": ("see", lambda c: {"frame": 1}, False),
    "CutRoomState.open_cut": ("see", lambda c: {"timeline_id": "none"}, False),
    "PreviewsState.begin": ("edit", lambda c: {"idle": False}, True),
    "PreviewsState.stop": ("edit", _NOTHING, True),
    "CutTogetherState.stand": ("see", lambda c: {"frame": 1, "clips": ["a"]}, False),
    "CutTogetherState.hold": ("edit", lambda c: {"clips": ["a"], "doing": "moving"}, False),
    "CutTogetherState.let_go": ("see", _NOTHING, False),
    "CutHistoryState.show": ("see", _NOTHING, False),
    "CutHistoryState.older": ("see", _NOTHING, False),
    "CutHistoryState.see": ("see", lambda c: {"revision": 1}, False),
    "CutHistoryState.undo": ("edit", lambda c: {"revision": 2}, True),
    "CutHistoryState.put_back": ("edit", _NOTHING, True),
    "CutHistoryState.keep": ("edit", lambda c: {"form": {"name": "First"}}, True),
    "CutCompareState.compare": ("see", lambda c: {"form": {"first": "1", "second": "0"}}, False),
    "CutCompareState.close": ("see", _NOTHING, False),
    "CutHistoryState.open_copy": ("edit", lambda c: {"revision": 1}, True),
    "BoardMergeState.look": ("edit", _NOTHING, False),
    "BoardMergeState.take": ("edit", _NOTHING, False),
    "CutRoomState.delete": ("edit", _NOTHING, True),
    "RendersState.make_of": ("see", lambda c: {"cut": ""}, False),
    "BoardEditState.delete": ("edit", lambda c: {"shot_id": c.shot_id}, True),
    "CutState.delete": ("edit", _NOTHING, False),
    "CutExportState.choose": ("see", lambda c: {"form": "edl"}, False),
    "DrawState.done": ("edit", _NOTHING, False),
    "BoardState.redraw": ("edit", _NOTHING, False),
    "BoardState.show_version": ("edit", lambda c: {"number": 1}, False),
    "BoardState.draw": ("edit", _NOTHING, False),
    "HomeState.draw": ("edit", _NOTHING, False),
    "PrintState.make": ("edit", lambda c: {"form": {"what": "pdf", "layout": "pair"}}, True),
    "BoardState.film": ("edit", _NOTHING, False),
    "HomeState.make_film": ("edit", _NOTHING, False),
    "RendersState.make": ("edit", _NOTHING, False),
    "RendersState.make_rest": ("edit", lambda c: {"film_id": c.film_id}, False),
    "MembersState.add": ("manage", lambda c: {"form": {"email": "spare@example.org", "role": "viewer"}}, True),
    "MembersState.change": ("manage", lambda c: {"user_id": c.spare_id, "role": "editor"}, True),
    "MembersState.remove": ("manage", lambda c: {"user_id": c.spare_id}, True),
    "MembersState.put_back": ("manage", lambda c: {"user_id": c.spare_id}, False),
    "MembersState.put_away": ("manage", _NOTHING, True),
    "MembersState.bring_back": ("manage", _NOTHING, True),
    "ProjectsState.put_away": ("manage", lambda c: {"project_id": c.project_id}, True),
    "ProjectsState.bring_back": ("manage", lambda c: {"project_id": c.project_id}, True),
    "HomeState.bring_back": ("manage", _NOTHING, False),
    "MembersState.leave": ("see", _NOTHING, False),
}


def _handlers() -> dict[str, type[rx.State]]:
    """Every gated handler of every state there is, by name."""
    assert app.pages.PAGES
    found: dict[str, type[rx.State]] = {}
    waiting = list(rx.State.__subclasses__())
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__module__.startswith("state."):
            found |= {f"{kind.__name__}.{n}": kind for n, h in kind.event_handlers.items() if hasattr(h.fn, "__gate__")}
    return found


def test_the_table_names_every_handler(database: str) -> None:
    assert sorted(_handlers()) == sorted(TABLE)


@pytest.mark.parametrize("who", RANK)
def test_each_person_may_do_what_the_table_says_and_nothing_else(database: str, home: Settings, who: str) -> None:
    cast = make_cast()
    it = _tab(cast, who)
    handlers = _handlers()
    before = _everything()
    for name, (need, arguments, changes) in TABLE.items():
        answer = it.call(handlers[name], name.partition(".")[2], **arguments(cast))
        after = _everything()
        before, changed = after, after != before
        allowed = RANK[who] >= NEEDS[need]
        told = [(n.kind, n.text) for n in it.get(NoticesState).items]
        assert changed <= allowed, f"{who} changed something by {name}"
        if allowed and changes:
            assert changed, f"{who} could not do {name}: {told}"
        if who == "anonymous" and need != "anyone":
            assert "/signin" in str(answer), name
        assert all("inside Inkreel" not in text for _, text in told), f"{name} broke: {told}"
    if RANK[who] < NEEDS["see"]:
        shown = json.dumps(it.root.dict(), default=str)
        for secret in ("A Door", "MARA opens", "editor@example.org", cast.script_id):
            assert secret not in shown, f"{who} learned {secret}"


def _tab(cast: Cast, who: str) -> Tab:
    token = "" if who == "anonymous" else cast.session(who)
    own = scripts.begin_import(cast.actor(who), data=_OWN, name="own.fountain").id if who in cast.people else "none"
    return tab(
        token, path=f"/p/{cast.project_id}/board", project_id=cast.project_id, import_id=own, shot_id=cast.shot_id
    )


def _everything() -> str:
    """A hash of all that people own; not of sessions, which are renewed by being used."""
    told = hashlib.sha256()
    with reading() as uow:
        for table in SQLModel.metadata.sorted_tables:
            if table.name not in ("session", "outbox"):
                rows = uow.session.connection().exec_driver_sql(f'SELECT * FROM "{table.name}" ORDER BY id')
                told.update(repr([tuple(row) for row in rows]).encode())
    return told.hexdigest()
