"""A chain of FFmpeg filters over frames in this process: frame in, frame out, the same whatever frames came before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

import av.error
from av.filter import Graph
from av.video.frame import VideoFrame


class Chain:
    """The filters, one after another, each as `name=arguments`; set up anew when the frames change their shape."""

    def __init__(self, filters: Sequence[str], step: Fraction) -> None:
        self._filters = filters
        self._step = step
        self._shape: tuple[Any, ...] = ()
        self._graph: Graph | None = None

    def through(self, frame: VideoFrame, number: int) -> VideoFrame:
        """The frame after all filters, which see it as frame `number` of the clip."""
        if not self._filters:
            return frame
        frame.pts, frame.time_base = number, self._step
        return next(self.passed(frame))

    def passed(self, frame: VideoFrame | None) -> Iterator[VideoFrame]:
        """Give a frame, or the end, to filters that may hold some back; what comes out."""
        if frame is not None:
            shape = frame.width, frame.height, frame.format.name, frame.colorspace, frame.color_range
            if shape != self._shape:
                self._graph, self._shape = self._made(frame), shape
        if self._graph is None:
            return
        self._graph.push(frame)
        while True:
            try:
                out = self._graph.pull()
            except (av.error.BlockingIOError, av.error.EOFError):
                return
            assert isinstance(out, VideoFrame)
            yield out

    def _made(self, frame: VideoFrame) -> Graph:
        graph = Graph()
        graph.nb_threads = 1
        source = graph.add_buffer(
            width=frame.width, height=frame.height, format=frame.format, name="in", time_base=self._step
        )
        chain = [source]
        for each in self._filters:
            name, _, arguments = each.partition("=")
            chain.append(graph.add(name, arguments) if arguments else graph.add(name))
        chain.append(graph.add("buffersink"))
        for before, after in zip(chain, chain[1:], strict=False):
            before.link_to(after)
        graph.configure()
        return graph
