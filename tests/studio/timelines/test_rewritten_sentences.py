"""A sentence of a cut said otherwise: voiced anew alone, laid in as one act with its captions, and offered to the script."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.core.db import reading, unit_of_work
from studio.core.errors import Conflict, Forbidden, Invalid, NotFound
from studio.engine.timeline import Clip
from studio.projects.models import Member
from studio.runs import service as runs
from studio.runs.views import RunView
from studio.scripts import service as scripts
from studio.storyboards import service as storyboards
from studio.thread import saying
from studio.timelines import service as timelines
from studio.timelines.spoken.sentences import Heard
from tests.factories.film import SilentVoices
from tests.factories.hand import Hand
from tests.factories.spoken import make_told, spoken
from tests.factories.studio import make_stranger

pytestmark = pytest.mark.services
LONGER = "I was quite sure that you would stay away."


@pytest.fixture
def hand(database: str, tmp_path: Path) -> Hand:
    return make_told(tmp_path)


def sentences(hand: Hand) -> tuple[Heard, ...]:
    with reading() as uow:
        return timelines.list_sentences(uow, hand.owner, hand.id)


def said(hand: Hand) -> list[str]:
    return [each.text for each in sentences(hand)]


def find(hand: Hand, text: str) -> Heard:
    return next(each for each in sentences(hand) if each.text == text)


def ask(hand: Hand, old: Heard, text: str) -> RunView:
    with unit_of_work() as uow:
        return timelines.rewrite_sentence(uow, hand.owner, hand.id, old.clip, old.start, text)


def lay(hand: Hand, run: RunView, folder: Path) -> None:
    """What the worker does, with a voice that only takes time."""
    with unit_of_work() as uow:
        config = runs.get_record(uow, hand.owner, run.id).config
        brief = timelines.take_brief(uow, hand.owner, hand.board.project_id, config, SilentVoices())
    speech, wav = spoken(brief.text, folder)
    with unit_of_work() as uow:
        timelines.lay_take(uow, hand.owner, config, speech, wav)


def rewrite(hand: Hand, was: str, text: str, folder: Path) -> None:
    lay(hand, ask(hand, find(hand, was), text), folder)


def voice_anew(hand: Hand, folder: Path) -> None:
    """What the board's own worker does."""
    with unit_of_work() as uow:
        for scene in range(2):
            for brief in storyboards.voice_briefs(uow, hand.owner, hand.board.script_id, scene, SilentVoices()):
                speech, wav = spoken(brief.text, folder)
                assert storyboards.add_voice(uow, hand.owner, hand.board.project_id, brief, speech, wav)


def voices(hand: Hand) -> dict[str, Clip]:
    return {clip.id: clip for clip in hand.timeline.clips("voice")}


def test_only_the_sentence_is_voiced_and_all_that_follows_moves_with_it(hand: Hand, tmp_path: Path) -> None:
    old, before = find(hand, "I did not think you would."), hand.timeline
    later = [each for each in sentences(hand) if each.start > old.start]
    rewrite(hand, old.text, LONGER, tmp_path)
    now = find(hand, LONGER)
    by = (now.end - now.start) - (old.end - old.start)
    assert by > 20 and hand.timeline.frames == before.frames + by
    assert [each.start for each in sentences(hand) if each.start > now.start] == [each.start + by for each in later]
    assert said(hand)[0] == "You came." and sentences(hand)[0].start == find(hand, "You came.").start
    first, anew = voices(hand)[old.clip], voices(hand)[now.clip]
    assert first.media == next(c.media for c in before.clips("voice") if c.id == old.clip) != anew.media
    assert (anew.link, anew.gain_db) == (first.link, first.gain_db)
    assert all(a.end == b.start for a, b in zip(hand.pictures(), hand.pictures()[1:], strict=False))


def test_captions_say_the_new_words_and_one_undo_takes_all_of_it_back(hand: Hand, tmp_path: Path) -> None:
    before, was = hand.timeline, said(hand)
    rewrite(hand, "I did not think you would.", LONGER, tmp_path)
    told = " ".join(caption.text.replace("\n", " ") for caption in hand.timeline.captions())
    assert "You came." in told and LONGER in told and "think you would" not in told
    assert "I said I would." in told
    with reading() as uow:
        assert timelines.undoable(uow, hand.owner, hand.id).undo == "say “I was quite sure that you would stay …”"
    hand.undo()
    assert hand.timeline == before and said(hand) == was
    hand.redo()
    assert LONGER in said(hand)


def test_a_caption_of_several_sentences_becomes_several_where_the_new_words_do_not_fit(
    hand: Hand, tmp_path: Path
) -> None:
    assert any(" ".join(c.text.split()) == "You came. I did not think you would." for c in hand.timeline.captions())
    rewrite(
        hand,
        "You came.",
        "After all these years, on a night like this, with that storm out there, you really came.",
        tmp_path,
    )
    captions = hand.timeline.captions()
    told = " ".join(" ".join(caption.text.split()) for caption in captions)
    assert told.startswith(
        "After all these years, on a night like this, with that storm out there, you really came. I did not"
    )
    assert all(len(caption.text.splitlines()) <= 2 for caption in captions)


def test_it_is_said_by_the_voice_and_in_the_manner_of_before(hand: Hand) -> None:
    run = ask(hand, find(hand, "It is cold."), "It is warm.")
    with unit_of_work() as uow:
        config = runs.get_record(uow, hand.owner, run.id).config
        brief = timelines.take_brief(uow, hand.owner, hand.board.project_id, config, SilentVoices())
    assert (brief.text, brief.voice.id) == ("It is warm.", "voice-MARA")


def test_the_new_recording_can_be_said_otherwise_again_also_as_two_sentences(hand: Hand, tmp_path: Path) -> None:
    rewrite(hand, "I said I would.", "I gave my word. You know me.", tmp_path)
    assert [each for each in said(hand) if each in ("I gave my word.", "You know me.")] == [
        "I gave my word.",
        "You know me.",
    ]
    rewrite(hand, "You know me.", "You knew.", tmp_path)
    assert "I gave my word." in said(hand) and "You knew." in said(hand)
    first, second = find(hand, "I gave my word."), find(hand, "You knew.")
    assert first.clip != second.clip and first.speaker == second.speaker == "BEN"


def test_it_is_laid_in_where_the_sentence_is_by_then(hand: Hand, tmp_path: Path) -> None:
    old = find(hand, "It is cold.")
    run = ask(hand, old, "It is freezing out here.")
    hand.edit({"op": "extract", "start": 0, "end": 30})
    lay(hand, run, tmp_path)
    assert find(hand, "It is freezing out here.").start == old.start - 30
    lay(hand, run, tmp_path)  # a worker that was not heard of does it again
    assert said(hand).count("It is freezing out here.") == 1


def test_a_sentence_that_was_changed_meanwhile_is_left_alone(hand: Hand, tmp_path: Path) -> None:
    run = ask(hand, find(hand, "It is cold."), "It is freezing.")
    rewrite(hand, "It is cold.", "Look, snow.", tmp_path)
    with pytest.raises(Conflict, match="changed in the cut meanwhile"):
        lay(hand, run, tmp_path)
    assert "Look, snow." in said(hand)


def test_the_same_wish_twice_is_one_run_and_what_cannot_be_is_refused(hand: Hand) -> None:
    old = find(hand, "It is cold.")
    assert ask(hand, old, "It is warm.").id == ask(hand, old, " It is  warm. ").id
    for text, told in (
        ("", "Say what"),
        ("...", "Say what"),
        (old.text, "said already"),
        ("a" * 1001, "at most 1,000"),
    ):
        with pytest.raises(Invalid, match=told):
            ask(hand, old, text)
    with unit_of_work() as uow, pytest.raises(Conflict, match="has changed since you looked"):
        timelines.rewrite_sentence(uow, hand.owner, hand.id, old.clip, old.start + 1, "No.")
    track = next(t.id for t in hand.timeline.tracks if any(c.id == old.clip for c in t.clips))
    hand.edit({"op": "set_track", "track": track, "fields": {"locked": True}})
    with pytest.raises(Conflict, match="is locked"):
        ask(hand, old, "It is dark.")


def test_only_who_may_edit_lets_something_be_said(hand: Hand) -> None:
    old = find(hand, "It is cold.")
    with unit_of_work() as uow:
        stranger = make_stranger(uow)
    with unit_of_work() as uow, pytest.raises(NotFound):
        timelines.rewrite_sentence(uow, stranger, hand.id, old.clip, old.start, "It is warm.")
    with reading() as uow, pytest.raises(NotFound):
        saying.otherwise_in_script(uow, stranger, hand.id)
    with unit_of_work() as uow:
        uow.session.add(Member(project_id=hand.board.project_id, user_id=stranger.user_id, role="viewer"))
    with reading() as uow:
        assert saying.otherwise_in_script(uow, stranger, hand.id) == ()
    with unit_of_work() as uow, pytest.raises(Forbidden):
        timelines.rewrite_sentence(uow, stranger, hand.id, old.clip, old.start, "It is warm.")


def test_the_script_is_told_apart_and_changed_only_when_somebody_wants_it(hand: Hand, tmp_path: Path) -> None:
    def otherwise() -> list[tuple[str, str, str]]:
        with reading() as uow:
            return [(each.says, each.now, each.was) for each in saying.otherwise_in_script(uow, hand.owner, hand.id)]

    def source() -> str:
        with reading() as uow:
            return scripts.export_script(uow, hand.owner, hand.board.script_id).data.decode()

    assert otherwise() == []
    rewrite(hand, "I did not think you would.", LONGER, tmp_path)
    assert otherwise() == [("You came. I did not think you would.", LONGER, "I did not think you would.")]
    assert LONGER not in source()
    new = find(hand, LONGER)
    with unit_of_work() as uow:
        saying.say_in_script(uow, hand.owner, hand.id, new.clip, new.start)
    assert f"\nYou came. {LONGER}\n" in source() and otherwise() == []
    with reading() as uow:
        asked = runs.list_runs(uow, hand.owner, hand.board.project_id, limit=500)
        assert "voice" in [run.kind for run in asked]  # the board says it, too
    assert LONGER in said(hand)
    voice_anew(hand, tmp_path)
    assert said(hand)[:2] == ["You came.", LONGER]  # what stayed of the old recording is known still
    hand.undo()
    assert said(hand)[:2] == ["You came.", "I did not think you would."]
    hand.redo()
    with unit_of_work() as uow, pytest.raises(Conflict, match="says this already"):
        saying.say_in_script(uow, hand.owner, hand.id, new.clip, new.start)


def test_what_the_script_has_otherwise_by_now_is_only_told(hand: Hand, tmp_path: Path) -> None:
    rewrite(hand, "I said I would.", "I gave my word.", tmp_path)
    with unit_of_work() as uow:
        line_id = next(each.line_id for each in timelines.said_anew_in(uow, hand.owner, hand.id))
        line = storyboards.words_of_lines(uow, hand.owner, hand.board.project_id, [line_id])[line_id]
        scene = scripts.read_texts(uow, hand.owner, line.script_id, line.scene, 1)[0]
        text = scene.text.replace("I said I would.", "I said I might.")
        saying.save_scene(
            uow, hand.owner, line.script_id, line.scene_id, text=text, revision=scene.revision, base=scene.text
        )
    with reading() as uow:
        found = saying.otherwise_in_script(uow, hand.owner, hand.id)
    assert [(each.says, each.was) for each in found] == [("I said I might.", "")]
