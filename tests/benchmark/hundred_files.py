"""A hundred PDFs of a person's own, signed with one PIN: what each costs beside the card's own time."""

import os
import pathlib
import subprocess
import tempfile
import time

import command
import sample_pdf

PIN = "123456"
FILES = 100


def _sign(build, folder, paths):
    """Seconds. The practice card computes in a millisecond what a real one takes half a second for."""
    start = time.monotonic()
    status, _, complaints = command.run(
        str(build / "src" / "cli" / "eonay-cli"), "sign", "--practice", "--yes", "--no-history",
        "--output", str(folder), "--file", *map(str, paths), pin=PIN)
    assert status == 0, complaints
    return time.monotonic() - start


def print_files(build):
    os.environ["EONAY_PDF_INSPECTOR"] = str(build / "src" / "signature" / "eonay-pdf-inspector")
    with tempfile.TemporaryDirectory(prefix="eonay-bench-") as name:
        folder = pathlib.Path(name)
        paths = []
        for number in range(FILES):
            paths.append(folder / f"belge-{number}.pdf")
            paths[-1].write_bytes(sample_pdf.make(f"Belge {number}"))
        one = min(_sign(build, folder / f"one-{run}", paths[:1]) for run in range(3))
        all_of_them = _sign(build, folder / "all", paths)
        each = (all_of_them - one) / (FILES - 1) * 1000
        print(f"{FILES} PDFs with one PIN and the practice card: {all_of_them:.1f} s; a further file adds "
              f"{each:.0f} ms to what its card takes, that is up to {60000 / each:.0f} files a minute")
