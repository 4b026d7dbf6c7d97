"""A terminal's screen, as little of one as eonay-cli needs, that remembers what it has shown."""

import unicodedata


class Screen:
    """Takes characters as a terminal does; what is no plain text is a mistake (ValueError).

    A cell holds a character with its marks; the second cell of a wide one holds ""."""

    def __init__(self, rows, columns):
        self.rows, self.columns = rows, columns
        self.lines = [[]]      # of the screen, the oldest first
        self.scrolled = []     # that went past the top
        self.column = 0
        self.wrapped = 0       # rows that the terminal itself had to begin

    @staticmethod
    def width(character):
        if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
            return 0
        return 2 if unicodedata.east_asian_width(character) in "WF" else 1

    def feed(self, text):
        for character in text:
            if character == "\n":
                self._new_line()
            elif character == "\r":
                self.column = 0
            elif unicodedata.category(character) in ("Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"):
                raise ValueError(f"U+{ord(character):04X} was sent to the terminal")
            else:
                self._put(character)

    def _new_line(self):
        self.lines.append([])
        if len(self.lines) > self.rows:
            self.scrolled.append(self.lines.pop(0))

    def _put(self, character):
        width = self.width(character)
        line = self.lines[-1]
        if width == 0:
            if not line or self.column == 0:
                raise ValueError(f"U+{ord(character):04X} has no letter to stand on")
            line[self.column - 1 if line[self.column - 1] else self.column - 2] += character
            return
        if self.column + width > self.columns:
            self.wrapped += 1
            self._new_line()
            self.column = 0
            line = self.lines[-1]
        if self.column < len(line):
            raise ValueError(f"{''.join(line)!r} is written over")
        line += [character] + [""] * (width - 1)
        self.column += width

    def shown(self):
        return "\n".join("".join(line) for line in self.lines)
