"""What the browser gets: pages of the preview's folder, and news of them; nothing else.

    GET /yunxi/2026-47/      the page as built, with the overlay's script and style put in
    GET /.preview/news       Server-Sent Events: the state, each time it changes
    GET /.preview/preview.js the overlay

A page's own Content-Security-Policy stands in the page; in what is served here it lets the
page hear the news, and nothing more. Files are written as the reader gets them: without any of it.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Sequence
from html import escape
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route

from jianbao.serving.previews import Preview
from jianbao.settings import shipped_templates

_BREATH = 1.0
_POLICY = re.compile(r'(<meta http-equiv="Content-Security-Policy" content="[^"]*)(")')
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
}
_EMPTY = (
    '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width">'
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
    "style-src 'self'; script-src 'self'\">"
    "<title>{title}</title></head><body><main><p>{title}</p></main></body></html>"
)
_OVERLAY = {"preview.js": "text/javascript", "preview.css": "text/css"}


def application(preview: Preview, hosts: Sequence[str], ending: Callable[[], bool]) -> Starlette:
    """Return the application; to a request for another host than `hosts` it gives nothing.

    A name that leads here by somebody's leave could otherwise read drafts from a page elsewhere.
    `ending` says that the server is about to stop, which readers of the news would hold up.
    """

    async def news(_request: Request) -> Response:
        return StreamingResponse(_news(preview, ending), 200, _HEADERS, "text/event-stream")

    async def overlay(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in _OVERLAY:
            return PlainTextResponse("", 404, _HEADERS)
        return FileResponse(shipped_templates() / name, 200, _HEADERS, _OVERLAY[name])

    async def page(request: Request) -> Response:
        return await _page(preview, request)

    routes = [
        Route("/.preview/news", news),
        Route("/.preview/{name}", overlay),
        Route("/{path:path}", page),
    ]
    guard = Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False)
    return Starlette(routes=routes, middleware=[guard])


async def _page(preview: Preview, request: Request) -> Response:
    """Return a file of the preview; PDFs come from the folder in which they were made."""
    path = request.path_params["path"]
    folder = preview.papers if path.endswith(".pdf") else preview.web
    file = inside(folder, path)
    if file is None:
        words = preview.words["nothing"]
        return HTMLResponse(_shown(_EMPTY.format(title=escape(words)), preview), 404, _HEADERS)
    if file.name == "index.html" and path and not path.endswith(("/", "index.html")):
        return RedirectResponse(request.url.replace(path=f"{request.url.path}/"), 307, _HEADERS)
    if file.suffix != ".html":
        return FileResponse(file, 200, _HEADERS)
    html = await asyncio.to_thread(file.read_text, encoding="utf-8")
    own = (file.parent / "bulletin.json").exists()
    return HTMLResponse(_shown(html, preview, own), 200, _HEADERS)


def inside(folder: Path, path: str) -> Path | None:
    """Return the file that a path names within a folder, an index for a folder, else None.

    Hidden names, `..` among them, name nothing, and nor does what a link leads to.
    """
    parts = [part for part in path.split("/") if part]
    if any(part.startswith(".") or "\\" in part or "\0" in part for part in parts):
        return None
    top = folder.resolve()
    place = top.joinpath(*parts)
    try:
        place = place / "index.html" if place.is_dir() else place
        return place if place.is_file() and place.resolve() == place else None
    except OSError:  # a name longer than names may be
        return None


def _shown(html: str, preview: Preview, own: bool = False) -> str:
    """Return a page with the overlay put in, and leave for it in the page's policy.

    `own` says that it is a bulletin's own page.
    """
    html = _POLICY.sub(r"\1; connect-src 'self'\2", html, count=1)
    version = preview.version if own else preview.site
    put = (
        '<link rel="stylesheet" href="/.preview/preview.css">'
        f'<script src="/.preview/preview.js" data-version="{version}" defer></script>'
    )
    return html.replace("</head>", f"{put}</head>", 1)


async def _news(preview: Preview, ending: Callable[[], bool]) -> AsyncIterator[str]:
    """Yield the state now and each time it changes; a breath now and then keeps the line open."""
    while not ending():
        news = preview.news
        yield f"data: {preview.told()}\n\n"
        while not news.is_set() and not ending():
            try:
                await asyncio.wait_for(news.wait(), _BREATH)
            except TimeoutError:
                yield ":\n\n"
