#include "app/pin/eonay-secret-row.h"

#include <glib/gi18n-lib.h>

#include "app/pin/eonay-secret-buffer.h"
#include "app/pin/eonay-typed-secret.h"

/* Of 65535: as little as there is. None would be taken for a text without one. */
#define CLEAR 1

/* Between letters, in pixels: a narrow one in its place would seem to have a space beside it. */
#define LETTER_SPACING 4

struct _EonaySecretRow {
  AdwEntryRow parent_instance;

  GtkText *text;
  GtkButton *peek;
  GtkWidget *caps_lock;

  gboolean shown;
  guint preedit; /* characters of an accent that waits for its letter */
};

enum {
  PROP_SHOWN = 1,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (EonaySecretRow, eonay_secret_row, ADW_TYPE_ENTRY_ROW)

/* Where GTK has its line: on the row's baseline, or else by the font's own measures. */
static double
find_baseline (EonaySecretRow *self)
{
  int allocated = gtk_widget_get_allocated_baseline (GTK_WIDGET (self->text));
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self->text));
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int ascent = pango_font_metrics_get_ascent (metrics);
  int descent = pango_font_metrics_get_descent (metrics);
  int height = gtk_widget_get_height (GTK_WIDGET (self->text)) * PANGO_SCALE;

  pango_font_metrics_unref (metrics);

  return allocated >= 0 ? allocated : PANGO_PIXELS ((height - ascent - descent) / 2 + ascent);
}

/* The place of the bullet that stands for a character. */
static void
find_cell (EonaySecretRow *self, guint number, double *x, double *width)
{
  guint cursor = (guint) gtk_editable_get_position (GTK_EDITABLE (self->text));
  guint place = number >= cursor ? number + self->preedit : number;
  graphene_rect_t start, end;

  gtk_text_compute_cursor_extents (self->text, place, &start, NULL);
  gtk_text_compute_cursor_extents (self->text, place + 1, &end, NULL);
  *x = (double) MIN (start.origin.x, end.origin.x);
  *width = (double) ABS (end.origin.x - start.origin.x);
}

/* A character alone: GTK's layout keeps copies of its text. */
static void
draw_character (EonaySecretRow *self, GtkSnapshot *snapshot, guint number, double baseline)
{
  EonaySecretBuffer *buffer = EONAY_SECRET_BUFFER (gtk_text_get_buffer (self->text));
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self->text), NULL);
  gsize length;
  const char *character = eonay_secret_buffer_peek (buffer, number, &length);
  PangoRectangle extents;
  double x, width, scale;

  pango_layout_set_text (layout, character, (int) length);
  pango_layout_get_pixel_extents (layout, NULL, &extents);
  find_cell (self, number, &x, &width);
  scale = extents.width > width ? width / extents.width : 1;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
      snapshot,
      &GRAPHENE_POINT_INIT ((float) (x + (width - scale * extents.width) / 2), (float) baseline));
  gtk_snapshot_scale (snapshot, (float) scale, 1);
  gtk_snapshot_render_layout (snapshot, gtk_widget_get_style_context (GTK_WIDGET (self->text)), 0,
                              -PANGO_PIXELS (pango_layout_get_baseline (layout)), layout);
  gtk_snapshot_restore (snapshot);
}

static void
draw_characters (EonaySecretRow *self, GtkSnapshot *snapshot)
{
  GtkWidget *text = GTK_WIDGET (self->text);
  double baseline = find_baseline (self);
  double x, y;

  if (!gtk_widget_translate_coordinates (text, GTK_WIDGET (self), 0, 0, &x, &y))
    return;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (text),
                                                         (float) gtk_widget_get_height (text)));
  gtk_snapshot_push_opacity (snapshot, gtk_widget_get_opacity (text));
  for (guint i = 0; i < gtk_text_get_text_length (self->text); i++)
    draw_character (self, snapshot, i, baseline);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_restore (snapshot);
}

static void
eonay_secret_row_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  EonaySecretRow *self = EONAY_SECRET_ROW (widget);

  GTK_WIDGET_CLASS (eonay_secret_row_parent_class)->snapshot (widget, snapshot);
  if (self->shown && gtk_widget_get_mapped (GTK_WIDGET (self->text)))
    draw_characters (self, snapshot);
}

static void
show_caps_lock (EonaySecretRow *self)
{
  GdkSeat *seat = gdk_display_get_default_seat (gtk_widget_get_display (GTK_WIDGET (self)));
  GdkDevice *keyboard = seat != NULL ? gdk_seat_get_keyboard (seat) : NULL;

  gtk_widget_set_visible (self->caps_lock, keyboard != NULL && !self->shown &&
                                               gtk_widget_has_focus (GTK_WIDGET (self->text)) &&
                                               gdk_device_get_caps_lock_state (keyboard));
}

/* The bullets stay, for whoever asks GTK, but cannot be seen. Digits are as wide as they are. */
static void
clear_bullets (EonaySecretRow *self)
{
  g_autoptr (PangoAttrList) attributes = NULL;

  if (self->shown)
    {
      attributes = pango_attr_list_new ();
      pango_attr_list_insert (attributes, pango_attr_foreground_alpha_new (CLEAR));
      if (gtk_text_get_input_purpose (self->text) != GTK_INPUT_PURPOSE_PIN)
        pango_attr_list_insert (attributes,
                                pango_attr_letter_spacing_new (LETTER_SPACING * PANGO_SCALE));
    }
  gtk_text_set_attributes (self->text, attributes);
}

static void
update (EonaySecretRow *self)
{
  gtk_button_set_icon_name (self->peek,
                            self->shown ? "view-conceal-symbolic" : "view-reveal-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->peek),
                               self->shown ? _ ("Hide what is typed") : _ ("Show what is typed"));
  clear_bullets (self);
  show_caps_lock (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
peek_clicked_cb (EonaySecretRow *self)
{
  eonay_secret_row_set_shown (self, !self->shown);
}

static void
preedit_changed_cb (EonaySecretRow *self, const char *preedit)
{
  self->preedit = (guint) g_utf8_strlen (preedit, -1);
}

static void
eonay_secret_row_realize (GtkWidget *widget)
{
  GdkSeat *seat = gdk_display_get_default_seat (gtk_widget_get_display (widget));
  GdkDevice *keyboard = seat != NULL ? gdk_seat_get_keyboard (seat) : NULL;

  GTK_WIDGET_CLASS (eonay_secret_row_parent_class)->realize (widget);
  if (keyboard != NULL)
    g_signal_connect_object (keyboard, "notify::caps-lock-state", G_CALLBACK (show_caps_lock),
                             widget, G_CONNECT_SWAPPED);
}

static void
eonay_secret_row_unrealize (GtkWidget *widget)
{
  GdkSeat *seat = gdk_display_get_default_seat (gtk_widget_get_display (widget));
  GdkDevice *keyboard = seat != NULL ? gdk_seat_get_keyboard (seat) : NULL;

  if (keyboard != NULL)
    g_signal_handlers_disconnect_by_func (keyboard, show_caps_lock, widget);
  GTK_WIDGET_CLASS (eonay_secret_row_parent_class)->unrealize (widget);
}

static void
eonay_secret_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_SHOWN:
      g_value_set_boolean (value, EONAY_SECRET_ROW (object)->shown);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
eonay_secret_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_SHOWN:
      eonay_secret_row_set_shown (EONAY_SECRET_ROW (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
eonay_secret_row_class_init (EonaySecretRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = eonay_secret_row_get_property;
  object_class->set_property = eonay_secret_row_set_property;
  widget_class->snapshot = eonay_secret_row_snapshot;
  widget_class->realize = eonay_secret_row_realize;
  widget_class->unrealize = eonay_secret_row_unrealize;

  properties[PROP_SHOWN] = g_param_spec_boolean ("shown", NULL, NULL, FALSE,
                                                 G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
                                                     G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  gtk_widget_class_install_property_action (widget_class, "secret.shown", "shown");
}

static GtkWidget *
make_suffix (EonaySecretRow *self)
{
  GtkWidget *suffix = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->caps_lock = gtk_image_new_from_icon_name ("caps-lock-symbolic");
  gtk_widget_set_tooltip_text (self->caps_lock, _ ("Caps Lock is on"));
  gtk_widget_add_css_class (self->caps_lock, "indicator");
  gtk_widget_set_visible (self->caps_lock, FALSE);
  gtk_box_append (GTK_BOX (suffix), self->caps_lock);

  self->peek = GTK_BUTTON (gtk_button_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->peek), GTK_ALIGN_CENTER);
  gtk_widget_set_focus_on_click (GTK_WIDGET (self->peek), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->peek), "flat");
  /* It has a picture and no name. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->peek), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Show or hide what is typed"), -1);
  g_signal_connect_swapped (self->peek, "clicked", G_CALLBACK (peek_clicked_cb), self);
  gtk_box_append (GTK_BOX (suffix), GTK_WIDGET (self->peek));

  return suffix;
}

static void
add_menu (EonaySecretRow *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) section = g_menu_new ();

  g_menu_append (section, _ ("Show what is typed"), "secret.shown");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
  gtk_text_set_extra_menu (self->text, G_MENU_MODEL (menu));
}

static void
eonay_secret_row_init (EonaySecretRow *self)
{
  self->text = GTK_TEXT (gtk_editable_get_delegate (GTK_EDITABLE (self)));
  eonay_typed_secret_prepare (GTK_EDITABLE (self));
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self), make_suffix (self));
  add_menu (self);
  gtk_widget_add_css_class (GTK_WIDGET (self), "password");
  g_signal_connect_swapped (self->text, "notify::has-focus", G_CALLBACK (show_caps_lock), self);
  g_signal_connect_swapped (self->text, "notify::input-purpose", G_CALLBACK (clear_bullets), self);
  g_signal_connect_swapped (self->text, "preedit-changed", G_CALLBACK (preedit_changed_cb), self);
  update (self);
}

void
eonay_secret_row_set_shown (EonaySecretRow *self, gboolean shown)
{
  g_return_if_fail (EONAY_IS_SECRET_ROW (self));

  if (self->shown == shown)
    return;

  self->shown = shown;
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOWN]);
}
