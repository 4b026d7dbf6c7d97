"""Writes PDFs of all kinds, as other programs and hostile hands make them, with nothing but Python."""

import random
import zlib

FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
PAGE = f"/Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 {FONT} >> >>"
BOX = "/MediaBox [0 0 595 842]"


def words(text):
    return f"BT /F1 24 Tf 72 700 Td ({text}) Tj ET\n".encode()


class Pdf:
    """A PDF that is written object by object."""

    def __init__(self, version="1.7", eol=b"\n", start=b""):
        self.eol = eol
        self.out = bytearray(start or b"%PDF-" + version.encode() + eol + b"%\xe2\xe3\xcf\xd3" + eol)
        self.rows = {0: (0, 65535, "f")}
        self.packed = {}
        self.previous = None

    @classmethod
    def update(cls, pdf):
        """Continues a file with an incremental update."""
        self = cls(start=bytes(pdf) + b"\n")
        self.rows = {}
        self.previous = int(pdf[pdf.rindex(b"startxref") + 9:].split()[0])
        return self

    def add(self, number, body, generation=0):
        self.rows[number] = (len(self.out), generation, "n")
        body = body if isinstance(body, bytes) else body.encode("latin-1")
        self.out += f"{number} {generation} obj".encode() + self.eol + body + self.eol + b"endobj" + self.eol

    def stream(self, number, content, entries="", generation=0):
        head = f"<< {entries} /Length {len(content)} >>".encode("latin-1")
        self.add(number, head + self.eol + b"stream\n" + content + b"\nendstream", generation)

    def pack(self, number, bodies):
        """An object stream with these objects in it."""
        head, content = "", ""
        for index, (inner, body) in enumerate(bodies.items()):
            head += f"{inner} {len(content)} "
            content += body + " "
            self.packed[inner] = (number, index)
        packed = zlib.compress((head + content).encode("latin-1"))
        self.stream(number, packed,
                    f"/Type /ObjStm /N {len(bodies)} /First {len(head)} /Filter /FlateDecode")

    def size(self):
        return max([*self.rows, *self.packed]) + 1

    def table(self, trailer="/Root 1 0 R", size=None, more=""):
        offset = len(self.out)
        self.out += b"xref" + self.eol
        for number in sorted(self.rows):
            place, generation, kind = self.rows[number]
            self.out += f"{number} 1".encode() + self.eol
            self.out += f"{place:010} {generation:05} {kind}".encode() + (b"\r\n" if self.eol == b"\r\n" else b" \n")
        previous = f"/Prev {self.previous}" if self.previous is not None else ""
        self.out += b"trailer" + self.eol + f"<< {trailer} /Size {size or self.size()} {previous} {more} >>".encode()
        return self.end(offset)

    def cross_stream(self, number, trailer="/Root 1 0 R", only=None, predictor=False):
        """A cross-reference stream. only: the numbers that it has rows for"""
        self.rows[number] = (len(self.out), 0, "n")
        offset = len(self.out)
        numbers = sorted(only if only is not None else [*self.rows, *self.packed])
        content = b""
        for inner in numbers:
            if inner in self.packed:
                content += bytes([2]) + self.packed[inner][0].to_bytes(4, "big") + \
                    self.packed[inner][1].to_bytes(2, "big")
            else:
                place, generation, kind = self.rows[inner]
                content += bytes([kind == "n"]) + place.to_bytes(4, "big") + generation.to_bytes(2, "big")
        if predictor:
            rows = [content[i:i + 7] for i in range(0, len(content), 7)]
            above = bytes(7)
            content = b""
            for row in rows:
                content += b"\2" + bytes((a - b) % 256 for a, b in zip(row, above))
                above = row
        parms = "/DecodeParms << /Predictor 12 /Columns 7 >>" if predictor else ""
        index = " ".join(f"{inner} 1" for inner in numbers)
        previous = f"/Prev {self.previous}" if self.previous is not None else ""
        self.stream(number, zlib.compress(content),
                    f"/Type /XRef /W [1 4 2] /Index [{index}] /Filter /FlateDecode {parms} "
                    f"{trailer} /Size {self.size()} {previous}")
        return offset

    def end(self, offset, tail=None):
        self.out += self.eol + b"startxref" + self.eol + str(offset).encode() + self.eol + b"%%EOF"
        self.out += self.eol if tail is None else tail
        return bytes(self.out)


def plain(pages=1, catalog="", page="", more=None, **options):
    """Catalog 1, pages 2, then page and content in turn: 3, 4, 5, 6 …; more: further objects"""
    pdf = Pdf(**options)
    kids = " ".join(f"{3 + 2 * i} 0 R" for i in range(pages))
    pdf.add(1, f"<< /Type /Catalog /Pages 2 0 R {catalog} >>")
    pdf.add(2, f"<< /Type /Pages /Count {pages} /Kids [{kids}] >>")
    for i in range(pages):
        pdf.add(3 + 2 * i, f"<< {PAGE} /Contents {4 + 2 * i} 0 R {page} >>")
        pdf.stream(4 + 2 * i, words(f"Sayfa {i + 1}"))
    for number, body in (more or {}).items():
        pdf.add(number, body)
    return pdf


def large(mebibytes):
    """Not among the seeds of the fuzzers: a page, and a stream of so many MiB."""
    pdf = plain(catalog="/Large 5 0 R")
    pdf.stream(5, random.Random(1).randbytes(mebibytes << 20))
    return pdf.table()


def nested_tree():
    pdf = Pdf()
    pdf.add(1, "<< /Type /Catalog /Pages 2 0 R >>")
    pdf.add(2, f"<< /Type /Pages /Count 4 /Kids [3 0 R 4 0 R] {BOX} /Rotate 90 "
               f"/Resources << /Font << /F1 {FONT} >> >> >>")
    for number, kids in ((3, (5, 6)), (4, (7, 8))):
        pdf.add(number, f"<< /Type /Pages /Parent 2 0 R /Count 2 /Kids [{kids[0]} 0 R {kids[1]} 0 R] >>")
        for kid in kids:
            pdf.add(kid, f"<< /Type /Page /Parent {number} 0 R /Contents {kid + 10} 0 R >>")
            pdf.stream(kid + 10, words(f"Sayfa {kid}"))
    return pdf.table()


def object_streams(predictor=False):
    pdf = Pdf("1.5")
    pdf.stream(4, words("Nesne akisi"))
    pdf.pack(5, {1: "<< /Type /Catalog /Pages 2 0 R /AcroForm 6 0 R >>",
                 2: "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
                 3: f"<< {PAGE} /Contents 4 0 R /Annots 7 0 R >>",
                 6: "<< /Fields [] /DA (/Helv 0 Tf) >>", 7: "[]"})
    return pdf.end(pdf.cross_stream(8, predictor=predictor))


def hybrid():
    """A table for old readers, and beside it a stream for what they cannot see."""
    pdf = Pdf("1.5")
    pdf.add(1, "<< /Type /Catalog /Pages 2 0 R /AcroForm 6 0 R >>")
    pdf.add(2, "<< /Type /Pages /Count 1 /Kids [3 0 R] >>")
    pdf.add(3, f"<< {PAGE} /Contents 4 0 R >>")
    pdf.stream(4, words("Melez"))
    pdf.pack(5, {6: "<< /Fields [] >>"})
    del pdf.rows[0]
    stream = pdf.cross_stream(7, only=[6])
    pdf.rows[0] = (0, 65535, "f")
    return pdf.table(more=f"/XRefStm {stream}")


def many_updates():
    pdf = plain().table()
    for i in range(5):
        update = Pdf.update(pdf)
        update.stream(4, words(f"Surum {i}"))
        pdf = update.table(size=5)
    return pdf


def generations():
    """A page that is object 3 of generation 2, and a free number."""
    pdf = Pdf()
    pdf.add(1, "<< /Type /Catalog /Pages 2 1 R >>")
    pdf.add(2, "<< /Type /Pages /Count 1 /Kids [3 2 R] >>", 1)
    pdf.add(3, f"<< {PAGE.replace('2 0 R', '2 1 R')} /Contents 4 0 R >>", 2)
    pdf.stream(4, words("Kusak"))
    pdf.rows[0] = (5, 65535, "f")
    pdf.rows[5] = (0, 1, "f")
    return pdf.table()


def field(name="(imza)", more="/Rect [0 0 0 0]"):
    return f"<< /Type /Annot /Subtype /Widget /FT /Sig /T {name} /F 132 /P 3 0 R {more} >>"


WITH_FIELD = {"catalog": "/AcroForm << /Fields [5 0 R] >>", "page": "/Annots [5 0 R]"}
TEXT_FIELD = ("<< /Type /Annot /Subtype /Widget /FT /Tx /T (ad) /V (AYSE) /F 4 /P 3 0 R "
              "/Rect [72 600 200 620] /DA (/Helv 12 Tf) >>")


def signable():
    """name → PDF: each can be signed."""
    turkish = "<FEFF0130006D007A0061>"
    yield "table", plain(2).table()
    yield "stream", (lambda pdf: pdf.end(pdf.cross_stream(9)))(plain(2))
    yield "object-streams", object_streams()
    yield "predictor", object_streams(predictor=True)
    yield "hybrid", hybrid()
    yield "nested-tree", nested_tree()
    yield "updates", many_updates()
    yield "generations", generations()
    yield "crlf", plain(eol=b"\r\n").table()
    yield "no-last-line-end", plain().table()[:-1]
    yield "junk-after", plain().table() + b"\0" * 900
    yield "blanks-after", plain().table() + b"\r\n \n\n"
    yield "version-2", plain(version="2.0").table("/Root 1 0 R /ID [<00> <01>]")
    yield "version-1.0", plain(version="1.0").table()
    yield "id-and-info", plain(more={5: "<< /Title (Deneme) /Producer (x) >>"}).table(
        "/Root 1 0 R /Info 5 0 R /ID [<0102030405060708090a0b0c0d0e0f10> <0102030405060708090a0b0c0d0e0f10>]")
    yield "trailer-entries", plain().table("/Root 1 0 R /Vendor (a\\(b\\)) /Nested << /A [1 2.50 true null] >>")
    yield "size-too-large", plain().table(size=99)
    yield "size-too-small", plain().table(size=3)
    yield "dangling", plain(catalog="/Metadata 77 0 R").table(size=5)
    yield "names", plain(catalog="/A#20B#23 /C#2Fd /E << /F#28 (\\(\\)\\\\) >>",
                         page="/Annots [] /X#25 <00ff>").table()
    yield "form-direct", plain(catalog="/AcroForm << /Fields [] /DA (x) >>").table()
    yield "form-indirect", plain(catalog="/AcroForm 5 0 R", more={5: "<< /Fields [] >>"}).table()
    yield "fields-indirect", plain(catalog="/AcroForm 5 0 R", more={5: "<< /Fields 6 0 R >>", 6: "[]"}).table()
    yield "form-no-fields", plain(catalog="/AcroForm << >>").table()
    yield "form-text-field", plain(catalog="/AcroForm << /Fields [5 0 R] >>", page="/Annots [5 0 R]",
                                   more={5: TEXT_FIELD}).table()
    yield "name-taken", plain(**WITH_FIELD, more={5: TEXT_FIELD.replace("(ad)", "(Signature1)")}).table()
    yield "annots-direct", plain(page="/Annots [<< /Subtype /Link /Rect [0 0 9 9] >>]").table()
    yield "annots-indirect", plain(page="/Annots 5 0 R", more={5: "[]"}).table()
    yield "annots-shared", plain(3, page="/Annots 9 0 R", more={9: "[]"}).table()
    yield "annots-are-fields", plain(catalog="/AcroForm << /Fields 6 0 R >>", page="/Annots 6 0 R",
                                     more={5: TEXT_FIELD, 6: "[5 0 R]"}).table()
    yield "empty-field", plain(**WITH_FIELD, more={5: field()}).table()
    yield "empty-field-visible", plain(**WITH_FIELD, more={5: field(more="/Rect [72 72 272 122]")}).table()
    yield "empty-field-turkish", plain(**WITH_FIELD, more={5: field(turkish)}).table()
    yield "empty-field-widget", plain(
        catalog="/AcroForm << /Fields [5 0 R] /SigFlags 3 >>", page="/Annots [6 0 R]",
        more={5: "<< /FT /Sig /T (imza) /Kids [6 0 R] >>",
              6: "<< /Type /Annot /Subtype /Widget /Parent 5 0 R /F 4 /P 3 0 R /Rect [9 9 99 49] >>"}).table()
    yield "empty-field-below", plain(
        catalog="/AcroForm << /Fields [5 0 R] >>", page="/Annots [6 0 R]",
        more={5: "<< /T (form) /FT /Sig /Kids [6 0 R] >>",
              6: field().replace("/FT /Sig", "/Parent 5 0 R")}).table()
    yield "empty-field-lock", plain(
        **WITH_FIELD, more={5: field(more="/Rect [0 0 0 0] /Lock << /Type /SigFieldLock /Action /All >>")}).table()
    yield "rotated-cropped", plain(page="/Rotate 270 /CropBox [10 20 300 400]").table()
    yield "negative-box", plain().table().replace(b"[0 0 595 842]", b"[-9 -9 95 42]")
    yield "active", plain(catalog="/OpenAction << /S /JavaScript /JS (1) >>").table()
    yield "300-pages", plain(300).table()
    yield "comments", plain(catalog="% (>>\n").table()


def bomb():
    """An object stream of a megabyte that becomes a gigabyte."""
    pdf = Pdf("1.5")
    pdf.stream(4, words("Bomba"))
    packer = zlib.compressobj(9)
    head = b"1 0 2 60 3 120 "
    body = b"<< /Type /Catalog /Pages 2 0 R >>".ljust(60) + \
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>".ljust(60) + f"<< {PAGE} /Contents 4 0 R >>".encode()
    content = packer.compress(head + body)
    blank = b" " * (1 << 20)
    for _ in range(1024):
        content += packer.compress(blank)
    content += packer.flush()
    pdf.stream(5, content, f"/Type /ObjStm /N 3 /First {len(head)} /Filter /FlateDecode")
    pdf.packed = {1: (5, 0), 2: (5, 1), 3: (5, 2)}
    return pdf.end(pdf.cross_stream(6))


def loop():
    pdf = plain()
    pdf.previous = len(pdf.out)
    return pdf.table()


def refused():
    """(name, PDF, the error)"""
    good = plain(2).table()
    yield "empty", b"", "PDF_MALFORMED"
    yield "text", b"Merhaba\n" * 100, "PDF_MALFORMED"
    yield "header-only", b"%PDF-1.7\n", "PDF_DAMAGED"
    yield "junk-before", b"HTTP/1.1 200 OK\r\n\r\n" + good, "PDF_DAMAGED"
    yield "junk-much-after", good + b"\0" * 5000, "PDF_DAMAGED"
    yield "cut", good[:len(good) // 2], "PDF_DAMAGED"
    yield "xref-offsets", good.replace(b"4 1\n00000", b"4 1\n00001"), "PDF_DAMAGED"
    yield "startxref-off", good.replace(b"startxref\n", b"startxref\n1"), "PDF_DAMAGED"
    yield "xref-loop", loop(), "PDF_DAMAGED"
    yield "no-root", plain().table("/Rooot 1 0 R"), "PDF_DAMAGED"
    yield "cyclic-tree", plain().table().replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]"), "PDF_DAMAGED"
    yield "deep-array", plain(more={5: "[" * 5000 + "]" * 5000}).table(), "PDF_DAMAGED"
    yield "bomb", bomb(), "PDF_TOO_COMPLEX"
    yield "field-for-others", plain(
        catalog="/AcroForm << /Fields [5 0 R] >>", page="/Annots [5 0 R]", more={5: field(
            more="/Rect [0 0 0 0] /V << /Type /Sig /ByteRange [0 1 2 3] /Contents <00> "
                 "/Reference [<< /TransformMethod /DocMDP /TransformParams << /P 2 >> >>] >>")}).table(), \
        "PDF_CERTIFIED"
    yield "certified", plain(**WITH_FIELD, more={5: field(
        more="/Rect [0 0 0 0] /V << /Type /Sig /ByteRange [0 1 2 3] /Contents <00> "
             "/Reference [<< /TransformMethod /DocMDP /TransformParams << /P 1 >> >>] >>")}).table(), "PDF_CERTIFIED"
    yield "locked", plain(**WITH_FIELD, more={5: field(
        more="/Rect [0 0 0 0] /V << /Type /Sig /ByteRange [0 1 2 3] /Contents <00> "
             "/Reference [<< /TransformMethod /FieldMDP /TransformParams << /Action /All >> >>] >>")}).table(), \
        "PDF_LOCKED"
