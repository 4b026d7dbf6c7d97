#pragma once

#include "card/pkcs11/eonay-pkcs11-request.h"
#include "card/pkcs11/eonay-pkcs11-slot.h"
#include "card/pkcs11/host/eonay-pkcs11-host-rv.h"

G_BEGIN_DECLS

/*
 * The module host: a process of its own for one PKCS#11 module, which may crash or hang there.
 * One thread; every call into the module is made from it.
 */

/**
 * EonayPkcs11Host
 *
 * @fd: the pipe to the program
 * @functions: (nullable): the module's; %NULL until it has been started
 */
typedef struct {
  const char *path;
  int fd;
  CK_FUNCTION_LIST *functions;
} EonayPkcs11Host;

/**
 * One request's session with a token, with what the token said of itself when it was opened.
 *
 * @accepted: the token took the PIN or PUK as right in this session
 */
typedef struct {
  EonayPkcs11Host *host;
  CK_FUNCTION_LIST *functions;
  CK_SESSION_HANDLE handle;
  EonayPkcs11Slot *slot;
  gboolean logged_in;
  gboolean accepted;
} EonayPkcs11Session;

/* slots */

/** Returns: (transfer full): the token in slot @id, without its certificates */
EonayPkcs11Slot *eonay_pkcs11_host_read_state (EonayPkcs11Host *self, CK_SLOT_ID id,
                                               GError **error);

/** Returns: (transfer full) (element-type EonayPkcs11Slot) */
GPtrArray *eonay_pkcs11_host_list (EonayPkcs11Host *self, const EonayPkcs11Request *request,
                                   GError **error);

/**
 * eonay_pkcs11_host_find_token: the token that @request names by its slot, serial number and
 *   label; in another slot if it is there now
 *
 * Returns: (transfer full): without its certificates; else %NULL, with %EONAY_CARD_ERROR_REMOVED
 *   if another token is there
 */
EonayPkcs11Slot *eonay_pkcs11_host_find_token (EonayPkcs11Host *self,
                                               const EonayPkcs11Request *request, GError **error);

/* sessions and PINs */

/**
 * eonay_pkcs11_session_open: with the very token that @request names
 *
 * Returns: %FALSE with %EONAY_CARD_ERROR_REMOVED if another one is there
 */
gboolean eonay_pkcs11_session_open (EonayPkcs11Session *self, EonayPkcs11Host *host,
                                    const EonayPkcs11Request *request, gboolean may_write,
                                    GError **error);
void eonay_pkcs11_session_close (EonayPkcs11Session *self);

/**
 * eonay_pkcs11_session_login: C_Login with @request's secret, once it is sure that the token can
 *   take it. As everything here that presents one: only if @request's consent covers what the token
 *   says right before it, in the same session (eonay_pin_consent_check())
 * @role: as whom: the user with the PIN, or the security officer with the PUK
 */
gboolean eonay_pkcs11_session_login (EonayPkcs11Session *self, const EonayPkcs11Request *request,
                                     EonayPinRole role, GError **error);

/** C_Login for one signature (CKU_CONTEXT_SPECIFIC), with the PIN that was accepted before. */
gboolean eonay_pkcs11_session_confirm (EonayPkcs11Session *self, const EonayPkcs11Request *request,
                                       GError **error);

gboolean eonay_pkcs11_session_change_pin (EonayPkcs11Session *self,
                                          const EonayPkcs11Request *request, GError **error);
gboolean eonay_pkcs11_session_unblock (EonayPkcs11Session *self, const EonayPkcs11Request *request,
                                       GError **error);

/** Tells the program what has become of the PIN so far. */
void eonay_pkcs11_host_tell_pin_try (EonayPkcs11Host *self, EonayPinTry pin_try);

/* signatures */

/** Returns: (transfer full) (element-type GBytes): in the order of the digests */
GPtrArray *eonay_pkcs11_session_sign (EonayPkcs11Session *self, const EonayPkcs11Request *request,
                                      GError **error);

/* the host itself */

/** Serves until the program closes the pipe, or wants nothing more of a module that failed. */
void eonay_pkcs11_host_serve (EonayPkcs11Host *self);

G_END_DECLS
