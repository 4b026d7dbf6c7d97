#pragma once

#include "base/host/eonay-sandbox.h"

G_BEGIN_DECLS

/* The parts of the sandbox. Each returns %FALSE with @error; or sets its flag in @lack, and does
   nothing. */

/** Landlock: files, and what else it supports. Needs PR_SET_NO_NEW_PRIVS. */
gboolean eonay_sandbox_restrict_files (const EonaySandboxProfile *profile, EonaySandboxLack *lack,
                                       GError **error);

/** seccomp: must come last, as it forbids what the others need. */
gboolean eonay_sandbox_restrict_calls (EonaySandboxLack *lack, GError **error);

/**
 * eonay_sandbox_start_broker: starts a process that connects to @sockets, and to nothing else, on
 *   behalf of this one, which may not; it ends with this one
 */
gboolean eonay_sandbox_start_broker (GPtrArray *sockets, GError **error);

/**
 * Has connect(), which the filter traps, executed by the broker; without a broker it is refused.
 */
gboolean eonay_sandbox_catch_connect (GError **error);

/** Sets @error from errno. Returns: %FALSE */
gboolean eonay_sandbox_fail (const char *what, GError **error);

/** Closes all descriptors from @first on. */
void eonay_sandbox_close_from (int first);

G_END_DECLS
