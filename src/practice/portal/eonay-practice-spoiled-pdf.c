#include "practice/portal/eonay-practice-spoiled-pdf.h"

#include <string.h>

#define CONTENTS_DIGITS 64
#define RANGE_WIDTH 10

/* Sixteen bytes each, twice: what they are does not matter, as nobody has the password. */
#define KEY_DIGITS "0123456789abcdef0123456789abcdef"

typedef struct {
  guint number; /* of the object */
  gsize offset;
} Entry;

/* An update (ISO 32000-1, clause 7.5.6): the catalog anew, and one more object. */
typedef struct {
  GString *bytes;
  guint root;
  guint size;
  guint64 previous;
  char *catalog; /* its entries */
} Update;

static guint64
read_number (const char *text, const char *key)
{
  const char *at = g_strrstr (text, key);

  g_return_val_if_fail (at != NULL, 0);

  return g_ascii_strtoull (at + strlen (key), NULL, 10);
}

static char *
read_catalog (const char *text, gsize length, guint root)
{
  g_autofree char *begin = g_strdup_printf ("\n%u 0 obj\n<<", root);
  const char *start = memmem (text, length, begin, strlen (begin));
  const char *end;

  g_return_val_if_fail (start != NULL, NULL);

  start += strlen (begin);
  end = memmem (start, length - (gsize) (start - text), ">>\nendobj", strlen (">>\nendobj"));
  g_return_val_if_fail (end != NULL, NULL);

  return g_strndup (start, (gsize) (end - start));
}

static void
update_init (Update *self, GBytes *pdf)
{
  gsize length;
  const char *text = g_bytes_get_data (pdf, &length);
  g_autofree char *tail = NULL;
  const char *trailer = NULL;

  for (gsize i = length; i-- > 0 && trailer == NULL;)
    if (strncmp (text + i, "trailer", MIN (length - i, strlen ("trailer"))) == 0)
      trailer = text + i;
  g_return_if_fail (trailer != NULL);

  tail = g_strndup (trailer, length - (gsize) (trailer - text));
  self->bytes = g_string_new_len (text, (gssize) length);
  self->root = (guint) read_number (tail, "/Root ");
  self->size = (guint) read_number (tail, "/Size ");
  self->previous = read_number (tail, "startxref\n");
  self->catalog = read_catalog (text, length, self->root);
}

static GBytes *
update_finish (Update *self, const Entry *entries, gsize n_entries, const char *trailer)
{
  gsize xref = self->bytes->len;
  guint size = MAX (self->size, entries[n_entries - 1].number + 1);

  g_string_append (self->bytes, "xref\n");
  for (gsize i = 0; i < n_entries; i++)
    g_string_append_printf (self->bytes, "%u 1\n%010zu 00000 n \n", entries[i].number,
                            entries[i].offset);
  g_string_append_printf (self->bytes,
                          "trailer\n<< /Size %u /Root %u 0 R /Prev %" G_GUINT64_FORMAT
                          " %s>>\nstartxref\n%zu\n%%%%EOF\n",
                          size, self->root, self->previous, trailer, xref);
  g_free (self->catalog);

  return g_string_free_to_bytes (self->bytes);
}

/* Returns: where it begins */
static Entry
append_catalog (Update *self, const char *more)
{
  Entry entry = { self->root, self->bytes->len };

  g_string_append_printf (self->bytes, "%u 0 obj\n<<%s %s>>\nendobj\n", self->root, self->catalog,
                          more);

  return entry;
}

static GBytes *
make_active (GBytes *pdf)
{
  Update update;
  Entry catalog;

  update_init (&update, pdf);
  catalog = append_catalog (&update,
                            "/OpenAction << /S /JavaScript /JS (app.alert\\(\"DENEME\"\\);) >>");

  return update_finish (&update, &catalog, 1, "");
}

static GBytes *
make_encrypted (GBytes *pdf)
{
  Update update;
  Entry entries[1];
  g_autofree char *trailer = NULL;

  update_init (&update, pdf);
  entries[0] = (Entry){ update.size, update.bytes->len };
  g_string_append_printf (update.bytes,
                          "%u 0 obj\n<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s%s> /U <%s%s> >>\n"
                          "endobj\n",
                          update.size, KEY_DIGITS, KEY_DIGITS, KEY_DIGITS, KEY_DIGITS);
  trailer = g_strdup_printf ("/Encrypt %u 0 R /ID [<%s> <%s>] ", update.size, KEY_DIGITS,
                             KEY_DIGITS);

  return update_finish (&update, entries, 1, trailer);
}

/* A certification that permits no change (clause 12.8.2.2); that it is no signature does not matter. */
static GBytes *
make_certified (GBytes *pdf)
{
  g_autofree char *zeros = g_strnfill (CONTENTS_DIGITS, '0');
  g_autofree char *more = NULL;
  Update update;
  Entry entries[3];
  gsize range;
  gsize gap;
  g_autofree char *numbers = NULL;
  g_autoptr (GBytes) whole = NULL;
  g_autoptr (GByteArray) bytes = NULL;

  update_init (&update, pdf);
  more =
      g_strdup_printf ("/AcroForm << /SigFlags 3 /Fields [%u 0 R] >> /Perms << /DocMDP %u 0 R >>",
                       update.size, update.size + 1);
  entries[0] = append_catalog (&update, more);
  entries[1] = (Entry){ update.size, update.bytes->len };
  g_string_append_printf (update.bytes, "%u 0 obj\n<< /FT /Sig /T (DENEME) /V %u 0 R >>\nendobj\n",
                          update.size, update.size + 1);
  entries[2] = (Entry){ update.size + 1, update.bytes->len };
  g_string_append_printf (update.bytes,
                          "%u 0 obj\n<< /Type /Sig /Filter /Adobe.PPKLite"
                          " /SubFilter /ETSI.CAdES.detached /Reference [<< /Type /SigRef"
                          " /TransformMethod /DocMDP"
                          " /TransformParams << /Type /TransformParams /P 1 /V /1.2 >> >>]"
                          " /ByteRange [",
                          update.size + 1);
  range = update.bytes->len;
  g_string_append_printf (update.bytes, "%*s] /Contents ", 4 * RANGE_WIDTH, "");
  gap = update.bytes->len;
  g_string_append_printf (update.bytes, "<%s> >>\nendobj\n", zeros);
  whole = update_finish (&update, entries, G_N_ELEMENTS (entries), "");
  numbers = g_strdup_printf ("0 %zu %zu %zu", gap, gap + CONTENTS_DIGITS + 2,
                             g_bytes_get_size (whole) - gap - CONTENTS_DIGITS - 2);
  bytes = g_bytes_unref_to_array (g_steal_pointer (&whole));
  memcpy (bytes->data + range, numbers, strlen (numbers));

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

GBytes *
eonay_practice_spoiled_pdf_new (GBytes *pdf, EonayPracticeFault fault)
{
  switch ((int) fault)
    {
    case EONAY_PRACTICE_FAULT_PDF_DAMAGED:
      return g_bytes_new_from_bytes (pdf, 0, g_bytes_get_size (pdf) / 3 * 2);
    case EONAY_PRACTICE_FAULT_PDF_ENCRYPTED:
      return make_encrypted (pdf);
    case EONAY_PRACTICE_FAULT_PDF_CERTIFIED:
      return make_certified (pdf);
    case EONAY_PRACTICE_FAULT_PDF_ACTIVE:
      return make_active (pdf);
    default:
      return NULL;
    }
}
