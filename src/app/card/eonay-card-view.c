#include "app/card/eonay-card-view.h"

#include <glib/gi18n-lib.h>

#include "app/card/eonay-card-panel.h"
#include "app/card/eonay-card-status.h"
#include "app/card/eonay-reader-row.h"
#include "app/widgets/eonay-focus.h"
#include "app/widgets/eonay-short-code.h"
#include "app/widgets/eonay-stack.h"
#include "session/eonay-advice.h"

struct _EonayCardView {
  AdwBin parent_instance;

  GtkStack *stack;
  AdwStatusPage *status;
  EonayShortCode *short_code;
  GtkWidget *retry;
  GtkWidget *diagnostics;
  GtkWidget *scroller;
  GtkBox *panels;
  AdwPreferencesGroup *others;

  EonayReaderList *readers;
  GPtrArray *cards; /* of EonayCardPanel, in the readers' order */
  GPtrArray *rows;  /* of EonayReaderRow, as the cards */
};

G_DEFINE_FINAL_TYPE (EonayCardView, eonay_card_view, ADW_TYPE_BIN)

typedef struct {
  EonayCardStatus card_status;
  const GError *error; /* of the reader that the status is of */
  guint n_ready;
  gboolean alike; /* one sentence says it of all readers */
} Overview;

static Overview
look (EonayCardView *self)
{
  guint n_readers = g_list_model_get_n_items (G_LIST_MODEL (self->readers));
  g_autofree EonayReaderState *states = g_new (EonayReaderState, n_readers);
  Overview overview = { .alike = TRUE };

  for (guint i = 0; i < n_readers; i++)
    {
      g_autoptr (EonayReader) reader = g_list_model_get_item (G_LIST_MODEL (self->readers), i);

      states[i] = eonay_reader_get_state (reader);
      overview.n_ready += states[i] == EONAY_READER_READY;
      overview.alike = overview.alike && states[i] == states[0];
      if (overview.error == NULL)
        overview.error = eonay_reader_get_error (reader);
    }
  overview.card_status = eonay_card_status_of (eonay_reader_list_get_service_state (self->readers),
                                               states, n_readers);

  return overview;
}

/* Until the service runs its readers are not to be believed. */
static gboolean
is_told_in_one (const Overview *overview)
{
  return overview->n_ready == 0 &&
         (overview->alike || overview->card_status < EONAY_CARD_STATUS_EMPTY);
}

/* What stands above the act is said with it. */
static void
describe_acts (EonayCardView *self, const char *title, const EonayAdvice *advice)
{
  g_autofree char *text = advice != NULL ? g_strjoin (" ", advice->remedy, advice->code, NULL)
                                         : NULL;

  eonay_stack_describe_page (self->retry, title, text != NULL ? text : "");
  eonay_stack_describe_page (self->diagnostics, title, text != NULL ? text : "");
}

static void
show_status (EonayCardView *self, const Overview *overview)
{
  g_autofree char *title = eonay_card_status_describe (overview->card_status, NULL, NULL, 0);
  g_autoptr (GError) error = eonay_card_status_dup_error (overview->card_status, overview->error);
  g_autoptr (EonayAdvice) advice = error != NULL ? eonay_advice_new (error) : NULL;
  const char *description = advice != NULL ? advice->remedy : NULL;
  g_autofree char *escaped = NULL;

  if (overview->card_status == EONAY_CARD_STATUS_EMPTY)
    description = _ ("Its PIN, certificates and days left are shown here then.");
  escaped = g_markup_escape_text (description != NULL ? description : "", -1);

  adw_status_page_set_icon_name (self->status, eonay_card_status_get_icon (overview->card_status));
  adw_status_page_set_title (self->status, title);
  adw_status_page_set_description (self->status, escaped);
  describe_acts (self, title, advice);
  eonay_short_code_set_code (self->short_code, advice != NULL ? advice->code : NULL);
  gtk_widget_set_visible (self->retry, overview->card_status == EONAY_CARD_STATUS_FAILED);
  gtk_widget_set_visible (self->diagnostics,
                          advice != NULL && overview->card_status != EONAY_CARD_STATUS_FAILED);
}

static gboolean
has_token (EonayReaderList *readers, EonayToken *token)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (readers)); i++)
    {
      g_autoptr (EonayReader) reader = g_list_model_get_item (G_LIST_MODEL (readers), i);

      if (eonay_reader_get_token (reader) == token)
        return TRUE;
    }

  return FALSE;
}

static EonayCardPanel *
find_panel (EonayCardView *self, EonayToken *token)
{
  for (guint i = 0; i < self->cards->len; i++)
    if (eonay_card_panel_get_token (self->cards->pdata[i]) == token)
      return self->cards->pdata[i];

  return NULL;
}

/* Panels of cards that stay are left alone: what a person reads or has opened stays as it is. */
static void
show_cards (EonayCardView *self)
{
  GtkWidget *before = NULL;
  gboolean was_empty = self->cards->len == 0;
  guint n_readers = g_list_model_get_n_items (G_LIST_MODEL (self->readers));

  for (guint i = self->cards->len; i > 0; i--)
    if (!has_token (self->readers, eonay_card_panel_get_token (self->cards->pdata[i - 1])))
      {
        gtk_box_remove (self->panels, self->cards->pdata[i - 1]);
        g_ptr_array_remove_index (self->cards, i - 1);
      }

  for (guint i = 0; i < n_readers; i++)
    {
      g_autoptr (EonayReader) reader = g_list_model_get_item (G_LIST_MODEL (self->readers), i);
      EonayToken *token = eonay_reader_get_token (reader);
      EonayCardPanel *panel = token != NULL ? find_panel (self, token) : NULL;

      if (token == NULL)
        continue;
      if (panel == NULL)
        {
          panel = EONAY_CARD_PANEL (eonay_card_panel_new (token));
          gtk_box_append (self->panels, GTK_WIDGET (panel));
          g_ptr_array_add (self->cards, panel);
        }
      gtk_box_reorder_child_after (self->panels, GTK_WIDGET (panel), before);
      before = GTK_WIDGET (panel);
    }

  /* What was scrolled to was another card's. */
  if (was_empty)
    gtk_adjustment_set_value (
        gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), 0);
}

static gboolean
is_other (EonayReaderList *readers, EonayReader *wanted)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (readers)); i++)
    {
      g_autoptr (EonayReader) reader = g_list_model_get_item (G_LIST_MODEL (readers), i);

      if (reader == wanted)
        return eonay_reader_get_state (reader) != EONAY_READER_READY;
    }

  return FALSE;
}

static gboolean
has_row (EonayCardView *self, EonayReader *reader)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (eonay_reader_row_get_reader (self->rows->pdata[i]) == reader)
      return TRUE;

  return FALSE;
}

static void
show_others (EonayCardView *self)
{
  for (guint i = self->rows->len; i > 0; i--)
    if (!is_other (self->readers, eonay_reader_row_get_reader (self->rows->pdata[i - 1])))
      {
        adw_preferences_group_remove (self->others, self->rows->pdata[i - 1]);
        g_ptr_array_remove_index (self->rows, i - 1);
      }

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->readers)); i++)
    {
      g_autoptr (EonayReader) reader = g_list_model_get_item (G_LIST_MODEL (self->readers), i);

      if (is_other (self->readers, reader) && !has_row (self, reader))
        {
          GtkWidget *row = eonay_reader_row_new (reader);

          adw_preferences_group_add (self->others, row);
          g_ptr_array_add (self->rows, row);
        }
    }
  gtk_widget_set_visible (GTK_WIDGET (self->others), self->rows->len > 0);
}

static void
update (EonayCardView *self)
{
  Overview overview;

  if (self->readers == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  overview = look (self);
  if (is_told_in_one (&overview))
    show_status (self, &overview);
  show_cards (self);
  show_others (self);
  gtk_stack_set_visible_child (self->stack, is_told_in_one (&overview) ? GTK_WIDGET (self->status)
                                                                       : self->scroller);
}

static void
retry_cb (EonayCardView *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->readers)); i++)
    {
      g_autoptr (EonayReader) reader = g_list_model_get_item (G_LIST_MODEL (self->readers), i);

      if (eonay_reader_get_state (reader) == EONAY_READER_FAILED)
        eonay_reader_retry (reader);
    }
}

static void
eonay_card_view_map (GtkWidget *widget)
{
  EonayCardView *self = EONAY_CARD_VIEW (widget);

  GTK_WIDGET_CLASS (eonay_card_view_parent_class)->map (widget);
  update (self);

  /* Another program may have spent tries since. */
  for (guint i = 0; i < self->cards->len; i++)
    eonay_token_refresh_async (eonay_card_panel_get_token (self->cards->pdata[i]), NULL, NULL,
                               NULL);
}

static gboolean
eonay_card_view_grab_focus (GtkWidget *widget)
{
  return eonay_focus_move_into (gtk_stack_get_visible_child (EONAY_CARD_VIEW (widget)->stack));
}

static void
eonay_card_view_dispose (GObject *object)
{
  EonayCardView *self = EONAY_CARD_VIEW (object);

  if (self->readers != NULL)
    g_signal_handlers_disconnect_by_data (self->readers, self);
  g_clear_object (&self->readers);
  g_clear_pointer (&self->cards, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (eonay_card_view_parent_class)->dispose (object);
}

static void
eonay_card_view_class_init (EonayCardViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = eonay_card_view_dispose;
  widget_class->map = eonay_card_view_map;
  eonay_focus_install (widget_class, eonay_card_view_grab_focus);

  g_type_ensure (EONAY_TYPE_SHORT_CODE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/eonay/Eonay/ui/eonay-card-view.ui");
  gtk_widget_class_bind_template_child (widget_class, EonayCardView, stack);
  gtk_widget_class_bind_template_child (widget_class, EonayCardView, status);
  gtk_widget_class_bind_template_child (widget_class, EonayCardView, short_code);
  gtk_widget_class_bind_template_child (widget_class, EonayCardView, retry);
  gtk_widget_class_bind_template_child (widget_class, EonayCardView, diagnostics);
  gtk_widget_class_bind_template_child (widget_class, EonayCardView, scroller);
  gtk_widget_class_bind_template_child (widget_class, EonayCardView, panels);
  gtk_widget_class_bind_template_child (widget_class, EonayCardView, others);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
}

static void
eonay_card_view_init (EonayCardView *self)
{
  self->cards = g_ptr_array_new ();
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  eonay_stack_follow (GTK_WIDGET (self->stack));
  eonay_focus_name_panes (GTK_WIDGET (self));
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->stack)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_stack_page_set_title (gtk_stack_get_page (self->stack, child), _ ("My Card"));
}

void
eonay_card_view_set_readers (EonayCardView *self, EonayReaderList *readers)
{
  g_return_if_fail (EONAY_IS_CARD_VIEW (self));
  g_return_if_fail (self->readers == NULL);

  self->readers = g_object_ref (readers);
  g_signal_connect_object (readers, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (readers, "notify::service-state", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
}

void
eonay_card_view_offer_unblocking (EonayCardView *self, EonayToken *token,
                                  EonayTokenCertificate *certificate)
{
  EonayCardPanel *panel;

  g_return_if_fail (EONAY_IS_CARD_VIEW (self));

  panel = find_panel (self, token);
  if (panel != NULL)
    eonay_card_panel_offer_unblocking (panel, certificate);
}
