"""What PDF/A (ISO 19005) asks of the objects that a signature adds to a document, asked of qpdf's JSON.

Not looked at: whether a font's widths and glyphs are what its program says; the /CIDSet that PDF/A-1 (not
-2) wants of a composite font, and that cairo does not write; the XMP of the document, which a signature
leaves as it is.
"""

import base64
import json
import re
import subprocess

PRINT, INVISIBLE, HIDDEN, NO_VIEW, TOGGLE_NO_VIEW = 4, 1, 2, 32, 256
PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")
CMYK = re.compile(rb"(?:^|\s)[kK](?:\s|$)")


def read_objects(path):
    """number → the object, as qpdf says it; "stream" has its dictionary and its decoded data"""
    said = subprocess.run(["qpdf", "--json", "--json-key=qpdf", "--json-stream-data=inline",
                           "--decode-level=generalized", path], capture_output=True, check=True).stdout
    return {name: value for name, value in json.loads(said)["qpdf"][1].items()}


def get_value(item):
    return item["stream"]["dict"] if "stream" in item else item["value"]


def resolve(objects, value):
    if isinstance(value, str) and re.fullmatch(r"\d+ \d+ R", value):
        return get_value(objects["obj:" + value])
    return value


def dictionaries(value):
    """All dictionaries in a value, without following references"""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from dictionaries(inner)


def find_added(before, after):
    """number → the objects that are new, or are not as they were"""
    return {name: item for name, item in after.items() if before.get(name) != item and name != "trailer"}


def check_font(objects, font):
    if font.get("/Subtype") == "/Type3":
        return
    if font.get("/Subtype") == "/Type0":
        font = resolve(objects, resolve(objects, font["/DescendantFonts"])[0])
        if font["/Subtype"] == "/CIDFontType2":
            assert "/CIDToGIDMap" in font, font
    descriptor = resolve(objects, font.get("/FontDescriptor"))
    assert descriptor and any(resolve(objects, descriptor.get(name)) for name in PROGRAMS), font


def check_drawing(dictionary, part):
    assert dictionary.get("/SMask", "/None") == "/None", dictionary
    assert dictionary.get("/Interpolate", False) is False, dictionary
    assert "/DeviceCMYK" not in json.dumps(dictionary), dictionary
    assert dictionary.get("/Subtype") not in ("/PS", "/Movie", "/Sound", "/FileAttachment"), dictionary
    assert not {"/AA", "/OPI", "/Alternates", "/TR", "/XFA", "/JS"} & set(dictionary), dictionary
    assert dictionary.get("/NeedAppearances", False) is False, dictionary
    assert part > 1 or dictionary.get("/S") != "/Transparency", "PDF/A-1 has no transparency"
    if part == 1:
        assert dictionary.get("/ca", 1) == 1 and dictionary.get("/CA", 1) == 1, dictionary
        assert dictionary.get("/BM", "/Normal") in ("/Normal", "/Compatible"), dictionary


def check_widget(objects, widget):
    flags = widget.get("/F", 0)
    assert flags & PRINT and not flags & (INVISIBLE | HIDDEN | NO_VIEW | TOGGLE_NO_VIEW), widget
    assert "/A" not in widget, widget
    left, bottom, right, top = widget["/Rect"]
    appearance = resolve(objects, widget["/AP"])
    assert right > left and top > bottom and list(appearance) == ["/N"], widget
    assert "stream" in objects["obj:" + appearance["/N"]], "the appearance is one stream"


def check_stream(item):
    entries = item["stream"]["dict"]
    assert "/F" not in entries and "LZW" not in json.dumps(entries), entries
    if entries.get("/Subtype") == "/Form":
        assert not CMYK.search(base64.b64decode(item["stream"]["data"])), "a colour that the intent does not cover"


def check_file(original, signed, part):
    """How the update is written: each "obj" and "endobj" on lines of their own."""
    assert signed.startswith(original)
    update = signed[len(original):]
    assert update.rstrip(b"\r\n").endswith(b"%%EOF"), update[-20:]
    heads = re.findall(rb"\d+ \d+ obj", update)
    assert heads and len(re.findall(rb"[\r\n]\d+ \d+ obj\r?\n", b"\n" + update)) == len(heads), heads
    assert len(re.findall(rb"[\r\n]endobj\r?\n", update)) == len(heads), heads
    assert part > 1 or b"/XRef" not in update, "PDF/A-1 has no cross-reference streams"


def check(original, signed, part):
    """Raises what PDF/A-@part would not allow of what SIGNED has beyond ORIGINAL."""
    before, objects = read_objects(original), read_objects(signed)
    added = find_added(before, objects)
    check_file(original.read_bytes(), signed.read_bytes(), part)
    widgets = fonts = 0
    for item in added.values():
        if "stream" in item:
            check_stream(item)
        for dictionary in dictionaries(get_value(item)):
            check_drawing(dictionary, part)
            if dictionary.get("/Type") == "/Font":
                check_font(objects, dictionary)
                fonts += 1
            if dictionary.get("/Subtype") == "/Widget":
                check_widget(objects, dictionary)
                widgets += 1
    assert widgets == 1 and fonts > 0, (widgets, fonts)
    trailers = [get_value(one["trailer"]) for one in (before, objects)]
    catalogs = [resolve(one, trailer["/Root"]) for one, trailer in zip((before, objects), trailers)]
    for name in ("/Metadata", "/OutputIntents"):
        assert catalogs[0][name] == catalogs[1][name], catalogs[1]
    assert len(trailers[1]["/ID"]) == 2 and "/Encrypt" not in trailers[1], trailers[1]
