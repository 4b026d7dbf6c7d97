#include <gio/gio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../support/test-consent.h"
#include "base/eonay-error.h"
#include "card/pcsc/eonay-pcsc-slots.h"
#include "card/reader/eonay-reader-list.h"

/*
 * The card room by itself, for a test that plays the world around it: tells on standard output, in
 * lines of JSON, what becomes of readers, and takes orders on standard input:
 *
 *   sign READER|PIN     with the first certificate, a digest of zeros
 *   retry READER
 *   quit
 *
 * Usage: reader-watch TIMEOUT-MS
 */

static GMainLoop *loop;
static EonayReaderList *list;

static void G_GNUC_PRINTF (1, 2) say (const char *format, ...)
{
  va_list arguments;
  g_autofree char *line = NULL;

  va_start (arguments, format);
  line = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  fprintf (stdout, "%s\n", line);
  fflush (stdout);
}

static void
on_state (EonayReader *reader)
{
  static const char *const names[] = { "empty", "reading", "ready", "unsupported", "failed" };
  const GError *error = eonay_reader_get_error (reader);

  say ("{\"reader\": \"%s\", \"state\": \"%s\", \"error\": %d}", eonay_reader_get_name (reader),
       names[eonay_reader_get_state (reader)], error != NULL ? error->code : -1);
}

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (EonayReader) reader = g_list_model_get_item (model, i);

      g_signal_connect (reader, "notify::state", G_CALLBACK (on_state), NULL);
      on_state (reader);
    }
  say ("{\"readers\": %u}", g_list_model_get_n_items (model));
}

static void
on_service (void)
{
  static const char *const names[] = { "starting", "running", "missing", "denied", "mismatch" };

  say ("{\"service\": \"%s\"}", names[eonay_reader_list_get_service_state (list)]);
}

static void
on_signed (GObject *token, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) signatures = eonay_token_sign_finish (EONAY_TOKEN (token), result, &error);

  if (error != NULL)
    g_printerr ("%s\n", error->message);
  say ("{\"signed\": %s, \"error\": %d, \"pin_try\": %d}", error == NULL ? "true" : "false",
       error != NULL && error->domain == EONAY_CARD_ERROR ? error->code : -1,
       (int) eonay_card_error_get_pin_try (error));
}

static EonayReader *
find (const char *name)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (EonayReader) reader = g_list_model_get_item (G_LIST_MODEL (list), i);

      if (g_str_equal (eonay_reader_get_name (reader), name))
        return g_steal_pointer (&reader);
    }

  return NULL;
}

static void
sign (EonayReader *reader, const char *pin)
{
  EonayToken *token = eonay_reader_get_token (reader);
  g_autoptr (EonayTokenCertificate) certificate = NULL;
  g_autoptr (GPtrArray) digests = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  if (token == NULL)
    {
      say ("{\"signed\": false, \"error\": %d, \"pin_try\": %d}", EONAY_CARD_ERROR_NO_CARD,
           EONAY_PIN_TRY_NOT_SENT);
      return;
    }

  certificate = g_list_model_get_item (eonay_token_get_certificates (token), 0);
  g_ptr_array_add (digests, g_bytes_new_take (g_malloc0 (32), 32));
  eonay_token_sign_async (token, certificate, EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256, digests,
                          eonay_secret_new (pin, strlen (pin)),
                          TEST_PIN_CONSENT (token, certificate), NULL, on_signed, NULL);
}

static void
obey (const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 2);
  g_auto (GStrv) arguments = g_strsplit (words[1] != NULL ? words[1] : "", "|", 2);
  g_autoptr (EonayReader) reader = arguments[0] != NULL ? find (arguments[0]) : NULL;

  if (g_str_equal (words[0], "quit"))
    g_main_loop_quit (loop);
  else if (reader != NULL && g_str_equal (words[0], "retry"))
    eonay_reader_retry (reader);
  else if (reader != NULL && g_str_equal (words[0], "sign") && arguments[1] != NULL)
    sign (reader, arguments[1]);
  else
    say ("{\"refused\": \"%s\"}", words[0]);
}

static gboolean
on_input (GIOChannel *channel, GIOCondition condition, gpointer user_data)
{
  g_autofree char *line = NULL;
  gsize end;

  if (g_io_channel_read_line (channel, &line, NULL, &end, NULL) != G_IO_STATUS_NORMAL)
    {
      g_main_loop_quit (loop);
      return G_SOURCE_REMOVE;
    }
  line[end] = '\0';
  obey (line);

  return G_SOURCE_CONTINUE;
}

int
main (int argc, char *argv[])
{
  g_autoptr (EonaySlotSource) slots = eonay_pcsc_slots_new ();
  g_autoptr (GIOChannel) input = g_io_channel_unix_new (STDIN_FILENO);

  loop = g_main_loop_new (NULL, FALSE);
  list = eonay_reader_list_new (slots);
  if (argc > 1)
    eonay_reader_list_set_timeout (list, (guint) atoi (argv[1]));
  g_signal_connect (list, "items-changed", G_CALLBACK (on_items_changed), NULL);
  g_signal_connect (list, "notify::service-state", G_CALLBACK (on_service), NULL);

  /* Orders come before what has happened in the world: that is the harder case. */
  g_io_add_watch_full (input, G_PRIORITY_HIGH, G_IO_IN | G_IO_HUP, on_input, NULL, NULL);
  g_main_loop_run (loop);
  g_clear_object (&list);
  g_main_loop_unref (loop);
  say ("{\"ended\": true}");

  return EXIT_SUCCESS;
}
