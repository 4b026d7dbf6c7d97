#include "card/eonay-card-files.h"

#include <string.h>

#include "base/eonay-error.h"
#include "card/eonay-atr.h"
#include "card/eonay-status-word.h"
#include "card/eonay-tlv.h"

#define INS_SELECT 0xA4
#define INS_READ_BINARY 0xB0
#define P1_BY_FILE_UNDER_DF 0x02
#define P1_BY_NAME 0x04
#define P1_BY_PATH 0x08
#define P1_BY_PATH_UNDER_DF 0x09
#define P1_SHORT_ID 0x80
#define P2_NO_ANSWER 0x0C

/* Longer than any certificate, and short enough for readers with a small buffer. */
#define EXTENDED_READ 0x1000
#define OFFSET_MAX 0x7FFF
#define READS_MAX 512

void
eonay_card_files_init (EonayCardFiles *self, EonayTransport *transport)
{
  g_autoptr (GBytes) atr = eonay_transport_get_atr (transport);
  gsize length = 0;
  const guint8 *bytes = atr != NULL ? g_bytes_get_data (atr, &length) : NULL;

  *self = (EonayCardFiles){ .transport = transport, .form = EONAY_APDU_SHORT };
  if (bytes != NULL && eonay_transport_get_protocol (transport) != EONAY_PROTOCOL_T0 &&
      eonay_atr_allows_extended_length (bytes, length))
    self->form = EONAY_APDU_EXTENDED;
}

static gboolean
select_file (EonayCardFiles *self, guint8 p1, guint8 p2, const guint8 *name, gsize length,
             guint16 *status, GError **error)
{
  EonayApdu apdu = { .ins = INS_SELECT, .p1 = p1, .p2 = p2, .content = name,
                     .content_length = length };
  g_autoptr (GBytes) ignored =
      eonay_apdu_exchange (self->transport, &apdu, EONAY_APDU_SHORT, status, error);

  return ignored != NULL;
}

gboolean
eonay_card_files_select_application (EonayCardFiles *self, const guint8 *aid, gsize length,
                                     guint16 *status, GError **error)
{
  return select_file (self, P1_BY_NAME, 0x00, aid, length, status, error);
}

gboolean
eonay_card_files_select (EonayCardFiles *self, const guint8 *path, gsize length, guint16 *status,
                         GError **error)
{
  guint8 full[2 * EONAY_CARD_PATH_MAX];
  gsize full_length = 0;

  if (length > EONAY_CARD_PATH_MAX)
    {
      *status = 0x6A82;
      return TRUE;
    }

  if (length > 2 && path[0] == 0x3F && path[1] == 0x00)
    return select_file (self, P1_BY_PATH, P2_NO_ANSWER, path + 2, length - 2, status, error);
  if (self->df_length == 0)
    return select_file (self, length == 2 ? P1_BY_FILE_UNDER_DF : P1_BY_PATH_UNDER_DF,
                        P2_NO_ANSWER, path, length, status, error);

  memcpy (full, self->df, self->df_length);
  full_length = self->df_length;
  if (length > 0)
    memcpy (full + full_length, path, length);
  full_length += length;

  return select_file (self, P1_BY_PATH, P2_NO_ANSWER, full, full_length, status, error);
}

static gsize
longest_read (const EonayCardFiles *self)
{
  gsize most = self->form == EONAY_APDU_EXTENDED ? EXTENDED_READ : EONAY_APDU_SHORT_EXPECTED_MAX;

  return self->longest_read != 0 ? MIN (self->longest_read, most) : most;
}

/* Appends what the card has at @offset of the file that @short_id names, if it is not 0; @at_end when it says that there is no more. */
static gboolean
read_part (EonayCardFiles *self, guint8 short_id, gsize offset, gsize wanted, GByteArray *into, gboolean *at_end,
           GError **error)
{
  EonayApdu apdu = { .ins = INS_READ_BINARY, .p1 = (guint8) (offset >> 8), .p2 = (guint8) offset };
  gsize most = longest_read (self);
  g_autoptr (GBytes) part = NULL;
  guint16 status;

  if (offset > OFFSET_MAX)
    {
      g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MALFORMED,
                           "A file on the card is longer than can be read");
      return FALSE;
    }

  apdu.expected = (guint) MIN (wanted, most);
  if (short_id != 0)
    apdu.p1 = P1_SHORT_ID | short_id;
  part = eonay_apdu_exchange (self->transport, &apdu, self->form, &status, error);
  if (part != NULL && status == 0x6700 && apdu.expected > EONAY_APDU_SHORT_EXPECTED_MAX)
    {
      self->form = EONAY_APDU_SHORT;
      apdu.expected = EONAY_APDU_SHORT_EXPECTED_MAX;
      g_clear_pointer (&part, g_bytes_unref);
      part = eonay_apdu_exchange (self->transport, &apdu, self->form, &status, error);
    }
  if (part == NULL)
    return FALSE;

  *at_end = status == 0x6282 || (status == 0x6B00 && g_bytes_get_size (part) == 0);
  if (!*at_end && !eonay_status_word_check (status, EONAY_STATUS_OF_COMMAND, "READ BINARY", error))
    return FALSE;
  if (g_bytes_get_size (part) == 0 && !*at_end)
    {
      g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PROTOCOL,
                           "READ BINARY: no content where some is due");
      return FALSE;
    }
  g_byte_array_append (into, g_bytes_get_data (part, NULL), (guint) g_bytes_get_size (part));

  return TRUE;
}

/*
 * Whether a directory's objects go on behind what was read. Less than any card's buffer holds
 * means that the file ends there.
 */
static gboolean
goes_on (const EonayCardFiles *self, const GByteArray *content, gsize last_part)
{
  EonayByteReader reader = EONAY_BYTE_READER_INIT (content->data, content->len);
  EonayTlv object;
  EonayTlvResult result;

  do
    result = eonay_tlv_read (&reader, &object);
  while (result == EONAY_TLV_OBJECT);

  if (result == EONAY_TLV_TRUNCATED)
    return TRUE;

  return result == EONAY_TLV_END && eonay_byte_reader_remaining (&reader) == 0 &&
         last_part >= MIN (longest_read (self), EONAY_APDU_SHORT_EXPECTED_MAX);
}

static GBytes *
read_directory (EonayCardFiles *self, guint8 short_id, GError **error)
{
  g_autoptr (GByteArray) content = g_byte_array_new ();
  gboolean at_end = FALSE;
  gsize before;
  guint reads = 0;

  do
    {
      before = content->len;
      /* Once read by its short identifier, the file is the selected one. */
      if (!read_part (self, before == 0 ? short_id : 0, before, EXTENDED_READ, content, &at_end,
                      error))
        return NULL;
    }
  while (!at_end && ++reads < READS_MAX && goes_on (self, content, content->len - before));

  return g_byte_array_free_to_bytes (g_steal_pointer (&content));
}

GBytes *
eonay_card_files_read_directory (EonayCardFiles *self, GError **error)
{
  return read_directory (self, 0, error);
}

GBytes *
eonay_card_files_read_directory_by_short_id (EonayCardFiles *self, guint8 short_id, GError **error)
{
  return read_directory (self, short_id, error);
}

GBytes *
eonay_card_files_read_object (EonayCardFiles *self, gsize offset, gsize count, GError **error)
{
  g_autoptr (GByteArray) content = g_byte_array_new ();
  EonayTlvResult result = EONAY_TLV_TRUNCATED;
  EonayTlv object = { .total = count };
  gboolean at_end = FALSE;

  for (guint reads = 0; result == EONAY_TLV_TRUNCATED && !at_end && reads < READS_MAX; reads++)
    {
      EonayByteReader reader;
      gsize wanted = object.total > content->len ? object.total - content->len : EXTENDED_READ;

      if (!read_part (self, 0, offset + content->len, wanted, content, &at_end, error))
        return NULL;
      reader = EONAY_BYTE_READER_INIT (content->data, content->len);
      result = eonay_tlv_read (&reader, &object);
    }

  if (result != EONAY_TLV_OBJECT)
    {
      g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MALFORMED,
                           "A file on the card does not hold what it should");
      return NULL;
    }

  g_byte_array_set_size (content, (guint) object.total);

  return g_byte_array_free_to_bytes (g_steal_pointer (&content));
}
