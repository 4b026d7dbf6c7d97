#include "card/akis/eonay-akis-serial.h"

#include "base/eonay-byte-reader.h"
#include "base/eonay-error.h"
#include "card/akis/eonay-akis-files.h"
#include "card/pkcs15/eonay-pkcs15-parser.h"

#define OK 0x9000
#define INS_GET_DATA 0xCA
#define P1_SYSTEM 0x01
#define P2_SYSTEM 0x06
#define SYSTEM_LENGTH 0x4D
#define SERIAL_OFFSET 55
#define SERIAL_LENGTH 12

static const guint8 path_token_info[] = { 0x50, 0x32 };

static char *
to_hex (const guint8 *bytes, gsize length)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < length; i++)
    g_string_append_printf (text, "%02x", bytes[i]);

  return g_string_free (text, FALSE);
}

/* Inferred: a serial number that is all letters and digits is the one printed on the card. */
static char *
describe (const guint8 *bytes, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (bytes[i]))
      return to_hex (bytes, length);

  return g_strndup ((const char *) bytes, length);
}

/* Inferred for every family but v1.0; a card that does not know it says so, at no cost. */
static gboolean
ask (EonayTransport *transport, char **serial, GError **error)
{
  const EonayApdu apdu = { .ins = INS_GET_DATA,
                           .p1 = P1_SYSTEM,
                           .p2 = P2_SYSTEM,
                           .expected = SYSTEM_LENGTH };
  g_autoptr (GBytes) answer = NULL;
  EonayByteReader reader;
  const guint8 *bytes;
  gsize length;
  guint16 status;

  answer = eonay_apdu_exchange (transport, &apdu, EONAY_APDU_SHORT, &status, error);
  if (answer == NULL)
    return FALSE;

  bytes = g_bytes_get_data (answer, &length);
  reader = EONAY_BYTE_READER_INIT (bytes, length);
  if (status == OK && eonay_byte_reader_skip (&reader, SERIAL_OFFSET) &&
      eonay_byte_reader_take (&reader, SERIAL_LENGTH, &bytes))
    *serial = describe (bytes, SERIAL_LENGTH);

  return TRUE;
}

gboolean
eonay_akis_serial_read (EonayCardFiles *files, const EonayAkisFamily *family, char **serial,
                        char **label, GError **error)
{
  const EonayCardPlace place = { .path = NULL };
  g_autoptr (EonayPkcs15Objects) found = NULL;
  g_autoptr (GBytes) content = NULL;
  g_autoptr (GError) local = NULL;
  gboolean selected = FALSE;
  guint16 status;

  *serial = NULL;
  *label = NULL;
  if (!ask (files->transport, serial, error))
    return FALSE;
  if (*serial != NULL)
    return TRUE;

  if (!eonay_akis_files_select_application (files, family, &selected, error) ||
      !eonay_akis_files_select (files, path_token_info, sizeof path_token_info, &status, error))
    return FALSE;
  if (!selected || status != OK)
    return TRUE;
  if (!eonay_card_files_read_directory (files, &place, &content, &status, &local))
    return eonay_card_files_may_do_without (&local, error);

  found = eonay_pkcs15_objects_new ();
  eonay_pkcs15_parser_read_token_info (found, g_bytes_get_data (content, NULL),
                                       g_bytes_get_size (content));
  *serial = g_steal_pointer (&found->serial);
  *label = g_steal_pointer (&found->label);

  return TRUE;
}
