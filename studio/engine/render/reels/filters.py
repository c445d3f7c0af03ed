"""Chains of FFmpeg filters over frames in this process: frame in, frame out, in the order of a clip's own frames."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

import av.error
from av.filter import Graph
from av.filter.context import FilterContext
from av.video.frame import VideoFrame

_SECOND = Fraction(1)

Words = list[tuple[list[str], str, str, list[str]]]
"""Filters in order: labels of their inputs, name, arguments, labels of their outputs; ";" is a name where a chain ends."""


class Chain:
    """Filters as a graph's text has them, one after another; set up anew when the frames change their shape."""

    def __init__(self, filters: Sequence[str], base: Fraction = _SECOND) -> None:
        self._words = parsed(",".join(filters))
        self._base = base
        self._shape: tuple[Any, ...] = ()
        self._graph: Graph | None = None

    def through(self, frame: VideoFrame, number: int) -> VideoFrame:
        """The frame after all filters, as picture `number` of one a second; later ones have higher numbers."""
        if not self._words:
            return frame
        frame.pts, frame.time_base = number, self._base
        return next(self.passed(frame))

    def passed(self, frame: VideoFrame) -> Iterator[VideoFrame]:
        """Give a frame to filters that may hold some back; what comes out."""
        shape = frame.width, frame.height, frame.format.name
        if self._graph is None or shape != self._shape:
            self._graph, self._shape = self._made(frame), shape
        self._graph.push(frame)
        yield from self._pulled(self._graph)

    def rest(self) -> Iterator[VideoFrame]:
        """What the filters held back, when no frame follows."""
        if self._graph is not None:
            self._graph.push(None)
            yield from self._pulled(self._graph)
        self.forget()

    def forget(self) -> None:
        """The next frame does not follow the one before."""
        self._graph = None

    def _pulled(self, graph: Graph) -> Iterator[VideoFrame]:
        while True:
            try:
                out = graph.pull()
            except (av.error.BlockingIOError, av.error.EOFError):
                return
            assert isinstance(out, VideoFrame)
            yield out

    def _made(self, frame: VideoFrame) -> Graph:
        graph = Graph()
        graph.threads = 1
        last: FilterContext | None = graph.add_buffer(
            width=frame.width, height=frame.height, format=frame.format, time_base=self._base
        )
        labelled: dict[str, FilterContext] = {}
        for inputs, name, arguments, outputs in self._words:
            if name == ";":
                last = None
                continue
            kind, _, own = name.partition("@")
            filtered = graph.add(kind, arguments or None, **({"name": name} if own else {}))
            before = [labelled.pop(label) for label in inputs]
            if last is not None:
                before.insert(0, last)
            for i, one in enumerate(before):
                one.link_to(filtered, 0, i)
            last = filtered
            for label in outputs:
                labelled[label] = filtered
                last = None
        assert last is not None
        last.link_to(graph.add("buffersink"))
        graph.configure()
        return graph


def planes(frame: VideoFrame) -> Iterator[bytes | memoryview]:
    """The bytes of a frame's planes without what pads their rows."""
    for plane in frame.planes:
        data = memoryview(plane).cast("B")
        wide, row = plane.width, plane.line_size
        yield (
            data[: wide * plane.height]
            if wide == row
            else b"".join(data[i : i + wide] for i in range(0, row * plane.height, row))
        )


def parsed(text: str) -> Words:
    """A filter graph's text taken apart. Source: ffmpeg-filters(1), filtergraph syntax and escaping."""
    words: Words = []
    at = 0
    while at < len(text):
        inputs, at = _labels(text, at)
        name, at = _token(text, at, "=,;[")
        arguments = ""
        if text[at : at + 1] == "=":
            arguments, at = _token(text, at + 1, "[],;")
        outputs, at = _labels(text, at)
        words.append((inputs, name.strip(), arguments, outputs))
        if text[at : at + 1] == ";":
            words.append(([], ";", "", []))
        at += 1
    return words


def _labels(text: str, at: int) -> tuple[list[str], int]:
    labels: list[str] = []
    while text[at : at + 1] == "[":
        end = text.index("]", at)
        labels.append(text[at + 1 : end])
        at = end + 1
    return labels, at


def _token(text: str, at: int, ends: str) -> tuple[str, int]:
    """The text up to one of `ends`, its quotes and backslashes taken away once."""
    out: list[str] = []
    while at < len(text) and text[at] not in ends:
        if text[at] == "\\" and at + 1 < len(text):
            out.append(text[at + 1])
            at += 2
        elif text[at] == "'":
            end = text.index("'", at + 1)
            out.append(text[at + 1 : end])
            at = end + 1
        else:
            out.append(text[at])
            at += 1
    return "".join(out), at
