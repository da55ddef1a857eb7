"""The files of a bulletin's folder: the web page, its pictures and records, the PDFs.

Draft ──▶ HTML for web and print ──▶ PDFs ──▶ files by name
"""

from collections.abc import Mapping
from dataclasses import replace

from jianbao.diagnostics import Checked, Finding
from jianbao.pages.charts.blocks import set_all
from jianbao.pages.editions import Download, print_html, title_of, web_html
from jianbao.pages.provenance import as_json, origins
from jianbao.pages.renditions import render
from jianbao.pages.views import Material
from jianbao.pipeline.runs import Draft, Run
from jianbao.press.jobs import Job, Pressed, Resource
from jianbao.press.troubles import findings_of
from jianbao.proofreading.plans import pages_fit
from jianbao.site import record


def make_editions(run: Run, draft: Draft) -> Checked[Mapping[str, bytes]]:
    """Return the files of a bulletin's folder by name: the web page, its pictures, the PDFs."""
    material, office = draft.material, run.office
    findings: list[Finding] = []
    files: dict[str, bytes] = {}
    papers = material.bulletin.papers if run.settings.pdf else ()
    names = {
        paper: "bulletin.pdf" if not i else f"bulletin-{paper}.pdf"
        for i, paper in enumerate(papers)
    }
    run.tell(material.bulletin.address, "web")
    material = replace(
        material,
        charts=set_all(material.panels, material.writings),
        renditions={path: render(path, picture) for path, picture in material.pictures.items()},
    )
    downloads = [Download(name, f"PDF（{paper}）") for paper, name in names.items()]
    web = web_html(office.site, material, draft.book, office.templates, downloads)
    if isinstance(web, Finding):
        findings.append(web)
    else:
        files["index.html"] = web.encode()
    files["bulletin.json"] = record(
        material.bulletin, material.campaign, title_of(material), tuple(names.values())
    )
    files["figures.json"] = as_json(origins(material, draft.book))
    for rendition in material.renditions.values():
        files |= rendition.files
    for paper, name in names.items():
        run.tell(material.bulletin.address, "press")
        html = print_html(office.site, material, draft.book, office.templates, paper)
        if isinstance(html, Finding):
            findings.append(html)
            continue
        pressed = _pressed(html, material)
        findings += findings_of(pressed.troubles, material.stories, material.bulletin.place)
        findings += pages_fit(material.bulletin, pressed.pages, office.layouts)
        files[name] = pressed.pdf
    return Checked(files, tuple(dict.fromkeys(findings)))


def _pressed(html: str, material: Material) -> Pressed:
    from jianbao.press.engine import press

    resources = {
        name: Resource(picture.data, picture.mime) for name, picture in material.pictures.items()
    }
    return press(Job(html, resources))
