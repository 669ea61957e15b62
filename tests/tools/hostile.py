"""Servers that are wrong in one way, and the test that holds mailspec against them."""
import contextlib
import os
import pathlib
import re
import resource
import socket
import ssl
import struct
import subprocess
import tempfile
import time
import xml.etree.ElementTree as ET

from program import ProgramTest, built_in_server, mailspec, outcomes, server_that

MOST_MEMORY = int(os.environ.get("MAILSPEC_MOST_MEMORY", 64 * 1024))  # KiB; more with sanitizers
SCENARIOS = {"imap": "imap/noop", "pop3": "pop3/noop", "smtp": "smtp/noop"}
SECRET = "never-to-be-shown"
NAMES = {"imap": "alice's IMAP", "pop3": "alice's POP3", "smtp": "alice's SMTP"}
PIECE = b"x" * 65536


def say(*pieces):
    """Sends them one after the other, then waits until mailspec hangs up."""
    def turn_bad(connection):
        for piece in pieces:
            connection.sendall(piece)
        while connection.recv(65536):
            pass
    return turn_bad


def for_ever(opening, piece):
    def turn_bad(connection):
        connection.sendall(opening)
        while True:
            connection.sendall(piece)
    return turn_bad


def reset(connection):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def imap(turn_bad, at=b"NOOP", capabilities=b"IMAP4rev1"):
    """Well-mannered up to the command that it is bad at."""
    def talks(connection):
        connection.sendall(b"* OK [CAPABILITY " + capabilities + b"] ready\r\n")
        for line in connection.makefile("rb"):
            tag, command = line.split()[:2]
            if command.upper() == at:
                return turn_bad(connection)
            connection.sendall(b"* BYE now\r\n" if command == b"LOGOUT" else b"")
            connection.sendall(tag + b" OK [CAPABILITY " + capabilities + b"] done\r\n")
    return talks


def pop3(turn_bad, at=b"NOOP"):
    def talks(connection):
        connection.sendall(b"+OK ready\r\n")
        for line in connection.makefile("rb"):
            command = line.split()[0].upper()
            if command == at:
                return turn_bad(connection)
            connection.sendall(b"-ERR no such thing\r\n" if command in (b"CAPA", b"UIDL") else b"+OK 0 0\r\n")
    return talks


def smtp(turn_bad, at=b"NOOP"):
    def talks(connection):
        connection.sendall(b"220 mail.example ready\r\n")
        for line in connection.makefile("rb"):
            command = line.split()[0].upper()
            if command == at:
                return turn_bad(connection)
            answers = {b"EHLO": b"250-mail.example\r\n250 SIZE\r\n", b"QUIT": b"221 bye\r\n"}
            connection.sendall(answers.get(command, b"250 fine\r\n"))
    return talks


TALKS = {"imap": imap, "pop3": pop3, "smtp": smtp}


def certificate(folder, name, *, days="2", names="DNS:localhost,IP:127.0.0.1", signed_by=None):
    """Makes NAME.pem, which holds key and certificate; self-signed unless signed by the file of another."""
    path = os.path.join(folder, name + ".pem")
    key, request, bare = (os.path.join(folder, name + end) for end in (".key", ".csr", ".crt"))
    def run(*words):
        subprocess.run(["openssl", *words], check=True, capture_output=True)
    run("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", key,
        "-subj", f"/CN={name}", "-out", request)
    extensions = os.path.join(folder, name + ".ext")
    with open(extensions, "w") as file:
        file.write(f"subjectAltName={names}\n" if names else "basicConstraints=critical,CA:TRUE\n")
    signing = ["-CA", signed_by, "-CAkey", signed_by, "-CAcreateserial"] if signed_by else ["-signkey", key]
    run("x509", "-req", "-in", request, *signing, "-days", days, "-extfile", extensions, "-out", bare)
    pathlib.Path(path).write_text(pathlib.Path(key).read_text() + pathlib.Path(bare).read_text())
    return path


def behind_tls(path, talks):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)

    def wrapped(connection):
        with contextlib.suppress(ssl.SSLError), context.wrap_socket(connection, server_side=True) as inside:
            talks(inside)
    return wrapped


class Hostile(ProgramTest):
    @classmethod
    def setUpClass(cls):
        world = contextlib.ExitStack()
        cls.addClassCleanup(world.close)
        cls.world = world.enter_context(tempfile.TemporaryDirectory())
        cls.target = world.enter_context(built_in_server())
        cls.good = {(e.tag.split("}")[1], e.get("tls")): e.get("port") for e in ET.parse(cls.target).getroot() if e.get("port")}

    def against(self, meant, port, options="tls=none", scheme=None, host="127.0.0.1", scenario=None, own=False):
        """Gives the outcome, the sentence, and what mailspec said; the other scenario must have gone on."""
        other, other_scenario = ("smtp", "smtp/greeting") if meant == "pop3" else ("pop3", "pop3/greeting")
        report = self.folder / "out.xml"
        scenario = scenario or SCENARIOS[meant]
        if own:
            self.scenario(other_scenario, f'<{other} state="connected"/><S>{"220" if other == "smtp" else "+OK"}</S>')
        began = time.monotonic()
        done = mailspec("run", scenario, other_scenario, "--timeout", "1s", "--report", f"junit:{report}",
                        *(["--scenarios", self.folder / "scenarios"] if own else []),
                        "--target", f"{scheme or meant}://alice@{host}:{port}?{options}&disposable=yes",
                        "--target", f"{other}://alice@127.0.0.1:{self.good[other, 'none']}?tls=none",
                        MAILSPEC_PASSWORD=SECRET)
        self.assertLess(time.monotonic() - began, 10)
        self.assertLess(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, MOST_MEMORY, "KiB")
        self.assertEqual(done.stderr, "")
        got = outcomes(report)
        self.assertEqual(got[other_scenario], "conforms", done.stdout)
        case = ET.parse(report).find(f".//testcase[@name='{scenario.split('/')[1]}'][@classname='{meant}']")
        sentences = [e.get("message") for e in case if e.tag in ("error", "failure")]
        self.assertEqual(len(sentences), 1, done.stdout)
        return got[scenario], re.sub(r" on 20\d\d-\d\d-\d\d", " on DAY", sentences[0].replace(f":{port}", ":PORT")), done

    def inconclusive(self, sentence, meant, port, host="127.0.0.1", **how):
        outcome, said, done = self.against(meant, port, host=host, **how)
        whole = f"{NAMES[meant]} server at {host}:PORT {sentence}"
        self.assertEqual((done.returncode, outcome, said), (3, "inconclusive", whole), done.stdout)

    def inconclusive_by(self, talks, sentence, meant, **how):
        with server_that(talks) as port:
            self.inconclusive(sentence, meant, port, **how)
