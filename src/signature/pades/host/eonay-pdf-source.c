#include "signature/pades/host/eonay-pdf-source.h"

#include <qpdf/qpdf-c.h>
#include <string.h>

#include "base/eonay-error.h"
#include "base/eonay-text-class.h"
#include "signature/pades/eonay-pdf-report.h"

/* qpdf counts a wrong /Size as damage; it does no harm here, for nothing is counted with it. */
#define WRONG_SIZE "reported number of objects"

/* What some programs write for a number that they do not use. It is null to qpdf, too. */
#define WRONG_OFFSET "object has offset 0"

/* qpdf tells of an exhausted limit as of damage, in the words of the C++ library. */
#define NO_MEMORY "bad_alloc"

struct _EonayPdfSource {
  qpdf_data data;
  gboolean failed;
  gboolean too_complex;
};

static void
set_damaged (GError **error, const char *detail)
{
  g_autofree char *valid = eonay_text_class_make_line (detail != NULL ? detail : "", -1);

  g_set_error (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_PDF_DAMAGED, "Damaged PDF: %s",
               valid);
}

static gboolean
set_too_complex (GError **error)
{
  g_set_error_literal (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_PDF_TOO_COMPLEX,
                       "The PDF needs too much memory");

  return FALSE;
}

/* An error that is not taken out is printed when qpdf is cleaned up. */
static qpdf_error
take_error (EonayPdfSource *self)
{
  qpdf_error error = qpdf_has_error (self->data) ? qpdf_get_error (self->data) : NULL;

  if (error == NULL)
    return NULL;
  self->failed = TRUE;
  if (qpdf_get_error_code (self->data, error) == qpdf_e_system)
    self->too_complex = TRUE;

  return error;
}

static void
set_error (EonayPdfSource *self, qpdf_error found, GError **error)
{
  enum qpdf_error_code_e code = qpdf_get_error_code (self->data, found);
  const char *detail = qpdf_get_error_message_detail (self->data, found);

  if (code == qpdf_e_password || code == qpdf_e_unsupported)
    g_set_error_literal (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_PDF_ENCRYPTED,
                         "The PDF is encrypted");
  else if (code == qpdf_e_system || (detail != NULL && strstr (detail, NO_MEMORY) != NULL))
    set_too_complex (error);
  else
    set_damaged (error, detail);
}

EonayPdfSource *
eonay_pdf_source_new (const guint8 *bytes, gsize length, GError **error)
{
  g_autoptr (EonayPdfSource) self = g_new0 (EonayPdfSource, 1);
  qpdf_error found;

  self->data = qpdf_init ();
  qpdf_silence_errors (self->data);
  qpdf_set_suppress_warnings (self->data, QPDF_TRUE);
  qpdf_set_attempt_recovery (self->data, QPDF_FALSE);
  qpdf_read_memory (self->data, "", (const char *) bytes, length, NULL);
  found = take_error (self);
  if (found == NULL)
    return g_steal_pointer (&self);

  set_error (self, found, error);

  return NULL;
}

void
eonay_pdf_source_free (EonayPdfSource *self)
{
  if (self == NULL)
    return;

  take_error (self);
  qpdf_cleanup (&self->data);
  g_free (self);
}

gboolean
eonay_pdf_source_is_encrypted (EonayPdfSource *self)
{
  guint trailer = eonay_pdf_source_get_trailer (self);
  guint encryption = eonay_pdf_source_get (self, trailer, "Encrypt");

  return encryption != 0;
}

guint
eonay_pdf_source_get_trailer (EonayPdfSource *self)
{
  guint trailer = qpdf_get_trailer (self->data);

  return take_error (self) != NULL ? 0 : trailer;
}

guint
eonay_pdf_source_count (EonayPdfSource *self)
{
  qpdf_oh null = qpdf_oh_new_null (self->data);
  qpdf_oh added = qpdf_make_indirect_object (self->data, null);
  int id = qpdf_oh_get_object_id (self->data, added);

  qpdf_oh_release (self->data, null);
  qpdf_oh_release (self->data, added);
  if (take_error (self) != NULL || id < 1 || (guint) id > EONAY_PDF_OBJECTS_MAX)
    return 0;

  return (guint) id - 1;
}

gboolean
eonay_pdf_source_check (EonayPdfSource *self, GError **error)
{
  take_error (self);
  if (self->too_complex)
    return set_too_complex (error);
  while (qpdf_more_warnings (self->data))
    {
      qpdf_error warning = qpdf_next_warning (self->data);
      const char *detail = qpdf_get_error_message_detail (self->data, warning);

      if (detail != NULL &&
          (g_str_has_prefix (detail, WRONG_SIZE) || g_str_equal (detail, WRONG_OFFSET)))
        continue;
      if (detail != NULL && strstr (detail, NO_MEMORY) != NULL)
        return set_too_complex (error);
      set_damaged (error, detail);
      return FALSE;
    }
  if (self->failed)
    {
      set_damaged (error, "unreadable object");
      return FALSE;
    }

  return TRUE;
}

guint
eonay_pdf_source_get_object (EonayPdfSource *self, guint id)
{
  guint object;

  /* qpdf traps no errors here. */
  if (id < 1 || id > EONAY_PDF_OBJECTS_MAX)
    return 0;
  object = qpdf_get_object_by_id (self->data, (int) id, 0);

  return take_error (self) != NULL ? 0 : object;
}

EonayPdfKind
eonay_pdf_source_get_kind (EonayPdfSource *self, guint object)
{
  enum qpdf_object_type_e type;

  if (object == 0)
    return EONAY_PDF_KIND_NULL;

  type = qpdf_oh_get_type_code (self->data, object);
  if (take_error (self) != NULL)
    return EONAY_PDF_KIND_NULL;
  switch (type)
    {
    case ot_null:
      return EONAY_PDF_KIND_NULL;
    case ot_boolean:
      return EONAY_PDF_KIND_BOOLEAN;
    case ot_integer:
      return EONAY_PDF_KIND_INTEGER;
    case ot_real:
      return EONAY_PDF_KIND_REAL;
    case ot_string:
      return EONAY_PDF_KIND_STRING;
    case ot_name:
      return EONAY_PDF_KIND_NAME;
    case ot_array:
      return EONAY_PDF_KIND_ARRAY;
    case ot_dictionary:
      return EONAY_PDF_KIND_DICTIONARY;
    case ot_stream:
      return EONAY_PDF_KIND_STREAM;
    default:
      return EONAY_PDF_KIND_OTHER;
    }
}

guint
eonay_pdf_source_get_id (EonayPdfSource *self, guint object, guint *generation)
{
  int id = object == 0 ? 0 : qpdf_oh_get_object_id (self->data, object);
  int generation_found = id <= 0 || generation == NULL
                             ? 0
                             : qpdf_oh_get_generation (self->data, object);

  take_error (self);
  if (generation != NULL)
    *generation = (guint) MAX (generation_found, 0);

  return (guint) MAX (id, 0);
}

gint64
eonay_pdf_source_get_integer (EonayPdfSource *self, guint object, gint64 otherwise)
{
  long long value;

  if (eonay_pdf_source_get_kind (self, object) != EONAY_PDF_KIND_INTEGER)
    return otherwise;
  value = qpdf_oh_get_int_value (self->data, object);

  return take_error (self) != NULL ? otherwise : value;
}

gboolean
eonay_pdf_source_get_number (EonayPdfSource *self, guint object, double *number)
{
  EonayPdfKind kind = eonay_pdf_source_get_kind (self, object);
  double value;

  if (kind != EONAY_PDF_KIND_INTEGER && kind != EONAY_PDF_KIND_REAL)
    return FALSE;
  value = qpdf_oh_get_numeric_value (self->data, object);
  if (take_error (self) != NULL || !(value > -1e9 && value < 1e9))
    return FALSE;
  *number = value;

  return TRUE;
}

gboolean
eonay_pdf_source_get_boolean (EonayPdfSource *self, guint object)
{
  return eonay_pdf_source_get_kind (self, object) == EONAY_PDF_KIND_BOOLEAN &&
         qpdf_oh_get_bool_value (self->data, object) == QPDF_TRUE;
}

char *
eonay_pdf_source_get_real (EonayPdfSource *self, guint object)
{
  const char *value;

  if (eonay_pdf_source_get_kind (self, object) != EONAY_PDF_KIND_REAL)
    return NULL;
  value = qpdf_oh_get_real_value (self->data, object);

  return take_error (self) != NULL ? NULL : g_strdup (value);
}

char *
eonay_pdf_source_get_name (EonayPdfSource *self, guint object)
{
  const char *name;

  if (eonay_pdf_source_get_kind (self, object) != EONAY_PDF_KIND_NAME)
    return NULL;
  name = qpdf_oh_get_name (self->data, object);
  if (take_error (self) != NULL || name[0] != '/')
    return NULL;

  return g_strdup (name + 1);
}

gboolean
eonay_pdf_source_is_name (EonayPdfSource *self, guint object, const char *name)
{
  g_autofree char *actual = eonay_pdf_source_get_name (self, object);

  return g_strcmp0 (actual, name) == 0;
}

GBytes *
eonay_pdf_source_get_string (EonayPdfSource *self, guint object)
{
  const char *value;
  size_t length = 0;

  if (eonay_pdf_source_get_kind (self, object) != EONAY_PDF_KIND_STRING)
    return NULL;
  value = qpdf_oh_get_binary_string_value (self->data, object, &length);

  return take_error (self) != NULL ? NULL : g_bytes_new (value, length);
}

char *
eonay_pdf_source_get_text (EonayPdfSource *self, guint object)
{
  const char *value;
  size_t length = 0;

  if (eonay_pdf_source_get_kind (self, object) != EONAY_PDF_KIND_STRING)
    return NULL;
  value = qpdf_oh_get_binary_utf8_value (self->data, object, &length);

  return take_error (self) != NULL ? NULL : g_utf8_make_valid (value, (gssize) length);
}

guint
eonay_pdf_source_get_length (EonayPdfSource *self, guint object)
{
  int length;

  if (eonay_pdf_source_get_kind (self, object) != EONAY_PDF_KIND_ARRAY)
    return 0;
  length = qpdf_oh_get_array_n_items (self->data, object);

  return take_error (self) != NULL ? 0 : (guint) MAX (length, 0);
}

guint
eonay_pdf_source_get_item (EonayPdfSource *self, guint object, guint index)
{
  guint item;

  if (index >= eonay_pdf_source_get_length (self, object))
    return 0;
  item = qpdf_oh_get_array_item (self->data, object, (int) index);

  return take_error (self) != NULL ? 0 : item;
}

guint
eonay_pdf_source_get_known_item (EonayPdfSource *self, guint array, guint index)
{
  guint item = qpdf_oh_get_array_item (self->data, array, (int) index);

  return take_error (self) != NULL ? 0 : item;
}

guint
eonay_pdf_source_get_known (EonayPdfSource *self, guint dictionary, const char *key)
{
  g_autofree char *name = g_strconcat ("/", key, NULL);
  guint value = qpdf_oh_get_key (self->data, dictionary, name);

  return take_error (self) != NULL ? 0 : value;
}

/* Returns: a dictionary that the caller releases if it is not @object itself; 0 if there is none */
static guint
get_dictionary (EonayPdfSource *self, guint object)
{
  EonayPdfKind kind = eonay_pdf_source_get_kind (self, object);

  if (kind == EONAY_PDF_KIND_DICTIONARY)
    return object;

  return kind == EONAY_PDF_KIND_STREAM ? qpdf_oh_get_dict (self->data, object) : 0;
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

GPtrArray *
eonay_pdf_source_get_keys (EonayPdfSource *self, guint object)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_free);
  guint dictionary = get_dictionary (self, object);

  if (dictionary == 0)
    return keys;

  qpdf_oh_begin_dict_key_iter (self->data, dictionary);
  while (qpdf_oh_dict_more_keys (self->data))
    {
      const char *key = qpdf_oh_dict_next_key (self->data);

      if (key != NULL && key[0] == '/')
        g_ptr_array_add (keys, g_strdup (key + 1));
    }
  take_error (self);
  if (dictionary != object)
    qpdf_oh_release (self->data, dictionary);
  g_ptr_array_sort (keys, compare_keys);

  return keys;
}

guint
eonay_pdf_source_get (EonayPdfSource *self, guint object, const char *key)
{
  g_autofree char *name = g_strconcat ("/", key, NULL);
  guint dictionary = get_dictionary (self, object);
  guint value = 0;

  if (dictionary == 0)
    return 0;

  if (qpdf_oh_has_key (self->data, dictionary, name))
    value = qpdf_oh_get_key (self->data, dictionary, name);
  if (dictionary != object)
    qpdf_oh_release (self->data, dictionary);

  return take_error (self) != NULL ? 0 : value;
}

static GBytes *
get_content (EonayPdfSource *self, guint object, enum qpdf_stream_decode_level_e level, gsize max)
{
  unsigned char *content = NULL;
  size_t length = 0;
  QPDF_BOOL filtered = QPDF_FALSE;
  GBytes *bytes = NULL;

  if (eonay_pdf_source_get_kind (self, object) != EONAY_PDF_KIND_STREAM)
    return NULL;
  qpdf_oh_get_stream_data (self->data, object, level, &filtered, &content, &length);
  if (take_error (self) == NULL && (filtered || level == qpdf_dl_none) && length <= max)
    bytes = g_bytes_new (content, length);
  free (content);

  return bytes;
}

GBytes *
eonay_pdf_source_get_raw_content (EonayPdfSource *self, guint object, gsize max)
{
  return get_content (self, object, qpdf_dl_none, max);
}

GBytes *
eonay_pdf_source_get_content (EonayPdfSource *self, guint object, gsize max)
{
  return get_content (self, object, qpdf_dl_generalized, max);
}

guint
eonay_pdf_source_hold (EonayPdfSource *self, guint object)
{
  return object == 0 ? 0 : qpdf_oh_new_object (self->data, object);
}

void
eonay_pdf_source_release (EonayPdfSource *self, guint object)
{
  if (object != 0)
    qpdf_oh_release (self->data, object);
}
