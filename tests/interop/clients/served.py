"""The built-in server while a check runs: where it listens, who may log in, and mails to try it with."""

import email.message
import email.policy
import ssl
import subprocess
import threading
import uuid
import xml.etree.ElementTree as ElementTree

START_LIMIT = 20  # seconds


class Door:
    """One port: protocol, host, port, whether TLS comes first, and the file with the authority's certificate."""

    def __init__(self, element):
        self.protocol = element.tag.rpartition("}")[2]
        self.host = element.get("host")
        self.port = int(element.get("port"))
        self.implicit = element.get("tls") == "implicit"
        self.ca = element.get("ca")


class Server:
    """Starts PROGRAM serve and reads the target that it prints."""

    def __init__(self, program):
        self.process = subprocess.Popen([program, "serve"], stdout=subprocess.PIPE, text=True)
        alarm = threading.Timer(START_LIMIT, self.process.kill)
        alarm.start()
        text = ""
        for line in self.process.stdout:
            text += line
            if line.strip().endswith("</target>"):
                break
        alarm.cancel()
        self._read(ElementTree.fromstring(text))

    def _read(self, target):
        elements = [e for e in target.iter() if e.get("port")]
        self.doors = [Door(e) for e in elements]
        self.passwords = {}
        for account in (e for e in target.iter() if e.tag.rpartition("}")[2] == "account"):
            with open(account.get("password-file"), encoding="ascii") as file:
                self.passwords[account.get("user")] = file.readline().rstrip("\n")

    def door(self, protocol, implicit=False):
        return next(d for d in self.doors if d.protocol == protocol and d.implicit == implicit)

    def tls(self):
        """A context that trusts the server's own authority and nobody else."""
        return ssl.create_default_context(cafile=self.door("imap", True).ca)

    def stop(self):
        self.process.terminate()
        if self.process.wait(START_LIMIT) not in (0, 130, 143, -15):
            raise AssertionError(f"the server ended with {self.process.returncode}")


def make_mail(text="some text\n"):
    """A mail that no other is like; gives it and its Message-ID."""
    mail = email.message.EmailMessage(policy=email.policy.SMTP)
    mail["From"] = "alice@mailspec.test"
    mail["To"] = "bob@mailspec.test"
    mail["Subject"] = "tried by a client"
    mail["Message-ID"] = f"<{uuid.uuid4()}@mailspec.test>"
    mail.set_content(text + ".\n..\n.dot\n", cte="7bit" if text.isascii() else "8bit")
    return mail.as_bytes(), mail["Message-ID"]
