#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Which module has signed with which card: a file that only its owner can read, in the user's data
 * folder (eonay/cards.ini). A card stands there as the SHA-256 of the certificate that it signed
 * with, which every way to the card shows; nothing else of it does. Main thread.
 */

/**
 * eonay_backend_memory_recall:
 * @certificate: DER
 *
 * Returns: (transfer full) (nullable): the path of the module that has signed with it last
 */
char *eonay_backend_memory_recall (GBytes *certificate);

/** Writes only what is new. A file that cannot be written costs nothing but the memory. */
void eonay_backend_memory_remember (GBytes *certificate, const char *backend);

G_END_DECLS
