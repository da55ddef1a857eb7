"""The files of a bulletin's folder: the web page, its pictures and records, the PDFs.

Draft ──make──▶ files, and HTML to press; the PDFs join them in `binding`
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from jianbao.delivery.shelf import Shelf
from jianbao.delivery.webfonts import web_fonts
from jianbao.diagnostics import Checked, Finding
from jianbao.model import Entry
from jianbao.model.editions import NOT_PRESSED, Edition
from jianbao.newsroom.sealing.outdated import outdated
from jianbao.pages.charts.blocks import set_all
from jianbao.pages.charts.drawing import Drawn, draw
from jianbao.pages.charts.scenes import Scene
from jianbao.pages.editions import Download, Shown, print_html, web_html
from jianbao.pages.provenance import as_json, origins
from jianbao.pages.renditions import Rendition, render
from jianbao.pages.templates import day_in_words
from jianbao.pages.viewing import view
from jianbao.pages.views import Material
from jianbao.pipeline.arranging import arrange_pages, job_of
from jianbao.pipeline.runs import Draft, Editions, Run
from jianbao.pipeline.wishing import Desk, downloads_of, facts_of, kept_of, wishes_on
from jianbao.pipeline.wording import texts_of
from jianbao.press.jobs import Job
from jianbao.reading.files import is_file
from jianbao.reading.seals import read_old
from jianbao.site import texts
from jianbao.site.downloads import figures_csv
from jianbao.site.links import bulletin_of, dead
from jianbao.site.records import entry_of, record


def make_editions(
    run: Run, draft: Draft, neighbours: tuple[str, str] = ("", "")
) -> Checked[Editions]:
    """Return the files of a bulletin's folder by name, and the PDFs that are to be pressed.

    `neighbours` are the addresses of the bulletins before and after it, or "".
    """
    material = draft.material
    run.tell(material.bulletin.address, "web")
    material = replace(
        material,
        charts=set_all(material.panels, material.writings, partial(_drawn, run.shelf)),
        renditions={
            path: run.shelf.made(Rendition, partial(render, path, picture), path, picture)
            for path, picture in {**material.pictures, **material.look}.items()
        },
    )
    draft = replace(draft, material=material)
    chosen = run.editions(material.bulletin)
    names = dict(downloads_of(material.bulletin, chosen))
    files = _web_files(run, draft, names, neighbours)
    pressed = any(edition not in NOT_PRESSED for edition in chosen)
    papers = material.bulletin.papers if pressed else ()
    arranged = arrange_pages(run, draft) if papers else Checked(material)
    draft = replace(draft, material=arranged.value)
    jobs = _jobs(run, draft, papers, files.value["figures.json"])
    proofed = draft if run.delivering and Edition.PROOF in chosen else None
    made = {**files.value, **(texts_of(run.office, draft, chosen) if run.delivering else {})}
    editions = Editions(material.bulletin, material.stories, made, jobs.value, proofed)
    findings = (*files.findings, *arranged.findings, *jobs.findings)
    return Checked(editions, tuple(dict.fromkeys(findings)))


def _web_files(
    run: Run, draft: Draft, names: Mapping[str, str], neighbours: tuple[str, str]
) -> Checked[dict[str, bytes]]:
    """Return the web page with all that it shows, its data, and what the site needs of it."""
    material, office = draft.material, run.office
    findings: list[Finding] = []
    files: dict[str, bytes] = {}
    printed = tuple(origins(material, draft.book))
    downloads = [Download(name, f"PDF（{paper}）") for paper, name in names.items()]
    shown = Shown(view(material, web=True), printed, downloads, neighbours)
    web = web_html(office.site, material, draft.book, office.templates, shown)
    if isinstance(web, Finding):
        findings.append(web)
    else:
        files["index.html"] = web.encode()
        old = run.settings.output / material.bulletin.address
        files |= web_fonts(web, old, wanted=run.delivering and run.settings.fonts)
    files["figures.json"] = as_json(iter(printed))
    files["figures.csv"] = figures_csv(printed)
    for rendition in material.renditions.values():
        files |= rendition.files
    files |= _old_versions(run, material)
    if isinstance(web, str):
        left = _left(run, material, web, (*files, *names.values()), shown)
        findings += left.findings
        files |= left.value
    return Checked(files, tuple(findings))


def _jobs(run: Run, draft: Draft, papers: Sequence[str], figures: bytes) -> Checked[dict[str, Job]]:
    """Return what is to be pressed, by paper; `figures` go into the archive's file."""
    material, office = draft.material, run.office
    chosen = run.editions(material.bulletin)
    findings: list[Finding] = []
    jobs: dict[str, Job] = {}
    if not papers:
        return Checked(jobs)
    desk = Desk(office, facts_of(material))
    if run.delivering and Edition.ARCHIVE in chosen:
        kept = kept_of(run.settings.root, material, figures)
        findings += kept.findings
        desk = replace(desk, kept=kept.value)
    for paper in papers:
        here = _on_paper(run, material, paper)
        html = print_html(office.site, here, draft.book, office.templates, paper)
        if isinstance(html, Finding):
            findings.append(html)
            continue
        wishes = wishes_on(paper, desk, material.bulletin, chosen) if run.delivering else {}
        jobs[paper] = replace(job_of(html, material), wishes=wishes)
    return Checked(jobs, tuple(findings))


def _on_paper(run: Run, material: Material, paper: str) -> Material:
    """Return the material with its charts set for the layouts of a paper."""
    panels = material.elsewhere.get(paper, {})
    other = set_all(panels, material.writings, partial(_drawn, run.shelf))
    return replace(material, charts={**material.charts, **other}) if other else material


def _drawn(shelf: Shelf, scene: Scene) -> Drawn:
    """Return a chart's drawing, which follows from its scene alone; its repr says all of it."""
    return shelf.made(Drawn, partial(draw, scene), repr(scene))


def _old_versions(run: Run, material: Material) -> dict[str, bytes]:
    """Return the files of the versions that were corrected, which stay reachable."""
    days = {one.old: day_in_words(one.day) for one in material.corrections}
    return {
        f"{folder}/{name}": data
        for folder, kept in read_old(run.settings.root, material.bulletin.address).items()
        for name, data in outdated(kept, days[f"{folder}/index.html"]).items()
    }


def _to_no_bulletin(run: Run, entry: Entry) -> Iterator[Finding]:
    """Yield a finding for each link of a story to a bulletin that there is not, and is not to be.

    Links to what a bulletin holds are looked at when all are made; this one would never be right.
    """
    for link in entry.links:
        address = bulletin_of(entry.address, link.href) if link.path else ""
        if not address:
            continue
        planned = is_file(run.settings.root, f"content/{address}/bulletin.yaml")
        if not planned and not is_file(run.settings.output, f"{address}/index.html"):
            yield dead(link, "web.html")


def _left(
    run: Run, material: Material, web: str, files: Iterable[str], shown: Shown
) -> Checked[dict[str, bytes]]:
    """Return what a bulletin leaves for the pages that link the bulletins, and its dead links."""
    figures = dict.fromkeys(origin.path for origin in shown.origins if origin.anchor)
    everything = (*files, "bulletin.json", texts.FILE)
    entry = entry_of(material, web, everything, figures, shown)
    text = texts.text_of(shown.bulletin)
    records = {
        "bulletin.json": record(entry.value),
        texts.FILE: texts.as_script(text, entry.value),
    }
    return Checked(records, (*entry.findings, *_to_no_bulletin(run, entry.value)))
