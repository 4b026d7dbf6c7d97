#include "app/document/wire/eonay-page-answer.h"

#include <math.h>
#include <string.h>

#include "base/eonay-error.h"
#include "base/eonay-text-class.h"

#define NO_ERROR 0xFF

/* What may lie outside of a page and still be taken, in points: nobody draws there. */
#define PLACE_MAX 1e6

static void
link_free (gpointer link)
{
  g_free (((EonayPageLink *) link)->target);
  g_free (link);
}

EonayPageAnswer *
eonay_page_answer_new (void)
{
  return g_new0 (EonayPageAnswer, 1);
}

void
eonay_page_answer_free (EonayPageAnswer *self)
{
  if (self == NULL)
    return;

  g_clear_error (&self->error);
  g_clear_pointer (&self->sizes, g_array_unref);
  g_clear_pointer (&self->pixels, g_bytes_unref);
  g_free (self->text);
  g_clear_pointer (&self->areas, g_array_unref);
  g_clear_pointer (&self->matches, g_array_unref);
  g_clear_pointer (&self->links, g_ptr_array_unref);
  g_strfreev (self->fonts);
  g_free (self);
}

void
eonay_page_answer_add_link (EonayPageAnswer *self, EonayPageArea area, EonayPageLinkKind kind,
                            const char *target)
{
  EonayPageLink *link = g_new0 (EonayPageLink, 1);

  link->area = area;
  link->kind = kind;
  link->target = eonay_text_class_make_line (target != NULL ? target : "", -1);
  if (self->links == NULL)
    self->links = g_ptr_array_new_with_free_func (link_free);
  g_ptr_array_add (self->links, link);
}

/* The structures are the frame's: nothing but numbers, without gaps. */
static GVariant *
encode_array (const char *type, GArray *array, gsize size)
{
  return g_variant_new_fixed_array (G_VARIANT_TYPE (type),
                                    array != NULL ? (gconstpointer) array->data : NULL,
                                    array != NULL ? array->len : 0, size);
}

static GVariant *
encode_links (GPtrArray *links)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a((dddd)ys)"));
  for (guint i = 0; links != NULL && i < links->len; i++)
    {
      const EonayPageLink *link = links->pdata[i];
      const EonayPageArea *area = &link->area;

      g_variant_builder_add (&builder, "((dddd)ys)", area->x, area->y, area->width, area->height,
                             (guchar) link->kind, link->target);
    }

  return g_variant_builder_end (&builder);
}

static GVariant *
encode_fonts (char **fonts)
{
  return g_variant_new_strv ((const char *const *) fonts, fonts != NULL ? -1 : 0);
}

static GVariant *
encode_value (const EonayPageAnswer *self, EonayPageAsk ask)
{
  switch (ask)
    {
    case EONAY_PAGE_ASK_OPEN:
      return encode_array ("(dd)", self->sizes, sizeof (EonayPageSize));
    case EONAY_PAGE_ASK_DRAW:
      return g_variant_new ("(iib)", self->width, self->height, self->is_incomplete);
    case EONAY_PAGE_ASK_TEXT:
      return g_variant_new ("(s@a(dddd)b)", self->text != NULL ? self->text : "",
                            encode_array ("(dddd)", self->areas, sizeof (EonayPageArea)),
                            self->is_short);
    case EONAY_PAGE_ASK_SEARCH:
      return g_variant_new ("(@a(uu(dddd))b)",
                            encode_array ("(uu(dddd))", self->matches, sizeof (EonayPageMatch)),
                            self->is_short);
    case EONAY_PAGE_ASK_LINKS:
      return g_variant_new ("(@a((dddd)ys)b)", encode_links (self->links), self->is_short);
    case EONAY_PAGE_ASK_FONTS:
      return g_variant_new ("(@asb)", encode_fonts (self->fonts), self->is_short);
    case EONAY_PAGE_ASK_COMPARE:
    case EONAY_PAGE_ASK_UPDATED:
    default:
      return g_variant_new_boolean (self->differs);
    }
}

GVariant *
eonay_page_answer_encode (const EonayPageAnswer *self, EonayPageAsk ask)
{
  if (self->error != NULL)
    return g_variant_new (EONAY_PAGE_ANSWER_TYPE, (guchar) self->error->code,
                          g_variant_new_string (self->error->message));

  return g_variant_new (EONAY_PAGE_ANSWER_TYPE, NO_ERROR, encode_value (self, ask));
}

static gboolean
is_place (double value)
{
  return isfinite (value) && fabs (value) <= PLACE_MAX;
}

static gboolean
is_area (const EonayPageArea *area)
{
  return is_place (area->x) && is_place (area->y) && is_place (area->width) &&
         is_place (area->height) && area->width >= 0 && area->height >= 0;
}

/* Returns: (transfer full) (nullable): %NULL for more than @max */
static GArray *
decode_array (GVariant *value, gsize size, guint max)
{
  gsize length = 0;
  gconstpointer elements = g_variant_get_fixed_array (value, &length, size);
  GArray *array;

  if (length > max)
    return NULL;

  array = g_array_sized_new (FALSE, FALSE, (guint) size, (guint) length);
  g_array_append_vals (array, elements, (guint) length);

  return array;
}

static gboolean
decode_sizes (EonayPageAnswer *self, GVariant *value)
{
  self->sizes = decode_array (value, sizeof (EonayPageSize), EONAY_PAGES_MAX);
  for (guint i = 0; self->sizes != NULL && i < self->sizes->len; i++)
    {
      const EonayPageSize *size = &g_array_index (self->sizes, EonayPageSize, i);

      if (!(size->width > 0 && size->width <= EONAY_PAGE_SIDE_MAX && size->height > 0 &&
            size->height <= EONAY_PAGE_SIDE_MAX))
        return FALSE;
    }

  return self->sizes != NULL && self->sizes->len > 0;
}

static gboolean
decode_text (EonayPageAnswer *self, GVariant *value)
{
  g_autoptr (GVariant) areas = NULL;

  g_variant_get (value, "(s@a(dddd)b)", &self->text, &areas, &self->is_short);
  self->areas = decode_array (areas, sizeof (EonayPageArea), EONAY_PAGE_CHARACTERS_MAX);
  for (guint i = 0; self->areas != NULL && i < self->areas->len; i++)
    if (!is_area (&g_array_index (self->areas, EonayPageArea, i)))
      return FALSE;

  return self->areas != NULL && (glong) self->areas->len == g_utf8_strlen (self->text, -1);
}

/* In the order of the pages; the numbers begin at 0, and leave none out. */
static gboolean
follows (const EonayPageMatch *match, const EonayPageMatch *before)
{
  if (before == NULL)
    return match->number == 0;

  return match->page >= before->page &&
         (match->number == before->number ? match->page == before->page
                                          : match->number == before->number + 1);
}

static gboolean
decode_matches (EonayPageAnswer *self, const EonayPageRequest *request, guint n_pages,
                GVariant *value)
{
  g_autoptr (GVariant) matches = NULL;

  g_variant_get (value, "(@a(uu(dddd))b)", &matches, &self->is_short);
  self->matches = decode_array (matches, sizeof (EonayPageMatch), EONAY_PAGE_MATCHES_MAX);
  for (guint i = 0; self->matches != NULL && i < self->matches->len; i++)
    {
      const EonayPageMatch *match = &g_array_index (self->matches, EonayPageMatch, i);

      if (match->page < request->page ||
          match->page >= MIN (n_pages, request->page + request->n_pages) ||
          !follows (match, i > 0 ? match - 1 : NULL) || !is_area (&match->area))
        return FALSE;
    }

  return self->matches != NULL;
}

static gboolean
decode_links (EonayPageAnswer *self, GVariant *value)
{
  g_autoptr (GVariant) links = NULL;
  GVariantIter iter;
  EonayPageArea area;
  guchar kind;
  const char *target;

  g_variant_get (value, "(@a((dddd)ys)b)", &links, &self->is_short);
  if (g_variant_n_children (links) > EONAY_PAGE_LINKS_MAX)
    return FALSE;

  self->links = g_ptr_array_new_with_free_func (link_free);
  g_variant_iter_init (&iter, links);
  while (g_variant_iter_next (&iter, "((dddd)y&s)", &area.x, &area.y, &area.width, &area.height,
                              &kind, &target))
    {
      if (!is_area (&area) || kind > EONAY_PAGE_LINK_LAST)
        return FALSE;
      eonay_page_answer_add_link (self, area, (EonayPageLinkKind) kind, target);
    }

  return TRUE;
}

static gboolean
decode_fonts (EonayPageAnswer *self, GVariant *value)
{
  g_autoptr (GVariant) fonts = NULL;

  g_variant_get (value, "(@asb)", &fonts, &self->is_short);
  if (g_variant_n_children (fonts) > EONAY_PAGE_FONTS_MAX)
    return FALSE;

  self->fonts = g_variant_dup_strv (fonts, NULL);
  for (guint i = 0; self->fonts[i] != NULL; i++)
    {
      g_autofree char *name = g_steal_pointer (&self->fonts[i]);

      self->fonts[i] = eonay_text_class_make_name (name, -1);
    }

  return TRUE;
}

static gboolean
decode_value (EonayPageAnswer *self, const EonayPageRequest *request, guint n_pages,
              GVariant *value)
{
  switch (request->ask)
    {
    case EONAY_PAGE_ASK_OPEN:
      return decode_sizes (self, value);
    case EONAY_PAGE_ASK_DRAW:
      g_variant_get (value, "(iib)", &self->width, &self->height, &self->is_incomplete);
      return self->width == request->width && self->height == request->height;
    case EONAY_PAGE_ASK_TEXT:
      return decode_text (self, value);
    case EONAY_PAGE_ASK_SEARCH:
      return decode_matches (self, request, n_pages, value);
    case EONAY_PAGE_ASK_LINKS:
      return decode_links (self, value);
    case EONAY_PAGE_ASK_FONTS:
      return decode_fonts (self, value);
    case EONAY_PAGE_ASK_COMPARE:
    case EONAY_PAGE_ASK_UPDATED:
    default:
      self->differs = g_variant_get_boolean (value);
      return TRUE;
    }
}

static const char *const value_types[] = {
  [EONAY_PAGE_ASK_OPEN] = "a(dd)",
  [EONAY_PAGE_ASK_DRAW] = "(iib)",
  [EONAY_PAGE_ASK_TEXT] = "(sa(dddd)b)",
  [EONAY_PAGE_ASK_SEARCH] = "(a(uu(dddd))b)",
  [EONAY_PAGE_ASK_LINKS] = "(a((dddd)ys)b)",
  [EONAY_PAGE_ASK_FONTS] = "(asb)",
  [EONAY_PAGE_ASK_COMPARE] = "b",
  [EONAY_PAGE_ASK_UPDATED] = "b",
};

/* Only what the process itself can know. */
static gboolean
decode_error (EonayPageAnswer *self, guchar code, GVariant *value)
{
  g_autofree char *message = NULL;

  if (!g_variant_is_of_type (value, G_VARIANT_TYPE_STRING) || code > EONAY_PAGE_ERROR_LAST ||
      code == EONAY_PAGE_ERROR_CRASHED || code == EONAY_PAGE_ERROR_HUNG)
    return FALSE;

  message = eonay_text_class_make_line (g_variant_get_string (value, NULL), -1);
  self->error = g_error_new_literal (EONAY_PAGE_ERROR, code, message);

  return TRUE;
}

EonayPageAnswer *
eonay_page_answer_decode (const EonayPageRequest *request, guint n_pages, GVariant *frame)
{
  g_autoptr (EonayPageAnswer) self = eonay_page_answer_new ();
  g_autoptr (GVariant) value = NULL;
  gboolean is_good;
  guchar code;

  g_variant_get (frame, EONAY_PAGE_ANSWER_TYPE, &code, &value);
  if (code != NO_ERROR)
    is_good = decode_error (self, code, value);
  else
    is_good = g_variant_is_of_type (value, G_VARIANT_TYPE (value_types[request->ask])) &&
              decode_value (self, request, n_pages, value);

  return is_good ? g_steal_pointer (&self) : NULL;
}
