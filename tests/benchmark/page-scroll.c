#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

#include "app/document/eonay-page-view-private.h"
#include "app/document/eonay-pdf-view.h"

/*
 * What a PDF costs: from its bytes to the picture of its first page, and to that page on the screen; then scrolled from its first page to
 * its last, the longest time that the main thread computed without looking at its events (processor
 * time, so that a busy machine does not count), how often that was over 50 ms, and what pictures and
 * both processes take of memory at most. Usage: page-scroll FILE
 * [first], where with “first” it is not scrolled.
 */

#define WIDTH 900
#define HEIGHT 760
#define STEP 620.0
#define FRAME 50000 /* microseconds */

static gint64 longest;
static guint n_long;
static gint64 since;

static gint64
computed (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);

  return now.tv_sec * G_GINT64_CONSTANT (1000000) + now.tv_nsec / 1000;
}

static int
watched_poll (GPollFD *fds, guint n, int timeout)
{
  gint64 took = computed () - since;
  int ready;

  longest = MAX (longest, took);
  n_long += took > FRAME ? 1 : 0;
  ready = g_poll (fds, n, timeout);
  since = computed ();

  return ready;
}

static gsize
read_memory (const char *process)
{
  g_autofree char *path = g_strdup_printf ("/proc/%s/status", process);
  g_autofree char *status = NULL;
  const char *line = NULL;

  if (g_file_get_contents (path, &status, NULL, NULL))
    line = strstr (status, "VmHWM:");

  return line == NULL ? 0 : g_ascii_strtoull (line + strlen ("VmHWM:"), NULL, 10);
}

/* Of the process that draws: the only child. */
static gsize
read_memory_of_child (void)
{
  g_autofree char *children = NULL;
  g_autoptr (GDir) tasks = g_dir_open ("/proc/self/task", 0, NULL);
  const char *task;

  while (tasks != NULL && (task = g_dir_read_name (tasks)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/proc/self/task", task, "children", NULL);

      g_clear_pointer (&children, g_free);
      if (g_file_get_contents (path, &children, NULL, NULL) && *children != '\0')
        {
          children[strcspn (children, " ")] = '\0';
          return read_memory (children);
        }
    }

  return 0;
}

static gboolean
is_drawn (EonayPageView *pages)
{
  guint first;
  guint last;

  if (!eonay_page_view_get_range (pages, &first, &last))
    return FALSE;
  for (guint page = first; page <= last; page++)
    {
      g_autoptr (GArray) tiles = eonay_page_view_list_tiles (pages, page);

      for (guint i = 0; i < tiles->len; i++)
        if (eonay_page_cache_get (pages->cache, &g_array_index (tiles, EonayPageTile, i)) == NULL)
          return FALSE;
    }

  return TRUE;
}

static void
painted_cb (guint *n_painted)
{
  ++*n_painted;
}

static void
wait_for_frame (const guint *n_painted)
{
  guint before = *n_painted;

  while (*n_painted == before)
    g_main_context_iteration (NULL, TRUE);
}

static void
scroll (EonayPageView *pages, GtkAdjustment *down, const guint *n_painted)
{
  double end = gtk_adjustment_get_upper (down) - gtk_adjustment_get_page_size (down);
  gsize most = 0;
  guint n_frames = 0;

  longest = n_long = 0;
  since = computed ();
  for (double at = 0; at < end; at += STEP, n_frames++)
    {
      gtk_adjustment_set_value (down, at);
      gtk_widget_queue_draw (GTK_WIDGET (pages));
      wait_for_frame (n_painted);
      most = MAX (most, eonay_page_view_get_bytes (pages));
    }
  printf ("frames %u longest %.1f over %u pictures %zu\n", n_frames, (double) longest / 1000,
          n_long, most / 1024);
}

int
main (int argc, char *argv[])
{
  g_autofree char *content = NULL;
  g_autoptr (GBytes) bytes = NULL;
  GtkWidget *window;
  GtkWidget *view;
  EonayPageView *pages;
  guint n_painted = 0;
  gsize length;
  gint64 start;

  if (argc < 2 || argc > 3 || !g_file_get_contents (argv[1], &content, &length, NULL))
    return 2;

  adw_init ();
  bytes = g_bytes_new (content, length);
  window = gtk_window_new ();
  view = eonay_pdf_view_new ();
  pages = eonay_pdf_view_get_pages (EONAY_PDF_VIEW (view));
  gtk_window_set_child (GTK_WINDOW (window), view);
  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH, HEIGHT);
  gtk_window_present (GTK_WINDOW (window));
  g_signal_connect_swapped (gtk_widget_get_frame_clock (window), "after-paint",
                            G_CALLBACK (painted_cb), &n_painted);
  wait_for_frame (&n_painted);
  g_main_context_set_poll_func (NULL, watched_poll);

  start = g_get_monotonic_time ();
  eonay_pdf_view_set_document (EONAY_PDF_VIEW (view), bytes, NULL);
  while (!is_drawn (pages))
    g_main_context_iteration (NULL, TRUE);
  printf ("first-picture %.1f\n", (double) (g_get_monotonic_time () - start) / 1000);
  gtk_widget_queue_draw (GTK_WIDGET (pages));
  wait_for_frame (&n_painted);
  printf ("first-page %.1f\n", (double) (g_get_monotonic_time () - start) / 1000);
  if (argc == 2)
    scroll (pages, pages->adjustments[GTK_ORIENTATION_VERTICAL], &n_painted);
  printf ("memory %zu %zu\n", read_memory ("self"), read_memory_of_child ());

  return 0;
}
