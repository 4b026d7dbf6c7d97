#pragma once

#include "card/pkcs11/eonay-pkcs11-request.h"
#include "card/pkcs11/eonay-pkcs11-slot.h"
#include "card/pkcs11/host/eonay-pkcs11-host.h"

G_BEGIN_DECLS

/**
 * EonayPkcs11Session: one request's session with a token, with what the token said of itself when it
 * was opened.
 *
 * @accepted: the token took the PIN or PUK as right in this session
 * @pin_failed: a call that had a PIN or PUK failed: none is made in this session any more
 * @n_sent: how many such calls there were
 * @has_pins: the program was asked for them
 * @secret, @new_pin: (nullable): the request's, from then on
 */
typedef struct {
  EonayPkcs11Host *host;
  CK_FUNCTION_LIST *functions;
  CK_SESSION_HANDLE handle;
  EonayPkcs11Slot *slot;
  gboolean logged_in;
  gboolean accepted;
  gboolean pin_failed;
  guint n_sent;
  gboolean has_pins;
  EonaySecret *secret;
  EonaySecret *new_pin;
} EonayPkcs11Session;

/**
 * eonay_pkcs11_session_open: with the very token that @request names
 *
 * Returns: %FALSE with %EONAY_CARD_ERROR_REMOVED if another one is there
 */
gboolean eonay_pkcs11_session_open (EonayPkcs11Session *self, EonayPkcs11Host *host,
                                    const EonayPkcs11Request *request, gboolean may_write,
                                    GError **error);
void eonay_pkcs11_session_close (EonayPkcs11Session *self);

/* What presents a PIN or PUK does so only if @request's consent covers what the token says right
 * before it, in the same session (eonay_pin_consent_check()), and once it is sure that the token can
 * take its length. */

gboolean eonay_pkcs11_session_change_pin (EonayPkcs11Session *self,
                                          const EonayPkcs11Request *request, GError **error);
gboolean eonay_pkcs11_session_unblock (EonayPkcs11Session *self, const EonayPkcs11Request *request,
                                       GError **error);

/** Returns: (transfer full) (element-type GBytes): in the order of the digests */
GPtrArray *eonay_pkcs11_session_sign (EonayPkcs11Session *self, const EonayPkcs11Request *request,
                                      GError **error);

G_END_DECLS
