"""What stopped a publication, in a clerk's words.

an exception of a connection ──fault_of──▶ Finding, or None: then it is a bug of ours
"""

import errno
from collections.abc import Iterator

from jianbao.delivery.publishing.sending import SpoiltError
from jianbao.diagnostics import Finding, Place, error, msg
from jianbao.model.publishing import Target

_AGAIN = msg("What readers see is whole. Run the command again: it goes on where it stopped.")


class PublishError(Exception):
    """A publication was stopped by its target; `finding` says by what."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.rule)
        self.finding = finding


def fault_of(target: Target, fault: BaseException) -> Finding | None:
    """Return what a connection's exception means, None where it is none of a connection's.

    Findings: publish-server (its key), publish-login, publish-full, publish-refused,
    publish-spoilt, publish-cut.
    """
    place = target.place
    causes = tuple(_causes(fault))
    for judge in (_of_ssh, _of_dav, _of_disk):
        for cause in causes:
            found = judge(target, cause, place)
            if found:
                return found
    return None


def _causes(fault: BaseException) -> Iterator[BaseException]:
    """Yield an exception and what it was raised from: libraries wrap each other's."""
    cause: BaseException | None = fault
    while cause is not None:
        yield cause
        cause = cause.__cause__


def _of_ssh(target: Target, fault: BaseException, place: Place) -> Finding | None:
    import asyncssh

    if isinstance(fault, asyncssh.HostKeyNotVerifiable):
        return error(
            "publish-server",
            place,
            msg("{host} does not show the key that is written down for it; nothing was sent.",
                host=target.host),
            msg("Ask whoever keeps the server whether its key was changed. If so, put the new line "
                "into {file}; if not, somebody else may be answering.", file=target.known_hosts),
        )  # fmt: skip
    if isinstance(fault, asyncssh.PermissionDenied):
        return _login(target, place)
    if isinstance(fault, (asyncssh.SFTPPermissionDenied, asyncssh.SFTPWriteProtect)):
        return _refused(target, place)
    if isinstance(fault, asyncssh.SFTPNoSpaceOnFilesystem):
        return _full(target, place)
    return _cut(target, place) if isinstance(fault, asyncssh.Error) else None


def _of_dav(target: Target, fault: BaseException, place: Place) -> Finding | None:
    import httpx
    from webdav4.client import ClientError, HTTPError, InsufficientStorage

    if isinstance(fault, InsufficientStorage):
        return _full(target, place)
    if isinstance(fault, HTTPError):
        code = fault.status_code
        return (
            _login(target, place) if code == httpx.codes.UNAUTHORIZED else _refused(target, place)
        )
    return _cut(target, place) if isinstance(fault, (httpx.HTTPError, ClientError)) else None


def _of_disk(target: Target, fault: BaseException, place: Place) -> Finding | None:
    if isinstance(fault, SpoiltError):
        return error(
            "publish-spoilt",
            place,
            msg("{path} did not arrive as it was sent.", path=str(fault)),
            msg("Run the command again; if it happens again, the disk there may be failing."),
        )
    if not isinstance(fault, OSError):
        return None
    if fault.errno in (errno.ENOSPC, errno.EDQUOT):
        return _full(target, place)
    if isinstance(fault, PermissionError) or fault.errno == errno.EROFS:
        return _refused(target, place)
    return _cut(target, place)


def _login(target: Target, place: Place) -> Finding:
    return error(
        "publish-login",
        place,
        msg("{host} does not let {user} in.", host=target.host, user=target.user),
        msg("Give the password in the environment as {name}, or let ssh-agent hold the key.",
            name=f"JIANBAO_PASSWORD_{target.name}"),
    )  # fmt: skip


def _refused(target: Target, place: Place) -> Finding:
    return error(
        "publish-refused",
        place,
        msg("{folder} may not be written to.", folder=target.path),
        msg("Ask whoever keeps the server or the share for the right to write there."),
    )


def _full(target: Target, place: Place) -> Finding:
    return error(
        "publish-full", place, msg("There is no room left at {name}.", name=target.name), _AGAIN
    )


def _cut(target: Target, place: Place) -> Finding:
    where = target.host or target.path
    return error("publish-cut", place, msg("{where} cannot be reached.", where=where), _AGAIN)
