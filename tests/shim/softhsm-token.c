/*
 * Makes a folder with a SoftHSM2 token that holds practice keys and certificates: RSA-2048,
 * P-256 and P-384, with CKA_ID 1, 2 and 3. Usage: softhsm-token MODULE FOLDER [PIN PUK]
 *
 * Leaves in the folder: softhsm2.conf, ca.pem (the practice provider's certificates), 1.der to
 * 3.der. The PIN is 123456, the security officer's 12345678 unless told otherwise.
 */
#include <dlfcn.h>
#include <glib/gstdio.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <p11-kit/pkcs11.h>
#include <string.h>

#include "practice/pki/eonay-practice-pki.h"

#define TEXT(text) ((CK_UTF8CHAR *) (text)), strlen (text)
#define OK(call) g_assert_cmpuint (call, ==, CKR_OK)
#define ATTRIBUTES_MAX 24
#define NUMBER_MAX 1024

static CK_FUNCTION_LIST *module;
static CK_SESSION_HANDLE session;
static const char *pin = "123456";
static const char *puk = "12345678";

/* A template under construction; numbers live as long as it does. */
typedef struct {
  CK_ATTRIBUTE attributes[ATTRIBUTES_MAX];
  guint8 numbers[ATTRIBUTES_MAX][NUMBER_MAX];
  CK_ULONG count;
} Template;

static void
add (Template *self, CK_ATTRIBUTE_TYPE type, const void *value, gsize length)
{
  g_assert (self->count < ATTRIBUTES_MAX && length <= NUMBER_MAX);
  memcpy (self->numbers[self->count], value, length);
  self->attributes[self->count] = (CK_ATTRIBUTE){ type, self->numbers[self->count], length };
  self->count++;
}

static void
add_number (Template *self, CK_ATTRIBUTE_TYPE type, EVP_PKEY *key, const char *name, int length)
{
  guint8 bytes[NUMBER_MAX];
  BIGNUM *number = NULL;

  g_assert (EVP_PKEY_get_bn_param (key, name, &number) == 1);
  if (length == 0)
    length = BN_num_bytes (number);
  g_assert (BN_bn2binpad (number, bytes, length) == length);
  add (self, type, bytes, (gsize) length);
  BN_clear_free (number);
}

static void
add_flag (Template *self, CK_ATTRIBUTE_TYPE type, CK_BBOOL value)
{
  add (self, type, &value, sizeof value);
}

static void
add_common (Template *self, CK_OBJECT_CLASS object_class, guint8 id, gboolean is_private)
{
  add (self, CKA_CLASS, &object_class, sizeof object_class);
  add (self, CKA_ID, &id, sizeof id);
  add (self, CKA_LABEL, "DENEME", 6);
  add_flag (self, CKA_TOKEN, CK_TRUE);
  add_flag (self, CKA_PRIVATE, is_private ? CK_TRUE : CK_FALSE);
}

static void
create (Template *self)
{
  CK_OBJECT_HANDLE object;

  OK (module->C_CreateObject (session, self->attributes, self->count, &object));
}

static void
add_rsa (Template *self, EVP_PKEY *key)
{
  const CK_KEY_TYPE type = CKK_RSA;

  add (self, CKA_KEY_TYPE, &type, sizeof type);
  add_number (self, CKA_MODULUS, key, OSSL_PKEY_PARAM_RSA_N, 0);
  add_number (self, CKA_PUBLIC_EXPONENT, key, OSSL_PKEY_PARAM_RSA_E, 0);
  add_number (self, CKA_PRIVATE_EXPONENT, key, OSSL_PKEY_PARAM_RSA_D, 0);
  add_number (self, CKA_PRIME_1, key, OSSL_PKEY_PARAM_RSA_FACTOR1, 0);
  add_number (self, CKA_PRIME_2, key, OSSL_PKEY_PARAM_RSA_FACTOR2, 0);
  add_number (self, CKA_EXPONENT_1, key, OSSL_PKEY_PARAM_RSA_EXPONENT1, 0);
  add_number (self, CKA_EXPONENT_2, key, OSSL_PKEY_PARAM_RSA_EXPONENT2, 0);
  add_number (self, CKA_COEFFICIENT, key, OSSL_PKEY_PARAM_RSA_COEFFICIENT1, 0);
}

static void
add_ec (Template *self, EVP_PKEY *key)
{
  static const guint8 p256[] = { 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07 };
  static const guint8 p384[] = { 0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x22 };
  const CK_KEY_TYPE type = CKK_EC;
  gboolean small = EVP_PKEY_get_bits (key) == 256;

  add (self, CKA_KEY_TYPE, &type, sizeof type);
  add (self, CKA_EC_PARAMS, small ? p256 : p384, small ? sizeof p256 : sizeof p384);
  add_number (self, CKA_VALUE, key, OSSL_PKEY_PARAM_PRIV_KEY, EVP_PKEY_get_bits (key) / 8);
}

static void
store_key (EVP_PKEY *key, guint8 id)
{
  g_autofree Template *template = g_new0 (Template, 1);

  add_common (template, CKO_PRIVATE_KEY, id, TRUE);
  add_flag (template, CKA_SENSITIVE, CK_TRUE);
  add_flag (template, CKA_SIGN, CK_TRUE);
  if (EVP_PKEY_is_a (key, "RSA"))
    add_rsa (template, key);
  else
    add_ec (template, key);
  create (template);
}

static void
store_certificate (GBytes *der, guint8 id, const char *folder)
{
  CK_ATTRIBUTE value = { CKA_VALUE, (void *) g_bytes_get_data (der, NULL), g_bytes_get_size (der) };
  const CK_CERTIFICATE_TYPE type = CKC_X_509;
  g_autofree Template *template = g_new0 (Template, 1);
  g_autofree char *path = g_strdup_printf ("%s/%u.der", folder, id);

  add_common (template, CKO_CERTIFICATE, id, FALSE);
  add (template, CKA_CERTIFICATE_TYPE, &type, sizeof type);
  add (template, CKA_SUBJECT, "0", 1);
  template->attributes[template->count++] = value;
  create (template);
  g_assert (g_file_set_contents (path, value.pValue, (gssize) value.ulValueLen, NULL));
}

static void
store (EonayPracticePki *pki, EVP_PKEY *key, guint8 id, const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) der = eonay_practice_pki_issue (pki, key, "AYŞE DENEME", "10000000146",
                                                     EONAY_PRACTICE_NES, &error);

  g_assert_no_error (error);
  store_key (key, id);
  store_certificate (der, id, folder);
}

static void
open_token (void)
{
  CK_SLOT_ID slots[2];
  CK_ULONG count = G_N_ELEMENTS (slots);
  CK_UTF8CHAR label[32];

  memset (label, ' ', sizeof label);
  memcpy (label, "DENEME jetonu", 13);
  OK (module->C_Initialize (NULL));
  OK (module->C_GetSlotList (CK_FALSE, slots, &count));
  OK (module->C_InitToken (slots[0], TEXT (puk), label));
  count = G_N_ELEMENTS (slots);
  OK (module->C_GetSlotList (CK_FALSE, NULL, &count));
  OK (module->C_GetSlotList (CK_FALSE, slots, &count));
  OK (module->C_OpenSession (slots[0], CKF_SERIAL_SESSION | CKF_RW_SESSION, NULL, NULL, &session));
  OK (module->C_Login (session, CKU_SO, TEXT (puk)));
  OK (module->C_InitPIN (session, TEXT (pin)));
  OK (module->C_Logout (session));
  OK (module->C_Login (session, CKU_USER, TEXT (pin)));
}

static void
prepare_folder (const char *folder)
{
  g_autofree char *tokens = g_build_filename (folder, "tokens", NULL);
  g_autofree char *conf_path = g_build_filename (folder, "softhsm2.conf", NULL);
  g_autofree char *conf = g_strdup_printf (
      "directories.tokendir = %s\nobjectstore.backend = file\nlog.level = ERROR\n", tokens);

  g_assert_cmpint (g_mkdir_with_parents (tokens, 0700), ==, 0);
  g_assert (g_file_set_contents (conf_path, conf, -1, NULL));
  g_setenv ("SOFTHSM2_CONF", conf_path, TRUE);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayPracticePki) pki = NULL;
  g_autofree char *ca = NULL;
  EVP_PKEY *p256 = EVP_EC_gen ("P-256");
  CK_C_GetFunctionList get;
  void *library;

  g_assert_true (argc == 3 || argc == 5);
  if (argc == 5)
    {
      pin = argv[3];
      puk = argv[4];
    }
  library = dlopen (argv[1], RTLD_NOW | RTLD_LOCAL);
  g_assert_nonnull (library);
  get = dlsym (library, "C_GetFunctionList");
  prepare_folder (argv[2]);
  OK (get (&module));
  open_token ();

  pki = eonay_practice_pki_new (&error);
  g_assert_no_error (error);
  ca = g_build_filename (argv[2], "ca.pem", NULL);
  g_assert (g_file_set_contents (ca, eonay_practice_pki_get_ca_pem (pki), -1, NULL));
  store (pki, eonay_practice_pki_get_key (pki, EONAY_PRACTICE_KEY_RSA), 1, argv[2]);
  store (pki, p256, 2, argv[2]);
  store (pki, eonay_practice_pki_get_key (pki, EONAY_PRACTICE_KEY_EC), 3, argv[2]);
  EVP_PKEY_free (p256);
  OK (module->C_Finalize (NULL));

  return 0;
}
