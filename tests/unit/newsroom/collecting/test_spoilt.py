"""Spoilt spreadsheets, as units send them: each is refused in a sentence, and nothing is taken.

The tables stand in spoilt.txt, a block each; what is said of them in expected.zh.txt.
"""

import random
import re
import struct
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from jianbao.newsroom.collecting.desk import Desk
from jianbao.newsroom.collecting.receiving import Hints, look_at
from jianbao.newsroom.collecting.settling import settle
from tests.conftest import Golden
from tests.sheets import write_workbook
from tests.unit.newsroom.collecting.office import GOOD, NOW, desk_of, kept, office, said, take

HERE = Path(__file__).parent
TABLE = "截至,2026-11-26\n计划,已完工\n52,45\n"
BLOCK = re.compile(r"(?ms)^== (?P<name>\S+)(?: (?P<unit>\S+))?\n(?P<text>.*?)(?=^== |\Z)")


def repacked(data: bytes, name: str, part: bytes, size: int = 0) -> bytes:
    """Return a workbook with one part more, or of another size than it says."""
    out = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for item in old.infolist():
            if item.filename != name:
                new.writestr(item, old.read(item))
        new.writestr(name, part + b"\0" * size)
    return out.getvalue()


def made(folder: Path) -> dict[str, bytes]:
    """Return the spoilt files that no text describes, made from a good one."""
    write_workbook(GOOD, folder / "good.xlsx")
    good = (folder / "good.xlsx").read_bytes()
    with zipfile.ZipFile(BytesIO(good)) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml")
    linked = sheet.replace(b"<v>45</v>", b"<f>[1]Sheet1!B3</f><v>45</v>")
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    return {
        "加了密码.xlsx": ole + "EncryptedPackage".encode("utf-16-le"),
        "带宏.xlsm": good,
        "藏着宏.xlsx": repacked(good, "xl/vbaProject.bin", b"macro"),
        "压缩炸弹.xlsx": repacked(good, "xl/worksheets/sheet9.xml", b"", 60 * 1024 * 1024),
        "取自别的文件.xlsx": repacked(good, "xl/worksheets/sheet1.xml", linked),
        "只传了一半.xlsx": good[: len(good) // 2],
        "网页改的名.xls": b"<html><table><tr><td>1</td></tr></table></html>",
        "空的.xlsx": b"",
        "照片.jpg": b"\xff\xd8\xff",
        "乱码.csv": bytes(range(256)),
        "没有标记的编码.csv": TABLE.encode("utf-16-le"),
        "断在字中间.csv": TABLE.encode()[:-10],
        "改名的文本.xlsx": TABLE.encode(),
        "改名的文本.xls": TABLE.encode("gb18030"),
    }


def spoilt(folder: Path) -> list[tuple[str, Hints, bytes]]:
    """Return every spoilt file: its name, what is said about it, its bytes."""
    files: list[tuple[str, Hints, bytes]] = []
    for match in BLOCK.finditer((HERE / "spoilt.txt").read_text(encoding="utf-8")):
        name, text = match["name"], match["text"]
        if name.endswith(".csv"):
            data = text.encode("gb18030")
        else:
            write_workbook(text, folder / "spoilt.xlsx")
            data = (folder / "spoilt.xlsx").read_bytes()
        files.append((name, Hints(match["unit"] or ""), data))
    return files + [(name, Hints("区城市管理局"), data) for name, data in made(folder).items()]


def test_spoilt_tables_are_refused_in_a_sentence(tmp_path: Path, golden: Golden) -> None:
    """What is wrong, where, and what to do; nothing of any of them is taken."""
    site = office(tmp_path / "site")
    lines = []
    for name, hints, data in spoilt(tmp_path):
        desk = desk_of(site)
        settlement = settle(desk, [look_at(desk, name, data, hints)])
        assert not settlement.files[0].taken, name
        lines += [*said(settlement), ""]

    golden(HERE / "expected.zh.txt", "\n".join(lines))
    assert kept(site) == {}
    assert len(spoilt(tmp_path)) >= 20


def test_spoilt_tables_are_refused_in_english_too(tmp_path: Path) -> None:
    """No sentence is left in Chinese for an English reader, but what was typed."""
    site = office(tmp_path / "site")
    desk = desk_of(site)
    for name, hints, data in spoilt(tmp_path):
        settlement = settle(desk, [look_at(desk, name, data, hints)])

        assert all(line.startswith(("Error: ", "Note: ")) for line in said(settlement, "en"))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return a desk that nobody changes."""
    return desk_of(office(tmp_path_factory.mktemp("fuzz") / "site"))


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return a good workbook."""
    folder = tmp_path_factory.mktemp("good")
    write_workbook(GOOD, folder / "good.xlsx")
    return (folder / "good.xlsx").read_bytes()


@example(seed=440)  # the list of sheets is gone, and nothing else
@given(seed=st.integers(0, 10**9))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_broken_workbook_crashes(desk: Desk, good: bytes, seed: int) -> None:
    """Flip bytes within the packed parts and pack them again: read or refused, never a crash."""
    chance = random.Random(seed)
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(good)) as old, zipfile.ZipFile(out, "w") as new:
        for item in old.infolist():
            part = bytearray(old.read(item))
            for _ in range(chance.choice((0, 0, 1, 3))):
                part[chance.randrange(len(part))] = chance.randrange(256)
            new.writestr(item.filename, bytes(part))
    settlement = settle(desk, [look_at(desk, "路.xlsx", out.getvalue(), Hints("区城市管理局"))])

    assert settlement.files[0].taken or settlement.files[0].findings


@given(data=st.binary(max_size=400), name=st.sampled_from(["a.xlsx", "a.xls", "a.csv", "a"]))
@settings(max_examples=60, deadline=None)
def test_no_bytes_crash(desk: Desk, data: bytes, name: str) -> None:
    """Whatever bytes a file has, whatever it is called."""
    for start in (
        b"",
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        struct.pack("<HH", 9, 8),
    ):
        found = look_at(desk, name, start + data, Hints("区城市管理局"))
        assert found.findings


CELLS = st.sampled_from(
    ["", "截至", "2026-11-26", "填报单位", "区城市管理局", "计划", "已完工（条）", "投资（万元）", "指标",
     "数", "单位", "合计", "45", "52", "3.6万", "级别", "区级", "备注", "-", "12:30", "面积", "0.5%", '"', "条"]
)  # fmt: skip


@given(rows=st.lists(st.lists(CELLS, max_size=5), max_size=8))
@settings(max_examples=150, deadline=None)
def test_no_table_crashes(desk: Desk, rows: list[list[str]]) -> None:
    """Whatever words and numbers stand in whatever cells, something is said or taken."""
    text = "\n".join(",".join(row) for row in rows)
    path = "区城市管理局.csv"
    settlement = settle(desk, [look_at(desk, path, text.encode(), Hints())])

    assert settlement.files[0].taken or settlement.files[0].findings


def test_an_original_that_broke_off_is_completed(tmp_path: Path) -> None:
    """Collecting once more after a power cut writes what is missing."""
    site = office(tmp_path / "site")
    write_workbook(GOOD, tmp_path / "路.xlsx")
    path = (tmp_path / "路.xlsx").as_posix()
    take(site, [path])
    whole = kept(site)
    (site / "data/yunxi/collected/2026-11-26/区城市管理局.yaml").unlink()
    take(site, [path], now=NOW)

    assert kept(site) == whole
