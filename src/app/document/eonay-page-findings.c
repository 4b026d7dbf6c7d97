#include "app/document/eonay-page-findings.h"

/* As few as keep nobody waiting: what is more urgent comes after those that are being looked at. */
#define FONT_PAGES 2u

/* Everything that is seen comes first. */
#define PRIORITY 10

/* Each costs a process: a document like that is not gone through to its end. */
#define FAILURES_MAX 5

struct _EonayPageFindings {
  GObject parent_instance;

  EonayPageSource *source;
  GCancellable *cancellable;
  guint n_pages;
  guint fonts_page; /* the next one of each question */
  guint print_page;
  guint n_failures;
  GPtrArray *missing_fonts;
  GArray *printed_otherwise;
  GArray *unknown;
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (EonayPageFindings, eonay_page_findings, G_TYPE_OBJECT)

static void
eonay_page_findings_dispose (GObject *object)
{
  EonayPageFindings *self = EONAY_PAGE_FINDINGS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->source);

  G_OBJECT_CLASS (eonay_page_findings_parent_class)->dispose (object);
}

static void
eonay_page_findings_finalize (GObject *object)
{
  EonayPageFindings *self = EONAY_PAGE_FINDINGS (object);

  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->missing_fonts);
  g_array_unref (self->printed_otherwise);
  g_array_unref (self->unknown);

  G_OBJECT_CLASS (eonay_page_findings_parent_class)->finalize (object);
}

static void
eonay_page_findings_class_init (EonayPageFindingsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = eonay_page_findings_dispose;
  object_class->finalize = eonay_page_findings_finalize;

  changed_signal = g_signal_new ("changed", EONAY_TYPE_PAGE_FINDINGS, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
eonay_page_findings_init (EonayPageFindings *self)
{
  self->cancellable = g_cancellable_new ();
  self->missing_fonts = g_ptr_array_new_with_free_func (g_free);
  self->printed_otherwise = g_array_new (FALSE, FALSE, sizeof (guint));
  self->unknown = g_array_new (FALSE, FALSE, sizeof (guint));
}

static void ask_next (EonayPageFindings *self);

static gboolean
is_cancelled (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static gboolean
add_fonts (EonayPageFindings *self, const EonayPageAnswer *answer)
{
  guint before = self->missing_fonts->len;

  for (guint i = 0; answer->fonts[i] != NULL; i++)
    if (self->missing_fonts->len < EONAY_PAGE_FONTS_MAX &&
        !g_ptr_array_find_with_equal_func (self->missing_fonts, answer->fonts[i], g_str_equal,
                                           NULL))
      g_ptr_array_add (self->missing_fonts, g_strdup (answer->fonts[i]));

  return self->missing_fonts->len > before;
}

/* Goes on with what is next, and says what is new. */
static void
go_on (EonayPageFindings *self, gboolean is_new)
{
  if (is_new || eonay_page_findings_is_over (self))
    g_signal_emit (self, changed_signal, 0);
  ask_next (self);
}

static void
on_fonts (GObject *source, GAsyncResult *result, gpointer user_data)
{
  EonayPageFindings *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayPageAnswer) answer = eonay_page_source_ask_finish (EONAY_PAGE_SOURCE (source),
                                                                     result, &error);

  if (is_cancelled (error))
    return;

  self->n_failures += answer == NULL ? 1 : 0;
  self->fonts_page += FONT_PAGES;
  go_on (self, answer != NULL && add_fonts (self, answer));
}

static void
on_compared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  EonayPageFindings *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayPageAnswer) answer = eonay_page_source_ask_finish (EONAY_PAGE_SOURCE (source),
                                                                     result, &error);

  if (is_cancelled (error))
    return;

  if (answer == NULL)
    {
      self->n_failures++;
      g_array_append_val (self->unknown, self->print_page);
    }
  else if (answer->differs)
    g_array_append_val (self->printed_otherwise, self->print_page);
  self->print_page++;
  go_on (self, answer == NULL || answer->differs);
}

static void
ask_next (EonayPageFindings *self)
{
  EonayPageRequest *request;
  gboolean are_fonts = self->fonts_page < self->n_pages;

  if (self->source == NULL || eonay_page_findings_is_over (self))
    return;

  request = eonay_page_request_new (are_fonts ? EONAY_PAGE_ASK_FONTS : EONAY_PAGE_ASK_COMPARE);
  request->page = are_fonts ? self->fonts_page : self->print_page;
  request->n_pages = FONT_PAGES;
  eonay_page_source_ask_async (self->source, request, PRIORITY, self->cancellable,
                               are_fonts ? on_fonts : on_compared, self);
}

EonayPageFindings *
eonay_page_findings_new (EonayPageSource *source, guint n_pages)
{
  EonayPageFindings *self = g_object_new (EONAY_TYPE_PAGE_FINDINGS, NULL);

  self->source = g_object_ref (source);
  self->n_pages = n_pages;
  ask_next (self);

  return self;
}

GPtrArray *
eonay_page_findings_get_missing_fonts (EonayPageFindings *self)
{
  g_return_val_if_fail (EONAY_IS_PAGE_FINDINGS (self), NULL);

  return self->missing_fonts;
}

GArray *
eonay_page_findings_get_printed_otherwise (EonayPageFindings *self)
{
  g_return_val_if_fail (EONAY_IS_PAGE_FINDINGS (self), NULL);

  return self->printed_otherwise;
}

GArray *
eonay_page_findings_get_unknown (EonayPageFindings *self)
{
  g_return_val_if_fail (EONAY_IS_PAGE_FINDINGS (self), NULL);

  return self->unknown;
}

gboolean
eonay_page_findings_is_complete (EonayPageFindings *self)
{
  g_return_val_if_fail (EONAY_IS_PAGE_FINDINGS (self), FALSE);

  return self->fonts_page >= self->n_pages && self->print_page >= self->n_pages;
}

gboolean
eonay_page_findings_is_over (EonayPageFindings *self)
{
  g_return_val_if_fail (EONAY_IS_PAGE_FINDINGS (self), FALSE);

  return eonay_page_findings_is_complete (self) || self->n_failures >= FAILURES_MAX;
}
