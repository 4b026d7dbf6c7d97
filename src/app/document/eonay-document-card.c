#include "app/document/eonay-document-card.h"

#include <math.h>

#include "app/document/eonay-drawn-text.h"
#include "app/document/eonay-page-comparison.h"
#include "app/document/eonay-scroll-chain.h"
#include "app/widgets/eonay-focus.h"
#include "app/widgets/eonay-labels.h"

#define LINE_HEIGHT 1.4f
#define MIN_LINES 3
#define MAX_LINES 12

/* A PDF has most of the page that it lies on, so that a page of it is not read through a slit. */
#define PDF_HEIGHT_MIN 300
#define PDF_MARGIN 72

struct _EonayDocumentCard {
  AdwBin parent_instance;

  GtkWidget *warning;
  GtkLabel *warning_text;
  GtkScrolledWindow *scroller;
  EonayDrawnText *view;
  EonayPdfView *pdf;

  EonayPdfInspection *inspection;
  GError *fault; /* (nullable): it finds other pages */
  GtkAdjustment *outer;
  guint check;
};

static guint end_seen_signal;
static guint judged_signal;

G_DEFINE_FINAL_TYPE (EonayDocumentCard, eonay_document_card, ADW_TYPE_BIN)

static int
line_height (EonayDocumentCard *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self->view));
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  float height = (float) PANGO_PIXELS (pango_font_metrics_get_height (metrics)) * LINE_HEIGHT;

  pango_font_metrics_unref (metrics);

  return (int) ceilf (height);
}

/* A text view asks for a height before it knows its lines, so the card asks for it. */
static void
fit_height (EonayDocumentCard *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self->view);
  int margins = gtk_text_view_get_top_margin (view) + gtk_text_view_get_bottom_margin (view);
  GtkTextIter end;
  int y;
  int height;

  gtk_text_buffer_get_end_iter (gtk_text_view_get_buffer (view), &end);
  gtk_text_view_get_line_yrange (view, &end, &y, &height);
  gtk_scrolled_window_set_min_content_height (
      self->scroller,
      margins + CLAMP (y + height, MIN_LINES * line_height (self), MAX_LINES * line_height (self)));
}

static gboolean
shows_pdf (EonayDocumentCard *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self->pdf));
}

static void
fit_pdf (EonayDocumentCard *self)
{
  double room = self->outer != NULL ? gtk_adjustment_get_page_size (self->outer) : 0;

  gtk_widget_set_size_request (GTK_WIDGET (self->pdf), -1,
                               MAX ((int) room - PDF_MARGIN, PDF_HEIGHT_MIN));
}

static gboolean
check_cb (gpointer user_data)
{
  EonayDocumentCard *self = user_data;

  self->check = 0;
  if (shows_pdf (self))
    fit_pdf (self);
  else
    fit_height (self);

  return G_SOURCE_REMOVE;
}

static void
schedule_check (EonayDocumentCard *self)
{
  /* Below the text view's own layout in priority: until that is complete its height is a guess. */
  if (self->check == 0)
    self->check = g_idle_add_full (G_PRIORITY_LOW, check_cb, self, NULL);
}

/* Where the page is scrolled, the view would be moved as it was drawn before. */
static void
page_moved_cb (EonayDocumentCard *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self->view));
}

/* The window is of another height. */
static void
page_sized_cb (EonayDocumentCard *self)
{
  if (shows_pdf (self))
    schedule_check (self);
}

static void
end_drawn_cb (EonayDocumentCard *self)
{
  if (self->fault == NULL)
    g_signal_emit (self, end_seen_signal, 0);
}

static void
judged_cb (EonayDocumentCard *self)
{
  GArray *sizes = eonay_page_view_get_sizes (eonay_pdf_view_get_pages (self->pdf));

  g_clear_error (&self->fault);
  if (self->inspection != NULL && sizes != NULL && shows_pdf (self) &&
      eonay_pdf_inspection_check_readable (self->inspection, NULL))
    eonay_page_comparison_check_sizes (sizes, self->inspection, &self->fault);
  g_signal_emit (self, judged_signal, 0);
}

static void
watch_page (EonayDocumentCard *self)
{
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);

  g_clear_object (&self->outer);
  if (page == NULL)
    return;

  self->outer = g_object_ref (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (page)));
  g_signal_connect_object (self->outer, "changed", G_CALLBACK (page_moved_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->outer, "notify::page-size", G_CALLBACK (page_sized_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->outer, "value-changed", G_CALLBACK (page_moved_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
eonay_document_card_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (eonay_document_card_parent_class)->root (widget);
  watch_page (EONAY_DOCUMENT_CARD (widget));
}

static void
eonay_document_card_unroot (GtkWidget *widget)
{
  EonayDocumentCard *self = EONAY_DOCUMENT_CARD (widget);

  if (self->outer != NULL)
    g_signal_handlers_disconnect_by_data (self->outer, self);
  g_clear_object (&self->outer);
  GTK_WIDGET_CLASS (eonay_document_card_parent_class)->unroot (widget);
}

static void
eonay_document_card_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (eonay_document_card_parent_class)->map (widget);
  schedule_check (EONAY_DOCUMENT_CARD (widget));
}

static gboolean
eonay_document_card_grab_focus (GtkWidget *widget)
{
  EonayDocumentCard *self = EONAY_DOCUMENT_CARD (widget);

  return gtk_widget_grab_focus (shows_pdf (self) ? GTK_WIDGET (self->pdf)
                                                 : GTK_WIDGET (self->view));
}

static void
eonay_document_card_dispose (GObject *object)
{
  EonayDocumentCard *self = EONAY_DOCUMENT_CARD (object);

  g_clear_handle_id (&self->check, g_source_remove);
  g_clear_object (&self->inspection);
  g_clear_error (&self->fault);

  G_OBJECT_CLASS (eonay_document_card_parent_class)->dispose (object);
}

static void
eonay_document_card_class_init (EonayDocumentCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = eonay_document_card_dispose;
  widget_class->root = eonay_document_card_root;
  widget_class->unroot = eonay_document_card_unroot;
  widget_class->map = eonay_document_card_map;
  eonay_focus_install (widget_class, eonay_document_card_grab_focus);

  end_seen_signal = g_signal_new ("end-seen", EONAY_TYPE_DOCUMENT_CARD, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  judged_signal = g_signal_new ("judged", EONAY_TYPE_DOCUMENT_CARD, G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (EONAY_TYPE_DRAWN_TEXT);
  g_type_ensure (EONAY_TYPE_PDF_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/eonay/Eonay/ui/eonay-document-card.ui");
  gtk_widget_class_bind_template_child (widget_class, EonayDocumentCard, warning);
  gtk_widget_class_bind_template_child (widget_class, EonayDocumentCard, warning_text);
  gtk_widget_class_bind_template_child (widget_class, EonayDocumentCard, scroller);
  gtk_widget_class_bind_template_child (widget_class, EonayDocumentCard, view);
  gtk_widget_class_bind_template_child (widget_class, EonayDocumentCard, pdf);
  gtk_widget_class_bind_template_callback (widget_class, end_drawn_cb);
  gtk_widget_class_bind_template_callback (widget_class, judged_cb);
}

static void
eonay_document_card_init (EonayDocumentCard *self)
{
  GtkAdjustment *adjustment;

  gtk_widget_init_template (GTK_WIDGET (self));
  eonay_pdf_view_set_wants_all_seen (self->pdf, TRUE);
  eonay_scroll_chain_attach (self->scroller);
  adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (schedule_check), self,
                           G_CONNECT_SWAPPED);
}

/* @text: empty where there is nothing that could be signed */
static void
show_text (EonayDocumentCard *self, const char *text, EonayTextFlags flags)
{
  g_autofree char *caution = eonay_labels_describe_text_flags (flags);

  gtk_label_set_label (self->warning_text, caution != NULL ? caution : "");
  gtk_widget_set_visible (self->warning, caution != NULL);
  eonay_drawn_text_set_text (self->view, text);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  schedule_check (self);
}

/* @pdf: (nullable): instead of the text */
static void
show_pdf (EonayDocumentCard *self, EonayDocument *pdf)
{
  g_clear_object (&self->inspection);
  g_clear_error (&self->fault);
  gtk_widget_set_visible (GTK_WIDGET (self->pdf), pdf != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->scroller), pdf == NULL);
  eonay_pdf_view_set_document (self->pdf, pdf != NULL ? eonay_document_get_content (pdf) : NULL,
                               pdf != NULL ? eonay_document_get_label (pdf) : NULL);
}

gboolean
eonay_document_card_set_document (EonayDocumentCard *self, EonayDocument *document, GError **error)
{
  EonayTextFlags flags = EONAY_TEXT_CLEAN;
  g_autofree char *text = NULL;

  g_return_val_if_fail (EONAY_IS_DOCUMENT_CARD (self), FALSE);
  g_return_val_if_fail (eonay_document_get_content (document) != NULL, FALSE);

  if (eonay_document_is_pdf (document))
    {
      show_text (self, "", EONAY_TEXT_CLEAN);
      show_pdf (self, document);
      return TRUE;
    }

  show_pdf (self, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  eonay_document_get_label (document), -1);
  text = eonay_text_inspection_run (eonay_document_get_content (document), &flags, error);
  /* The text of another document under this one's name would be worse than none. */
  show_text (self, text != NULL ? text : "", text != NULL ? flags : EONAY_TEXT_CLEAN);

  return text != NULL;
}

void
eonay_document_card_set_inspection (EonayDocumentCard *self, EonayPdfInspection *inspection)
{
  g_return_if_fail (EONAY_IS_DOCUMENT_CARD (self));

  g_set_object (&self->inspection, inspection);
}

void
eonay_document_card_clear (EonayDocumentCard *self)
{
  g_return_if_fail (EONAY_IS_DOCUMENT_CARD (self));

  show_text (self, "", EONAY_TEXT_CLEAN);
  show_pdf (self, NULL);
}

EonayPdfView *
eonay_document_card_get_pdf_view (EonayDocumentCard *self)
{
  g_return_val_if_fail (EONAY_IS_DOCUMENT_CARD (self), NULL);

  return self->pdf;
}

const GError *
eonay_document_card_get_fault (EonayDocumentCard *self)
{
  g_return_val_if_fail (EONAY_IS_DOCUMENT_CARD (self), NULL);

  if (self->fault != NULL)
    return self->fault;

  return shows_pdf (self) ? eonay_pdf_view_get_fault (self->pdf)
                          : eonay_drawn_text_get_fault (self->view);
}
