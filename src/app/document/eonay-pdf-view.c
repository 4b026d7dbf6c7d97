#include "app/document/eonay-pdf-view.h"

#include <glib/gi18n-lib.h>

#include "app/document/eonay-page-search.h"
#include "app/document/eonay-scroll-chain.h"
#include "app/widgets/eonay-accessible-name.h"
#include "app/widgets/eonay-advice-box.h"
#include "app/widgets/eonay-announcement.h"
#include "app/widgets/eonay-focus.h"
#include "base/eonay-error.h"
#include "base/eonay-text-class.h"

#define PRIORITY_OPEN (-1)
#define PRIORITY_TEXT 1

struct _EonayPdfView {
  AdwBin parent_instance;

  GtkWidget *warning;
  GtkBox *warnings;
  GtkWidget *controls;
  GtkEntry *page_entry;
  GtkLabel *n_pages;
  GtkWidget *fit_button;
  GtkToggleButton *search_button;
  GtkToggleButton *text_button;
  GtkSearchBar *search_bar;
  GtkWidget *search_entry;
  GtkLabel *search_count;
  GtkWidget *search_previous;
  GtkWidget *search_next;
  GtkStack *stack;
  GtkSpinner *spinner;
  GtkOverlay *overlay;
  GtkScrolledWindow *scroller;
  EonayPageView *pages;
  GtkWidget *unseen;
  GtkLabel *unseen_text;
  GtkWidget *too_small;
  GtkWidget *text_pane;
  GtkTextView *text_view;
  EonayAdviceBox *advice;

  EonayPageSource *source;
  EonayPageFindings *findings;
  EonayPageSearch *search;
  guint shown_match; /* from 1 on; 0: none */
  GCancellable *opening;
  GCancellable *reading; /* of the page's text */
  GError *fault;
  EonaySeenPages *seen; /* nullable: when the document was shown before */
  char *title;
  gboolean wants_all_seen;
  gboolean is_warned_outside;
};

static guint judged_signal;
static guint page_seen_signal;
static guint all_seen_signal;
static guint findings_changed_signal;

G_DEFINE_FINAL_TYPE (EonayPdfView, eonay_pdf_view, ADW_TYPE_BIN)

static void
add_warning (EonayPdfView *self, const char *sentence)
{
  GtkWidget *label = gtk_label_new (sentence);

  g_object_set (label, "xalign", 0.0f, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);
  gtk_box_append (self->warnings, label);
}

static void
clear_warnings (EonayPdfView *self)
{
  GtkWidget *label;

  while ((label = gtk_widget_get_first_child (GTK_WIDGET (self->warnings))) != NULL)
    gtk_box_remove (self->warnings, label);
  gtk_widget_set_visible (self->warning, FALSE);
}

static void
show_findings (EonayPdfView *self)
{
  g_auto (GStrv) sentences = eonay_page_findings_list (self->findings, TRUE);
  gboolean is_told = self->is_warned_outside && eonay_page_findings_is_over (self->findings);

  clear_warnings (self);
  for (guint i = 0; sentences[i] != NULL; i++)
    add_warning (self, sentences[i]);
  gtk_widget_set_visible (self->warning, sentences[0] != NULL && !is_told);
}

static void
findings_changed_cb (EonayPdfView *self)
{
  show_findings (self);
  g_signal_emit (self, findings_changed_signal, 0);
}

static void
show_page_number (EonayPdfView *self)
{
  guint page = eonay_page_view_get_page (self->pages) + 1;
  guint n_pages = eonay_page_view_get_n_pages (self->pages);
  g_autofree char *number = g_strdup_printf ("%u", page);
  g_autofree char *of = g_strdup_printf ("/ %u", n_pages);
  g_autofree char *name = g_strdup_printf (_ ("%s, page %u of %u"), self->title, page, n_pages);

  gtk_editable_set_text (GTK_EDITABLE (self->page_entry), number);
  gtk_label_set_label (self->n_pages, of);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->pages), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  EonayPdfView *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayPageAnswer) answer = eonay_page_source_ask_finish (EONAY_PAGE_SOURCE (source),
                                                                     result, &error);
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  text = eonay_text_class_make_text (answer != NULL ? answer->text : "", -1);
  gtk_text_buffer_set_text (
      gtk_text_view_get_buffer (self->text_view),
      *text != '\0' ? text : _ ("There is no text on this page that can be read out."), -1);
}

static void
stop (GCancellable **cancellable)
{
  if (*cancellable != NULL)
    g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
}

static void
read_page (EonayPdfView *self)
{
  EonayPageRequest *request;
  g_autofree char *name = NULL;
  guint page = eonay_page_view_get_page (self->pages);

  stop (&self->reading);
  if (self->source == NULL || !gtk_widget_get_visible (self->text_pane))
    return;

  name = g_strdup_printf (_ ("Text of page %u"), page + 1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->text_view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  request = eonay_page_request_new (EONAY_PAGE_ASK_TEXT);
  request->page = page;
  self->reading = g_cancellable_new ();
  eonay_page_source_ask_async (self->source, request, PRIORITY_TEXT, self->reading, on_read, self);
}

static void
page_changed_cb (EonayPdfView *self)
{
  show_page_number (self);
  read_page (self);
}

static void
zoom_changed_cb (EonayPdfView *self)
{
  gtk_widget_set_visible (self->too_small, eonay_page_view_is_too_small (self->pages));
}

static void
page_activated_cb (EonayPdfView *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->page_entry));
  guint64 page;

  if (g_ascii_string_to_unsigned (text, 10, 1, eonay_page_view_get_n_pages (self->pages), &page,
                                  NULL))
    {
      eonay_page_view_show_page (self->pages, (guint) page - 1);
      gtk_widget_grab_focus (GTK_WIDGET (self->pages));
    }
  show_page_number (self);
}

static void
zoom_in_cb (EonayPdfView *self)
{
  eonay_page_view_zoom (self->pages, 1);
}

static void
zoom_out_cb (EonayPdfView *self)
{
  eonay_page_view_zoom (self->pages, -1);
}

static void
fit_cb (EonayPdfView *self)
{
  eonay_page_view_fit_width (self->pages);
}

static void
text_toggled_cb (EonayPdfView *self)
{
  gboolean shown = gtk_toggle_button_get_active (self->text_button);

  gtk_widget_set_visible (self->text_pane, shown);
  read_page (self);
}

static char *
count_matches (EonayPdfView *self, guint current, guint n_parts)
{
  guint n_matches = eonay_page_search_get_n_matches (self->search);

  if (n_parts > 0)
    return g_strdup_printf ("%u / %u%s", current + 1, n_matches,
                            eonay_page_search_is_short (self->search) ? "+" : "");
  if (!eonay_page_search_is_complete (self->search))
    return g_strdup ("…");

  return g_strdup (eonay_page_search_is_short (self->search) ? _ ("Not all of it was searched")
                                                             : _ ("Not found"));
}

static void
show_matches (EonayPdfView *self)
{
  GArray *matches = eonay_page_search_get_matches (self->search);
  guint first;
  guint n_parts;
  guint current = eonay_page_search_get_current (self->search, &first, &n_parts);
  g_autofree char *count = count_matches (self, current, n_parts);

  gtk_label_set_label (self->search_count, count);
  gtk_widget_set_sensitive (self->search_previous, n_parts > 0);
  gtk_widget_set_sensitive (self->search_next, n_parts > 0);
  eonay_page_view_set_matches (self->pages, matches, first, n_parts);
  /* More matches do not move who has scrolled on meanwhile. */
  if (n_parts > 0 && self->shown_match != current + 1)
    {
      const EonayPageMatch *match = &g_array_index (matches, EonayPageMatch, first);

      eonay_page_view_show_area (self->pages, match->page, &match->area);
      self->shown_match = current + 1;
    }
  if (eonay_page_search_is_complete (self->search))
    eonay_announcement_make (self->search_entry, count);
}

static void
end_search (EonayPdfView *self)
{
  if (self->search != NULL)
    g_signal_handlers_disconnect_by_data (self->search, self);
  if (self->search != NULL)
    g_object_run_dispose (G_OBJECT (self->search));
  g_clear_object (&self->search);
  self->shown_match = 0;
  gtk_label_set_label (self->search_count, "");
  gtk_widget_set_sensitive (self->search_previous, FALSE);
  gtk_widget_set_sensitive (self->search_next, FALSE);
  eonay_page_view_set_matches (self->pages, NULL, 0, 0);
}

static void
search_changed_cb (EonayPdfView *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));

  end_search (self);
  if (*text == '\0' || self->source == NULL || strlen (text) > EONAY_PAGE_TEXT_MAX ||
      eonay_pdf_view_get_n_pages (self) == 0)
    return;

  self->search = eonay_page_search_new (self->source, eonay_page_view_get_n_pages (self->pages),
                                        text, eonay_page_view_get_page (self->pages));
  g_signal_connect_object (self->search, "changed", G_CALLBACK (show_matches), self,
                           G_CONNECT_SWAPPED);
}

static void
search_next_cb (EonayPdfView *self)
{
  self->shown_match = 0;
  if (self->search != NULL)
    eonay_page_search_move (self->search, TRUE);
}

static void
search_previous_cb (EonayPdfView *self)
{
  self->shown_match = 0;
  if (self->search != NULL)
    eonay_page_search_move (self->search, FALSE);
}

static gboolean
search_binding (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  EonayPdfView *self = EONAY_PDF_VIEW (widget);

  if (!gtk_widget_get_sensitive (self->controls))
    return FALSE;
  gtk_toggle_button_set_active (self->search_button, TRUE);
  gtk_widget_grab_focus (self->search_entry);

  return TRUE;
}

static void
search_mode_cb (EonayPdfView *self)
{
  if (gtk_search_bar_get_search_mode (self->search_bar))
    return;

  end_search (self);
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  if (eonay_focus_is_in (GTK_WIDGET (self->search_bar)))
    gtk_widget_grab_focus (GTK_WIDGET (self->pages));
}

static void
show_unseen (EonayPdfView *self)
{
  guint n_pages = eonay_page_view_get_n_pages (self->pages);
  guint page = eonay_page_view_find_unseen (self->pages);
  gboolean is_skipped = self->wants_all_seen && page < n_pages &&
                        eonay_page_view_was_seen (self->pages, n_pages - 1);
  g_autofree char *text = g_strdup_printf (_ ("Go to page %u, which was not on the screen yet"),
                                           page + 1);

  gtk_label_set_label (self->unseen_text, text);
  gtk_widget_set_visible (self->unseen, is_skipped);
}

static void
unseen_clicked_cb (EonayPdfView *self)
{
  eonay_page_view_show_page (self->pages, eonay_page_view_find_unseen (self->pages));
  gtk_widget_grab_focus (GTK_WIDGET (self->pages));
}

static void
page_seen_cb (EonayPdfView *self, guint page)
{
  show_unseen (self);
  g_signal_emit (self, page_seen_signal, 0, page);
  if (self->fault == NULL && eonay_page_view_were_all_seen (self->pages))
    g_signal_emit (self, all_seen_signal, 0);
}

static void
show_spinner (EonayPdfView *self, gboolean is_shown)
{
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), is_shown);
  gtk_spinner_set_spinning (self->spinner, is_shown);
}

static void
appeared_cb (EonayPdfView *self)
{
  show_spinner (self, FALSE);
}

/* @error: (nullable) */
static void
judge (EonayPdfView *self, const GError *error)
{
  g_clear_error (&self->fault);
  self->fault = error != NULL ? g_error_copy (error) : NULL;
  eonay_advice_box_set_error (self->advice, error);
  gtk_widget_set_sensitive (self->controls, error == NULL);
  gtk_widget_set_visible (self->controls, error == NULL);
  show_unseen (self);
  if (error != NULL)
    show_spinner (self, FALSE);
  gtk_stack_set_visible_child_name (self->stack, error != NULL ? "fault" : "pages");
  g_signal_emit (self, judged_signal, 0);
}

static void
page_failed_cb (EonayPdfView *self, const GError *error)
{
  judge (self, error);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  EonayPdfView *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayPageAnswer) answer = eonay_page_source_ask_finish (EONAY_PAGE_SOURCE (source),
                                                                     result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (answer != NULL)
    {
      eonay_page_view_set_source (self->pages, self->source, answer->sizes);
      if (self->seen != NULL)
        eonay_page_view_set_seen (self->pages, self->seen);
      self->findings = eonay_page_findings_new (self->source, answer->sizes->len);
      g_signal_connect_object (self->findings, "changed", G_CALLBACK (findings_changed_cb), self,
                               G_CONNECT_SWAPPED);
      page_changed_cb (self);
    }
  judge (self, error);
  if (answer != NULL && eonay_page_view_were_all_seen (self->pages))
    g_signal_emit (self, all_seen_signal, 0);
}

static void
open_source (EonayPdfView *self)
{
  /* The pages have their place already: the first one is asked for as soon as its size is known. */
  gtk_stack_set_visible_child_name (self->stack, "pages");
  show_spinner (self, TRUE);
  self->opening = g_cancellable_new ();
  eonay_page_source_ask_async (self->source, eonay_page_request_new (EONAY_PAGE_ASK_OPEN),
                               PRIORITY_OPEN, self->opening, on_opened, self);
}

static void
close_document (EonayPdfView *self)
{
  /* First, so that nothing more is asked of it while the rest goes. */
  g_clear_object (&self->source);
  stop (&self->opening);
  stop (&self->reading);
  end_search (self);
  if (self->findings != NULL)
    g_object_run_dispose (G_OBJECT (self->findings));
  g_clear_object (&self->findings);
  show_spinner (self, FALSE);
  eonay_page_view_set_source (self->pages, NULL, NULL);
  g_clear_error (&self->fault);
  g_clear_pointer (&self->seen, eonay_seen_pages_unref);
}

/* A process that failed may do better the second time: what was busy before is idle now. */
static void
act_cb (EonayPdfView *self, guint action)
{
  if (self->source == NULL)
    return;

  if (eonay_pdf_view_get_n_pages (self) == 0)
    {
      stop (&self->opening);
      open_source (self);
      return;
    }
  eonay_page_view_retry (self->pages);
  judge (self, NULL);
}

static gboolean
eonay_pdf_view_grab_focus (GtkWidget *widget)
{
  EonayPdfView *self = EONAY_PDF_VIEW (widget);

  if (self->fault != NULL)
    return gtk_widget_child_focus (GTK_WIDGET (self->advice), GTK_DIR_TAB_FORWARD);

  return gtk_widget_grab_focus (GTK_WIDGET (self->pages));
}

static void
eonay_pdf_view_dispose (GObject *object)
{
  EonayPdfView *self = EONAY_PDF_VIEW (object);

  if (self->pages != NULL && self->source != NULL)
    close_document (self);

  G_OBJECT_CLASS (eonay_pdf_view_parent_class)->dispose (object);
}

static void
eonay_pdf_view_finalize (GObject *object)
{
  g_free (EONAY_PDF_VIEW (object)->title);

  G_OBJECT_CLASS (eonay_pdf_view_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, EonayPdfView, warning);
  gtk_widget_class_bind_template_child (widget_class, EonayPdfView, warnings);
  gtk_widget_class_bind_template_child (widget_class, EonayPdfView, controls);
  gtk_widget_class_bind_template_child (widget_class, EonayPdfView, page_entry);
  gtk_widget_class_bind_template_child (widget_class, EonayPdfView, n_pages);
  gtk_widget_class_bind_template_child (widget_class, EonayPdfView, fit_button);
  gtk_widget_class_bind_template_child (widget_class, EonayPdfView, search_button);
  gtk_widget_class_bind_template_child (widget_class, EonayPdfView, text_button);
  gtk_widget_class_bind_template_child (widget_class, EonayPdfView, search_bar);
  gtk_widget_class_bind_template_child (widget_class, EonayPdfView, search_entry);
  gtk_widget_class_bind_template_child (widget_class, EonayPdfView, search_count);
  gtk_widget_class_bind_template_child (widget_class, EonayPdfView, search_previous);
  gtk_widget_class_bind_template_child (widget_class, EonayPdfView, search_next);
  gtk_widget_class_bind_template_child (widget_class, EonayPdfView, stack);
  gtk_widget_class_bind_template_child (widget_class, EonayPdfView, spinner);
  gtk_widget_class_bind_template_child (widget_class, EonayPdfView, overlay);
  gtk_widget_class_bind_template_child (widget_class, EonayPdfView, scroller);
  gtk_widget_class_bind_template_child (widget_class, EonayPdfView, pages);
  gtk_widget_class_bind_template_child (widget_class, EonayPdfView, unseen);
  gtk_widget_class_bind_template_child (widget_class, EonayPdfView, unseen_text);
  gtk_widget_class_bind_template_child (widget_class, EonayPdfView, too_small);
  gtk_widget_class_bind_template_child (widget_class, EonayPdfView, text_pane);
  gtk_widget_class_bind_template_child (widget_class, EonayPdfView, text_view);
  gtk_widget_class_bind_template_child (widget_class, EonayPdfView, advice);
}

static void
bind_handlers (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, appeared_cb);
  gtk_widget_class_bind_template_callback (widget_class, page_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, page_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, page_failed_cb);
  gtk_widget_class_bind_template_callback (widget_class, page_seen_cb);
  gtk_widget_class_bind_template_callback (widget_class, zoom_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, zoom_in_cb);
  gtk_widget_class_bind_template_callback (widget_class, zoom_out_cb);
  gtk_widget_class_bind_template_callback (widget_class, fit_cb);
  gtk_widget_class_bind_template_callback (widget_class, text_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_next_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_previous_cb);
  gtk_widget_class_bind_template_callback (widget_class, unseen_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, act_cb);
}

static void
eonay_pdf_view_class_init (EonayPdfViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = eonay_pdf_view_dispose;
  object_class->finalize = eonay_pdf_view_finalize;
  eonay_focus_install (widget_class, eonay_pdf_view_grab_focus);

  judged_signal = g_signal_new ("judged", EONAY_TYPE_PDF_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
  page_seen_signal = g_signal_new ("page-seen", EONAY_TYPE_PDF_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  all_seen_signal = g_signal_new ("all-seen", EONAY_TYPE_PDF_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  findings_changed_signal = g_signal_new ("findings-changed", EONAY_TYPE_PDF_VIEW,
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (EONAY_TYPE_ADVICE_BOX);
  g_type_ensure (EONAY_TYPE_PAGE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/eonay/Eonay/ui/eonay-pdf-view.ui");
  bind_children (widget_class);
  bind_handlers (widget_class);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, search_binding, NULL);
}

static void
eonay_pdf_view_init (EonayPdfView *self)
{
  self->title = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
  eonay_scroll_chain_attach (self->scroller);
  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search_entry));
  eonay_accessible_name_search (self->search_bar, _ ("Search in the document"));
  eonay_accessible_name_buttons (GTK_WIDGET (self));
  g_signal_connect_object (self->search_bar, "notify::search-mode-enabled",
                           G_CALLBACK (search_mode_cb), self, G_CONNECT_SWAPPED);
  eonay_advice_box_set_actions (self->advice, 1u << EONAY_ADVICE_ACTION_RETRY);
  gtk_widget_set_sensitive (self->controls, FALSE);
}

GtkWidget *
eonay_pdf_view_new (void)
{
  return g_object_new (EONAY_TYPE_PDF_VIEW, NULL);
}

void
eonay_pdf_view_set_document (EonayPdfView *self, GBytes *document, const char *title)
{
  g_return_if_fail (EONAY_IS_PDF_VIEW (self));

  close_document (self);
  g_free (self->title);
  self->title = g_strdup (title != NULL ? title : _ ("Document"));
  clear_warnings (self);
  gtk_widget_set_visible (self->unseen, FALSE);
  gtk_widget_set_visible (self->controls, TRUE);
  gtk_widget_set_sensitive (self->controls, FALSE);
  gtk_toggle_button_set_active (self->search_button, FALSE);
  eonay_advice_box_set_error (self->advice, NULL);
  show_page_number (self);
  if (document == NULL)
    return;

  self->source = eonay_page_source_new (document);
  open_source (self);
}

EonayPageSource *
eonay_pdf_view_get_source (EonayPdfView *self)
{
  g_return_val_if_fail (EONAY_IS_PDF_VIEW (self), NULL);

  return self->source;
}

const GError *
eonay_pdf_view_get_fault (EonayPdfView *self)
{
  g_return_val_if_fail (EONAY_IS_PDF_VIEW (self), NULL);

  return self->fault;
}

void
eonay_pdf_view_set_seen (EonayPdfView *self, EonaySeenPages *seen)
{
  g_return_if_fail (EONAY_IS_PDF_VIEW (self));

  g_clear_pointer (&self->seen, eonay_seen_pages_unref);
  self->seen = seen != NULL ? eonay_seen_pages_ref (seen) : NULL;
}

guint
eonay_pdf_view_get_n_pages (EonayPdfView *self)
{
  g_return_val_if_fail (EONAY_IS_PDF_VIEW (self), 0);

  return eonay_page_view_get_n_pages (self->pages);
}

void
eonay_pdf_view_set_wants_all_seen (EonayPdfView *self, gboolean wants)
{
  g_return_if_fail (EONAY_IS_PDF_VIEW (self));

  self->wants_all_seen = wants;
  show_unseen (self);
}

void
eonay_pdf_view_set_warned_outside (EonayPdfView *self, gboolean outside)
{
  g_return_if_fail (EONAY_IS_PDF_VIEW (self));

  self->is_warned_outside = outside;
}

gboolean
eonay_pdf_view_were_all_seen (EonayPdfView *self)
{
  g_return_val_if_fail (EONAY_IS_PDF_VIEW (self), FALSE);

  return self->fault == NULL && eonay_page_view_were_all_seen (self->pages);
}

EonayPageFindings *
eonay_pdf_view_get_findings (EonayPdfView *self)
{
  g_return_val_if_fail (EONAY_IS_PDF_VIEW (self), NULL);

  return self->findings;
}

EonayPageView *
eonay_pdf_view_get_pages (EonayPdfView *self)
{
  g_return_val_if_fail (EONAY_IS_PDF_VIEW (self), NULL);

  return self->pages;
}

GtkOverlay *
eonay_pdf_view_get_overlay (EonayPdfView *self)
{
  g_return_val_if_fail (EONAY_IS_PDF_VIEW (self), NULL);

  return self->overlay;
}
