"""Another program at the cards: a client of the PC/SC service that has nothing to do with Eonay."""

import ctypes

SCOPE_SYSTEM = 2
SHARE_EXCLUSIVE = 1
SHARE_SHARED = 2
PROTOCOL_ANY = 3
PROTOCOL_T0 = 1
LEAVE = 0
RESET = 1

SUCCESS = 0
W_RESET_CARD = 0x80100068

STATE_CHANGED = 0x0002
STATE_PRESENT = 0x0020
STATE_EXCLUSIVE = 0x0080
STATE_INUSE = 0x0100


class PcscError(Exception):
    """What a call answered, if it was not success."""

    def __init__(self, what, code):
        super().__init__(f"{what}: {code:08X}")
        self.code = code


class IoRequest(ctypes.Structure):
    _fields_ = [("protocol", ctypes.c_ulong), ("length", ctypes.c_ulong)]


class ReaderState(ctypes.Structure):
    _fields_ = [("reader", ctypes.c_char_p), ("user_data", ctypes.c_void_p),
                ("current", ctypes.c_ulong), ("event", ctypes.c_ulong),
                ("atr_length", ctypes.c_ulong), ("atr", ctypes.c_ubyte * 33)]


def call(name, *arguments):
    function = getattr(ctypes.CDLL("libpcsclite.so.1"), name)
    code = function(*arguments) & 0xFFFFFFFF
    if code != SUCCESS:
        raise PcscError(name, code)


class Client:
    """A context, and perhaps one card."""

    def __init__(self):
        self.context = ctypes.c_long()
        self.card = ctypes.c_long()
        self.protocol = ctypes.c_ulong()
        call("SCardEstablishContext", ctypes.c_ulong(SCOPE_SYSTEM), None, None,
             ctypes.byref(self.context))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.release()

    def release(self):
        call("SCardReleaseContext", self.context)

    def connect(self, reader, share=SHARE_SHARED):
        call("SCardConnect", self.context, reader.encode(), ctypes.c_ulong(share),
             ctypes.c_ulong(PROTOCOL_ANY), ctypes.byref(self.card), ctypes.byref(self.protocol))

    def reconnect(self, initialization=LEAVE, share=SHARE_SHARED):
        call("SCardReconnect", self.card, ctypes.c_ulong(share), ctypes.c_ulong(PROTOCOL_ANY),
             ctypes.c_ulong(initialization), ctypes.byref(self.protocol))

    def disconnect(self, disposition=LEAVE):
        call("SCardDisconnect", self.card, ctypes.c_ulong(disposition))

    def begin(self):
        call("SCardBeginTransaction", self.card)

    def end(self, disposition=LEAVE):
        call("SCardEndTransaction", self.card, ctypes.c_ulong(disposition))

    def transmit(self, command):
        """The answer to COMMAND, both in hexadecimal."""
        octets = bytes.fromhex(command)
        request = IoRequest(self.protocol.value, ctypes.sizeof(IoRequest))
        answer = (ctypes.c_ubyte * 65538)()
        length = ctypes.c_ulong(len(answer))
        call("SCardTransmit", self.card, ctypes.byref(request), octets,
             ctypes.c_ulong(len(octets)), None, answer, ctypes.byref(length))
        return bytes(answer[:length.value]).hex().upper()

    def state(self, reader, current=0, milliseconds=0):
        """The event state of READER, at once or as soon as it differs from CURRENT."""
        state = ReaderState(reader=reader.encode(), current=current)
        call("SCardGetStatusChange", self.context, ctypes.c_ulong(milliseconds),
             ctypes.byref(state), ctypes.c_ulong(1))
        return state.event
