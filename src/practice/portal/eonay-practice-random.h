#pragma once

#include <glib.h>

G_BEGIN_DECLS

void eonay_practice_random_fill (guint8 *bytes, gsize length);

/** Returns: (transfer full): @count random digits, uniformly distributed */
char *eonay_practice_random_digits (guint count);

G_END_DECLS
