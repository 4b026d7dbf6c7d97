#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EonayLocaleFacts: the language that the program speaks.
 *
 * @wanted: what the environment asks for: "tr_TR.UTF-8"
 * @effective: what the C library made of it: "C" if it does not know the locale
 * @is_utf8: whether its characters are UTF-8
 * @is_turkish: whether Turkish is what people read first
 * @is_translated: whether the program's own texts are there in that language
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
