#include "app/widgets/eonay-announcement.h"

void
eonay_announcement_toast (AdwToastOverlay *overlay, const char *text)
{
  g_return_if_fail (ADW_IS_TOAST_OVERLAY (overlay) && text != NULL);

  adw_toast_overlay_add_toast (overlay, adw_toast_new (text));
  eonay_announcement_make (GTK_WIDGET (overlay), text);
}

#define IS_SAYING "eonay-announcement"
#define OWN "eonay-description"
#define SOON "eonay-announcement-soon"
#define PENDING "eonay-announcement-pending"

/* Microseconds: a focus that leaves earlier has cut the reader short. */
#define HEARD G_USEC_PER_SEC

typedef struct {
  char *text;
  gint64 since; /* monotonic time */
} Saying;

static void
saying_free (gpointer data)
{
  Saying *self = data;

  g_free (self->text);
  g_free (self);
}

static void say_soon (GtkWindow *window);

static Saying *
saying_new (const char *text, gint64 since)
{
  Saying *self = g_new0 (Saying, 1);

  self->text = g_strdup (text);
  self->since = since;

  return self;
}

static gboolean
is_recent (const Saying *self)
{
  return self != NULL && g_get_monotonic_time () - self->since < HEARD;
}

/* What waited for long, behind a dialog, is not what counts; nothing is said twice in one breath, and
   what came first is said first: it may have been cut short. */
static void
leave_pending (GtkWindow *window, const char *text, gint64 since)
{
  const Saying *before = g_object_get_data (G_OBJECT (window), PENDING);
  gboolean adds = is_recent (before) && !g_str_has_suffix (before->text, text);
  gboolean is_older = adds && since < before->since;
  g_autofree char *both = adds ? g_strjoin (" ", is_older ? text : before->text,
                                            is_older ? before->text : text, NULL)
                               : NULL;

  if (adds || !is_recent (before))
    g_object_set_data_full (G_OBJECT (window), PENDING,
                            saying_new (adds ? both : text, is_older ? before->since : since),
                            saying_free);
  say_soon (window);
}

#if GTK_CHECK_VERSION(4, 14, 0)

/* GTK sends nothing for a widget that no reader has asked about; of the focused one they always ask. */
static void
speak (GtkWidget *control, const char *text)
{
  /* It is newer than the oldest GTK that is supported, of which the compiler warns. */
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  gtk_accessible_announce (GTK_ACCESSIBLE (control), text,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  G_GNUC_END_IGNORE_DEPRECATIONS
}

#else

static void
speak (GtkWidget *control, const char *text)
{
  /* What does not change is not said. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "",
                                  -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text, -1);
}

#endif

static gboolean
fall_silent_cb (gpointer control)
{
  const Saying *own = g_object_get_data (G_OBJECT (control), OWN);

  if (g_object_get_data (G_OBJECT (control), IS_SAYING) != NULL)
    return G_SOURCE_REMOVE;

  if (own != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    own->text, -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);

  return G_SOURCE_REMOVE;
}

static void
focus_left_cb (GtkWidget *control)
{
  const Saying *saying = g_object_get_data (G_OBJECT (control), IS_SAYING);
  GtkRoot *window;

  if ((gtk_widget_get_state_flags (control) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0)
    return;

  g_signal_handlers_disconnect_by_func (control, focus_left_cb, NULL);
  window = gtk_widget_get_root (control);
  if (GTK_IS_WINDOW (window) && is_recent (saying))
    leave_pending (GTK_WINDOW (window), saying->text, saying->since);
  g_object_set_data (G_OBJECT (control), IS_SAYING, NULL);
  /* Until readers know where the focus has gone, they would say what changes here. */
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, fall_silent_cb, g_object_ref (control), g_object_unref);
}

static void
say (GtkWidget *control, const Saying *saying)
{
  if (g_object_get_data (G_OBJECT (control), IS_SAYING) == NULL)
    g_signal_connect (control, "state-flags-changed", G_CALLBACK (focus_left_cb), NULL);
  g_object_set_data_full (G_OBJECT (control), IS_SAYING,
                          saying_new (saying->text, g_get_monotonic_time ()), saying_free);
  speak (control, saying->text);
}

/* Returns: (nullable): what readers hold for the focused thing: an entry's text is none of its own */
static GtkWidget *
find_control (GtkWindow *window)
{
  GtkWidget *control = gtk_window_get_focus (window);

  while (control != NULL &&
         gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (control)) == GTK_ACCESSIBLE_ROLE_NONE)
    control = gtk_widget_get_parent (control);

  return control;
}

static void
remove_source (gpointer id)
{
  g_source_remove (GPOINTER_TO_UINT (id));
}

static gboolean
say_pending_cb (gpointer user_data)
{
  GtkWindow *window = user_data;
  const Saying *own;
  GtkWidget *control;
  Saying *saying;

  g_object_steal_data (G_OBJECT (window), SOON);
  if (!gtk_window_is_active (window))
    return G_SOURCE_REMOVE;

  /* What had the focus may have gone, or be insensitive by now; a dialog gives it back by itself. */
  if (gtk_window_get_focus (window) == NULL && !gtk_window_get_modal (window))
    gtk_widget_child_focus (GTK_WIDGET (window), GTK_DIR_TAB_FORWARD);
  control = find_control (window);
  saying = control != NULL ? g_object_steal_data (G_OBJECT (window), PENDING) : NULL;
  if (saying == NULL)
    return G_SOURCE_REMOVE;

  own = g_object_get_data (G_OBJECT (control), OWN);
  if (own == NULL || own->since < saying->since)
    say (control, saying);
  saying_free (saying);

  return G_SOURCE_REMOVE;
}

/* Not at once: whoever shows a page moves the focus there after it has filled it, and while it changes
   nothing has the focus. */
static void
say_soon (GtkWindow *window)
{
  guint id;

  if (g_object_get_data (G_OBJECT (window), PENDING) == NULL ||
      g_object_get_data (G_OBJECT (window), SOON) != NULL)
    return;

  /* No reference: a window that outlives its parent holds an address that is no more. */
  id = g_idle_add_full (G_PRIORITY_DEFAULT, say_pending_cb, window, NULL);
  g_object_set_data_full (G_OBJECT (window), SOON, GUINT_TO_POINTER (id), remove_source);
}

void
eonay_announcement_make (GtkWidget *widget, const char *text)
{
  GtkWindow *window;

  g_return_if_fail (GTK_IS_WIDGET (widget) && text != NULL);

  window = GTK_WINDOW (gtk_widget_get_root (widget));
  if (window == NULL || text[0] == '\0')
    return;

  leave_pending (window, text, g_get_monotonic_time ());
}

void
eonay_announcement_describe (GtkWidget *control, const char *text)
{
  g_return_if_fail (GTK_IS_WIDGET (control) && text != NULL);

  g_object_set_data_full (G_OBJECT (control), OWN, saying_new (text, g_get_monotonic_time ()),
                          saying_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text, -1);
}

/* Of a focus that moves away and back GTK tells. */
static void
active_cb (GtkWindow *window)
{
  GtkWidget *focus = gtk_window_get_focus (window);

  if (!gtk_window_is_active (window))
    return;
  if (focus == NULL)
    {
      say_soon (window);
      return;
    }

  g_object_ref (focus);
  gtk_window_set_focus (window, NULL);
  gtk_window_set_focus (window, focus);
  g_object_unref (focus);
}

void
eonay_announcement_attach (GtkWindow *window)
{
  g_return_if_fail (GTK_IS_WINDOW (window));

  g_signal_connect (window, "notify::is-active", G_CALLBACK (active_cb), NULL);
  g_signal_connect (window, "notify::focus-widget", G_CALLBACK (say_soon), NULL);
}
