#include "app/pin/eonay-typed-secret.h"

#include <string.h>

#include "app/pin/eonay-secret-buffer.h"
#include "app/pin/eonay-secret-paste.h"

/* Of a GtkText: set where separators fall away. */
#define SKIPS "eonay-skips-separators"

static EonaySecretBuffer *
get_buffer (GtkEditable *text)
{
  return EONAY_SECRET_BUFFER (gtk_text_get_buffer (GTK_TEXT (text)));
}

static gboolean
is_separator (gunichar c)
{
  return g_unichar_isspace (c) || g_unichar_type (c) == G_UNICODE_DASH_PUNCTUATION;
}

static guint
count_room (GtkEditable *text)
{
  guint length = gtk_text_get_text_length (GTK_TEXT (text));
  guint most = (guint) gtk_text_get_max_length (GTK_TEXT (text));

  /* None stands for no limit. */
  if (most == 0)
    most = EONAY_SECRET_BUFFER_MAX;

  return most > length ? most - length : 0;
}

static void insert_text_cb (GtkEditable *text, const char *inserted, int length, int *position);

/* GTK is told of bullets, for which the buffer has the characters. */
static void
insert_stretch (GtkEditable *text, const char *start, const char *end, int *position)
{
  guint whole = (guint) g_utf8_strlen (start, end - start);
  guint count = MIN (whole, count_room (text));
  const char *bullets = eonay_secret_buffer_get_bullets (count);

  if (count < whole)
    gtk_widget_error_bell (GTK_WIDGET (text));
  if (count == 0)
    return;

  eonay_secret_buffer_offer (get_buffer (text), start, count);
  g_signal_handlers_block_by_func (text, insert_text_cb, NULL);
  gtk_editable_insert_text (text, bullets, (int) strlen (bullets), position);
  g_signal_handlers_unblock_by_func (text, insert_text_cb, NULL);
  eonay_secret_buffer_offer (get_buffer (text), NULL, 0);
}

/* Stretch by stretch between separators, so that there is no second copy of it. */
static void
insert (GtkEditable *text, const char *inserted, const char *end, int *position)
{
  gboolean skips = g_object_get_data (G_OBJECT (text), SKIPS) != NULL;

  while (inserted < end)
    {
      const char *p = inserted;

      while (p < end && !(skips && is_separator (g_utf8_get_char (p))))
        p = g_utf8_next_char (p);
      if (p > inserted)
        insert_stretch (text, inserted, p, position);
      inserted = p < end ? g_utf8_next_char (p) : end;
    }
}

/* Whoever reads the entry gets bullets, and would put them back as if they were the secret. */
static void
insert_text_cb (GtkEditable *text, const char *inserted, int length, int *position)
{
  gsize size = length < 0 ? strlen (inserted) : (gsize) length;

  g_signal_stop_emission_by_name (text, "insert-text");
  if (memmem (inserted, size, EONAY_SECRET_BULLET, strlen (EONAY_SECRET_BULLET)) != NULL)
    gtk_widget_error_bell (GTK_WIDGET (text));
  else
    insert (text, inserted, inserted + size, position);
}

/* Screen readers are told how many characters go: "to the end" is no number. */
static void
delete_text_cb (GtkEditable *text, int start, int end)
{
  if (end >= 0)
    return;

  g_signal_stop_emission_by_name (text, "delete-text");
  gtk_editable_delete_text (text, start, gtk_text_get_text_length (GTK_TEXT (text)));
}

static void
refuse_copy_cb (GtkText *text, gpointer signal)
{
  g_signal_stop_emission_by_name (text, signal);
}

static void
pasted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkEditable) text = user_data;
  g_autoptr (EonaySecret) pasted = eonay_secret_paste_finish (result, NULL);
  const char *characters;
  gsize length;
  int position;

  /* Meanwhile what is in the entry may have been sent, or the entry be gone. */
  if (pasted == NULL || !gtk_widget_is_sensitive (GTK_WIDGET (text)) ||
      !gtk_widget_get_mapped (GTK_WIDGET (text)))
    {
      gtk_widget_error_bell (GTK_WIDGET (text));
      return;
    }

  characters = (const char *) eonay_secret_peek (pasted, &length);
  gtk_editable_delete_selection (text);
  position = gtk_editable_get_position (text);
  insert (text, characters, characters + length, &position);
  gtk_editable_set_position (text, position);
}

static void
paste (GtkText *text, GdkClipboard *clipboard)
{
  eonay_secret_paste_async (clipboard, NULL, pasted_cb, g_object_ref (text));
}

static void
paste_cb (GtkText *text)
{
  g_signal_stop_emission_by_name (text, "paste-clipboard");
  paste (text, gtk_widget_get_clipboard (GTK_WIDGET (text)));
}

/* GTK finds it itself, but for itself only. */
static int
find_position (GtkText *text, double x)
{
  int nearest = 0;
  double least = G_MAXDOUBLE;

  for (int i = 0; i <= gtk_text_get_text_length (text); i++)
    {
      graphene_rect_t place;
      double distance;

      gtk_text_compute_cursor_extents (text, (gsize) i, &place, NULL);
      distance = ABS ((double) place.origin.x - x);
      if (distance < least)
        {
          least = distance;
          nearest = i;
        }
    }

  return nearest;
}

static void
middle_clicked_cb (GtkGesture *gesture, int n_press, double x, double y, GtkText *text)
{
  gboolean pastes;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (text)), "gtk-enable-primary-paste", &pastes,
                NULL);
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  if (!pastes || n_press != 1)
    return;

  gtk_text_grab_focus_without_selecting (text);
  gtk_editable_set_position (GTK_EDITABLE (text), find_position (text, x));
  paste (text, gtk_widget_get_primary_clipboard (GTK_WIDGET (text)));
}

/* GTK's own way to paste that what is selected elsewhere would go through an ordinary string. */
static void
watch_middle_button (GtkText *text)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_MIDDLE);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect (click, "pressed", G_CALLBACK (middle_clicked_cb), text);
  gtk_widget_add_controller (GTK_WIDGET (text), GTK_EVENT_CONTROLLER (click));
}

/* IBus and its like get each key over a bus of their own. On Wayland keys come from the compositor
   anyway, and its on-screen keyboard comes by what GTK tells it. */
static const char *
get_input_method (GtkText *text)
{
  const char *display = G_OBJECT_TYPE_NAME (gtk_widget_get_display (GTK_WIDGET (text)));

  return g_str_has_prefix (display, "GdkWayland") ? "wayland" : "gtk-im-context-simple";
}

void
eonay_typed_secret_prepare (GtkEditable *entry)
{
  static const char *const copies[] = { "copy-clipboard", "cut-clipboard" };
  GtkText *text = GTK_TEXT (gtk_editable_get_delegate (entry));
  g_autoptr (EonaySecretBuffer) buffer = eonay_secret_buffer_new ();

  gtk_text_set_buffer (text, GTK_ENTRY_BUFFER (buffer));
  /* For good, whatever a person sees: what GTK shows could be dragged, and undone. */
  gtk_text_set_visibility (text, FALSE);
  gtk_text_set_invisible_char (text, g_utf8_get_char (EONAY_SECRET_BULLET));
  gtk_text_set_input_purpose (text, GTK_INPUT_PURPOSE_PASSWORD);
  gtk_text_set_input_hints (text, GTK_INPUT_HINT_PRIVATE | GTK_INPUT_HINT_NO_SPELLCHECK |
                                      GTK_INPUT_HINT_NO_EMOJI);
  g_object_set (text, "im-module", get_input_method (text), NULL);
  gtk_editable_set_enable_undo (GTK_EDITABLE (text), FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (copies); i++)
    g_signal_connect (text, copies[i], G_CALLBACK (refuse_copy_cb), (gpointer) copies[i]);
  g_signal_connect (text, "insert-text", G_CALLBACK (insert_text_cb), NULL);
  g_signal_connect (text, "delete-text", G_CALLBACK (delete_text_cb), NULL);
  g_signal_connect (text, "paste-clipboard", G_CALLBACK (paste_cb), NULL);
  watch_middle_button (text);
}

void
eonay_typed_secret_set_name (GtkEditable *entry, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_editable_get_delegate (entry)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
eonay_typed_secret_skip_separators (GtkEditable *entry, gboolean skip)
{
  g_object_set_data (G_OBJECT (gtk_editable_get_delegate (entry)), SKIPS, GINT_TO_POINTER (skip));
}

void
eonay_typed_secret_set_rules (GtkEditable *entry, const EonayPinState *rules)
{
  GtkText *text = GTK_TEXT (gtk_editable_get_delegate (entry));

  gtk_text_set_max_length (text, (int) MIN (rules->max_length, EONAY_SECRET_BUFFER_MAX));
  gtk_text_set_input_purpose (text,
                              rules->numeric ? GTK_INPUT_PURPOSE_PIN : GTK_INPUT_PURPOSE_PASSWORD);
}

guint
eonay_typed_secret_count (GtkEditable *entry)
{
  return gtk_text_get_text_length (GTK_TEXT (gtk_editable_get_delegate (entry)));
}

EonaySecret *
eonay_typed_secret_read (GtkEditable *entry)
{
  return eonay_secret_buffer_read (get_buffer (gtk_editable_get_delegate (entry)));
}

EonaySecret *
eonay_typed_secret_take (GtkEditable *entry)
{
  EonaySecret *secret = eonay_typed_secret_read (entry);

  eonay_typed_secret_wipe (entry);

  return secret;
}

void
eonay_typed_secret_wipe (GtkEditable *entry)
{
  GtkEditable *text = gtk_editable_get_delegate (entry);

  if (text != NULL)
    gtk_editable_delete_text (text, 0, -1);
}
