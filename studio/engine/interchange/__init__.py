"""Timelines of other programs, in and out: OpenTimelineIO, EDL, FCP 7 XML, FCPXML, and caption files."""
