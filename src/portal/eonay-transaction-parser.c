#include "portal/eonay-transaction-private.h"

#include <string.h>

#include "base/eonay-error.h"
#include "portal/eonay-portal.h"
#include "portal/message/eonay-json.h"

#define OID_SHA256 "2.16.840.1.101.3.4.2.1"
#define ID_MAX 64
#define LINE_MAX_BYTES 256
#define MEDIA_TYPE_MAX 128
#define HREF_MAX 256
#define EXPIRES_IN_MAX 86400
#define CARD_SERIAL_MAX 64

static void
set_error (GError **error, EonayPortalError code, const char *message)
{
  g_set_error_literal (error, EONAY_PORTAL_ERROR, (int) code, message);
}

static gboolean
stays_under_the_transaction (const char *href)
{
  g_auto (GStrv) segments = g_strsplit (href, "/", -1);

  for (guint i = 0; segments[i] != NULL; i++)
    {
      gsize length = strlen (segments[i]);

      if (length == 0 || strspn (segments[i], ".") == length ||
          strspn (segments[i], G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_.") != length)
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_media_type (const char *text)
{
  const char *slash = strchr (text, '/');

  for (const char *at = text; *at != '\0'; at++)
    if (!g_ascii_isprint (*at))
      return FALSE;

  return slash != NULL && slash > text && g_ascii_isalnum (slash[1]);
}

static GBytes *
parse_digest (JsonObject *object, GError **error)
{
  const char *text = eonay_json_get_string (object, "digest", 64, error);
  g_autofree guint8 *digest = NULL;
  g_autofree char *again = NULL;
  gsize length;

  if (text == NULL)
    return NULL;

  /* GLib's decoder skips invalid characters: only a round trip validates the text. */
  digest = g_base64_decode (text, &length);
  again = g_base64_encode (digest, length);
  if (length != 32 || !g_str_equal (text, again))
    {
      set_error (error, EONAY_PORTAL_ERROR_MALFORMED, "A digest is not 32 bytes in base64");
      return NULL;
    }

  return g_bytes_new_take (g_steal_pointer (&digest), length);
}

static gboolean
parse_format (JsonObject *object, EonayFormat *format, const char **level, GError **error)
{
  static const struct {
    const char *signature_format;
    const char *envelope;
    EonayFormat format;
  } known[] = {
    { "C", "Attached", EONAY_FORMAT_CADES_ATTACHED },
    { "C", "Detached", EONAY_FORMAT_CADES_DETACHED },
    { "P", "Revision", EONAY_FORMAT_PADES },
  };
  const char *signature_format = eonay_json_get_string (object, "signature_format", LINE_MAX_BYTES,
                                                        error);
  const char *envelope = signature_format == NULL
                             ? NULL
                             : eonay_json_get_string (object, "signed_envelope_property",
                                                      LINE_MAX_BYTES, error);

  *level = envelope == NULL
               ? NULL
               : eonay_json_get_string (object, "conformance_level", LINE_MAX_BYTES, error);
  if (*level == NULL)
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (signature_format, known[i].signature_format) &&
        g_str_equal (envelope, known[i].envelope) && g_str_equal (*level, "AdES-B-B"))
      {
        *format = known[i].format;
        return TRUE;
      }

  set_error (error, EONAY_PORTAL_ERROR_UNSUPPORTED_FORMAT,
             "The portal requires an unsupported signature format");

  return FALSE;
}

static EonayDocument *
parse_document (JsonObject *object, GError **error)
{
  g_autoptr (GBytes) digest = NULL;
  g_autofree char *label = NULL;
  const char *id;
  const char *media_type;
  const char *href;
  const char *level;
  EonayFormat format;
  gint64 size;

  if ((id = eonay_json_get_word (object, "id", ID_MAX, error)) == NULL ||
      (label = eonay_json_dup_line (object, "label", LINE_MAX_BYTES, error)) == NULL ||
      (media_type = eonay_json_get_string (object, "media_type", MEDIA_TYPE_MAX, error)) == NULL ||
      (href = eonay_json_get_string (object, "href", HREF_MAX, error)) == NULL ||
      !eonay_json_get_integer (object, "size", 1, G_MAXINT64, &size, error) ||
      (digest = parse_digest (object, error)) == NULL ||
      !parse_format (object, &format, &level, error))
    return NULL;

  if (size > EONAY_DOCUMENT_MAX)
    {
      set_error (error, EONAY_PORTAL_ERROR_TOO_LARGE, "A document is larger than 32 MiB");
      return NULL;
    }

  if (!is_media_type (media_type) || !stays_under_the_transaction (href))
    {
      set_error (error, EONAY_PORTAL_ERROR_MALFORMED,
                 "A document has an invalid media_type, or an href outside its transaction");
      return NULL;
    }

  return eonay_document_new (id, label, media_type, (gsize) size, digest, href, format, level);
}

/* Checked by the announced sizes, before anything is fetched. */
static gboolean
check_sizes (GListModel *documents, GError **error)
{
  gsize sum = 0;
  gsize texts = 0;

  for (guint i = 0; i < g_list_model_get_n_items (documents); i++)
    {
      g_autoptr (EonayDocument) document = g_list_model_get_item (documents, i);
      const char *media_type = eonay_document_get_media_type (document);
      gsize size = eonay_document_get_size (document);

      sum += size;
      media_type += strspn (media_type, " \t\r\n\f\v");
      if (g_ascii_strncasecmp (media_type, "text/", strlen ("text/")) != 0)
        continue;

      texts += size;
      if (size > EONAY_DOCUMENT_TEXT_MAX)
        {
          set_error (error, EONAY_PORTAL_ERROR_TEXT_TOO_LARGE, "A text is too large to be shown");
          return FALSE;
        }
    }

  if (sum <= EONAY_DOCUMENTS_SUM_MAX && texts <= EONAY_DOCUMENT_TEXTS_SUM_MAX)
    return TRUE;

  set_error (error, EONAY_PORTAL_ERROR_DOCUMENTS_TOO_LARGE, "The documents together are too large");

  return FALSE;
}

static GListStore *
parse_documents (JsonObject *object, EonayOperation operation, GError **error)
{
  g_autoptr (GListStore) documents = g_list_store_new (EONAY_TYPE_DOCUMENT);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  JsonArray *array = eonay_json_get_objects (
      object, "documents", operation == EONAY_OPERATION_UNBLOCK ? 0 : 1, G_MAXUINT, error);

  if (array != NULL && json_array_get_length (array) > EONAY_DOCUMENTS_MAX)
    {
      set_error (error, EONAY_PORTAL_ERROR_DOCUMENTS_TOO_MANY,
                 "The transaction has too many documents");
      return NULL;
    }

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      g_autoptr (EonayDocument) document = parse_document (json_array_get_object_element (array, i),
                                                           error);

      if (document == NULL)
        return NULL;

      if (!g_hash_table_add (ids, (char *) eonay_document_get_id (document)))
        {
          set_error (error, EONAY_PORTAL_ERROR_MALFORMED, "Two documents have the same id");
          return NULL;
        }
      g_list_store_append (documents, document);
    }

  if (array == NULL || !check_sizes (G_LIST_MODEL (documents), error))
    return NULL;

  return g_steal_pointer (&documents);
}

static gboolean
parse_signer_hint (JsonObject *object, const char **hint, GError **error)
{
  JsonObject *signer;

  *hint = NULL;
  if (!json_object_has_member (object, "signer_hint"))
    return TRUE;

  signer = eonay_json_get_object (object, "signer_hint", error);
  if (signer == NULL)
    return FALSE;

  *hint = eonay_json_get_string (signer, "serialNumber", 11, error);
  if (*hint == NULL)
    return FALSE;

  if (strspn (*hint, G_CSET_DIGITS) != 11)
    {
      set_error (error, EONAY_PORTAL_ERROR_MALFORMED, "The signer hint is not 11 digits");
      return FALSE;
    }

  return TRUE;
}

static gboolean
parse_card_hint (JsonObject *object, char **hint, GError **error)
{
  JsonObject *card;

  *hint = NULL;
  if (!json_object_has_member (object, "card_hint"))
    return TRUE;

  card = eonay_json_get_object (object, "card_hint", error);
  *hint = card == NULL ? NULL : eonay_json_dup_line (card, "serial", CARD_SERIAL_MAX, error);

  return *hint != NULL;
}

static GDateTime *
parse_created_at (JsonObject *object, GError **error)
{
  const char *text = eonay_json_get_string (object, "created_at", 40, error);
  g_autoptr (GDateTime) time = NULL;

  if (text == NULL)
    return NULL;

  /* GLib accepts more of ISO 8601 than RFC 3339 allows. */
  if (g_regex_match_simple ("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?"
                            "(Z|[+-]\\d\\d:\\d\\d)\\z",
                            text, 0, 0))
    time = g_date_time_new_from_iso8601 (text, NULL);
  if (time == NULL)
    set_error (error, EONAY_PORTAL_ERROR_MALFORMED, "created_at is not an RFC 3339 time");

  return g_steal_pointer (&time);
}

static gboolean
parse_words (JsonObject *object, EonayOperation *operation, gboolean *qualified, GError **error)
{
  const char *state;
  const char *policy;
  const char *word = eonay_json_get_string (object, "operation", LINE_MAX_BYTES, error);

  if (word == NULL)
    return FALSE;

  if (!eonay_transaction_operation_from_word (word, operation))
    {
      set_error (error, EONAY_PORTAL_ERROR_UNKNOWN_OPERATION,
                 "The portal asks for an operation that this version does not know");
      return FALSE;
    }

  if ((state = eonay_json_get_string (object, "state", LINE_MAX_BYTES, error)) == NULL ||
      (policy = eonay_json_get_string (object, "certificate_policy", LINE_MAX_BYTES, error)) ==
          NULL)
    return FALSE;

  *qualified = g_str_equal (policy, "qualified");
  if (!g_str_equal (state, "waiting") || (!*qualified && !g_str_equal (policy, "any")))
    {
      set_error (error, EONAY_PORTAL_ERROR_MALFORMED,
                 "The transaction's state or certificate policy is not one of the protocol");
      return FALSE;
    }

  return TRUE;
}

EonayTransaction *
eonay_transaction_parse (GBytes *json, gint64 requested_at, GError **error)
{
  g_autoptr (JsonObject) object = eonay_json_parse_object (json, error);
  g_autoptr (GDateTime) created_at = NULL;
  g_autoptr (GListStore) documents = NULL;
  g_autofree char *portal = NULL;
  g_autofree char *card_hint = NULL;
  EonayOperation operation;
  gboolean qualified;
  const char *id;
  const char *signer_hint;
  const char *oid;
  gint64 expires_in;

  if (object == NULL || !parse_words (object, &operation, &qualified, error) ||
      (id = eonay_json_get_word (object, "transaction", ID_MAX, error)) == NULL ||
      (portal = eonay_json_dup_line (object, "portal", LINE_MAX_BYTES, error)) == NULL ||
      !parse_signer_hint (object, &signer_hint, error) ||
      !parse_card_hint (object, &card_hint, error) ||
      (created_at = parse_created_at (object, error)) == NULL ||
      !eonay_json_get_integer (object, "expires_in", 1, EXPIRES_IN_MAX, &expires_in, error) ||
      (oid = eonay_json_get_string (object, "hashAlgorithmOID", LINE_MAX_BYTES, error)) == NULL)
    return NULL;

  if (!g_str_equal (oid, OID_SHA256))
    {
      set_error (error, EONAY_PORTAL_ERROR_UNSUPPORTED_FORMAT,
                 "The portal's hash algorithm is not SHA-256");
      return NULL;
    }

  documents = parse_documents (object, operation, error);
  if (documents == NULL)
    return NULL;

  return eonay_transaction_new (id, operation, portal, qualified, signer_hint, card_hint,
                                created_at, requested_at + expires_in * G_USEC_PER_SEC, documents);
}
