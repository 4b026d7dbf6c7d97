"""A PDF, and a picture, that refer to the network wherever they can."""


def _objects(link, other):
    yield ("<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /URI /URI (%s) >> /URI << /Base (%s) >> "
           "/AA << /WC << /S /SubmitForm /F << /FS /URL /F (%s) >> >> >> "
           "/Names << /EmbeddedFiles << /Names [(a) << /Type /Filespec /FS /URL /F (%s) >>] >> >> >>" % (link, other, other, other))
    yield "<< /Type /Pages /Kids [4 0 R] /Count 1 >>"
    yield "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    yield ("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Annots [6 0 R 7 0 R 8 0 R] "
           "/Resources << /Font << /F1 3 0 R >> /XObject << /X1 9 0 R >> >> >>")
    content = "BT /F1 12 Tf 72 760 Td (Kira sozlesmesi) Tj ET q 100 0 0 100 72 600 cm /X1 Do Q"
    yield f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"
    yield "<< /Type /Annot /Subtype /Link /Rect [72 750 200 780] /Border [0 0 1] /A << /S /URI /URI (%s) >> >>" % link
    yield "<< /Type /Annot /Subtype /Link /Rect [72 700 200 730] /Border [0 0 1] /A << /S /URI /URI (%s) >> >>" % other
    yield ("<< /Type /Annot /Subtype /Link /Rect [72 650 200 680] /Border [0 0 1] /A << /S /GoToR "
           "/F << /Type /Filespec /FS /URL /F (%s) >> /D [0 /Fit] >> >>" % other)
    # A picture whose data is elsewhere.
    yield ("<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray "
           "/F << /Type /Filespec /FS /URL /F (%s) >> /Length 1 >>\nstream\n0\nendstream" % other)


def make(link, other):
    """The bytes of a PDF of one page that refers to those two addresses."""
    written, places = "%PDF-1.7\n", []
    for number, content in enumerate(_objects(link, other), 1):
        places.append(len(written))
        written += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return (f"{written}xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}trailer\n"
            f"<< /Size {len(places) + 1} /Root 1 0 R >>\nstartxref\n{len(written)}\n%%EOF\n").encode()


def make_picture(address):
    return ('<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="40" height="20">'
            f'<style>@import url("{address}");</style><image xlink:href="{address}" width="20" height="20"/>'
            '<rect width="20" height="20" fill="#124"/></svg>')
