#include "card-probe.h"

#include <openssl/ec.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ECDSA_SIG, ECDSA_SIG_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_MD_CTX, EVP_MD_CTX_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509, X509_free)

static gboolean
is_reader (const char *thread)
{
  g_autofree char *path = g_build_filename ("/proc/self/task", thread, "comm", NULL);
  g_autofree char *name = NULL;

  return g_file_get_contents (path, &name, NULL, NULL) && g_str_has_prefix (name, "card reader");
}

/* What OpenSSL keeps for a thread goes with it, unless OpenSSL is gone first. */
static void
wait_for_readers (void)
{
  gboolean running = TRUE;

  while (running)
    {
      g_autoptr (GDir) threads = g_dir_open ("/proc/self/task", 0, NULL);
      const char *thread;

      running = FALSE;
      while (threads != NULL && (thread = g_dir_read_name (threads)) != NULL)
        running = running || is_reader (thread);
      if (running)
        g_usleep (1000);
    }
}

EonayPracticePki *
probe_pki (void)
{
  static EonayPracticePki *pki;

  if (pki == NULL)
    {
      g_autoptr (GError) error = NULL;
      pki = eonay_practice_pki_new (&error);
      g_assert_no_error (error);
      /* Now that OpenSSL has said what it does at exit: that comes after this. */
      atexit (wait_for_readers);
    }

  return pki;
}

EonayPracticeCard *
probe_card (EonayPracticeCardKind kind)
{
  g_autoptr (GError) error = NULL;
  EonayPracticeCard *card = eonay_practice_card_new (kind, probe_pki (), &error);

  g_assert_no_error (error);

  return card;
}

static GByteArray *
from_hex (const char *hex)
{
  GByteArray *bytes = g_byte_array_new ();

  for (; *hex != '\0'; hex++)
    {
      guint8 octet;

      if (*hex == ' ')
        continue;

      g_assert_true (g_ascii_isxdigit (hex[0]) && g_ascii_isxdigit (hex[1]));
      octet = (guint8) (g_ascii_xdigit_value (hex[0]) << 4 | g_ascii_xdigit_value (hex[1]));
      g_byte_array_append (bytes, &octet, 1);
      hex++;
    }

  return bytes;
}

char *
probe_to_hex (const guint8 *bytes, gsize length)
{
  GString *hex = g_string_new (NULL);

  for (gsize i = 0; i < length; i++)
    g_string_append_printf (hex, "%02x", bytes[i]);

  return g_string_free (hex, FALSE);
}

GBytes *
probe_send (EonayPracticeCard *card, const char *hex)
{
  g_autoptr (GByteArray) command = from_hex (hex);

  return eonay_practice_card_process (card, command->data, command->len);
}

void
probe_expect_at (const char *place, EonayPracticeCard *card, const char *hex, const char *expected)
{
  g_autoptr (GBytes) answer = probe_send (card, hex);
  g_autofree char *got = probe_to_hex (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer));

  if (!g_str_equal (got, expected))
    g_error ("%s: %s gave %s, not %s", place, hex, got, expected);
}

GBytes *
probe_read (EonayPracticeCard *card, const char *hex)
{
  g_autoptr (GBytes) answer = probe_send (card, hex);
  gsize length;
  const guint8 *bytes = g_bytes_get_data (answer, &length);

  g_assert_cmpuint (length, >=, 2);
  g_assert_cmphex (bytes[length - 2] << 8 | bytes[length - 1], ==, 0x9000);

  return g_bytes_new (bytes, length - 2);
}

static guint16
get_status (GBytes *answer)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (answer, &length);

  g_assert_cmpuint (length, >=, 2);

  return (guint16) (bytes[length - 2] << 8 | bytes[length - 1]);
}

GBytes *
probe_fetch (EonayPracticeCard *card, const char *hex)
{
  GByteArray *whole = g_byte_array_new ();
  g_autoptr (GBytes) answer = probe_send (card, hex);

  while (TRUE)
    {
      g_autofree char *more = g_strdup_printf ("00c00000%02x", get_status (answer) & 0xff);
      guint16 status = get_status (answer);

      g_byte_array_append (whole, g_bytes_get_data (answer, NULL),
                           (guint) g_bytes_get_size (answer) - 2);
      if (status >> 8 != 0x61)
        {
          g_assert_cmphex (status, ==, 0x9000);
          return g_byte_array_free_to_bytes (whole);
        }

      g_bytes_unref (answer);
      answer = probe_send (card, more);
    }
}

GBytes *
probe_read_file (EonayPracticeCard *card, guint piece)
{
  GByteArray *whole = g_byte_array_new ();

  while (TRUE)
    {
      g_autofree char *hex = g_strdup_printf ("00b0%04x%02x", whole->len, piece & 0xff);
      g_autoptr (GBytes) answer = probe_send (card, hex);
      guint16 status = get_status (answer);

      if (status >> 8 == 0x6c)
        {
          piece = status & 0xff;
          continue;
        }
      if (status == 0x6b00)
        return g_byte_array_free_to_bytes (whole);

      g_assert_true (status == 0x9000 || status == 0x6282);
      g_byte_array_append (whole, g_bytes_get_data (answer, NULL),
                           (guint) g_bytes_get_size (answer) - 2);
    }
}

static GBytes *
make_der (GBytes *plain)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (plain, &length);
  g_autoptr (ECDSA_SIG) value = ECDSA_SIG_new ();
  int half = (int) length / 2;
  guint8 *der = NULL;
  GBytes *made;

  g_assert_cmpint (
      ECDSA_SIG_set0 (value, BN_bin2bn (bytes, half, NULL), BN_bin2bn (bytes + half, half, NULL)),
      ==, 1);
  length = (gsize) i2d_ECDSA_SIG (value, &der);
  made = g_bytes_new (der, length);
  OPENSSL_free (der);

  return made;
}

void
probe_assert_signs (GBytes *certificate, GBytes *signature, ProbeScheme scheme, const EVP_MD *hash)
{
  const guint8 *der = g_bytes_get_data (certificate, NULL);
  g_autoptr (X509) parsed = d2i_X509 (NULL, &der, (long) g_bytes_get_size (certificate));
  g_autoptr (EVP_MD_CTX) context = EVP_MD_CTX_new ();
  g_autoptr (GBytes) value = scheme == PROBE_ECDSA_PLAIN ? make_der (signature)
                                                         : g_bytes_ref (signature);
  EVP_PKEY_CTX *parameters;

  g_assert_nonnull (parsed);
  g_assert_cmpint (
      EVP_DigestVerifyInit (context, &parameters, hash, NULL, X509_get0_pubkey (parsed)), ==, 1);
  if (scheme == PROBE_RSA_PSS)
    {
      g_assert_cmpint (EVP_PKEY_CTX_set_rsa_padding (parameters, RSA_PKCS1_PSS_PADDING), ==, 1);
      g_assert_cmpint (EVP_PKEY_CTX_set_rsa_pss_saltlen (parameters, RSA_PSS_SALTLEN_DIGEST), ==,
                       1);
    }
  g_assert_cmpint (EVP_DigestVerify (context, g_bytes_get_data (value, NULL),
                                     g_bytes_get_size (value), (const guint8 *) "", 0),
                   ==, 1);
}

void
probe_assert_atr (EonayPracticeCard *card, const char *expected)
{
  GBytes *atr = eonay_practice_card_get_atr (card);
  g_autofree char *got = probe_to_hex (g_bytes_get_data (atr, NULL), g_bytes_get_size (atr));

  g_assert_cmpstr (got, ==, expected);
}

gboolean
probe_contains (GBytes *content, const void *bytes, gsize length)
{
  gsize size;
  const guint8 *at = g_bytes_get_data (content, &size);

  return memmem (at, size, bytes, length) != NULL;
}
