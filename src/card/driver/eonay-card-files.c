#include "card/driver/eonay-card-files.h"

#include <string.h>

#include "base/eonay-error.h"
#include "card/apdu/eonay-atr.h"
#include "card/apdu/eonay-status-word.h"
#include "card/apdu/eonay-tlv.h"

#define OK 0x9000
#define END_OF_FILE 0x6282
#define WRONG_LENGTH 0x6700
#define NOT_FOUND 0x6A82
#define WRONG_P1_P2 0x6A86
#define OUTSIDE_FILE 0x6B00
#define INS_SELECT 0xA4
#define INS_READ_BINARY 0xB0
#define P1_BY_FILE_UNDER_DF 0x02
#define P1_BY_NAME 0x04
#define P1_BY_PATH 0x08
#define P1_BY_PATH_UNDER_DF 0x09
#define P1_SHORT_ID 0x80
#define P2_FCI 0x00
#define P2_NO_ANSWER 0x0C
#define TAG_FCP 0x62
#define TAG_FCI 0x6F
#define TAG_SIZE 0x80
#define TAG_SIZE_WITH_STRUCTURE 0x81

/* Longer than any certificate, and short enough for readers with a small buffer. */
#define EXTENDED_READ 0x1000
#define OFFSET_MAX 0x7FFF
#define READS_MAX 512

/* A file that is being read. @size: 0 when unknown */
typedef struct {
  guint8 short_id;
  gsize size;
  GByteArray *content;
  gboolean at_end;
} Reading;

typedef gboolean (*ReadContent) (EonayCardFiles *self, const EonayCardPlace *place,
                                 Reading *reading, GError **error);

void
eonay_card_files_init (EonayCardFiles *self, EonayTransport *transport)
{
  g_autoptr (GBytes) atr = eonay_transport_get_atr (transport);
  gsize length = 0;
  const guint8 *bytes = atr != NULL ? g_bytes_get_data (atr, &length) : NULL;

  *self = (EonayCardFiles){ .transport = transport, .form = EONAY_APDU_SHORT };
  if (bytes != NULL && eonay_atr_allows_extended_length (bytes, length))
    eonay_card_files_use_extended (self);
}

void
eonay_card_files_use_extended (EonayCardFiles *self)
{
  if (eonay_transport_get_protocol (self->transport) != EONAY_PROTOCOL_T0 &&
      eonay_transport_takes_extended (self->transport))
    self->form = EONAY_APDU_EXTENDED;
}

static GBytes *
select_by (EonayCardFiles *self, guint8 p1, guint8 p2, const guint8 *name, gsize length,
           guint16 *status, GError **error)
{
  EonayApdu apdu = { .ins = INS_SELECT,
                     .p1 = p1,
                     .p2 = p2,
                     .content = name,
                     .content_length = length };

  if (p1 != P1_BY_NAME && p2 == P2_FCI)
    apdu.expected = EONAY_APDU_SHORT_EXPECTED_MAX;

  return eonay_apdu_exchange (self->transport, &apdu, EONAY_APDU_SHORT, status, error);
}

gboolean
eonay_card_files_select_application (EonayCardFiles *self, const guint8 *aid, gsize length,
                                     guint16 *status, GError **error)
{
  g_autoptr (GBytes) ignored = select_by (self, P1_BY_NAME, P2_FCI, aid, length, status, error);

  return ignored != NULL;
}

static GBytes *
select_path (EonayCardFiles *self, guint8 p2, const guint8 *path, gsize length, guint16 *status,
             GError **error)
{
  guint8 full[2 * EONAY_CARD_PATH_MAX];

  if (length > EONAY_CARD_PATH_MAX)
    {
      *status = NOT_FOUND;
      return g_bytes_new (NULL, 0);
    }

  if (length > 2 && path[0] == 0x3F && path[1] == 0x00)
    return select_by (self, P1_BY_PATH, p2, path + 2, length - 2, status, error);
  if (self->df_length == 0)
    return select_by (self, length == 2 ? P1_BY_FILE_UNDER_DF : P1_BY_PATH_UNDER_DF, p2, path,
                      length, status, error);

  memcpy (full, self->df, self->df_length);
  if (length > 0)
    memcpy (full + self->df_length, path, length);

  return select_by (self, P1_BY_PATH, p2, full, self->df_length + length, status, error);
}

gboolean
eonay_card_files_select (EonayCardFiles *self, const guint8 *path, gsize length, guint16 *status,
                         GError **error)
{
  g_autoptr (GBytes) ignored = select_path (self, P2_NO_ANSWER, path, length, status, error);

  return ignored != NULL;
}

/* What the file control information says (ISO 7816-4, 7.4.3); 0 if it does not say. */
static gsize
size_from (GBytes *information)
{
  gsize length, size = 0;
  const guint8 *bytes = g_bytes_get_data (information, &length);
  EonayTlv parameters, part;

  if ((!eonay_tlv_find (bytes, length, TAG_FCI, &parameters) &&
       !eonay_tlv_find (bytes, length, TAG_FCP, &parameters)) ||
      (!eonay_tlv_find (parameters.value, parameters.length, TAG_SIZE, &part) &&
       !eonay_tlv_find (parameters.value, parameters.length, TAG_SIZE_WITH_STRUCTURE, &part)) ||
      part.length > 4)
    return 0;

  for (gsize i = 0; i < part.length; i++)
    size = size << 8 | part.value[i];

  return size;
}

/* With short lengths it is cheaper to read until the content ends than to ask for its size. */
static gboolean
select_to_read (EonayCardFiles *self, const EonayCardPlace *place, Reading *reading,
                guint16 *status, GError **error)
{
  gboolean ask = self->form == EONAY_APDU_EXTENDED;
  g_autoptr (GBytes) information = select_path (self, ask ? P2_FCI : P2_NO_ANSWER, place->path,
                                                place->length, status, error);

  if (information != NULL && ask && *status == WRONG_P1_P2)
    return eonay_card_files_select (self, place->path, place->length, status, error);
  if (information == NULL)
    return FALSE;

  reading->size = size_from (information);

  return TRUE;
}

static gsize
longest_read (const EonayCardFiles *self)
{
  gsize most = self->form == EONAY_APDU_EXTENDED ? EXTENDED_READ : EONAY_APDU_SHORT_EXPECTED_MAX;

  return self->longest_read != 0 ? MIN (self->longest_read, most) : most;
}

static GBytes *
exchange (EonayCardFiles *self, EonayApdu *apdu, gsize wanted, gboolean sized, guint16 *status,
          GError **error)
{
  GBytes *part;

  if (self->form == EONAY_APDU_EXTENDED)
    {
      apdu->expected = (guint) MIN (wanted, longest_read (self));
      part = eonay_apdu_exchange (self->transport, apdu,
                                  sized ? EONAY_APDU_ALWAYS_EXTENDED : EONAY_APDU_EXTENDED, status,
                                  error);
      if (part == NULL || g_bytes_get_size (part) > 0 || (*status != WRONG_LENGTH && *status != OK))
        return part;
      g_bytes_unref (part);
      self->form = EONAY_APDU_SHORT;
    }

  apdu->expected = (guint) MIN (wanted, longest_read (self));

  return eonay_apdu_exchange (self->transport, apdu, EONAY_APDU_SHORT, status, error);
}

static gboolean
refuse_long (GError **error)
{
  g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MALFORMED,
                       "A file on the card is longer than can be read");

  return FALSE;
}

/* Appends what the card has at @offset. A card that says that there is no more has done well. */
static gboolean
read_part (EonayCardFiles *self, Reading *reading, gsize offset, gsize wanted, guint16 *status,
           GError **error)
{
  EonayApdu apdu = { .ins = INS_READ_BINARY, .p1 = (guint8) (offset >> 8), .p2 = (guint8) offset };
  gsize rest = reading->size > offset ? reading->size - offset : 0;
  gboolean sized = rest > 0 && rest <= wanted;
  g_autoptr (GBytes) part = NULL;

  if (offset > OFFSET_MAX)
    return refuse_long (error);

  if (reading->short_id != 0)
    apdu.p1 = P1_SHORT_ID | reading->short_id;
  part = exchange (self, &apdu, sized ? rest : wanted, sized, status, error);
  if (part == NULL)
    return FALSE;

  reading->at_end = *status == END_OF_FILE ||
                    (*status == OUTSIDE_FILE && g_bytes_get_size (part) == 0) ||
                    (sized && g_bytes_get_size (part) == rest);
  if (*status == END_OF_FILE || (reading->at_end && *status == OUTSIDE_FILE))
    *status = OK;
  if (*status == OK && g_bytes_get_size (part) == 0 && !reading->at_end)
    {
      g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PROTOCOL,
                           "READ BINARY: no content where some is due");
      return FALSE;
    }
  if (*status == OK)
    g_byte_array_append (reading->content, g_bytes_get_data (part, NULL),
                         (guint) g_bytes_get_size (part));

  return TRUE;
}

static gboolean
read_some (EonayCardFiles *self, Reading *reading, gsize offset, gsize wanted, GError **error)
{
  guint16 status;

  return read_part (self, reading, offset, wanted, &status, error) &&
         eonay_status_word_check (status, EONAY_STATUS_OF_COMMAND, "READ BINARY", error);
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

static gboolean
read_directory (EonayCardFiles *self, const EonayCardPlace *place, Reading *reading, GError **error)
{
  gsize most = place->count > 0 ? place->count : G_MAXUINT16;
  gsize last = reading->content->len;

  for (guint reads = 0; !reading->at_end && reading->content->len < most && reads < READS_MAX &&
                        (reading->content->len == 0 || goes_on (self, reading->content, last));
       reads++)
    {
      gsize before = reading->content->len;

      if (!read_some (self, reading, place->offset + before, MIN (most - before, EXTENDED_READ),
                      error))
        return FALSE;
      last = reading->content->len - before;
    }
  if (reading->content->len > most)
    g_byte_array_set_size (reading->content, (guint) most);

  return TRUE;
}

static gboolean
read_object (EonayCardFiles *self, const EonayCardPlace *place, Reading *reading, GError **error)
{
  GByteArray *content = reading->content;
  EonayTlvResult result = EONAY_TLV_TRUNCATED;
  EonayTlv object = { .total = place->count };

  for (guint reads = 0; result == EONAY_TLV_TRUNCATED && !reading->at_end && reads < READS_MAX;
       reads++)
    {
      EonayByteReader reader;
      gsize wanted = object.total > content->len ? object.total - content->len : EXTENDED_READ;

      if (!read_some (self, reading, place->offset + content->len, wanted, error))
        return FALSE;
      reader = EONAY_BYTE_READER_INIT (content->data, content->len);
      result = eonay_tlv_read (&reader, &object);
    }

  if (result != EONAY_TLV_OBJECT)
    {
      g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MALFORMED,
                           "A file on the card does not hold what it should");
      return FALSE;
    }
  g_byte_array_set_size (content, (guint) object.total);

  return TRUE;
}

static char *
name_of (const EonayCardPlace *place)
{
  GString *name = g_string_new (NULL);

  for (gsize i = 0; i < place->length; i++)
    g_string_append_printf (name, "%02x", place->path[i]);
  if (place->offset > 0 || place->count > 0)
    g_string_append_printf (name, ":%zu+%zu", place->offset, place->count);

  return g_string_free (name, FALSE);
}

/* Selects what is to be read, or begins to read it if that needs no SELECT. */
static gboolean
begin (EonayCardFiles *self, const EonayCardPlace *place, Reading *reading, guint16 *status,
       GError **error)
{
  if (place->short_id != 0)
    {
      reading->short_id = place->short_id;
      if (!read_part (self, reading, 0, EXTENDED_READ, status, error))
        return FALSE;
      /* Once read by its short identifier, the file is the selected one. */
      reading->short_id = 0;
      if (*status == OK)
        return TRUE;
    }

  return place->path == NULL || select_to_read (self, place, reading, status, error);
}

static gboolean
read_place (EonayCardFiles *self, const EonayCardPlace *place, ReadContent read, GBytes **content,
            guint16 *status, GError **error)
{
  g_autofree char *name = name_of (place);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  Reading reading = { .content = bytes };
  GHashTable *kept = place->fresh || place->path == NULL ? NULL : self->kept;
  GBytes *known = kept != NULL ? g_hash_table_lookup (kept, name) : NULL;

  *content = NULL;
  *status = OK;
  if (known != NULL)
    {
      *content = g_bytes_ref (known);
      return TRUE;
    }

  if (!begin (self, place, &reading, status, error))
    return FALSE;
  if (*status != OK)
    return TRUE;
  if (!read (self, place, &reading, error))
    return FALSE;

  *content = g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
  if (kept != NULL)
    g_hash_table_insert (kept, g_steal_pointer (&name), g_bytes_ref (*content));

  return TRUE;
}

gboolean
eonay_card_files_read_directory (EonayCardFiles *self, const EonayCardPlace *place,
                                 GBytes **content, guint16 *status, GError **error)
{
  return read_place (self, place, read_directory, content, status, error);
}

gboolean
eonay_card_files_read_object (EonayCardFiles *self, const EonayCardPlace *place, GBytes **content,
                              guint16 *status, GError **error)
{
  return read_place (self, place, read_object, content, status, error);
}

gboolean
eonay_card_files_may_do_without (GError **why, GError **error)
{
  const EonayCardError refusals[] = { EONAY_CARD_ERROR_MALFORMED,   EONAY_CARD_ERROR_NOT_AUTHORISED,
                                      EONAY_CARD_ERROR_PROTOCOL,    EONAY_CARD_ERROR_KEY_NOT_FOUND,
                                      EONAY_CARD_ERROR_UNSUPPORTED, EONAY_CARD_ERROR_ALGORITHM };

  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    if (g_error_matches (*why, EONAY_CARD_ERROR, (int) refusals[i]))
      {
        g_info ("A file of the card cannot be read: %s", (*why)->message);
        return TRUE;
      }

  g_propagate_error (error, g_steal_pointer (why));

  return FALSE;
}
