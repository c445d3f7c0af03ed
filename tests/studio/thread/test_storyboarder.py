"""A board written as a project of Storyboarder and brought in again: the same shots, panels, lengths, words and pixels."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops

from jobs.registry import Done
from jobs.steps.storyboards import bring_pictures
from jobs.work import Stop, Work
from studio.accounts.views import Actor
from studio.core.db import UnitOfWork, reading, unit_of_work
from studio.core.errors import Cancelled, Conflict, Invalid, LimitReached, NotFound
from studio.core.storage import media_key, storage
from studio.engine.artist.spec import Move
from studio.engine.sandbox.run import TookTooLong
from studio.engine.time import Rate
from studio.projects import service as projects
from studio.projects.models import Project
from studio.projects.views import FilmFormat
from studio.providers.port import Picture
from studio.renders import service as renders
from studio.runs import service as runs
from studio.scripts import service as scripts
from studio.storyboards import repository
from studio.storyboards import service as storyboards
from studio.storyboards.exchange import archive
from studio.storyboards.exchange import reading as exchange_reading
from studio.storyboards.exchange.reading import read_pictures, read_project
from studio.storyboards.printing.options import PrintOptions
from studio.storyboards.printing.writing import pixels_needed, write_print
from studio.storyboards.views import ShotFields
from studio.thread import service as thread
from studio.thread.views import Brought
from tests.factories.boards import assert_sound, shots_of
from tests.factories.film import Board, make_board, stored_file
from tests.factories.pictures import bomb, encoded
from tests.factories.studio import Place, make_place, make_stranger

pytestmark = pytest.mark.services
SIZE = (480, 270)
SCRIPT = b"""INT. QUAY - NIGHT

MARA waits. A boat passes.

MARA
You came: I did not think so.

BEN
I said I would.

EXT. DECK - DAY

BEN at the rail.
"""


def drawn(board: Board, folder: Path) -> None:
    """Every panel with a picture of its own."""
    with reading() as uow:
        panels = repository.list_wanting(uow, board.script_id)
    for at, panel_id in enumerate(panels):
        sheet = Image.radial_gradient("L").resize(SIZE).convert("RGB")
        sheet.paste((40 * at % 256, 90, 200), (25 * at, 25, 25 * at + 75, 175))
        png = stored_file(folder, f"{at}.png", encoded(sheet, compress_level=1))
        svg = stored_file(folder, f"{at}.svg", b"<svg/>")
        with unit_of_work() as uow:
            picture = Picture(b"", None, "", *SIZE, "test artist", "full")
            storyboards.add_panel_version(uow, board.actor, panel_id, picture, png, svg)


def exported(board: Board, out: Path) -> bytes:
    options = PrintOptions("storyboarder")
    with reading() as uow:
        book = storyboards.board_book(uow, board.actor, board.script_id)
    write_print(storyboards.fetched(book, pixels=pixels_needed(book, options)), options, out)
    return out.read_bytes()


def work_on(actor: Actor, found: Brought, folder: Path) -> Work:
    """The job that brings the drawings, taken by a worker."""
    folder.mkdir()
    assert found.run_id
    with unit_of_work() as uow:
        claim = runs.claim_run(uow, found.run_id, "here")
    assert claim
    return Work(claim, actor, folder, Stop())


def bring(actor: Actor, found: Brought, folder: Path) -> dict[str, Any]:
    """The drawings of boards brought in to the end; the job's result."""
    work = work_on(actor, found, folder)
    done = bring_pictures(work)
    assert isinstance(done, Done)
    with unit_of_work() as uow:
        runs.complete_run(uow, work.claim, done.result)
    return done.result


def told(board: Board) -> list[tuple[Any, ...]]:
    """What has to come back of every panel: number, frames, framing, words."""
    with reading() as uow:
        cards = storyboards.list_cards(uow, board.actor, board.script_id, limit=200).items
        lines = repository.lines_by_shot(uow, board.script_id)
        return [
            (c.number, c.size, c.angle, c.move, c.lens_mm, panel.number, panel.frames, *spoken)
            for c in cards
            for spoken in [[(line.speaker, line.text) for line in lines.get(c.shot_id, [])]]
            for panel in storyboards.list_panels(uow, board.actor, c.shot_id)
        ]


def pictures(board: Board) -> list[Image.Image]:
    with reading() as uow:
        cards = storyboards.list_cards(uow, board.actor, board.script_id, limit=200).items
        rows = [storyboards.list_panels(uow, board.actor, card.shot_id) for card in cards]
    hashes = [panel.sha256 for row in rows for panel in row]
    return [Image.open(storage().fetch(media_key(sha))).convert("RGB") for sha in hashes if sha]


@pytest.fixture
def board(embedded: str) -> Board:
    """A small board of small pictures; one kind of database will do, `test_panel_row` asks both."""
    board = make_board(SCRIPT)
    small(board.project_id)
    return board


def small(project_id: str) -> None:
    with unit_of_work() as uow:
        project = uow.session.get_one(Project, project_id)
        project.width, project.height = SIZE


def empty_project(actor: Actor) -> str:
    with unit_of_work() as uow:
        made = projects.create_project(uow, actor, name="Elsewhere").id
    small(made)
    return made


def test_a_board_written_and_brought_in_again_is_the_same(board: Board, tmp_path: Path) -> None:
    shot = shots_of(board)[0]
    with unit_of_work() as uow:
        storyboards.change_shot(uow, board.actor, shot.id, ShotFields(move=Move.PUSH_IN, frames=101))
        storyboards.add_panel(uow, board.actor, shot.id)
        storyboards.add_panel(uow, board.actor, shot.id)
    drawn(board, tmp_path)
    data = exported(board, tmp_path / "board.storyboarder.zip")
    assert data == exported(board, tmp_path / "again.zip")
    project_id = empty_project(board.actor)
    found = thread.bring_project(board.actor, data=data, name="x.storyboarder.zip", project_id=project_id)
    assert bring(board.actor, found, tmp_path / "work") == {"kept": found.panels, "problems": []}
    other = Board(board.actor, found.project_id, found.script_id, found.shots)
    assert (found.shots, found.panels) == (board.shots, board.shots + 2)
    assert told(other) == told(board)
    before, after = pictures(board), pictures(other)
    assert (len(after), [one.size for one in after]) == (found.panels, [SIZE] * found.panels)
    assert all(ImageChops.difference(a, b).getbbox() is None for a, b in zip(before, after, strict=True))
    assert_sound(other)
    with reading() as uow:
        scenes = storyboards.list_scenes_on_board(uow, board.actor, other.script_id)
    assert [(s.number, s.heading) for s in scenes] == [("1", "INT. QUAY - NIGHT"), ("2", "EXT. DECK - DAY")]


def test_what_is_written_is_as_storyboarder_reads_it(board: Board, tmp_path: Path) -> None:
    with unit_of_work() as uow:
        storyboards.add_panel(uow, board.actor, shots_of(board)[0].id)
    drawn(board, tmp_path)
    with zipfile.ZipFile(io.BytesIO(exported(board, tmp_path / "b.zip"))) as found:
        name = next(each for each in found.namelist() if each.endswith(".storyboarder"))
        document = json.loads(found.read(name))
        assert name == f"{name.partition('/')[0]}/{name.partition('/')[0]}.storyboarder"
        boards = document["boards"]
        assert (document["fps"], document["aspectRatio"]) == (24, pytest.approx(16 / 9, abs=1e-5))
        assert [b["shot"] for b in boards][:3] == ["1A", "1B", "2A"]
        assert [b["newShot"] for b in boards][:3] == [True, False, True]
        assert [b["time"] for b in boards] == [sum(x["duration"] for x in boards[:i]) for i in range(len(boards))]
        for each in boards:
            layer = found.read(f"{name.rpartition('/')[0]}/images/{each['layers']['reference']['url']}")
            assert Image.open(io.BytesIO(layer)).size == (1600, 900)


def theirs(documents: dict[str, Any], files: dict[str, bytes]) -> bytes:
    """A ZIP as one gets by zipping a folder of Storyboarder."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, document in documents.items():
            made.writestr(name, document if isinstance(document, bytes | str) else json.dumps(document))
        for name, data in files.items():
            made.writestr(name, data)
    return out.getvalue()


def boards(*many: dict[str, Any], **more: Any) -> dict[str, Any]:
    made = [{"uid": f"{i}", "url": f"board-{i}.png", **each} for i, each in enumerate(many)]
    return {"version": "2.0.0", "aspectRatio": 2.0, "fps": 24, "defaultBoardTiming": "2000", "boards": made, **more}


@pytest.mark.parametrize(
    ("said", "film"),
    [
        ({"aspectRatio": 0.5625, "fps": 30}, FilmFormat(Rate(30), 1080, 1920)),
        ({"aspectRatio": 2.39, "fps": 23.976}, FilmFormat(Rate(24_000, 1001), 1920, 804)),
        ({"aspectRatio": "wide", "fps": None}, FilmFormat(Rate(24), 1920, 1080)),
        ({"aspectRatio": 99, "fps": 1000}, FilmFormat(Rate(60), 1920, 480)),
    ],
)
def test_a_project_of_its_own_has_the_shape_and_the_rate_of_the_boards(
    embedded: str, said: dict[str, Any], film: FilmFormat
) -> None:
    place, data = make_place(), theirs({"P/P.storyboarder": boards({"duration": 2000}, **said)}, {})
    found = thread.bring_project(place.actor, data=data, name="P.zip")
    with reading() as uow:
        made = projects.get_project(uow, place.actor, found.project_id)
        (shot,) = storyboards.list_board(uow, place.actor, found.script_id)
    assert (made.film, shot.frames) == (film, film.rate.frames(2))


def test_layers_are_put_together_and_scenes_and_shots_are_told_by_their_files(embedded: str, tmp_path: Path) -> None:
    red = encoded(Image.new("RGBA", (1800, 900), (255, 0, 0, 255)))
    half = Image.new("RGBA", (1800, 900), (0, 0, 0, 0))
    half.paste((0, 0, 255, 255), (0, 0, 900, 900))
    old = boards({"layers": {"reference": {"url": "r.png", "opacity": 0.5}}, "dialogue": "Hmm :D", "newShot": True})
    new = boards(
        {
            "layers": {"fill": {"url": "r.png"}, "ink": {"url": "i.png"}},
            "action": "A duck.\nIt walks.",
            "duration": 1500,
        },
        {"layers": {}, "newShot": False, "dialogue": "MARA: Wait.\nPlease.\nBEN: No."},
        {"layers": {}, "newShot": True},
    )
    folder = "P/storyboards/Scene-{}-{}-ZX3ZM"
    one, two = folder.format(2, "EXT-A-PLACE-DAY-1"), folder.format(10, "INT-HOUSE-NIGHT-2")
    data = theirs(
        {f"{two}/Scene-10-INT-HOUSE-NIGHT-2-ZX3ZM.storyboarder": old, f"{one}/Scene-2-EXT-A-PLACE-DAY-1-ZX3ZM.storyboarder": new},
        {f"{one}/images/r.png": red, f"{one}/images/i.png": encoded(half), f"{two}/images/r.png": red,
         f"{two}/images/board-0.png": encoded(half), f"__MACOSX/{one}/._x.storyboarder": b"\x00"},
    )  # fmt: skip
    place = make_place()
    small(place.project_id)
    found = thread.bring_project(place.actor, data=data, name="P.zip", project_id=place.project_id)
    assert bring(place.actor, found, tmp_path / "work") == {"kept": 2, "problems": []}
    other = Board(place.actor, found.project_id, found.script_id, found.shots)
    assert (found.project_id, found.shots, found.panels) == (place.project_id, 3, 4)
    rows = told(other)
    assert [(row[0], row[5], row[6]) for row in rows] == [
        ("2A", "2A/1", 36),
        ("2A", "2A/2", 48),
        ("2B", "2B", 48),
        ("10A", "10A", 48),
    ]
    assert rows[0][7:] == (("MARA", "Wait. Please."), ("BEN", "No."))
    assert rows[3][7:] == (("VOICE", "Hmm :D"),)
    with reading() as uow:
        cards = storyboards.list_cards(uow, place.actor, other.script_id).items
    assert [bool(card.sha256) for card in cards] == [True, False, True]
    first, last = pictures(other)
    assert (first.getpixel((120, 135)), first.getpixel((360, 135)), first.getpixel((240, 5))) == (
        (0, 0, 255),
        (255, 0, 0),
        (255, 255, 255),
    )
    assert last.getpixel((120, 135)) == (0, 0, 255)
    assert last.getpixel((360, 135))[1] == pytest.approx(127, abs=2)
    with pytest.raises(Conflict, match="has a script already"):
        thread.bring_project(place.actor, data=data, name="P.zip", project_id=place.project_id)


def one(document: Any, files: dict[str, bytes] | None = None) -> bytes:
    return theirs({"p/p.storyboarder": document}, {f"p/images/{k}": v for k, v in (files or {}).items()})


_LAYER = {"layers": {"ink": {"url": "i.png"}}}


@pytest.mark.parametrize(
    ("data", "error", "told"),
    [
        (theirs({}, {"a.txt": b"x"}), Invalid, "no project of Storyboarder"),
        (one("{"), Invalid, "cannot be read"),
        (one("[" * 100_000), Invalid, "cannot be read"),
        (one({"boards": 7}), Invalid, "no list of boards"),
        (one(boards()), Invalid, "no boards yet"),
        (one(boards(*[{}] * 601)), LimitReached, "more than 600 boards"),
        (one(b" " * (9 << 20)), LimitReached, "larger than 8 MB"),
        (theirs({"../p.storyboarder": boards({})}, {}), Invalid, "outside of its own folder"),
        (theirs({"p.storyboarder": boards({})}, {"/etc/passwd": b""}), Invalid, "outside of its own folder"),
        (theirs({"p.storyboarder": boards({})}, {"C:\\x": b""}), Invalid, "outside of its own folder"),
        (one(boards({"layers": {"ink": {"url": "../../secret.png"}}})), Invalid, "outside of its folder"),
        (one(boards(_LAYER), {"i.png": b"no picture"}), Invalid, "i.png is damaged"),
        (one(boards(_LAYER), {"i.png": bomb()}), (Invalid, LimitReached), "i.png|million pixels"),
        (one(boards(_LAYER), {"i.png": b"\0" * (41 << 20)}), LimitReached, "larger than 40 MB"),
    ],
    ids=range(14),
)  # fmt: skip
def test_what_is_no_project_is_refused_in_a_sentence(data: bytes, error: type[Exception], told: str) -> None:
    with pytest.raises(error, match=told):
        found = archive.Archive(io.BytesIO(data))
        assert found.told()
        [archive.picture_of(found, board, SIZE) for board in found.boards]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"PK no zip", "no ZIP we can read"),
        (one(boards({"layers": {"ink": {"url": "../i.png"}}})), "outside of its folder"),
    ],
    ids=range(2),
)
def test_of_a_project_that_is_refused_nothing_is_kept(embedded: str, data: bytes, told: str) -> None:
    place = make_place()
    with pytest.raises(Invalid, match=told):
        thread.bring_project(place.actor, data=data, name="x.zip", project_id=place.project_id)
    with reading() as uow:
        assert scripts.latest_script(uow, place.actor, place.project_id) is None


def five(**files: bytes) -> bytes:
    """Five shots of a board each, with drawings of different colours, or files of these names in their place."""
    drawn = {f"{name}.png": encoded(Image.new("RGB", (90, 45), (50 * at, 0, 0))) for at, name in enumerate("abcde")}
    many = [{"layers": {"ink": {"url": name}}, "action": "It rains.", "newShot": True} for name in drawn]
    return one(boards(*many), drawn | {f"{name}.png": data for name, data in files.items()})


def brought(place: Place, data: bytes) -> Brought:
    small(place.project_id)
    return thread.bring_project(place.actor, data=data, name="P.zip", project_id=place.project_id)


def versions(actor: Actor, found: Brought) -> list[list[tuple[int, str]]]:
    """(number, origin) of the versions of every panel in order."""
    with reading() as uow:
        cards = storyboards.list_cards(uow, actor, found.script_id).items
        there = repository.versions_by_panel(uow, [card.panel_id for card in cards])
        return [[(v.number, v.origin) for v in reversed(there[card.panel_id])] for card in cards]


def test_boards_are_there_at_once_and_a_worker_killed_in_the_middle_costs_no_picture_and_doubles_none(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = make_place()
    found = brought(place, five())
    assert versions(place.actor, found) == [[]] * 5
    work = work_on(place.actor, found, tmp_path / "first")
    with monkeypatch.context() as patch, pytest.raises(ZeroDivisionError):
        after(patch, 2, lambda: divmod(1, 0))
        bring_pictures(work)
    once = [(1, "uploaded")]
    assert versions(place.actor, found) == [once, once, [], [], []]
    with unit_of_work() as uow:
        assert runs.fail_lost_run(uow, work.claim.run_id, owner="here")
    assert bring(place.actor, found, tmp_path / "second") == {"kept": 5, "problems": []}
    assert versions(place.actor, found) == [once] * 5
    reds = [
        picture.getpixel((240, 135)) for picture in pictures(Board(place.actor, place.project_id, found.script_id, 5))
    ]
    assert reds == [(50 * at, 0, 0) for at in range(5)]


def after(patch: pytest.MonkeyPatch, many: int, happens: Callable[[], object]) -> None:
    """Let something happen when so many pictures are kept."""
    committing, left = Work.committing, iter(range(many))

    @contextmanager
    def counted(work: Work) -> Generator[UnitOfWork]:
        if next(left, None) is None:
            happens()
        with committing(work) as uow:
            yield uow

    patch.setattr(Work, "committing", counted)


def test_stopped_it_leaves_the_board_with_what_came(
    embedded: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = make_place()
    found = brought(place, five())
    work = work_on(place.actor, found, tmp_path / "work")

    def stop() -> None:
        with unit_of_work() as uow:
            runs.cancel_run(uow, place.actor, work.claim.run_id)

    with monkeypatch.context() as patch, pytest.raises(Cancelled):
        after(patch, 2, stop)
        bring_pictures(work)
    assert [len(each) for each in versions(place.actor, found)] == [1, 1, 0, 0, 0]
    with unit_of_work() as uow:
        again = runs.retry_run(uow, place.actor, work.claim.run_id)
    assert bring(place.actor, replace(found, run_id=again.id), tmp_path / "again")["kept"] == 5
    assert [len(each) for each in versions(place.actor, found)] == [1] * 5


def test_a_worker_told_to_stop_ends_the_child_at_once(tmp_path: Path) -> None:
    (tmp_path / "p.zip").write_bytes(five())
    came: list[int] = []
    with pytest.raises(Cancelled):
        read_pictures(
            tmp_path / "p.zip",
            range(5),
            lambda at, _png, _problem: came.append(at),
            width=480,
            height=270,
            stop=lambda: True,
        )
    assert not came


def test_a_broken_picture_costs_only_its_own_board(embedded: str, tmp_path: Path) -> None:
    place = make_place()
    found = brought(place, five(b=b"no picture", d=bomb()))
    result = bring(place.actor, found, tmp_path / "work")
    assert (result["kept"], [problem["board"] for problem in result["problems"]]) == (3, [2, 4])
    assert result["problems"][0]["told"] == "The picture b.png is damaged. Draw that board again in Storyboarder."
    assert [len(each) for each in versions(place.actor, found)] == [1, 0, 1, 0, 1]


@pytest.mark.parametrize(
    ("turns", "came", "without"),
    [
        ([["a"], [], ["c"]], [0, 2], [1]),
        ([["a", "b"], ["c"]], [0, 1, 2], []),
        ([[], [], []], [], [0, 1, 2]),
    ],
)
def test_where_a_child_comes_to_grief_another_goes_on_and_only_what_none_can_read_is_left_out(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, turns: list[list[str]], came: list[int], without: list[int]
) -> None:
    """Every child says what is in its turn, a byte at a time, and dies in the middle of the next picture."""
    ahead = iter(turns)

    def child(work: Any, *, limits: Any, ours: bool, ears: Any) -> bytes:
        said = b"".join(b"p\0\0\0\1" + each.encode() for each in next(ahead))
        for byte in said + b"p\0\0\1":
            ears.on_output(bytes([byte]))
        raise TookTooLong

    monkeypatch.setattr(exchange_reading, "run", child)
    heard: list[tuple[int, bytes, str]] = []
    read_pictures(tmp_path, range(3), lambda at, png, problem: heard.append((at, png, problem)), width=1, height=1)
    assert [at for at, png, _ in heard if png] == came
    assert [png for _, png, _ in heard if png] == [b"abc"[at : at + 1] for at in came]
    assert [at for at, _, problem in heard if problem] == without


def test_while_pictures_come_nobody_draws_their_panels_and_what_a_person_made_meanwhile_stays_on_top(
    embedded: str, tmp_path: Path
) -> None:
    place = make_place()
    found = brought(place, five())
    with unit_of_work() as uow, pytest.raises(Conflict, match="are being brought in"):
        storyboards.submit_board(uow, place.actor, found.script_id)
    with unit_of_work() as uow, pytest.raises(Conflict, match="when they are there"):
        renders.submit_film(uow, place.actor, found.script_id, "720p")
    with unit_of_work() as uow:
        assert storyboards.request_panels(uow, place.actor, found.script_id) == 0
        cards = storyboards.list_cards(uow, place.actor, found.script_id).items
        storyboards.delete_shots(uow, place.actor, found.script_id, [cards[4].shot_id])
    storyboards.upload_panel(place.actor, cards[1].shot_id, data=encoded(Image.new("RGB", SIZE)), name="mine.png")
    bring(place.actor, found, tmp_path / "work")
    with unit_of_work() as uow:
        storyboards.undo(uow, place.actor, found.script_id)
        storyboards.undo(uow, place.actor, found.script_id)
        cards = storyboards.list_cards(uow, place.actor, found.script_id).items
    assert [card.version for card in cards] == [1, None, 1, 1, 1]
    assert [len(each) for each in versions(place.actor, found)] == [1, 2, 1, 1, 1]


def test_nobody_else_brings_boards_into_a_project(embedded: str) -> None:
    place = make_place()
    with unit_of_work() as uow:
        stranger = make_stranger(uow)
    with pytest.raises(NotFound):
        thread.bring_project(stranger, data=b"never read", name="x.zip", project_id=place.project_id)


def test_a_zip_of_too_many_files_is_not_looked_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_ENTRIES", 2)
    with pytest.raises(LimitReached, match="more than 2 files"):
        archive.Archive(io.BytesIO(theirs({"p.storyboarder": boards({})}, {"a": b"", "b": b""})))


def test_odd_values_are_read_as_the_usual_ones(tmp_path: Path) -> None:
    odd = {"duration": "NaN", "dialogue": 7, "action": None, "notes": ["x"], "inkreel": {"size": "HUGE", "lens_mm": -1}}
    (tmp_path / "p.zip").write_bytes(one(boards(odd, {"duration": 1e30}, aspectRatio="wide")))
    found = read_project(tmp_path / "p.zip")
    first, second = found.boards
    assert (first.milliseconds, first.dialogue, first.action, first.size, first.lens_mm) == (2000.0, "", "", "", 35.0)
    assert (second.milliseconds, first.opens, second.opens) == (2000.0, True, False)
