"""Open a target: a folder, a zip, SFTP with a known server, WebDAV.

    Target, what the office keeps secret ──opened──▶ Remote, or a Finding

The home of fsspec and its kin. Passwords come from the environment, the keyring or
ssh-agent; they stand in no file of the site and in no sentence.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from jianbao.delivery.publishing.faults import PublishError, fault_of
from jianbao.delivery.publishing.packing import ZipRemote
from jianbao.delivery.publishing.sending import Remote, part_of
from jianbao.model.publishing import Kind, Target

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

_SERVICE = "jianbao"
_PATIENCE = 15  # seconds


@dataclass(slots=True)
class FileRemote:
    """A target that is a tree of files: each is written under another name, then moved."""

    files: "AbstractFileSystem"
    root: str
    _made: set[str] = field(default_factory=set)

    def read(self, path: str) -> bytes | None:
        """Return what a file holds, None where there is none."""
        try:
            data: bytes = self.files.cat_file(self._at(path))
        except FileNotFoundError:
            return None
        return data

    def write(self, path: str, data: bytes, token: str) -> None:
        """Replace a file in one step."""
        part, whole = self._at(part_of(path, token)), self._at(path)
        folder = whole.rpartition("/")[0]
        if folder not in self._made:
            self.files.makedirs(folder, exist_ok=True)
            self._made.add(folder)
        self.files.pipe_file(part, data)
        self._move(part, whole)

    def delete(self, path: str) -> None:
        """Take a file away, if it is there."""
        with suppress(FileNotFoundError):
            self.files.rm_file(self._at(path))

    def _at(self, path: str) -> str:
        return f"{self.root}/{path}"

    def _move(self, part: str, whole: str) -> None:
        self.files.mv(part, whole)


class _DavRemote(FileRemote):
    """WebDAV moves over what is there only if it is told so."""

    def _move(self, part: str, whole: str) -> None:
        self.files.client.move(part, whole, overwrite=True)


@contextmanager
def opened(target: Target, root: Path, secrets: Mapping[str, str]) -> Iterator[Remote]:
    """Open a target of the site at `root` while the block runs; raises PublishError.

    `secrets` are the environment: JIANBAO_PASSWORD_<name> or JIANBAO_PASSWORD.
    """
    try:
        with _opened(target, root, secrets) as remote:
            yield remote
    except Exception as fault:
        finding = fault_of(target, fault)
        if finding is None:
            raise
        raise PublishError(finding) from fault


@contextmanager
def _opened(target: Target, root: Path, secrets: Mapping[str, str]) -> Iterator[Remote]:
    if target.kind is Kind.ZIP:
        with ZipRemote.at(_local(target, root)) as packed:
            yield packed
        return
    if target.kind is Kind.FOLDER:
        from fsspec.implementations.local import LocalFileSystem

        yield FileRemote(LocalFileSystem(), str(_local(target, root)))
        return
    if target.kind is Kind.WEBDAV:
        from webdav4.fsspec import WebdavFileSystem

        login = (target.user, password(target, secrets) or "") if target.user else None
        files = WebdavFileSystem(
            target.host, auth=login, timeout=_PATIENCE, skip_instance_cache=True
        )
        try:
            yield _DavRemote(files, target.path.strip("/"))
        finally:
            files.client.http.close()
        return
    with _ssh(target, root, secrets) as files:
        yield FileRemote(files, target.path.rstrip("/"))


@contextmanager
def _ssh(target: Target, root: Path, secrets: Mapping[str, str]) -> Iterator["AbstractFileSystem"]:
    """Open SFTP to a server whose key is known; an unknown or changed one is refused."""
    from sshfs import SSHFileSystem

    said: dict[str, object] = {}
    if target.identity:
        said["client_keys"] = [str(Path(target.identity).expanduser())]
    word = password(target, secrets)
    if word:
        said["password"] = word
    files = SSHFileSystem(
        target.host,
        port=target.port or 22,
        username=target.user or None,
        known_hosts=str(root / target.known_hosts),
        config=None,
        connect_timeout=_PATIENCE,
        login_timeout=_PATIENCE,
        keepalive_interval=_PATIENCE,
        skip_instance_cache=True,
        **said,
    )
    try:
        yield files
    finally:
        files._client.abort()


def password(target: Target, secrets: Mapping[str, str]) -> str | None:
    """Return a target's password from the environment or the keyring, None where there is none."""
    for name in (f"JIANBAO_PASSWORD_{target.name}", "JIANBAO_PASSWORD"):
        if secrets.get(name):
            return secrets[name]
    if not target.user:
        return None
    import keyring
    from keyring.errors import KeyringError

    with suppress(KeyringError):
        return keyring.get_password(_SERVICE, f"{target.user}@{target.host}")
    return None


def _local(target: Target, root: Path) -> Path:
    return root / Path(target.path).expanduser()
