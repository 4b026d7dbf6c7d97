"""What Eonay costs, beside what others cost on the same machine in the same run.

Start: from just before exec to the first frame of a window that hears the keyboard with the focus
in a text entry (first-key.c is preloaded to tell), against an empty libadwaita window; medians of
interleaved runs. Memory: the peak of resident memory (VmHWM) and the proportional set (Pss) once
the window has stood for a second. Wake-ups: voluntary context switches of all threads, that is,
how often one of them slept and woke. Card: APDUs that pcscd passed on, with its own log, for
OpenSC and for eonay-cli on the same practice card; and those of the recorded third-party card.
Texts: see text-stall.c; pages of a PDF: page-scroll.c.

Usage: bench.py BUILD_ROOT
"""

import os
import pathlib
import select
import statistics
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "end-to-end"))

from desktop import Desktop

RUNS = 15
WATCHED = 10  # seconds
BLINKING = 12  # seconds; GTK's cursor blinks for ten after the last key
RESTING = 30  # seconds; both ends of libsoup's connections have been idle for long by then
TIMEOUT = 30


class Program:
    """A program that tells when its first key would be heard."""

    def __init__(self, build, *command):
        reader, writer = os.pipe()
        preload = {"LD_PRELOAD": str(build / "tests" / "benchmark" / "first-key.so"),
                   "FIRST_KEY_FD": str(writer)}
        start = time.monotonic_ns() // 1000
        self.process = subprocess.Popen(
            [str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env={**os.environ, **preload}, pass_fds=[writer])
        os.close(writer)
        if not select.select([reader], [], [], TIMEOUT)[0]:
            raise TimeoutError(f"{command[0]}: no window that hears the keyboard")
        with os.fdopen(reader) as told:
            self.milliseconds = (int(told.readline()) - start) / 1000

    def __enter__(self):
        return self

    def __exit__(self, *ignored):
        self.process.terminate()
        self.process.wait(TIMEOUT)
        self.process.stdout.close()

    def _number(self, file, name):
        for line in pathlib.Path(f"/proc/{self.process.pid}/{file}").read_text().splitlines():
            if line.startswith(name + ":"):
                return int(line.split()[1])
        raise KeyError(name)

    def peak(self):
        return self._number("status", "VmHWM")

    def proportional(self):
        return self._number("smaps_rollup", "Pss")

    def wakings(self):
        tasks = pathlib.Path(f"/proc/{self.process.pid}/task").glob("*/status")
        return {task.parent.name: int(line.split()[1]) for task in tasks
                for line in task.read_text().splitlines()
                if line.startswith("voluntary_ctxt_switches:")}

    def wakings_in(self, seconds):
        before = self.wakings()
        time.sleep(seconds)
        return sum(count - before.get(thread, 0) for thread, count in self.wakings().items())


def measure_starts(build):
    commands = {
        "empty": [build / "tests" / "benchmark" / "empty-window"],
        "eonay": [build / "src" / "eonay"],
        "eonay --practice": [build / "src" / "eonay", "--practice"],
    }
    figures = {name: [] for name in commands}
    for run in range(RUNS + 1):
        for name, command in commands.items():
            with Program(build, *command) as program:
                time.sleep(1)
                if run > 0:  # the first fills the caches
                    figures[name].append((program.milliseconds, program.peak(),
                                          program.proportional()))
    return {name: [statistics.median(column) for column in zip(*rows)]
            for name, rows in figures.items()}


def print_starts(build):
    figures = measure_starts(build)
    empty = figures.pop("empty")
    print(f"An empty libadwaita window: {empty[0]:.0f} ms to the first key, peak "
          f"{empty[1] / 1024:.1f} MiB, Pss {empty[2] / 1024:.1f} MiB")
    for name, figure in figures.items():
        ratios = [mine / base for mine, base in zip(figure, empty)]
        print(f"{name}: first key {ratios[0]:.2f} ×, peak memory {ratios[1]:.2f} ×, "
              f"Pss {ratios[2]:.2f} ×")


def keys(*names):
    subprocess.run(["xdotool", "key", "--delay", "30", *names], check=True)


def print_wakings(build):
    from browser import Browser

    with Program(build, build / "src" / "eonay", "--practice") as program:
        browser = Browser(program.process.stdout.readline().decode())
        time.sleep(BLINKING)
        idle = program.wakings_in(WATCHED)
        print(f"Wake-ups in {WATCHED} s with no countdown: {idle}")
        code = browser.new_code()
        keys(*code)
        time.sleep(RESTING)
        browser.document(code)  # fails unless the window has asked for it
        ticking = program.wakings_in(WATCHED)
        print(f"Wake-ups in {WATCHED} s with a countdown: {ticking}, that is "
              f"{ticking / WATCHED:.1f} a second")


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    os.environ.update(LC_ALL="tr_TR.UTF-8", LOCPATH=str(build / "tests" / "unit"),
                      EONAY_LOCALE_DIR=str(build / "po"),
                      GSETTINGS_SCHEMA_DIR=str(build / "data"))
    with Desktop():
        os.environ["GTK_A11Y"] = "none"
        print_starts(build)
        print_wakings(build)
        subprocess.run([build / "tests" / "benchmark" / "text-stall"], check=True)
        import pages
        pages.print_pages(build)
    subprocess.run([build / "tests" / "benchmark" / "sign-pdf"], check=True,
                   env={**os.environ, "EONAY_PDF_INSPECTOR": str(build / "src/signature/eonay-pdf-inspector")})
    import hundred_files
    hundred_files.print_files(build)
    import card
    card.print_traffic(build)
    card.print_recorded_card(build, pathlib.Path(__file__).resolve().parents[2])


main()
