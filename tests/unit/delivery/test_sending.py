"""What is sent arrives whole, in an order in which no reader meets a dead link."""

import errno
import posixpath
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jianbao.delivery.publishing.faults import PublishError, fault_of
from jianbao.delivery.publishing.planning import Mark, plan
from jianbao.delivery.publishing.sending import LIST, SpoiltError, send
from jianbao.delivery.publishing.targets import opened
from jianbao.model.publishing import Kind, Target
from tests.servers import Shell, free_port, new_key, sshd, webdav, wire

Files = Mapping[str, bytes]


def site(numbers: list[int], edition: str = "", years: tuple[str, ...] = ("2026",)) -> Files:
    """Return a small site: bulletins that link to each other, years that link to them, a home."""
    pages = {f"yunxi/{number}": number for number in numbers}
    files: dict[str, bytes] = {"web.css": b"body{}", "search/ab.js": f"x{numbers}".encode()}
    for place, (address, number) in enumerate(pages.items()):
        picture = f"photos/{sha256(f'{number}{edition}'.encode()).hexdigest()[:8]}.jpg"
        others = [numbers[i] for i in (place - 1, place + 1) if 0 <= i < len(numbers)]
        links = "".join(f'<a href="../{other}/index.html">' for other in others)
        files |= {
            f"{address}/bulletin.json": f"{number}".encode(),
            f"{address}/{picture}": f"{number}{edition}".encode() * 400,
            f"{address}/index.html": f'{edition}<img src="{picture}">{links}'
            f'<a href="../../web.css"><a href="../../years/{years[-1]}.html">'.encode(),
        }
    listed = "".join(f'<a href="../yunxi/{number}/index.html">' for number in numbers)
    files |= {f"years/{year}.html": f"{year}{listed}".encode() for year in years}
    shelves = "".join(f'<a href="years/{year}.html">' for year in years)
    return files | {"index.html": f'{edition}{shelves}<a href="search/ab.js">'.encode()}


def marks(files: Files) -> Mapping[str, Mark]:
    """Return the files' marks."""
    return {path: Mark(sha256(data).hexdigest(), len(data)) for path, data in files.items()}


def dead_links(files: Files) -> list[tuple[str, str]]:
    """Return what a reader who starts at the home page follows into nothing."""
    dead, seen, open_ = [], set(), ["index.html"] if "index.html" in files else []
    while open_:
        page = open_.pop()
        if page in seen or not page.endswith(".html"):
            continue
        seen.add(page)
        for link in re.findall(r'(?:href|src)="([^"]+)"', files[page].decode()):
            target = posixpath.normpath(posixpath.join(posixpath.dirname(page), link))
            if target not in files:
                dead.append((page, link))
            else:
                open_.append(target)
    return dead


class CutError(Exception):
    """The connection is gone."""


class Memory:
    """A target in memory whose connection is cut after so many calls."""

    def __init__(self, calls: int = 10**9) -> None:
        self.files: dict[str, bytes] = {}
        self.calls = calls

    def read(self, path: str) -> bytes | None:
        """Return a file's bytes."""
        self._call()
        return self.files.get(path)

    def write(self, path: str, data: bytes, _token: str) -> None:
        """Replace a file."""
        self._call()
        self.files[path] = data

    def delete(self, path: str) -> None:
        """Take a file away."""
        self._call()
        self.files.pop(path, None)

    def _call(self) -> None:
        self.calls -= 1
        if self.calls < 0:
            raise CutError


def public(files: Files) -> Files:
    """Return the files that readers see."""
    return {path: data for path, data in files.items() if not path.startswith(".")}


CHANGES = {
    "first": ({}, site([1, 2])),
    "one more": (site([1, 2]), site([1, 2, 3])),
    "new year": (site([1, 2]), site([1, 2, 3], years=("2026", "2027"))),
    "edited": (site([1, 2]), site([1, 2], "new ")),
    "taken out": (site([1, 2, 3]), site([1, 3])),
    "all at once": (site([1, 2, 3], years=("2025", "2026")), site([2, 3, 4], "new ")),
}


@pytest.mark.parametrize("case", CHANGES)
def test_no_reader_meets_a_dead_link_at_any_moment(case: str) -> None:
    """Cut after any call: all links work, each file is old or new, and the next run completes."""
    before, after = CHANGES[case]
    calls = 0
    while True:
        remote = Memory()
        send(remote, marks(before), before.__getitem__)
        remote.calls = calls
        try:
            send(remote, marks(after), after.__getitem__)
        except CutError:
            pass
        else:
            break
        finally:
            remote.calls = 10**9

        assert [] == dead_links(public(remote.files))
        for path, data in public(remote.files).items():
            assert data in (before.get(path), after.get(path))
        send(remote, marks(after), after.__getitem__)
        assert after == public(remote.files)
        calls += 1
    assert calls > 5


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_after_cuts_and_changes_of_mind_it_is_what_was_wanted(data: st.DataObject) -> None:
    """However often it is cut, and whatever is wanted next, the last whole run is right."""
    remote = Memory()
    for _ in range(4):
        numbers = data.draw(st.lists(st.integers(1, 6), unique=True, max_size=5))
        files = site(numbers, data.draw(st.sampled_from(["", "new "])))
        remote.calls = data.draw(st.integers(0, 60))
        with suppress(CutError):
            send(remote, marks(files), files.__getitem__)
        remote.calls = 10**9
    send(remote, marks(files), files.__getitem__)

    assert files == public(remote.files)


def test_only_what_changed_is_sent() -> None:
    """One new bulletin among many: its files, its neighbour and the indexes."""
    before, after = site(list(range(1, 50))), site(list(range(1, 51)))
    steps = plan(marks(before), marks(after))

    assert len(steps.sent) == 6
    assert {"yunxi/49/index.html", "yunxi/50/index.html", "years/2026.html"} < set(steps.sent)
    assert () == steps.removed


def test_foreign_files_stay() -> None:
    """What somebody else laid into the folder is neither listed nor taken away."""
    remote = Memory()
    remote.files["old/page.html"] = b"x"
    send(remote, marks(site([1])), site([1]).__getitem__)
    send(remote, marks(site([2])), site([2]).__getitem__)

    assert b"x" == remote.files["old/page.html"]


def test_a_file_that_arrives_spoilt_is_noticed() -> None:
    """What is read back has to be what was sent."""

    class Leaky(Memory):
        def write(self, path: str, data: bytes, token: str) -> None:
            super().write(path, data if path.startswith(".") else data[:-1], token)

    remote = Leaky()
    with pytest.raises(SpoiltError):
        send(remote, marks(site([1])), site([1]).__getitem__)
    assert "index.html" not in remote.files


def on_disk(folder: Path) -> Files:
    """Return the files below a folder."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


@pytest.fixture(params=["folder", "sftp", "webdav", "zip"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Target, Path]]:
    """Return a target of each kind, with the folder its files come to lie in."""
    public_ = tmp_path / "public"
    if request.param == "folder":
        yield Target("盘", Kind.FOLDER, str(public_)), public_
    elif request.param == "zip":
        yield Target("包", Kind.ZIP, str(tmp_path / "site.zip")), public_
    elif request.param == "webdav":
        with webdav(tmp_path / "dav", "clerk", "secret") as address:
            yield (
                Target("网盘", Kind.WEBDAV, "public", host=address, user="clerk"),
                tmp_path / "dav/public",
            )
    else:
        with sshd(tmp_path / "ssh") as shell:
            yield (
                Target(
                    "内网", Kind.SFTP, str(public_), host="127.0.0.1", port=shell.port,
                    user=shell.user, known_hosts=str(shell.known_hosts), identity=str(shell.identity),
                ),
                public_,
            )  # fmt: skip


def test_every_kind_of_target_holds_what_was_sent(
    target: tuple[Target, Path], tmp_path: Path
) -> None:
    """Sent, changed and taken out again, over a real connection each time."""
    place, folder = target
    secrets = {"JIANBAO_PASSWORD": "secret"} if place.kind is Kind.WEBDAV else {}
    for before_after in CHANGES["all at once"]:
        with opened(place, tmp_path, secrets) as remote:
            send(remote, marks(before_after), before_after.__getitem__)
        with opened(place, tmp_path, secrets) as remote:
            assert before_after == {path: remote.read(path) for path in before_after}
            assert remote.read(LIST)
    if place.kind is not Kind.ZIP:
        lying = on_disk(folder)
        assert before_after == {path: lying[path] for path in lying if not path.startswith(".")}


@pytest.mark.parametrize("seed", range(6))
def test_a_wire_that_is_cut_leaves_a_whole_site(seed: int, tmp_path: Path) -> None:
    """Over SFTP, cut at a random byte of a publication; then the next one completes it."""
    budget = Random(seed).randrange(2_000, 21_000)
    before, after = CHANGES["all at once"]
    folder = tmp_path / "public"
    with sshd(tmp_path / "ssh") as shell:

        def to(port: int) -> Target:
            known = tmp_path / f"known-{port}"
            line = shell.known_hosts.read_text().split(maxsplit=1)[1]
            known.write_text(f"[127.0.0.1]:{port} {line}")
            return Target(
                "内网", Kind.SFTP, str(folder), host="127.0.0.1", port=port, user=shell.user,
                known_hosts=str(known), identity=str(shell.identity),
            )  # fmt: skip

        with opened(to(shell.port), tmp_path, {}) as remote:
            send(remote, marks(before), before.__getitem__)
        with (
            wire(shell.port, budget) as cut,
            pytest.raises(PublishError, match="publish-cut"),
            opened(to(cut.port), tmp_path, {}) as remote,
        ):
            send(remote, marks(after), after.__getitem__)
        lying = public(on_disk(folder))
        seen = {path: data for path, data in lying.items() if not path.endswith(".part")}
        assert [] == dead_links(seen)
        assert all(data in (before.get(path), after.get(path)) for path, data in seen.items())
        with opened(to(shell.port), tmp_path, {}) as remote:
            send(remote, marks(after), after.__getitem__)

    lying = on_disk(folder)
    assert after == {path: lying[path] for path in lying if not path.startswith(".")}


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shell]:
    """Run one sshd for the tests that only knock."""
    with sshd(tmp_path_factory.mktemp("ssh")) as running:
        yield running


def knock(target: Target, root: Path, secrets: Mapping[str, str] | None = None) -> str:
    """Try to publish, and return the rule of what stopped it."""
    with pytest.raises(PublishError) as stopped, opened(target, root, secrets or {}) as remote:
        send(remote, marks(site([1])), site([1]).__getitem__)
    return stopped.value.finding.rule


def test_a_server_whose_key_has_changed_is_refused(shell: Shell, tmp_path: Path) -> None:
    """So is one whose key was never written down: nothing is sent, no password is shown."""
    public_ = tmp_path / "public"
    known = {
        "changed": f"[127.0.0.1]:{shell.port} {new_key(tmp_path / 'k').with_suffix('.pub').read_text()}",
        "unknown": "",
    }
    for name, line in known.items():
        (tmp_path / name).write_text(line)
        target = Target(
            "内网", Kind.SFTP, str(public_), host="127.0.0.1", port=shell.port, user=shell.user,
            known_hosts=name, identity=str(shell.identity),
        )  # fmt: skip
        assert "publish-server" == knock(target, tmp_path)
    assert not public_.exists()


def test_a_stranger_is_told_how_to_give_the_key(shell: Shell, tmp_path: Path) -> None:
    """A key the server does not know, and no password."""
    target = Target(
        "内网", Kind.SFTP, str(tmp_path / "public"), host="127.0.0.1", port=shell.port,
        user=shell.user, known_hosts=str(shell.known_hosts), identity=str(new_key(tmp_path / "k")),
    )  # fmt: skip

    assert "publish-login" == knock(target, tmp_path)


def test_the_other_ways_to_fail(tmp_path: Path) -> None:
    """Nobody there, a wrong password, a folder that may not be written to, a full disk."""
    nobody = f"http://127.0.0.1:{free_port()}"
    assert "publish-cut" == knock(Target("网盘", Kind.WEBDAV, "x", host=nobody), tmp_path)
    with webdav(tmp_path / "dav", "clerk", "secret") as address:
        dav = Target("网盘", Kind.WEBDAV, "x", host=address, user="clerk")
        assert "publish-login" == knock(dav, tmp_path, {"JIANBAO_PASSWORD_网盘": "wrong"})
    (tmp_path / "file").write_text("")
    assert "publish-cut" == knock(Target("盘", Kind.FOLDER, "file/x"), tmp_path)
    full = fault_of(dav, OSError(errno.ENOSPC, "no space"))
    assert full is not None
    assert "publish-full" == full.rule
    assert None is fault_of(dav, KeyError("a bug of ours"))
