"""What the project's own rules print: one TAP subtest a rule, with its offenders."""

import pathlib
import subprocess
import sys

ROOT = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path.cwd()


class Plan:
    """Collects results and ends the program with what they were."""

    def __init__(self):
        self.results = []

    def check(self, name, offenders):
        offenders = list(offenders)
        for line in offenders:
            print(f"# {name}: {line}", file=sys.stderr)
        self.results.append(not offenders)
        print(f"{'not ok' if offenders else 'ok'} {len(self.results)} - {name}", flush=True)

    def run(self, name, command):
        """The rule holds if @command ends with 0; its output names the offenders."""
        done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
        lines = (done.stdout + done.stderr).splitlines() or [f"exit status {done.returncode}"]
        self.check(name, lines if done.returncode != 0 else [])

    def skip(self, name, reason):
        self.results.append(True)
        print(f"ok {len(self.results)} - {name} # SKIP {reason}", flush=True)

    def end(self):
        print(f"1..{len(self.results)}")
        sys.exit(0 if self.results and all(self.results) else 1)


def sources(*patterns, under=("src", "tests")):
    for folder in under:
        for pattern in patterns:
            yield from sorted((ROOT / folder).rglob(pattern))


def shown(path):
    return path.relative_to(ROOT)
