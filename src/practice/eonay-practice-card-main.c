#include "base/eonay-locale.h"
#include "base/eonay-private-file.h"
#include "eonay-config.h"
#include "practice/reader/eonay-practice-vpcd.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#define EXIT_USAGE 2
#define VPCD_PORT 35963

typedef struct {
  EonayPracticeCard *card;
  GSocketConnection *connection;
} Contact;

static char *card_name;
static char *ca_path;
static char *address;
static char *pin_digits;
static char *puk_digits;
static gboolean show_version;

static const GOptionEntry entries[] = {
  { "card", 0, 0, G_OPTION_ARG_STRING, &card_name,
    N_ ("The card to play: valid, ec, expired, blocked, two, or one for testing drivers"),
    N_ ("CARD") },
  { "ca-out", 0, 0, G_OPTION_ARG_FILENAME, &ca_path,
    N_ ("Write the certificates of the practice provider there (PEM)"), N_ ("FILE") },
  { "vpcd", 0, 0, G_OPTION_ARG_STRING, &address, N_ ("The virtual reader to plug it into"),
    N_ ("HOST:PORT") },
  { "pin", 0, 0, G_OPTION_ARG_STRING, &pin_digits, N_ ("Another PIN than 123456, 6 to 16 digits"),
    N_ ("DIGITS") },
  { "puk", 0, 0, G_OPTION_ARG_STRING, &puk_digits, N_ ("Another PUK than 12345678, 6 to 16 digits"),
    N_ ("DIGITS") },
  { "version", 0, 0, G_OPTION_ARG_NONE, &show_version, N_ ("Show the version"), NULL },
  { NULL },
};

static gboolean
parse_options (int argc, char *argv[], EonayPracticeCardKind *kind)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (
      context, _ ("Plugs a practice card into vsmartcard's virtual reader. Its PIN is 123456, its "
                  "PUK is 12345678 unless told otherwise. It is worth nothing outside practice."));

  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_printerr ("%s\n", error->message);
  else if (show_version)
    return TRUE;
  else if (argc > 1 || address == NULL)
    g_printerr (_ ("Say --vpcd HOST:PORT, and nothing but options.\n"));
  else if (!eonay_practice_card_kind_from_name (card_name != NULL ? card_name : "valid", kind))
    g_printerr (_ ("There is no practice card “%s”.\n"), card_name);
  else
    return TRUE;

  return FALSE;
}

static EonayPracticeCard *
make_card (EonayPracticeCardKind kind, GError **error)
{
  g_autoptr (EonayPracticePki) pki = eonay_practice_pki_new (error);
  g_autoptr (EonayPracticeCard) card = NULL;

  if (pki == NULL)
    return NULL;

  if (ca_path != NULL &&
      !eonay_private_file_write (ca_path, eonay_practice_pki_get_ca_pem (pki), -1, error))
    return NULL;

  card = eonay_practice_card_new (kind, pki, error);
  if (card == NULL)
    return NULL;

  if (!eonay_practice_card_issue_pins (card, pin_digits, puk_digits))
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           _ ("A PIN or PUK of a practice card has 6 to 16 digits."));
      return NULL;
    }

  return g_steal_pointer (&card);
}

static void
announce (EonayPracticeCardKind kind)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *line = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "card");
  json_builder_add_string_value (builder, eonay_practice_card_kind_get_name (kind));
  json_builder_set_member_name (builder, "vpcd");
  json_builder_add_string_value (builder, address);
  json_builder_set_member_name (builder, "ca");
  if (ca_path != NULL)
    json_builder_add_string_value (builder, ca_path);
  else
    json_builder_add_null_value (builder);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  line = json_to_string (root, FALSE);
  g_print ("%s\n", line);
}

static void
serve (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Contact *contact = task_data;
  GError *error = NULL;

  if (eonay_practice_vpcd_serve (contact->card, G_IO_STREAM (contact->connection), cancellable,
                                 &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_served (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean *served = user_data;

  *served = g_task_propagate_boolean (G_TASK (result), &error) ||
            g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  if (!*served)
    g_printerr ("%s\n", error->message);
}

static gboolean
on_signal (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);

  return G_SOURCE_CONTINUE;
}

/* The card is removed when the connection is closed on return. */
static gboolean
run (Contact *contact)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  gboolean served = FALSE;
  GTask *task = g_task_new (NULL, cancellable, on_served, &served);
  guint on_term = g_unix_signal_add (SIGTERM, on_signal, cancellable);
  guint on_interrupt = g_unix_signal_add (SIGINT, on_signal, cancellable);

  g_task_set_task_data (task, contact, NULL);
  g_task_run_in_thread (task, serve);
  while (!g_task_get_completed (task))
    g_main_context_iteration (NULL, TRUE);

  g_object_unref (task);
  g_source_remove (on_term);
  g_source_remove (on_interrupt);

  return served;
}

int
main (int argc, char *argv[])
{
  g_autoptr (GSocketClient) client = NULL;
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (EonayPracticeCard) card = NULL;
  g_autoptr (GError) error = NULL;
  EonayPracticeCardKind kind;

  eonay_locale_init ();

  if (!parse_options (argc, argv, &kind))
    return EXIT_USAGE;
  if (show_version)
    {
      g_print ("eonay-practice-card %s\n", EONAY_VERSION);
      return EXIT_SUCCESS;
    }

  client = g_socket_client_new ();
  card = make_card (kind, &error);
  if (card != NULL)
    connection = g_socket_client_connect_to_host (client, address, VPCD_PORT, NULL, &error);
  if (connection == NULL)
    {
      g_printerr ("%s\n", error->message);
      return EXIT_FAILURE;
    }

  announce (kind);

  return run (&(Contact){ card, connection }) ? EXIT_SUCCESS : EXIT_FAILURE;
}
