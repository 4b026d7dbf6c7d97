#include "test-akis-script.h"

#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <string.h>

#include "card/apdu/eonay-apdu.h"
#include "test-slots.h"

#define MASK_LOCAL 0x7F
#define SYSTEM_LENGTH 77
#define LONGEST_ANSWER 244

static void test_akis_script_iface_init (EonayTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TestAkisScript, test_akis_script, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (EONAY_TYPE_TRANSPORT,
                                                      test_akis_script_iface_init))

static char *
to_hex (const guint8 *bytes, gsize length)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < length; i++)
    g_string_append_printf (text, "%02x", bytes[i]);

  return g_string_free (text, FALSE);
}

static guint16
select_file (TestAkisScript *self, const EonayApdu *apdu)
{
  guint fid = apdu->content_length == 2 ? (guint) (apdu->content[0] << 8 | apdu->content[1]) : 0;

  if (apdu->p1 == 0x04 || fid == 0x3D00)
    {
      self->in_application = apdu->p1 == 0x04 ? self->named && apdu->content_length == 7 &&
                                                    memcmp (apdu->content, "PKCS-15", 7) == 0
                                              : !self->named && !self->bare;
      return self->in_application ? 0x9000 : 0x6A82;
    }
  if (fid == 0x3F00)
    return 0x9000;
  if (apdu->p1 != 0x02 || !self->in_application ||
      !g_hash_table_contains (self->files, GUINT_TO_POINTER (fid)))
    return 0x6A82;
  self->selected = fid;

  return 0x9000;
}

static guint16
read_file (TestAkisScript *self, const EonayApdu *apdu, GByteArray *answer)
{
  GBytes *file = g_hash_table_lookup (self->files, GUINT_TO_POINTER (self->selected));
  gsize offset = (gsize) apdu->p1 << 8 | apdu->p2;
  gsize length;
  const guint8 *bytes;

  if (file == NULL || apdu->expected > self->longest)
    return file == NULL ? 0x6986 : 0x6700;
  bytes = g_bytes_get_data (file, &length);
  if (offset >= length)
    return 0x6B00;

  g_byte_array_append (answer, bytes + offset, (guint) MIN (length - offset, apdu->expected));

  return length - offset < apdu->expected ? 0x6282 : 0x9000;
}

static guint16
verify (TestAkisScript *self, const EonayApdu *apdu)
{
  g_autofree char *given = to_hex (apdu->content, apdu->content_length);

  if (apdu->content_length == 0)
    return (guint16) (0x63C0 | self->tries);

  self->verifies++;
  self->verified = strcmp (given, self->pin) == 0 && self->tries > 0;
  if (self->verified)
    return 0x9000;
  if (self->tries > 0)
    self->tries--;

  return (guint16) (0x63C0 | self->tries);
}

/* The card pads a DigestInfo itself. */
static guint16
compute (TestAkisScript *self, const EonayApdu *apdu, GByteArray *answer)
{
  EVP_PKEY_CTX *context = NULL;
  gsize length = 512;
  guint8 signature[512];

  if (!self->verified)
    return 0x6982;
  if (self->chosen != self->number)
    return 0x6419;

  context = EVP_PKEY_CTX_new (self->key, NULL);
  g_assert_cmpint (EVP_PKEY_sign_init (context), ==, 1);
  g_assert_cmpint (EVP_PKEY_CTX_set_rsa_padding (context, RSA_PKCS1_PADDING), ==, 1);
  g_assert_cmpint (EVP_PKEY_sign (context, signature, &length, apdu->content, apdu->content_length),
                   ==, 1);
  EVP_PKEY_CTX_free (context);
  g_byte_array_append (answer, signature, (guint) length);

  return 0x9000;
}

static guint16
execute (TestAkisScript *self, const EonayApdu *apdu, GByteArray *answer)
{
  guint8 system[SYSTEM_LENGTH] = { 0 };

  switch (apdu->ins)
    {
    case 0xA4:
      return select_file (self, apdu);
    case 0xB0:
      return read_file (self, apdu, answer);
    case 0x20:
      return verify (self, apdu);
    case 0x22:
      self->chosen = apdu->content_length == 6 ? apdu->content[5] & MASK_LOCAL : apdu->p2;
      return self->chosen == self->number ? 0x9000 : 0x6A88;
    case 0x2A:
      return compute (self, apdu, answer);
    case 0xCA:
      memcpy (system + 55, "DENEME-00001", 12);
      if (self->serves_system)
        g_byte_array_append (answer, system, sizeof system);
      return self->serves_system ? 0x9000 : 0x6D00;
    default:
      return 0x6D00;
    }
}

static GBytes *
test_akis_script_transmit (EonayTransport *transport, const guint8 *command, gsize length,
                           GError **error)
{
  TestAkisScript *self = TEST_AKIS_SCRIPT (transport);
  GByteArray *answer = g_byte_array_new ();
  g_autofree char *text = to_hex (command, length);
  EonayApduForm form;
  EonayApdu apdu;
  guint16 status;

  g_assert_true (eonay_apdu_parse (command, length, &apdu, &form));
  g_assert_cmpint (form, ==, EONAY_APDU_SHORT);
  g_string_append_printf (self->commands, "%s\n", text);
  status = execute (self, &apdu, answer);
  g_byte_array_append (answer, (const guint8[]){ (guint8) (status >> 8), (guint8) status }, 2);
  if (self->fault_at > 0 && --self->fault_at == 0)
    {
      g_byte_array_unref (answer);
      return test_from_hex (self->fault);
    }

  return g_byte_array_free_to_bytes (answer);
}

static gboolean
test_akis_script_succeed (EonayTransport *transport, GError **error)
{
  return TRUE;
}

static void
test_akis_script_disconnect (EonayTransport *transport, EonayDisposition disposition)
{
}

static gboolean
test_akis_script_end (EonayTransport *transport, EonayDisposition disposition, GError **error)
{
  return TRUE;
}

static GBytes *
test_akis_script_get_atr (EonayTransport *transport)
{
  return g_bytes_ref (TEST_AKIS_SCRIPT (transport)->atr);
}

static EonayProtocol
test_akis_script_get_protocol (EonayTransport *transport)
{
  return EONAY_PROTOCOL_T1;
}

static void
test_akis_script_iface_init (EonayTransportInterface *iface)
{
  iface->connect = test_akis_script_succeed;
  iface->disconnect = test_akis_script_disconnect;
  iface->begin = test_akis_script_succeed;
  iface->end = test_akis_script_end;
  iface->transmit = test_akis_script_transmit;
  iface->get_atr = test_akis_script_get_atr;
  iface->get_protocol = test_akis_script_get_protocol;
}

static void
test_akis_script_finalize (GObject *object)
{
  TestAkisScript *self = TEST_AKIS_SCRIPT (object);

  g_bytes_unref (self->atr);
  g_hash_table_unref (self->files);
  EVP_PKEY_free (self->key);
  g_string_free (self->commands, TRUE);

  G_OBJECT_CLASS (test_akis_script_parent_class)->finalize (object);
}

static void
test_akis_script_class_init (TestAkisScriptClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_akis_script_finalize;
}

static void
test_akis_script_init (TestAkisScript *self)
{
  self->files = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_bytes_unref);
  self->commands = g_string_new (NULL);
  self->named = TRUE;
  self->serves_system = TRUE;
  self->tries = 3;
  self->longest = LONGEST_ANSWER;
}

TestAkisScript *
test_akis_script_new (const char *atr, EVP_PKEY *key, guint number)
{
  TestAkisScript *self = g_object_new (TEST_TYPE_AKIS_SCRIPT, NULL);

  self->atr = test_from_hex (atr);
  self->key = key;
  self->number = number;

  return self;
}

void
test_akis_script_add_file (TestAkisScript *self, guint fid, const char *hex)
{
  g_hash_table_insert (self->files, GUINT_TO_POINTER (fid), test_from_hex (hex));
}

void
test_akis_script_add_certificate (TestAkisScript *self, guint fid)
{
  X509 *certificate = X509_new ();
  X509_NAME *name = X509_get_subject_name (certificate);
  guint8 *der = NULL;
  int length;

  ASN1_INTEGER_set (X509_get_serialNumber (certificate), fid);
  X509_gmtime_adj (X509_getm_notBefore (certificate), 0);
  X509_gmtime_adj (X509_getm_notAfter (certificate), 60 * 60 * 24);
  X509_NAME_add_entry_by_txt (name, "CN", MBSTRING_UTF8, (const guint8 *) "DENEME", -1, -1, 0);
  X509_set_issuer_name (certificate, name);
  X509_set_pubkey (certificate, self->key);
  g_assert_cmpint (X509_sign (certificate, self->key, EVP_sha256 ()), >, 0);
  length = i2d_X509 (certificate, &der);
  g_assert_cmpint (length, >, LONGEST_ANSWER);
  g_hash_table_insert (self->files, GUINT_TO_POINTER (fid), g_bytes_new (der, (gsize) length));
  OPENSSL_free (der);
  X509_free (certificate);
}

void
test_akis_script_restart (TestAkisScript *self)
{
  g_string_truncate (self->commands, 0);
  self->verifies = 0;
  self->verified = FALSE;
  self->in_application = FALSE;
}
