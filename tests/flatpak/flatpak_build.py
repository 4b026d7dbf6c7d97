"""Builds the Flatpak by the manifest that is shipped, on a runtime that is made of Debian packages.

The runtime that the manifest names is on Flathub only. What is replaced of the manifest is that, the path
of the source, and nothing else; archives that Debian has with the same checksum are taken from there.
"""

import hashlib
import os
import pathlib
import re
import shutil
import subprocess

ID = "io.github.eonay.Eonay"
RUNTIME, SDK, BRANCH = "org.debian.Platform", "org.debian.Sdk", "1"
SUITE = "trixie"

RUNTIME_PACKAGES = """adwaita-icon-theme ca-certificates dconf-gsettings-backend fonts-cantarell
fonts-dejavu-core glib-networking gsettings-desktop-schemas hicolor-icon-theme libadwaita-1-0 libglib2.0-bin
libgtk-4-1 libjpeg62-turbo libjson-glib-1.0-0 liblcms2-2 libopenjp2-7 libp11-kit0 librsvg2-common
libsoup-3.0-0 libsqlite3-0 libssl3t64 libtiff6 locales p11-kit p11-kit-modules procps shared-mime-info
tzdata""".split()

SDK_PACKAGES = """appstream binutils bzip2 cmake desktop-file-utils flex g++ gcc gettext git itstool
libadwaita-1-dev libc6-dev libcairo2-dev libfontconfig-dev libfreetype-dev libgdk-pixbuf-2.0-dev
libglib2.0-dev-bin libgtk-4-bin libgtk-4-dev libjpeg-dev libjson-glib-dev liblcms2-dev libopenjp2-7-dev
libp11-kit-dev libsoup-3.0-dev libsqlite3-dev libssl-dev libtiff-dev libxml2-utils make meson ninja-build
perl pkgconf python3 xz-utils yelp-tools zlib1g-dev""".split()

# Where Debian has the archives of the manifest.
SOURCES = {"pcsc-lite": "pcsc-lite", "qpdf": "qpdf", "poppler": "poppler", "poppler-data": "poppler-data"}
SUITES = ["trixie", "forky", "sid"]


def run(*command, **options):
    print("+", *command, flush=True)
    return subprocess.run([str(word) for word in command], check=True, **options)


def digest_of(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


class Build:
    """What is in the folder CACHE is not made again."""

    def __init__(self, root, cache):
        self.root = root
        self.cache = cache
        self.tree = cache / "runtime"
        self.sdk_tree = cache / "sdk"
        self.repository = cache / "repository"
        self.state = cache / "state"
        cache.mkdir(parents=True, exist_ok=True)

    def make_tree(self):
        if self.tree.exists():
            return
        part = self.cache / "runtime.part"
        shutil.rmtree(part, ignore_errors=True)
        run("mmdebstrap", "--variant=minbase", "--include=" + ",".join(RUNTIME_PACKAGES), SUITE, part)
        run("chroot", part, "localedef", "-i", "tr_TR", "-f", "UTF-8", "tr_TR.UTF-8")
        part.rename(self.tree)

    def make_sdk_tree(self):
        if self.sdk_tree.exists():
            return
        part = self.cache / "sdk.part"
        shutil.rmtree(part, ignore_errors=True)
        run("cp", "-a", self.tree, part)
        (part / "usr/sbin/policy-rc.d").write_text("#!/bin/sh\nexit 101\n")
        (part / "usr/sbin/policy-rc.d").chmod(0o755)
        run("cp", "--remove-destination", "--dereference", "/etc/resolv.conf", part / "etc/resolv.conf")
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        run("chroot", part, "apt-get", "update", env=environment)
        run("chroot", part, "apt-get", "install", "--yes", "--no-install-recommends", *SDK_PACKAGES,
            env=environment)
        # flatpak-builder 1.2 calls a program that AppStream has no more.
        shim = part / "usr/bin/appstream-compose"
        if not shim.exists():
            shim.write_text("#!/bin/sh\nexit 0\n")
            shim.chmod(0o755)
        part.rename(self.sdk_tree)

    def export(self, tree, name):
        """Makes a runtime of a Debian tree, and installs it."""
        if (self.cache / f"{name}.exported").exists():
            return
        folder = self.cache / "export"
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "files").mkdir(parents=True)
        run("cp", "-a", tree / "usr", folder / "usr")
        shutil.rmtree(folder / "usr/etc", ignore_errors=True)
        run("cp", "-a", tree / "etc", folder / "usr/etc")
        # So Flatpak makes a cache with /app/lib, as of the real runtime: the program's helpers do not get
        # LD_LIBRARY_PATH, which would take its place.
        (folder / "usr/etc/ld.so.conf").write_text("")
        (folder / "usr/etc/ld.so.cache").unlink()
        (folder / "usr/bin/ldconfig").symlink_to("../sbin/ldconfig")
        reference = f"{RUNTIME}/x86_64/{BRANCH}"
        (folder / "metadata").write_text(f"[Runtime]\nname={name}\nruntime={reference}\n"
                                         f"sdk={SDK}/x86_64/{BRANCH}\n")
        if not self.repository.exists():
            run("ostree", "init", "--mode=bare-user-only", f"--repo={self.repository}")
        run("flatpak", "build-export", "--disable-sandbox", "--runtime", self.repository, folder, BRANCH)
        shutil.rmtree(folder)
        run("flatpak", "--user", "remote-add", "--if-not-exists", "--no-gpg-verify", "proof",
            self.repository)
        run("flatpak", "--user", "install", "--noninteractive", "--assumeyes", "--or-update", "proof",
            f"{name}//{BRANCH}")
        (self.cache / f"{name}.exported").touch()

    def archives(self):
        """Yields (module, address, checksum) of the manifest."""
        text = (self.root / "flatpak" / f"{ID}.yml").read_text(encoding="utf-8")
        for module in re.split(r"^  - name: ", text, flags=re.M)[1:]:
            found = re.search(r"url: (\S+)\n\s+sha256: (\S+)", module)
            if found:
                yield module.split("\n")[0], found[1], found[2]

    def fetch(self):
        """Puts the archives that Debian has where flatpak-builder looks before it downloads."""
        wanted = {}
        for module, address, checksum in self.archives():
            path = self.state / "downloads" / checksum / address.split("/")[-1]
            if not path.exists():
                wanted[module] = (path, checksum)
        if not wanted:
            return
        folder = self.cache / "apt"
        for part in ("lists/partial", "archives/partial", "source"):
            (folder / part).mkdir(parents=True, exist_ok=True)
        # From where the runtime has come.
        place = re.search(r"^deb (.*) main$", (self.tree / "etc/apt/sources.list").read_text(), re.M)[1]
        (folder / "sources.list").write_text("".join(
            f"deb-src {place.replace(SUITE, suite)} main\n" for suite in SUITES))
        options = [f"-oDir::State={folder}", f"-oDir::State::lists={folder}/lists",
                   f"-oDir::Cache={folder}", f"-oDir::Etc::sourcelist={folder}/sources.list",
                   "-oDir::Etc::sourceparts=/dev/null"]
        run("apt-get", *options, "update")
        for module, (path, checksum) in wanted.items():
            self.fetch_one(options, folder / "source", SOURCES.get(module, module), path, checksum)

    def fetch_one(self, options, folder, package, path, checksum):
        known = subprocess.run(["apt-cache", *options, "showsrc", package], capture_output=True,
                               text=True, check=True).stdout
        for paragraph in known.split("\n\n"):
            version = re.search(r"^Version: (\S+)", paragraph, re.M)
            if checksum in paragraph and version:
                # Of several tarballs one may be gone: what counts is the one with the checksum.
                subprocess.run(["apt-get", *options, "source", "--download-only", "--tar-only",
                                f"{package}={version[1]}"], cwd=folder)
                break
        for found in folder.iterdir():
            if found.is_file() and digest_of(found) == checksum:
                path.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(found, path)
                return
        print(f"# Debian has no {package} of that checksum: flatpak-builder is to download it")

    def write_manifest(self, source):
        """The shipped one, over this runtime."""
        text = (self.root / "flatpak" / f"{ID}.yml").read_text(encoding="utf-8")
        lines = [(r"^runtime: .*", f"runtime: {RUNTIME}"), (r"^runtime-version: .*",
                                                           f"runtime-version: '{BRANCH}'"),
                 # Debian's meson takes lib64 where there is one.
                 (r"^sdk: .*", f"sdk: {SDK}\nbuild-options:\n  libdir: /app/lib"),
                 (r"^      - type: git\n        url: .*\n        tag: .*",
                  f"      - type: dir\n        path: {source}")]
        for pattern, replacement in lines:
            text, count = re.subn(pattern, replacement, text, flags=re.M)
            assert count == 1, pattern
        path = self.cache / f"{ID}.yml"
        path.write_text(text, encoding="utf-8")
        return path

    def copy_source(self):
        """What is committed, and what is not yet but would be."""
        folder = self.cache / "source"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        if (self.root / ".git").exists():
            names = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                                   cwd=self.root, check=True, capture_output=True).stdout
        else:
            names = subprocess.run(["find", ".", "-type", "f", "-not", "-path", "./build*", "-print0"],
                                   cwd=self.root, check=True, capture_output=True).stdout
        subprocess.run(["tar", "--create", "--null", "--ignore-failed-read", "--files-from=-",
                        f"--file={folder}.tar"], cwd=self.root, input=names, check=True)
        run("tar", "--extract", f"--file={folder}.tar", "-C", folder)
        os.unlink(f"{folder}.tar")
        return folder

    def build(self):
        manifest = self.write_manifest(self.copy_source())
        run("flatpak-builder", "--user", "--disable-rofiles-fuse", "--force-clean", "--install",
            "--jobs=2", f"--state-dir={self.state}", self.cache / "app", manifest, cwd=self.cache)

    def make(self):
        self.make_tree()
        self.make_sdk_tree()
        self.export(self.tree, RUNTIME)
        self.export(self.sdk_tree, SDK)
        self.fetch()
        self.build()
