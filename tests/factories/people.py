"""A small studio: an admin, a project with a member in every role, a stranger, and a file; sessions without typing passwords."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path

from studio.accounts.models import User
from studio.accounts.service.sessions import begin
from studio.accounts.views import Actor, UserRole
from studio.core.db import unit_of_work
from studio.core.storage import rendition_key, storage
from studio.engine.time import Rate
from studio.engine.timeline import Timeline, to_document
from studio.media import service as media
from studio.projects import service as projects
from studio.projects.views import ProjectRole
from studio.renders import service as renders
from studio.scripts import service as scripts
from studio.scripts.sheet.categories import Category
from studio.storyboards import service as storyboards
from studio.storyboards.printing.options import PrintOptions
from studio.thread import service as thread
from studio.timelines.models import TimelineRow
from tests.factories.film import stored_file

SCRIPT = """Title: A Door

INT. KITCHEN - NIGHT

MARA opens the door. Rain.

MARA
Who is there?

EXT. STREET - DAY

Nobody. A bus passes.
"""
_CUT = to_document(Timeline("A Door", Rate(24), 1920, 1080, ()))
MEMBERS = ("viewer", "reviewer", "editor", "owner")


@dataclass
class Cast:
    """People by what they are to the project, and the ids of what is in it."""

    people: dict[str, str]
    project_id: str
    script_id: str
    shot_id: str
    panel_id: str
    run_id: str
    film_id: str
    timeline_id: str
    sha256: str
    content: bytes
    spare_id: str
    import_id: str
    scene_id: str
    version_id: str
    tag_id: str
    print_id: str
    upload_id: str
    roles: dict[str, UserRole] = field(default_factory=dict[str, UserRole])
    changed: bool = True
    """Whether somebody was let in to change something since it was last put right."""

    def actor(self, who: str) -> Actor:
        return Actor(self.people[who], self.roles[who])

    def session(self, who: str) -> str:
        """The secret of a fresh session."""
        with unit_of_work() as uow:
            user = uow.session.get(User, self.people[who])
            assert user is not None
            return begin(uow, user, agent="test", address="127.0.0.1").token


def make_cast() -> Cast:
    """Everybody and everything; nothing is drawn, and runs of kind `board` and `print` wait for a worker."""
    roles = dict.fromkeys(("stranger", *MEMBERS, "spare"), UserRole.USER) | {"admin": UserRole.ADMIN}
    with unit_of_work() as uow:
        users = {name: _user(name, role) for name, role in roles.items()}
        uow.session.add_all(users.values())
        uow.session.flush()
        people = {name: user.id for name, user in users.items()}
        owner = Actor(people["owner"], UserRole.USER)
    made = thread.start_project(owner, data=SCRIPT.encode(), name="a door.fountain")
    with unit_of_work() as uow:
        for name in MEMBERS[:-1]:
            projects.add_member(uow, owner, made.project_id, email=f"{name}@example.org", role=ProjectRole(name))
        shot = storyboards.list_cards(uow, owner, made.script_id).items[0]
        film = renders.submit_film(uow, owner, made.script_id, "720p")
        timeline = TimelineRow(
            project_id=made.project_id,
            name="A Door",
            rate="24/1",
            width=1920,
            height=1080,
            frames=0,
            document=_CUT,
            status="edit",
        )
        uow.session.add(timeline)
        scene = scripts.list_scenes(uow, owner, made.script_id)[0].id
        version = scripts.list_versions(uow, owner, made.script_id).items[0].id
        tag = scripts.add_tag(uow, owner, made.script_id, 0, Category.PROPS, "key").id
        upload = media.begin_upload(uow, owner, made.project_id, name="take.mov", size=9).id
        printed = storyboards.submit_print(uow, owner, made.script_id, PrintOptions()).id
    sha256, content = _file(owner, made.project_id)
    return Cast(
        people,
        made.project_id,
        made.script_id,
        shot.shot_id,
        shot.panel_id,
        made.run_id,
        film.id,
        timeline.id,
        sha256,
        content,
        people["spare"],
        look_over(owner, made.project_id),
        scene,
        version,
        tag,
        printed,
        upload,
        roles,
    )


def look_over(owner: Actor, project_id: str) -> str:
    """The id of an import of the same script again, into its project."""
    return scripts.begin_import(owner, data=SCRIPT.encode(), name="next.fountain", project_id=project_id).id


def _user(name: str, role: UserRole) -> User:
    return User(
        email=f"{name}@example.org", username=name, display_name=name.title(), role=role.value, password_hash="none"
    )


def _file(owner: Actor, project_id: str) -> tuple[str, bytes]:
    content = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
    with tempfile.TemporaryDirectory() as folder:
        stored = stored_file(Path(folder), "panel.svg", content)
        small = Path(folder) / "small.webp"
        small.write_bytes(b"RIFF small")
        storage().put(rendition_key(stored.sha256, "thumbnail"), small)
    with unit_of_work() as uow:
        media.add_media(uow, owner, project_id, replace(stored, mime="image/svg+xml"))
    return stored.sha256, content
