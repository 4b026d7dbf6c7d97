#pragma once

#include "card/pkcs11/eonay-pkcs11-server.h"

G_BEGIN_DECLS

/**
 * EonaySandboxFacts: what a Flatpak sandbox allows the program.
 *
 * @is_sandboxed: whether there is a sandbox; the rest is valid only then
 * @runtime: (nullable): what the Flatpak runs on, "org.gnome.Platform/x86_64/51"
 * @server: that of the modules of the computer
 */
typedef struct {
  gboolean is_sandboxed;
  gboolean has_network;
  gboolean has_pcsc;
  gboolean has_p11_kit;
  char *runtime;
  EonayPkcs11Server server;
} EonaySandboxFacts;

/**
 * @text: (nullable): the content of /.flatpak-info (flatpak-metadata(5)); %NULL if there is none
 */
EonaySandboxFacts *eonay_sandbox_facts_parse (const char *text);

/** Returns: (transfer full): those of this process */
EonaySandboxFacts *eonay_sandbox_facts_gather (void);

void eonay_sandbox_facts_free (EonaySandboxFacts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonaySandboxFacts, eonay_sandbox_facts_free)

G_END_DECLS
