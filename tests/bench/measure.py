"""Measures what issue-closing figures are asked of mailspec; called by tests/bench/run.

usage: measure.py BUILD [--quick]      BUILD: folder with the programs, built Release

CPU is user and system time of the client alone, per command, against the same responder. The kinds of client take turns,
so that a slow moment of the machine does not fall on one of them, seven times; of each the least is taken, as what a
machine does beside only adds. With two or more processors client and responder have one each.
"""

import argparse
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def on_processor(number):
    """Gives the function that ties a child to one processor, if there are enough."""
    if os.cpu_count() < 2:
        return None
    return lambda: os.sched_setaffinity(0, {number})


def start(*command):
    """Starts a server; gives it and the words of the lines it prints up to the one that says where it is."""
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, preexec_fn=on_processor(1))
    lines = []
    for line in server.stdout:
        lines.append(line.split())
        if lines[-1][0] in ("port", "ready"):
            return server, lines
    sys.exit(f"{command[0]} did not start")


def said(*command):
    done = subprocess.run(command, capture_output=True, text=True, preexec_fn=on_processor(0))
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stderr}")
    return float(done.stdout)


def row(*cells):
    print("  " + "".join(str(cell).ljust(width) for cell, width in zip(cells, (13, 11, 10, 10, 16, 16, 12))), flush=True)


def cpu_per_command(programs, port, quick):
    print("CPU per command of a NOOP ping-pong, microseconds (limit: 1.5 times bare with 1 in flight, 4 with 10)")
    row("connections", "in flight", "bare", "net", "mailspec", "ratio", "")
    for connections in (10, 100, 1000):
        for in_flight, limit in ((1, 1.5), (10, 4)):
            commands = (20_000 if quick else 200_000) * (1 if in_flight == 1 else 5) // connections
            commands -= commands % in_flight
            load = (port, str(connections), str(in_flight), str(commands))
            clients = ((programs / "bench_bare_client",), (programs / "bench_net_client",),
                       (programs / "bench_run_client", "load"))
            turns = [[said(*client, *load) for client in clients] for _ in range(3 if quick else 7)]
            bare, net, mailspec = (min(each) for each in zip(*turns))
            ratio = mailspec / bare
            row(connections, in_flight, f"{bare:.2f}", f"{net:.2f}", f"{mailspec:.2f}", f"{ratio:.2f}",
                "" if ratio <= limit else f"above {limit}")


def memory_per_session(programs, port, quick):
    less = 250 if quick else 1000
    peaks = [min(said(programs / "bench_run_client", "idle", port, str(n)) for _ in range(2)) for n in (less, 2 * less)]
    each = (peaks[1] - peaks[0]) / less
    print(f"memory per idle plain session: {each:.1f} KiB (limit 12; peak of {2 * less} sessions less that of {less})")


def timed(command, times):
    """The least wall time in milliseconds of several runs."""
    best = None
    for _ in range(times):
        begun = time.perf_counter()
        done = subprocess.run(command, capture_output=True, text=True)
        took = (time.perf_counter() - begun) * 1000
        if done.returncode != 0:
            sys.exit(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
        best = took if best is None else min(best, took)
    return best


def start_up(mailspec):
    print(f"mailspec list: {timed([mailspec, 'list'], 20):.1f} ms (limit 10)")
    server = subprocess.Popen([mailspec, "serve"], stdout=subprocess.PIPE, text=True)
    with tempfile.NamedTemporaryFile("w", suffix=".xml") as target:
        for line in server.stdout:
            target.write(line)
            if "</target>" in line:
                break
        target.flush()
        took = timed([mailspec, "run", "imap/noop", "--target", target.name], 20)
    print(f"one scenario on a running server: {took:.1f} ms (limit 6)", flush=True)
    server.terminate()
    server.wait()


def whole_suite(mailspec):
    count = len(subprocess.run([mailspec, "list"], capture_output=True, text=True).stdout.splitlines())
    begun = time.perf_counter()
    done = subprocess.run([mailspec, "run"], capture_output=True, text=True)
    took = time.perf_counter() - begun
    print(f"all {count} bundled scenarios on the built-in server: {took:.2f} s, {count / took:.0f} a second "
          f"(limit 300), exit status {done.returncode}")


def peak_of(command):
    """Peak KiB and wall seconds of a command; a child of our own, so that only its memory counts."""
    begun = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                             env=dict(os.environ, MAILSPEC_PASSWORD="x"))
    _, status, used = os.wait4(child.pid, 0)
    return used.ru_maxrss, time.perf_counter() - begun, os.waitstatus_to_exitcode(status)


def hostile(mailspec):
    server, lines = start(sys.executable, HERE / "hostile.py")
    print("peak memory against a server without an end (limit 64 MiB)")
    for kind, port in (line for line in lines if len(line) == 2):
        protocol = "pop3" if kind == "endless-list" else "imap"
        peak, took, status = peak_of([
            mailspec, "run", "--target", f"{protocol}://alice@127.0.0.1:{port}?tls=none&disposable=yes", "--scenarios",
            HERE / "scenarios", f"hostile/{protocol}"])
        if status == 2:
            sys.exit(f"{kind}: nothing was sent")
        print(f"  {kind:15} {peak / 1024:6.1f} MiB, {took:5.2f} s, exit status {status}", flush=True)
    server.kill()
    server.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--quick", action="store_true", help="a tenth of the commands")
    asked = parser.parse_args()
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))

    server, lines = start(asked.build / "bench_responder")
    port = lines[-1][1]
    cpu_per_command(asked.build, port, asked.quick)
    memory_per_session(asked.build, port, asked.quick)
    server.kill()
    server.wait()
    parse = asked.build / "bench_imap_parse"
    if parse.exists():
        print("IMAP response parsing (limit 300 MB/s, 2000 through literals)", flush=True)
        subprocess.run([parse], preexec_fn=on_processor(0))
    mailspec = asked.build / "mailspec"
    start_up(mailspec)
    whole_suite(mailspec)
    hostile(mailspec)


if __name__ == "__main__":
    main()
