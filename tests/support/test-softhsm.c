#include "test-softhsm.h"
#include "test-consent.h"

#include <glib/gstdio.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <string.h>

static char *folder;

static char *
path_of (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static void
run (const char *const *argv)
{
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

void
test_softhsm_set_up (void)
{
  const char *argv[] = { g_getenv ("TEST_SOFTHSM_TOKEN"), g_getenv ("EONAY_SHIM_MODULE"), NULL,
                         NULL };
  g_autofree char *conf = NULL;
  g_autofree char *log = NULL;
  g_autofree char *state = NULL;

  folder = g_dir_make_tmp ("eonay-softhsm-XXXXXX", NULL);
  g_assert_nonnull (folder);
  argv[2] = folder;
  run (argv);
  conf = path_of ("softhsm2.conf");
  log = path_of ("log");
  state = path_of ("state");
  /* Only the shim: neither SoftHSM by itself, nor the machine's readers. */
  g_setenv ("EONAY_SHIM_CONF", conf, TRUE);
  g_setenv ("EONAY_PKCS11_HOST_FOLDER", folder, TRUE);
  g_setenv ("SOFTHSM2_CONF", "/nonexistent", TRUE);
  g_setenv ("PCSCLITE_CSOCK_NAME", "/nonexistent", TRUE);
  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  g_setenv ("EONAY_SHIM_LOG", log, TRUE);
  g_setenv ("EONAY_SHIM_STATE", state, TRUE);
}

void
test_softhsm_tear_down (void)
{
  const char *const argv[] = { "rm", "-rf", folder, NULL };

  /* The last host may still be writing its farewell into the log. */
  while (g_file_test (folder, G_FILE_TEST_EXISTS))
    g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL,
                  NULL, NULL, NULL, NULL, NULL, NULL);
  g_clear_pointer (&folder, g_free);
}

void
test_softhsm_set_faults (const char *faults)
{
  g_setenv ("EONAY_SHIM", faults, TRUE);
  g_remove (g_getenv ("EONAY_SHIM_LOG"));
  g_remove (g_getenv ("EONAY_SHIM_STATE"));
}

char *
test_softhsm_copy_module (const char *name)
{
  g_autoptr (GFile) original = g_file_new_for_path (g_getenv ("TEST_SHIM"));
  char *path = path_of (name);
  g_autoptr (GFile) copy = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  g_file_copy (original, copy, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);

  return path;
}

void
test_softhsm_spend_tries (guint tries)
{
  g_autofree char *count = g_strdup_printf ("%u", tries);

  g_assert_true (g_file_set_contents (g_getenv ("EONAY_SHIM_STATE"), count, -1, NULL));
}

guint
test_softhsm_count_calls (const char *call)
{
  g_autofree char *log = NULL;
  g_auto (GStrv) lines = NULL;
  guint count = 0;

  if (!g_file_get_contents (g_getenv ("EONAY_SHIM_LOG"), &log, NULL, NULL))
    return 0;

  lines = g_strsplit (log, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    count += g_str_equal (lines[i], call);

  return count;
}

EonayPkcs11Module *
test_softhsm_new_module (guint timeout)
{
  const EonayPkcs11Timeout all = { timeout, timeout, timeout };

  return eonay_pkcs11_module_new (g_getenv ("TEST_SHIM"), timeout > 0 ? &all : NULL);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

GPtrArray *
test_softhsm_list (EonayPkcs11Module *module, const char *const *skip, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  eonay_pkcs11_module_list_async (module, skip, NULL, on_listed, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return eonay_pkcs11_module_list_finish (module, result, error);
}

EonayToken *
test_softhsm_new_token (EonayPkcs11Module *module)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) slots = test_softhsm_list (module, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (slots->len, ==, 1);

  return eonay_pkcs11_token_new (module, g_ptr_array_steal_index (slots, 0));
}

GBytes *
test_softhsm_get_der (guint index)
{
  g_autofree char *name = g_strdup_printf ("%u.der", index + 1);
  g_autofree char *path = path_of (name);
  char *bytes;
  gsize length;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));

  return g_bytes_new_take (bytes, length);
}

EonayTokenCertificate *
test_softhsm_get_certificate (EonayToken *token, guint index)
{
  g_autoptr (GBytes) der = test_softhsm_get_der (index);
  GListModel *certificates = eonay_token_get_certificates (token);

  g_assert_cmpuint (g_list_model_get_n_items (certificates), ==, TEST_N_CERTIFICATES);
  for (guint i = 0; i < TEST_N_CERTIFICATES; i++)
    {
      g_autoptr (EonayTokenCertificate) certificate = g_list_model_get_item (certificates, i);

      if (g_bytes_equal (eonay_token_certificate_get_der (certificate), der))
        return g_steal_pointer (&certificate);
    }
  g_assert_not_reached ();
}

EonaySignatureScheme
test_softhsm_get_scheme (guint index)
{
  static const EonaySignatureScheme schemes[] = { EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256,
                                                  EONAY_SIGNATURE_SCHEME_ECDSA_SHA256,
                                                  EONAY_SIGNATURE_SCHEME_ECDSA_SHA384 };

  return schemes[index];
}

static GBytes *
make_message (guint number)
{
  g_autofree char *text = g_strdup_printf ("deneme %u", number);

  return g_bytes_new (text, strlen (text));
}

static GBytes *
hash (GBytes *message, EonaySignatureScheme scheme)
{
  const EVP_MD *md = eonay_signature_scheme_get_digest_length (scheme) == 48 ? EVP_sha384 ()
                                                                             : EVP_sha256 ();
  guint8 digest[EVP_MAX_MD_SIZE];
  unsigned int length;

  g_assert_cmpint (EVP_Digest (g_bytes_get_data (message, NULL), g_bytes_get_size (message), digest,
                               &length, md, NULL),
                   ==, 1);

  return g_bytes_new (digest, length);
}

static EonaySecret *
secret (const char *text)
{
  return text != NULL ? eonay_secret_new (text, strlen (text)) : NULL;
}

static void
begin_sign (EonayToken *token, guint index, EonaySignatureScheme scheme, const char *pin,
            guint n_digests, gboolean with_messages, EonayTokenProgress *progress,
            GCancellable *cancellable, TestOutcome *outcome)
{
  g_autoptr (EonayTokenCertificate) certificate = test_softhsm_get_certificate (token, index);
  g_autoptr (GPtrArray) digests = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  test_outcome_clear (outcome);
  for (guint i = 0; i < n_digests; i++)
    {
      g_ptr_array_add (messages, make_message (i));
      g_ptr_array_add (digests, hash (messages->pdata[i], scheme));
    }
  eonay_token_sign_messages_async (
      token, certificate, scheme, digests, with_messages ? messages : NULL, progress, secret (pin),
      TEST_PIN_CONSENT (token, certificate), cancellable, test_outcome_take_signatures, outcome);
}

void
test_softhsm_sign (EonayToken *token, guint index, EonaySignatureScheme scheme, const char *pin,
                   guint n_digests, gboolean with_messages, TestOutcome *outcome)
{
  begin_sign (token, index, scheme, pin, n_digests, with_messages, NULL, NULL, outcome);
  test_outcome_wait (outcome);
}

void
test_softhsm_begin_sign (EonayToken *token, guint index, EonaySignatureScheme scheme,
                         guint n_digests, EonayTokenProgress *progress, GCancellable *cancellable,
                         TestOutcome *outcome)
{
  begin_sign (token, index, scheme, TEST_PIN, n_digests, FALSE, progress, cancellable, outcome);
}

void
test_softhsm_change_pin (EonayToken *token, const char *pin, const char *new_pin,
                         TestOutcome *outcome)
{
  test_outcome_clear (outcome);
  eonay_token_change_pin_async (token, NULL, secret (pin), secret (new_pin),
                                TEST_PIN_CONSENT (token, NULL), NULL, test_outcome_take_result,
                                outcome);
  test_outcome_wait (outcome);
}

void
test_softhsm_unblock (EonayToken *token, const char *puk, const char *new_pin, TestOutcome *outcome)
{
  test_outcome_clear (outcome);
  eonay_token_unblock_async (token, NULL, secret (puk), secret (new_pin),
                             TEST_PUK_CONSENT (token, NULL), NULL, test_outcome_take_result,
                             outcome);
  test_outcome_wait (outcome);
}

void
test_softhsm_refresh (EonayToken *token, TestOutcome *outcome)
{
  test_outcome_clear (outcome);
  eonay_token_refresh_async (token, NULL, test_outcome_take_result, outcome);
  test_outcome_wait (outcome);
}

static void
assert_verifies (EVP_PKEY *key, EonaySignatureScheme scheme, guint number, GBytes *signature)
{
  EVP_MD_CTX *context = EVP_MD_CTX_new ();
  EVP_PKEY_CTX *padding = NULL;
  g_autoptr (GBytes) message = make_message (number);
  const EVP_MD *md = scheme == EONAY_SIGNATURE_SCHEME_ECDSA_SHA384 ? EVP_sha384 () : EVP_sha256 ();

  g_assert_cmpint (EVP_DigestVerifyInit (context, &padding, md, NULL, key), ==, 1);
  if (scheme == EONAY_SIGNATURE_SCHEME_RSA_PSS_SHA256)
    {
      g_assert_cmpint (EVP_PKEY_CTX_set_rsa_padding (padding, RSA_PKCS1_PSS_PADDING), ==, 1);
      g_assert_cmpint (EVP_PKEY_CTX_set_rsa_pss_saltlen (padding, 32), ==, 1);
    }
  g_assert_cmpint (EVP_DigestVerify (context, g_bytes_get_data (signature, NULL),
                                     g_bytes_get_size (signature), g_bytes_get_data (message, NULL),
                                     g_bytes_get_size (message)),
                   ==, 1);
  EVP_MD_CTX_free (context);
}

void
test_softhsm_assert_signed (const TestOutcome *outcome, guint index, EonaySignatureScheme scheme,
                            guint n_digests)
{
  g_autoptr (GBytes) der = test_softhsm_get_der (index);
  gsize length;
  const guint8 *bytes = g_bytes_get_data (der, &length);
  X509 *certificate = d2i_X509 (NULL, &bytes, (long) length);

  g_assert_no_error (outcome->error);
  g_assert_cmpuint (outcome->signatures->len, ==, n_digests);
  for (guint i = 0; i < n_digests; i++)
    assert_verifies (X509_get0_pubkey (certificate), scheme, i, outcome->signatures->pdata[i]);
  X509_free (certificate);
}
