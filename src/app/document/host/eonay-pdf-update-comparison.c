#include "app/document/host/eonay-pdf-update-comparison.h"

#include <string.h>

#include "base/eonay-error.h"

/* Of a page's picture, and what of it may differ. */
typedef struct {
  const guint8 *before;
  const guint8 *after;
  gsize stride;
  int height;
  int left;
  int top;
  int right;
  int bottom;
} Pictures;

static gboolean
is_row_same (const Pictures *self, int y)
{
  const guint8 *one = self->before + (gsize) y * self->stride;
  const guint8 *other = self->after + (gsize) y * self->stride;
  gsize from = (gsize) self->left * EONAY_PAGE_PIXEL_SIZE;
  gsize to = (gsize) self->right * EONAY_PAGE_PIXEL_SIZE;

  if (y < self->top || y >= self->bottom)
    return memcmp (one, other, self->stride) == 0;

  return memcmp (one, other, from) == 0 && memcmp (one + to, other + to, self->stride - to) == 0;
}

static gboolean
are_same (const Pictures *self)
{
  for (int y = 0; y < self->height; y++)
    if (!is_row_same (self, y))
      return FALSE;

  return TRUE;
}

static gboolean
can_draw (GArray *sizes, const EonayPageRequest *request)
{
  const EonayPageSize *size = &g_array_index (sizes, EonayPageSize, request->page);

  return request->page < sizes->len &&
         size->width * size->height * request->scale * request->scale <= EONAY_PAGE_PIXELS_MAX;
}

static gboolean
have_same_sizes (EonayPdfDocument *one, EonayPdfDocument *other)
{
  g_autoptr (GArray) sizes = eonay_pdf_document_list_sizes (one);
  g_autoptr (GArray) others = eonay_pdf_document_list_sizes (other);

  return sizes->len == others->len &&
         memcmp (sizes->data, others->data, sizes->len * sizeof (EonayPageSize)) == 0;
}

static gboolean
open_both (EonayPdfUpdateComparison *self, GBytes *updated, guint64 length, GError **error)
{
  gsize n_bytes = (gsize) MIN (length, g_bytes_get_size (updated));
  g_autoptr (GBytes) before = g_bytes_new_from_bytes (updated, 0, n_bytes);

  if (self->before == NULL)
    self->before = eonay_pdf_document_open (before, error);
  if (self->before != NULL && self->after == NULL)
    self->after = eonay_pdf_document_open_as_others (updated, NULL);

  return self->before != NULL;
}

/* @sizes: of the pages, of which there is the wanted one */
static gboolean
draw_both (EonayPdfUpdateComparison *self, const EonayPageRequest *request, GArray *sizes,
           EonayPageAnswer *answer)
{
  const EonayPageSize *size = &g_array_index (sizes, EonayPageSize, request->page);
  EonayPageRequest whole = { .ask = EONAY_PAGE_ASK_DRAW,
                             .page = request->page,
                             .scale = request->scale,
                             .width = MAX (1, (int) (size->width * request->scale)),
                             .height = MAX (1, (int) (size->height * request->scale)) };
  Pictures pictures = { .stride = (gsize) whole.width * EONAY_PAGE_PIXEL_SIZE,
                        .height = whole.height,
                        .left = CLAMP (request->x, 0, whole.width),
                        .top = CLAMP (request->y, 0, whole.height) };
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) after = NULL;

  pictures.right = pictures.left + MIN (request->width, whole.width - pictures.left);
  pictures.bottom = pictures.top + MIN (request->height, whole.height - pictures.top);
  before = eonay_pdf_document_draw (self->before, &whole, &answer->error);
  after = before != NULL ? eonay_pdf_document_draw (self->after, &whole, &answer->error) : NULL;
  if (after == NULL)
    return FALSE;

  pictures.before = g_bytes_get_data (before, NULL);
  pictures.after = g_bytes_get_data (after, NULL);

  return are_same (&pictures);
}

void
eonay_pdf_update_comparison_run (EonayPdfUpdateComparison *self, GBytes *updated,
                                 EonayPdfDocument *shown, const EonayPageRequest *request,
                                 EonayPageAnswer *answer)
{
  g_autoptr (GArray) sizes = NULL;

  if (!open_both (self, updated, request->length, &answer->error))
    return;

  sizes = eonay_pdf_document_list_sizes (self->before);
  if (!can_draw (sizes, request))
    {
      answer->error = g_error_new (EONAY_PAGE_ERROR, EONAY_PAGE_ERROR_NOT_DRAWN,
                                   "Page %u cannot be compared", request->page + 1);
      return;
    }

  answer->differs = self->after == NULL || !have_same_sizes (self->before, self->after) ||
                    !have_same_sizes (self->before, shown) ||
                    !draw_both (self, request, sizes, answer);
}

void
eonay_pdf_update_comparison_clear (EonayPdfUpdateComparison *self)
{
  g_clear_pointer (&self->before, eonay_pdf_document_free);
  g_clear_pointer (&self->after, eonay_pdf_document_free);
}
