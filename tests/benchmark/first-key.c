#include <dlfcn.h>
#include <gtk/gtk.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* Preloaded into a program that tools/bench times: tells on the descriptor FIRST_KEY_FD when it has
 * painted a window that hears the keyboard, with the focus in a text entry: from then on a key
 * that is typed lands there. The program runs as it is, only watched after each of its frames. */

static void
tell_once (void)
{
  static gboolean told;
  struct timespec now;

  if (told)
    return;

  told = TRUE;
  clock_gettime (CLOCK_MONOTONIC, &now);
  dprintf (atoi (g_getenv ("FIRST_KEY_FD")), "%lld\n",
           (long long) now.tv_sec * 1000000 + now.tv_nsec / 1000);
}

static void
painted_cb (GdkFrameClock *clock, gpointer user_data)
{
  GtkWindow *window = GTK_WINDOW (user_data);
  GtkWidget *focus = gtk_window_get_focus (window);

  if (gtk_window_is_active (window) && focus != NULL && GTK_IS_TEXT (focus) &&
      gtk_widget_get_mapped (focus) && gtk_widget_is_sensitive (focus))
    tell_once ();
}

static void
realized_cb (GtkWidget *window)
{
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (painted_cb),
                    window);
}

static void
window_added_cb (GtkApplication *application, GtkWindow *window)
{
  g_signal_connect (window, "realize", G_CALLBACK (realized_cb), NULL);
}

int
g_application_run (GApplication *application, int argc, char **argv)
{
  int (*run) (GApplication *, int, char **) = dlsym (RTLD_NEXT, "g_application_run");

  g_signal_connect (application, "window-added", G_CALLBACK (window_added_cb), NULL);

  return run (application, argc, argv);
}
