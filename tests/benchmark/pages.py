"""A PDF of 300 pages: its first page and its memory beside pdftoppm and Evince, and being scrolled."""

import os
import pathlib
import statistics
import subprocess
import tempfile
import time

RUNS = 9
TIMEOUT = 30


def run(*command):
    """Returns what it prints, its milliseconds, and the most memory it had, in KiB."""
    start = time.monotonic()
    process = subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    printed = process.stdout.read().decode(errors="replace")
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"{command[0]}: {process.returncode}")
    return printed, (time.monotonic() - start) * 1000, used.ru_maxrss


def open_with_evince(pdf):
    """Returns the milliseconds to its window with the document's name, and its memory when that stands."""
    start = time.monotonic()
    process = subprocess.Popen(["evince", pdf], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while time.monotonic() < start + TIMEOUT:
            if subprocess.run(["xdotool", "search", "--onlyvisible", "--name", pdf.name],
                              capture_output=True, check=False).stdout:
                milliseconds = (time.monotonic() - start) * 1000
                time.sleep(2)
                status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
                memory = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
                return milliseconds, int(memory.split()[1])
            time.sleep(0.01)
        raise TimeoutError("Evince has no window")
    finally:
        process.terminate()
        process.wait(TIMEOUT)


def figures_of(printed):
    figures = {}
    for line in printed.splitlines():
        words = line.split()
        if words[0] in ("first-picture", "first-page"):
            figures[words[0]] = float(words[1])
        elif words[0] == "memory":
            figures["memory"] = [int(word) for word in words[1:]]
        else:
            figures.update(zip(words[::2], (float(word) for word in words[1::2])))
    return figures


def print_pages(build):
    os.environ["EONAY_PDF_RENDERER"] = str(build / "src" / "app" / "eonay-pdf-renderer")
    with tempfile.TemporaryDirectory() as folder:
        pdf = pathlib.Path(folder) / "pages-300.pdf"
        run(build / "tests" / "benchmark" / "make-pages", pdf)
        ours, theirs = [], []
        for _ in range(RUNS):
            ours.append(figures_of(run(build / "tests" / "benchmark" / "page-scroll", pdf, "first")[0]))
            theirs.append(run("pdftoppm", "-f", "1", "-l", "1", "-r", "106", pdf, pathlib.Path(folder) / "page"))
        scrolled = figures_of(run(build / "tests" / "benchmark" / "page-scroll", pdf)[0])
        drawn, first = (statistics.median(figures[name] for figures in ours)
                        for name in ("first-picture", "first-page"))
        poppler = statistics.median(figures[1] for figures in theirs)
        window, drawing = scrolled["memory"]
        print(f"300 pages: first page drawn after {drawn:.0f} ms, {drawn / poppler:.2f} × pdftoppm of page 1 "
              f"({poppler:.0f} ms, {theirs[-1][2] / 1024:.0f} MiB), and on the screen after {first:.0f} ms, "
              f"{first / poppler:.2f} ×; peak memory: window {window / 1024:.0f} MiB, "
              f"process that draws {drawing / 1024:.0f} MiB")
        print(f"Scrolled through all pages in {scrolled['frames']:.0f} frames: longest on the main thread "
              f"{scrolled['longest']:.1f} ms, over 50 ms {scrolled['over']:.0f}; "
              f"pictures {scrolled['pictures'] / 1024:.0f} MiB at most")
        milliseconds, memory = open_with_evince(pdf)
        print(f"Evince: its window after {milliseconds:.0f} ms, peak memory {memory / 1024:.0f} MiB")
