#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>

#include "base/eonay-locale.h"
#include "eonay-config.h"
#include "practice/portal/eonay-practice-portal.h"

static gboolean
on_signal (gpointer loop)
{
  g_main_loop_quit (loop);

  return G_SOURCE_CONTINUE;
}

static gboolean
trust_files (EonayPracticePortal *portal, char **files, GError **error)
{
  for (guint i = 0; files != NULL && files[i] != NULL; i++)
    {
      g_autofree char *pem = NULL;

      if (!g_file_get_contents (files[i], &pem, NULL, error) ||
          !eonay_practice_portal_trust (portal, pem, error))
        {
          g_prefix_error (error, "%s: ", files[i]);
          return FALSE;
        }
    }

  return TRUE;
}

static void
print_address (EonayPracticePortal *portal)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "base_url");
  json_builder_add_string_value (builder, eonay_practice_portal_get_base_url (portal));
  json_builder_set_member_name (builder, "ca_file");
  json_builder_add_string_value (builder, eonay_practice_portal_get_tls_ca_file (portal));
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  g_print ("%s\n", text);
}

static gboolean
run (int port, char **trusted, const char *ca_folder, const EonayPracticeUnblockWish *usual,
     GError **error)
{
  g_autoptr (EonayPracticePortal) portal = eonay_practice_portal_new (NULL);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  if (port < 0 || port > G_MAXUINT16)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           _ ("A port is a number from 0 to 65535"));
      return FALSE;
    }

  if (!trust_files (portal, trusted, error) ||
      !eonay_practice_portal_set_usual (portal, usual, error) ||
      !eonay_practice_portal_start (portal, (guint16) port, ca_folder, error))
    return FALSE;

  print_address (portal);
  g_unix_signal_add (SIGINT, on_signal, loop);
  g_unix_signal_add (SIGTERM, on_signal, loop);
  g_main_loop_run (loop);

  return TRUE;
}

static int port;
static gboolean show_version;
static char **trusted;
static char *ca_folder;
static EonayPracticeUnblockWish usual;

static gboolean
parse_options (int argc, char *argv[], GError **error)
{
  static char *card_serial, *puk, *security_word;
  static const GOptionEntry entries[] = {
    { "port", 'p', 0, G_OPTION_ARG_INT, &port, N_ ("Port to listen on; 0 takes a free one"),
      N_ ("NUMBER") },
    { "trust", 't', 0, G_OPTION_ARG_FILENAME_ARRAY, &trusted,
      N_ ("Accept signers of the CAs in a PEM file"), N_ ("FILE") },
    { "ca-folder", 'c', 0, G_OPTION_ARG_FILENAME, &ca_folder,
      N_ ("Existing folder for the CA of the portal's own address"), N_ ("FOLDER") },
    { "card-serial", 0, 0, G_OPTION_ARG_STRING, &card_serial,
      N_ ("The card that unblockings are about"), N_ ("SERIAL") },
    { "puk", 0, 0, G_OPTION_ARG_STRING, &puk, N_ ("The PUK of that card"), N_ ("DIGITS") },
    { "security-word", 0, 0, G_OPTION_ARG_STRING, &security_word,
      N_ ("The security word that unblockings ask for"), N_ ("WORD") },
    { "version", 0, 0, G_OPTION_ARG_NONE, &show_version, N_ ("Show the version"), NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context =
      g_option_context_new (_ ("– a portal to practise signing on this computer"));
  gboolean parsed;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  parsed = g_option_context_parse (context, &argc, &argv, error);
  usual.card_serial = card_serial;
  usual.puk = puk;
  usual.security_word = security_word;

  return parsed;
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autofree char *own_folder = NULL;
  gboolean done;

  eonay_locale_init ();
  done = parse_options (argc, argv, &error);
  if (done && show_version)
    {
      g_print ("eonay-practice-portal %s\n", EONAY_VERSION);
      return EXIT_SUCCESS;
    }
  if (done && ca_folder == NULL)
    {
      own_folder = g_dir_make_tmp ("eonay-practice-XXXXXX", &error);
      done = own_folder != NULL;
    }
  if (done)
    done = run (port, trusted, ca_folder == NULL ? own_folder : ca_folder, &usual, &error);
  if (own_folder != NULL)
    g_rmdir (own_folder);
  if (!done)
    g_printerr ("eonay-practice-portal: %s\n", error->message);

  return done ? 0 : 1;
}
