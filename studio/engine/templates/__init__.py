"""Templates: pieces of film with parameters. What one is (model), ours (kinds), those people save (saved), and filling one."""

from studio.engine.templates.filling import filled
from studio.engine.templates.model import Parameter, Source, Sources, Template, Values, missing_media, read_values
from studio.engine.templates.saved import from_document, template_of, to_document

__all__ = [
    "Parameter",
    "Source",
    "Sources",
    "Template",
    "Values",
    "filled",
    "from_document",
    "missing_media",
    "read_values",
    "template_of",
    "to_document",
]
