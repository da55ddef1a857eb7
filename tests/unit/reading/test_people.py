"""The register of people: a line each, and what is refused in it."""

from pathlib import Path

from jianbao.reading.office import read_people


def register(root: Path, text: str) -> Path:
    """Return a site with this register."""
    folder = root / "data" / "registers"
    folder.mkdir(parents=True)
    (folder / "people.yaml").write_text(text, encoding="utf-8")
    return root


def test_no_register_is_no_fault(tmp_path: Path) -> None:
    """An office need not keep one."""
    assert ((), ()) == (read_people(tmp_path).value, read_people(tmp_path).findings)


def test_people_and_their_posts(tmp_path: Path) -> None:
    """A line each; the post may be left out."""
    read = read_people(register(tmp_path, "秦淑芬: 社区书记\n李雪:\n买买提·艾山: 网格员\n"))

    assert () == read.findings
    assert [("秦淑芬", "社区书记"), ("李雪", ""), ("买买提·艾山", "网格员")] == [
        (person.name, person.post) for person in read.value
    ]


def test_what_is_no_name_is_told_at_its_line(tmp_path: Path) -> None:
    """A title as the name, marks that could leave the style sheet, a table below a name."""
    read = read_people(
        register(tmp_path, '李: 主任\n"王\\"};": 书记\n李雪: {职务: 主任}\n张三: 主任\n')
    )

    assert ["张三"] == [person.name for person in read.value]
    assert [("value-refused", line) for line in (1, 2, 3)] == [
        (finding.rule, finding.place.line) for finding in read.findings
    ]
