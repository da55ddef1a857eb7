"""Real servers on this computer's loopback: OpenSSH's sshd, a WebDAV server, a wire that is cut."""

import getpass
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep

LOOPBACK = "127.0.0.1"


def free_port() -> int:
    """Return a port nobody listens at."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(frozen=True)
class Shell:
    """A running sshd: its port, its key as known_hosts has it, our private key, its user."""

    port: int
    known_hosts: Path
    identity: Path
    user: str


@contextmanager
def sshd(folder: Path) -> Iterator[Shell]:
    """Run OpenSSH's server with throw-away keys while the block runs."""
    folder.mkdir(parents=True, exist_ok=True)
    host, mine = new_key(folder / "host"), new_key(folder / "mine")
    (folder / "authorized").write_text(mine.with_suffix(".pub").read_text())
    port = free_port()
    (folder / "config").write_text(
        f"Port {port}\nListenAddress {LOOPBACK}\nHostKey {host}\nPidFile none\nStrictModes no\n"
        f"AuthorizedKeysFile {folder / 'authorized'}\nPasswordAuthentication no\nUsePAM no\n"
        "KbdInteractiveAuthentication no\nSubsystem sftp internal-sftp\nLogLevel ERROR\n"
        "MaxStartups 100\n"
    )
    known = folder / "known_hosts"
    write_known(known, port, host)
    Path("/run/sshd").mkdir(exist_ok=True)
    command = ["/usr/sbin/sshd", "-D", "-e", "-f", str(folder / "config")]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as server:
        try:
            wait_for(port)
            yield Shell(port, known, mine, getpass.getuser())
        finally:
            server.terminate()


def new_key(file: Path) -> Path:
    """Make a key pair and return the private one's file."""
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(file)]
    subprocess.run(command, check=True)
    return file


def write_known(file: Path, port: int, key: Path) -> None:
    """Write down a server's key as ssh does."""
    kind, public, *_ = key.with_suffix(".pub").read_text().split()
    file.write_text(f"[{LOOPBACK}]:{port} {kind} {public}\n")


def wait_for(port: int) -> None:
    """Wait until somebody listens at a port."""
    end = monotonic() + 10
    while monotonic() < end:
        with suppress(OSError), socket.create_connection((LOOPBACK, port), 1):
            return
        sleep(0.05)
    raise TimeoutError(port)


@contextmanager
def webdav(folder: Path, user: str, password: str) -> Iterator[str]:
    """Serve a folder over WebDAV while the block runs; yields its address."""
    from cheroot.wsgi import Server
    from wsgidav.wsgidav_app import WsgiDAVApp

    folder.mkdir(parents=True, exist_ok=True)
    app = WsgiDAVApp(
        {
            "provider_mapping": {"/": str(folder)},
            "simple_dc": {"user_mapping": {"*": {user: {"password": password}}}},
            "logging": {"enable": False},
            "verbose": 0,
        }
    )
    server = Server((LOOPBACK, 0), app)
    server.prepare()
    threading.Thread(target=server.serve, daemon=True).start()
    try:
        yield f"http://{LOOPBACK}:{server.bind_addr[1]}"
    finally:
        server.stop()


@dataclass
class Wire:
    """A wire to a port that can be cut after so many bytes went towards the server."""

    port: int
    budget: int
    _sockets: list[socket.socket] = field(default_factory=list)

    def carry(self, source: socket.socket, target: socket.socket, counted: bool) -> None:
        """Carry bytes one way until one end closes, or the wire is cut."""
        with suppress(OSError):
            while data := source.recv(16384):
                if counted:
                    self.budget -= len(data)
                    if self.budget < 0:
                        break
                target.sendall(data)
        if counted and self.budget < 0:
            self.cut()
        with suppress(OSError):
            target.shutdown(socket.SHUT_RDWR)

    def cut(self) -> None:
        """Cut every connection."""
        for one in self._sockets:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def accept(self, listener: socket.socket, port: int) -> None:
        """Connect whoever comes with the server."""
        with suppress(OSError):
            while True:
                near, _ = listener.accept()
                far = socket.create_connection((LOOPBACK, port))
                self._sockets += [near, far]
                for pair in ((near, far, True), (far, near, False)):
                    threading.Thread(target=self.carry, args=pair, daemon=True).start()


@contextmanager
def wire(port: int, budget: int) -> Iterator[Wire]:
    """Lay a wire to a port that is cut after `budget` bytes."""
    with socket.create_server((LOOPBACK, 0)) as listener:
        laid = Wire(listener.getsockname()[1], budget)
        threading.Thread(target=laid.accept, args=(listener, port), daemon=True).start()
        try:
            yield laid
        finally:
            laid.cut()
