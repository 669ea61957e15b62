"""isync (mbsync) against the built-in server."""

import os
import subprocess
import tempfile

from check_imaplib import good, log_in
from served import make_mail

NEEDS = "mbsync"

CONFIG = """
IMAPAccount served
Host localhost
Port {port}
User {user}
PassCmd "cat {secret}"
SSLType {ssl}
CertificateFile {ca}
SystemCertificates no
AuthMechs {mechanism}

IMAPStore far
Account served

MaildirStore near
Path {folder}/
Inbox {folder}/INBOX
SubFolders Verbatim

Channel both
Far :far:
Near :near:
Patterns INBOX shared
Create Both
Expunge Both
SyncState *
"""


def sync(server, folder, ssl, mechanism, user):
    secret = os.path.join(folder, "secret")
    with open(os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
        file.write(server.passwords[user] + "\n")
    config = os.path.join(folder, "mbsyncrc")
    door = server.door("imap", ssl == "IMAPS")
    maildirs = os.path.join(folder, "mail")
    os.makedirs(maildirs, exist_ok=True)
    with open(config, "w", encoding="ascii") as file:
        file.write(CONFIG.format(port=door.port, user=user, secret=secret, ssl=ssl, mechanism=mechanism,
                                 ca=server.door("imap", True).ca, folder=maildirs))
    done = subprocess.run(["mbsync", "--config", config, "both"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          env={**os.environ, "HOME": folder}, timeout=60, check=False)
    assert done.returncode == 0, done.stdout.decode(errors="replace")
    return maildirs


def mails_of(maildir):
    names = [os.path.join(maildir, sub, name) for sub in ("cur", "new") for name in os.listdir(os.path.join(maildir, sub))]
    return {name: open(name, "rb").read() for name in names}


def check_both_ways(server):
    for ssl, mechanism in (("None", "PLAIN"), ("STARTTLS", "PLAIN"), ("IMAPS", "LOGIN"), ("None", "CRAM-MD5")):
        with tempfile.TemporaryDirectory() as folder, log_in(server) as client:
            (far, far_id), (near, near_id) = make_mail("from afar\n"), make_mail("from near\n")
            good(client.create("shared"))
            good(client.append("shared", r"(\Flagged)", None, far))
            maildirs = sync(server, folder, ssl, mechanism, "alice")
            shared = os.path.join(maildirs, "shared")
            (name, octets), = mails_of(shared).items()
            assert far_id.encode() in octets and name.endswith("2,F"), (name, octets)
            with open(os.path.join(shared, "new", "1.mailspec"), "wb") as file:
                file.write(near.replace(b"\r\n", b"\n"))
            os.rename(name, name + "S")
            sync(server, folder, ssl, mechanism, "alice")
            good(client.select("shared"))
            assert good(client.search(None, "HEADER", "Message-ID", near_id)) == [b"2"]
            assert good(client.search(None, "SEEN", "FLAGGED")) == [b"1"]
            os.remove(name + "S")
            good(client.store("2", "+FLAGS", r"(\Deleted)"))
            good(client.expunge())
            sync(server, folder, ssl, mechanism, "alice")
            assert mails_of(shared) == {} and good(client.select("shared")) == [b"0"]
            good(client.close())
            good(client.delete("shared"))
