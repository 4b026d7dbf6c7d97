#include "signature/pades/host/eonay-pdf-xref.h"

#include <gio/gio.h>
#include <string.h>

#include "base/eonay-error.h"
#include "signature/pades/eonay-pdf-report.h"

#define OFFSET_MAX G_GUINT64_CONSTANT (9999999999) /* ten digits */
#define GENERATION_MAX 99999                       /* five */
#define SECTIONS_MAX 10000
#define ROW_LENGTH 20

/* Of all sections together: no file has so many by accident. */
#define ROWS_MAX G_GUINT64_CONSTANT (4000000)

/* A row of bytes that a predictor works on. */
#define LINE_LENGTH_MAX 65536

/* Parts of /Index without a row. */
#define EMPTY_PAIRS_MAX 16

#define FIELDS 3
#define FIELD_LENGTH_MAX 8

typedef struct {
  EonayPdfXref *xref;
  const guint8 *bytes;
  gsize length;
  GHashTable *visited; /* (element-type guint64): where sections begin */
  guint64 n_rows;
  guint64 n_bytes; /* of the sections' dictionaries and what is before them */
} Walk;

static gboolean
fail (GError **error, const char *message)
{
  g_set_error_literal (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_PDF_DAMAGED, message);

  return FALSE;
}

static gboolean
fail_too_complex (GError **error)
{
  g_set_error_literal (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_PDF_TOO_COMPLEX,
                       "The PDF has too many objects");

  return FALSE;
}

static gboolean
is_same (const EonayPdfXrefEntry *a, const EonayPdfXrefEntry *b)
{
  return a->kind == b->kind &&
         (a->kind == EONAY_PDF_XREF_FREE || (a->place == b->place && a->detail == b->detail));
}

/* Some programs write 0 for a number that they do not use; no object can be there, and readers take it
   for free. */
static guint8
judge_kind (guint8 kind, guint32 place)
{
  return kind == EONAY_PDF_XREF_USED && place == 0 ? EONAY_PDF_XREF_FREE : kind;
}

/* What is newer has been read before. */
static gboolean
put (Walk *walk, guint64 number, const EonayPdfXrefEntry *entry, gboolean is_of_table,
     GError **error)
{
  GArray *entries = walk->xref->entries;
  EonayPdfXrefEntry *known;

  if (number > EONAY_PDF_OBJECTS_MAX || ++walk->n_rows > ROWS_MAX)
    return fail_too_complex (error);
  if (number >= entries->len)
    g_array_set_size (entries, (guint) number + 1);
  known = &g_array_index (entries, EonayPdfXrefEntry, number);
  if (known->kind == EONAY_PDF_XREF_NONE)
    {
      *known = *entry;
      return TRUE;
    }

  /* Readers take the first or the last of two; object 0 is never used, whatever is said of it. */
  if (known->section == entry->section && number != 0 && !is_same (known, entry))
    return fail (error, "One section says two things of an object");
  if (known->is_beside && is_of_table)
    {
      known->is_beside = FALSE;
      if (entry->kind == EONAY_PDF_XREF_USED && !is_same (known, entry))
        return fail (error, "A stream beside a table gives another object than the tables");
    }

  return TRUE;
}

/* @count rows of a table (clause 7.5.4), of whatever length. */
static gboolean
read_rows (Walk *walk, EonayPdfScanner *at, guint64 first, guint64 count, GError **error)
{
  const guint8 *start;
  gboolean is_even = TRUE;

  eonay_pdf_scanner_skip_blanks (at);
  start = at->at;
  for (guint64 i = 0; i < count; i++)
    {
      EonayPdfXrefEntry entry = { .section = walk->xref->n_sections };
      EonayPdfScanner kind;
      guint64 place, generation;

      eonay_pdf_scanner_skip_blanks (at);
      is_even = is_even && at->at == start + i * ROW_LENGTH;
      if (!eonay_pdf_scanner_read_number (at, OFFSET_MAX, &place) ||
          !eonay_pdf_scanner_read_number (at, GENERATION_MAX, &generation))
        return fail (error, "A row of the cross-reference table is none");
      kind = *at;
      entry.kind = eonay_pdf_scanner_read_word (at, "n") ? EONAY_PDF_XREF_USED
                                                         : EONAY_PDF_XREF_FREE;
      if (entry.kind == EONAY_PDF_XREF_FREE)
        {
          *at = kind;
          if (!eonay_pdf_scanner_read_word (at, "f"))
            return fail (error, "A row of the cross-reference table is none");
        }
      entry.place = (guint32) MIN (place, G_MAXUINT32);
      entry.kind = judge_kind (entry.kind, entry.place);
      entry.detail = (guint32) generation;
      if (!put (walk, first + i, &entry, TRUE, error))
        return FALSE;
    }
  walk->xref->first_row = is_even && first == 0 ? (guint64) (start - walk->bytes) : 0;

  return TRUE;
}

static gboolean
read_table (Walk *walk, EonayPdfScanner *at, EonayPdfScanner *trailer, GError **error)
{
  guint n_subsections = 0;

  for (;;)
    {
      EonayPdfScanner next = *at;
      guint64 first, count;

      if (eonay_pdf_scanner_read_word (&next, "trailer"))
        {
          *at = next;
          break;
        }
      if (!eonay_pdf_scanner_read_number (at, EONAY_PDF_OBJECTS_MAX, &first) ||
          !eonay_pdf_scanner_read_number (at, EONAY_PDF_OBJECTS_MAX, &count))
        return fail (error, "A subsection of the cross-reference table is none");
      if (!read_rows (walk, at, first, count, error))
        return FALSE;
      n_subsections++;
    }
  if (n_subsections != 1)
    walk->xref->first_row = 0;

  return eonay_pdf_scanner_read_dictionary (at, trailer) || fail (error, "A trailer is none");
}

/* Returns: whether @key is missing, or once there with a number of its own */
static gboolean
read_entry (const EonayPdfScanner *dictionary, const char *key, guint64 max, guint64 otherwise,
            guint64 *number)
{
  EonayPdfScanner value;
  guint n_found = eonay_pdf_scanner_find (dictionary, key, &value);

  *number = otherwise;

  return n_found == 0 || (n_found == 1 && eonay_pdf_scanner_read_number (&value, max, number) &&
                          eonay_pdf_scanner_is_at_end (&value));
}

/* @content: (nullable): what it is appended to. Returns: how much it is; G_MAXSIZE if it is damaged */
static gsize
unpack_flate (const guint8 *packed, gsize length, gsize most, GByteArray *content)
{
  g_autoptr (GZlibDecompressor) decompressor =
      g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
  GConverterResult result = G_CONVERTER_CONVERTED;
  gsize n_read = 0;
  gsize total = 0;

  while (total < most && result != G_CONVERTER_FINISHED)
    {
      guint8 part[16384];
      gsize read, written;

      result = g_converter_convert (G_CONVERTER (decompressor), packed + n_read, length - n_read,
                                    part, MIN (sizeof part, most - total), G_CONVERTER_INPUT_AT_END,
                                    &read, &written, NULL);
      if (result == G_CONVERTER_ERROR)
        return G_MAXSIZE;
      n_read += read;
      total += written;
      if (content != NULL)
        g_byte_array_append (content, part, (guint) written);
    }

  return total;
}

GByteArray *
eonay_pdf_xref_inflate (const guint8 *packed, gsize length, gsize most)
{
  g_autoptr (GByteArray) content = g_byte_array_new ();

  if (unpack_flate (packed, length, most, content) == G_MAXSIZE)
    return NULL;

  return g_steal_pointer (&content);
}

gsize
eonay_pdf_xref_measure (const guint8 *packed, gsize length, gsize most)
{
  gsize total = unpack_flate (packed, length, most, NULL);

  return total != G_MAXSIZE ? total : 0;
}

static guint8
predict (guint kind, guint8 left, guint8 above, guint8 corner)
{
  int estimate = left + above - corner;
  int distances[] = { ABS (estimate - left), ABS (estimate - above), ABS (estimate - corner) };

  switch (kind)
    {
    case 1:
      return left;
    case 2:
      return above;
    case 3:
      return (guint8) ((left + above) / 2);
    case 4:
      if (distances[0] <= distances[1] && distances[0] <= distances[2])
        return left;
      return distances[1] <= distances[2] ? above : corner;
    default:
      return 0;
    }
}

/* Undoes PNG's predictors in place (clause 7.4.4.4). @unit: bytes of a pixel */
static void
undo_predictor (GByteArray *content, gsize line, gsize unit)
{
  gsize n_lines = content->len / (line + 1);
  guint8 *out = content->data;

  for (gsize i = 0; i < n_lines; i++)
    {
      const guint8 *in = content->data + i * (line + 1);
      const guint8 *above = i == 0 ? NULL : out - line;
      guint kind = in[0];

      for (gsize j = 0; j < line; j++)
        out[j] = (guint8) (in[1 + j] + predict (kind, j < unit ? 0 : out[j - unit],
                                                above == NULL ? 0 : above[j],
                                                above == NULL || j < unit ? 0 : above[j - unit]));
      out += line;
    }
  g_byte_array_set_size (content, (guint) (n_lines * line));
}

/* Returns: whether the one value that is there, alone or in an array, is at @value; @n: 0 if there is none */
static gboolean
find_only (const EonayPdfScanner *dictionary, const char *key, EonayPdfScanner *value, guint *n)
{
  EonayPdfScanner array;

  *n = eonay_pdf_scanner_find (dictionary, key, value);
  if (*n == 1)
    {
      EonayPdfScanner copy = *value;

      if (eonay_pdf_scanner_read_array (&copy, &array))
        *value = array;
      copy = *value;
      if (eonay_pdf_scanner_is_at_end (value) || eonay_pdf_scanner_read_word (&copy, "null"))
        *n = 0;
    }

  return *n <= 1;
}

/* Of the @packed bytes of a cross-reference stream, @needed unpacked ones. */
static GByteArray *
unpack (const EonayPdfScanner *dictionary, const EonayPdfScanner *packed, gsize needed)
{
  EonayPdfScanner value, parameters;
  gsize length = (gsize) (packed->end - packed->at);
  guint64 predictor, columns, colors, bits;
  GByteArray *content;
  guint n_found;
  gsize line;

  if (!find_only (dictionary, "Filter", &value, &n_found))
    return NULL;
  if (n_found == 0)
    return g_byte_array_append (g_byte_array_new (), packed->at, (guint) MIN (length, needed));
  if (!eonay_pdf_scanner_read_name (&value, "FlateDecode") ||
      !eonay_pdf_scanner_is_at_end (&value) ||
      !find_only (dictionary, "DecodeParms", &value, &n_found))
    return NULL;

  parameters = (EonayPdfScanner){ value.end, value.end };
  if (n_found == 1 && !eonay_pdf_scanner_read_dictionary (&value, &parameters))
    return NULL;
  if (!read_entry (&parameters, "Predictor", 15, 1, &predictor) ||
      !read_entry (&parameters, "Columns", LINE_LENGTH_MAX, 1, &columns) ||
      !read_entry (&parameters, "Colors", 4, 1, &colors) ||
      !read_entry (&parameters, "BitsPerComponent", 16, 8, &bits))
    return NULL;
  if (predictor == 1)
    return eonay_pdf_xref_inflate (packed->at, length, needed);
  if (predictor < 10 || columns * colors * bits < 8)
    return NULL;
  line = (gsize) (columns * colors * bits + 7) / 8;
  content = eonay_pdf_xref_inflate (packed->at, length, (needed + line - 1) / line * (line + 1));
  if (content != NULL)
    undo_predictor (content, line, (gsize) MAX (colors * bits / 8, 1));

  return content;
}

typedef struct {
  gsize widths[FIELDS];
  gsize width;
  EonayPdfScanner index; /* pairs of a first number and a count */
  gsize n_rows;
} Layout;

static gboolean
read_layout (const EonayPdfScanner *dictionary, Layout *layout)
{
  EonayPdfScanner value, index;
  guint64 size, first, count;

  gsize n_pairs = 0;

  layout->width = 0;
  layout->n_rows = 0;
  if (eonay_pdf_scanner_find (dictionary, "W", &value) != 1 ||
      !eonay_pdf_scanner_read_array (&value, &index))
    return FALSE;
  for (guint i = 0; i < FIELDS; i++)
    {
      if (!eonay_pdf_scanner_read_number (&index, FIELD_LENGTH_MAX, &count))
        return FALSE;
      layout->widths[i] = (gsize) count;
      layout->width += (gsize) count;
    }
  if (!eonay_pdf_scanner_is_at_end (&index) || layout->width == 0)
    return FALSE;

  switch (eonay_pdf_scanner_find (dictionary, "Index", &value))
    {
    case 0:
      layout->index = (EonayPdfScanner){ NULL, NULL };
      if (!read_entry (dictionary, "Size", G_MAXUINT32, 0, &size))
        return FALSE;
      layout->n_rows = (gsize) size;
      return TRUE;
    case 1:
      if (!eonay_pdf_scanner_read_array (&value, &layout->index))
        return FALSE;
      break;
    default:
      return FALSE;
    }
  for (index = layout->index; !eonay_pdf_scanner_is_at_end (&index);)
    {
      if (!eonay_pdf_scanner_read_number (&index, EONAY_PDF_OBJECTS_MAX, &first) ||
          !eonay_pdf_scanner_read_number (&index, EONAY_PDF_OBJECTS_MAX, &count))
        return FALSE;
      layout->n_rows += (gsize) count;
      /* An array of nothing is not a list of rows. */
      if (++n_pairs > layout->n_rows + EMPTY_PAIRS_MAX)
        return FALSE;
    }

  return TRUE;
}

/* One row of a cross-reference stream (clause 7.5.8.3). Returns: whether it is one */
static gboolean
decode_row (const Layout *layout, const guint8 *row, EonayPdfXrefEntry *entry)
{
  guint64 fields[FIELDS] = { 1, 0, 0 };

  for (guint i = 0; i < FIELDS; i++)
    {
      if (layout->widths[i] > 0)
        fields[i] = 0;
      for (gsize j = 0; j < layout->widths[i]; j++)
        fields[i] = fields[i] << 8 | *row++;
    }
  entry->place = (guint32) MIN (fields[1], G_MAXUINT32);
  entry->detail = (guint32) MIN (fields[2], G_MAXUINT32);
  entry->kind = fields[0] == 2   ? EONAY_PDF_XREF_PACKED
                : fields[0] == 1 ? judge_kind (EONAY_PDF_XREF_USED, entry->place)
                                 : EONAY_PDF_XREF_FREE;

  return fields[0] <= 2;
}

static gboolean
put_rows (Walk *walk, Layout *layout, const guint8 *rows, gboolean is_beside, GError **error)
{
  guint64 first = 0;
  guint64 count = layout->n_rows;
  gboolean has_index = layout->index.at != NULL;

  while (has_index ? !eonay_pdf_scanner_is_at_end (&layout->index) : count > 0)
    {
      if (has_index && (!eonay_pdf_scanner_read_number (&layout->index, G_MAXUINT32, &first) ||
                        !eonay_pdf_scanner_read_number (&layout->index, G_MAXUINT32, &count)))
        return fail (error, "A cross-reference stream has no sound index");
      for (guint64 i = 0; i < count; i++, rows += layout->width)
        {
          EonayPdfXrefEntry entry = { .section = walk->xref->n_sections, .is_beside = is_beside };

          if (!decode_row (layout, rows, &entry))
            return fail (error, "A row of a cross-reference stream is none");
          if (!put (walk, first + i, &entry, FALSE, error))
            return FALSE;
        }
      if (!has_index)
        count = 0;
    }

  return TRUE;
}

gboolean
eonay_pdf_xref_find_content (const EonayPdfScanner *dictionary, EonayPdfScanner *at,
                             EonayPdfScanner *content)
{
  guint64 length;

  if (!read_entry (dictionary, "Length", G_MAXUINT32, G_MAXUINT64, &length) ||
      !eonay_pdf_scanner_read_word (at, "stream"))
    return FALSE;
  if (at->at < at->end && *at->at == '\r')
    at->at++;
  if (at->at == at->end || *at->at != '\n' || length > (guint64) (at->end - at->at - 1))
    return FALSE;
  content->at = at->at + 1;
  content->end = content->at + length;

  return TRUE;
}

static gboolean
read_stream (Walk *walk, EonayPdfScanner *at, EonayPdfScanner *dictionary, gboolean is_beside,
             GError **error)
{
  g_autoptr (GByteArray) rows = NULL;
  EonayPdfScanner type, packed;
  guint64 number, generation;
  Layout layout;

  walk->xref->first_row = 0;
  if (!eonay_pdf_scanner_read_head (at, &number, &generation) ||
      !eonay_pdf_scanner_read_dictionary (at, dictionary) ||
      eonay_pdf_scanner_find (dictionary, "Type", &type) != 1 ||
      !eonay_pdf_scanner_read_name (&type, "XRef") || !read_layout (dictionary, &layout) ||
      !eonay_pdf_xref_find_content (dictionary, at, &packed))
    return fail (error, "A cross-reference stream is none");
  if (layout.n_rows > EONAY_PDF_OBJECTS_MAX + 1)
    return fail_too_complex (error);
  rows = unpack (dictionary, &packed, layout.n_rows * layout.width);
  if (rows == NULL || rows->len < layout.n_rows * layout.width)
    return fail (error, "A cross-reference stream has too few rows");

  return put_rows (walk, &layout, rows->data, is_beside, error);
}

/* Returns: where the section is that is said to begin at @offset: blanks may stand before it */
static guint64
find_start (const guint8 *bytes, gsize length, guint64 offset)
{
  EonayPdfScanner at = { bytes + offset, bytes + length };

  eonay_pdf_scanner_skip_blanks (&at);

  return (guint64) (at.at - bytes);
}

/* Returns: whether a section may begin at @offset, and none has been read there */
static gboolean
enter (Walk *walk, guint64 offset, EonayPdfScanner *at)
{
  guint64 start;

  if (offset >= walk->length)
    return FALSE;
  start = find_start (walk->bytes, walk->length, offset);
  if (!g_hash_table_add (walk->visited, g_memdup2 (&start, sizeof start)))
    return FALSE;
  g_array_append_val (walk->xref->sections, start);
  *at = (EonayPdfScanner){ walk->bytes + start, walk->bytes + walk->length };

  return TRUE;
}

/* @dictionary: (out): the section's trailer */
static gboolean
read_section (Walk *walk, guint64 offset, EonayPdfScanner *dictionary, GError **error)
{
  EonayPdfScanner at, start, of_stream;
  guint64 beside;

  if (!enter (walk, offset, &start))
    return fail (error, "The cross-reference sections go round");
  at = start;
  walk->xref->n_sections++;
  if (!eonay_pdf_scanner_read_word (&at, "xref"))
    return read_stream (walk, &start, dictionary, FALSE, error);
  if (walk->xref->n_sections == 1)
    walk->xref->is_table = TRUE;

  if (!read_table (walk, &at, dictionary, error))
    return FALSE;
  if (!read_entry (dictionary, "XRefStm", OFFSET_MAX, 0, &beside))
    return fail (error, "A trailer is none");
  if (beside == 0)
    return TRUE;
  if (!enter (walk, beside, &at))
    return fail (error, "The cross-reference sections go round");

  return read_stream (walk, &at, &of_stream, TRUE, error);
}

static gboolean
read_all (Walk *walk, guint64 offset, GError **error)
{
  do
    {
      EonayPdfScanner dictionary;

      if (walk->xref->n_sections == SECTIONS_MAX)
        return fail_too_complex (error);
      if (!read_section (walk, offset, &dictionary, error))
        return FALSE;
      /* Each would be read to its end, and in it the next one. */
      walk->n_bytes += (guint64) (dictionary.end - walk->bytes) - offset;
      if (walk->n_bytes > walk->length)
        return fail (error, "The cross-reference sections lie in one another");
      if (walk->xref->n_sections == 1)
        walk->xref->trailer = dictionary;
      /* 0 is where no section can be: readers agree that there is no older one then. */
      if (!read_entry (&dictionary, "Prev", OFFSET_MAX, 0, &offset))
        return fail (error, "A trailer is none");
    }
  while (offset != 0);

  return TRUE;
}

/* A /Size below the highest number does no harm: readers go by the rows, and an update sets it right. */
static gboolean
check_size (const EonayPdfXref *self, GError **error)
{
  guint64 size;

  return (read_entry (&self->trailer, "Size", EONAY_PDF_OBJECTS_MAX + 1, 0, &size) && size > 0) ||
         fail (error, "The trailer's size is none");
}

EonayPdfXref *
eonay_pdf_xref_new (const guint8 *bytes, gsize length, guint64 offset, GError **error)
{
  g_autoptr (EonayPdfXref) self = g_new0 (EonayPdfXref, 1);
  g_autoptr (GHashTable) visited = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                                          NULL);
  Walk walk = { .xref = self, .bytes = bytes, .length = length, .visited = visited };

  self->bytes = bytes;
  self->entries = g_array_new (FALSE, TRUE, sizeof (EonayPdfXrefEntry));
  self->sections = g_array_new (FALSE, FALSE, sizeof (guint64));
  if (!read_all (&walk, offset, error) || !check_size (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
eonay_pdf_xref_free (EonayPdfXref *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->entries, g_array_unref);
  g_clear_pointer (&self->sections, g_array_unref);
  g_free (self);
}

const EonayPdfXrefEntry *
eonay_pdf_xref_get (const EonayPdfXref *self, guint number)
{
  static const EonayPdfXrefEntry none = { .kind = EONAY_PDF_XREF_NONE };

  return number < self->entries->len ? &g_array_index (self->entries, EonayPdfXrefEntry, number)
                                     : &none;
}

gboolean
eonay_pdf_xref_is_revision (const EonayPdfXref *self, guint64 offset, gsize length)
{
  guint64 start = offset < length ? find_start (self->bytes, length, offset) : length;
  gboolean is_found = FALSE;

  for (guint i = 0; i < self->sections->len; i++)
    {
      guint64 section = g_array_index (self->sections, guint64, i);

      is_found = is_found || section == start;
      if (is_found && section >= length)
        return FALSE;
    }

  return is_found;
}
