#include <glib/gi18n-lib.h>

#include "base/eonay-error.h"
#include "session/diagnosis/eonay-judge.h"

#define CLOCK_COMMAND "sudo timedatectl set-ntp true"
#define PROXY_AUTHENTICATION 407

static int
get_error_code (const EonayPortalProbeFacts *facts)
{
  return facts->error != NULL ? facts->error->code : -1;
}

static gboolean
is_proxy_to_blame (const EonayPortalProbeFacts *facts)
{
  if (facts->proxy == NULL)
    return FALSE;

  return facts->status == PROXY_AUTHENTICATION ||
         (facts->error != NULL && facts->step != EONAY_PORTAL_STEP_NONE &&
          facts->step <= EONAY_PORTAL_STEP_PROXY);
}

static gboolean
is_turned_away (const EonayPortalProbeFacts *facts)
{
  return facts->step == EONAY_PORTAL_STEP_PROXY || facts->status == PROXY_AUTHENTICATION;
}

EonayFinding *
eonay_judge_proxy (const EonayPortalEvidence *evidence)
{
  const EonayPortalProbeFacts *facts = evidence->facts;

  if (!facts->has_proxy_answer)
    return eonay_finding_new (EONAY_FINDING_UNKNOWN,
                              g_strdup (_ ("It is not known whether a proxy is used.")));
  if (facts->proxy == NULL)
    return eonay_finding_new (EONAY_FINDING_OK, g_strdup (_ ("No proxy is used.")));
  if (is_proxy_to_blame (facts))
    return eonay_finding_new_remedy (
        EONAY_FINDING_FAILURE, is_turned_away (facts) ? "AG-05" : "AG-01",
        is_turned_away (facts)
            ? g_strdup_printf (_ ("The proxy %s does not let the program through."), facts->proxy)
            : g_strdup_printf (_ ("The proxy %s does not answer."), facts->proxy),
        _ ("Correct the proxy in the network settings, or ask your administrator to."));
  if (facts->step == EONAY_PORTAL_STEP_NONE)
    return eonay_finding_new (EONAY_FINDING_UNKNOWN,
                              g_strdup_printf (_ ("The proxy %s would be used."), facts->proxy));

  return eonay_finding_new (
      EONAY_FINDING_OK, g_strdup_printf (_ ("The proxy %s is used, and answers."), facts->proxy));
}

static char *
describe_failed_step (const EonayPortalEvidence *evidence)
{
  switch (evidence->facts->step)
    {
    case EONAY_PORTAL_STEP_NAME:
      return g_strdup_printf (_ ("The address of %s is not found on the network."),
                              evidence->address);
    case EONAY_PORTAL_STEP_TLS:
    case EONAY_PORTAL_STEP_ANSWER:
      return g_strdup_printf (_ ("%s was reached, but breaks the connection off."),
                              evidence->address);
    case EONAY_PORTAL_STEP_NONE:
    case EONAY_PORTAL_STEP_CONNECT:
    case EONAY_PORTAL_STEP_PROXY:
    default:
      return g_strdup_printf (_ ("%s cannot be reached."), evidence->address);
    }
}

/* The address is not a portal's: another server, another path, or a captive portal. */
static EonayFinding *
judge_stranger (const EonayPortalEvidence *evidence)
{
  EonayFinding *finding = eonay_finding_new_error (evidence->facts->error);

  g_free (finding->found);
  finding->found = g_strdup_printf (_ ("%s answers (HTTP %u), but not as a portal does."),
                                    evidence->address, evidence->facts->status);
  g_free (finding->remedy);
  finding->remedy = g_strdup (_ ("If your network asks for a sign-in, sign in first; else ask your "
                                 "administrator to check the portal’s address in its profile."));

  return finding;
}

static EonayFinding *
judge_portal_error (const EonayPortalEvidence *evidence)
{
  EonayFinding *finding;

  switch (evidence->facts->error->code)
    {
    case EONAY_PORTAL_ERROR_TLS:
      return eonay_finding_new (
          EONAY_FINDING_UNKNOWN,
          g_strdup_printf (_ ("%s was reached, but not asked anything: it has to prove who it is "
                              "first."),
                           evidence->address));
    case EONAY_PORTAL_ERROR_UNREACHABLE:
      finding = eonay_finding_new_error (evidence->facts->error);
      g_free (finding->found);
      finding->found = describe_failed_step (evidence);
      return finding;
    case EONAY_PORTAL_ERROR_TIMED_OUT:
    case EONAY_PORTAL_ERROR_UNAVAILABLE:
    case EONAY_PORTAL_ERROR_TOO_MANY_REQUESTS:
    case EONAY_PORTAL_ERROR_PROFILE:
      return eonay_finding_new_error (evidence->facts->error);
    default:
      return judge_stranger (evidence);
    }
}

EonayFinding *
eonay_judge_portal (const EonayPortalEvidence *evidence)
{
  const EonayPortalProbeFacts *facts = evidence->facts;

  if (is_proxy_to_blame (facts))
    return eonay_finding_new (EONAY_FINDING_UNKNOWN,
                              g_strdup (_ ("Not checked, as the proxy is in the way.")));
  if (facts->error != NULL)
    return judge_portal_error (evidence);

  return eonay_finding_new (
      EONAY_FINDING_OK, g_strdup_printf (_ ("%s answers as a portal does."), evidence->address));
}

static void
add_problem (GString *found, const char *sentence)
{
  g_string_append_printf (found, "%s%s", found->len > 0 ? " " : "", sentence);
}

static EonayFinding *
judge_identity (const EonayPortalProbeFacts *facts)
{
  EonayFinding *finding = eonay_finding_new_portal_error (EONAY_PORTAL_ERROR_TLS);
  g_autoptr (GString) found = g_string_new (NULL);

  if (facts->tls_problems & G_TLS_CERTIFICATE_EXPIRED)
    add_problem (found, _ ("The portal’s certificate has expired."));
  if (facts->tls_problems & G_TLS_CERTIFICATE_NOT_ACTIVATED)
    add_problem (found, _ ("The portal’s certificate is not valid yet."));
  if (facts->tls_problems & G_TLS_CERTIFICATE_BAD_IDENTITY)
    add_problem (found, _ ("The portal’s certificate belongs to another address."));
  if (facts->tls_problems & G_TLS_CERTIFICATE_REVOKED)
    add_problem (found, _ ("The portal’s certificate is revoked."));
  if (facts->tls_problems & G_TLS_CERTIFICATE_UNKNOWN_CA)
    add_problem (found, _ ("The portal’s certificate comes from a provider that is not trusted "
                           "here."));
  if (found->len == 0 && facts->tls_version != NULL)
    g_string_append_printf (found, _ ("The portal speaks only %s, which is not secure enough."),
                            facts->tls_version);
  if (found->len > 0)
    {
      g_free (finding->found);
      finding->found = g_string_free (g_steal_pointer (&found), FALSE);
    }

  return finding;
}

EonayFinding *
eonay_judge_tls (const EonayPortalEvidence *evidence)
{
  const EonayPortalProbeFacts *facts = evidence->facts;

  if (get_error_code (facts) == EONAY_PORTAL_ERROR_TLS)
    return judge_identity (facts);
  if (facts->tls_version != NULL)
    return eonay_finding_new (
        EONAY_FINDING_OK,
        g_strdup_printf (_ ("%s; the portal has proved who it is."), facts->tls_version));
  if (facts->status != 0)
    return eonay_finding_new (EONAY_FINDING_NOT_APPLICABLE,
                              g_strdup (_ ("A practice portal on this computer needs none.")));

  return eonay_finding_new (EONAY_FINDING_UNKNOWN,
                            g_strdup (_ ("Not checked, as the portal does not answer.")));
}

/** Returns: (transfer full): "3 min 12 s", in the person's language; @seconds: not negative */
static char *
describe_duration (gint64 seconds)
{
  int days = (int) (seconds / 86400);
  int hours = (int) (seconds / 3600 % 24);
  int minutes = (int) (seconds / 60 % 60);
  int rest = (int) (seconds % 60);

  if (days > 0)
    return g_strdup_printf (_ ("%d d %d h"), days, hours);
  if (hours > 0)
    return g_strdup_printf (_ ("%d h %d min"), hours, minutes);
  if (minutes > 0)
    return g_strdup_printf (_ ("%d min %d s"), minutes, rest);

  return g_strdup_printf (_ ("%d s"), rest);
}

EonayFinding *
eonay_judge_clock (const EonayPortalEvidence *evidence)
{
  const EonayPortalProbeFacts *facts = evidence->facts;
  gint64 apart = ABS (facts->ahead);
  g_autofree char *duration = describe_duration (apart);
  EonayFinding *finding;

  if (facts->status == 0)
    return eonay_finding_new (EONAY_FINDING_UNKNOWN,
                              g_strdup (_ ("Not checked, as the portal does not answer.")));
  if (!facts->has_date)
    return eonay_finding_new (EONAY_FINDING_UNKNOWN,
                              g_strdup (_ ("The portal does not say what time it is.")));
  if (apart == 0)
    return eonay_finding_new (EONAY_FINDING_OK,
                              g_strdup (_ ("The computer’s clock agrees with the portal’s.")));

  finding = eonay_finding_new (
      EONAY_FINDING_OK,
      facts->ahead > 0
          ? g_strdup_printf (_ ("The computer’s clock is %s ahead of the portal’s."), duration)
          : g_strdup_printf (_ ("The computer’s clock is %s behind the portal’s."), duration));
  if (apart > EONAY_CLOCK_WARNING)
    {
      finding->state = apart > EONAY_CLOCK_FAILURE ? EONAY_FINDING_FAILURE : EONAY_FINDING_WARNING;
      g_free (finding->remedy);
      finding->remedy = g_strdup (_ ("Let the computer set its clock from the network."));
      finding->command = CLOCK_COMMAND;
    }

  return finding;
}
