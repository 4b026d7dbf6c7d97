"""A practice card in a virtual reader, with somebody sitting on the line between the two."""

import json
import select
import socket
import struct
import subprocess
import threading

import pcsc_client
import pcsc_service

PORTS = (35963, 35964)
VERIFY = 0x20
READERS = ("Virtual PCD 00 00", "Virtual PCD 00 01")


def receive(connection):
    """One message of vpcd's protocol: two octets of length, then the octets; None at the end."""
    head = connection.recv(2, socket.MSG_WAITALL)
    if len(head) < 2:
        return None
    length = struct.unpack(">H", head)[0]
    return connection.recv(length, socket.MSG_WAITALL) if length else b""


def send(connection, octets):
    connection.sendall(struct.pack(">H", len(octets)) + octets)


class LineCard:
    """A card in SLOT; commands of chosen instructions can be held up on their way to it."""

    def __init__(self, program, slot=0, kind="valid", ca_file=None):
        self.command = [program, "--card", kind, *pcsc_service.keep_ca(ca_file), "--vpcd"]
        self.slot = slot
        self.seen = []
        self.pins = 0
        self.only_pins = False
        self.changed = threading.Condition()
        self.held_instruction = None
        self.holding = False

    def __enter__(self):
        pcsc_service.wait_for_card(False, READERS[self.slot])
        self.plug()
        try:
            pcsc_service.wait_for_card(True, READERS[self.slot])
        except BaseException:
            self.pull()
            raise
        return self

    def __exit__(self, *_):
        self.let_go()
        self.settle()
        self.pull()

    def settle(self):
        """Until nobody has the card. A pcscd whose client dies while the card is pulled may take
        the reader for empty from then on (seen with 1.9.9)."""
        try:
            with pcsc_client.Client() as client:
                client.connect(READERS[self.slot])
                client.begin()
                client.end()
                client.disconnect()
        except pcsc_client.PcscError:
            pass

    def plug(self):
        with socket.create_server(("localhost", 0)) as server:
            address = f"localhost:{server.getsockname()[1]}"
            self.process = subprocess.Popen([*self.command, address], stdout=subprocess.PIPE,
                                            stderr=subprocess.DEVNULL)
            if not select.select([server], [], [], pcsc_service.TIMEOUT)[0]:
                raise TimeoutError("the practice card does not come")
            self.card = server.accept()[0]
        self.told = json.loads(self.process.stdout.readline())
        self.reader = socket.create_connection(("localhost", PORTS[self.slot]))
        self.thread = threading.Thread(target=self.carry, daemon=True)
        self.thread.start()

    def pull(self):
        for end in (self.reader, self.card):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        self.thread.join(pcsc_service.TIMEOUT)
        self.reader.close()
        self.card.close()
        self.process.terminate()
        self.process.wait(pcsc_service.TIMEOUT)
        self.process.stdout.close()

    def carry(self):
        try:
            while (message := receive(self.reader)) is not None:
                if len(message) > 1:
                    self.pass_by(message)
                send(self.card, message)
                # Power off, power on and reset have no answer.
                if len(message) > 1 or message == b"\x04":
                    answer = receive(self.card)
                    if answer is None:
                        return
                    send(self.reader, answer)
        except OSError:
            pass

    def pass_by(self, command):
        instruction = command[1]
        with_pin = instruction == VERIFY and len(command) > 5
        with self.changed:
            self.seen.append(instruction)
            self.pins += with_pin
            if self.held_instruction == instruction and (with_pin or not self.only_pins):
                self.holding = True
                self.changed.notify_all()
                self.changed.wait_for(lambda: not self.holding)

    def hold(self, instruction, only_pins=False):
        """The next command with INSTRUCTION waits, and all that follows it."""
        with self.changed:
            self.held_instruction = instruction
            self.only_pins = only_pins

    def hold_pin(self):
        self.hold(VERIFY, only_pins=True)

    def pins_seen(self):
        """How many commands carried a PIN."""
        with self.changed:
            return self.pins

    def wait_until_held(self):
        with self.changed:
            if not self.changed.wait_for(lambda: self.holding, pcsc_service.TIMEOUT):
                raise TimeoutError("nothing was held")

    def let_go(self):
        with self.changed:
            self.held_instruction = None
            self.holding = False
            self.changed.notify_all()

    def count(self, instruction):
        with self.changed:
            return self.seen.count(instruction)
