#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * A fuzz target: one parser that takes bytes which nobody vouches for. libFuzzer calls it with
 * whatever it makes up; corpus-main.c calls it with the files of its corpus, in every build.
 *
 * Aborts when something that must hold does not. Returns: 0
 */
int LLVMFuzzerTestOneInput (const guint8 *bytes, gsize length);

G_END_DECLS
