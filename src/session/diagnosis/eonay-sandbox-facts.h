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

G_END_DECLS
