#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SHIM_TRIES 3

/** Whether @fault, or @fault=@call, was asked for; "…@FILE" of the copy of that name only. */
gboolean shim_has (const char *fault, const char *call);

/** Logs @call, and has the faults that any call may have. */
void shim_enter (const char *call);

/** Returns: how many wrong PINs were sent, once @change was added; negative: none any more */
int shim_count_wrong (int change);

G_END_DECLS
