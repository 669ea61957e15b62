"""Starts Debian's Dovecot and Postfix for the tests: loopback only, free ports, a temporary directory.

    with Servers(directory) as servers:
        servers.ports["imap"], servers.ca_file, servers.password, ...

Dovecot serves IMAP, POP3, LMTP and submission; Postfix serves SMTP and submission and delivers to Dovecot by
LMTP. Accounts: alice, bob, carol @mailspec.test. Everything is stopped by the process ids kept here.
"""
import os
import pathlib
import re
import secrets
import shutil
import signal
import socket
import subprocess
import time

from configurations import DOVECOT, MAIN_CF, MASTER_CF

DOMAIN = "mailspec.test"
USERS = ("alice", "bob", "carol")
PORTS = ("imap", "imaps", "pop3", "pop3s", "lmtp", "dovecot-submission", "dovecot-submissions",
         "auth", "smtp", "submission", "submissions")


def unavailable():
    """Why the servers cannot be started on this machine, or None."""
    if os.geteuid() != 0:
        return "Dovecot and Postfix start only as root"
    for program in ("dovecot", "postfix", "openssl"):
        if not shutil.which(program, path="/usr/sbin:/usr/bin:/sbin:/bin"):
            return f"{program} is not installed"
    version = subprocess.run(["dovecot", "--version"], capture_output=True, text=True, check=True).stdout
    if not version.startswith("2.3."):
        return f"the configuration here is for Dovecot 2.3, this is {version.split()[0]}"
    return None


def running_in_group(group):
    """The names of the processes of that group that still run; zombies do not."""
    found = []
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            state, _, process_group = (folder / "stat").read_text().rpartition(")")[2].split()[:3]
            if int(process_group) == group and state != "Z":
                found.append((folder / "cmdline").read_bytes().split(b"\0")[0].decode().rpartition("/")[2])
        except OSError:
            continue
    return found


def free_ports(names):
    """A free loopback port for each name; all are held until all are known, so none is given twice."""
    held = []
    for name in names:
        s = socket.socket()
        s.bind(("127.0.0.1", 0))
        held.append((name, s))
    ports = {name: s.getsockname()[1] for name, s in held}
    for _, s in held:
        s.close()
    return ports


def make_certificates(directory):
    """A certificate authority (ca.pem) and a certificate of its for localhost and 127.0.0.1 (server.pem)."""
    def openssl(*arguments):
        subprocess.run(["openssl", *arguments], cwd=directory, check=True, capture_output=True)

    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    openssl("req", "-x509", *curve, "-keyout", "ca.key", "-out", "ca.pem", "-days", "2", "-subj", "/CN=mailspec test CA")
    openssl("req", *curve, "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=localhost")
    (directory / "names").write_text("subjectAltName=DNS:localhost,IP:127.0.0.1\n")
    openssl("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
            "-out", "server.pem", "-days", "2", "-extfile", "names")


class Servers:
    def __init__(self, directory, hierarchy=("/", ""), more=""):
        """hierarchy: the delimiter and the prefix of the personal namespace; more: what Dovecot's configuration gains."""
        self.more = more
        self.hierarchy = hierarchy
        self.directory = pathlib.Path(directory)
        self.password = secrets.token_hex(8)
        self.ports = free_ports(PORTS)
        self.ca_file = self.directory / "ca.pem"
        self.processes = []
        self.postfix_master = None

    def __enter__(self):
        try:
            self.directory.chmod(0o755)
            make_certificates(self.directory)
            self.start_dovecot()
            self.start_postfix()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stop()

    def write(self, name, template, **more):
        values = dict(self.ports, dir=self.directory, domain=DOMAIN, token=self.directory.name, **more)
        path = self.directory / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(re.sub(r"\{([\w-]+)\}", lambda m: str(values[m.group(1)]),
                               template.replace("{{", "\x01").replace("}}", "\x02"))
                        .replace("\x01", "{").replace("\x02", "}"))
        return path

    def start_dovecot(self):
        (self.directory / "users").write_text("".join(f"{u}:{{PLAIN}}{self.password}\n" for u in USERS))
        for folder in ("mail", "home", "dovecot-run", "dovecot-state"):
            (self.directory / folder).mkdir()
        for folder in ("mail", "home"):
            shutil.chown(self.directory / folder, "nobody", "nogroup")
        self.launch_dovecot()

    def launch_dovecot(self):
        separator, prefix = self.hierarchy
        config = self.write("dovecot.conf", DOVECOT + self.more, owner="nobody", group="nogroup", separator=separator, prefix=prefix)
        self.dovecot = self.run(["/usr/sbin/dovecot", "-F", "-c", str(config)])
        self.await_ports("imap", "pop3", "lmtp", "dovecot-submission", "auth")

    def restart_dovecot(self):
        self.stop_dovecot()
        self.launch_dovecot()

    def stop_dovecot(self):
        """Ends it with all its sessions. Not by SIGKILL: in the midst of a command it leaves locks that block its users
        for minutes."""
        os.killpg(self.dovecot.pid, signal.SIGTERM)
        self.dovecot.wait(10)
        self.await_end_of(lambda name: True)
        self.processes.remove(self.dovecot)

    def await_end_of(self, wanted):
        """Waits until Dovecot has no process of such a name: "imap" is one session, with the command that it is at."""
        deadline = time.monotonic() + 20
        while any(map(wanted, running_in_group(self.dovecot.pid))):
            if time.monotonic() > deadline:
                raise RuntimeError(f"still there: {running_in_group(self.dovecot.pid)}")
            time.sleep(0.02)

    def start_postfix(self):
        for folder in ("postfix", "postfix-queue", "postfix-data"):
            (self.directory / folder).mkdir()
        shutil.chown(self.directory / "postfix-data", "postfix")
        (self.directory / "recipients").write_text("".join(f"{u}@{DOMAIN} {u}\n" for u in USERS))
        daemons = subprocess.run(["postconf", "-d", "-h", "daemon_directory"], capture_output=True, text=True, check=True)
        self.write("postfix/main.cf", MAIN_CF, daemons=daemons.stdout.strip())
        self.write("postfix/master.cf", MASTER_CF)
        self.run(["/usr/sbin/postfix", "-c", str(self.directory / "postfix"), "start-fg"])
        self.await_ports("smtp", "submission", "submissions")
        # start-fg leaves the master in a session of its own: it is stopped by its own process id.
        self.postfix_master = int((self.directory / "postfix-queue/pid/master.pid").read_text())

    def run(self, command):
        log = open(self.directory / f"{pathlib.Path(command[0]).name}.out", "wb")
        self.processes.append(subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                               start_new_session=True))
        return self.processes[-1]

    def await_ports(self, *names):
        deadline = time.monotonic() + 20
        for name in names:
            while True:
                try:
                    socket.create_connection(("127.0.0.1", self.ports[name]), timeout=1).close()
                    break
                except OSError:
                    dead = self.processes[-1].poll()
                    if dead is not None or time.monotonic() > deadline:
                        raise RuntimeError(f"{name} does not listen; logs:\n{self.logs()}") from None
                    time.sleep(0.02)

    def logs(self):
        return "\n".join(f"== {p.name}\n{p.read_text(errors='replace')[-3000:]}"
                         for p in sorted([*self.directory.glob("*.log"), *self.directory.glob("*.out")]))

    def stop(self):
        if self.postfix_master:
            os.kill(self.postfix_master, signal.SIGTERM)
            self.postfix_master = None
        for process in reversed(self.processes):
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in reversed(self.processes):
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        self.processes.clear()
