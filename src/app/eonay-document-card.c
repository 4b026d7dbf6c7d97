#include "app/eonay-document-card.h"

#include <math.h>

#include "app/eonay-closures.h"

#define LINE_HEIGHT 1.4f
#define MIN_LINES 3
#define MAX_LINES 12

struct _EonayDocumentCard {
  AdwBin parent_instance;

  GtkWidget *warning;
  GtkLabel *warning_text;
  GtkScrolledWindow *scroller;
  GtkTextView *view;

  GtkAdjustment *outer;
  guint check;
  gboolean waiting;
};

static guint end_seen_signal;

G_DEFINE_FINAL_TYPE (EonayDocumentCard, eonay_document_card, ADW_TYPE_BIN)

static gboolean
is_scrolled_to_end (GtkAdjustment *adjustment)
{
  return gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment) + 1
         >= gtk_adjustment_get_upper (adjustment);
}

/* The page around the card may scroll as well: its bottom edge has to be inside. */
static gboolean
is_bottom_in_page (EonayDocumentCard *self)
{
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t bounds;

  if (page == NULL)
    return TRUE;
  if (!gtk_widget_compute_bounds (GTK_WIDGET (self->scroller), page, &bounds))
    return FALSE;

  return bounds.origin.y + bounds.size.height
         <= gtk_widget_get_height (page) + 1;
}

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
  int margins = gtk_text_view_get_top_margin (self->view)
                + gtk_text_view_get_bottom_margin (self->view);
  GtkTextIter end;
  int y;
  int height;

  gtk_text_buffer_get_end_iter (gtk_text_view_get_buffer (self->view), &end);
  gtk_text_view_get_line_yrange (self->view, &end, &y, &height);
  gtk_scrolled_window_set_min_content_height (
      self->scroller,
      margins + CLAMP (y + height, MIN_LINES * line_height (self), MAX_LINES * line_height (self)));
}

static gboolean
check_cb (gpointer user_data)
{
  EonayDocumentCard *self = user_data;

  self->check = 0;
  fit_height (self);
  if (self->waiting && gtk_widget_get_mapped (GTK_WIDGET (self->view))
      && gtk_widget_get_height (GTK_WIDGET (self->scroller)) > 0
      && is_scrolled_to_end (gtk_scrolled_window_get_vadjustment (self->scroller))
      && is_bottom_in_page (self)) {
    self->waiting = FALSE;
    g_signal_emit (self, end_seen_signal, 0);
  }

  return G_SOURCE_REMOVE;
}

static void
schedule_check (EonayDocumentCard *self)
{
  /* Below the text view's own layout in priority: until that is complete its height is a guess. */
  if (self->check == 0)
    self->check = g_idle_add_full (G_PRIORITY_LOW, check_cb, self, NULL);
}

static void
watch_page (EonayDocumentCard *self)
{
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);

  g_clear_object (&self->outer);
  if (page == NULL)
    return;

  self->outer = g_object_ref (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (page)));
  g_signal_connect_object (self->outer, "changed", G_CALLBACK (schedule_check), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->outer, "value-changed", G_CALLBACK (schedule_check), self,
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
    g_signal_handlers_disconnect_by_func (self->outer, schedule_check, self);
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
  return gtk_widget_grab_focus (GTK_WIDGET (EONAY_DOCUMENT_CARD (widget)->view));
}

static void
eonay_document_card_dispose (GObject *object)
{
  EonayDocumentCard *self = EONAY_DOCUMENT_CARD (object);

  g_clear_handle_id (&self->check, g_source_remove);

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
  widget_class->grab_focus = eonay_document_card_grab_focus;

  end_seen_signal = g_signal_new ("end-seen", EONAY_TYPE_DOCUMENT_CARD, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/eonay/Eonay/ui/eonay-document-card.ui");
  gtk_widget_class_bind_template_child (widget_class, EonayDocumentCard, warning);
  gtk_widget_class_bind_template_child (widget_class, EonayDocumentCard, warning_text);
  gtk_widget_class_bind_template_child (widget_class, EonayDocumentCard, scroller);
  gtk_widget_class_bind_template_child (widget_class, EonayDocumentCard, view);
}

static void
eonay_document_card_init (EonayDocumentCard *self)
{
  GtkAdjustment *adjustment;

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_text_buffer_create_tag (gtk_text_view_get_buffer (self->view), "text", "line-height",
                              LINE_HEIGHT, NULL);

  adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (schedule_check), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (schedule_check), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
eonay_document_card_new (void)
{
  return g_object_new (EONAY_TYPE_DOCUMENT_CARD, NULL);
}

static void
show_text (EonayDocumentCard *self, const char *text)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GtkTextIter start;

  gtk_text_buffer_set_text (buffer, "", -1);
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_insert_with_tags_by_name (buffer, &start, text, -1, "text", NULL);
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_place_cursor (buffer, &start);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

gboolean
eonay_document_card_set_document (EonayDocumentCard *self, EonayDocument *document, GError **error)
{
  EonayTextFlags flags = EONAY_TEXT_CLEAN;
  g_autofree char *text = NULL;
  g_autofree char *caution = NULL;

  g_return_val_if_fail (EONAY_IS_DOCUMENT_CARD (self), FALSE);
  g_return_val_if_fail (eonay_document_get_content (document) != NULL, FALSE);

  text = eonay_text_inspect (eonay_document_get_content (document), &flags, error);
  if (text == NULL)
    return FALSE;

  caution = eonay_text_flags_describe (flags);
  gtk_label_set_label (self->warning_text, caution != NULL ? caution : "");
  gtk_widget_set_visible (self->warning, caution != NULL);
  show_text (self, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  eonay_document_get_label (document), -1);

  self->waiting = TRUE;
  schedule_check (self);

  return TRUE;
}

