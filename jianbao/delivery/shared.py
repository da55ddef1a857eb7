"""What all bulletins share in the output: the list, the web page's CSS, editors' schemas."""

from collections.abc import Mapping
from pathlib import Path

from jianbao.diagnostics import Checked, Finding
from jianbao.pages.editions import index_html
from jianbao.reading.records import read_records
from jianbao.reading.schemas import schemas
from jianbao.reading.sites import Office, read_campaigns
from jianbao.site import newest_first


def shared_files(office: Office, root: Path, output: Path) -> Checked[Mapping[str, bytes]]:
    """Return the shared files by name; the list holds every bulletin that lies in `output`."""
    html = index_html(office.site, newest_first(read_records(output)), office.templates)
    if isinstance(html, Finding):
        return Checked({}, (html,))
    files = {"index.html": html.encode()} | {
        name: template.text.encode()
        for name, template in office.templates.items()
        if name in ("web.css", "web.js")
    }
    known = schemas(read_campaigns(root))
    return Checked(files | {f".schemas/{name}": schema for name, schema in known.items()})
