#include "card/pkcs11/eonay-pkcs11-server.h"

#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <stdlib.h>
#include <string.h>

#include "base/eonay-flatpak.h"
#include "eonay-config.h"

#define CLIENT EONAY_P11_KIT_MODULES "/p11-kit-client.so"

/* Flatpak has a server of its own, for the certificate authorities of the computer. */
#define FLATPAKS_OWN "/run/flatpak/"

static gboolean
is_flatpaks_own (const char *path)
{
  char *real = realpath (path, NULL);
  gboolean is_own = real != NULL && g_str_has_prefix (real, FLATPAKS_OWN);

  free (real);

  return is_own;
}

static EonayPkcs11Server
try (const char *path)
{
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM,
                                             G_SOCKET_PROTOCOL_DEFAULT, NULL);
  g_autoptr (GError) error = NULL;

  if (socket == NULL)
    return EONAY_PKCS11_SERVER_SILENT;

  /* A full queue must not hold anybody up; it is a sign of somebody who listens. */
  g_socket_set_blocking (socket, FALSE);
  if (g_socket_connect (socket, address, NULL, &error) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PENDING) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return EONAY_PKCS11_SERVER_LISTENING;

  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ? EONAY_PKCS11_SERVER_MISSING
                                                                   : EONAY_PKCS11_SERVER_SILENT;
}

EonayPkcs11Server
eonay_pkcs11_server_find (void)
{
  g_autofree char *path = g_build_filename (g_get_user_runtime_dir (), "p11-kit", "pkcs11", NULL);

  if (!eonay_flatpak_is_inside ())
    return EONAY_PKCS11_SERVER_NOT_NEEDED;

  return is_flatpaks_own (path) ? EONAY_PKCS11_SERVER_MISSING : try (path);
}

const char *
eonay_pkcs11_server_find_client (void)
{
  return eonay_pkcs11_server_find () == EONAY_PKCS11_SERVER_LISTENING ? CLIENT : NULL;
}
