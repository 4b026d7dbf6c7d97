#include "app/files/eonay-mark-row.h"

#include <glib/gi18n-lib.h>

#include "app/files/eonay-mark-proposer.h"
#include "app/files/eonay-page-mark.h"
#include "app/files/eonay-picture-row.h"
#include "app/widgets/eonay-accessible-name.h"
#include "session/eonay-settings.h"
#include "session/files/eonay-field-choice.h"

#define USUAL EONAY_MARK_BOTTOM_RIGHT

/* In the list of places, after the nine. */
enum {
  CHOICE_BY_HAND = EONAY_MARK_BOTTOM_RIGHT,
  CHOICE_PROPOSED,
};

struct _EonayMarkRow {
  AdwExpanderRow parent_instance;

  AdwComboRow *position; /* the nine places, by hand, and what is proposed, if anything is */
  GtkWidget *by_hand;
  GtkWidget *show;
  EonayPictureRow *picture;
  EonayPageMark *mark;   /* (nullable) (unowned): lies over the view */
  EonayMarkPlace place;  /* where the person has put it, now or the last time */
  gboolean is_following; /* the list follows what was placed by hand */

  EonayMarkProposer *proposer; /* (nullable): of the view */
  EonayMarkPlace proposal;
  EonayMarkSearchResult found; /* whether, and why, @proposal is one */
  gboolean is_single;          /* one file is signed */
  gboolean is_own;             /* the person has put it somewhere, for this file */
  gboolean has_field;          /* a field of the document is signed */
  EonayMarkPlace field;        /* its place; on no page if it is not seen */
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (EonayMarkRow, eonay_mark_row, ADW_TYPE_EXPANDER_ROW)

static gboolean
is_on (EonayMarkRow *self)
{
  return adw_expander_row_get_enable_expansion (ADW_EXPANDER_ROW (self)) &&
         gtk_widget_get_sensitive (GTK_WIDGET (self)) && gtk_widget_get_visible (GTK_WIDGET (self));
}

static gboolean
is_proposed (EonayMarkRow *self)
{
  return !self->is_own && self->is_single && self->found != EONAY_MARK_SEARCH_NOTHING;
}

/* Where it stands unless a field of the document is signed. */
static EonayMarkPlace
get_wanted (EonayMarkRow *self)
{
  EonayMarkPlace place = is_proposed (self) ? self->proposal : self->place;

  if (!self->is_single)
    place.page = 0;

  return place;
}

/* Of what is shown. */
static EonayMarkPlace
get_place (EonayMarkRow *self)
{
  return self->has_field ? self->field : get_wanted (self);
}

static guint
get_choice (EonayMarkRow *self)
{
  if (is_proposed (self))
    return CHOICE_PROPOSED;

  return self->place.position == EONAY_MARK_AREA ? CHOICE_BY_HAND
                                                 : self->place.position - EONAY_MARK_TOP_LEFT;
}

/* Returns: (nullable): why it is proposed to put the mark there */
static const char *
get_proposed (EonayMarkRow *self)
{
  if (!self->is_single || self->found == EONAY_MARK_SEARCH_NOTHING)
    return NULL;

  return self->found == EONAY_MARK_SEARCH_UNDER_NAME ? _ ("Under your name") : _ ("Below the text");
}

static void
show_choice (EonayMarkRow *self)
{
  GtkStringList *positions = GTK_STRING_LIST (adw_combo_row_get_model (self->position));
  const char *listed = gtk_string_list_get_string (positions, CHOICE_PROPOSED);
  const char *proposed[] = { get_proposed (self), NULL };

  self->is_following = TRUE;
  if (g_strcmp0 (listed, proposed[0]) != 0)
    gtk_string_list_splice (positions, CHOICE_PROPOSED, listed != NULL ? 1 : 0, proposed);
  adw_combo_row_set_selected (self->position, get_choice (self));
  self->is_following = FALSE;
}

static void
show_place (EonayMarkRow *self)
{
  EonayMarkPlace place = get_place (self);
  gboolean is_seen = is_on (self) && (!self->has_field || place.page > 0);

  show_choice (self);
  if (self->mark != NULL)
    {
      eonay_page_mark_set_fixed (self->mark, self->has_field);
      eonay_page_mark_set_place (self->mark, is_seen ? &place : NULL);
    }
  if (self->proposer != NULL)
    eonay_mark_proposer_set_wanted (self->proposer, is_on (self) && self->is_single &&
                                                        !self->is_own && !self->has_field);
}

static void
proposed_cb (EonayMarkRow *self)
{
  EonayMarkPlace before = get_wanted (self);

  self->found = eonay_mark_proposer_get (self->proposer, &self->proposal);
  /* It does not slip out of the hand. */
  if (is_proposed (self) && eonay_page_mark_is_held (self->mark))
    {
      self->place = before;
      self->is_own = TRUE;
    }
  show_place (self);
}

static void
position_cb (EonayMarkRow *self)
{
  guint selected = adw_combo_row_get_selected (self->position);

  if (self->is_following)
    return;

  if (selected < CHOICE_BY_HAND)
    self->place =
        (EonayMarkPlace){ .position = (EonayMarkPosition) (EONAY_MARK_TOP_LEFT + selected),
                          .page = get_wanted (self).page };
  self->is_own = selected < CHOICE_BY_HAND ||
                 (selected == CHOICE_BY_HAND &&
                  (self->is_own || self->place.position == EONAY_MARK_AREA));
  show_place (self);
}

static void
placed_cb (EonayMarkRow *self)
{
  const EonayMarkPlace *place = eonay_page_mark_get_place (self->mark);

  if (place == NULL)
    return;

  self->place = *place;
  self->is_own = TRUE;
  show_choice (self);
  eonay_mark_proposer_set_wanted (self->proposer, FALSE);
  /* It does not leave the last page. */
  if (!self->is_single)
    show_place (self);
}

static void
show_cb (EonayMarkRow *self)
{
  if (self->mark != NULL)
    eonay_page_mark_show (self->mark);
}

static void
eonay_mark_row_dispose (GObject *object)
{
  EonayMarkRow *self = EONAY_MARK_ROW (object);

  if (self->proposer != NULL)
    eonay_mark_proposer_stop (self->proposer);
  g_clear_object (&self->proposer);

  G_OBJECT_CLASS (eonay_mark_row_parent_class)->dispose (object);
}

static void
changed_cb (EonayMarkRow *self)
{
  g_signal_emit (self, changed_signal, 0);
}

static void
eonay_mark_row_class_init (EonayMarkRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = eonay_mark_row_dispose;
  changed_signal = g_signal_new ("changed", EONAY_TYPE_MARK_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
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

/* @field: (nullable): of @file, which is signed */
static void
set_field (EonayMarkRow *self, EonayOwnFile *file, const EonayPdfField *field)
{
  g_autofree char *described = field != NULL ? eonay_field_choice_describe (field) : NULL;
  g_autofree char *words = described != NULL
                               /* TRANSLATORS: where the mark stands, as “Tenant”, page 2. */
                               ? g_strdup_printf (_ ("In the signature field %s"), described)
                               : NULL;

  self->has_field = field != NULL;
  if (field != NULL && eonay_pdf_inspection_is_field_seen (field))
    {
      self->field = eonay_mark_place_of_box (
          &field->box,
          eonay_pdf_inspection_get_page (eonay_own_file_get_inspection (file), field->page));
      self->field.page = field->page;
    }
  else
    self->field = (EonayMarkPlace){ 0 };

  adw_action_row_set_subtitle (
      ADW_ACTION_ROW (self->position),
      self->is_single
          ? ""
          : _ ("On the last page of each PDF; in the signature field instead where one is used"));
  gtk_widget_set_visible (GTK_WIDGET (self->position), !self->is_single || field == NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->by_hand),
                                 field == NULL     ? _ ("Place it by hand")
                                 : self->is_single ? _ ("Place on the page")
                                                   : _ ("In the PDF that is shown"));
  adw_action_row_set_subtitle (
      ADW_ACTION_ROW (self->by_hand),
      words != NULL
          ? words
          : _ ("Drag it, or use the arrow keys; with Shift they size it. Page Up and Page Down change the page."));
}

static void
eonay_mark_row_init (EonayMarkRow *self)
{
  AdwExpanderRow *row = ADW_EXPANDER_ROW (self);
  g_autoptr (GtkStringList) positions = list_positions ();
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

  self->by_hand = adw_action_row_new ();
  self->show = gtk_button_new_with_mnemonic (_ ("_Go to the mark"));
  gtk_widget_set_valign (self->show, GTK_ALIGN_CENTER);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->by_hand), FALSE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->by_hand), self->show);
  adw_expander_row_add_row (row, self->by_hand);
  self->picture = g_object_new (EONAY_TYPE_PICTURE_ROW, NULL);
  /* It may outlive this row, while a picture is read. */
  g_signal_connect_object (self->picture, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::enable-expansion", G_CALLBACK (changed_cb), NULL);
  adw_expander_row_add_row (row, GTK_WIDGET (self->picture));
  eonay_accessible_name_buttons (GTK_WIDGET (self));
  eonay_accessible_name_expander (row, _ ("Visible mark"));
  name_switch (GTK_WIDGET (self));

  self->place = (EonayMarkPlace){ .position = USUAL };
  self->is_single = TRUE;
  set_field (self, NULL, NULL);
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
  self->proposer = eonay_mark_proposer_new (view);
  g_signal_connect_object (self->proposer, "proposed", G_CALLBACK (proposed_cb), self,
                           G_CONNECT_SWAPPED);
  show_place (self);
}

void
eonay_mark_row_recall (EonayMarkRow *self, GSettings *settings)
{
  EonayMarkPlace place = { 0 };
  g_autofree char *word = NULL;
  g_autofree char *picture = NULL;

  g_return_if_fail (EONAY_IS_MARK_ROW (self) && G_IS_SETTINGS (settings));

  word = g_settings_get_string (settings, "mark-place");
  picture = g_settings_get_string (settings, "mark-picture");
  if (!eonay_mark_place_parse (word, &place))
    place.position = USUAL;
  self->place = place;
  eonay_picture_row_set_path (self->picture, picture);
  show_place (self);
}

void
eonay_mark_row_remember (EonayMarkRow *self, GSettings *settings)
{
  g_autofree char *word = NULL;
  const char *picture;

  g_return_if_fail (EONAY_IS_MARK_ROW (self) && G_IS_SETTINGS (settings));

  word = eonay_mark_row_make_preset (self);
  picture = eonay_picture_row_get_path (self->picture);
  if (word != NULL)
    eonay_settings_remember (settings, "mark-place", word);
  eonay_settings_remember (settings, "mark-picture", picture != NULL ? picture : "");
}

const char *
eonay_mark_row_get_obstacle (EonayMarkRow *self)
{
  g_return_val_if_fail (EONAY_IS_MARK_ROW (self), NULL);

  if (!is_on (self))
    return NULL;
  if (eonay_picture_row_is_reading (self->picture))
    return _ ("The picture of the visible mark is still being read.");

  if (self->is_single && self->has_field && self->field.page == 0)
    return _ (
        "The signature field is not seen on any page: choose another one, or switch the visible mark off.");

  return eonay_picture_row_is_refused (self->picture)
             ? _ ("The picture of the visible mark cannot be used: choose another, or none.")
             : NULL;
}

void
eonay_mark_row_reset (EonayMarkRow *self)
{
  g_return_if_fail (EONAY_IS_MARK_ROW (self));

  self->place.page = 0;
  self->is_own = FALSE;
  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (self), FALSE);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), FALSE);
}

void
eonay_mark_row_set_file (EonayMarkRow *self, EonayOwnFile *file, gboolean is_single,
                         const char *holder)
{
  const EonayPdfField *field = NULL;

  g_return_if_fail (EONAY_IS_MARK_ROW (self));

  if (file != NULL && eonay_own_file_get_inspection (file) != NULL)
    field = eonay_field_choice_find (file, NULL);
  if (self->proposer != NULL && holder != NULL)
    eonay_mark_proposer_set_holder (self->proposer, holder);
  /* What is not proposed by the time of signing is not looked for again. */
  if (is_single == self->is_single && field == NULL && !self->has_field)
    return;

  self->is_single = is_single;
  set_field (self, file, field);
  show_place (self);
}

GdkPixbuf *
eonay_mark_row_get_picture (EonayMarkRow *self)
{
  g_return_val_if_fail (EONAY_IS_MARK_ROW (self), NULL);

  return eonay_picture_row_get_picture (self->picture);
}

EonayMarkPlace *
eonay_mark_row_make_place (EonayMarkRow *self)
{
  EonayMarkPlace place;

  g_return_val_if_fail (EONAY_IS_MARK_ROW (self), NULL);

  if (self->proposer != NULL)
    eonay_mark_proposer_stop (self->proposer);

  place = get_wanted (self);

  return is_on (self) ? g_memdup2 (&place, sizeof place) : NULL;
}

char *
eonay_mark_row_make_preset (EonayMarkRow *self)
{
  g_return_val_if_fail (EONAY_IS_MARK_ROW (self), NULL);

  return is_on (self) && !is_proposed (self) ? eonay_mark_place_format (&self->place) : NULL;
}
