#include "base/host/eonay-frame.h"
#include "card/pkcs11/eonay-pkcs11-slot.h"
#include "card/pkcs15/eonay-pkcs15-parser.h"
#include "card/reader/eonay-reader.h"

#include <string.h>

/* What cards, modules and readers call themselves, with what would hide or turn text in it. */

#define HOSTILE "A\u202eB\x1b[2J\u3164s\u0336\u0489\ufffc"
#define MARKED "A⟦U+202E⟧B⟦U+001B⟧[2J⟦U+3164⟧s⟦U+0336⟧⟦U+0489⟧⟦U+FFFC⟧"

static void
put_tlv (GByteArray *der, guint8 tag, const void *value, guint length)
{
  const guint8 head[] = { tag, (guint8) length };

  g_assert_cmpuint (length, <, 0x80);
  g_byte_array_append (der, head, sizeof head);
  g_byte_array_append (der, value, length);
}

static void
wrap (GByteArray *der, guint8 tag)
{
  g_autofree guint8 *inside = g_memdup2 (der->data, der->len);
  guint length = der->len;

  g_byte_array_set_size (der, 0);
  put_tlv (der, tag, inside, length);
}

static char *
read_token_label (const char *label, gsize length)
{
  g_autoptr (GByteArray) info = g_byte_array_new ();
  g_autoptr (EonayPkcs15Objects) objects = eonay_pkcs15_objects_new ();

  put_tlv (info, 0x80, label, (guint) length);
  wrap (info, 0x30);
  eonay_pkcs15_parser_read_token_info (objects, info->data, info->len);

  return g_steal_pointer (&objects->label);
}

static void
test_pkcs15_token (void)
{
  g_autofree char *hostile = read_token_label (HOSTILE, strlen (HOSTILE));
  g_autofree char *padded = read_token_label ("AKIS  \0\0\0", 9);
  g_autofree char *apart = read_token_label ("I\u0307mza Kart\u0131", 13);

  g_assert_cmpstr (hostile, ==, MARKED);
  g_assert_cmpstr (padded, ==, "AKIS");
  g_assert_cmpstr (apart, ==, "İmza Kartı");
}

/* CertificateObject: label; iD; a path to the file. */
static void
test_pkcs15_certificate (void)
{
  g_autoptr (EonayPkcs15Objects) objects = eonay_pkcs15_objects_new ();
  g_autoptr (GByteArray) entry = g_byte_array_new ();
  g_autoptr (GByteArray) label = g_byte_array_new ();
  g_autoptr (GByteArray) id = g_byte_array_new ();
  g_autoptr (GByteArray) path = g_byte_array_new ();

  put_tlv (label, 0x0c, HOSTILE, strlen (HOSTILE));
  wrap (label, 0x30);
  put_tlv (id, 0x04, "\1", 1);
  wrap (id, 0x30);
  put_tlv (path, 0x04, "\x3f\x00\x50\x15", 4);
  wrap (path, 0x30);
  wrap (path, 0x30);
  wrap (path, 0xa1);
  g_byte_array_append (entry, label->data, label->len);
  g_byte_array_append (entry, id->data, id->len);
  g_byte_array_append (entry, path->data, path->len);
  wrap (entry, 0x30);

  g_assert_cmpuint (eonay_pkcs15_parser_read_objects (objects, EONAY_PKCS15_CERTIFICATES,
                                                      entry->data, entry->len, NULL),
                    ==, 1);
  g_assert_cmpstr (((EonayPkcs15Certificate *) objects->certificates->pdata[0])->label, ==, MARKED);
}

/* A host that was taken over by its module sends what it likes; controls are no answer at all. */
static void
test_pkcs11_slot (void)
{
  const char *sent = "A\u202eB\u3164s\u0336\u0489\ufffc";
  const char *shown = "A⟦U+202E⟧B⟦U+3164⟧s⟦U+0336⟧⟦U+0489⟧⟦U+FFFC⟧";
  g_autoptr (EonayPkcs11Slot) slot = eonay_pkcs11_slot_new ();
  g_autoptr (EonayPkcs11Slot) taken = NULL;
  g_autoptr (GVariant) encoded = NULL;
  g_autofree char *line = eonay_frame_read_text (sent);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);
  EonayTokenCertificate *certificate;

  slot->description = g_strdup (sent);
  slot->label = g_strdup (sent);
  slot->serial = g_strdup (sent);
  slot->model = g_strdup (sent);
  g_ptr_array_add (slot->certificates,
                   eonay_token_certificate_new (bytes, bytes, sent, TRUE, TRUE));
  encoded = g_variant_ref_sink (eonay_pkcs11_slot_encode (slot));
  taken = eonay_pkcs11_slot_decode (encoded);

  g_assert_cmpstr (line, ==, shown);
  g_assert_nonnull (taken);
  g_assert_cmpstr (taken->description, ==, shown);
  g_assert_cmpstr (taken->label, ==, shown);
  g_assert_cmpstr (taken->serial, ==, shown);
  g_assert_cmpstr (taken->model, ==, shown);
  certificate = taken->certificates->pdata[0];
  g_assert_cmpstr (eonay_token_certificate_get_label (certificate), ==, shown);
}

static void
test_reader (void)
{
  g_autoptr (EonayReader) reader = eonay_reader_new_lent (
      HOSTILE, NULL, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "no card"));

  g_assert_cmpstr (eonay_reader_get_name (reader), ==, MARKED);
  g_assert_null (eonay_reader_get_slot (reader));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/card/names/pkcs15-token", test_pkcs15_token);
  g_test_add_func ("/card/names/pkcs15-certificate", test_pkcs15_certificate);
  g_test_add_func ("/card/names/pkcs11-slot", test_pkcs11_slot);
  g_test_add_func ("/card/names/reader", test_reader);

  return g_test_run ();
}
