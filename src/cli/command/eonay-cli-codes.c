#include "cli/command/eonay-cli-codes.h"

#include <glib/gi18n-lib.h>

#include "cli/eonay-cli-exit.h"
#include "eonay-config.h"
#include "session/eonay-advice-page.h"

#define CARD "helpdesk-card.html"

static GOptionContext *
new_context (char ***codes, gboolean *card)
{
  const GOptionEntry entries[] = {
    { "card", 0, 0, G_OPTION_ARG_NONE, card,
      N_ ("Tell where the helpdesk’s card is, a page to be printed"), NULL },
    /* Bytes as they were typed: GLib refuses an İ as a string where the locale has none. */
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, codes, NULL, N_ ("[CODE…]") },
    { NULL },
  };
  GOptionContext *context = g_option_context_new (NULL);

  g_option_context_set_summary (context,
                                _ ("Tells what a short code such as KART-07 means; without one, "
                                   "what all of them mean."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);

  return context;
}

/* Returns: (transfer full): @typed, which may be UTF-8 in a locale that is not, as text */
static char *
read_code (const char *typed)
{
  char *text = g_utf8_validate (typed, -1, NULL) ? g_strdup (typed)
                                                 : g_locale_to_utf8 (typed, -1, NULL, NULL, NULL);

  return text != NULL ? text : g_utf8_make_valid (typed, -1);
}

static int
print_card (void)
{
  g_autofree char *folder = g_path_get_dirname (EONAY_GUIDE_DIR);
  g_autofree char *path = g_build_filename (folder, CARD, NULL);

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    {
      g_printerr (_ ("eonay-cli: the helpdesk’s card is not installed: %s\n"), path);
      return EONAY_CLI_EXIT_FAILED;
    }

  g_print ("%s\n", path);

  return EONAY_CLI_EXIT_OK;
}

int
eonay_cli_codes (int argc, char *argv[])
{
  g_auto (GStrv) codes = NULL;
  gboolean card = FALSE;
  g_autoptr (GOptionContext) context = new_context (&codes, &card);
  g_autoptr (GError) error = NULL;
  int exit_code = EONAY_CLI_EXIT_OK;

  g_set_prgname ("eonay-cli codes");
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("eonay-cli: %s\n", error->message);
      return EONAY_CLI_EXIT_USAGE;
    }

  if (card && codes != NULL)
    {
      g_printerr ("eonay-cli: %s\n", _ ("“--card” takes no code."));
      return EONAY_CLI_EXIT_USAGE;
    }

  if (card)
    return print_card ();

  if (codes == NULL)
    {
      g_autofree char *page = eonay_advice_page_write ();

      g_print ("%s", page);
      return EONAY_CLI_EXIT_OK;
    }

  for (guint i = 0; codes[i] != NULL; i++)
    {
      g_autofree char *code = read_code (codes[i]);
      g_autofree char *text = eonay_advice_page_find (code);

      if (text != NULL)
        g_print ("%s", text);
      else
        g_printerr (_ ("eonay-cli: there is no short code “%s”.\n"), code);
      if (text == NULL)
        exit_code = EONAY_CLI_EXIT_USAGE;
    }

  return exit_code;
}
