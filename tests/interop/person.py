"""The mail of a person who does not want it touched: put there, and read without changing any of it."""
import hashlib
import imaplib
import re

FOLDERS = ("INBOX", "Work", "Work/Reports", "Work/Reports/2026", "Family", "Letters &AOQA9gD8-", "mailspec",
           "mailspec-notes", "Lists/a b", "Drafts", "Sent", "Archive")
MESSAGES = 500
FLAGS = ("", "\\Seen", "\\Seen \\Answered", "\\Flagged", "$Forwarded \\Seen", "private-keyword", "\\Draft", "\\Deleted")


def quoted(name):
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


class Account:
    """What a person sees and what lies on the disk, read without changing any of it."""

    def __init__(self, running, user):
        self.running, self.user = running, user
        self.root = running.directory / "mail" / user

    def login(self):
        imap = imaplib.IMAP4("127.0.0.1", self.running.ports["imap"])
        imap.login(self.user, self.running.password)
        return imap

    def external(self, name):
        """The name as this server's namespace has it."""
        separator, prefix = self.running.hierarchy
        return name if name == "INBOX" else prefix + name.replace("/", separator)

    def lines(self, imap, command, *arguments):
        status, data = getattr(imap, command)(*arguments)
        assert status == "OK", (command, arguments, data)
        return [part for line in data if line for part in (line if isinstance(line, tuple) else (line,))]

    def snapshot(self):
        """{what: value}; the order of keys and values is always the same."""
        seen = {}
        imap = self.login()
        for command in ("list", "lsub"):
            for line in self.lines(imap, command):
                if not is_scratch_name(line):
                    seen[f"{self.user} {command.upper()} {line.decode()}"] = "listed"
        mailboxes = {re.sub(rb'.* "[^"]*" "?(.*?)"?$', rb"\1", line).decode() for line in self.lines(imap, "list")
                     if b"\\Noselect" not in line and not is_scratch_name(line)}
        for name in sorted(mailboxes):
            seen |= self.snapshot_of(imap, name)
        imap.logout()
        return seen | self.files()

    def snapshot_of(self, imap, name):
        key = f"{self.user} {name}"
        self.lines(imap, "select", quoted(name), True)  # EXAMINE
        seen = {f"{key} {item}": imap.response(item)[1][0].decode() for item in ("UIDVALIDITY", "UIDNEXT", "RECENT")}
        count = int(imap.response("EXISTS")[1][-1] or 0)
        seen[f"{key} EXISTS"] = str(count)
        if count:
            status, data = imap.uid("fetch", "1:*", "(FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[])")
            assert status == "OK", data
            for items, body in (part for part in data if isinstance(part, tuple)):
                uid = re.search(rb"UID (\d+)", items).group(1).decode()
                flags = sorted(re.search(rb"FLAGS \((.*?)\)", items).group(1).decode().split())
                date = re.search(rb'INTERNALDATE "(.*?)"', items).group(1).decode()
                size = re.search(rb"RFC822.SIZE (\d+)", items).group(1).decode()
                seen[f"{key} UID {uid}"] = f"{flags} {date} {size} {hashlib.sha256(body).hexdigest()}"
        return seen

    def files(self):
        """The files of the person's folders, as far as they are no caches: their octets, and when they were written."""
        seen = {}
        for path in sorted(self.root.rglob("*")):
            place = path.relative_to(self.root)
            if not path.is_file() or is_scratch_name(str(place).encode()) or path.name.startswith("dovecot.") \
                    or path.name.startswith("dovecot-uidvalidity"):
                continue
            if path.name == "dovecot-uidlist":
                value = uids_and_files(path.read_text())
            elif path.parent.name in ("cur", "new"):
                value = f"{path.stat().st_mtime_ns} {hashlib.sha256(path.read_bytes()).hexdigest()}"
            else:
                value = path.read_text()
            seen[f"{self.user} file {place}"] = value
        return seen

    def scratches(self):
        """Scratch mailboxes on the disk and subscriptions of them."""
        found = [p.name for p in self.root.iterdir() if p.is_dir() and is_scratch_name(p.name.encode())]
        subscriptions = self.root / "subscriptions"
        text = subscriptions.read_text() if subscriptions.exists() else ""
        return found + [line for line in text.replace("\t", "/").splitlines() if is_scratch_name(line.encode())]


def uids_and_files(text):
    """A uidlist without what Dovecot notes there of sizes: UIDVALIDITY, UIDNEXT, and each message's UID and file."""
    head, *lines = text.splitlines()
    numbers = [word for word in head.split() if word[0] in "VN"]
    return "\n".join([" ".join(numbers)] + [f"{line.split()[0]} {line.partition(':')[2]}" for line in lines])


def is_scratch_name(octets):
    return re.search(rb"mailspec-\d{8}t\d{6}-[a-z0-9]{8}-\d+x", octets) is not None


def differences(before, after):
    for key in sorted(before.keys() | after.keys()):
        if before.get(key) != after.get(key):
            yield f"{key}\n      before: {before.get(key)}\n      after:  {after.get(key)}"


def fill(account):
    """500 messages in 12 folders, flags, keywords, dates and subscriptions set; the same each time."""
    imap = account.login()
    for name in FOLDERS[1:]:
        if name not in ("Drafts", "Sent"):
            account.lines(imap, "create", quoted(name))
    for name in FOLDERS[1::2]:
        account.lines(imap, "subscribe", quoted(name))
    for command in ("create", "subscribe", "delete"):
        account.lines(imap, command, quoted("Gone but subscribed"))
    pipelined = bytearray()
    for n in range(MESSAGES):
        body = (f"From: sender{n}@example.org\r\nTo: alice@example.org\r\nSubject: letter {n}\r\n"
                f"Message-ID: <{n}@example.org>\r\nDate: Mon, 5 Jan 2026 10:{n % 60:02}:00 +0100\r\n\r\n"
                + f"Line of letter {n}.\r\n" * (1 + n % 40)).encode()
        date = f"{1 + n % 28:02}-Feb-{2001 + n % 20} 0{n % 10}:00:{n % 60:02} +0{n % 6}00"
        command = f"p{n} APPEND {quoted(FOLDERS[n % 12])} ({FLAGS[n // 12 % 8]}) \"{date}\" {{{len(body)}+}}\r\n"
        pipelined += command.encode() + body + b"\r\n"
    imap.send(pipelined)
    for n in range(MESSAGES):
        line = imap.readline()
        while line.startswith(b"*"):
            line = imap.readline()
        assert line.startswith(f"p{n} OK".encode()), line
    imap.logout()
