#include "app/document/eonay-page-search.h"

#define PAGES 16u
#define PRIORITY 2
#define MATCHES_MAX 10000u

struct _EonayPageSearch {
  GObject parent_instance;

  EonayPageSource *source;
  GCancellable *cancellable;
  char *text;
  guint n_pages;
  guint page; /* the next one to be searched */
  guint begin;
  GArray *matches;
  guint n_matches;
  guint current;
  gboolean has_current;
  gboolean is_short;
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (EonayPageSearch, eonay_page_search, G_TYPE_OBJECT)

static void
eonay_page_search_dispose (GObject *object)
{
  EonayPageSearch *self = EONAY_PAGE_SEARCH (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->source);

  G_OBJECT_CLASS (eonay_page_search_parent_class)->dispose (object);
}

static void
eonay_page_search_finalize (GObject *object)
{
  EonayPageSearch *self = EONAY_PAGE_SEARCH (object);

  g_object_unref (self->cancellable);
  g_free (self->text);
  g_array_unref (self->matches);

  G_OBJECT_CLASS (eonay_page_search_parent_class)->finalize (object);
}

static void
eonay_page_search_class_init (EonayPageSearchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = eonay_page_search_dispose;
  object_class->finalize = eonay_page_search_finalize;

  changed_signal = g_signal_new ("changed", EONAY_TYPE_PAGE_SEARCH, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
eonay_page_search_init (EonayPageSearch *self)
{
  self->cancellable = g_cancellable_new ();
  self->matches = g_array_new (FALSE, FALSE, sizeof (EonayPageMatch));
}

static void
add_matches (EonayPageSearch *self, const EonayPageAnswer *answer)
{
  guint base = self->n_matches;

  self->is_short = self->is_short || answer->is_short;
  for (guint i = 0; i < answer->matches->len; i++)
    {
      EonayPageMatch match = g_array_index (answer->matches, EonayPageMatch, i);

      match.number += base;
      g_array_append_val (self->matches, match);
      self->n_matches = match.number + 1;
      if (!self->has_current && match.page >= self->begin)
        {
          self->has_current = TRUE;
          self->current = match.number;
        }
    }
}

static void ask_next (EonayPageSearch *self);

static void
on_searched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  EonayPageSearch *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayPageAnswer) answer = eonay_page_source_ask_finish (EONAY_PAGE_SOURCE (source),
                                                                     result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (answer != NULL)
    add_matches (self, answer);
  else
    self->is_short = TRUE;
  self->page += PAGES;
  if (self->n_matches >= MATCHES_MAX && self->page < self->n_pages)
    {
      self->is_short = TRUE;
      self->page = self->n_pages;
    }
  ask_next (self);
  g_signal_emit (self, changed_signal, 0);
}

static void
ask_next (EonayPageSearch *self)
{
  EonayPageRequest *request;

  if (eonay_page_search_is_complete (self))
    return;

  request = eonay_page_request_new (EONAY_PAGE_ASK_SEARCH);
  request->page = self->page;
  request->n_pages = PAGES;
  request->text = g_strdup (self->text);
  eonay_page_source_ask_async (self->source, request, PRIORITY, self->cancellable, on_searched,
                               self);
}

EonayPageSearch *
eonay_page_search_new (EonayPageSource *source, guint n_pages, const char *text, guint page)
{
  EonayPageSearch *self = g_object_new (EONAY_TYPE_PAGE_SEARCH, NULL);

  self->source = g_object_ref (source);
  self->n_pages = n_pages;
  self->text = g_strdup (text);
  self->begin = page;
  ask_next (self);

  return self;
}

GArray *
eonay_page_search_get_matches (EonayPageSearch *self)
{
  g_return_val_if_fail (EONAY_IS_PAGE_SEARCH (self), NULL);

  return self->matches;
}

guint
eonay_page_search_get_n_matches (EonayPageSearch *self)
{
  g_return_val_if_fail (EONAY_IS_PAGE_SEARCH (self), 0);

  return self->n_matches;
}

static gboolean
has_current (EonayPageSearch *self)
{
  return self->has_current || eonay_page_search_is_complete (self);
}

guint
eonay_page_search_get_current (EonayPageSearch *self, guint *first, guint *n_parts)
{
  g_return_val_if_fail (EONAY_IS_PAGE_SEARCH (self), 0);

  *first = *n_parts = 0;
  /* Those before where it began are found first, and are the last to be looked at. */
  for (guint i = 0; has_current (self) && i < self->matches->len; i++)
    if (g_array_index (self->matches, EonayPageMatch, i).number == self->current)
      {
        *first = *n_parts == 0 ? i : *first;
        ++*n_parts;
      }

  return self->current;
}

void
eonay_page_search_move (EonayPageSearch *self, gboolean forward)
{
  g_return_if_fail (EONAY_IS_PAGE_SEARCH (self));

  if (self->n_matches == 0)
    return;

  if (has_current (self))
    self->current = (self->current + (forward ? 1 : self->n_matches - 1)) % self->n_matches;
  self->has_current = TRUE;
  g_signal_emit (self, changed_signal, 0);
}

gboolean
eonay_page_search_is_complete (EonayPageSearch *self)
{
  g_return_val_if_fail (EONAY_IS_PAGE_SEARCH (self), FALSE);

  return self->page >= self->n_pages;
}

gboolean
eonay_page_search_is_short (EonayPageSearch *self)
{
  g_return_val_if_fail (EONAY_IS_PAGE_SEARCH (self), FALSE);

  return self->is_short;
}
