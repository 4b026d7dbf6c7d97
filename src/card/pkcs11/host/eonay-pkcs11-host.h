#pragma once

#include <gio/gio.h>
#include <p11-kit/pkcs11.h>

#include "card/pkcs11/eonay-pkcs11-answer.h"
#include "card/pkcs11/eonay-pkcs11-request.h"

G_BEGIN_DECLS

/*
 * The module host: a process of its own for one PKCS#11 module, which may crash or hang there.
 * One thread; every call into the module is made from it. It is needless once p11-kit, which can
 * run a module in a process (`remote:`), also confines that, gives up on one that hangs, and cleanses
 * what it sends of a PIN.
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

/** Loads the module and initialises it, unless that was done before. */
gboolean eonay_pkcs11_host_start (EonayPkcs11Host *self, GError **error);

/** Says @says of @answer to the program. Returns: whether it is still there */
gboolean eonay_pkcs11_host_say (EonayPkcs11Host *self, EonayPkcs11Says says,
                                const EonayPkcs11Answer *answer);

/** Returns: whether the program wants no more of what was asked */
gboolean eonay_pkcs11_host_is_stopped (EonayPkcs11Host *self);

/** Tells the program what has become of the PIN so far. */
void eonay_pkcs11_host_say_pin_try (EonayPkcs11Host *self, EonayPinTry pin_try);

/**
 * eonay_pkcs11_host_fetch_pins: asks the program for the PINs that @request announced, once in a
 *   request
 * @secret, @new_pin: (out) (transfer full) (nullable)
 */
gboolean eonay_pkcs11_host_fetch_pins (EonayPkcs11Host *self, const EonayPkcs11Request *request,
                                       EonaySecret **secret, EonaySecret **new_pin, GError **error);

/**
 * Loads the modules that are registered with p11-kit, which runs their code.
 *
 * Returns: (transfer full) (element-type GBytes): their file names, but for those of modules that
 *   only hold trust policy
 */
GPtrArray *eonay_pkcs11_host_find_registered (void);

G_END_DECLS
