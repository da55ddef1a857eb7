"""Workers: answers in any order, limits held, and a child that dies costs only its task."""

import errno
import os
import pickle
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import pytest

from jianbao import pipeline
from jianbao.cli.showing import speaking
from jianbao.delivery.limits import Limits, StoppedError
from jianbao.delivery.memo import Memo
from jianbao.delivery.pressing import Press, Ticket
from jianbao.delivery.workers import InThisProcess, Workers
from jianbao.diagnostics import Place, error, msg
from jianbao.pipeline import hiring, running
from jianbao.pipeline.composing import Bench
from jianbao.pipeline.runs import Run, untold
from jianbao.press.jobs import Fault, Job
from jianbao.press.tasks import Taken, press_job, warm_up
from jianbao.reading.sites import read_office
from jianbao.settings import Settings, usual_jobs
from tests.bench.changing import Changing, files_of

NONE = Limits()


def double(number: int) -> tuple[int, int]:
    """Return twice the number, and who did it."""
    return 2 * number, os.getpid()


def greedy(megabytes: int) -> int:
    """Want so much memory."""
    return len(bytearray(megabytes * 1024 * 1024))


def hoard(megabytes: int) -> int:
    """Keep so much memory, and say who did."""
    HOARD.append(b"x" * megabytes * 1024 * 1024)
    return os.getpid()


HOARD: list[bytes] = []


def refused(number: int) -> None:
    """Fail as the system does where it gives no more memory."""
    raise OSError(number, os.strerror(number))


def confused(_: int) -> None:
    """Fail as an extension does that got no memory and did not say so."""
    raise SystemError("error return without exception set")


def test_a_child_that_has_grown_gets_a_successor() -> None:
    """What a child keeps of its tasks is no burden for the next; one that keeps little stays."""
    with Workers(1, NONE, nothing) as workers:
        light = [workers.submit(hoard, 1).result() for _ in range(3)]
        workers.submit(hoard, 300).result()
        after = workers.submit(hoard, 1).result()

    assert 1 == len(set(light))
    assert after not in light


def killed(_: int) -> None:
    """End like a process that the system ran out of memory for."""
    os.kill(os.getpid(), signal.SIGKILL)


def broken(_: int) -> None:
    """Be a bug of ours."""
    raise KeyError("ours")


def nothing() -> None:
    """Need no warming up."""


def test_tasks_are_done_in_other_processes() -> None:
    """Every answer is its own task's, and none was worked out here."""
    with Workers(2, NONE, nothing) as workers:
        answers = list(workers.map(double, range(20)))

    assert [2 * number for number in range(20)] == [number for number, _ in answers]
    assert os.getpid() not in {process for _, process in answers}


@pytest.mark.parametrize(
    ("limits", "work", "asked", "why"),
    [
        (Limits(megabytes=400), greedy, 4000, "memory"),
        (Limits(megabytes=400), refused, errno.ENOMEM, "memory"),
        (Limits(megabytes=400), confused, 0, "memory"),
        (Limits(seconds=1), time.sleep, 60, "time"),
        (NONE, killed, 0, "killed"),
    ],
)
def test_a_task_that_is_broken_off_costs_only_itself(
    limits: Limits, work: object, asked: int, why: str
) -> None:
    """Why it was broken off is said, and the tasks before and after it are done."""
    assert callable(work)
    with Workers(1, limits, nothing) as workers:
        before = workers.submit(double, 1)
        poisoned: Future[object] = workers.submit(work, asked)
        after = workers.submit(double, 2)

        with pytest.raises(StoppedError, match=why):
            poisoned.result()
        assert [2, 4] == [before.result()[0], after.result()[0]]


@pytest.mark.parametrize("inside", [True, False])
def test_a_bug_keeps_its_traceback(inside: bool) -> None:
    """An exception of ours is raised where the answer is asked for, with where it came from."""
    with InThisProcess() if inside else Workers(1, NONE, nothing) as workers:
        future = workers.submit(broken, 1)

        with pytest.raises(KeyError, match="ours") as raised:
            future.result()
    assert inside or "in broken" in raised.value.__notes__[0]


def test_an_exception_outside_ends_the_children_at_once() -> None:
    """Whoever interrupts need not wait for the tasks at hand."""

    def interrupted() -> None:
        with Workers(2, NONE, nothing) as workers:
            for _ in range(6):
                workers.submit(time.sleep, 60)
            raise KeyboardInterrupt

    start = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        interrupted()

    assert time.monotonic() - start < 30


def test_a_child_presses_the_same_pdf() -> None:
    """A PDF is the same, bytes and troubles, wherever it was pressed."""
    job = Job("<html lang=zh-CN><title>一</title><h1>一</h1><p>县区级实事项目", {})
    with Workers(1, Limits(60, 2048), warm_up) as workers:
        press = Press(workers)
        there = press.take(press.submit(job)).pressed

    assert press_job(job) == there
    assert there.pdf.startswith(b"%PDF")


def test_what_was_broken_off_is_a_trouble_with_its_reason() -> None:
    """Whoever asks for the PDF gets none, and why."""
    future: Future[Taken] = Future()
    future.set_exception(StoppedError("memory"))

    pressed = Press(InThisProcess()).take(Ticket(future)).pressed

    assert [(Fault.STOPPED, "memory")] == [(t.fault, t.what) for t in pressed.troubles]
    assert pressed.pdf == b""


@pytest.mark.parametrize("many", [8, 1])
def test_a_poisoned_bulletin_keeps_its_old_output_and_the_others_are_made(
    small: Settings, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    """One bulletin that wants too much memory costs that bulletin, with a finding.

    So it is where each of many is made whole by one worker, too.
    """
    monkeypatch.setattr(hiring, "_MANY", many)
    other = small.root / "content/yunxi/2026-48"
    other.mkdir()
    plan = (small.root / "content/yunxi/2026-47/bulletin.yaml").read_text(encoding="utf-8")
    plan = plan.replace("number: 47", "number: 48").replace("total: 312", "total: 313")
    (other / "bulletin.yaml").write_text(plan, encoding="utf-8")
    story = (small.root / "content/yunxi/2026-47/lead.md").read_text(encoding="utf-8")
    (other / "lead.md").write_text(story + "\n毒\n", encoding="utf-8")
    page = small.root / "templates/print.html"
    text = page.read_text(encoding="utf-8")
    greed = "{% if bulletin.address == 'yunxi/2026-48' %}{% for n in range(30000) %}<p>毒{% endfor %}{% endif %}"
    page.write_text(text.replace("</body>", greed + "</body>"), encoding="utf-8")

    outcome = pipeline.build(replace(small, jobs=2, task_megabytes=100))

    assert ("yunxi/2026-47",) == outcome.made
    assert ("yunxi/2026-48",) == outcome.kept
    assert ["bulletin-stopped"] == [finding.rule for finding in outcome.findings]
    assert ["content/yunxi/2026-48/bulletin.yaml"] == [f.place.path for f in outcome.findings]


def test_what_workers_make_whole_is_the_same(
    small: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages and PDFs, whichever process made them; and what was pressed is remembered."""
    site = Changing(small, 0).settings
    alone = pipeline.build(site)
    files = files_of(site.output)
    shutil.rmtree(site.output)
    monkeypatch.setattr(hiring, "_MANY", 1)
    together = pipeline.build(replace(site, jobs=2, remember=True))

    assert alone.findings == together.findings
    assert files == files_of(site.output)
    assert "yunxi/2026-47/bulletin.pdf" in files
    assert 2 == sum(b"%PDF" in f.read_bytes() for f in site.output.glob(".jianbao/cache/*/*"))


def test_a_worker_that_is_not_forked_begins_with_the_same(small: Settings) -> None:
    """What it begins with can be sent to it, what it says of findings too."""
    office = read_office(small.root, small.templates).value
    assert office
    bench = Bench(Run(small, office, untold, delivering=True, say=speaking("zh")))
    bench.open("yunxi")
    there = pickle.loads(pickle.dumps(running._Ready(bench)))()
    finding = error("rule", Place("a.md"), msg("There is no such file."))

    assert isinstance(there, Bench)
    assert there.run.say(finding) == bench.run.say(finding)
    assert "没有这个文件" in there.run.say(finding)


def test_the_engine_is_not_asked_twice_about_the_same_pages(tmp_path: Path) -> None:
    """Other pages, another question and another program are asked anew."""
    asked: list[str] = []

    def rows(text: str) -> dict[str, int]:
        asked.append(text)
        return {text: len(asked)}

    def lines(text: str) -> dict[str, int]:
        return rows(text)

    none: dict[str, int] = {}
    press = Press(InThisProcess(), memo=Memo(tmp_path), made_by="one")
    other = replace(press, made_by="two")
    answers = [press.ask(rows, text, otherwise=none) for text in ("甲", "甲", "乙", "甲")]

    assert [{"甲": 1}, {"甲": 1}, {"乙": 2}, {"甲": 1}] == answers
    assert {"甲": 3} == press.ask(lines, "甲", otherwise=none)
    assert {"甲": 4} == other.ask(rows, "甲", otherwise=none)


def test_ctrl_c_ends_a_build_without_a_traceback(tmp_path: Path) -> None:
    """The command ends soon, says so in a line, leaves no child and nothing half made."""
    code = "import sys; from jianbao.cli import main; sys.exit(main())"
    process = subprocess.Popen(
        [sys.executable, "-c", code, "build", "--output", str(tmp_path), "--jobs", "2"],
        stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    assert process.stderr is not None
    process.stderr.readline()
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)

    assert process.returncode != 0
    assert "Traceback" not in said
    assert [] == [path.name for path in tmp_path.glob(".jianbao-*")]
    assert [] == living(process.pid)


def living(group: int) -> list[str]:
    """Return the commands of a group's processes, less those that have ended."""
    asked = ["ps", "-eo", "pgid=,stat=,args="]
    rows = subprocess.run(asked, check=True, capture_output=True, text=True).stdout.splitlines()
    known = (row.split(maxsplit=2) for row in rows)
    return [row[2] for row in known if row[0] == str(group) and not row[1].startswith("Z")]


def test_there_is_at_least_one_worker() -> None:
    """However few processors or little memory there is, something is done."""
    assert 1 <= usual_jobs() <= (os.cpu_count() or 1)
