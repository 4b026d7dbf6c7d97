#include "app/files/eonay-mark-proposer.h"

/* Seconds: later than that, people have looked at the mark where it is. */
#define LIMIT 10

struct _EonayMarkProposer {
  GObject parent_instance;

  EonayPdfView *view; /* (weak) (nullable) */
  char *holder;       /* (nullable) */
  gboolean is_wanted;

  GBytes *document;          /* (nullable): that was searched, or is */
  GCancellable *cancellable; /* (nullable): of the search that is on its way */
  guint limit;
  EonayMarkSearchResult result;
  EonayMarkPlace place;
};

static guint proposed_signal;

G_DEFINE_FINAL_TYPE (EonayMarkProposer, eonay_mark_proposer, G_TYPE_OBJECT)

static void
end_search (EonayMarkProposer *self)
{
  g_clear_handle_id (&self->limit, g_source_remove);
  g_clear_object (&self->cancellable);
}

static void
set_result (EonayMarkProposer *self, EonayMarkSearchResult result)
{
  if (result == EONAY_MARK_SEARCH_NOTHING && self->result == result)
    return;

  self->result = result;
  g_signal_emit (self, proposed_signal, 0);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (EonayMarkProposer) self = user_data;
  g_autoptr (GError) error = NULL;
  EonayMarkPlace place = { 0 };
  EonayMarkSearchResult found = eonay_mark_search_find_finish (result, &place, &error);

  /* Another one may be on its way already. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  end_search (self);
  self->place = place;
  set_result (self, found);
}

static gboolean
limit_cb (gpointer user_data)
{
  EonayMarkProposer *self = user_data;

  self->limit = 0;
  eonay_mark_proposer_stop (self);

  return G_SOURCE_REMOVE;
}

static void
search (EonayMarkProposer *self)
{
  EonayPageSource *source = self->view != NULL ? eonay_pdf_view_get_source (self->view) : NULL;

  if (!self->is_wanted || source == NULL || eonay_pdf_view_get_n_pages (self->view) == 0 ||
      self->document == eonay_page_source_get_document (source))
    return;

  eonay_mark_proposer_stop (self);
  set_result (self, EONAY_MARK_SEARCH_NOTHING);
  g_clear_pointer (&self->document, g_bytes_unref);
  self->document = g_bytes_ref (eonay_page_source_get_document (source));
  self->cancellable = g_cancellable_new ();
  self->limit = g_timeout_add_seconds (LIMIT, limit_cb, self);
  eonay_mark_search_find_async (source, self->holder, self->cancellable, found_cb,
                                g_object_ref (self));
}

static void
eonay_mark_proposer_dispose (GObject *object)
{
  EonayMarkProposer *self = EONAY_MARK_PROPOSER (object);

  eonay_mark_proposer_stop (self);
  g_clear_weak_pointer (&self->view);

  G_OBJECT_CLASS (eonay_mark_proposer_parent_class)->dispose (object);
}

static void
eonay_mark_proposer_finalize (GObject *object)
{
  EonayMarkProposer *self = EONAY_MARK_PROPOSER (object);

  g_free (self->holder);
  g_clear_pointer (&self->document, g_bytes_unref);

  G_OBJECT_CLASS (eonay_mark_proposer_parent_class)->finalize (object);
}

static void
eonay_mark_proposer_class_init (EonayMarkProposerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = eonay_mark_proposer_dispose;
  G_OBJECT_CLASS (klass)->finalize = eonay_mark_proposer_finalize;
  proposed_signal = g_signal_new ("proposed", EONAY_TYPE_MARK_PROPOSER, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
eonay_mark_proposer_init (EonayMarkProposer *self)
{
}

EonayMarkProposer *
eonay_mark_proposer_new (EonayPdfView *view)
{
  EonayMarkProposer *self = g_object_new (EONAY_TYPE_MARK_PROPOSER, NULL);

  g_set_weak_pointer (&self->view, view);
  g_signal_connect_object (view, "judged", G_CALLBACK (search), self, G_CONNECT_SWAPPED);

  return self;
}

/* Whatever is known is of no use any more. */
static void
begin_again (EonayMarkProposer *self)
{
  eonay_mark_proposer_stop (self);
  g_clear_pointer (&self->document, g_bytes_unref);
  set_result (self, EONAY_MARK_SEARCH_NOTHING);
  search (self);
}

void
eonay_mark_proposer_set_holder (EonayMarkProposer *self, const char *name)
{
  g_return_if_fail (EONAY_IS_MARK_PROPOSER (self));

  if (g_strcmp0 (self->holder, name) == 0)
    return;

  g_free (self->holder);
  self->holder = g_strdup (name);
  begin_again (self);
}

void
eonay_mark_proposer_set_wanted (EonayMarkProposer *self, gboolean is_wanted)
{
  g_return_if_fail (EONAY_IS_MARK_PROPOSER (self));

  if (is_wanted == self->is_wanted)
    return;

  self->is_wanted = is_wanted;
  if (!is_wanted)
    eonay_mark_proposer_stop (self);
  else if (self->result == EONAY_MARK_SEARCH_NOTHING)
    begin_again (self);
  else
    search (self);
}

void
eonay_mark_proposer_stop (EonayMarkProposer *self)
{
  g_return_if_fail (EONAY_IS_MARK_PROPOSER (self));

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  end_search (self);
}

EonayMarkSearchResult
eonay_mark_proposer_get (EonayMarkProposer *self, EonayMarkPlace *place)
{
  g_return_val_if_fail (EONAY_IS_MARK_PROPOSER (self), EONAY_MARK_SEARCH_NOTHING);

  if (self->result != EONAY_MARK_SEARCH_NOTHING)
    *place = self->place;

  return self->result;
}
