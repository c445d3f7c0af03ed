"""The two XML formats of Final Cut Pro: FCP 7 XML, which Premiere and Resolve speak too, and FCPXML."""
