"""The preview as a clerk has it: a real server, files that change, and who may ask it for what."""

import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from jianbao.cli.commands import commands
from jianbao.pipeline.runs import Outcome
from jianbao.serving.applications import inside
from jianbao.serving.previews import Preview
from jianbao.serving.server import open_port
from tests.conftest import copy_of_small

ROOT = Path(__file__).parent.parent
PAGE = "/yunxi/2026-47/"
PATIENCE = 60
PROGRAM = "import sys; sys.path.insert(0, sys.argv.pop(1)); from jianbao.cli import main; sys.exit(main())"


@dataclass
class Served:
    """A running preview."""

    root: Path
    port: int
    process: "subprocess.Popen[str]"

    def get(self, path: str, host: str = "localhost") -> tuple[int, Mapping[str, str], str]:
        """Return status, headers and text of what is at a path, which is sent as it is."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        line.putrequest("GET", path, skip_host=True)
        line.putheader("Host", host)
        line.endheaders()
        answer = line.getresponse()
        text = answer.read().decode(errors="replace")
        line.close()
        return answer.status, dict(answer.getheaders()), text

    def told(self, enough: Callable[[dict[str, object]], bool]) -> dict[str, object]:
        """Listen to the news until there is enough, and return it."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        line.request("GET", "/.preview/news")
        end = time.monotonic() + PATIENCE
        answer = line.getresponse()
        while time.monotonic() < end:
            words = answer.readline().decode()
            if words.startswith("data: ") and enough(state := json.loads(words[6:])):
                line.close()
                return dict(state)
        raise AssertionError("nothing was told")

    def write(self, name: str, old: str, new: str) -> None:
        """Put other words into a file of the site."""
        file = self.root / name
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve a copy of the small site to all tests."""
    there = started(tmp_path_factory.mktemp("serve"))
    yield there
    there.process.kill()
    there.process.communicate()


def started(folder: Path, shipped: bool = False) -> Served:
    """Serve a copy of the small site, in its own look or the shipped one, once its page is made."""
    root = copy_of_small(folder).root
    if shipped:
        shutil.rmtree(root / "templates")
        plan = root / "content/yunxi/2026-47/bulletin.yaml"
        plan.write_text(plan.read_text(encoding="utf-8").replace("plain", "feature"), "utf-8")
    with open_port("127.0.0.1", 18760) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", PROGRAM, str(ROOT), "serve", "--site", root, "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "TMPDIR": str(folder), "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert process.stdout
    address = process.stdout.readline()
    there = Served(root, int(address.rsplit(":", 1)[1].strip("/\n")), process)
    there.told(lambda state: bool(state["version"]) and not str(state["version"]).endswith("-0"))
    return there


def test_a_page_is_served_with_the_overlay_and_written_without(served: Served) -> None:
    """The page may hear the news; in its file it may not, and knows of no overlay."""
    status, headers, page = served.get(PAGE)
    (file,) = served.root.parent.glob("jianbao-preview-*/web/yunxi/2026-47/index.html")

    assert 200 == status
    assert "再出发" in page
    assert "no-store" == headers["cache-control"]
    assert 1 == page.count('src="/.preview/preview.js"')
    assert ".preview" not in file.read_text(encoding="utf-8")
    assert "connect-src 'self'" in served.get("/.preview/none")[2] + served.get("/nowhere/")[2]
    assert not (served.root / "output").exists()


def test_a_folder_without_slash_leads_to_the_one_with_it(served: Served) -> None:
    """Links of the page are relative to its folder."""
    status, headers, _ = served.get(PAGE.rstrip("/"))

    assert (307, True) == (status, headers["location"].endswith(PAGE))


def test_a_change_is_told_and_shown_and_the_pdf_follows(served: Served) -> None:
    """Another sentence makes another version of the page; then its PDF is there."""
    before = served.told(bool)["version"]
    served.write("content/yunxi/2026-47/lead.md", "再出发", "又出发")
    after = served.told(lambda state: state["version"] != before)

    assert [] == after["kept"]
    assert "又出发" in served.get(PAGE)[2]
    done = served.told(lambda state: state["paper"] != "waits")
    assert "pressed" == done["paper"]
    assert isinstance(done["pdfs"], list)
    (pdf,) = done["pdfs"]
    assert served.get(f"/{pdf}")[2].startswith("%PDF")


def test_what_is_broken_is_told_and_the_last_good_page_stays(served: Served) -> None:
    """An error comes with its sentence and place; once mended, the page is new again."""
    good = served.told(lambda state: not state["kept"])["version"]
    served.write("content/yunxi/2026-47/lead.md", "{{ 实事.项目 }}，办结", "{{ 实事.没有 }}，办结")
    broken = served.told(lambda state: bool(state["kept"]))
    findings = broken["findings"]

    assert good == broken["version"]
    assert isinstance(findings, list)
    (finding,) = [one for one in findings if one["severity"] == "error"]
    assert ("content/yunxi/2026-47/lead.md", 5) == (finding["path"], finding["line"])
    assert finding["sentence"].startswith("差错　content/yunxi/2026-47/lead.md 第5行：")
    assert "办结" in served.get(PAGE)[2]
    served.write("content/yunxi/2026-47/lead.md", "{{ 实事.没有 }}", "{{ 实事.项目 }}")
    assert [] == served.told(lambda state: not state["kept"])["findings"]


@pytest.mark.parametrize(
    "path",
    ["/../site/data/site.yaml", "/%2e%2e/%2e%2e/site/data/site.yaml", "/yunxi/..%2f..%2f..%2fsite",
     "/.schemas/day.json", "/.schemas/", "//etc/passwd", "/%2fetc/passwd", "/yunxi/2026-47/%00",
     "/.preview/web.css", "/.preview/../web.css", "/" + "a" * 3000],
)  # fmt: skip
def test_nothing_outside_its_folder_is_served(served: Served, path: str) -> None:
    """Neither what lies above, nor what is hidden."""
    status, _, text = served.get(path)

    assert 404 == status
    assert not re.search("root:|name:|schema", text)


def test_folders_are_not_listed(served: Served) -> None:
    """A folder without a page of its own is not there."""
    assert 404 == served.get("/yunxi/data/")[0]


@pytest.mark.parametrize("host", ["example.com", "127.0.0.1.example.com", "10.0.0.8:8760", ""])
def test_another_host_is_refused(served: Served, host: str) -> None:
    """A page elsewhere whose name was turned to this computer reads nothing."""
    status, _, text = served.get(PAGE, host)

    assert 400 == status
    assert "再出发" not in text
    assert "又出发" not in text


def test_links_are_not_followed(tmp_path: Path) -> None:
    """Nor are they within the folder: nothing that is made has any."""
    web = tmp_path / "web"
    web.mkdir()
    (tmp_path / "secret.txt").write_text("x", encoding="utf-8")
    (web / "page.txt").write_text("x", encoding="utf-8")
    (web / "file.txt").symlink_to(tmp_path / "secret.txt")
    (web / "folder").symlink_to(tmp_path)

    assert web / "page.txt" == inside(web, "page.txt")
    assert None is inside(web, "file.txt")
    assert None is inside(web, "folder/secret.txt")


def test_every_address_of_the_computer_at_once_is_refused(tmp_path: Path) -> None:
    """However it is written: whoever serves drafts to others says to whom."""
    for host in ("0.0.0.0", "0", ""):
        done = CliRunner().invoke(
            commands(lambda text: text),
            ["serve", "--site", str(tmp_path), "--lang", "en", "--host", host],
        )

        assert (2, True) == (done.exit_code, "Name the address" in done.output)


def test_the_next_port_is_taken_where_one_is_in_use() -> None:
    """Two previews stand beside each other."""
    with open_port("127.0.0.1", 28760) as one, open_port("127.0.0.1", one.getsockname()[1]) as two:
        assert one.getsockname()[1] < two.getsockname()[1]


@pytest.mark.parametrize("ends", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_ends_when_told_and_leaves_nothing(tmp_path: Path, ends: signal.Signals) -> None:
    """By Ctrl-C, by the system, by closing its window: the folder is gone, and no exception said."""
    there = started(tmp_path)
    there.process.send_signal(ends)
    _, said = there.process.communicate(timeout=PATIENCE)

    assert 0 == there.process.returncode
    assert "Traceback" not in said
    assert [] == list(tmp_path.glob("jianbao-preview-*"))


def test_the_first_page_waits_for_its_style_and_later_ones_do_not(tmp_path: Path) -> None:
    """A new page is told of once: at first with all that belongs to it, then as soon as it lies there."""
    preview = Preview(tmp_path, tmp_path, str, {})
    made = Outcome((), made=("a/1",))
    told = []
    for _ in range(2):
        preview.turned("a/1")
        told.append(preview.version.rpartition("-")[2])
        preview.built("a/1", made)
        told.append(preview.version.rpartition("-")[2])

    assert ["0", "1", "2", "2"] == told
    assert preview.site.endswith("-2.2")
