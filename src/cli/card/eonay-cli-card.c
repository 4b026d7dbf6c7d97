#include "cli/card/eonay-cli-card.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/eonay-error.h"
#include "card/driver/eonay-card-cache.h"
#include "cli/card/eonay-cli-card-run.h"
#include "cli/eonay-cli-exit.h"
#include "cli/eonay-cli-option.h"
#include "cli/eonay-cli-print.h"
#include "cli/eonay-cli-readers.h"

typedef struct {
  const char *name;
  const char *summary;
  EonayCliCardCommand command;
  gboolean (*run) (EonayCliCardRun *self, GError **error);
} Command;

#define CLEAR_CACHE "clear-cache"

static const Command commands[] = {
  { "list", N_ ("List readers, cards and certificates"), EONAY_CLI_CARD_LIST, eonay_cli_card_list },
  { "status", N_ ("The same with the tries left of PIN and PUK"), EONAY_CLI_CARD_STATUS,
    eonay_cli_card_list },
  { "change-pin", N_ ("Change the PIN"), EONAY_CLI_CARD_CHANGE_PIN, eonay_cli_card_replace_pin },
  { "unblock", N_ ("Give a blocked card a new PIN, with its PUK"), EONAY_CLI_CARD_UNBLOCK,
    eonay_cli_card_replace_pin },
};

static void
print_help (void)
{
  g_print ("%s\n  eonay-cli card %s\n\n%s\n", _ ("Usage:"), _ ("COMMAND [OPTION…]"),
           _ ("Commands:"));
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    g_print ("  %-12s %s\n", commands[i].name, _ (commands[i].summary));
  g_print ("  %-12s %s\n", CLEAR_CACHE,
           _ ("Forget the certificates of cards that were read before"));
  g_print ("\n%s\n", _ ("“eonay-cli card COMMAND --help” lists the options of a command."));
}

static const Command *
find_command (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (commands[i].name, name) == 0)
      return &commands[i];

  return NULL;
}

static gboolean
parse_nothing (int argc, char *argv[], GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_set_summary (context,
                                _ ("Forget the certificates of cards that were read before"));
  if (!g_option_context_parse (context, &argc, &argv, error))
    return FALSE;

  return argc == 1 || eonay_cli_option_refuse (error, _ ("This command takes options only."));
}

/* Not about a particular card, so it is printed outside the table. */
static int
clear_cache (int argc, char *argv[])
{
  g_autoptr (EonayCardCache) cache = eonay_card_cache_new (NULL);
  g_autoptr (GError) error = NULL;
  gboolean parsed;

  /* Shown in the usage line of --help. */
  g_set_prgname ("eonay-cli card " CLEAR_CACHE);
  parsed = parse_nothing (argc, argv, &error);
  g_set_prgname ("eonay-cli");
  if (!parsed || !eonay_card_cache_clear (cache, &error))
    {
      eonay_cli_print_error (error);
      return (int) eonay_cli_exit_for_error (error);
    }

  g_print ("%s\n", _ ("The certificates of cards that were read before are forgotten."));

  return EONAY_CLI_EXIT_OK;
}

static gboolean
on_signal (gpointer user_data)
{
  eonay_cli_card_run_interrupt (user_data);

  return G_SOURCE_CONTINUE;
}

/** Prints whether the PIN was changed. */
static void
print_unchanged (const GError *outcome)
{
  gboolean uncertain = eonay_card_error_get_pin_try (outcome) == EONAY_PIN_TRY_UNCERTAIN &&
                       outcome->code != EONAY_CARD_ERROR_NEW_PIN_REFUSED;

  g_printerr ("%s\n", uncertain ? _ ("It is not known whether the card has its new PIN.")
                                : _ ("The PIN was not changed."));
}

static int
conclude (EonayCliCardRun *self, const GError *outcome)
{
  EonayCliCardCommand command = self->options->command;
  int exit_code = (int) eonay_cli_exit_for_error (outcome);

  if (outcome == NULL)
    return exit_code;

  if (!self->told && exit_code != EONAY_CLI_EXIT_DECLINED)
    eonay_cli_print_error (outcome);
  if (exit_code != EONAY_CLI_EXIT_USAGE &&
      (command == EONAY_CLI_CARD_CHANGE_PIN || command == EONAY_CLI_CARD_UNBLOCK))
    print_unchanged (outcome);

  return exit_code;
}

static int
run (const Command *command, const EonayCliCardOptions *options, EonayReaderList *readers)
{
  g_autoptr (EonayCliCardRun) self = eonay_cli_card_run_new (options, readers);
  g_autoptr (GError) error = NULL;
  const int signals[] = { SIGINT, SIGTERM, SIGHUP };
  guint watches[G_N_ELEMENTS (signals)];
  int exit_code;

  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    watches[i] = g_unix_signal_add (signals[i], on_signal, self);
  command->run (self, &error);
  exit_code = conclude (self, error);
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    g_source_remove (watches[i]);

  return exit_code;
}

static int
run_command (const Command *command, int argc, char *argv[])
{
  g_autoptr (EonayCliCardOptions) options = NULL;
  g_autoptr (EonayCliReaders) readers = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strdup_printf ("eonay-cli card %s", command->name);

  /* Shown in the usage line of --help. */
  g_set_prgname (name);
  options = eonay_cli_card_options_parse (command->command, argc, argv, &error);
  g_set_prgname ("eonay-cli");
  if (options != NULL && (options->practice ||
                          eonay_cli_option_check_locks (options->modules != NULL,
                                                        options->experimental_akis, FALSE, &error)))
    readers = options->practice ? eonay_cli_readers_new_practice (options->card, &error)
                                : eonay_cli_readers_new ((const char *const *) options->modules);
  if (readers == NULL)
    {
      eonay_cli_print_error (error);
      return (int) eonay_cli_exit_for_error (error);
    }

  if (options->experimental_akis)
    eonay_reader_list_set_allow_experimental (eonay_cli_readers_get_list (readers), TRUE);

  return run (command, options, eonay_cli_readers_get_list (readers));
}

gboolean
eonay_cli_card_has_command (const char *name)
{
  return find_command (name) != NULL || strcmp (name, CLEAR_CACHE) == 0;
}

int
eonay_cli_card (int argc, char *argv[])
{
  const Command *command;

  if (argc < 2)
    {
      print_help ();
      return EONAY_CLI_EXIT_USAGE;
    }

  if (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0)
    {
      print_help ();
      return EONAY_CLI_EXIT_OK;
    }

  if (strcmp (argv[1], CLEAR_CACHE) == 0)
    return clear_cache (argc - 1, argv + 1);

  command = find_command (argv[1]);
  if (command == NULL)
    {
      g_printerr (_ ("eonay-cli: there is no command “card %s”; see “eonay-cli card --help”.\n"),
                  argv[1]);
      return EONAY_CLI_EXIT_USAGE;
    }

  return run_command (command, argc - 1, argv + 1);
}
