"""The reader's language: gettext catalogues, Chinese unless English is asked for.

English sentences are the keys of the catalogues, so the English catalogue is
the code itself; the Chinese one is held complete by a test.
"""

import gettext
import os
from collections.abc import Callable

from jianbao.settings import PACKAGE

LANGUAGES = {"zh": "zh_CN", "en": "en"}
DOMAIN = "jianbao"
LOCALE = PACKAGE / "locale"

Translate = Callable[[str], str]


def speak(language: str) -> Translate:
    """Make click speak `language` too, and return the translation of our own sentences."""
    os.environ["LANGUAGE"] = LANGUAGES[language]
    gettext.bindtextdomain(DOMAIN, str(LOCALE))
    gettext.textdomain(DOMAIN)
    return translator(language)


def translator(language: str) -> Translate:
    """Return what turns an English sentence into one of `language`."""
    return _Translator(language)


class _Translator:
    """Looks sentences up; in another process it is made anew, from the language."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._catalogue = gettext.translation(
            DOMAIN, str(LOCALE), [LANGUAGES[language]], fallback=True
        )

    def __call__(self, text: str) -> str:
        return self._catalogue.gettext(text) if text else ""

    def __reduce__(self) -> tuple[object, ...]:
        return _Translator, (self._language,)
