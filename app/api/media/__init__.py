"""Routes of media: the files themselves, the bin they are found in, and how they come in."""

from app.api.media import bin, files, subclips, uploads

ROUTERS = (files.router, bin.router, subclips.router, uploads.router)
