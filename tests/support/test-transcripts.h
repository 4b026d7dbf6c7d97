#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * Returns: (transfer full): the text of a transcript, or of several, one after the other. "NAME/2"
 *   is NAME from its second line on, "NAME/2-3" only its second and third, as if they were of one
 *   session; what begins with a brace is itself a line
 */
char *test_read_transcript (const char *name);
char *test_read_transcripts (const char *const *names);

/** Returns: (transfer full) */
GBytes *test_read_file (const char *name);
GBytes *test_from_hex (const char *hex);

G_END_DECLS
