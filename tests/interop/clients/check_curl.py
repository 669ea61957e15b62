"""curl against the built-in server."""

import subprocess
import tempfile

from check_smtplib import found_by_imap
from served import make_mail

NEEDS = "curl"


def curl(server, user, url, *options, octets=None):
    """Runs curl; the password goes by its standard input, never by its arguments."""
    config = f'user = "{user}:{server.passwords[user]}"\n' if user else ""
    upload = tempfile.NamedTemporaryFile()
    if octets is not None:
        upload.write(octets)
        upload.flush()
        options += ("--upload-file", upload.name)
    done = subprocess.run(["curl", "--silent", "--show-error", "--max-time", "20", "--noproxy", "*", "--config", "-",
                           *options, url], input=config.encode(), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          timeout=30, check=False)
    assert done.returncode == 0, (url, done.returncode, done.stderr.decode(errors="replace"))
    return done.stdout


def urls(server, protocol, scheme):
    """Each way in: plain, STARTTLS, TLS from the start."""
    plain, ca = server.door(protocol), server.door("imap", True).ca
    yield f"{scheme}://127.0.0.1:{plain.port}", ()
    yield f"{scheme}://localhost:{plain.port}", ("--ssl-reqd", "--cacert", ca)
    implicit = server.door("submission" if protocol == "smtp" else protocol, implicit=True)
    yield f"{scheme}s://localhost:{implicit.port}", ("--cacert", ca)


def check_imap(server):
    for url, options in urls(server, "imap", "imap"):
        mail, message_id = make_mail()
        curl(server, "alice", f"{url}/Drafts", *options, octets=mail)
        listed = curl(server, "alice", f"{url}/", *options)
        assert b"Drafts" in listed, listed
        found = curl(server, "alice", f"{url}/Drafts?HEADER%20Message-ID%20{message_id.strip('<>')}", *options)
        number = found.decode().split()[-1]
        assert curl(server, "alice", f"{url}/Drafts;MAILINDEX={number}", *options) == mail


def check_pop3(server):
    mail, message_id = make_mail()
    curl(server, None, f"smtp://127.0.0.1:{server.door('smtp').port}/client.example", "--mail-from", "x@example.org",
         "--mail-rcpt", "bob@mailspec.test", octets=mail)
    for url, options in urls(server, "pop3", "pop3"):
        last = curl(server, "bob", f"{url}/", *options).decode().split("\r\n")[-2].split()
        text = curl(server, "bob", f"{url}/{last[0]}", *options)
        assert len(text) == int(last[1]) and text.endswith(mail) and message_id.encode() in text


def check_smtp(server):
    for url, options in urls(server, "smtp", "smtp"):
        mail, message_id = make_mail()
        curl(server, "alice", f"{url}/client.example", *options, "--mail-from", "alice@mailspec.test", "--mail-rcpt", "bob@mailspec.test",
             octets=mail)
        assert found_by_imap(server, "bob", message_id).endswith(mail)


def check_every_mechanism_of_curl(server):
    url = f"imap://127.0.0.1:{server.door('imap').port}/INBOX"
    for mechanism in ("PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-1", "SCRAM-SHA-256"):
        features = subprocess.run(["curl", "--version"], stdout=subprocess.PIPE, check=True).stdout
        if mechanism.startswith("SCRAM") and b"gsasl" not in features:
            continue
        curl(server, "alice", url, "--login-options", f"AUTH={mechanism}", "-X", "NOOP")
        curl(server, "alice", f"pop3://127.0.0.1:{server.door('pop3').port}/", "--login-options", f"AUTH={mechanism}")
    curl(server, "alice", f"pop3://127.0.0.1:{server.door('pop3').port}/", "--login-options", "AUTH=+APOP")
