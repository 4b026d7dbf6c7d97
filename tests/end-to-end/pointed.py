"""The pages of a PDF, used with the mouse: text is selected and copied, links are shown and never followed."""

import os
import pathlib
import subprocess

from own_files import OwnFiles

RED = (255, 0, 0)

# A document, for AT-SPI.
DOCUMENT = "role 94"
ADDRESS = "eonay-test:kira"

# Points: a link over a red box, and a line of text above it.
BOX = (72, 640, 300, 680)
BASELINE = 720
TEXT = "Kira bedeli yirmi bin lira"

PAGE = f"""1 0 0 rg {BOX[0]} {BOX[1]} {BOX[2] - BOX[0]} {BOX[3] - BOX[1]} re f
0 g BT /F1 24 Tf {BOX[0]} {BASELINE} Td ({TEXT}) Tj ET"""


def make_linked():
    content = f"<< /Length {len(PAGE)} >>\nstream\n{PAGE}\nendstream"
    rectangle = " ".join(map(str, BOX))
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
               "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 742] /Contents 4 0 R /Annots [6 0 R] "
               "/Resources << /Font << /F1 5 0 R >> >> >>", content,
               "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
               f"<< /Type /Annot /Subtype /Link /F 4 /Border [0 0 0] /Rect [{rectangle}] "
               f"/A << /S /URI /URI ({ADDRESS}) >> >>"]
    written, places = "%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(written))
        written += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return (f"{written}xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}trailer\n"
            f"<< /Size {len(places) + 1} /Root 1 0 R >>\nstartxref\n{len(written)}\n%%EOF\n").encode()


def answer_links(followed):
    """Has whoever follows a link to ADDRESS, by GIO or xdg-open, write it into the file @followed."""
    applications = pathlib.Path(os.environ["XDG_DATA_HOME"]) / "applications"
    applications.mkdir(parents=True, exist_ok=True)
    (applications / "link-target.desktop").write_text(
        "[Desktop Entry]\nType=Application\nName=Target\n"
        f"Exec=sh -c 'echo %u >> {followed}'\nMimeType=x-scheme-handler/eonay-test;\n")
    (applications / "mimeapps.list").write_text(
        "[Default Applications]\nx-scheme-handler/eonay-test=link-target.desktop\n")
    # It would be noticed.
    subprocess.run(["gio", "open", ADDRESS], check=True)


def xdotool(*words):
    subprocess.run(["xdotool", *map(str, words)], check=True)


def pages_by_mouse(build, name):
    followed = pathlib.Path(os.environ["XDG_RUNTIME_DIR"]) / "followed"
    answer_links(followed)
    with OwnFiles(build, name) as it:
        window = it.window
        window.wait(followed.exists, "a link that is followed")
        followed.unlink()
        with it.step("a PDF with a link is shown", "pages"):
            it.open_with(it.put("kira.pdf", make_linked()))
            window.read("^kira.pdf$")
            window.wait(lambda: window.find_colour(RED), "the page")
            # The keyboard comes along, and what gets it scrolls into view.
            left, top, right, bottom = window.find_colour(RED)
            xdotool("mousemove", right + 40, (top + bottom) // 2, "click", 1)
            window.wait(lambda: any(role == DOCUMENT and window.is_focused(node) for role, _, node in window.walk()),
                        "the pages to have the keyboard")
            window.settle()
            left, top, right, bottom = window.find_colour(RED)
            scale = (right - left) / (BOX[2] - BOX[0])
        with it.step("a click does not follow it, nor do two"):
            xdotool("mousemove", (left + right) // 2, (top + bottom) // 2, "click", 1)
            window.settle()
            xdotool("click", "--repeat", 2, "--delay", 60, 1, "click", 2)
            window.settle()
            assert not followed.exists()
        with it.step("where it leads can be copied, and is not followed either", "menu"):
            xdotool("click", 3)
            window.read("^Bağlantıyı kopyala$")
            window.keys("Escape")
            window.settle()
            assert not followed.exists()
        with it.step("text is selected with the mouse, and copied", "selected"):
            line = top - (BASELINE + 8 - BOX[3]) * scale
            window.drag((left + 1, round(line)), (round(400 * scale), 0))
            window.keys("ctrl+c")
            window.keys("ctrl+f")
            entry = window.wait(lambda: next((node for role, _, node in window.walk()
                                              if role in ("text", "entry") and window.is_focused(node)), None),
                                "the search entry")
            window.keys("ctrl+v")
            window.wait(lambda: window.text_of(entry) == TEXT, "the text that was copied")
            window.read("^1 / 1$")
        with it.step("nothing was followed at all"):
            assert not followed.exists()
