"""The old version of a corrected page: as it was published, and marked as no longer right.

kept files, day of the correction ──outdated──▶ files of old/1/ beside the new page
"""

import re
from collections.abc import Mapping

_UPWARD = re.compile(rb'(?<==")(?=\.\./)')
_MAIN = re.compile(rb"<main\b[^>]*>")
# What search and the archive read of a bulletin; the old version is not to be found there.
_READ = ("bulletin.json", "text.js")
_MARK = """
<section class="corrections" aria-labelledby="outdated">
<p class="corrections-title" id="outdated">这是更正前的版本</p>
<p>本期已于{day}更正，请看<a href="../../index.html">更正后的版本</a>。</p>
</section>"""


def outdated(kept: Mapping[str, bytes], day: str) -> dict[str, bytes]:
    """Return the files of the old version, two folders deeper than they were published.

    `day` is that of the correction, in words. What the page shows or offers stays byte for byte.
    """
    files = {name: data for name, data in kept.items() if name not in _READ}
    html = files.get("index.html")
    if html is not None:
        deeper = _UPWARD.sub(b"../../", html)
        mark = _MARK.format(day=day).encode()
        files["index.html"] = _MAIN.sub(lambda found: found.group() + mark, deeper, count=1)
    return files
