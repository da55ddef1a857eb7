"""Fonts: Kai and FangSong out of a Debian package, and the list of font folders.

Debian has FandolKai and FandolFang only inside a package of TeX's. It is
fetched, the two fonts and their licence are taken out as it streams by, and
TeX is never installed. Without them LXGW WenKai stands in.
"""

import gzip
import shutil
import subprocess
import tarfile
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape

from jianbao.preparing.job import Job
from jianbao.preparing.system import apt, privilege, program

PACKAGE = "texlive-lang-chinese"
FONTS = ("FandolKai-Regular.otf", "FandolFang-Regular.otf")
TAKEN = {
    **{f"./usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/{f}": f for f in FONTS},
    "./usr/share/doc/texlive-doc/fonts/fandol/COPYING.gz": "COPYING",
    "./usr/share/doc/texlive-doc/fonts/fandol/README": "README",
}
CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <cachedir>{cache}</cachedir>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>{fonts}</dir>
</fontconfig>
"""


def lay_out(job: Job) -> None:
    """Fetch the two fonts unless they are here, and write where all fonts are."""
    fonts = job.share / "fonts"
    fonts.parent.mkdir(parents=True, exist_ok=True)
    if not fonts.exists() and not _fetch(job, fonts):
        job.say(
            "　没有取到楷体和仿宋（Fandol），用霞鹜文楷代替，继续。以后要补，请删除 .venv 再运行。",
            "  No FandolKai and FandolFang; LXGW WenKai stands in. To try again, remove .venv.",
        )
    configuration = job.share / "fonts.conf"
    configuration.write_text(conf(fonts, job.share / "fontcache"), encoding="utf-8")
    if program("fc-cache"):
        job.run(["env", f"FONTCONFIG_FILE={configuration}", "fc-cache"])


def conf(fonts: Path, cache: Path) -> str:
    """Return fontconfig's configuration: the system's fonts and ours."""
    return CONFIGURATION.format(fonts=escape(str(fonts)), cache=escape(str(cache)))


def take(stream: IO[bytes], folder: Path) -> bool:
    """Write what we take from a package's tar stream into the folder; say if both fonts came."""
    with tarfile.open(fileobj=stream, mode="r|") as package:
        for member in package:
            name = TAKEN.get(member.name)
            file = package.extractfile(member) if name else None
            if name and file:
                content = file.read()
                packed = member.name.endswith(".gz")
                (folder / name).write_bytes(gzip.decompress(content) if packed else content)
    return all((folder / name).exists() for name in FONTS)


def _fetch(job: Job, fonts: Path) -> bool:
    """Make the folder of fonts, whole or not at all."""
    if not (program("apt-get") and program("dpkg-deb")):
        return False
    job.say("　下载楷体和仿宋……", "  Fetching Kai and FangSong…")
    part = fonts.with_name("fonts.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    try:
        if apt(job, privilege() or [], ["download", PACKAGE], part):
            return False
        package = next(part.glob("*.deb"))
        unpack = ["dpkg-deb", "--fsys-tarfile", str(package)]
        with subprocess.Popen(unpack, stdout=subprocess.PIPE) as unpacked:
            whole = unpacked.stdout is not None and take(unpacked.stdout, part)
        package.unlink()
        if whole:
            part.rename(fonts)
    except tarfile.ReadError:
        return False
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return whole
