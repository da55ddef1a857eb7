"""The server: one port of this computer, and the watch beside it."""

import asyncio
import socket
from collections.abc import Callable
from contextlib import closing, suppress

import uvicorn

from jianbao.pipeline.runs import Speak
from jianbao.serving.applications import application
from jianbao.serving.previews import Preview
from jianbao.serving.watching import Watch, watch
from jianbao.settings import Settings

LOOPBACK = ("127.0.0.1", "localhost")
EVERYWHERE = "0.0.0.0"
_NEXT = 20


def open_port(host: str, port: int) -> socket.socket:
    """Return a socket on the port, or on the next one that is free.

    Raises:
        OSError: No port is free, or `host` is no address of this computer.
    """
    for tried in range(port, min(port + _NEXT, 65535) + 1):
        taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            taken.bind((host, tried))
            taken.listen()
        except OSError:
            taken.close()
            if tried == min(port + _NEXT, 65535):
                raise
        else:
            return taken
    raise OSError(port)


def serve(
    settings: Settings, preview: Preview, port: socket.socket, host: str, speak: Speak
) -> None:
    """Serve the preview, and keep it new, until Ctrl-C; `speak` is for what is pressed.

    Raises:
        KeyboardInterrupt: It was asked to end, and has.
    """
    with closing(port):
        asyncio.run(_serve(Watch(settings, preview, speak), port, host))


async def _serve(kept: Watch, port: socket.socket, host: str) -> None:
    server: list[uvicorn.Server] = []
    app = application(kept.preview, (*LOOPBACK, host), _ending(server))
    config = uvicorn.Config(
        app, log_level="critical", access_log=False, server_header=False, lifespan="off"
    )
    server.append(uvicorn.Server(config))
    watching = asyncio.create_task(watch(kept))
    serving = asyncio.create_task(server[0].serve(sockets=[port]))
    try:
        await asyncio.wait((watching, serving), return_when=asyncio.FIRST_COMPLETED)
    finally:
        server[0].should_exit = True
        with suppress(asyncio.CancelledError):
            await serving
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching


def _ending(server: list[uvicorn.Server]) -> Callable[[], bool]:
    return lambda: any(one.should_exit for one in server)
