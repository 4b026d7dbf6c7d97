#pragma once

#include <gio/gio.h>

#include "base/eonay-signature-scheme.h"

G_BEGIN_DECLS

/**
 * EonayAdes: one advanced electronic signature that is being made, whatever its format: prepared when
 * it is constructed, signed on the card, then finished. Implemented by #EonayCades and #EonayPades.
 *
 * Not thread-safe; may be used on any one thread at a time. Finishing something large takes a while.
 */
#define EONAY_TYPE_ADES (eonay_ades_get_type ())
G_DECLARE_INTERFACE (EonayAdes, eonay_ades, EONAY, ADES, GObject)

struct _EonayAdesInterface {
  GTypeInterface parent;

  GBytes *(*get_digest) (EonayAdes *self);
  GBytes *(*get_message) (EonayAdes *self);
  EonaySignatureScheme (*get_scheme) (EonayAdes *self);
  GBytes *(*finish) (EonayAdes *self, GBytes *value, GError **error);
};

/** Returns: (transfer none): what the card signs: the hash of the signed attributes, for the scheme */
GBytes *eonay_ades_get_digest (EonayAdes *self);

/** Returns: (transfer none): the signed attributes, DER: the input of that hash */
GBytes *eonay_ades_get_message (EonayAdes *self);

EonaySignatureScheme eonay_ades_get_scheme (EonayAdes *self);

/**
 * eonay_ades_finish:
 * @value: the card's signature, in the form of #EonaySignatureScheme
 *
 * After a wrong @value it may be called again with another one.
 *
 * Returns: (transfer full): the file (CAdES: DER of the ContentInfo; PAdES: the whole PDF), verified
 *   against certificate and content; else %EONAY_SIGNATURE_ERROR_INVALID
 */
GBytes *eonay_ades_finish (EonayAdes *self, GBytes *value, GError **error);

G_END_DECLS
