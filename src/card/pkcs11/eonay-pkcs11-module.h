#pragma once

#include <gio/gio.h>

#include "card/pkcs11/eonay-pkcs11-slot.h"
#include "card/token/eonay-token-request.h"

G_BEGIN_DECLS

/**
 * EonayPkcs11Timeout: milliseconds for a whole request, after which a module counts as hung,
 * whatever it says in between.
 *
 * @list: to list the tokens
 * @request: to carry out a request
 * @keypad: to carry out one whose PIN is typed on the reader
 * @further: in addition to these, for each signature of a request but the first
 */
typedef struct {
  guint list;
  guint request;
  guint keypad;
  guint further;
} EonayPkcs11Timeout;

/**
 * EonayPkcs11Module: a PKCS#11 module that runs in a process of its own, the module host
 * (eonay-pkcs11-host), so that it can crash or hang there. One thing at a time; the process is
 * started when there is something to ask, and again after it has died. It ends after a request with
 * a PIN, which the module may have kept. Main thread; the waiting
 * is done on the module's own thread.
 */
#define EONAY_TYPE_PKCS11_MODULE (eonay_pkcs11_module_get_type ())
G_DECLARE_FINAL_TYPE (EonayPkcs11Module, eonay_pkcs11_module, EONAY, PKCS11_MODULE, GObject)

/**
 * eonay_pkcs11_module_new:
 * @path: absolute
 * @timeout: (nullable): %NULL for 60 s, 60 s, 180 s and 15 s
 */
EonayPkcs11Module *eonay_pkcs11_module_new (const char *path, const EonayPkcs11Timeout *timeout);

const char *eonay_pkcs11_module_get_path (EonayPkcs11Module *self);

/**
 * eonay_pkcs11_module_list_async: the tokens that it knows, with their certificates. Nobody is
 *   logged in for that
 * @skip: (nullable): names of PC/SC readers; a token in a slot that is named so is left alone
 */
void eonay_pkcs11_module_list_async (EonayPkcs11Module *self, const char *const *skip,
                                     GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer user_data);

/**
 * Returns: (transfer full) (element-type EonayPkcs11Slot): else %NULL with
 *   %EONAY_CARD_ERROR_MODULE_FAILED, _CRASHED, _HUNG, or what the module said
 */
GPtrArray *eonay_pkcs11_module_list_finish (EonayPkcs11Module *self, GAsyncResult *result,
                                            GError **error);

/**
 * eonay_pkcs11_module_execute_async: for #EonayPkcs11Token
 * @slot: as last seen; the request is not carried out on another token than that
 * @request: (transfer full)
 */
void eonay_pkcs11_module_execute_async (EonayPkcs11Module *self, const EonayPkcs11Slot *slot,
                                        EonayTokenRequest *request, GAsyncReadyCallback callback,
                                        gpointer user_data);

/**
 * eonay_pkcs11_module_execute_finish:
 * @state: (out) (transfer full) (nullable): the token afterwards, if it could be asked; also set
 *   when the request failed
 *
 * Returns: (transfer full) (element-type GBytes): signatures that have verified; none for an
 *   request that signs nothing
 */
GPtrArray *eonay_pkcs11_module_execute_finish (EonayPkcs11Module *self, GAsyncResult *result,
                                               EonayPkcs11Slot **state, GError **error);

/** Lets the process go, after what was asked of it. */
void eonay_pkcs11_module_rest (EonayPkcs11Module *self);

G_END_DECLS
