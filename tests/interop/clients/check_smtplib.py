"""Python's smtplib against the built-in server."""

import imaplib
import smtplib

from served import make_mail


def connect(server, protocol="smtp"):
    door = server.door(protocol)
    return smtplib.SMTP(door.host, door.port, timeout=10)


def found_by_imap(server, user, message_id):
    door = server.door("imap")
    with imaplib.IMAP4(door.host, door.port, timeout=10) as client:
        client.login(user, server.passwords[user])
        client.select("INBOX", readonly=True)
        numbers = client.search(None, "HEADER", "Message-ID", message_id)[1][0].split()
        assert len(numbers) == 1, numbers
        return client.fetch(numbers[0], "(BODY.PEEK[])")[1][0][1]


def check_delivery(server):
    mail, message_id = make_mail()
    with connect(server) as client:
        refused = client.sendmail("x@example.org", ["alice@mailspec.test", "bob@mailspec.test", "no@mailspec.test"], mail)
    assert list(refused) == ["no@mailspec.test"] and refused["no@mailspec.test"][0] == 550
    for user in ("alice", "bob"):
        got = found_by_imap(server, user, message_id)
        assert got.startswith(b"Return-Path: <x@example.org>\r\nReceived: from ") and got.endswith(mail), got


def check_eight_bits(server):
    mail, message_id = make_mail("Grüße, 邮件\n")
    with connect(server) as client:
        client.sendmail("", ["bob@mailspec.test"], mail, mail_options=["BODY=8BITMIME"])
    got = found_by_imap(server, "bob", message_id)
    assert got.startswith(b"Return-Path: <>\r\n") and got.endswith(mail)


def check_submission_with_starttls(server):
    mail, message_id = make_mail()
    with connect(server, "submission") as client:
        client.ehlo()
        client._host = "localhost"
        client.starttls(context=server.tls())
        client.login("alice", server.passwords["alice"])
        client.sendmail("alice@mailspec.test", ["bob@mailspec.test"], mail)
    assert found_by_imap(server, "bob", message_id).endswith(mail)


def check_submission_with_implicit_tls(server):
    mail, message_id = make_mail()
    port = server.door("submission", implicit=True).port
    with smtplib.SMTP_SSL("localhost", port, context=server.tls(), timeout=10) as client:
        client.login("bob", server.passwords["bob"])
        client.sendmail("bob@mailspec.test", ["alice@mailspec.test"], mail)
    assert b" with ESMTPSA id " in found_by_imap(server, "alice", message_id)


def check_every_mechanism_of_smtplib(server):
    for method in ("auth_cram_md5", "auth_plain", "auth_login"):
        with connect(server, "submission") as client:
            client.ehlo()
            client.user, client.password = "alice", server.passwords["alice"]
            name = method[5:].upper().replace("_", "-")
            assert client.auth(name, getattr(client, method))[0] == 235, name


def check_submission_wants_login(server):
    mail, _ = make_mail()
    with connect(server, "submission") as client:
        try:
            client.sendmail("alice@mailspec.test", ["bob@mailspec.test"], mail)
        except smtplib.SMTPSenderRefused as refused:
            assert refused.smtp_code == 530
            return
    raise AssertionError("mail was taken without login")


def check_lmtp(server):
    mail, message_id = make_mail()
    door = server.door("lmtp")
    with smtplib.LMTP(door.host, door.port) as client:
        client.ehlo()
        assert client.mail("x@example.org")[0] == 250
        for user in ("alice", "bob"):
            assert client.rcpt(f"{user}@mailspec.test")[0] == 250
        assert client.data(mail)[0] == 250
        assert client.getreply()[0] == 250
    for user in ("alice", "bob"):
        assert b" with LMTP id " in found_by_imap(server, user, message_id)


def check_other_commands(server):
    with connect(server) as client:
        assert client.verify("alice")[0] == 250
        assert client.verify("nobody")[0] == 550
        assert client.noop()[0] == 250
        assert client.rset()[0] == 250
        assert client.helo()[0] == 250
