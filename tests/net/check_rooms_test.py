"""What tools/check_rooms.py lets pass and what it does not."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

SCRIPT = pathlib.Path(__file__).resolve().parents[2] / "tools" / "check_rooms.py"


class CheckRooms(unittest.TestCase):
    def said_of(self, path, text):
        with tempfile.TemporaryDirectory() as root:
            file = pathlib.Path(root) / path
            (pathlib.Path(root) / "harness").mkdir()
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
            done = subprocess.run([sys.executable, SCRIPT, root], capture_output=True, text=True)
            self.assertEqual(done.returncode, 1 if done.stdout else 0)
            return done.stdout

    def test_names_the_line_that_goes_against_an_arrow(self):
        said = self.said_of("harness/wire/x.cpp", '#include "harness/wire/x.hpp"\n#include "harness/net/y.hpp"\n')
        self.assertEqual(said, "harness/wire/x.cpp:2: harness/wire may not include harness/net/y.hpp\n")

    def test_lets_pass_what_goes_along_an_arrow(self):
        self.assertEqual(self.said_of("harness/match/x.hpp", '#include "harness/wire/x.hpp"\n#include <string>\n'), "")
        self.assertEqual(self.said_of("tools/mailspec/x.cpp", '#include "harness/serve/server.hpp"\n'), "")

    def test_keeps_libraries_in_their_rooms(self):
        for path, include in [("harness/serve/x.cpp", "openssl/ssl.h"), ("harness/serve/x.cpp", "boost/asio/ssl.hpp"),
                              ("harness/net/x.hpp", "openssl/ssl.h"), ("harness/run/x.hpp", "boost/asio.hpp"),
                              ("harness/wire/imap/x.cpp", "boost/asio/buffer.hpp"), ("reports/x.cpp", "pugixml.hpp"),
                              ("harness/scenario/x.hpp", "pugixml.hpp"), ("reports/x.hpp", "fmt/format.h")]:
            self.assertIn(f"{path}:1: ", self.said_of(path, f"#include <{include}>\n"), include)
        for path, include in [("harness/net/x.cpp", "openssl/ssl.h"), ("harness/net/x.hpp", "boost/asio/ip/tcp.hpp"),
                              ("harness/run/x.cpp", "boost/asio.hpp"), ("harness/scenario/x.cpp", "pugixml.hpp")]:
            self.assertEqual(self.said_of(path, f"#include <{include}>\n"), "", include)

    def test_wants_includes_from_the_root(self):
        self.assertIn("written from the root", self.said_of("reports/x.cpp", '#include "x.hpp"\n'))


if __name__ == "__main__":
    unittest.main()
