#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EonaySandboxFacts: what a Flatpak lets the program do.
 *
 * @is_sandboxed: whether there is one at all; the rest counts only then
 */
typedef struct {
  gboolean is_sandboxed;
  gboolean has_network;
  gboolean has_pcsc;
  gboolean has_p11_kit;
} EonaySandboxFacts;

/** @text: (nullable): what /.flatpak-info says (flatpak-metadata(5)); %NULL: there is none */
EonaySandboxFacts *eonay_sandbox_facts_parse (const char *text);

/** Returns: (transfer full): those of this process */
EonaySandboxFacts *eonay_sandbox_facts_gather (void);

void eonay_sandbox_facts_free (EonaySandboxFacts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonaySandboxFacts, eonay_sandbox_facts_free)

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

/** Returns: (transfer full): "Debian GNU/Linux 12 (bookworm) · x86_64" */
char *eonay_system_describe (void);

G_END_DECLS
