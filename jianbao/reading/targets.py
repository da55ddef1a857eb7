"""Read where the site is published: `publish:` in site.yaml.

publish: {内网: {to: sftp://clerk@10.1.2.3/var/www, known_hosts: data/known_hosts}} ──▶ Targets
"""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from jianbao.diagnostics import Checked, Finding, Place, error, msg
from jianbao.model.publishing import Kind, Target
from jianbao.reading.files import is_file
from jianbao.reading.shapes import TargetShape
from jianbao.reading.shaping import value_place
from jianbao.reading.tree import Table

_SFTP, _DAV = ("sftp", "ssh"), ("http", "https", "webdav", "webdavs", "dav", "davs")
_SECURE = {"webdav": "http", "dav": "http", "webdavs": "https", "davs": "https"}


def targets_of(
    root: Path, tree: Table, shapes: Mapping[str, TargetShape]
) -> Checked[tuple[Target, ...]]:
    """Return the targets in their order.

    Findings: publish-address, publish-password, publish-known-hosts.
    """
    targets: list[Target] = []
    findings: list[Finding] = []
    for name, shape in shapes.items():
        place = value_place(tree, "publish", name, "to")
        target = _target(name, shape, place)
        if isinstance(target, Finding):
            findings.append(target)
            continue
        if target.kind is Kind.SFTP and not is_file(root, target.known_hosts):
            findings.append(_unknown(target))
        targets.append(target)
    return Checked(tuple(targets), tuple(findings))


def _target(name: str, shape: TargetShape, place: Place) -> Target | Finding:
    try:
        parts = urlsplit(shape.to)
        port = parts.port or 0
    except ValueError:
        return _wrong(place, shape.to)
    if shape.password or parts.password:
        return _open_password(name, place)
    if not parts.scheme or "://" not in shape.to:
        kind = Kind.ZIP if shape.to.lower().endswith(".zip") else Kind.FOLDER
        return Target(name, kind, shape.to, place)
    user, path = shape.user or unquote(parts.username or ""), unquote(parts.path)
    if not parts.hostname or parts.scheme not in (*_SFTP, *_DAV):
        return _wrong(place, shape.to)
    if parts.scheme in _SFTP:
        return Target(
            name, Kind.SFTP, path or "/", place, parts.hostname, port, user,
            shape.known_hosts, shape.identity,
        )  # fmt: skip
    host = parts.hostname + (f":{port}" if port else "")
    scheme = _SECURE.get(parts.scheme, parts.scheme)
    return Target(name, Kind.WEBDAV, path, place, f"{scheme}://{host}", port, user)


def _open_password(name: str, place: Place) -> Finding:
    return error(
        "publish-password",
        Place(place.path, place.line),  # without its words: they are not to be shown
        msg("A password stands in the file; whoever reads the file has it."),
        msg("Take it out, change it, and give it in the environment as {name}.",
            name=f"JIANBAO_PASSWORD_{name}"),
    )  # fmt: skip


def _wrong(place: Place, text: str) -> Finding:
    return error(
        "publish-address",
        place,
        msg("{text} is no address to publish to.", text=text),
        msg("Write a folder, a name ending in .zip, or an address such as {sftp} or {dav}.",
            sftp="sftp://clerk@10.1.2.3/var/www", dav="https://dav.example/www"),
    )  # fmt: skip


def _unknown(target: Target) -> Finding:
    port = f" -p {target.port}" if target.port else ""
    return error(
        "publish-known-hosts",
        target.place,
        msg("The key of {host} is written down nowhere: there is no file {file}.",
            host=target.host, file=target.known_hosts),
        msg("Run {command}, and compare the key with whoever keeps the server.",
            command=f"ssh-keyscan{port} {target.host} > {target.known_hosts}"),
    )  # fmt: skip
