#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The modules of the computer, from within a Flatpak: "p11-kit server" runs them there, and
 * p11-kit-client.so, a PKCS#11 module itself, speaks with it through a socket.
 */

/** What there is of such a server. */
typedef enum {
  EONAY_PKCS11_SERVER_NOT_NEEDED, /* the program does not run in a Flatpak */
  EONAY_PKCS11_SERVER_MISSING,    /* there was none when the Flatpak was started */
  EONAY_PKCS11_SERVER_SILENT,     /* its socket is there, but nobody listens */
  EONAY_PKCS11_SERVER_LISTENING,
} EonayPkcs11Server;

/** Connects to the socket, and says nothing there. */
EonayPkcs11Server eonay_pkcs11_server_find (void);

/**
 * eonay_pkcs11_server_find_client:
 *
 * Returns: (transfer none) (nullable) (type filename): the module to be asked for the cards of the
 *   server; %NULL unless one is listening
 */
const char *eonay_pkcs11_server_find_client (void);

G_END_DECLS
