#include <string.h>

#include "base/eonay-error.h"
#include "signature/pades/eonay-pdf-report.h"
#include "signature/pades/host/eonay-pdf-survey.h"

#define HEADS_MAX (64 * 1024 * 1024)

/* Of "12 0 obj", with blanks and comments between them. */
#define HEAD_MAX 256

/* Of all object streams, unpacked: qpdf needs a multiple of it. */
#define PACKED_MAX (128 * 1024 * 1024)
#define CONTENT_MAX (256 * 1024 * 1024)

static gboolean
fail (GError **error, const char *message)
{
  return eonay_pdf_survey_fail (error, EONAY_SIGNATURE_ERROR_PDF_DAMAGED, message);
}

/* The first byte from @offset on that is no blank. */
static const guint8 *
find_token (const EonayPdfSurvey *self, guint64 offset)
{
  const guint8 *at = self->bytes + offset;

  while (at < self->bytes + self->length && eonay_pdf_scanner_is_blank (*at))
    at++;

  return at;
}

/* Blanks before an object's number are skipped by all readers; comments are not. */
static gboolean
is_object_at (const EonayPdfSurvey *self, guint64 offset, guint number, guint generation)
{
  const guint8 *start = find_token (self, offset);
  const guint8 *end = self->bytes + self->length;
  EonayPdfScanner at = { start, start + MIN (end - start, HEAD_MAX) };
  guint64 found, found_generation;

  return at.at < at.end && *at.at != '%' &&
         eonay_pdf_scanner_read_head (&at, &found, &found_generation) && found == number &&
         found_generation == generation;
}

static gboolean
check_entries (const EonayPdfSurvey *self, GError **error)
{
  for (guint number = 1; number < self->entries->entries->len; number++)
    {
      const EonayPdfXrefEntry *entry = eonay_pdf_xref_get (self->entries, number);
      const EonayPdfXrefEntry *stream;

      if (entry->kind == EONAY_PDF_XREF_USED &&
          (entry->place >= self->length ||
           !is_object_at (self, entry->place, number, entry->detail)))
        return fail (error, "An object is not where the cross-reference says");
      if (entry->kind == EONAY_PDF_XREF_PACKED)
        {
          stream = eonay_pdf_xref_get (self->entries, entry->place);
          if (stream->kind != EONAY_PDF_XREF_USED || stream->detail != 0)
            return fail (error, "An object stream is not where the cross-reference says");
        }
    }

  return TRUE;
}

static gboolean
has_older_objects (const EonayPdfXref *entries)
{
  for (guint number = 1; number < entries->entries->len; number++)
    {
      const EonayPdfXrefEntry *entry = eonay_pdf_xref_get (entries, number);

      if (entry->section > 1 && entry->kind != EONAY_PDF_XREF_FREE)
        return TRUE;
    }

  return FALSE;
}

/* Whether the rows are where the linearization dictionary says, or need not be looked for there. */
static gboolean
has_linear_rows (const EonayPdfSurvey *self, const EonayPdfScanner *dictionary)
{
  const EonayPdfXref *entries = self->entries;
  EonayPdfScanner value;
  guint64 row;

  return !has_older_objects (entries) ||
         (entries->n_sections == 2 && entries->first_row != 0 &&
          eonay_pdf_scanner_find (dictionary, "T", &value) == 1 &&
          eonay_pdf_scanner_read_number (&value, self->length - 1, &row) &&
          find_token (self, row) == self->bytes + entries->first_row);
}

/* Of a file whose first object says that it is linearized (ISO 32000-1, annex F), some readers take what
   stands behind that object for the newest section, and rows from where /T says. MuPDF's /T is wrong by
   some bytes. */
static gboolean
check_linearized (EonayPdfSurvey *self, GError **error)
{
  EonayPdfScanner at = { self->bytes, self->bytes + self->length };
  EonayPdfScanner newest = { self->bytes + self->xref, at.end };
  EonayPdfScanner dictionary, value;
  guint64 number, generation, length;

  if (!eonay_pdf_scanner_read_head (&at, &number, &generation) ||
      !eonay_pdf_scanner_read_dictionary (&at, &dictionary) ||
      eonay_pdf_scanner_find (&dictionary, "Linearized", &value) == 0)
    return TRUE;
  if (eonay_pdf_scanner_find (&dictionary, "L", &value) != 1 ||
      !eonay_pdf_scanner_read_number (&value, G_MAXUINT32, &length) || length != self->length)
    return TRUE;

  if (!eonay_pdf_scanner_read_word (&at, "endobj"))
    return fail (error, "The first object does not end");
  eonay_pdf_scanner_skip_blanks (&at);
  eonay_pdf_scanner_skip_blanks (&newest);
  if (at.at != newest.at)
    return fail (error, "A linearized file has its newest section elsewhere");
  self->is_linearized = !self->is_stream;
  self->is_repaired = self->is_linearized && !has_linear_rows (self, &dictionary);

  return TRUE;
}

gboolean
eonay_pdf_survey_read_xref (EonayPdfSurvey *self, GError **error)
{
  self->entries = eonay_pdf_xref_new (self->bytes, self->length, self->xref, error);

  return self->entries != NULL && check_entries (self, error) && check_linearized (self, error);
}

static guint64
get_size (EonayPdfSurvey *self, guint stream, const char *key)
{
  guint value = eonay_pdf_source_get (self->source, stream, key);
  gint64 size = eonay_pdf_source_get_integer (self->source, value, 0);

  eonay_pdf_source_release (self->source, value);

  return (guint64) MAX (size, 0);
}

/* Not all of it, for it may be a thousand times what it is in the file. */
GByteArray *
eonay_pdf_survey_get_beginning (EonayPdfSurvey *self, guint stream, gsize length)
{
  EonayPdfSource *source = self->source;
  guint filter = eonay_pdf_source_get (source, stream, "Filter");
  guint parameters = eonay_pdf_source_get (source, stream, "DecodeParms");
  gboolean is_flate = parameters == 0 && eonay_pdf_source_is_name (source, filter, "FlateDecode");
  g_autoptr (GBytes) content = is_flate
                                   ? eonay_pdf_source_get_raw_content (source, stream, CONTENT_MAX)
                                   : eonay_pdf_source_get_content (source, stream, CONTENT_MAX);
  GByteArray *heads = NULL;

  eonay_pdf_source_release (source, parameters);
  eonay_pdf_source_release (source, filter);
  if (content == NULL)
    return NULL;
  if (is_flate)
    return eonay_pdf_xref_inflate (g_bytes_get_data (content, NULL), g_bytes_get_size (content),
                                   length);

  heads = g_byte_array_new ();
  g_byte_array_append (heads, g_bytes_get_data (content, NULL),
                       (guint) MIN (length, g_bytes_get_size (content)));

  return heads;
}

/* Reads pairs of a number and an offset (clause 7.5.7). */
static GArray *
read_heads (EonayPdfSurvey *self, guint stream)
{
  guint64 n_objects = get_size (self, stream, "N");
  guint64 first = get_size (self, stream, "First");
  g_autoptr (GByteArray) heads = NULL;
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GHashTable) known = g_hash_table_new (NULL, NULL);
  guint64 number, offset;
  guint64 previous = 0;
  EonayPdfScanner at;

  if (n_objects > EONAY_PDF_OBJECTS_MAX || first > HEADS_MAX)
    return NULL;
  heads = eonay_pdf_survey_get_beginning (self, stream, (gsize) first);
  if (heads == NULL || heads->len == 0)
    return NULL;
  at = (EonayPdfScanner){ heads->data, heads->data + heads->len };
  for (guint64 i = 0; i < n_objects; i++)
    {
      guint found;

      /* Some readers go by the number, some by the index, and some want the offsets to ascend. */
      if (!eonay_pdf_scanner_read_number (&at, EONAY_PDF_OBJECTS_MAX, &number) ||
          !eonay_pdf_scanner_read_number (&at, G_MAXUINT32, &offset) || offset < previous ||
          !g_hash_table_add (known, GUINT_TO_POINTER ((guint) number)))
        return NULL;
      found = (guint) number;
      previous = offset;
      g_array_append_val (numbers, found);
    }

  return g_steal_pointer (&numbers);
}

/* Returns: how long the object stream there is when it is unpacked; 0 if that is not known here */
static gsize
measure (const EonayPdfSurvey *self, guint64 offset, gsize most)
{
  EonayPdfScanner at = { self->bytes + offset, self->bytes + self->length };
  EonayPdfScanner dictionary, packed, value;
  guint64 number, generation;

  return eonay_pdf_scanner_read_head (&at, &number, &generation) &&
                 eonay_pdf_scanner_read_dictionary (&at, &dictionary) &&
                 eonay_pdf_scanner_find (&dictionary, "Filter", &value) == 1 &&
                 eonay_pdf_scanner_read_name (&value, "FlateDecode") &&
                 eonay_pdf_xref_find_content (&dictionary, &at, &packed)
             ? eonay_pdf_xref_measure (packed.at, (gsize) (packed.end - packed.at), most)
             : 0;
}

gboolean
eonay_pdf_survey_measure_packed (EonayPdfSurvey *self, GError **error)
{
  g_autoptr (GHashTable) known = g_hash_table_new (NULL, NULL);
  gsize total = 0;

  for (guint number = 1; number < self->entries->entries->len; number++)
    {
      const EonayPdfXrefEntry *entry = eonay_pdf_xref_get (self->entries, number);

      if (entry->kind == EONAY_PDF_XREF_PACKED &&
          g_hash_table_add (known, GUINT_TO_POINTER (entry->place)))
        total += measure (self, eonay_pdf_xref_get (self->entries, entry->place)->place,
                          PACKED_MAX + 1 - total);
      if (total > PACKED_MAX)
        return eonay_pdf_survey_fail (error, EONAY_SIGNATURE_ERROR_PDF_TOO_COMPLEX,
                                      "The object streams are too large");
    }

  return TRUE;
}

gboolean
eonay_pdf_survey_check_packed (EonayPdfSurvey *self, GError **error)
{
  g_autoptr (GHashTable) streams = g_hash_table_new_full (NULL, NULL, NULL,
                                                          (GDestroyNotify) g_array_unref);

  for (guint number = 1; number < self->entries->entries->len; number++)
    {
      const EonayPdfXrefEntry *entry = eonay_pdf_xref_get (self->entries, number);
      GArray *numbers;

      if (entry->kind != EONAY_PDF_XREF_PACKED)
        continue;
      numbers = g_hash_table_lookup (streams, GUINT_TO_POINTER (entry->place));
      if (numbers == NULL)
        {
          guint stream = eonay_pdf_source_get_object (self->source, entry->place);

          numbers = read_heads (self, stream);
          eonay_pdf_source_release (self->source, stream);
          if (numbers == NULL)
            return fail (error, "An object stream has no sound list of its objects");
          g_hash_table_insert (streams, GUINT_TO_POINTER (entry->place), numbers);
        }
      if (entry->detail >= numbers->len || g_array_index (numbers, guint, entry->detail) != number)
        return fail (error, "An object stream has another object than the cross-reference says");
    }

  return TRUE;
}

/* Returns: whether it is in front of @at, and at @start from there on (out) */
static gboolean
step_back_number (const guint8 *bytes, const guint8 **at)
{
  const guint8 *start = *at;

  while (start > bytes && eonay_pdf_scanner_is_blank (start[-1]))
    start--;
  if (start == *at)
    return FALSE;
  *at = start;
  while (start > bytes && g_ascii_isdigit ((char) start[-1]))
    start--;
  if (start == *at)
    return FALSE;
  *at = start;

  return TRUE;
}

/* What a reader that looks for objects all over the file finds: of each number, the last. */
static GHashTable *
find_objects (const EonayPdfSurvey *self)
{
  GHashTable *places = g_hash_table_new (NULL, NULL);
  const guint8 *end = self->bytes + self->length;

  for (const guint8 *at = self->bytes;
       (at = memmem (at, (gsize) (end - at), "obj", strlen ("obj"))) != NULL; at++)
    {
      const guint8 *start = at;
      EonayPdfScanner scanner;
      guint64 number, generation;

      if (!step_back_number (self->bytes, &start) || !step_back_number (self->bytes, &start))
        continue;
      scanner = (EonayPdfScanner){ start, end };
      if (eonay_pdf_scanner_read_head (&scanner, &number, &generation))
        g_hash_table_insert (places, GUINT_TO_POINTER ((guint) number), (gpointer) start);
    }

  return places;
}

static gboolean
has_root (const EonayPdfScanner *dictionary, guint64 *root)
{
  EonayPdfScanner value;

  return eonay_pdf_scanner_find (dictionary, "Root", &value) == 1 &&
         eonay_pdf_scanner_read_number (&value, G_MAXUINT32, root);
}

/* It takes the catalog from any trailer. */
static gboolean
has_one_root (const EonayPdfSurvey *self)
{
  const guint8 *end = self->bytes + self->length;
  guint64 root, other;

  if (!has_root (&self->entries->trailer, &root))
    return FALSE;
  for (const guint8 *at = self->bytes;
       (at = memmem (at, (gsize) (end - at), "trailer", strlen ("trailer"))) != NULL; at++)
    {
      EonayPdfScanner scanner = { at + strlen ("trailer"), end };
      EonayPdfScanner dictionary;

      if (eonay_pdf_scanner_read_dictionary (&scanner, &dictionary) &&
          has_root (&dictionary, &other) && other != root)
        return FALSE;
    }

  return TRUE;
}

gboolean
eonay_pdf_survey_check_repaired (EonayPdfSurvey *self, GError **error)
{
  g_autoptr (GHashTable) places = NULL;
  GHashTableIter iterator;
  gpointer number;

  /* With a cross-reference stream, what is missing is null to all readers. */
  if ((g_hash_table_size (self->dangling) == 0 && !self->is_repaired) || !self->entries->is_table)
    return TRUE;

  /* A row for it is looked for where none is. */
  if (self->is_linearized && g_hash_table_size (self->dangling) > 0)
    return fail (error, "A linearized file misses an object");
  places = find_objects (self);
  g_hash_table_iter_init (&iterator, self->dangling);
  while (g_hash_table_iter_next (&iterator, &number, NULL))
    if (g_hash_table_contains (places, number))
      return fail (error, "An object that is referred to is there, and in no cross-reference");
  for (guint i = 1; i < self->entries->entries->len; i++)
    {
      const EonayPdfXrefEntry *entry = eonay_pdf_xref_get (self->entries, i);
      gpointer last = g_hash_table_lookup (places, GUINT_TO_POINTER (i));

      if (entry->kind == EONAY_PDF_XREF_PACKED ||
          (entry->kind == EONAY_PDF_XREF_USED && last != find_token (self, entry->place)))
        return fail (error, "A file that is repaired has an object twice");
    }

  return has_one_root (self) || fail (error, "A file that is repaired has two catalogs");
}
