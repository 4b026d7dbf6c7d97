#include "app/pin/eonay-tries-row.h"

#include <glib/gi18n-lib.h>

#include "app/widgets/eonay-card-words.h"

struct _EonayTriesRow {
  AdwActionRow parent_instance;

  GtkWidget *icon;
  GtkWidget *bar;
};

G_DEFINE_FINAL_TYPE (EonayTriesRow, eonay_tries_row, ADW_TYPE_ACTION_ROW)

static void
eonay_tries_row_class_init (EonayTriesRowClass *klass)
{
}

static void
eonay_tries_row_init (EonayTriesRow *self)
{
  self->icon = g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                             NULL);
  self->bar = g_object_new (GTK_TYPE_LEVEL_BAR, "mode", GTK_LEVEL_BAR_MODE_DISCRETE, "valign",
                            GTK_ALIGN_CENTER, "width-request", 72, "accessible-role",
                            GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), self->icon);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->bar);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 0);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "fact");

  /* The row is named in one go below, and not by its title once more. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

GtkWidget *
eonay_tries_row_new (const char *title)
{
  return g_object_new (EONAY_TYPE_TRIES_ROW, "title", title, NULL);
}

static const char *
icon_for (EonayTries tries)
{
  switch (tries)
    {
    case EONAY_TRIES_BLOCKED:
      return "dialog-error-symbolic";
    case EONAY_TRIES_LAST:
      return "dialog-warning-symbolic";
    case EONAY_TRIES_FINE:
      return "object-select-symbolic";
    case EONAY_TRIES_UNKNOWN:
    default:
      return "dialog-question-symbolic";
    }
}

static void
show_bar (EonayTriesRow *self, const EonayPinState *state)
{
  GtkLevelBar *bar = GTK_LEVEL_BAR (self->bar);
  int most = state->tries_max;

  gtk_widget_set_visible (self->bar, eonay_tries_of (state) != EONAY_TRIES_UNKNOWN && most > 0 &&
                                         state->tries_left <= most);
  if (!gtk_widget_get_visible (self->bar))
    return;

  gtk_level_bar_set_max_value (bar, most);
  gtk_level_bar_add_offset_value (bar, GTK_LEVEL_BAR_OFFSET_LOW, 1);
  gtk_level_bar_add_offset_value (bar, GTK_LEVEL_BAR_OFFSET_HIGH, MAX (most - 1, 1));
  gtk_level_bar_add_offset_value (bar, GTK_LEVEL_BAR_OFFSET_FULL, most);
  gtk_level_bar_set_value (bar, MAX (state->tries_left, 0));
}

void
eonay_tries_row_set_state (EonayTriesRow *self, const EonayPinState *state, gboolean asking)
{
  EonayTries tries = eonay_tries_of (state);
  gboolean is_open = asking && tries == EONAY_TRIES_UNKNOWN;
  g_autofree char *words = is_open ? g_strdup (_ ("The card is being asked…"))
                                   : eonay_tries_words (state);
  g_autofree char *name = NULL;
  const char *style = eonay_card_words_tries_style (tries);

  g_return_if_fail (EONAY_IS_TRIES_ROW (self));

  name = g_strdup_printf ("%s: %s", adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)),
                          words);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), words);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon),
                                is_open ? "content-loading-symbolic" : icon_for (tries));
  for (EonayTries each = EONAY_TRIES_UNKNOWN; each <= EONAY_TRIES_BLOCKED; each++)
    if (eonay_card_words_tries_style (each) != NULL)
      gtk_widget_remove_css_class (GTK_WIDGET (self), eonay_card_words_tries_style (each));
  if (style != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), style);
  show_bar (self, state);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}
