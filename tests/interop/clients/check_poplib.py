"""Python's poplib against the built-in server."""

import poplib
import smtplib

from served import make_mail

USER = "bob"


def deliver(server, count):
    mails = [make_mail(f"number {n}\n") for n in range(count)]
    door = server.door("smtp")
    with smtplib.SMTP(door.host, door.port, timeout=10) as client:
        for mail, _ in mails:
            client.sendmail("alice@mailspec.test", [f"{USER}@mailspec.test"], mail)
    return mails


def connect(server):
    door = server.door("pop3")
    return poplib.POP3(door.host, door.port, timeout=10)


def log_in(client, server):
    client.user(USER)
    client.pass_(server.passwords[USER])
    return client


def empty(server):
    client = log_in(connect(server), server)
    for n in range(1, client.stat()[0] + 1):
        client.dele(n)
    client.quit()


def check_maildrop(server):
    empty(server)
    mails = deliver(server, 3)
    client = log_in(connect(server), server)
    count, octets = client.stat()
    sizes = [int(line.split()[1]) for line in client.list()[1]]
    assert count == len(sizes) == 3 and octets == sum(sizes), (count, octets, sizes)
    for n, (mail, _) in enumerate(mails, 1):
        text = b"\r\n".join(client.retr(n)[1]) + b"\r\n"
        assert len(text) == sizes[n - 1] and text.endswith(mail), text
    assert client.top(1, 1)[1][-1] == b"number 0"
    ids = client.uidl()[1]
    assert len(set(ids)) == 3 and client.uidl(2).endswith(ids[1])
    client.dele(1)
    client.rset()
    client.dele(2)
    client.noop()
    client.quit()
    client = log_in(connect(server), server)
    assert [line.split()[1] for line in client.uidl()[1]] == [ids[0].split()[1], ids[2].split()[1]]
    client.quit()
    empty(server)


def check_capabilities(server):
    client = connect(server)
    capabilities = client.capa()
    assert {"TOP", "UIDL", "USER", "SASL", "STLS", "PIPELINING", "RESP-CODES"} <= set(capabilities), capabilities
    client.quit()


def check_apop(server):
    client = connect(server)
    client.apop(USER, server.passwords[USER])
    client.stat()
    client.quit()


def check_stls(server):
    client = connect(server)
    client.host = "localhost"
    client.stls(server.tls())
    log_in(client, server).quit()


def check_implicit_tls(server):
    client = poplib.POP3_SSL("localhost", server.door("pop3", True).port, context=server.tls(), timeout=10)
    log_in(client, server).quit()


def check_lock(server):
    first, second = log_in(connect(server), server), connect(server)
    try:
        log_in(second, server)
        raise AssertionError("two sessions hold one maildrop")
    except poplib.error_proto as refused:
        assert b"[IN-USE]" in refused.args[0]
    first.quit()
    log_in(second, server).quit()
