"""Test Anything Protocol for the end-to-end scripts."""

import sys
import traceback


def skip_all(reason):
    print(f"1..0 # SKIP {reason}")
    sys.exit(0)


class Tap:
    """Counts the checks, and goes on after one that failed."""

    def __init__(self):
        self.count = 0
        self.failed = 0

    def check(self, name, function, *arguments):
        """A check passes when function(*arguments) raises nothing."""
        self.count += 1
        try:
            function(*arguments)
        except Exception:  # whatever it is, the other checks are still worth running
            self.failed += 1
            for line in traceback.format_exc().splitlines():
                print(f"# {line}")
            print(f"not ok {self.count} - {name}", flush=True)
        else:
            print(f"ok {self.count} - {name}", flush=True)

    def skip(self, name, reason):
        self.count += 1
        print(f"ok {self.count} - {name} # SKIP {reason}", flush=True)

    def finish(self):
        print(f"1..{self.count}")
        sys.exit(1 if self.failed else 0)
