#include "cli/sign/eonay-cli-environment.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "base/eonay-error.h"
#include "cli/eonay-cli-print.h"
#include "cli/eonay-cli-readers.h"
#include "session/eonay-settings.h"

#define LAST_REQUEST_SECONDS 3

struct _EonayCliEnvironment {
  EonayPortal *portal;
  EonayCliReaders *readers;
  char *code;
  GString *ca_pem;
  EonayPracticePortal *server; /* in both practice modes */
  char *folder;                /* --practice-portal: has the server's CA */
};

static gboolean
start_practice (EonayCliEnvironment *self, const EonayCliSignOptions *options, GError **error)
{
  EonayPractice *practice;

  self->readers = eonay_cli_readers_new_practice (options->card, error);
  if (self->readers == NULL)
    return FALSE;

  practice = eonay_cli_readers_get_practice (self->readers);
  self->server = g_object_ref (eonay_practice_get_portal (practice));
  g_string_append (self->ca_pem, eonay_practice_get_ca_pem (practice));

  return TRUE;
}

static gboolean
start_server (EonayCliEnvironment *self, GError **error)
{
  self->folder = g_dir_make_tmp ("eonay-XXXXXX", error);
  if (self->folder == NULL)
    return FALSE;

  self->server = eonay_practice_portal_new (NULL);

  return eonay_practice_portal_start (self->server, 0, self->folder, error);
}

static gboolean
trust_files (EonayCliEnvironment *self, char **files, GError **error)
{
  for (guint i = 0; files != NULL && files[i] != NULL; i++)
    {
      g_autofree char *pem = NULL;
      g_autoptr (GError) cause = NULL;

      if (!g_file_get_contents (files[i], &pem, NULL, &cause) ||
          !eonay_practice_portal_trust (self->server, pem, &cause))
        {
          g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "--trust %s: %s", files[i],
                       cause->message);
          return FALSE;
        }
      g_string_append (self->ca_pem, pem);
    }

  return TRUE;
}

static gboolean
open_practice_portal (EonayCliEnvironment *self, const EonayCliSignOptions *options, GError **error)
{
  g_autoptr (EonayPortalProfile) profile = NULL;

  if (!trust_files (self, options->trust, error))
    return FALSE;

  if (options->code != NULL)
    self->code = g_strdup (options->code);
  else
    self->code = eonay_practice_portal_create_faulty (
        self->server, options->operation, (guint) options->validity, NULL, options->fault, error);
  if (self->code == NULL)
    return FALSE;

  profile = eonay_portal_profile_new (
      "practice", _ ("Practice portal"), eonay_practice_portal_get_base_url (self->server),
      eonay_practice_portal_get_tls_ca_file (self->server), TRUE, error);
  if (profile == NULL)
    return FALSE;
  self->portal = eonay_portal_new (profile, NULL);

  return TRUE;
}

/** Returns: (transfer full): "kurum (Kurum Portalı), deneme (Deneme portalı)" */
static char *
name_portals (GListModel *profiles)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (profiles); i++)
    {
      g_autoptr (EonayPortalProfile) profile = g_list_model_get_item (profiles, i);
      g_autofree char *name = eonay_cli_print_clean (eonay_portal_profile_get_name (profile));

      g_string_append_printf (names, "%s%s (%s)", i > 0 ? ", " : "",
                              eonay_portal_profile_get_id (profile), name);
    }

  return g_string_free (g_steal_pointer (&names), FALSE);
}

/** @id: the requested one; empty if none was */
static void
refuse_portal (GListModel *profiles, const char *id, char **what, GError **error)
{
  if (*id == '\0' && g_list_model_get_n_items (profiles) > 1)
    {
      g_autofree char *names = name_portals (profiles);

      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _ ("Several portals are installed; choose one of them with --portal: %s."),
                   names);
      return;
    }

  if (g_list_model_get_n_items (profiles) == 0 && *id == '\0')
    *what = g_strdup (_ ("No portal is installed."));
  g_set_error (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_PROFILE, "There is no portal “%s”",
               id);
}

static gboolean
open_installed_portal (EonayCliEnvironment *self, const EonayCliSignOptions *options, char **what,
                       GError **error)
{
  g_autoptr (GSettings) settings = eonay_settings_new ();
  g_autoptr (GListModel) installed =
      eonay_portal_profile_list (eonay_settings_has_own_portals (settings));
  g_autoptr (GListModel) profiles = eonay_settings_offer_portals (settings, installed);
  g_autofree char *preset = settings != NULL ? g_settings_get_string (settings, "portal")
                                             : g_strdup ("");
  const char *id = options->portal_id != NULL ? options->portal_id : preset;
  g_autoptr (EonayPortalProfile) profile = NULL;

  if (*id != '\0')
    g_set_object (&profile, eonay_portal_profile_find (profiles, id));
  else if (g_list_model_get_n_items (profiles) == 1)
    profile = g_list_model_get_item (profiles, 0);

  if (profile == NULL)
    {
      refuse_portal (profiles, id, what, error);
      return FALSE;
    }

  self->portal = eonay_portal_new (profile, NULL);
  self->code = g_strdup (options->code);

  return TRUE;
}

EonayCliEnvironment *
eonay_cli_environment_new (const EonayCliSignOptions *options, char **what, GError **error)
{
  g_autoptr (EonayCliEnvironment) self = g_new0 (EonayCliEnvironment, 1);
  gboolean opened;

  self->ca_pem = g_string_new (NULL);
  switch (options->environment_kind)
    {
    case EONAY_CLI_ENVIRONMENT_PRACTICE:
      opened = start_practice (self, options, error) && open_practice_portal (self, options, error);
      break;
    case EONAY_CLI_ENVIRONMENT_PRACTICE_PORTAL:
      opened = start_server (self, error) && open_practice_portal (self, options, error);
      break;
    case EONAY_CLI_ENVIRONMENT_INSTALLED:
    default:
      opened = open_installed_portal (self, options, what, error);
      break;
    }

  if (!opened)
    return NULL;
  if (self->readers == NULL)
    self->readers = eonay_cli_readers_new ((const char *const *) options->modules);

  return g_steal_pointer (&self);
}

EonayPortal *
eonay_cli_environment_get_portal (EonayCliEnvironment *self)
{
  return self->portal;
}

EonayReaderList *
eonay_cli_environment_get_readers (EonayCliEnvironment *self)
{
  return eonay_cli_readers_get_list (self->readers);
}

const char *
eonay_cli_environment_get_code (EonayCliEnvironment *self)
{
  return self->code;
}

const char *
eonay_cli_environment_get_ca_pem (EonayCliEnvironment *self)
{
  return self->ca_pem->len > 0 ? self->ca_pem->str : NULL;
}

void
eonay_cli_environment_release_portal (EonayCliEnvironment *self)
{
  gint64 deadline = g_get_monotonic_time () + LAST_REQUEST_SECONDS * G_USEC_PER_SEC;
  g_autoptr (GSource) timer = NULL;
  EonayPortal *portal = self->portal;

  if (portal == NULL)
    return;

  timer = g_timeout_source_new_seconds (LAST_REQUEST_SECONDS);
  g_source_set_dummy_callback (timer);
  g_source_attach (timer, NULL);

  /* A running request keeps its portal alive. */
  g_object_add_weak_pointer (G_OBJECT (portal), (gpointer *) &portal);
  g_clear_object (&self->portal);
  while (portal != NULL && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, TRUE);

  if (portal != NULL)
    g_object_remove_weak_pointer (G_OBJECT (portal), (gpointer *) &portal);
  g_source_destroy (timer);
}

char *
eonay_cli_environment_describe (EonayCliEnvironment *self)
{
  if (self->server == NULL)
    return NULL;

  return eonay_practice_portal_describe (self->server, self->code);
}

void
eonay_cli_environment_free (EonayCliEnvironment *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->portal);
  if (self->folder != NULL && self->server != NULL)
    {
      const char *ca_file = eonay_practice_portal_get_tls_ca_file (self->server);

      if (ca_file != NULL)
        g_unlink (ca_file);
      g_rmdir (self->folder);
      eonay_practice_portal_stop (self->server);
    }
  g_clear_object (&self->server);
  eonay_cli_readers_free (self->readers);
  g_string_free (self->ca_pem, TRUE);
  g_free (self->folder);
  g_free (self->code);
  g_free (self);
}
