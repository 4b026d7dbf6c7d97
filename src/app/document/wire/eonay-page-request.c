#include "app/document/wire/eonay-page-request.h"

#include <math.h>
#include <string.h>

EonayPageRequest *
eonay_page_request_new (EonayPageAsk ask)
{
  EonayPageRequest *self = g_new0 (EonayPageRequest, 1);

  self->ask = ask;

  return self;
}

void
eonay_page_request_free (EonayPageRequest *self)
{
  if (self == NULL)
    return;

  g_free (self->text);
  g_free (self);
}

GVariant *
eonay_page_request_encode (const EonayPageRequest *self)
{
  return g_variant_new (EONAY_PAGE_REQUEST_TYPE, (guchar) self->ask, self->page, self->n_pages,
                        self->scale, self->x, self->y, self->width, self->height, self->print,
                        self->text != NULL ? self->text : "", self->length);
}

static gboolean
is_drawable (const EonayPageRequest *self)
{
  return isfinite (self->scale) && self->scale > 0 && self->scale <= EONAY_PAGE_SCALE_MAX &&
         self->x >= 0 && self->y >= 0 && self->width > 0 && self->height > 0 &&
         (gint64) self->width * self->height <= EONAY_PAGE_PIXELS_MAX;
}

static gboolean
is_comparable (const EonayPageRequest *self)
{
  return isfinite (self->scale) && self->scale > 0 && self->scale <= EONAY_PAGE_SCALE_MAX &&
         self->width >= 0 && self->height >= 0;
}

static gboolean
is_askable (const EonayPageRequest *self)
{
  if (self->page >= EONAY_PAGES_MAX || self->n_pages > EONAY_PAGES_MAX)
    return FALSE;
  if (self->ask == EONAY_PAGE_ASK_DRAW)
    return is_drawable (self);
  if (self->ask == EONAY_PAGE_ASK_UPDATED)
    return is_comparable (self);

  return self->ask != EONAY_PAGE_ASK_SEARCH ||
         (*self->text != '\0' && strlen (self->text) <= EONAY_PAGE_TEXT_MAX);
}

EonayPageRequest *
eonay_page_request_decode (GVariant *frame)
{
  g_autoptr (EonayPageRequest) self = eonay_page_request_new (EONAY_PAGE_ASK_OPEN);
  guchar ask;

  g_variant_get (frame, EONAY_PAGE_REQUEST_TYPE, &ask, &self->page, &self->n_pages, &self->scale,
                 &self->x, &self->y, &self->width, &self->height, &self->print, &self->text,
                 &self->length);
  self->ask = (EonayPageAsk) ask;

  return ask <= EONAY_PAGE_ASK_LAST && is_askable (self) ? g_steal_pointer (&self) : NULL;
}
