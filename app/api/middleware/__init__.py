"""What every request passes before a route or a page sees it: pure ASGI, one small file each, outermost first in `server`."""
