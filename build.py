#!/usr/bin/env python3
"""The door: prepare this machine once, then hand every word to the program.

    python3 build.py [COMMAND…]     prepare if need be, then the command (default: build)
    python3 build.py test [ARGS…]   prepare the test tools too, then pytest with ARGS
    python3 build.py doctor         say what this machine lacks; prepares nothing

It only decides whether the environment beside it is whole: one small stamp for
each lock file says for which lock, which Python and which place it was made.
How an environment is made stands in `jianbao/preparing/`, read only when it has to be;
what the words mean is `jianbao.cli`'s affair. Standard library only, and
nothing an old Python cannot read, so that an old Python can be told so.
"""

from __future__ import annotations

import hashlib
import os
import sys

OLDEST = (3, 11)
ENVIRONMENT = ".venv"
LOCKS = ("requirements.lock", "requirements-test.lock")  # the second for `test` only
START = "import sys; sys.argv[0] = 'build.py'; from jianbao.cli import main; sys.exit(main())"


def main(arguments: list[str]) -> int:
    """Prepare if need be and become the program; come back only if that cannot be."""
    english, version = wants_english(arguments), sys.version_info[:3]
    sentence = too_old(version, english)
    if sentence:
        print(sentence, file=sys.stderr)
        return 1
    root = os.path.dirname(os.path.realpath(__file__))
    testing = arguments[:1] == ["test"]
    needed = parts(root, version, testing)
    if arguments[:1] == ["doctor"]:
        from jianbao.preparing.doctor import examine

        return examine(root, english, whole(root, needed))
    if not whole(root, needed):
        from jianbao.preparing.order import prepare

        if not prepare(root, needed, english):
            return 1
    return become(root, arguments, testing)


def wants_english(arguments: list[str]) -> bool:
    """Say whether `--lang en` stands among the arguments; Chinese otherwise.

    >>> wants_english(["build", "--lang", "en"]), wants_english(["--lang=zh"])
    (True, False)
    """
    return "--lang=en" in arguments or " --lang en " in f" {' '.join(arguments)} "


def too_old(version: tuple[int, ...], english: bool) -> str:
    """Return what to tell the user of a Python that cannot run Jianbao, or nothing."""
    if version >= OLDEST:
        return ""
    here, need = (".".join(str(number) for number in known[:2]) for known in (version, OLDEST))
    if english:
        return f"This is Python {here}; Jianbao needs {need} or newer (Debian 12 has it)."
    return f"这台电脑上的 Python 是 {here}，简报需要 {need} 或更新的版本（Debian 12 起自带）。"


def parts(root: str, version: tuple[int, ...], testing: bool) -> list[tuple[str, str, str]]:
    """Return (lock file, its stamp file, what the stamp has to say) for each part needed.

    What it says changes with the lock's text, with Python's version and with
    the place: an environment that was moved or copied does not work.
    """
    found = []
    for name in LOCKS if testing else LOCKS[:1]:
        lock = os.path.join(root, name)
        with open(lock, "rb") as file:
            digest = hashlib.sha256(file.read())
        digest.update(repr(version).encode() + b"\0" + os.fsencode(root))
        found.append((lock, os.path.join(root, ENVIRONMENT, name + ".stamp"), digest.hexdigest()))
    return found


def whole(root: str, needed: list[tuple[str, str, str]]) -> bool:
    """Say whether every part needed is there, finished and up to date."""
    return os.access(_python(root), os.X_OK) and all(
        _text(stamp) == digest for _, stamp, digest in needed
    )


def become(root: str, arguments: list[str], testing: bool) -> int:
    """Replace this process by the program, or by pytest; its exit code is ours."""
    os.environ.setdefault(
        "FONTCONFIG_FILE", os.path.join(root, ENVIRONMENT, "share", "jianbao", "fonts.conf")
    )
    if testing:
        os.chdir(root)
        words = ["-m", "pytest", *without_language(arguments[1:])]
    else:
        words = ["-P", "-c", START, *arguments]
    python = _python(root)
    os.execv(python, [python, *words])


def without_language(arguments: list[str]) -> list[str]:
    """Return the arguments less `--lang X`, which is the door's and unknown to pytest.

    >>> without_language(["-k", "door", "--lang", "en", "-x"])
    ['-k', 'door', '-x']
    """
    kept, words = [], iter(arguments)
    for word in words:
        if word == "--lang":
            next(words, None)
        elif not word.startswith("--lang="):
            kept.append(word)
    return kept


def _python(root: str) -> str:
    return os.path.join(root, ENVIRONMENT, "bin", "python")


def _text(path: str) -> str:
    try:
        with open(path, encoding="ascii", errors="replace") as file:
            return file.read()
    except FileNotFoundError:
        return ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
