#include <string.h>
#include <time.h>

#include "app/document/eonay-document-card.h"
#include "portal/eonay-transaction.h"

/*
 * What the worst texts cost that are let in, and some that are not: the longest time that the main
 * thread computed without looking at its events, from the text's arrival until it is proven to be
 * shown, then at another width; and how much the process grew. Processor time, so that a busy
 * machine does not count.
 */

#define WIDTH 360
#define OTHER_WIDTH 420
#define HEIGHT 640
#define PERCENT 200
#define KIB 1024

typedef struct {
  const char *name;
  const char *unit; /* repeated to fill a line */
  gsize line;       /* bytes */
  gsize size;       /* bytes */
} Text;

static const Text texts[] = {
  { "words, lines of 4 KiB", "kabul ediyorum, ", 4096, 511 * KIB },
  { "words of 253 bytes", NULL, 4096, 511 * KIB },
  { "no blanks but U+200B", "kabul\u200bediyorum,\u200b", 4000, 511 * KIB },
  { "U+3000 in runs", "\u3000\u3000\u3000\u3000a ", 4000, 511 * KIB },
  { "marks on letters", "a\u0308o\u0302\u0301 ", 4000, 511 * KIB },
  { "directions", "abc \u0627\u0644\u0641 ", 4000, 511 * KIB },
  { "no font", "\U00012000\U00012001 ", 4000, 511 * KIB },
  { "characters that do not show", "\u202e \u202c ", 4000, 511 * KIB },
  { "16384 lines", "Evet; 24 ay. ", 13, 220 * KIB },
  { "blank lines", "", 0, 16383 },
  { "one paragraph of 420 KB", "kabul ediyorum, ", 420000, 420000 },
  { "one word of 64 KiB", "a", 64 * KIB, 64 * KIB },
  { "one word of 64 KiB, no font", "\U00012000", 64 * KIB, 64 * KIB },
  { "32768 lines", "a", 1, 64 * KIB },
  { "410 KB of U+3000", "\u3000", 410000, 410000 },
};

static gint64 longest;
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
  int ready;

  longest = MAX (longest, computed () - since);
  ready = g_poll (fds, n, timeout);
  since = computed ();

  return ready;
}

static void
begin (void)
{
  longest = 0;
  since = computed ();
}

static gsize
read_memory (const char *name)
{
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    return 0;

  line = strstr (status, name);

  return line == NULL ? 0 : g_ascii_strtoull (line + strlen (name), NULL, 10);
}

static char *
write_text (const Text *what)
{
  g_autofree char *word = g_strnfill (253, 'w');
  g_autofree char *long_word = g_strconcat (word, " ", NULL);
  const char *unit = what->unit == NULL ? long_word : what->unit;
  GString *text = g_string_new (NULL);

  while (text->len < what->size)
    {
      gsize start = text->len;

      while (*unit != '\0' && text->len - start + strlen (unit) <= what->line &&
             text->len + strlen (unit) <= what->size)
        g_string_append (text, unit);
      g_string_append_c (text, '\n');
    }

  return g_string_free (text, FALSE);
}

static EonayDocument *
make_document (const char *text)
{
  g_autoptr (GBytes) content = g_bytes_new (text, strlen (text));
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GBytes) digest = NULL;
  EonayDocument *document;
  guint8 bytes[32];
  gsize length = sizeof bytes;

  g_checksum_update (sum, (const guchar *) text, (gssize) strlen (text));
  g_checksum_get_digest (sum, bytes, &length);
  digest = g_bytes_new (bytes, length);
  document = eonay_document_new ("1", "Text", "text/plain; charset=utf-8", strlen (text), digest,
                                 "documents/1", EONAY_FORMAT_CADES_ATTACHED, "AdES-B-B");
  if (!eonay_document_set_content (document, content, NULL))
    g_error ("the digest is another text's");

  return document;
}

static void
judged_cb (gboolean *judged)
{
  *judged = TRUE;
}

static void
wait_for (gboolean *judged)
{
  while (!*judged)
    g_main_context_iteration (NULL, TRUE);
  *judged = FALSE;
}

static void
measure (GtkWindow *window, EonayDocumentCard *card, gboolean *judged, const Text *what)
{
  g_autofree char *text = write_text (what);
  g_autoptr (EonayDocument) document = make_document (text);
  g_autoptr (GError) error = NULL;
  gsize memory;
  gint64 load;

  g_file_set_contents ("/proc/self/clear_refs", "5", 1, NULL);
  memory = read_memory ("VmRSS:");
  *judged = FALSE;
  begin ();
  if (!eonay_document_card_set_document (card, document, &error))
    {
      g_print ("%-30s %4" G_GSIZE_FORMAT " KiB: refused within %3.0f ms: %s\n", what->name,
               strlen (text) / KIB, (double) (computed () - since) / 1000, error->message);
      return;
    }

  wait_for (judged);
  load = longest;
  begin ();
  gtk_window_set_default_size (window, OTHER_WIDTH, HEIGHT);
  wait_for (judged);
  g_print ("%-30s %4" G_GSIZE_FORMAT " KiB: %3.0f ms, at another width %3.0f ms, %5.1f MiB%s\n",
           what->name, strlen (text) / KIB, (double) load / 1000, (double) longest / 1000,
           (double) (read_memory ("VmHWM:") - memory) / KIB,
           eonay_document_card_get_fault (card) == NULL ? "" : " (not to be signed)");
  gtk_window_set_default_size (window, WIDTH, HEIGHT);
  wait_for (judged);
}

int
main (void)
{
  GtkWidget *window, *page, *card;
  gboolean judged = FALSE;

  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024 * PERCENT / 100, NULL);
  g_main_context_set_poll_func (NULL, watched_poll);
  window = gtk_window_new ();
  page = gtk_scrolled_window_new ();
  card = g_object_new (EONAY_TYPE_DOCUMENT_CARD, NULL);
  g_signal_connect_swapped (card, "judged", G_CALLBACK (judged_cb), &judged);
  g_object_set (page, "hscrollbar-policy", GTK_POLICY_NEVER, "child", card, NULL);
  gtk_window_set_child (GTK_WINDOW (window), page);
  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH, HEIGHT);
  gtk_window_present (GTK_WINDOW (window));

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    measure (GTK_WINDOW (window), EONAY_DOCUMENT_CARD (card), &judged, &texts[i]);

  return 0;
}
