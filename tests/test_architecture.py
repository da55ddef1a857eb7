"""The shape of the code, as the design lays it down: who may import whom, and how large things get."""

import ast
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "jianbao"
ORDER = (
    ("diagnostics", "settings"),
    ("model",),
    ("reading",), ("figures",), ("proofreading",), ("pages",), ("press",), ("site",),
    ("delivery",), ("newsroom",), ("pipeline",), ("serving",), ("cli",),
)  # fmt: skip
RANK = {room: rank for rank, rooms in enumerate(ORDER) for room in rooms}
HOMES = {
    "yaml": {"reading", "newsroom"}, "pydantic": {"reading"}, "pydantic_core": {"reading"},
    "markdown": {"reading"}, "pymdownx": {"reading"}, "nh3": {"reading"},
    "tinyhtml5": {"reading"}, "PIL": {"reading", "pages", "press"},
    "pikepdf": {"press"}, "fontTools": {"press"}, "brotli": {"press"},
    "docx": {"reading", "pages"}, "lxml": {"reading"}, "mammoth": {"reading"},
    "openpyxl": {"reading", "newsroom"}, "defusedxml": {"reading"}, "xlrd": {"reading"},
    "holidays": {"reading"},
    "jinja2": {"pages"}, "altair": {"pages"}, "vl_convert": {"pages"}, "distributed": {"delivery"}, "weasyprint": {"press"}, "click": {"cli"}, "rich": {"cli"},
    "fsspec": {"delivery"}, "sshfs": {"delivery"}, "asyncssh": {"delivery"}, "webdav4": {"delivery"},
    "starlette": {"serving"}, "uvicorn": {"serving"}, "watchfiles": {"serving"},
    "httpx": {"delivery"}, "keyring": {"delivery"},
    "markupsafe": {"reading", "pages", "site"},
}  # fmt: skip
FILES = sorted(PACKAGE.rglob("*.py"))
SOURCES = [file for file in FILES if "preparing" not in file.parts]
FILE_LIMIT, FUNCTION_LIMIT, ARGUMENT_LIMIT = 400, 70, 8
STANDARD = set(__import__("sys").stdlib_module_names)


def room_of(file: Path) -> str:
    """Return the room a file is in, or its own name where it stands alone."""
    return file.relative_to(PACKAGE).with_suffix("").parts[0]


def imports(file: Path) -> Iterator[str]:
    """Yield the modules a file imports, those for the type checker and within functions too."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def calls(file: Path) -> Iterator[str]:
    """Yield what a file calls, as written: `open`, `date.today`, `path.read_text`."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


def name(file: Path) -> str:
    """Return a file's path in the repository, for the test's name."""
    return str(file.relative_to(ROOT))


@pytest.mark.parametrize("file", SOURCES, ids=name)
def test_imports_point_left(file: Path) -> None:
    """A room imports its own files and rooms left of it, never right."""
    room = room_of(file)
    if room in ("__init__", "__main__"):
        return
    wrong = [
        module
        for module in imports(file)
        if module.startswith("jianbao.")
        and (other := module.split(".")[1]) != room
        and RANK[other] >= RANK[room]
    ]

    assert [] == wrong


def test_no_files_import_each_other_in_a_circle() -> None:
    """Within a room too, and for the type checker's sake too, imports go one way."""
    modules = {".".join(file.relative_to(ROOT).with_suffix("").parts): file for file in SOURCES}
    graph = {
        module: {name for name in imports(file) if name in modules and name != module}
        for module, file in modules.items()
    }

    assert tuple(TopologicalSorter(graph).static_order())


@pytest.mark.parametrize("file", SOURCES, ids=name)
def test_each_library_has_one_home(file: Path) -> None:
    """A third-party library is imported in its own room only."""
    room = room_of(file)
    roots = {module.split(".")[0] for module in imports(file)} - STANDARD - {"jianbao"}

    assert {} == {root: room for root in roots if room not in HOMES.get(root, set())}


@pytest.mark.parametrize("file", SOURCES, ids=name)
def test_only_the_ends_touch_the_disk(file: Path) -> None:
    """Reading reads, delivery writes, serving shows; between them nobody opens a file."""
    readers = {"reading", "settings", "delivery", "newsroom", "serving", "cli"}
    wrong = [
        call for call in calls(file)
        if call == "open"
        or re.search(r"\.(read_text|read_bytes|write_text|write_bytes|glob|rglob|unlink|mkdir)$", call)
    ]  # fmt: skip

    assert wrong == [] or room_of(file) in readers
    if room_of(file) == "reading":
        assert [] == [call for call in wrong if "write" in call or "mkdir" in call]


def test_reading_has_one_door() -> None:
    """What is looked at on the disk is noted, or a build could take it for unchanged."""
    doors = {PACKAGE / "reading" / name for name in ("files.py", "noting.py")}
    # Fonts and the program's own code, which the account knows by itself (program.py).
    doors |= {PACKAGE / "reading" / name for name in ("faces.py", "makers.py")}
    doors.add(PACKAGE / "press" / "fontlists.py")
    looks = re.compile(
        r"\.(read_text|read_bytes|glob|rglob|iterdir|walk|exists|is_file|is_dir|is_symlink|stat"
        r"|lstat|resolve|scandir|listdir|realpath)$|^(open|file\.open|path\.open|os\.open)$"
    )
    rooms = ("reading", "figures", "proofreading", "pages", "press", "site")
    wrong = {
        name(file): sorted(call for call in calls(file) if looks.search(call))
        for file in SOURCES
        if (room_of(file) in rooms or file.name == "shared.py") and file not in doors
    }

    assert {} == {file: found for file, found in wrong.items() if found}


def test_what_is_made_does_not_depend_on_the_day() -> None:
    """If a page comes to ask what day it is, the day is no longer among what does not matter (program.py)."""
    makers = [*(PACKAGE / "pipeline").glob("*.py"), PACKAGE / "delivery" / "shared.py"]
    found = [name(file) for file in makers if re.search(r"\.today\b", file.read_text("utf-8"))]

    assert [] == found


@pytest.mark.parametrize("file", SOURCES, ids=name)
def test_only_the_command_line_speaks_and_looks_at_the_clock(file: Path) -> None:
    """Nobody else prints, exits, or asks what time it is: a build repeats."""
    wrong = [
        call for call in calls(file)
        if call in ("print", "input", "exit", "sys.exit", "quit")
        or re.search(r"\b(today|now|utcnow|localtime|time\.time)$", call)
        or call.startswith("click.")
    ]  # fmt: skip

    assert wrong == [] or room_of(file) == "cli"


@pytest.mark.parametrize("file", FILES, ids=name)
def test_nothing_is_too_large(file: Path) -> None:
    """Files, functions and their arguments stay small enough to be read at once."""
    text = file.read_text(encoding="utf-8")
    tree = ast.parse(text)
    large = [
        f"{node.name}: {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        and node.end_lineno is not None
        and (
            node.end_lineno - node.lineno + 1 > FUNCTION_LIMIT
            or len(node.args.args) + len(node.args.kwonlyargs) > ARGUMENT_LIMIT
        )
    ]

    assert [] == large
    assert text.count("\n") <= FILE_LIMIT


@pytest.mark.parametrize("file", SOURCES, ids=name)
def test_no_module_has_state(file: Path) -> None:
    """No `global`, and no file is called utils or helpers."""
    tree = ast.parse(file.read_text(encoding="utf-8"))

    assert not any(isinstance(node, ast.Global) for node in ast.walk(tree))
    assert file.stem not in ("utils", "helpers", "common", "misc")


@pytest.mark.parametrize("file", FILES, ids=name)
def test_every_module_says_where_it_stands(file: Path) -> None:
    """Each file begins with a docstring."""
    assert ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")))


def test_the_map_names_the_rooms_there_are() -> None:
    """The map in the package's docstring lists every room and file of the top."""
    rooms = {room_of(file) for file in FILES} - {"__init__", "__main__", "__pycache__"}
    text = ast.get_docstring(ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))) or ""

    assert [] == sorted(
        room for room in rooms if not re.search(rf"^ +.*\b{room}\b", text, re.MULTILINE)
    )
