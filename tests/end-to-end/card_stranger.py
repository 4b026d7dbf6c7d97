"""A card that no driver knows, in the virtual reader: it has an ATR of its own and takes no command."""

import socket
import threading

import card_line
import pcsc_service

ATR = bytes.fromhex("3B8A8001" + b"DENEMECARD".hex())
UNKNOWN_INSTRUCTION = b"\x6d\x00"


def checked(atr):
    """With the check octet that an ATR of T=1 has (ISO 7816-3, 8.2.5)."""
    check = 0
    for octet in atr[1:]:
        check ^= octet
    return atr + bytes([check])


def spaced(atr):
    """As people read it."""
    return atr.hex(" ").upper()


class StrangeCard:
    """In SLOT for as long as the block lasts; @silent: it has an ATR and no more."""

    def __init__(self, slot=0, silent=False):
        self.slot = slot
        self.silent = silent
        self.atr = checked(ATR)

    def __enter__(self):
        pcsc_service.wait_for_card(False, card_line.READERS[self.slot])
        self.reader = socket.create_connection(("localhost", card_line.PORTS[self.slot]))
        self.thread = threading.Thread(target=self.answer, daemon=True)
        self.thread.start()
        pcsc_service.wait_for_card(True, card_line.READERS[self.slot])
        return self

    def __exit__(self, *_):
        self.reader.shutdown(socket.SHUT_RDWR)
        self.thread.join(pcsc_service.TIMEOUT)
        self.reader.close()
        pcsc_service.wait_for_card(False, card_line.READERS[self.slot])

    def answer(self):
        try:
            while (message := card_line.receive(self.reader)) is not None:
                if message == b"\x04":
                    card_line.send(self.reader, self.atr)
                elif len(message) > 1 and not self.silent:
                    card_line.send(self.reader, UNKNOWN_INSTRUCTION)
        except OSError:
            pass
