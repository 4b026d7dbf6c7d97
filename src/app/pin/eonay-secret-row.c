#include "app/pin/eonay-secret-row.h"

#include <glib/gi18n-lib.h>

#include "app/pin/eonay-secret-buffer.h"
#include "app/pin/eonay-typed-secret.h"
#include "app/widgets/eonay-accessible-name.h"
#include "app/widgets/eonay-focus.h"

/* Of 65535: as little as there is. None would be taken for a text without one. */
#define CLEAR 1

/* Between letters, in pixels: a narrow one in its place would seem to have a space beside it. */
#define LETTER_SPACING 4

struct _EonaySecretRow {
  AdwPreferencesRow parent_instance;

  GtkWidget *entry; /* GtkPasswordEntry */
  GtkText *text;    /* in it */
  GtkButton *peek;

  gboolean shown;
  guint preedit; /* characters of an accent that waits for its letter */
};

enum {
  PROP_SHOWN = 1,
  PROP_ACTIVATES_DEFAULT,
  N_PROPERTIES
};

enum {
  ENTRY_ACTIVATED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

static GtkEditable *
eonay_secret_row_get_delegate (GtkEditable *editable)
{
  return GTK_EDITABLE (EONAY_SECRET_ROW (editable)->text);
}

static void
eonay_secret_row_editable_init (GtkEditableInterface *iface)
{
  iface->get_delegate = eonay_secret_row_get_delegate;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (EonaySecretRow, eonay_secret_row, ADW_TYPE_PREFERENCES_ROW,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_EDITABLE,
                                                      eonay_secret_row_editable_init))

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
activate_cb (EonaySecretRow *self)
{
  g_signal_emit (self, signals[ENTRY_ACTIVATED], 0);
}

static void
pressed_cb (EonaySecretRow *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static gboolean
eonay_secret_row_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (EONAY_SECRET_ROW (widget)->text));
}

static void
eonay_secret_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  EonaySecretRow *self = EONAY_SECRET_ROW (object);

  if (gtk_editable_delegate_get_property (object, id, value, pspec))
    return;

  switch (id)
    {
    case PROP_SHOWN:
      g_value_set_boolean (value, self->shown);
      break;
    case PROP_ACTIVATES_DEFAULT:
      g_value_set_boolean (value, gtk_text_get_activates_default (self->text));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
eonay_secret_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  EonaySecretRow *self = EONAY_SECRET_ROW (object);

  if (gtk_editable_delegate_set_property (object, id, value, pspec))
    return;

  switch (id)
    {
    case PROP_SHOWN:
      eonay_secret_row_set_shown (self, g_value_get_boolean (value));
      break;
    case PROP_ACTIVATES_DEFAULT:
      gtk_text_set_activates_default (self->text, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
eonay_secret_row_dispose (GObject *object)
{
  EonaySecretRow *self = EONAY_SECRET_ROW (object);

  if (self->text != NULL)
    gtk_editable_finish_delegate (GTK_EDITABLE (self));
  self->text = NULL;

  G_OBJECT_CLASS (eonay_secret_row_parent_class)->dispose (object);
}

static void
eonay_secret_row_class_init (EonaySecretRowClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = eonay_secret_row_get_property;
  object_class->set_property = eonay_secret_row_set_property;
  object_class->dispose = eonay_secret_row_dispose;
  widget_class->snapshot = eonay_secret_row_snapshot;
  eonay_focus_install (widget_class, eonay_secret_row_grab_focus);

  properties[PROP_SHOWN] = g_param_spec_boolean ("shown", NULL, NULL, FALSE, flags);
  properties[PROP_ACTIVATES_DEFAULT] = g_param_spec_boolean ("activates-default", NULL, NULL, FALSE,
                                                             flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  gtk_editable_install_properties (object_class, N_PROPERTIES);
  signals[ENTRY_ACTIVATED] = g_signal_new ("entry-activated", EONAY_TYPE_SECRET_ROW,
                                           G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_property_action (widget_class, "secret.shown", "shown");
}

static GtkWidget *
make_peek (EonaySecretRow *self)
{
  GtkWidget *peek = gtk_button_new ();

  self->peek = GTK_BUTTON (peek);
  gtk_widget_set_valign (peek, GTK_ALIGN_CENTER);
  gtk_widget_set_focus_on_click (peek, FALSE);
  gtk_widget_add_css_class (peek, "flat");
  /* It has a picture and no name. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (peek), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Show or hide what is typed"), -1);
  g_signal_connect_swapped (peek, "clicked", G_CALLBACK (peek_clicked_cb), self);

  return peek;
}

/* The title stays above the entry; it names it, too. */
static GtkWidget *
make_title (EonaySecretRow *self)
{
  GtkWidget *title = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_widget_add_css_class (title, "caption");
  gtk_widget_add_css_class (title, "quiet");
  g_object_bind_property (self, "title", title, "label", G_BINDING_SYNC_CREATE);

  return title;
}

/* Its group has no title to be called by; a reader would say GTK's name for a list. */
static void
parent_cb (EonaySecretRow *self)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));

  if (GTK_IS_LIST_BOX (parent) && gtk_widget_get_prev_sibling (GTK_WIDGET (self)) == NULL)
    eonay_accessible_name_lists (parent,
                                 adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)));
}

static void
title_cb (EonaySecretRow *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)), -1);
  parent_cb (self);
}

static GtkWidget *
make_content (EonaySecretRow *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *middle = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_hexpand (middle, TRUE);
  gtk_widget_set_valign (middle, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (middle), make_title (self));
  gtk_box_append (GTK_BOX (middle), self->entry);
  gtk_widget_add_css_class (content, "header");
  gtk_box_append (GTK_BOX (content), middle);
  gtk_box_append (GTK_BOX (content), make_peek (self));

  return content;
}

/* What was revealed to be checked is not left on the screen. */
static void
focus_cb (EonaySecretRow *self, GParamSpec *pspec, GtkEventControllerFocus *focus)
{
  if (!gtk_event_controller_focus_contains_focus (focus))
    eonay_secret_row_set_shown (self, FALSE);
}

static void
add_controllers (EonaySecretRow *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_swapped (focus, "notify::contains-focus", G_CALLBACK (focus_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);

  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
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
  self->entry = gtk_password_entry_new ();
  self->text = GTK_TEXT (gtk_editable_get_delegate (GTK_EDITABLE (self->entry)));
  gtk_widget_add_css_class (self->entry, "flat");
  gtk_editable_init_delegate (GTK_EDITABLE (self));
  eonay_typed_secret_prepare (GTK_EDITABLE (self));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), make_content (self));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "secret");
  add_controllers (self);
  add_menu (self);
  g_signal_connect (self, "notify::title", G_CALLBACK (title_cb), NULL);
  g_signal_connect (self, "notify::parent", G_CALLBACK (parent_cb), NULL);
  g_signal_connect_swapped (self->text, "activate", G_CALLBACK (activate_cb), self);
  g_signal_connect_swapped (self->text, "notify::input-purpose", G_CALLBACK (clear_bullets), self);
  g_signal_connect_swapped (self->text, "preedit-changed", G_CALLBACK (preedit_changed_cb), self);
  update (self);
  eonay_accessible_name_buttons (GTK_WIDGET (self->peek));
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
