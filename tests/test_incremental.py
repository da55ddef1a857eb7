"""Incremental builds: nothing is made twice, and nothing is ever stale.

A build that remembers must give, byte for byte, what one that forgets gives, whatever
anybody has changed anywhere between two builds.
"""

import json
import os
import pickle
import shutil
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image

from jianbao import pipeline
from jianbao.delivery import manifest
from jianbao.delivery.lock import LOCK
from jianbao.delivery.memo import Memo
from jianbao.delivery.output import clear_away
from jianbao.diagnostics import Checked
from jianbao.model import Bulletin, Campaign, Site
from jianbao.pages.charts.drawing import Drawn, draw
from jianbao.pages.charts.scenes import Scene
from jianbao.pages.renditions import Rendition, render
from jianbao.pipeline import making
from jianbao.pipeline.runs import Outcome
from jianbao.reading import office, reports
from jianbao.reading.daybooks import Daybook
from jianbao.reading.office import read_bulletin, read_site
from jianbao.reading.pictures import Picture
from jianbao.reading.reports import read_reports
from jianbao.settings import Settings, shipped_templates
from tests.bench.changing import Changing, difference, files_of
from tests.unit.newsroom.reviewing.weekly import change, put, weekly
from tests.unit.newsroom.sealing.test_sealing import DATA, NOTICE, RECORD, TARGET, correct, run

STORY = "content/yunxi/2026-47/lead.md"
LATER = "content/yunxi/2026-48"


@pytest.fixture
def site(small: Settings) -> Settings:
    """Return a small site of two bulletins, one with a photo, built by a build that remembers."""
    return Changing(replace(small, pdf=False, remember=True), 0).settings


def built(settings: Settings) -> Outcome:
    """Build as if the last build were long ago, so that stamps are believed."""
    if not settings.rehash:
        long_ago(settings)
    return pipeline.build(settings)


def long_ago(settings: Settings) -> None:
    """Let everything be older than the clock's tick that is waited for."""
    file = settings.output / ".jianbao/manifest"
    _, _, text = file.read_bytes().partition(b"\n")
    past = manifest.recall(settings, json.loads(text)["program"])
    assert past
    past.started += 10 * 10**9
    manifest.remember(settings, past)


def test_nothing_changed_nothing_made(site: Settings) -> None:
    """The second build finds every bulletin as it was, and writes no file."""
    first = pipeline.build(site)
    before = {path: path.stat().st_mtime_ns for path in site.output.rglob("*") if path.is_file()}
    second = built(site)

    assert ("yunxi/2026-47", "yunxi/2026-48") == first.made
    assert ((), (), ("yunxi/2026-47", "yunxi/2026-48")) == (second.paths, second.made, second.fresh)
    assert first.findings == second.findings
    after = {path: path.stat().st_mtime_ns for path in site.output.rglob("*") if path.is_file()}
    account = site.output / ".jianbao/manifest"
    assert {p: t for p, t in before.items() if p != account} == {
        p: t for p, t in after.items() if p != account
    }


def test_only_what_changed_is_made(site: Settings) -> None:
    """A sentence in one bulletin costs that bulletin, and what all share."""
    pipeline.build(site)
    story = site.root / STORY
    story.write_text(story.read_text(encoding="utf-8") + "又一句话。\n", encoding="utf-8")
    outcome = built(site)

    assert ("yunxi/2026-47",) == outcome.made
    assert ("yunxi/2026-48",) == outcome.fresh
    assert not any("2026-48" in path.parts for path in outcome.paths)


def test_a_touched_file_is_no_change(site: Settings) -> None:
    """Content counts, not the date; and the next build need not read it again."""
    pipeline.build(site)
    os.utime(site.root / STORY)

    assert () == built(site).made


def test_a_change_that_keeps_size_and_date_is_seen(site: Settings) -> None:
    """The moment of change cannot be set back; and --rehash goes by content alone."""
    pipeline.build(site)
    story = site.root / STORY
    stamp = story.stat()
    text = story.read_text(encoding="utf-8")
    story.write_text(text.replace("再出发", "再出动"), encoding="utf-8")
    os.utime(story, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))

    assert stamp.st_size == story.stat().st_size
    assert ("yunxi/2026-47",) == built(replace(site, rehash=True)).made


@pytest.mark.parametrize("damage", ["gone", "cut", "changed", "page"])
def test_a_damaged_output_is_made_again(site: Settings, damage: str) -> None:
    """What was deleted or changed in the output comes back; a damaged account is not believed."""
    pipeline.build(site)
    page = site.output / "yunxi/2026-47/index.html"
    account = site.output / ".jianbao/manifest"
    right = page.read_bytes()
    match damage:
        case "gone":
            page.unlink()
        case "page":
            page.write_bytes(right[:-1])
        case "cut":
            account.write_bytes(account.read_bytes()[:-1])
        case "changed":
            account.write_bytes(
                account.read_bytes().replace(b'"language":"zh"', b'"language":"en"')
            )
    outcome = pipeline.build(site)

    assert "yunxi/2026-47" in outcome.made
    assert right == page.read_bytes()


def test_faults_are_shown_again(site: Settings) -> None:
    """A bulletin with an error is not made again for nothing, and says each time what is wrong."""
    story = site.root / STORY
    story.write_text(story.read_text(encoding="utf-8") + "共{{ 实事.没有 }}。\n", encoding="utf-8")
    first = pipeline.build(site)
    second = built(site)

    assert {"figure-unknown", "alt-missing"} == {finding.rule for finding in first.findings}
    assert [str(f.message.in_words(str)) for f in first.findings] == [
        str(f.message.in_words(str)) for f in second.findings
    ]
    assert (("yunxi/2026-47",), ("yunxi/2026-48",)) == (second.kept, second.fresh)


def test_other_targets_are_remembered(site: Settings) -> None:
    """A build of one bulletin does not forget the others, nor take them for up to date."""
    pipeline.build(site)
    templates = site.root / "templates/web.html"
    text = templates.read_text(encoding="utf-8")
    templates.write_text(text + "<!-- new -->", encoding="utf-8")
    first = built(replace(site, targets=("yunxi/2026-47",)))
    second = built(site)

    assert ("yunxi/2026-47",) == first.made
    assert (("yunxi/2026-48",), ("yunxi/2026-47",)) == (second.made, second.fresh)


def test_a_pdf_is_not_pressed_twice(small: Settings) -> None:
    """A text that is put back as it was gets its old PDF, without the engine."""
    settings = replace(small, remember=True)
    pdf = small.output / "yunxi/2026-47/bulletin.pdf"
    story = small.root / STORY
    text = story.read_text(encoding="utf-8")
    pipeline.build(settings)
    first = pdf.read_bytes()
    story.write_text(text + "又一句话。\n", encoding="utf-8")
    pipeline.build(settings)
    assert first != pdf.read_bytes()
    story.write_text(text, encoding="utf-8")
    entries = sorted((small.output / ".jianbao/cache").glob("*/*"))
    pipeline.build(settings)

    assert first == pdf.read_bytes()
    assert entries == sorted((small.output / ".jianbao/cache").glob("*/*"))
    assert 2 == sum(b"%PDF" in entry.read_bytes() for entry in entries)


def test_nothing_heavy_is_imported_for_nothing(site: Settings) -> None:
    """Where nothing changed, no library is imported that reads, fills or presses.

    Where one sentence did, none that reads what the office and its units have written.
    """
    code = (
        "import sys; from jianbao.cli import main\n"
        "try: main()\n"
        "finally: print(*sorted(m for m in sys.modules if '.' not in m), file=sys.stderr)\n"
    )
    command = [sys.executable, "-c", code, "build", "--no-pdf", "--site", str(site.root)]
    said = ["", "", ""]
    for turn in range(3):
        if turn == 2:
            story = site.root / STORY
            story.write_text(story.read_text(encoding="utf-8") + "又一句话。\n", encoding="utf-8")
        said[turn] = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    heavy = {"pydantic", "yaml", "markdown", "jinja2", "weasyprint", "openpyxl", "PIL", "rich"}

    assert heavy - {"weasyprint", "openpyxl", "rich"} == heavy & set(said[0].split())
    assert set() == heavy & set(said[1].split())
    assert {"markdown", "yaml", "jinja2"} == heavy & set(said[2].split())  # its figures are a block


@pytest.mark.parametrize("seed", range(3))
def test_nothing_is_ever_stale(small: Settings, seed: int) -> None:
    """Whatever is changed anywhere, twelve times over, comes out as a build that forgets has it."""
    changing = Changing(replace(small, pdf=False, remember=True), seed)
    for _ in range(12):
        what = changing.change()
        wrong = changing.difference()

        assert (what, []) == (what, wrong)


def test_a_plan_is_not_read_twice(site: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the other bulletins only what has changed is read; what had a finding is, each time."""
    read: list[str] = []

    def counted(root: Path, campaign: str, key: str) -> Checked[Bulletin | None]:
        read.append(key)
        return read_bulletin(root, campaign, key)

    pipeline.build(site)
    monkeypatch.setattr(office, "read_bulletin", counted)
    story, plan = site.root / STORY, site.root / LATER / "bulletin.yaml"
    story.write_text(story.read_text(encoding="utf-8") + "又一句话。\n", encoding="utf-8")
    built(site)
    assert [] == read

    text = plan.read_text(encoding="utf-8")
    plan.write_text(text.replace("total: 313", "total: 312"), encoding="utf-8")
    outcome = built(site)
    assert ["2026-48"] == read
    assert "bulletin-total" in {finding.rule for finding in outcome.findings}
    plan.write_text(text + "unheard: 1\n", encoding="utf-8")
    for _ in range(2):
        read.clear()
        story.write_text(story.read_text(encoding="utf-8") + "又一句话。\n", encoding="utf-8")
        built(site)
        assert ["2026-48"] == read


def test_what_the_office_wrote_is_not_read_twice(
    site: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own file, what units reported: read again where it has changed, and only there."""
    read: list[str] = []

    def counted(root: Path) -> Checked[Site | None]:
        read.append("site")
        return read_site(root)

    def reported(root: Path, campaign: Campaign) -> Checked[Daybook]:
        read.append("reports")
        return read_reports(root, campaign)

    pipeline.build(site)
    monkeypatch.setattr(office, "read_site", counted)
    monkeypatch.setattr(reports, "read_reports", reported)
    story = site.root / STORY
    story.write_text(story.read_text(encoding="utf-8") + "又一句话。\n", encoding="utf-8")
    built(site)
    assert [] == read

    data = site.root / "data/yunxi/2026-11-20.yaml"
    data.write_text(data.read_text(encoding="utf-8").replace("5.86", "5.87"), encoding="utf-8")
    built(site)
    assert ["reports"] == read
    settings = site.root / "data/site.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("简报", "快报"), "utf-8")
    built(site)
    assert ["reports", "site"] == read
    assert [] == difference(site)


def test_another_language_makes_the_proof_anew_and_nothing_else(small: Settings) -> None:
    """Findings are kept without a language; only the proof holds their words."""
    settings = replace(small, remember=True, pdf=False)
    pipeline.build(settings)
    english = built(replace(settings, language="en"))
    again = built(settings)

    assert [(), ()] == [english.made, again.made]
    assert ["en", "zh"] == [english.language, again.language]
    proofs = replace(settings, templates=shipped_templates(), pdf=True, editions=("proof",))
    first = pipeline.build(proofs)
    assert ("yunxi/2026-47",) == first.made
    assert () == built(proofs).made
    assert ("yunxi/2026-47",) == built(replace(proofs, language="en")).made
    assert () == built(replace(proofs, language="en")).made
    assert ("yunxi/2026-47",) == built(proofs).made


def test_a_photo_is_not_scaled_twice(site: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The words around it changed, the picture did not; another picture is another."""
    scaled: list[str] = []

    def counted(path: str, picture: Picture) -> Rendition:
        scaled.append(path)
        return render(path, picture)

    monkeypatch.setattr(making, "render", counted)
    pipeline.build(site)
    assert ["photos/a.jpg"] == scaled
    story, photo = site.root / LATER / "lead.md", site.root / LATER / "photos/a.jpg"
    story.write_text(story.read_text(encoding="utf-8") + "又一句话。\n", encoding="utf-8")
    assert ("yunxi/2026-48",) == built(site).made
    assert ["photos/a.jpg"] == scaled
    with Image.open(photo) as opened:
        opened.rotate(180).convert("L").save(photo)
    assert ("yunxi/2026-48",) == built(site).made
    assert ["photos/a.jpg"] * 2 == scaled


def test_a_chart_is_not_drawn_twice(site: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The words around it changed, its numbers did not; another number is another chart."""
    drawn: list[Scene] = []

    def counted(scene: Scene) -> Drawn:
        drawn.append(scene)
        return draw(scene)

    monkeypatch.setattr(making, "draw", counted)
    pipeline.build(site)
    both = len(drawn)
    assert both
    story, data = site.root / LATER / "lead.md", site.root / "data/yunxi/2026-11-20.yaml"
    story.write_text(story.read_text(encoding="utf-8") + "又一句话。\n", encoding="utf-8")
    assert ("yunxi/2026-48",) == built(site).made
    assert both == len(drawn)
    text = data.read_text(encoding="utf-8")
    data.write_text(text.replace("已完成: 636", "已完成: 637"), encoding="utf-8")
    built(site)
    assert 2 * both == len(drawn)
    assert [] == difference(site)


@pytest.mark.parametrize("name", ["content", LATER, f"{LATER}/photos", f"{LATER}/lead.md"])
@pytest.mark.parametrize("inside", [True, False])
def test_a_link_to_the_same_is_seen(site: Settings, name: str, inside: bool) -> None:
    """A link that leads out of the site is refused, also where the files are those from before."""
    pipeline.build(site)
    place = site.root / name
    there = place.with_name("elsewhere") if inside else site.root.parent / "elsewhere"
    place.rename(there)
    place.symlink_to(there)

    assert [] == difference(site)
    assert inside == ("yunxi/2026-48" in built(site).fresh)
    place.unlink()
    there.rename(place)
    assert [] == difference(site)


def test_a_damaged_shelf_is_read_past(site: Settings) -> None:
    """Whatever lies in the cache in the place of plans and indexes, the build is right."""
    pipeline.build(site)
    for file in (site.output / ".jianbao/cache").glob("*/*"):
        Memo(file.parent.parent).put(file.name, pickle.dumps({"yunxi/2026-48": 7}))
    story = site.root / STORY
    story.write_text(story.read_text(encoding="utf-8") + "又一句话。\n", encoding="utf-8")

    assert [] == difference(site)


def test_what_was_sealed_corrected_and_collected_is_looked_at(tmp_path: Path) -> None:
    """Seals, notices, old versions and units' reports are read for a page, so they can change it."""
    made = replace(weekly(tmp_path), templates=shipped_templates(), pdf=False, remember=True)
    made = replace(made, output=made.root / "output")
    (made.root / "templates/web.html").unlink()  # the shipped page shows corrections
    page = made.output / TARGET / "index.html"
    assert 0 == run(made, "seal", TARGET, "--name", "王五", "--emergency", "试发").exit_code
    assert [] == difference(made)
    change(made.root, DATA, "586", "587")
    assert [] == difference(made)
    assert 0 == correct(made).exit_code
    assert [] == difference(made)
    put(made.root, NOTICE, "上期一个数字写错了。\n")
    assert [] == difference(made)
    assert "上期一个数字写错了。" in page.read_text(encoding="utf-8")

    old = next(file for file in (made.root / "content" / TARGET).rglob("figures.json"))
    old.unlink()
    assert [] == difference(made)
    report = made.root / "data/yunxi/collected/2026-11-20/区督查室.yaml"
    report.parent.mkdir(parents=True)
    report.write_text("unit: 区督查室\n", encoding="utf-8")
    assert [] == difference(made)
    assert TARGET not in pipeline.build(made).fresh
    report.unlink()
    assert [] == difference(made)
    change(made.root, RECORD, "王五", "王六")
    assert [] == difference(made)
    assert TARGET in pipeline.build(made).kept


def test_a_campaign_that_was_not_asked_for_has_its_boards_made_later(site: Settings) -> None:
    """Its figures changed, and meanwhile only another campaign was built."""
    for top in ("data", "content"):
        shutil.copytree(site.root / top / "yunxi", site.root / top / "xixi")
    pipeline.build(site)
    data = site.root / "data/xixi/2026-11-20.yaml"
    text = data.read_text(encoding="utf-8")
    assert "839243" in text  # no story prints it
    data.write_text(text.replace("839243", "839244", 1), encoding="utf-8")
    story = site.root / STORY
    story.write_text(story.read_text(encoding="utf-8") + "又一句话。\n", encoding="utf-8")
    pipeline.build(replace(site, targets=("yunxi",)))

    assert [] == difference(site)
    assert [] == difference(site)


def test_every_file_that_is_opened_is_noted(site: Settings) -> None:
    """The interpreter itself tells of each file opened and folder listed in the site."""
    code = (
        "import json, sys; from pathlib import Path; from datetime import date\n"
        "root, output = map(Path, sys.argv[1:]); seen = set()\n"
        "def hook(event, args):\n"
        "    if event in ('open', 'os.listdir', 'os.scandir') and isinstance(args[0], (str, Path)):\n"
        "        seen.add(str(args[0]))\n"
        "from jianbao import pipeline; from jianbao.settings import Settings\n"
        "import jianbao.pipeline.running, jianbao.press.engine\n"
        "sys.addaudithook(hook)\n"
        "pipeline.build(Settings(root, output, date(2026, 11, 22), pdf=False, remember=True))\n"
        "print(json.dumps(sorted(path for path in seen if path.startswith(str(root)))))\n"
    )
    command = [sys.executable, "-c", code, str(site.root), str(site.output)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    opened = set(json.loads(said))
    _, _, text = (site.output / ".jianbao/manifest").read_bytes().partition(b"\n")
    noted = {key[1:] for key, _, _ in json.loads(text)["sights"]}

    assert str(site.root / STORY) in opened
    assert set() == opened - noted


def test_the_lock_is_no_change(site: Settings) -> None:
    """Somebody who works in the newsroom meanwhile does not make every page new."""
    pipeline.build(site)
    (site.root / LOCK).write_text("busy", encoding="utf-8")

    assert () == built(site).made


def test_two_copies_of_a_site_are_two(site: Settings, tmp_path: Path) -> None:
    """An output that was copied along with its account is not taken for another site's."""
    pipeline.build(site)
    copy = tmp_path / "copy"
    shutil.copytree(site.root, copy)
    story = copy / STORY
    story.write_text(story.read_text(encoding="utf-8") + "又一句话。\n", encoding="utf-8")
    outcome = pipeline.build(replace(site, root=copy))

    assert "yunxi/2026-47" in outcome.made
    assert "又一句话" in (site.output / "yunxi/2026-47/index.html").read_text(encoding="utf-8")
    assert files_of(site.output)


def test_what_is_no_longer_made_goes(site: Settings) -> None:
    """An organisation's page under its old name; what people put there or changed stays."""
    pipeline.build(site)
    folder = site.output / "organisations"
    (old,) = folder.iterdir()
    (folder / "notes.html").write_text("mine", encoding="utf-8")
    shards = set((site.output / "search").iterdir())
    campaign = site.root / "data/yunxi/campaign.yaml"
    text = campaign.read_text(encoding="utf-8")
    campaign.write_text(text.replace("organisation: 云溪区", "organisation: 云溪新区"), "utf-8")
    assert ("yunxi/2026-47", "yunxi/2026-48") == built(site).made

    assert not old.exists()
    assert 2 == len(list(folder.iterdir()))
    assert shards == set((site.output / "search").iterdir())
    (new,) = (file for file in folder.iterdir() if file.name != "notes.html")
    new.write_text("changed by hand", encoding="utf-8")
    campaign.write_text(text, encoding="utf-8")
    built(site)
    assert old.exists()
    assert "changed by hand" == new.read_text(encoding="utf-8")


def test_what_could_not_go_at_once_goes_later(site: Settings) -> None:
    """A link to a place that is not there holds the lists back; a campaign may not be asked for."""
    for top in ("data", "content"):
        shutil.copytree(site.root / top / "yunxi", site.root / top / "xixi")
    campaign = site.root / "data/xixi/campaign.yaml"
    text = campaign.read_text(encoding="utf-8")
    campaign.write_text(text.replace("organisation: 云溪区", "organisation: 西溪区"), "utf-8")
    pipeline.build(site)
    old = next(
        page for page in (site.output / "organisations").iterdir()
        if "西溪区" in page.read_text(encoding="utf-8")
    )  # fmt: skip
    story = site.root / STORY
    words = story.read_text(encoding="utf-8")
    story.write_text(words + "详见[下期](../2026-48/index.html#story-none)。\n", encoding="utf-8")
    campaign.write_text(text.replace("organisation: 云溪区", "organisation: 西溪新区"), "utf-8")
    built(site)
    assert old.exists()
    story.write_text(words + "又一句话。\n", encoding="utf-8")
    assert "yunxi/2026-47" in built(replace(site, targets=("yunxi",))).made
    built(site)

    assert not old.exists()


def test_a_bulletin_keeps_its_address(site: Settings) -> None:
    """Readers were given it: what is taken out of content/ still lies in the output."""
    pipeline.build(site)
    shutil.rmtree(site.root / "content/yunxi/2026-48")
    story = site.root / STORY
    story.write_text(story.read_text(encoding="utf-8") + "又一句话。\n", encoding="utf-8")
    built(site)

    assert (site.output / "yunxi/2026-48/index.html").is_file()
    assert "2026-48" in (site.output / "index.html").read_text(encoding="utf-8")


def test_only_what_lies_in_the_output_is_cleared_away(tmp_path: Path) -> None:
    """Neither by a name that leads out of it, nor by a link."""
    output, mine = tmp_path / "output", tmp_path / "mine.txt"
    output.mkdir()
    mine.write_bytes(b"x")
    (output / "link.txt").symlink_to(mine)
    made = (sha256(b"x").hexdigest(), (1, 1, 1, 1))
    clear_away(output, {"../mine.txt": made, "link.txt": made, str(mine): made})

    assert (True, True) == (mine.exists(), (output / "link.txt").exists())
