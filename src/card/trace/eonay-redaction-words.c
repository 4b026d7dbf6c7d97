#include "card/trace/eonay-redaction.h"

/* As many letters as the shortest names have. */
#define WORD_MIN 3

/* ISO 8859 has letters from C0 on. */
static gboolean
may_be_letter (guint8 byte)
{
  return g_ascii_isalpha (byte) || byte >= 0xC0;
}

static void
blank_runs_of_letters (guint8 *bytes, gsize length)
{
  for (gsize start = 0, end = 0; start < length; start = end + 1)
    {
      guint plain = 0;

      for (end = start; end < length && may_be_letter (bytes[end]); end++)
        plain += g_ascii_isalpha (bytes[end]);
      if (end - start >= WORD_MIN && plain >= WORD_MIN - 1)
        eonay_redaction_blank_all (bytes + start, end - start);
    }
}

/* Of UTF-16, every second byte is 00, or 01 for some Turkish letters. */
static gboolean
is_wide_text (const guint8 *bytes, gsize length)
{
  gboolean big = TRUE, little = TRUE;

  for (gsize i = 0; i + 1 < length; i += 2)
    {
      big = big && bytes[i] <= 0x01 && bytes[i + 1] >= ' ';
      little = little && bytes[i + 1] <= 0x01 && bytes[i] >= ' ';
    }

  return length >= 2 * WORD_MIN && (big || little);
}

void
eonay_redaction_blank_words (guint8 *bytes, gsize length)
{
  if (is_wide_text (bytes, length))
    {
      eonay_redaction_blank_all (bytes, length);
      return;
    }

  eonay_redaction_blank_long_numbers (bytes, length);
  blank_runs_of_letters (bytes, length);
}
