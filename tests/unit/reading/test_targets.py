"""Where the office says that it publishes."""

from pathlib import Path

import pytest

from jianbao.cli.language import translator
from jianbao.cli.showing import sentence
from jianbao.model.publishing import Kind, Target
from jianbao.reading.office import read_site


def read(root: Path, line: str) -> tuple[list[Target], list[str], str]:
    """Return the targets of a site.yaml with this line, the rules found, and what is said."""
    (root / "data").mkdir(exist_ok=True)
    (root / "data/site.yaml").write_text(
        f"title: 简报\npublish:\n  内网: {line}\n", encoding="utf-8"
    )
    site = read_site(root)
    said = "\n".join(sentence(finding, translator("zh")) for finding in site.findings)
    targets = list(site.value.targets) if site.value else []
    return targets, [finding.rule for finding in site.findings], said


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("{to: /mnt/share/www}", (Kind.FOLDER, "", 0, "", "/mnt/share/www")),
        ("{to: ../public.zip}", (Kind.ZIP, "", 0, "", "../public.zip")),
        ("{to: 'https://dav.example:8443/公开', user: clerk}",
         (Kind.WEBDAV, "https://dav.example:8443", 8443, "clerk", "/公开")),
        ("{to: 'sftp://clerk@10.1.2.3:2222/var/www'}",
         (Kind.SFTP, "10.1.2.3", 2222, "clerk", "/var/www")),
    ],
)  # fmt: skip
def test_an_address_is_understood(tmp_path: Path, line: str, expected: tuple[object, ...]) -> None:
    """A folder, a zip, a server: what is meant is seen by how it is written."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data/known_hosts").write_text("")

    (target,), rules, _ = read(tmp_path, line)

    assert [] == rules
    assert expected == (
        target.kind, target.host, target.port, target.user, target.path,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("{to: 'ftp://10.1.2.3/www'}", "publish-address"),
        ("{to: 'sftp://10.1.2.3:x/www'}", "publish-address"),
        ("{to: 'sftp:///www'}", "publish-address"),
        ("{to: 'sftp://clerk@10.1.2.3/www'}", "publish-known-hosts"),
        ("{to: 'sftp://clerk:geheim@10.1.2.3/www'}", "publish-password"),
        ("{to: 'https://dav.example/www', user: clerk, password: geheim}", "publish-password"),
    ],
)
def test_what_is_wrong_is_said_and_no_password_shown(tmp_path: Path, line: str, rule: str) -> None:
    """A password in a file is a fault; the sentence does not spread it."""
    _, rules, said = read(tmp_path, line)

    assert [rule] == rules
    assert "geheim" not in said
