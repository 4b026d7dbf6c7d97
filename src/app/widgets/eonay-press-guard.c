#include "app/widgets/eonay-press-guard.h"

#define PENDING "eonay-press-guard"
#define SHORTEST 1000

/* Microseconds: desktops do not wait longer before they repeat a key; what was let go where we do not
   hear of it is a new press after that. */
#define FORGOTTEN G_USEC_PER_SEC

#define MODIFIERS (GDK_ALT_MASK | GDK_CONTROL_MASK | GDK_SUPER_MASK | GDK_META_MASK)

static void
remove_source (gpointer id)
{
  g_source_remove (GPOINTER_TO_UINT (id));
}

static gboolean
over_cb (gpointer button)
{
  g_object_steal_data (button, PENDING);
  gtk_widget_set_sensitive (button, TRUE);

  return G_SOURCE_REMOVE;
}

void
eonay_press_guard_delay (GtkWidget *button)
{
  guint id;

  g_return_if_fail (GTK_IS_WIDGET (button));

  gtk_widget_set_sensitive (button, FALSE);
  id = g_timeout_add (eonay_press_guard_get_delay (button), over_cb, button);
  g_object_set_data_full (G_OBJECT (button), PENDING, GUINT_TO_POINTER (id), remove_source);
}

guint
eonay_press_guard_get_delay (GtkWidget *widget)
{
  int double_click;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), SHORTEST);

  g_object_get (gtk_widget_get_settings (widget), "gtk-double-click-time", &double_click, NULL);

  return (guint) MAX (double_click, SHORTEST);
}

typedef struct {
  gpointer focus; /* where it was pressed; for comparison only */
  gint64 last;    /* monotonic time of its last press or repetition */
} Held;

/* Keycode → Held: of the whole program, as a window may open another one while a key is down. */
static GHashTable *
get_held (void)
{
  static GHashTable *held;

  if (held == NULL)
    held = g_hash_table_new_full (NULL, NULL, NULL, g_free);

  return held;
}

static gboolean
activates (guint keyval, GdkModifierType state)
{
  switch (keyval)
    {
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
    case GDK_KEY_space:
    case GDK_KEY_KP_Space:
    case GDK_KEY_Escape:
      return TRUE;
    default:
      return (state & MODIFIERS) != 0;
    }
}

static gboolean
pressed_cb (GtkWindow *window, guint keyval, guint keycode, GdkModifierType state)
{
  gpointer key = GUINT_TO_POINTER (keycode);
  Held *held = g_hash_table_lookup (get_held (), key);
  gpointer focus = gtk_window_get_focus (window);
  gint64 now = g_get_monotonic_time ();

  if (focus == NULL)
    focus = window;
  if (held == NULL || now - held->last > FORGOTTEN)
    {
      held = g_new0 (Held, 1);
      held->focus = focus;
      g_hash_table_insert (get_held (), key, held);
    }
  held->last = now;

  return held->focus != focus && activates (keyval, state) ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
}

static void
released_cb (GtkWindow *window, guint keyval, guint keycode)
{
  g_hash_table_remove (get_held (), GUINT_TO_POINTER (keycode));
}

void
eonay_press_guard_attach (GtkWindow *window)
{
  GtkEventController *keys;

  g_return_if_fail (GTK_IS_WINDOW (window));

  keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (pressed_cb), window);
  g_signal_connect_swapped (keys, "key-released", G_CALLBACK (released_cb), window);
  gtk_widget_add_controller (GTK_WIDGET (window), keys);
}
