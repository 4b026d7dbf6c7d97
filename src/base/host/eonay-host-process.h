#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** The descriptor on which a host finds its end of the socket, and the one that it is given. */
#define EONAY_HOST_PROCESS_FD 3
#define EONAY_HOST_PROCESS_GIVEN_FD 4

/**
 * EonayHostProcess: one of our own programs, run for what may crash, hang or be hostile (a vendor's
 * module, a document), and the stream socket to it, on which both speak in frames
 * (base/host/eonay-frame-pipe.h). The host enters its sandbox (base/host/eonay-sandbox.h) before it touches
 * any of that.
 *
 * Blocking: one thread at a time, never the main one.
 */
typedef struct _EonayHostProcess EonayHostProcess;

/**
 * eonay_host_process_start:
 * @program: (type filename): absolute path
 * @argument: (nullable): its only argument
 * @environment: (array zero-terminated=1): its whole environment, e.g. from
 *   eonay_host_process_select_environment()
 * @given: descriptor that it gets as %EONAY_HOST_PROCESS_GIVEN_FD; -1 for none. Stays the caller's
 *
 * Runs @program with /dev/null as standard input, output and error. What else is open here and not
 * closed at exec it has, too, until it enters its sandbox, which closes it.
 *
 * Returns: (transfer full): %NULL with %G_SPAWN_ERROR, or %G_FILE_ERROR if there is no socket
 *   or no /dev/null: too few descriptors, for one
 */
EonayHostProcess *eonay_host_process_start (const char *program, const char *argument,
                                            const char *const *environment, int given,
                                            GError **error);

/**
 * eonay_host_process_begin: what the main() of a host does first: it works in "/", and hands its socket to
 * nobody
 *
 * Returns: %FALSE if there is no socket: it was started by somebody else
 */
gboolean eonay_host_process_begin (void);

/** Returns: our end of the socket */
int eonay_host_process_get_fd (EonayHostProcess *self);

/** Returns: whether it has closed its end, or has said something without being asked */
gboolean eonay_host_process_is_over (EonayHostProcess *self);

/**
 * eonay_host_process_end:
 * @self: (transfer full)
 * @by_force: else waits until it ends by itself: for a host whose end of the socket is closed
 *
 * Ends what it may have started, too.
 *
 * Returns: the wait status, as of waitpid()
 */
int eonay_host_process_end (EonayHostProcess *self, gboolean by_force);

/**
 * eonay_host_process_close:
 * @self: (transfer full) (nullable)
 * @limit: milliseconds that the host has to end by itself, once it reads the end of the socket
 */
void eonay_host_process_close (EonayHostProcess *self, guint limit);

/**
 * eonay_host_process_select_environment: what of an environment a host is given
 * @environment: (array zero-terminated=1): "NAME=value"
 * @names: (array zero-terminated=1): variables that go along
 * @prefixes: (nullable) (array zero-terminated=1): and those whose names begin so
 * @more: (nullable) (array zero-terminated=1): more such prefixes, as of
 *   eonay_development_get_prefixes()
 *
 * Returns: (transfer full)
 */
char **eonay_host_process_select_environment (const char *const *environment,
                                              const char *const *names, const char *const *prefixes,
                                              const char *const *more);

G_END_DECLS
