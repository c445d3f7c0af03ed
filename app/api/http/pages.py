"""Where plain form posts lead: on to a page of ours, or back to their own with what went wrong."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.responses import RedirectResponse

from studio.core.links import sentence_proof
from studio.core.settings import settings

SIGN_IN, SIGN_UP, PROJECTS, ACCOUNT, IMPORT = "/signin", "/signup", "/projects", "/account", "/import/new"
FORMS = {
    "/auth/sign-up": SIGN_UP,
    "/auth/sign-in": SIGN_IN,
    "/auth/sign-out": SIGN_IN,
    "/auth/password": ACCOUNT,
    "/auth/new-project": PROJECTS,
    "/auth/sample": PROJECTS,
    "/auth/import": IMPORT,
    "/auth/panel": PROJECTS,
    "/auth/reference": PROJECTS,
    "/auth/scans": PROJECTS,
    "/auth/boards": PROJECTS,
}
"""The page each form stands on."""

_LONGEST_MESSAGE = 200
_OWN = re.compile(r"/(?![/\\])[!-\[\]-~]*")


def own_path(given: str, otherwise: str) -> str:
    """`given` if it is a path on this site and nothing else could be read into it, else `otherwise`."""
    return given if len(given) <= 500 and _OWN.fullmatch(given) else otherwise


def onward(path: str) -> RedirectResponse:
    """Go there, with GET."""
    return RedirectResponse(path, 303)


def back(page: str, code: str, message: str, **keep: str) -> RedirectResponse:
    """Back to a page that shows `message`; what is kept fills the form again. Never pass a password."""
    parts = urlsplit(page)
    message = message[:_LONGEST_MESSAGE]
    proof = sentence_proof(message, secret=settings().signing_key())
    told = {"problem": code, "message": message, "proof": proof, **{k: v[:254] for k, v in keep.items() if v}}
    query = urlencode({**dict(parse_qsl(parts.query)), **told})
    return RedirectResponse(f"{parts.path}?{query}", 303)
