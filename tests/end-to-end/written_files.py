"""What the guide says that is written, and whether a file is among it."""

import fnmatch
import pathlib
import xml.etree.ElementTree as ElementTree

MALLARD = "{http://projectmallard.org/1.0/}"


def documented(page):
    """Returns the places that the guide's page lists, with ~ and *."""
    section = ElementTree.parse(page).find(f"{MALLARD}section[@id='files']")
    return {row[0].find(f"{MALLARD}p/{MALLARD}file").text for row in section.iter(f"{MALLARD}tr")}


def sort(paths, home, places):
    """Returns which of @places the @paths are at, below or above; and the paths that are at none."""
    found, others = set(), set()
    for path in paths:
        short = "~" + path.removeprefix(str(home)) if path == str(home) or path.startswith(f"{home}/") else path
        matching = {place for place in places if fnmatch.fnmatchcase(short, place) or
                    fnmatch.fnmatchcase(short, f"{place}/*") or fnmatch.fnmatchcase(short, f"{place}[-.]*")}
        found |= matching
        if not matching and not any(_is_above(short, place) for place in places) and short != "~":
            others.add(path)
    return found, others


def _is_above(short, place):
    """A folder that had to be made for it."""
    return short in map(str, pathlib.PurePath(place).parents)
