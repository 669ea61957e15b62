"""Runs the mailspec program for the tests; the program is named by the environment variable MAILSPEC (build/mailspec without)."""
import contextlib
import os
import pathlib
import signal
import socket
import subprocess
import tempfile
import threading
import unittest
import xml.etree.ElementTree as ET

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PROGRAM = os.environ.get("MAILSPEC", str(ROOT / "build/mailspec"))
DEADLINE = 60


def clean_environment(**more):
    kept = {k: v for k, v in os.environ.items() if k not in ("MAILSPEC_PASSWORD", "NO_COLOR")}
    return {**kept, **more}


def mailspec(*arguments, cwd=None, stdin=None, **environment):
    """Gives the finished process; its output is text."""
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, cwd=cwd, timeout=DEADLINE,
                          stdin=stdin or subprocess.DEVNULL, env=clean_environment(**environment),
                          encoding="utf-8", errors="strict", start_new_session=True)


@contextlib.contextmanager
def server_that(talks):
    """A TCP server on loopback; talks(socket) has each connection on a thread of its own. Gives the port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        def one(connection):
            with connection, contextlib.suppress(OSError):
                talks(connection)

        def accept():
            with contextlib.suppress(OSError):
                while True:
                    connection, _ = listening.accept()
                    threading.Thread(target=one, args=(connection,), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        yield listening.getsockname()[1]
        with contextlib.suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)


@contextlib.contextmanager
def built_in_server(*arguments):
    """mailspec serve, and the path of a target file for it."""
    with tempfile.TemporaryDirectory() as folder:
        target = pathlib.Path(folder) / "target.xml"
        process = subprocess.Popen([PROGRAM, "serve", *arguments], stdout=subprocess.PIPE, encoding="utf-8",
                                   env=clean_environment())
        try:
            text = ""
            for line in process.stdout:
                text += line
                if line.startswith("</target>"):
                    break
            target.write_text(text)
            yield target
        finally:
            process.send_signal(signal.SIGTERM)
            process.stdout.close()
            process.wait(DEADLINE)


def outcomes(report):
    """{id: outcome} of a JUnit file."""
    return {p.get("name")[:-len(".outcome")]: p.get("value")
            for p in ET.parse(report).iter("property") if p.get("name").endswith(".outcome")}


class ProgramTest(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)

    def file(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def scenario(self, name, body, attributes=""):
        return self.file(f"scenarios/{name}.xml", f'<scenario xmlns="urn:mailspec:scenario:1" id="{name}" '
                                                  f'title="a test" {attributes}>{body}</scenario>\n')

    def refused(self, done, *sentences):
        """Bad usage: status 2, one reason on standard error, nothing on standard output."""
        self.assertEqual(done.returncode, 2, done.stdout + done.stderr)
        self.assertEqual(done.stdout, "")
        for sentence in sentences:
            self.assertIn(sentence, done.stderr)
