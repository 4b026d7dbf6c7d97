#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EonaySandboxProfile: what a process that runs untrusted code may do. Everything else is refused,
 * as far as the kernel supports it: it starts no program and no other process, connects to nothing,
 * signals, traces and reads no other process, and has no privileges.
 *
 * @readable: (element-type filename): files, and folders with all their content
 * @regular: (element-type filename): regular files that may be read; a link or a folder of that
 *   name is ignored
 * @writable: (element-type filename): as @readable; content of a folder may also be created,
 *   renamed and removed
 * @sockets: (element-type filename): UNIX stream sockets that it may connect to; if there are any,
 *   a broker process connects to them on its behalf
 * @memory: bytes of address space; not limited under sanitizers, which reserve terabytes
 * @file_size: bytes of one file
 * @files: open descriptors
 * @kept: descriptors from this one on are closed
 */
typedef struct {
  GPtrArray *readable;
  GPtrArray *regular;
  GPtrArray *writable;
  GPtrArray *sockets;
  guint64 memory;
  guint64 file_size;
  guint files;
  int kept;
} EonaySandboxProfile;

/**
 * Returns: (transfer full): a profile that allows nothing; 2 GiB, 16 MiB, 256 descriptors; keeps 0
 *   to 2
 */
EonaySandboxProfile *eonay_sandbox_profile_new (void);
void eonay_sandbox_profile_free (EonaySandboxProfile *self);

/* A path that does not exist, is not absolute, or is %NULL, is ignored. */
void eonay_sandbox_profile_add_readable (EonaySandboxProfile *self, const char *path);
void eonay_sandbox_profile_add_regular (EonaySandboxProfile *self, const char *path);
void eonay_sandbox_profile_add_writable (EonaySandboxProfile *self, const char *path);
void eonay_sandbox_profile_add_socket (EonaySandboxProfile *self, const char *path);

/** What the running kernel does not support: that part of the sandbox is missing. */
typedef enum {
  EONAY_SANDBOX_LACKS_NOTHING = 0,
  EONAY_SANDBOX_LACKS_FILES = 1 << 0, /* Landlock: reads and writes what the person may */
  EONAY_SANDBOX_LACKS_CALLS = 1 << 1, /* seccomp: networks, sockets, programs, other processes */
} EonaySandboxLack;

/**
 * eonay_sandbox_enter: restricts this process permanently: a session and process group of its own,
 *   no core file, not to be traced, ended with its parent; limits; no capabilities, no new
 *   privileges; Landlock; seccomp
 *
 * To be called once, before there is another thread. Installs a handler for SIGSYS, and ignores
 * SIGXFSZ.
 *
 * @lack: (out): also for what the kernel has in a version too old to be used
 *
 * Returns: %FALSE with @error (%G_FILE_ERROR) if something that the kernel supports failed: then no
 *   untrusted code may run in this process
 */
gboolean eonay_sandbox_enter (const EonaySandboxProfile *profile, EonaySandboxLack *lack,
                              GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonaySandboxProfile, eonay_sandbox_profile_free)

G_END_DECLS
