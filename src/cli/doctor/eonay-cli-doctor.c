#include "cli/doctor/eonay-cli-doctor.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>

#include "base/eonay-error.h"
#include "cli/doctor/eonay-cli-doctor-json.h"
#include "cli/eonay-cli-exit.h"
#include "cli/eonay-cli-option.h"
#include "cli/eonay-cli-print.h"
#include "cli/eonay-cli-readers.h"
#include "portal/eonay-portal-profile.h"
#include "session/diagnosis/eonay-diagnosis-report.h"
#include "session/eonay-settings.h"

typedef struct {
  gboolean json;
  gboolean practice;
  int card;
  char *portal_id;
  char **modules;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->portal_id);
  g_strfreev (self->modules);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse (Options *options, int argc, char *argv[], GError **error)
{
  g_autofree char *card = NULL;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &options->json, N_ ("Print one JSON object"), NULL },
    { "portal", 0, 0, G_OPTION_ARG_STRING, &options->portal_id,
      N_ ("Look at this installed portal only"), N_ ("ID") },
    { "module", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->modules,
      N_ ("Ask this PKCS#11 module for cards, too"), N_ ("FILE") },
    { "practice", 0, 0, G_OPTION_ARG_NONE, &options->practice,
      N_ ("Look at the embedded practice portal and card"), NULL },
    { "card", 0, 0, G_OPTION_ARG_STRING, &card,
      N_ ("The practice card: valid, ec, expired, blocked or two"), N_ ("CARD") },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_set_summary (
      context, _ ("Looks at everything that a signature needs. No PIN is asked for or tried."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, error))
    return FALSE;
  if (argc > 1)
    return eonay_cli_option_refuse (error, _ ("This command takes options only."));
  if (options->practice && options->portal_id != NULL)
    return eonay_cli_option_refuse (error, _ ("--practice brings its own portal."));

  return eonay_cli_option_read_card (card, options->practice, &options->card, error);
}

static EonayPortalProfile *
new_practice_profile (EonayCliReaders *readers, GError **error)
{
  EonayPracticePortal *portal =
      eonay_practice_get_portal (eonay_cli_readers_get_practice (readers));

  return eonay_portal_profile_new ("practice", _ ("Practice portal"),
                                   eonay_practice_portal_get_base_url (portal),
                                   eonay_practice_portal_get_tls_ca_file (portal), TRUE, error);
}

static EonayPortalProfile *
find_profile (GListModel *offered, const char *id, GError **error)
{
  EonayPortalProfile *profile = eonay_portal_profile_find (offered, id);

  if (profile == NULL)
    {
      g_set_error (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_PROFILE, "There is no portal “%s”",
                   id);
      return NULL;
    }

  return g_object_ref (profile);
}

static void
warn_of_left_out (void)
{
  g_autoptr (GListModel) left_out = eonay_portal_profile_list_left_out ();

  for (guint i = 0; i < g_list_model_get_n_items (left_out); i++)
    {
      g_autoptr (EonayPortalProfile) profile = g_list_model_get_item (left_out, i);
      g_autofree char *name = g_file_get_parse_name (eonay_portal_profile_get_file (profile));
      g_autofree char *shown = eonay_cli_print_clean (name);

      g_printerr (_ ("%s is not used: a portal with the same id is installed.\n"), shown);
    }
}

/** Returns: (transfer full): the profiles to check */
static GListModel *
list_portals (const Options *options, EonayCliReaders *readers, GError **error)
{
  g_autoptr (GSettings) settings = NULL;
  g_autoptr (GListModel) installed = NULL;
  g_autoptr (GListModel) offered = NULL;
  g_autoptr (EonayPortalProfile) profile = NULL;
  g_autoptr (GListStore) one = g_list_store_new (EONAY_TYPE_PORTAL_PROFILE);

  if (options->practice)
    profile = new_practice_profile (readers, error);
  else
    {
      settings = eonay_settings_new ();
      installed = eonay_portal_profile_list (eonay_settings_has_own_portals (settings));
      warn_of_left_out ();
      offered = eonay_settings_offer_portals (settings, installed);
      if (options->portal_id == NULL)
        return g_steal_pointer (&offered);
      profile = find_profile (offered, options->portal_id, error);
    }
  if (profile == NULL)
    return NULL;

  g_list_store_append (one, profile);

  return G_LIST_MODEL (g_steal_pointer (&one));
}

static gboolean
on_signal (gpointer user_data)
{
  eonay_diagnosis_stop (user_data);

  return G_SOURCE_CONTINUE;
}

static int
examine (const Options *options, EonayReaderList *readers, GListModel *portals)
{
  g_autoptr (EonayDiagnosis) diagnosis = eonay_diagnosis_new (readers, portals, options->practice,
                                                              NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *text = NULL;
  guint interrupt = g_unix_signal_add (SIGINT, on_signal, diagnosis);
  guint terminate = g_unix_signal_add (SIGTERM, on_signal, diagnosis);

  eonay_diagnosis_run (diagnosis);
  while (eonay_diagnosis_is_running (diagnosis))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (interrupt);
  g_source_remove (terminate);

  text = options->json ? eonay_cli_doctor_json_write (diagnosis, now)
                       : eonay_diagnosis_report (diagnosis, now);
  g_print (options->json ? "%s\n" : "%s", text);

  return eonay_diagnosis_can_sign (diagnosis) ? EONAY_CLI_EXIT_OK : EONAY_CLI_EXIT_NOT_READY;
}

int
eonay_cli_doctor (int argc, char *argv[])
{
  g_auto (Options) options = { 0 };
  g_autoptr (EonayCliReaders) readers = NULL;
  g_autoptr (GListModel) portals = NULL;
  g_autoptr (GError) error = NULL;
  gboolean parsed;

  /* Shown in the usage line of --help. */
  g_set_prgname ("eonay-cli doctor");
  parsed = parse (&options, argc, argv, &error);
  g_set_prgname ("eonay-cli");
  if (parsed)
    readers = options.practice ? eonay_cli_readers_new_practice (options.card, &error)
                               : eonay_cli_readers_new ((const char *const *) options.modules);
  if (readers != NULL)
    portals = list_portals (&options, readers, &error);
  if (portals == NULL)
    {
      eonay_cli_print_error (error);
      return (int) eonay_cli_exit_for_error (error);
    }

  return examine (&options, eonay_cli_readers_get_list (readers), portals);
}
