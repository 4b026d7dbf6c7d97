"""What a program and all that it starts write and connect to, as the kernel is asked for it (strace)."""

import os
import pathlib
import re

CALLS = ("connect,sendto,sendmsg,sendmmsg,bind,open,openat,openat2,creat,mkdir,mkdirat,mknod,mknodat,rename,renameat,"
         "renameat2,link,linkat,symlink,symlinkat,truncate")
CALL = re.compile(r"^(\d+) +(\w+)\((.*)\) += (-?\d+|\?)(?:<(.*?)>)?(?: |$)")
UNFINISHED = re.compile(r"^(\d+) +(.*) <unfinished \.\.\.>$")
RESUMED = re.compile(r"^(\d+) +<\.\.\. \w+ resumed>(.*)$")
QUOTED = re.compile(r'(?:(?:AT_FDCWD|\d+)<([^>]*)>, )?"((?:[^"\\]|\\.)*)"')
INTERNET = re.compile(r'sin6?_port=htons\((\d+)\).*?(?:inet_addr\(|inet_pton\(AF_INET6, )"([^"]+)"')
LOCAL = re.compile(r'sun_path=(@?)"([^"]*)"')
WRITING = re.compile(r"\bO_(?:WRONLY|RDWR|CREAT|TRUNC|TMPFILE)\b")

# Not in a file system that keeps anything: devices, what a terminal is, and the kernel's own.
NOWHERE = re.compile(r"^/(?:dev/(?:null|zero|full|tty|pts/\d+|ptmx|urandom|random|fuse|dri/.*)|proc/.*|sys/.*)$|^/memfd:")


def unescape(path):
    """What strace writes in octal, as it is."""
    return re.sub(r"(?:\\[0-7]{3})+", lambda match: bytes(int(octal, 8) for octal in match[0][1:].split("\\")).decode(errors="replace"), path)


class Trace:
    """Put before a command; the program keeps its process id. @folder: where the recording is kept."""

    def __init__(self, folder):
        self.path = pathlib.Path(folder) / "trace"
        self.command = ["strace", "-D", "-f", "-y", "-qq", "-s", "4096", "--seccomp-bpf", "-e", f"trace={CALLS}",
                        "-e", "signal=none", "-o", str(self.path)]

    def calls(self):
        """Yields (name, arguments, result, path of the result) of each call, whole again if others came between."""
        begun = {}
        for line in self.path.read_text(encoding="utf-8", errors="replace").splitlines():
            if (match := UNFINISHED.match(line)):
                begun[match[1]] = line[:line.rindex(" <unfinished")]
                continue
            if (match := RESUMED.match(line)):
                line = begun.pop(match[1], f"{match[1]} lost(") + match[2]
            if (match := CALL.match(line)):
                yield match[2], match[3], match[4], match[5]
        for rest in begun.values():  # when it ended
            name, _, arguments = rest.partition(" ")[2].strip().partition("(")
            yield name, arguments, "?", None

    def connected(self):
        """Returns ("address", port) that were asked for, whether they answered or not."""
        return {(match[2], int(match[1])) for name, arguments, *_ in self.calls()
                if name in ("connect", "sendto", "sendmsg", "sendmmsg")
                for match in INTERNET.finditer(arguments)}

    def bound(self):
        """Returns the ports of the network that were opened to others."""
        return {(match[2], int(match[1])) for name, arguments, *_ in self.calls() if name == "bind"
                for match in INTERNET.finditer(arguments)}

    def spoken_to(self):
        """Returns the paths of local sockets, those of no file with an @."""
        return {match[1] + match[2] for name, arguments, *_ in self.calls()
                if name in ("connect", "sendto", "sendmsg") for match in LOCAL.finditer(arguments)}

    def written(self):
        """Returns the paths of all files and folders that were made, or opened to be written to."""
        found = set()
        for name, arguments, result, path in self.calls():
            if result.startswith("-"):
                continue
            if name in ("open", "openat", "openat2", "creat"):
                if (name == "creat" or WRITING.search(arguments)) and path is not None and "O_TMPFILE" not in arguments:
                    found.add(path)
            elif name not in ("connect", "sendto", "sendmsg", "sendmmsg", "bind"):
                found.update(self._named(name, arguments))
        return {unescape(path.removesuffix(" (deleted)")) for path in found if not NOWHERE.match(path)
                and ":[" not in path and not path.startswith("anon_inode:")}

    @staticmethod
    def _named(name, arguments):
        """What a call that makes a name has made: its last path."""
        names = [os.path.normpath(os.path.join(folder or "/", path)) for folder, path in QUOTED.findall(arguments)]
        return names[-1:]
