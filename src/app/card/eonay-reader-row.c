#include "app/card/eonay-reader-row.h"

#include <glib/gi18n-lib.h>

#include "app/card/eonay-card-status.h"
#include "session/eonay-advice.h"

struct _EonayReaderRow {
  AdwActionRow parent_instance;

  GtkWidget *icon;
  GtkWidget *retry;

  EonayReader *reader;
};

G_DEFINE_FINAL_TYPE (EonayReaderRow, eonay_reader_row, ADW_TYPE_ACTION_ROW)

static void
retry_cb (EonayReaderRow *self)
{
  eonay_reader_retry (self->reader);
}

static void
eonay_reader_row_dispose (GObject *object)
{
  g_clear_object (&EONAY_READER_ROW (object)->reader);

  G_OBJECT_CLASS (eonay_reader_row_parent_class)->dispose (object);
}

static void
eonay_reader_row_class_init (EonayReaderRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = eonay_reader_row_dispose;
}

static void
eonay_reader_row_init (EonayReaderRow *self)
{
  self->icon = g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                             NULL);
  self->retry = gtk_button_new_with_label (_ ("Try again"));
  gtk_widget_set_valign (self->retry, GTK_ALIGN_CENTER);
  g_signal_connect_object (self->retry, "clicked", G_CALLBACK (retry_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), self->icon);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->retry);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (self), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 0);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "fact");
}

static void
update (EonayReaderRow *self)
{
  EonayReaderState state = eonay_reader_get_state (self->reader);
  EonayCardStatus card_status = eonay_card_status_of (EONAY_SERVICE_RUNNING, &state, 1);
  g_autofree char *words = eonay_card_status_describe (card_status, NULL, NULL, 0);
  g_autoptr (GError) error = eonay_card_status_dup_error (card_status,
                                                          eonay_reader_get_error (self->reader));
  g_autoptr (EonayAdvice) advice = error != NULL ? eonay_advice_new (error) : NULL;
  const char *name = eonay_reader_get_name (self->reader);
  g_autofree char *subtitle = advice != NULL ? g_strdup_printf ("%s\n%s · %s", name, advice->remedy,
                                                                advice->code)
                                             : g_strdup (name);

  /* Its card has a panel of its own a moment later. */
  if (state == EONAY_READER_READY)
    return;

  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), eonay_card_status_get_icon (card_status));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), words);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  gtk_widget_set_visible (self->retry, state == EONAY_READER_FAILED);
}

GtkWidget *
eonay_reader_row_new (EonayReader *reader)
{
  EonayReaderRow *self = g_object_new (EONAY_TYPE_READER_ROW, NULL);

  self->reader = g_object_ref (reader);
  g_signal_connect_object (reader, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}

EonayReader *
eonay_reader_row_get_reader (EonayReaderRow *self)
{
  g_return_val_if_fail (EONAY_IS_READER_ROW (self), NULL);

  return self->reader;
}
