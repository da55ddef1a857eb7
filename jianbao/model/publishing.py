"""The nouns of publishing: where readers find the site."""

from dataclasses import dataclass, field
from enum import StrEnum

from jianbao.diagnostics import Place


class Kind(StrEnum):
    """How a target is reached."""

    FOLDER = "folder"
    ZIP = "zip"
    SFTP = "sftp"
    WEBDAV = "webdav"


@dataclass(frozen=True, slots=True)
class Target:
    """A place for readers: `publish:` in site.yaml.

    Attributes:
        name: What the office calls it, such as 内网.
        path: The folder on the target, or the zip's file.
        host: Server of SFTP; scheme and server of WebDAV: https://dav.example.
        port: 0 takes the usual one.
        known_hosts: File with the server's key, relative to the site; for SFTP only.
        identity: File with our private key, relative to the site's owner's home; "" asks ssh-agent.
    """

    name: str
    kind: Kind
    path: str
    place: Place = field(default_factory=lambda: Place("data/site.yaml"))
    host: str = ""
    port: int = 0
    user: str = ""
    known_hosts: str = ""
    identity: str = ""
