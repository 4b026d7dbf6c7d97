#pragma once

#include "card/pkcs11/host/eonay-pkcs11-host.h"

G_BEGIN_DECLS

/** Serves until the program closes the pipe, or wants nothing more of a module that failed. */
void eonay_pkcs11_host_serve (EonayPkcs11Host *self);

G_END_DECLS
