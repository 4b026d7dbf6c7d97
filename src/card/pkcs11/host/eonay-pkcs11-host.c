#include "card/pkcs11/host/eonay-pkcs11-host.h"

#include <openssl/crypto.h>
#include <p11-kit/p11-kit.h>
#include <string.h>
#include <sys/socket.h>

#include "base/host/eonay-frame-pipe.h"

gboolean
eonay_pkcs11_host_say (EonayPkcs11Host *self, EonayPkcs11Says says, const EonayPkcs11Answer *answer)
{
  return eonay_frame_pipe_write_frame (self->fd, eonay_pkcs11_answer_encode (answer, says),
                                       EONAY_FRAME_PIPE_FOREVER) == EONAY_FRAME_PIPE_DONE;
}

gboolean
eonay_pkcs11_host_is_stopped (EonayPkcs11Host *self)
{
  guint8 byte;

  return recv (self->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

void
eonay_pkcs11_host_say_pin_try (EonayPkcs11Host *self, EonayPinTry pin_try)
{
  eonay_pkcs11_host_say (self, EONAY_PKCS11_SAYS_PROGRESS,
                         &(EonayPkcs11Answer){ .pin_try = pin_try });
}

static EonaySecret *
read_secret (EonayPkcs11Host *self, guint16 length)
{
  guint8 buffer[EONAY_SECRET_MAX];
  EonaySecret *secret = NULL;

  if (eonay_frame_pipe_read (self->fd, buffer, length, EONAY_FRAME_PIPE_FOREVER) ==
      EONAY_FRAME_PIPE_DONE)
    secret = eonay_secret_new (buffer, length);
  OPENSSL_cleanse (buffer, sizeof buffer);

  return secret;
}

gboolean
eonay_pkcs11_host_fetch_pins (EonayPkcs11Host *self, const EonayPkcs11Request *request,
                              EonaySecret **secret, EonaySecret **new_pin, GError **error)
{
  const EonayPkcs11Announced *announced = &request->announced;

  if (!announced->has_secret && !announced->has_new_pin)
    return TRUE;

  eonay_pkcs11_host_say (self, EONAY_PKCS11_SAYS_WANTS_PINS, &(EonayPkcs11Answer){ 0 });
  if (announced->has_secret)
    *secret = read_secret (self, announced->secret_length);
  if (announced->has_new_pin)
    *new_pin = read_secret (self, announced->new_pin_length);
  if ((*secret != NULL) == announced->has_secret && (*new_pin != NULL) == announced->has_new_pin)
    return TRUE;

  g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_FAILED, "The PIN did not come");

  return FALSE;
}

/* It is neither initialised nor managed by p11-kit, and never unloaded. */
static CK_FUNCTION_LIST *
load (const char *path, GError **error)
{
  CK_FUNCTION_LIST *functions = NULL;

  p11_kit_be_quiet ();
  if (g_path_is_absolute (path))
    functions = p11_kit_module_load (path, P11_KIT_MODULE_UNMANAGED);
  if (functions != NULL)
    return functions;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MODULE_NO_LIBRARY,
                         "The file is missing");
  else
    g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MODULE_FAILED,
                         "The file is no PKCS#11 module that can be loaded");

  return NULL;
}

static gboolean
initialise (CK_FUNCTION_LIST *functions, GError **error)
{
  CK_C_INITIALIZE_ARGS arguments = { .flags = CKF_OS_LOCKING_OK };
  CK_RV rv = functions->C_Initialize (&arguments);

  /* Some modules, AKİS's among them, take nothing but NULL. */
  if (rv == CKR_ARGUMENTS_BAD || rv == CKR_CANT_LOCK || rv == CKR_NEED_TO_CREATE_THREADS)
    rv = functions->C_Initialize (NULL);
  if (rv == CKR_OK || rv == CKR_CRYPTOKI_ALREADY_INITIALIZED)
    return TRUE;

  g_set_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MODULE_FAILED,
               "C_Initialize: CK_RV 0x%08lX", rv);

  return FALSE;
}

gboolean
eonay_pkcs11_host_start (EonayPkcs11Host *self, GError **error)
{
  CK_FUNCTION_LIST *functions;
  CK_ULONG count = 0;

  if (self->functions != NULL)
    return TRUE;

  functions = load (self->path, error);
  if (functions == NULL || !initialise (functions, error))
    return FALSE;

  self->functions = functions;
  /* Some modules know no slot before that; a failure is told by whatever needs one. */
  functions->C_GetSlotList (CK_TRUE, NULL, &count);

  return TRUE;
}

static void
add_unless_trust (GPtrArray *found, CK_FUNCTION_LIST *module)
{
  char *path = p11_kit_module_get_filename (module);
  gboolean is_trust = (p11_kit_module_get_flags (module) & P11_KIT_MODULE_TRUSTED) != 0;

  if (path != NULL && g_path_is_absolute (path) && !is_trust)
    g_ptr_array_add (found, g_bytes_new (path, strlen (path)));
  free (path);
}

GPtrArray *
eonay_pkcs11_host_find_registered (void)
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  CK_FUNCTION_LIST **modules;

  p11_kit_be_quiet ();
  modules = p11_kit_modules_load (NULL, P11_KIT_MODULE_UNMANAGED);
  for (guint i = 0; modules != NULL && modules[i] != NULL; i++)
    add_unless_trust (found, modules[i]);

  return found;
}
