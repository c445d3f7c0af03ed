"""Every table of the house: importing this fills the metadata."""

from sqlmodel import SQLModel

import studio.accounts.models
import studio.core.db
import studio.media.models
import studio.projects.models
import studio.renders.models
import studio.runs.models
import studio.scripts.models
import studio.storyboards.models
import studio.timelines.models  # noqa: F401

metadata = SQLModel.metadata
