"""The catalogues are complete: every sentence is said in Chinese, and every gap is filled.

English sentences stand in the code. To take new ones into the catalogue, run
`python3 build.py test tests/unit/cli/test_catalogue.py --update-golden`, write
the Chinese into jianbao.po where it is empty, and run it once more.
"""

import re
import string
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from jianbao.cli.language import LOCALE
from jianbao.settings import PACKAGE

FOLDER = LOCALE / "zh_CN" / "LC_MESSAGES"
PO, MO = FOLDER / "jianbao.po", FOLDER / "jianbao.mo"
HAN = re.compile(r"[\u4e00-\u9fff]")
# What click itself says where a clerk can come across it.
CLICKS = (
    "Usage:", "Options", "Commands", "Show this message and exit.", "Error: {message}",
    "Try '{command} {option}' for help.", "No such command {name!r}.", "No such option {name!r}.",
    "Option {name!r} does not take a value.", "Invalid value for {param_hint}: {message}",
    "Invalid value: {message}", "{value!r} is not a valid {number_type}.", "Missing command.", "Aborted!", "directory",
    "{name} {filename!r} is a file.", "{name} {filename!r} does not exist.", "Missing argument",
    "Missing option", ("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
)  # fmt: skip


def said() -> list[str | tuple[str, str]]:
    """Return every sentence of the code, in the order of files, and click's behind them."""
    found = extract_from_dir(
        str(PACKAGE),
        [("preparing/**", "ignore"), ("**.py", "python")],
        keywords={"msg": None, "_": None},
    )
    sentences = (text for _, _, text, _, _ in found if isinstance(text, str) and text)
    return list(dict.fromkeys([*sentences, *CLICKS]))


def catalogue() -> Catalog:
    """Return the Chinese catalogue as it is kept."""
    with PO.open("rb") as file:
        return read_po(file, locale="zh_CN")


def update(kept: Catalog) -> None:
    """Write the catalogue anew: what is said now, with the Chinese that is known."""
    fresh = Catalog(locale="zh_CN", project="jianbao", version="0.1.0", fuzzy=False,
                    creation_date=kept.creation_date, revision_date=kept.revision_date)  # fmt: skip
    for sentence in said():
        known = kept.get(sentence)
        fresh.add(sentence, known.string if known else "")
    with PO.open("wb") as file:
        write_po(file, fresh, width=100)
    MO.write_bytes(compiled(fresh))


def compiled(known: Catalog) -> bytes:
    """Return the catalogue as gettext reads it."""
    buffer = BytesIO()
    write_mo(buffer, known)
    return buffer.getvalue()


def gaps(text: str) -> set[str]:
    """Return the names in braces."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.fixture(autouse=True, scope="module")
def _updated(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--update-golden"):
        update(catalogue())


def test_every_sentence_is_in_the_catalogue_and_nothing_else() -> None:
    """What the code says and what the catalogue translates are the same."""
    kept = [message.id for message in catalogue() if message.id]

    assert said() == kept


def test_every_sentence_is_translated() -> None:
    """No sentence is left in English for a Chinese reader."""
    assert [] == [m.id for m in catalogue() if m.id and not _texts(m)[0]]


def test_translations_fill_the_same_gaps() -> None:
    """A translation has each gap of its sentence, except what Chinese says without it."""
    wrong = [
        m.id for m in catalogue()
        if isinstance(m.id, str) and m.id
        and not gaps(str(m.string)) <= gaps(m.id)
    ]  # fmt: skip

    assert [] == wrong


def test_sentences_can_be_filled() -> None:
    """Literal braces are doubled in both languages, so that filling never fails."""
    for message in catalogue():
        if isinstance(message.id, str) and message.id and "!r" not in message.id:
            values = dict.fromkeys(gaps(message.id), "x")
            assert message.id.format_map(values)
            assert str(message.string).format_map(values)


def test_english_is_english() -> None:
    """Sentences in the code are English: Han stand in them only between marks, as samples."""
    samples = re.compile(r"[“‘\"/|：:{].*|\b(主题|截至|小数|引|万|亿|余)\b|[。～]|[万亿]")

    assert [] == [
        m.id for m in catalogue() if isinstance(m.id, str) and HAN.search(samples.sub("", m.id))
    ]


def test_the_compiled_catalogue_is_the_written_one() -> None:
    """What gettext reads was made from what people read."""
    assert compiled(catalogue()) == MO.read_bytes()


def _texts(message: Message) -> tuple[str, ...]:
    return (
        tuple(message.string)
        if isinstance(message.string, (tuple, list))
        else (str(message.string),)
    )


def test_the_locale_folder_holds_nothing_else() -> None:
    """Two files, one language: English is the code itself."""
    files = sorted(file.relative_to(LOCALE) for file in LOCALE.rglob("*") if file.is_file())

    assert [Path("zh_CN/LC_MESSAGES/jianbao.mo"), Path("zh_CN/LC_MESSAGES/jianbao.po")] == files


def test_no_sentence_has_run_into_another() -> None:
    """Two people's sentences that were put together by a merge: one line became many."""
    both = [(str(message.id), str(message.string)) for message in catalogue() if message.id]

    assert [] == [one for one, other in both if ("\n" in one) != ("\n" in other)]
