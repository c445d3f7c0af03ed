"""Jobs of storyboards: draw one panel or a whole board, ink what was drawn by hand, voice one scene, print, read drawn sheets,
bring in the pictures of boards."""

from __future__ import annotations

from collections.abc import Iterator

from jobs.registry import Done, Step, Wait
from jobs.work import Work
from studio.core.db import reading
from studio.core.errors import Invalid, LimitReached
from studio.core.settings import settings
from studio.core.storage import media_key, storage
from studio.drawing import service as drawing
from studio.drawing import sheets
from studio.media import service as media
from studio.media.views import StoredFile
from studio.providers import registry as providers
from studio.runs import service as runs
from studio.storyboards import service as storyboards
from studio.storyboards.exchange.reading import read_pictures
from studio.storyboards.printing.options import MIME, print_options
from studio.storyboards.printing.worksheet.apart import SheetPage, sheet_page
from studio.storyboards.printing.worksheet.placing import Placing, SheetReport
from studio.storyboards.printing.writing import pixels_needed, write_print
from studio.storyboards.views import ScanBrief


def draw_panel(work: Work) -> Done:
    """Draw the panel of the run's config and put it on top of its versions; without a seed only when it lacks a fresh one."""
    panel_id, seed = work.claim.config["panel_id"], work.claim.config.get("seed")
    with reading() as uow:
        if not storyboards.panel_exists(uow, panel_id):
            return Done({"gone": True})  # the script changed while this waited: the shot is not in it any more
        brief = storyboards.panel_brief(uow, work.actor, panel_id, seed=seed)
    if brief.drawn and not brief.stale and seed is None:
        return Done({"panel_id": panel_id})
    picture = providers.image_provider().draw(brief.spec, width=brief.width, height=brief.height)
    work.report("Inking", 0.6)
    png, svg = work.folder / "panel.png", work.folder / "panel.svg"
    png.write_bytes(picture.png)
    svg.write_text(picture.svg, encoding="utf-8")
    store = storage()
    png_file = media.stored(store, png, kind="image", mime="image/png", name=f"{brief.number}.png")
    svg_file = media.stored(store, svg, kind="image", mime="image/svg+xml", name=f"{brief.number}.svg")
    media.store_thumbnail(store, png_file.sha256, picture.png, work.folder)
    plate_file = None
    if picture.plate:
        plate = work.folder / "plate.png"
        plate.write_bytes(picture.plate)
        plate_file = media.stored(store, plate, kind="image", mime="image/png", name=f"{brief.number} plate.png")
    with work.committing() as uow:
        number = storyboards.add_panel_version(
            uow, work.actor, panel_id, picture, png_file, svg_file, plate_file, spec=brief.spec
        )
    return Done({"panel_id": panel_id, "version": number, "sha256": png_file.sha256})


def draw_board(work: Work) -> Wait:
    """Ask for every panel that has no picture yet."""
    with work.committing() as uow:
        config = work.claim.config
        scenes = config.get("scenes", ())
        storyboards.request_panels(uow, work.actor, config["script_id"], scenes=scenes, parent_id=work.claim.run_id)
    return Wait("Drawing panels")


def finish_board(work: Work) -> Done:
    """Say how many panels there were to draw."""
    with reading() as uow:
        return Done({"panels": len(runs.list_children(uow, work.claim.run_id, "panel"))})


def ink_panel(work: Work) -> Done:
    """Paint the drawing of the run's config over the picture it was drawn on, and put it on top of the panel's versions."""
    import cv2

    from studio.engine.ink import paint, svg

    panel_id, seq = work.claim.config["panel_id"], work.claim.config["seq"]
    with reading() as uow:
        brief = drawing.ink_brief(uow, work.actor, panel_id, seq)
    store = storage()
    size, fonts = (brief.width, brief.height), settings().fonts
    base = store.fetch(media_key(brief.base_sha256)).read_bytes() if brief.base_sha256 else None
    under = paint.opened(base, size) if base else None
    work.report("Inking", 0.2)
    png, vector, plate = (work.folder / name for name in ("panel.png", "panel.svg", "plate.png"))
    sheet = sheets.sheet_of(brief.picture)
    cv2.imwrite(str(png), paint.painted(sheet, size, under=under, fonts=fonts)[:, :, ::-1])
    work.report("Inking", 0.6)
    vector.write_text(svg.written(sheet, size, under=base), encoding="utf-8")
    files = [
        media.stored(store, png, kind="image", mime="image/png", name=f"{brief.number}.png"),
        media.stored(store, vector, kind="image", mime="image/svg+xml", name=f"{brief.number}.svg"),
    ]
    media.store_thumbnail(store, files[0].sha256, png.read_bytes(), work.folder)
    plate_file = None
    if sheets.has_notes(brief.picture):
        clean = sheets.sheet_of(brief.picture, notes=False)
        cv2.imwrite(str(plate), paint.painted(clean, size, under=under, fonts=fonts)[:, :, ::-1])
        plate_file = media.stored(store, plate, kind="image", mime="image/png", name=f"{brief.number} plate.png")
    with work.committing() as uow:
        number = drawing.keep_picture(uow, work.actor, brief, files[0], files[1], plate_file)
    return Done({"panel_id": panel_id, "version": number, "sha256": files[0].sha256})


def voice_scene(work: Work) -> Done:
    """Speak every unvoiced line of a scene, keeping each as it is done."""
    script_id, scene = work.claim.config["script_id"], work.claim.config["scene"]
    provider = providers.voice_provider()
    with work.committing() as uow:
        briefs = storyboards.voice_briefs(uow, work.actor, script_id, scene, provider)
    store = storage()
    for i, brief in enumerate(briefs):
        work.report("Recording voices", i / len(briefs))
        speech = provider.speak(brief.text, brief.voice, work.folder, manner=brief.manner)
        wav = media.stored(store, speech.wav, kind="audio", mime="audio/wav", name=f"line {i + 1}.wav")
        with work.committing() as uow:
            storyboards.add_voice(uow, work.actor, work.claim.project_id, brief, speech, wav)
        speech.wav.unlink(missing_ok=True)
    return Done({"lines": len(briefs)})


def print_board(work: Work) -> Done:
    """Write the file of the run's config from the board as it stands, and keep it with the project."""
    wishes = {name: value for name, value in work.claim.config.items() if name != "script_id"}
    options = print_options(wishes)
    with reading() as uow:
        book = storyboards.board_book(uow, work.actor, work.claim.config["script_id"], scenes=options.scenes)
    store = storage()
    work.report("Fetching the pictures", 0.0)
    book = storyboards.fetched(book, pixels=pixels_needed(book, options), store=store)
    out = work.folder / f"board.{options.format}"
    count = write_print(book, options, out, tell=lambda told, at, of: work.report("Printing", at / of, told))
    name = options.file_name(book)
    file = media.stored(store, out, kind="document", mime=MIME[options.format], name=name)
    with work.committing() as uow:
        storyboards.keep_print(uow, work.actor, work.claim.project_id, file)
    return Done({"sha256": file.sha256, "size": file.size, "name": name, "count": count})


def read_scans(work: Work) -> Done:
    """Cut the drawings out of the sheets of the run's config, page by page, and put them on top of their panels' versions."""
    config = work.claim.config
    with reading() as uow:
        brief = storyboards.scan_brief(uow, work.actor, config["script_id"], config["first_shot_id"] or None)
    store, placing = storage(), Placing(config["script_id"], brief.panels, brief.first)
    reports: list[SheetReport] = []
    kept: list[tuple[str, StoredFile]] = []
    for file, page, sheet in _sheets(work, brief):
        report, drawings = placing.place(sheet, file, page)
        reports.append(report)
        for panel_id, png in drawings:
            path = work.folder / "drawing.png"
            path.write_bytes(png)
            kept.append((panel_id, media.stored(store, path, kind="image", mime="image/png", name=file)))
            media.store_thumbnail(store, kept[-1][1].sha256, png, work.folder)
    if kept:
        with work.committing() as uow:
            storyboards.keep_scan(uow, work.actor, config["script_id"], kept)
    return Done({"sheets": [report.plain() for report in reports], "kept": len(kept)})


def bring_pictures(work: Work) -> Done:
    """Give the panels of the run's config the pictures of their boards, each as it is read; the result names those without."""
    config = work.claim.config
    with reading() as uow:
        brief = storyboards.pictures_brief(uow, work.actor, config)
    panels, total = dict(brief.left), len(config["panels"])
    problems: list[dict[str, object]] = []

    def tell() -> None:
        done = total - len(panels)
        work.report("Bringing in drawings", done / total, f"{done} of {total}")

    def keep(at: int, png: bytes, problem: str) -> None:
        panel_id = panels.pop(at)
        if problem:
            problems.append({"board": at + 1, "told": problem})
        else:
            path = work.folder / "board.png"
            path.write_bytes(png)
            file = media.stored(storage(), path, kind="image", mime="image/png", name=f"board {at + 1}.png")
            media.store_thumbnail(storage(), file.sha256, png, work.folder)
            with work.committing() as uow:
                storyboards.keep_picture(uow, work.actor, brief, panel_id, file)
        tell()

    tell()
    project = storage().fetch(media_key(brief.sha256))
    read_pictures(project, list(panels), keep, width=brief.width, height=brief.height, stop=work.stopped)
    return Done({"kept": total - len(problems), "problems": problems})


def _sheets(work: Work, brief: ScanBrief) -> Iterator[tuple[str, int, SheetPage]]:
    """Every page of every file with its name and number; what cannot be read is a page with a problem."""
    files: list[dict[str, str]] = work.claim.config["files"]
    for at, file in enumerate(files):
        data = storage().fetch(media_key(file["sha256"])).read_bytes()
        page = pages = 1
        while page <= pages:
            told = f"page {page} of {pages}" if pages > 1 else file["name"]
            work.report("Reading sheets", (at + (page - 1) / pages) / len(files), told)
            try:
                sheet = sheet_page(data, page - 1, width=brief.width, height=brief.height)
                pages = sheet.pages
            except (Invalid, LimitReached) as error:
                sheet = SheetPage(pages, error.message)
            yield file["name"], page, sheet
            page += 1


PANEL: tuple[Step, ...] = (draw_panel,)
BOARD: tuple[Step, ...] = (draw_board, finish_board)
INK: tuple[Step, ...] = (ink_panel,)
VOICE: tuple[Step, ...] = (voice_scene,)
PRINT: tuple[Step, ...] = (print_board,)
SCAN: tuple[Step, ...] = (read_scans,)
BOARDS: tuple[Step, ...] = (bring_pictures,)
