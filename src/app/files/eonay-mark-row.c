#include "app/files/eonay-mark-row.h"

#include <glib/gi18n-lib.h>

#include "app/files/eonay-page-mark.h"
#include "app/widgets/eonay-accessible-name.h"

#define USUAL EONAY_MARK_BOTTOM_RIGHT

struct _EonayMarkRow {
  AdwExpanderRow parent_instance;

  AdwComboRow *position; /* the nine places, and, as the last, another */
  GtkWidget *show;
  EonayPageMark *mark; /* (nullable) (unowned): lies over the view */
  EonayMarkPlace place;
  gboolean is_following; /* the list follows what was placed by hand */
};

G_DEFINE_FINAL_TYPE (EonayMarkRow, eonay_mark_row, ADW_TYPE_EXPANDER_ROW)

static gboolean
is_on (EonayMarkRow *self)
{
  return adw_expander_row_get_enable_expansion (ADW_EXPANDER_ROW (self)) &&
         gtk_widget_get_sensitive (GTK_WIDGET (self)) && gtk_widget_get_visible (GTK_WIDGET (self));
}

static void
show_place (EonayMarkRow *self)
{
  self->is_following = TRUE;
  adw_combo_row_set_selected (self->position, self->place.position == EONAY_MARK_AREA
                                                  ? EONAY_MARK_BOTTOM_RIGHT
                                                  : self->place.position - EONAY_MARK_TOP_LEFT);
  self->is_following = FALSE;
  if (self->mark != NULL)
    eonay_page_mark_set_place (self->mark, is_on (self) ? &self->place : NULL);
}

static void
position_cb (EonayMarkRow *self)
{
  guint selected = adw_combo_row_get_selected (self->position);

  if (self->is_following)
    return;

  if (selected < EONAY_MARK_BOTTOM_RIGHT)
    self->place =
        (EonayMarkPlace){ .position = (EonayMarkPosition) (EONAY_MARK_TOP_LEFT + selected),
                          .page = self->place.page };
  show_place (self);
}

static void
placed_cb (EonayMarkRow *self)
{
  const EonayMarkPlace *place = eonay_page_mark_get_place (self->mark);

  if (place == NULL)
    return;

  self->place = *place;
  self->is_following = TRUE;
  adw_combo_row_set_selected (self->position, EONAY_MARK_BOTTOM_RIGHT);
  self->is_following = FALSE;
}

static void
show_cb (EonayMarkRow *self)
{
  if (self->mark != NULL)
    eonay_page_mark_show (self->mark);
}

static void
eonay_mark_row_class_init (EonayMarkRowClass *klass)
{
}

/* The row's own switch has no name for screen readers. */
static void
name_switch (GtkWidget *widget)
{
  if (GTK_IS_SWITCH (widget))
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    _ ("Visible mark"), -1);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_switch (child);
}

static GtkStringList *
list_positions (void)
{
  const char *const names[] = { _ ("Top left"),
                                _ ("Top centre"),
                                _ ("Top right"),
                                _ ("Middle left"),
                                _ ("Middle centre"),
                                _ ("Middle right"),
                                _ ("Bottom left"),
                                _ ("Bottom centre"),
                                _ ("Bottom right"),
                                _ ("Placed by hand"),
                                NULL };

  return gtk_string_list_new (names);
}

static void
eonay_mark_row_init (EonayMarkRow *self)
{
  AdwExpanderRow *row = ADW_EXPANDER_ROW (self);
  g_autoptr (GtkStringList) positions = list_positions ();
  GtkWidget *by_hand = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _ ("Visible mark"));
  adw_expander_row_set_subtitle (
      row,
      _ ("Shows on a page who signed, and when. The mark proves nothing: the signature does."));
  adw_expander_row_set_show_enable_switch (row, TRUE);
  adw_expander_row_set_enable_expansion (row, FALSE);

  self->position = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->position), _ ("Place on the page"));
  adw_combo_row_set_model (self->position, G_LIST_MODEL (positions));
  adw_expander_row_add_row (row, GTK_WIDGET (self->position));

  self->show = gtk_button_new_with_mnemonic (_ ("_Go to the mark"));
  gtk_widget_set_valign (self->show, GTK_ALIGN_CENTER);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (by_hand), _ ("Place it by hand"));
  adw_action_row_set_subtitle (
      ADW_ACTION_ROW (by_hand),
      _ ("Drag it, or use the arrow keys; with Shift they size it. Page Up and Page Down change the page."));
  adw_action_row_add_suffix (ADW_ACTION_ROW (by_hand), self->show);
  adw_expander_row_add_row (row, by_hand);
  eonay_accessible_name_buttons (GTK_WIDGET (self));
  eonay_accessible_name_expander (row, _ ("Visible mark"));
  name_switch (GTK_WIDGET (self));

  self->place = (EonayMarkPlace){ .position = USUAL };
  show_place (self);
  g_signal_connect_swapped (self->position, "notify::selected", G_CALLBACK (position_cb), self);
  g_signal_connect_swapped (self->show, "clicked", G_CALLBACK (show_cb), self);
  g_signal_connect (self, "notify::enable-expansion", G_CALLBACK (show_place), NULL);
  g_signal_connect (self, "notify::sensitive", G_CALLBACK (show_place), NULL);
  g_signal_connect (self, "notify::visible", G_CALLBACK (show_place), NULL);
}

void
eonay_mark_row_set_view (EonayMarkRow *self, EonayPdfView *view)
{
  g_return_if_fail (EONAY_IS_MARK_ROW (self) && self->mark == NULL);

  self->mark = eonay_page_mark_new (view);
  g_signal_connect_object (self->mark, "placed", G_CALLBACK (placed_cb), self, G_CONNECT_SWAPPED);
  show_place (self);
}

void
eonay_mark_row_set_preset (EonayMarkRow *self, const char *word)
{
  EonayMarkPlace place = { 0 };

  g_return_if_fail (EONAY_IS_MARK_ROW (self));

  if (!eonay_mark_place_parse (word, &place))
    place.position = USUAL;
  self->place = place;
  show_place (self);
}

void
eonay_mark_row_reset (EonayMarkRow *self)
{
  g_return_if_fail (EONAY_IS_MARK_ROW (self));

  self->place.page = 0;
  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (self), FALSE);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), FALSE);
}

EonayMarkPlace *
eonay_mark_row_make_place (EonayMarkRow *self)
{
  g_return_val_if_fail (EONAY_IS_MARK_ROW (self), NULL);

  return is_on (self) ? g_memdup2 (&self->place, sizeof self->place) : NULL;
}
