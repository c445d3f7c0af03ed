"""What other rooms see of scripts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SceneView:
    """A scene: number and heading, length in eighths of a page and seconds."""

    id: str
    position: int
    number: str
    heading: str
    eighths: int
    seconds: float


@dataclass(frozen=True, slots=True)
class ScriptDetail:
    """A script with its scenes in order and the names of its people."""

    id: str
    project_id: str
    title: str
    author: str
    eighths: int
    seconds: float
    scenes: tuple[SceneView, ...]
    characters: tuple[str, ...]
