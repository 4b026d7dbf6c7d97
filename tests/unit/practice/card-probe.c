#include "card-probe.h"

EonayPracticePki *
probe_pki (void)
{
  static EonayPracticePki *pki;

  if (pki == NULL)
    {
      g_autoptr (GError) error = NULL;

      pki = eonay_practice_pki_new (&error);
      g_assert_no_error (error);
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
  g_autofree char *got
    = probe_to_hex (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer));

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
