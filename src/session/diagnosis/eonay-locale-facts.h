#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EonayLocaleFacts: the language of the program.
 *
 * @wanted: the locale of the environment: "tr_TR.UTF-8"
 * @effective: the locale set by the C library: "C" if it does not know @wanted
 * @is_utf8: whether its encoding is UTF-8
 * @is_turkish: whether Turkish is the preferred language
 * @is_translated: whether the program has a translation for it
 */
typedef struct {
  char *wanted;
  char *effective;
  gboolean is_utf8;
  gboolean is_turkish;
  gboolean is_translated;
} EonayLocaleFacts;

/** Returns: (transfer full): those of this process */
EonayLocaleFacts *eonay_locale_facts_gather (void);

void eonay_locale_facts_free (EonayLocaleFacts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayLocaleFacts, eonay_locale_facts_free)

G_END_DECLS
