"""IMAP and POP3 servers that never come to an end.

usage: hostile.py        prints one line "NAME PORT" per kind, then "ready"; serves until killed

Each is well-mannered up to the first NOOP (IMAP) or LIST (POP3), and then:
    endless-line     one line without an end
    huge-literal     announces {4294967295} and sends it
    endless-answer   untagged responses without an end
    endless-list     a multi-line POP3 answer without an end
"""

import socketserver
import threading

OK = b"%s OK done\r\n"
PIECE = {
    "endless-line": b"x" * 65536,
    "huge-literal": b"x" * 65536,
    "endless-answer": b"* 1 FETCH (FLAGS (\\Seen))\r\n" * 2400,
    "endless-list": b"1 1000\r\n" * 8000,
}
OPENING = {
    "endless-line": b"* OK ",
    "huge-literal": b"* 1 FETCH (BODY[] {4294967295}\r\n",
    "endless-answer": b"",
    "endless-list": b"+OK here they are\r\n",
}


class Imap(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(b"* OK [CAPABILITY IMAP4rev1 LITERAL+] ready\r\n")
        for line in self.rfile:
            tag, _, rest = line.strip().partition(b" ")
            verb = rest.split(b" ")[0].upper()
            if verb == b"NOOP":
                return self.go_on_forever()
            if verb == b"CAPABILITY":
                self.wfile.write(b"* CAPABILITY IMAP4rev1 LITERAL+\r\n")
            if verb == b"LOGOUT":
                self.wfile.write(b"* BYE\r\n")
            self.wfile.write(OK % tag)
        return None

    def go_on_forever(self):
        self.wfile.write(OPENING[self.server.kind])
        try:
            while True:
                self.wfile.write(PIECE[self.server.kind])
        except OSError:
            pass


class Pop3(Imap):
    def handle(self):
        self.wfile.write(b"+OK ready\r\n")
        for line in self.rfile:
            verb = line.strip().split(b" ")[0].upper()
            if verb == b"LIST":
                return self.go_on_forever()
            self.wfile.write(b"-ERR no\r\n" if verb == b"CAPA" else b"+OK\r\n")
        return None


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, kind, handler):
        super().__init__(("127.0.0.1", 0), handler)
        self.kind = kind


def main():
    for kind in PIECE:
        server = Server(kind, Pop3 if kind == "endless-list" else Imap)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print(kind, server.server_address[1], flush=True)
    print("ready", flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main()
