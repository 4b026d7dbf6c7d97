#include "cli/card/eonay-cli-card-options.h"

#include <glib/gi18n-lib.h>

#include "cli/eonay-cli-option.h"

static const char *const summaries[] = {
  [EONAY_CLI_CARD_LIST] = N_ ("Lists readers, cards and certificates."),
  [EONAY_CLI_CARD_STATUS] = N_ ("Lists cards with what is known of their PIN and PUK."),
  [EONAY_CLI_CARD_CHANGE_PIN] = N_ ("Changes the PIN of a card."),
  [EONAY_CLI_CARD_UNBLOCK] = N_ ("Gives a card that is blocked a new PIN, with its PUK."),
};

static void
add_common (GOptionContext *context, EonayCliCardOptions *options, char **card)
{
  const GOptionEntry entries[] = {
    { "reader", 0, 0, G_OPTION_ARG_STRING, &options->reader,
      N_ ("Use only card readers with this in their name"), N_ ("NAME") },
    { "module", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->modules,
      N_ ("Ask this PKCS#11 module for cards, too"), N_ ("FILE") },
    { "practice", 0, 0, G_OPTION_ARG_NONE, &options->practice,
      N_ ("Use the embedded practice card, which forgets everything at the end"), NULL },
    { "card", 0, 0, G_OPTION_ARG_STRING, card,
      N_ ("The practice card: valid, ec, expired, blocked or two"), N_ ("CARD") },
    { NULL },
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

static void
add_json (GOptionContext *context, EonayCliCardOptions *options)
{
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &options->json, N_ ("Print one JSON object"), NULL },
    { NULL },
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

static void
add_pins (GOptionContext *context, EonayCliCardOptions *options)
{
  const GOptionEntry pin[] = {
    { "pin-fd", 0, 0, G_OPTION_ARG_INT, &options->secret_fd,
      N_ ("Read the PIN from this file descriptor, one line"), N_ ("N") },
    { NULL },
  };
  const GOptionEntry puk[] = {
    { "puk-fd", 0, 0, G_OPTION_ARG_INT, &options->secret_fd,
      N_ ("Read the PUK from this file descriptor, one line"), N_ ("N") },
    { NULL },
  };
  const GOptionEntry both[] = {
    { "certificate", 0, 0, G_OPTION_ARG_STRING, &options->certificate,
      N_ ("The PIN of the certificate of this serial number (hexadecimal)"), N_ ("SERIAL") },
    { "new-pin-fd", 0, 0, G_OPTION_ARG_INT, &options->new_pin_fd,
      N_ ("Read the new PIN from this file descriptor, one line; may be the same one"), N_ ("N") },
    { "last-try", 0, 0, G_OPTION_ARG_NONE, &options->last_try,
      N_ ("Allow the last try of a PIN or PUK to be used without asking"), NULL },
    { "allow-weak", 0, 0, G_OPTION_ARG_NONE, &options->allow_weak,
      N_ ("Allow a new PIN that is easily guessed"), NULL },
    { "experimental-akis", 0, 0, G_OPTION_ARG_NONE, &options->experimental_akis,
      N_ ("Let AKİS v2 cards set a PIN without the vendor’s module; experimental"), NULL },
    { NULL },
  };

  g_option_context_add_main_entries (
      context, options->command == EONAY_CLI_CARD_UNBLOCK ? puk : pin, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, both, GETTEXT_PACKAGE);
}

static GOptionContext *
new_context (EonayCliCardOptions *options, char **card)
{
  GOptionContext *context = g_option_context_new (NULL);

  g_option_context_set_summary (context, _ (summaries[options->command]));
  add_common (context, options, card);
  if (options->command == EONAY_CLI_CARD_LIST || options->command == EONAY_CLI_CARD_STATUS)
    add_json (context, options);
  else
    add_pins (context, options);

  return context;
}

static gboolean
check (EonayCliCardOptions *options, int n_left, GError **error)
{
  if (n_left > 1)
    return eonay_cli_option_refuse (error, _ ("This command takes options only."));
  if (options->last_try && options->secret_fd == -1)
    return eonay_cli_option_refuse (
        error, _ ("--last-try is for --pin-fd and --puk-fd; at a terminal you are asked."));

  return eonay_cli_option_check_descriptor (
             options->secret_fd,
             _ ("--pin-fd and --puk-fd take the number of an open file descriptor."), error) &&
         eonay_cli_option_check_descriptor (
             options->new_pin_fd, _ ("--new-pin-fd takes the number of an open file descriptor."),
             error) &&
         eonay_cli_option_read_serial (&options->certificate, error);
}

EonayCliCardOptions *
eonay_cli_card_options_parse (EonayCliCardCommand command, int argc, char *argv[], GError **error)
{
  g_autoptr (EonayCliCardOptions) options = g_new0 (EonayCliCardOptions, 1);
  g_autoptr (GOptionContext) context = NULL;
  g_autofree char *card = NULL;

  options->command = command;
  options->secret_fd = -1;
  options->new_pin_fd = -1;
  context = new_context (options, &card);
  if (!g_option_context_parse (context, &argc, &argv, error) ||
      !eonay_cli_option_read_card (card, options->practice, &options->card, error) ||
      !check (options, argc, error))
    return NULL;

  return g_steal_pointer (&options);
}

void
eonay_cli_card_options_free (EonayCliCardOptions *self)
{
  if (self == NULL)
    return;

  g_free (self->reader);
  g_strfreev (self->modules);
  g_free (self->certificate);
  g_free (self);
}
