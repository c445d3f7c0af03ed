"""Plain HTML form posts, for pages without fetch: every answer is 303 to a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, File, Form, Request, Response, UploadFile

from app.api.deps import caller, signed_in
from app.api.http import cookie, pages
from app.api.http.answers import UUID, Words
from app.api.http.uploads import file_name
from studio.accounts import service as accounts
from studio.accounts.views import Actor, SignedIn
from studio.core.db import unit_of_work
from studio.core.errors import Invalid, SignInRequired, StudioError
from studio.drawing import service as drawing
from studio.media.pictures.apart import Fit
from studio.projects import service as projects
from studio.projects.views import FilmFormat
from studio.scripts import service as scripts
from studio.storyboards import service as storyboards
from studio.thread import service as thread

router = APIRouter(prefix="/auth", include_in_schema=False)
Field = Annotated[Words, Form()]
_USUAL_SHAPE, _USUAL_RATE = "16:9", "24"


@router.post("/sign-up")
def sign_up(
    request: Request,
    email: Field = "",
    password: Field = "",
    display_name: Field = "",
    setup_code: Field = "",
    sample: Field = "",
    next: Field = "",
) -> Response:
    """Make an account, sign it in, and with any `sample` open the sample script for it."""

    def begin() -> Response:
        made = accounts.register(
            email=email, password=password, display_name=display_name, setup_code=setup_code, **caller(request)
        )
        try:
            path = _sample_board(made.session.actor) if sample else pages.PROJECTS
        except StudioError as e:  # the account is made: the projects page offers the sample again
            return _with_session(pages.back(pages.PROJECTS, e.code, e.message), made)
        return _begun(made, pages.own_path(next, path))

    return _tried(request, begin, email=email, name=display_name, setup=setup_code, next=next)


@router.post("/sign-in")
def sign_in(request: Request, email: Field = "", password: Field = "", next: Field = "") -> Response:
    """Sign in."""
    return _tried(
        request,
        lambda: _begun(
            accounts.sign_in(email=email, password=password, **caller(request)), pages.own_path(next, pages.PROJECTS)
        ),
        email=email,
        next=next,
    )


@router.post("/sign-out")
def sign_out(request: Request, next: Field = "") -> Response:
    """End this session."""

    def end() -> Response:
        if secret := cookie.token(request):
            with unit_of_work() as uow:
                accounts.sign_out(uow, secret)
        answer = pages.onward(pages.own_path(next, "/"))
        cookie.drop(answer)
        return answer

    return _tried(request, end)


@router.post("/password")
def change_password(request: Request, current: Field = "", new: Field = "", next: Field = "") -> Response:
    """Change the password; every other session ends."""

    def change() -> Response:
        session = signed_in(request, Response())
        made = accounts.change_password(session.actor, session.id, current=current, new=new)
        return _begun(made, pages.own_path(next, f"{pages.ACCOUNT}?done=password"))

    return _tried(request, change)


@router.post("/new-project")
def new_project(
    request: Request,
    file: Annotated[UploadFile | None, File()] = None,
    text: Field = "",
    title: Field = "",
    shape: Field = _USUAL_SHAPE,
    rate: Field = _USUAL_RATE,
    next: Field = "",
) -> Response:
    """A project from a screenplay's file, or from pasted text."""

    def start() -> Response:
        session = signed_in(request, Response())
        film, named = projects.format_named(shape, rate), bool(file and file.filename)
        data = file.file.read() if file and named else text.encode()
        if not data.strip():
            raise Invalid("Choose a script, or paste one into the box.", field="text")
        name = file_name(file.filename if file and named else None)
        if scripts.wants_a_look(data, name):
            seen = scripts.begin_import(session.actor, data=data, name=name)
            return pages.onward(pages.own_path(next, f"/import/{seen.id}"))
        made = thread.start_project(session.actor, data=data, name=name, title=title.strip() or None, film=film)
        return pages.onward(pages.own_path(next, f"/p/{made.project_id}/board"))

    return _tried(request, start, title=title)


@router.post("/boards")
def bring_boards(
    request: Request,
    file: Annotated[UploadFile | None, File()] = None,
    project: Annotated[str, Form(pattern=rf"{UUID}|^$")] = "",
    next: Field = "",
) -> Response:
    """A project from a Storyboarder project's ZIP, or its boards put into one without a script."""

    def bring() -> Response:
        session = signed_in(request, Response())
        if file is None or not file.filename:
            raise Invalid("Choose the ZIP of a Storyboarder project first.", field="file")
        name = file_name(file.filename, "boards.zip")
        found = thread.bring_project(session.actor, data=file.file.read(), name=name, project_id=project or None)
        return pages.onward(pages.own_path(next, f"/p/{found.project_id}/board"))

    return _tried(request, bring)


@router.post("/import")
def begin_import(
    request: Request,
    file: Annotated[UploadFile | None, File()] = None,
    project: Annotated[str, Form(pattern=rf"{UUID}|^$")] = "",
    next: Field = "",
) -> Response:
    """A screenplay's file, read so that a person can look it over; for a project, or for one of its own."""

    def begin() -> Response:
        session = signed_in(request, Response())
        if file is None or not file.filename:
            raise Invalid("Choose a script first.", field="text")
        name = file_name(file.filename)
        seen = scripts.begin_import(session.actor, data=file.file.read(), name=name, project_id=project or None)
        return pages.onward(pages.own_path(next, f"/import/{seen.id}"))

    return _tried(request, begin, project=project)


@router.post("/panel")
def upload_panel(
    request: Request,
    file: Annotated[UploadFile | None, File()] = None,
    project: Annotated[str, Form(pattern=rf"{UUID}|^$")] = "",
    shot: Annotated[str, Form(pattern=rf"{UUID}|^$")] = "",
    panel: Annotated[str, Form(pattern=rf"{UUID}|^$")] = "",
    fit: Annotated[Fit, Form()] = "whole",
    scan: Field = "",
) -> Response:
    """A picture's file as the newest drawing of a shot's panel, the first unless it is named."""
    board = (
        f"/p/{project}/board?shot={shot}{f'&panel={panel}' if panel else ''}" if project and shot else pages.PROJECTS
    )

    def bring() -> Response:
        session = signed_in(request, Response())
        if file is None or not file.filename:
            raise Invalid("Choose a picture first.", field="file")
        name = file_name(file.filename, "picture")
        data, of = file.file.read(), panel or None
        storyboards.upload_panel(session.actor, shot, data=data, name=name, fit=fit, scan=bool(scan), panel_id=of)
        return pages.onward(board)

    return _tried(request, bring, page=board)


@router.post("/reference")
def bring_reference(
    request: Request,
    file: Annotated[UploadFile | None, File()] = None,
    project: Annotated[str, Form(pattern=rf"{UUID}|^$")] = "",
    shot: Annotated[str, Form(pattern=rf"{UUID}|^$")] = "",
    panel: Annotated[str, Form(pattern=rf"{UUID}|^$")] = "",
) -> Response:
    """A picture's file to draw over."""
    room = f"/p/{project}/draw/{shot}" if project and shot else pages.PROJECTS

    def bring() -> Response:
        session = signed_in(request, Response())
        if file is None or not file.filename:
            raise Invalid("Choose a picture first.", field="file")
        name = file_name(file.filename, "picture")
        drawing.bring_reference(session.actor, panel, data=file.file.read(), name=name)
        return pages.onward(room)

    return _tried(request, bring, page=room)


@router.post("/scans")
def bring_in_sheets(
    request: Request,
    file: Annotated[list[UploadFile] | None, File()] = None,
    project: Annotated[str, Form(pattern=rf"{UUID}|^$")] = "",
    script: Annotated[str, Form(pattern=rf"{UUID}|^$")] = "",
    first_shot: Annotated[str, Form(pattern=rf"{UUID}|^$")] = "",
) -> Response:
    """Drawn worksheets, from scans and photos, for the panels of a board."""
    board = f"/p/{project}/board" if project else pages.PROJECTS

    def bring() -> Response:
        session = signed_in(request, Response())
        files = [(file_name(each.filename, "sheet"), each.file.read()) for each in file or () if each.filename]
        storyboards.submit_scan(session.actor, script, files, first_shot_id=first_shot or None)
        return pages.onward(board)

    return _tried(request, bring, page=board)


@router.post("/sample")
def open_sample(request: Request, shape: Field = _USUAL_SHAPE, rate: Field = _USUAL_RATE, next: Field = "") -> Response:
    """A project from the sample script."""

    def start() -> Response:
        session = signed_in(request, Response())
        film = projects.format_named(shape, rate)
        return pages.onward(pages.own_path(next, _sample_board(session.actor, film)))

    return _tried(request, start)


def _sample_board(actor: Actor, film: FilmFormat | None = None) -> str:
    return f"/p/{thread.open_sample(actor, film).project_id}/board"


def _begun(made: SignedIn, path: str) -> Response:
    return _with_session(pages.onward(path), made)


def _with_session(answer: Response, made: SignedIn) -> Response:
    cookie.put(answer, made.token)
    return answer


def _tried(request: Request, act: Callable[[], Response], *, page: str = "", **keep: str) -> Response:
    """What `act` answers, else back to the form's page with the sentence; to sign in when there is no session."""
    page = page or pages.FORMS[request.url.path]
    try:
        return act()
    except SignInRequired as e:
        if page in (pages.SIGN_IN, pages.SIGN_UP):
            return pages.back(page, e.code, e.message, **keep)
        return pages.back(f"{pages.SIGN_IN}?next={quote(page)}", e.code, e.message)
    except StudioError as e:
        field = e.field if isinstance(e, Invalid) and e.field else ""
        return pages.back(page, e.code, e.message, field=field, **keep)
