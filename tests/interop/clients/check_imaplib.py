"""Python's imaplib against the built-in server."""

import imaplib

from served import make_mail


def good(answer):
    status, data = answer
    assert status == "OK", (status, data)
    return data


def connect(server):
    door = server.door("imap")
    return imaplib.IMAP4(door.host, door.port, timeout=10)


def log_in(server, user="alice"):
    client = connect(server)
    good(client.login(user, server.passwords[user]))
    return client


def check_mailboxes(server):
    with log_in(server) as client:
        good(client.create("work/today"))
        assert any(b'"work/today"' in line or line.endswith(b"work/today") for line in good(client.list()))
        good(client.rename("work/today", "work/later"))
        good(client.subscribe("work/later"))
        assert any(b"work/later" in line for line in good(client.lsub()))
        assert b"MESSAGES 0" in good(client.status("work/later", "(MESSAGES UIDNEXT)"))[0]
        assert client.namespace()[1][0].startswith(b"((")
        good(client.unsubscribe("work/later"))
        good(client.delete("work/later"))
        assert not any(b"work/later" in line for line in good(client.list()))


def check_messages(server):
    mail, message_id = make_mail()
    with log_in(server) as client:
        good(client.create("scratch"))
        for _ in range(3):
            good(client.append("scratch", r"(\Flagged)", None, mail))
        assert good(client.select("scratch")) == [b"3"]
        assert good(client.search(None, "HEADER", "Message-ID", message_id)) == [b"1 2 3"]
        assert good(client.fetch("2", "(BODY.PEEK[])"))[0][1] == mail
        assert rb"\Flagged" in imaplib.ParseFlags(good(client.fetch("2", "(FLAGS)"))[0])
        good(client.fetch("2", "(RFC822)"))
        assert rb"\Seen" in imaplib.ParseFlags(good(client.fetch("2", "(FLAGS)"))[0])
        assert rb"\Seen" not in imaplib.ParseFlags(good(client.fetch("1", "(FLAGS)"))[0])
        assert b"ENVELOPE" in good(client.fetch("1", "(ENVELOPE BODYSTRUCTURE INTERNALDATE RFC822.SIZE)"))[0]
        good(client.copy("1", "Archive"))
        good(client.store("1,3", "+FLAGS", r"(\Deleted)"))
        assert good(client.expunge()) in ([b"1", b"2"], [b"3", b"1"])
        good(client.uid("search", None, "ALL"))
        good(client.close())
        good(client.delete("scratch"))


def check_starttls(server):
    with connect(server) as client:
        assert "STARTTLS" in client.capabilities
        client.host = "localhost"
        good(client.starttls(server.tls()))
        good(client.login("bob", server.passwords["bob"]))
        good(client.select("INBOX", readonly=True))


def check_implicit_tls(server):
    door = server.door("imap", implicit=True)
    with imaplib.IMAP4_SSL("localhost", door.port, ssl_context=server.tls(), timeout=10) as client:
        secret = server.passwords["alice"]
        good(client.authenticate("PLAIN", lambda _: f"\0alice\0{secret}".encode()))
        good(client.noop())


def check_cram_md5(server):
    with connect(server) as client:
        good(client.login_cram_md5("alice", server.passwords["alice"]))


def check_wrong_password(server):
    with connect(server) as client:
        try:
            client.login("alice", "wrong")
        except imaplib.IMAP4.error:
            return
        raise AssertionError("a wrong password was taken")
