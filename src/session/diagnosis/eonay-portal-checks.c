#include "session/diagnosis/eonay-portal-checks.h"

#include <glib/gi18n-lib.h>

#include "session/diagnosis/eonay-judge.h"

#define TIMEOUT_MS 10000

struct _EonayPortalChecks {
  EonayPortalProfile *profile; /* nullable */
  char *address;
  EonayCheck *proxy;
  EonayCheck *portal;
  EonayCheck *tls;
  EonayCheck *clock;
};

typedef struct {
  EonayPortalChecks *self;
  void (*done) (gpointer user_data);
  gpointer user_data;
  GDestroyNotify destroy;
} Wait;

/* The portal's address for people, without the path. */
static char *
describe_address (EonayPortalProfile *profile)
{
  g_autoptr (GUri) uri = g_uri_parse (eonay_portal_profile_get_base_url (profile), G_URI_FLAGS_NONE,
                                      NULL);

  if (g_uri_get_port (uri) == -1)
    return g_strdup (g_uri_get_host (uri));

  return g_strdup_printf ("%s:%d", g_uri_get_host (uri), g_uri_get_port (uri));
}

static EonayCheck *
new_check (EonayPortalChecks *self, const char *id, const char *title)
{
  const char *name = self->profile != NULL ? eonay_portal_profile_get_name (self->profile) : NULL;

  return eonay_check_new (id, EONAY_CHECK_GROUP_PORTAL, title, name);
}

EonayPortalChecks *
eonay_portal_checks_new (EonayPortalProfile *profile)
{
  EonayPortalChecks *self = g_new0 (EonayPortalChecks, 1);

  g_set_object (&self->profile, profile);
  self->address = profile != NULL ? describe_address (profile) : NULL;
  self->proxy = new_check (self, "proxy", _ ("Proxy"));
  self->portal = new_check (self, "portal", _ ("Connection to the portal"));
  self->tls = new_check (self, "tls", _ ("Secure connection (TLS)"));
  self->clock = new_check (self, "clock", _ ("Clock"));

  return self;
}

void
eonay_portal_checks_free (EonayPortalChecks *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->profile);
  g_free (self->address);
  g_object_unref (self->proxy);
  g_object_unref (self->portal);
  g_object_unref (self->tls);
  g_object_unref (self->clock);
  g_free (self);
}

void
eonay_portal_checks_list (EonayPortalChecks *self, GPtrArray *checks)
{
  g_ptr_array_add (checks, g_object_ref (self->proxy));
  g_ptr_array_add (checks, g_object_ref (self->portal));
  g_ptr_array_add (checks, g_object_ref (self->tls));
  g_ptr_array_add (checks, g_object_ref (self->clock));
}

static void
on_probed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Wait *wait = user_data;
  EonayPortalChecks *self = wait->self;
  g_autoptr (EonayPortalProbeFacts) facts = eonay_portal_probe_finish (result, NULL);
  EonayPortalEvidence evidence = { .address = self->address, .facts = facts };

  if (facts == NULL)
    {
      wait->destroy (wait->user_data);
      return;
    }

  eonay_check_take_finding (self->proxy, eonay_judge_proxy (&evidence));
  eonay_check_take_finding (self->portal, eonay_judge_portal (&evidence));
  eonay_check_take_finding (self->tls, eonay_judge_tls (&evidence));
  eonay_check_take_finding (self->clock, eonay_judge_clock (&evidence));
  wait->done (wait->user_data);
}

static EonayFinding *
judge_without_portal (void)
{
  return eonay_finding_new (EONAY_FINDING_UNKNOWN,
                            g_strdup (_ ("Not checked, as no portal is installed.")));
}

static void
report_no_portal (EonayPortalChecks *self)
{
  EonayFinding *finding = eonay_finding_new_remedy (
      EONAY_FINDING_FAILURE, "PORTAL-18", g_strdup (_ ("No portal is installed.")),
      _ ("Ask your administrator to install the portal’s profile."));

  eonay_check_take_finding (self->portal, finding);
  eonay_check_take_finding (self->proxy, judge_without_portal ());
  eonay_check_take_finding (self->tls, judge_without_portal ());
  eonay_check_take_finding (self->clock, judge_without_portal ());
}

void
eonay_portal_checks_run (EonayPortalChecks *self, const EonayClock *clock,
                         GCancellable *cancellable, void (*done) (gpointer user_data),
                         gpointer user_data, GDestroyNotify destroy)
{
  Wait *wait;

  if (self->profile == NULL)
    {
      report_no_portal (self);
      done (user_data);
      return;
    }

  wait = g_new0 (Wait, 1);
  wait->self = self;
  wait->done = done;
  wait->user_data = user_data;
  wait->destroy = destroy;
  eonay_portal_probe_async (self->profile, TIMEOUT_MS, clock, cancellable, on_probed, wait);
}

gboolean
eonay_portal_checks_are_good (EonayPortalChecks *self)
{
  return eonay_check_get_state (self->portal) == EONAY_FINDING_OK &&
         eonay_check_get_state (self->proxy) <= EONAY_FINDING_WARNING &&
         eonay_check_get_state (self->tls) <= EONAY_FINDING_WARNING &&
         eonay_check_get_state (self->clock) != EONAY_FINDING_FAILURE;
}
