#include "cli/command/eonay-cli.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "base/eonay-locale.h"
#include "base/eonay-text-class.h"
#include "cli/card/eonay-cli-card.h"
#include "cli/command/eonay-cli-codes.h"
#include "cli/doctor/eonay-cli-doctor.h"
#include "cli/eonay-cli-exit.h"
#include "cli/sign/eonay-cli-sign.h"
#include "eonay-config.h"
#include "portal/eonay-portal-profile.h"

typedef struct {
  const char *name;
  const char *summary;
  int (*run) (int argc, char *argv[]);
} Command;

static const Command commands[] = {
  { "card", N_ ("Look at cards, change and unblock their PIN"), eonay_cli_card },
  { "codes", N_ ("Tell what the short codes of errors mean"), eonay_cli_codes },
  { "doctor", N_ ("Look at everything that a signature needs"), eonay_cli_doctor },
  { "sign", N_ ("Sign what a portal asks for"), eonay_cli_sign },
};

/** Whatever the origin of a printed name, a terminal gets no control or invisible characters. */
static void
write_printable (FILE *file, const char *text)
{
  g_autofree char *printable = eonay_text_class_make_text (text, -1);

  fputs (printable, file);
  fflush (file);
}

static void
print_printable (const char *text)
{
  write_printable (stdout, text);
}

static void
complain_printable (const char *text)
{
  write_printable (stderr, text);
}

/** Documents are UTF-8, and GLib would print "?" in another locale. */
static void
print_utf8 (void)
{
  g_set_print_handler (print_printable);
  g_set_printerr_handler (complain_printable);
}

static void
print_help (void)
{
  g_print ("%s\n  eonay-cli %s\n\n%s\n", _ ("Usage:"), _ ("COMMAND [OPTION…]"), _ ("Commands:"));
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    g_print ("  %-10s %s\n", commands[i].name, _ (commands[i].summary));
  g_print ("\n%s\n", _ ("“eonay-cli COMMAND --help” lists the options of a command."));
}

static void
report_profile (const char *what)
{
  g_printerr (_ ("A portal profile is not used, as it is not right: %s\n"), what);
}

static const Command *
find_command (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (commands[i].name, name) == 0)
      return &commands[i];

  return NULL;
}

static int
run_command (int argc, char *argv[])
{
  const Command *command;

  eonay_locale_init ();
  print_utf8 ();
  g_set_prgname ("eonay-cli");
  eonay_portal_profile_set_report (report_profile);

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

  if (strcmp (argv[1], "--version") == 0)
    {
      g_print ("eonay-cli %s\n", EONAY_VERSION);
      return EONAY_CLI_EXIT_OK;
    }

  command = find_command (argv[1]);
  if (command == NULL)
    {
      g_printerr (
          eonay_cli_card_has_command (argv[1])
              ? _ ("eonay-cli: there is no command “%1$s”; did you mean “eonay-cli card %1$s”?\n")
              : _ ("eonay-cli: there is no command “%s”; see “eonay-cli --help”.\n"),
          argv[1]);
      return EONAY_CLI_EXIT_USAGE;
    }

  return command->run (argc - 1, argv + 1);
}

int
eonay_cli_run (int argc, char *argv[])
{
  int status = run_command (argc, argv);

  /* A script must not take partial output for all of it. */
  if (fflush (stdout) == 0 && !ferror (stdout))
    return status;

  g_printerr ("eonay-cli: %s\n", _ ("Not all of the output could be written."));

  return status == EONAY_CLI_EXIT_OK ? EONAY_CLI_EXIT_FAILED : status;
}
