"""PDFs as simple as they can be."""

# Where cp1254, in which the texts are written, is not cp1252.
TURKISH = "208 /Gbreve 221 /Idotaccent /Scedilla 240 /gbreve 253 /dotlessi /scedilla"


A4 = (595, 842)


def _objects(texts, sizes):
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(texts)))
    yield "<< /Type /Catalog /Pages 2 0 R >>"
    yield f"<< /Type /Pages /Kids [{kids}] /Count {len(texts)} >>"
    yield ("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Type /Encoding"
           f" /BaseEncoding /WinAnsiEncoding /Differences [{TURKISH}] >> >>")
    for number, text in enumerate(texts):
        width, height = sizes[number] if sizes else A4
        lines = " ".join(f"({line}) Tj 0 -18 Td" for line in text.splitlines())
        content = f"BT /F1 12 Tf 72 {height - 82} Td {lines} ET"
        yield (f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}]"
               f" /Contents {5 + 2 * number} 0 R /Resources << /Font << /F1 3 0 R >> >> >>")
        yield f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"


def make(*texts, sizes=None):
    """The bytes of a PDF with a page for each of @texts, without brackets; @sizes are in points."""
    written, places = "%PDF-1.7\n", []
    for number, content in enumerate(_objects(texts, sizes), 1):
        places.append(len(written))
        written += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return (f"{written}xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}trailer\n"
            f"<< /Size {len(places) + 1} /Root 1 0 R >>\nstartxref\n{len(written)}\n%%EOF\n").encode("cp1254")


def make_active(*texts, sizes=None):
    """As make(), with a script that runs when it is opened."""
    plain = make(*texts, sizes=sizes)
    replaced = plain.replace(b"<< /Type /Catalog /Pages 2 0 R >>",
                             b"<</OpenAction<</S/JavaScript/JS()>>/Type/Catalog/Pages 2 0 R>>")
    shift = len(replaced) - len(plain)
    assert shift > 0
    head, table = replaced.split(b"xref\n", 1)
    lines = table.split(b"\n")
    for number in range(2, len(lines)):
        if lines[number].endswith(b"00000 n ") and not lines[number].startswith(b"0000000009"):
            lines[number] = b"%010d 00000 n " % (int(lines[number][:10]) + shift)
    text = head + b"xref\n" + b"\n".join(lines)
    return text.replace(b"startxref\n%d" % plain.index(b"xref\n"), b"startxref\n%d" % text.index(b"xref\n"))
