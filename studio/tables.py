"""Every table of the house: importing this fills the metadata."""

from sqlmodel import SQLModel

from studio.accounts import models as accounts
from studio.audit import models as audit
from studio.core import db as core
from studio.drawing import models as drawing
from studio.media import models as media
from studio.projects import models as projects
from studio.renders import models as renders
from studio.runs import models as runs
from studio.scripts import models as scripts
from studio.storyboards import models as storyboards
from studio.timelines import models as timelines

ROOMS = (accounts, audit, core, drawing, media, projects, renders, runs, scripts, storyboards, timelines)
metadata = SQLModel.metadata
