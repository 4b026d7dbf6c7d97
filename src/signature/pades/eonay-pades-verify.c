#include <string.h>

#include "signature/certificate/eonay-crypto.h"
#include "signature/pades/eonay-pades.h"
#include "signature/verify/eonay-verifier.h"

#define BYTE_RANGE "/ByteRange"
#define HEADER "%PDF-"
#define CMS_MAX (16 * 1024 * 1024)

/* Two ranges, the first from the beginning, with the gap between them. */
typedef struct {
  const guint8 *bytes;
  gsize before;
  gsize after;
  gsize length;
} Ranges;

static const guint8 *
skip_blanks (const guint8 *at, const guint8 *end)
{
  while (at < end && (*at == '\0' || g_ascii_isspace ((char) *at)))
    at++;

  return at;
}

static const guint8 *
read_number (const guint8 *at, const guint8 *end, gsize *number)
{
  const guint8 *start = skip_blanks (at, end);

  *number = 0;
  for (at = start; at < end && g_ascii_isdigit ((char) *at) && at - start < 12; at++)
    *number = *number * 10 + (gsize) (*at - '0');

  return at == start ? NULL : at;
}

/* Returns: whether the array after a /ByteRange is one over all of the file but hexadecimal digits */
static gboolean
read_ranges (const guint8 *at, const guint8 *end, Ranges *ranges)
{
  gsize numbers[4];

  at = skip_blanks (at, end);
  if (at >= end || *at != '[')
    return FALSE;
  at++;
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      at = read_number (at, end, &numbers[i]);
      if (at == NULL)
        return FALSE;
    }
  if (numbers[0] != 0 || numbers[1] > ranges->length || numbers[2] > ranges->length ||
      numbers[1] + 2 > numbers[2] || numbers[2] - numbers[1] > CMS_MAX ||
      numbers[3] != ranges->length - numbers[2])
    return FALSE;

  ranges->before = numbers[1];
  ranges->after = numbers[2];

  return ranges->bytes[numbers[1]] == '<' && ranges->bytes[numbers[2] - 1] == '>';
}

/* Only one can be over all of the file: it is the last. */
static gboolean
find_ranges (GBytes *pdf, Ranges *ranges)
{
  const guint8 *end, *at;
  gsize length = strlen (BYTE_RANGE);

  ranges->bytes = g_bytes_get_data (pdf, &ranges->length);
  end = ranges->bytes + ranges->length;
  for (at = end; at > ranges->bytes;)
    {
      at = memrchr (ranges->bytes, '/', (gsize) (at - ranges->bytes));
      if (at == NULL)
        return FALSE;
      if ((gsize) (end - at) > length && memcmp (at, BYTE_RANGE, length) == 0 &&
          read_ranges (at + length, end, ranges))
        return TRUE;
    }

  return FALSE;
}

/* Returns: the length of the DER element that begins the bytes; 0 if there is none */
static gsize
measure (const guint8 *bytes, gsize length)
{
  gsize content = 0;
  guint n_bytes;

  if (length < 2)
    return 0;
  if (bytes[1] < 0x80)
    return 2 + (gsize) bytes[1];

  n_bytes = bytes[1] & 0x7f;
  if (n_bytes == 0 || n_bytes > 4 || length < 2 + (gsize) n_bytes)
    return 0;
  for (guint i = 0; i < n_bytes; i++)
    content = content << 8 | bytes[2 + i];

  return 2 + n_bytes + content;
}

/* Returns: (transfer full) (nullable): what the hexadecimal digits say, without the zeros behind it */
static GBytes *
read_signature (const Ranges *ranges)
{
  const char *digits = (const char *) ranges->bytes + ranges->before + 1;
  gsize length = (ranges->after - ranges->before - 2) / 2;
  g_autofree guint8 *bytes = g_malloc (length + 1);
  gsize der;

  for (gsize i = 0; i < length; i++)
    {
      int high = g_ascii_xdigit_value (digits[2 * i]);
      int low = g_ascii_xdigit_value (digits[2 * i + 1]);

      if (high < 0 || low < 0)
        return NULL;
      bytes[i] = (guint8) (high << 4 | low);
    }
  der = measure (bytes, length);
  if (der == 0 || der > length)
    return NULL;
  for (gsize i = der; i < length; i++)
    if (bytes[i] != 0)
      return NULL;

  return g_bytes_new (bytes, der);
}

static GBytes *
digest_ranges (int nid, gpointer user_data)
{
  const Ranges *ranges = user_data;
  const EonayCryptoPiece pieces[] = { { ranges->bytes, ranges->before },
                                      { ranges->bytes + ranges->after,
                                        ranges->length - ranges->after } };

  return eonay_crypto_digest_pieces (nid, pieces, G_N_ELEMENTS (pieces));
}

EonayCertificate *
eonay_pades_verify (GBytes *pdf, EonayTrust *trust, GDateTime *at, GError **error)
{
  g_autoptr (GBytes) der = NULL;
  g_autoptr (EonayVerifierContent) result = NULL;
  Ranges ranges;

  g_return_val_if_fail (pdf != NULL, NULL);

  ranges.bytes = g_bytes_get_data (pdf, &ranges.length);
  if (ranges.length < strlen (HEADER) || memcmp (ranges.bytes, HEADER, strlen (HEADER)) != 0)
    {
      g_set_error_literal (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_PDF_MALFORMED,
                           "Not a PDF");
      return NULL;
    }
  if (find_ranges (pdf, &ranges))
    der = read_signature (&ranges);
  if (der == NULL)
    {
      g_set_error_literal (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_MALFORMED,
                           "No signature that covers the whole file");
      return NULL;
    }

  result = eonay_verifier_verify_detached (der, digest_ranges, &ranges, trust, at, error);

  return result != NULL ? g_object_ref (result->certificate) : NULL;
}
