#include <glib/gi18n-lib.h>

#include "base/eonay-error.h"
#include "card/pcsc/eonay-pcsc-start.h"
#include "session/diagnosis/eonay-judge.h"
#include "session/diagnosis/eonay-report-redaction.h"

#define RESTART_COMMAND "sudo systemctl restart pcscd"

gboolean
eonay_judge_can_sign (const EonayCardEvidence *evidence)
{
  for (guint i = 0; i < evidence->cards->len; i++)
    if (eonay_card_facts_can_sign (evidence->cards->pdata[i]))
      return TRUE;

  return FALSE;
}

gboolean
eonay_judge_has_reader (const EonayCardEvidence *evidence)
{
  for (guint i = 0; i < evidence->cards->len; i++)
    if (eonay_card_facts_is_reader (evidence->cards->pdata[i]))
      return TRUE;

  return FALSE;
}

static EonayFinding *
judge_practice (void)
{
  return eonay_finding_new (EONAY_FINDING_NOT_APPLICABLE,
                            g_strdup (_ ("Practice mode brings its own reader.")));
}

static int
get_error_code (const EonayPcscProbeFacts *facts)
{
  return facts->error != NULL ? facts->error->code : -1;
}

static gboolean
is_answering (const EonayPcscProbeFacts *facts)
{
  int code = get_error_code (facts);

  return code == -1 || code == EONAY_CARD_ERROR_SERVICE_MISMATCH ||
         (code == EONAY_CARD_ERROR_ACCESS_DENIED && facts->socket == EONAY_PCSC_SOCKET_OPEN);
}

/* A Flatpak has the socket that was there when it was started, or none. */
static const char *
describe_out_of_reach (const EonayCardEvidence *evidence)
{
  if (!evidence->has_pcsc)
    return _ ("The smart card service (pcscd) cannot be reached from within the Flatpak.");
  if (evidence->service->socket == EONAY_PCSC_SOCKET_SILENT)
    return _ ("The smart card service (pcscd) was stopped or restarted while e-Onay ran: the "
              "Flatpak does not reach it any more.");

  return _ ("The smart card service (pcscd) was not running when e-Onay was started: the Flatpak "
            "does not reach it.");
}

static void
judge_out_of_reach (const EonayCardEvidence *evidence, EonayFinding *finding)
{
  finding->found = g_strdup (describe_out_of_reach (evidence));
  g_free (finding->remedy);
  finding->remedy = g_strdup (
      evidence->has_pcsc ? _ ("Start the pcscd service, then close e-Onay and start it again.")
                         : _ ("Give the permission and start the program again."));
  finding->command = evidence->has_pcsc ? EONAY_PCSC_START_COMMAND : EONAY_JUDGE_PCSC_COMMAND;
  finding->action = EONAY_ADVICE_ACTION_NONE;
}

static EonayFinding *
judge_missing_service (const EonayCardEvidence *evidence)
{
  EonayFinding *finding = eonay_finding_new_card_error (EONAY_CARD_ERROR_NO_SERVICE);

  g_free (finding->found);
  if (evidence->is_sandboxed)
    judge_out_of_reach (evidence, finding);
  else if (evidence->service->is_installed)
    {
      finding->found =
          g_strdup (_ ("The smart card service (pcscd) is installed but not running."));
      finding->command = EONAY_PCSC_START_COMMAND;
    }
  else
    {
      finding->found = g_strdup (_ ("The smart card service (pcscd) is not installed."));
      g_free (finding->remedy);
      finding->remedy = g_strdup (_ ("Install the pcscd package, or ask your administrator to."));
      finding->command = EONAY_PCSC_INSTALL_COMMAND;
    }

  return finding;
}

static EonayFinding *
judge_silent_service (void)
{
  EonayFinding *finding = eonay_finding_new_remedy (
      EONAY_FINDING_FAILURE, "KART-02", g_strdup (_ ("The smart card service does not answer.")),
      _ ("Restart the pcscd service, or ask your administrator to."));

  finding->command = RESTART_COMMAND;
  finding->action = EONAY_ADVICE_ACTION_RETRY;

  return finding;
}

EonayFinding *
eonay_judge_service (const EonayCardEvidence *evidence)
{
  EonayFinding *finding;

  if (evidence->service == NULL)
    return judge_practice ();
  if (is_answering (evidence->service))
    return eonay_finding_new (EONAY_FINDING_OK,
                              g_strdup (_ ("The smart card service (pcscd) is running.")));

  if (evidence->service->socket == EONAY_PCSC_SOCKET_DENIED)
    return eonay_finding_new (EONAY_FINDING_UNKNOWN,
                              g_strdup (_ ("You may not ask whether the service is running.")));
  if (get_error_code (evidence->service) == EONAY_CARD_ERROR_UNRESPONSIVE)
    finding = judge_silent_service ();
  else if (get_error_code (evidence->service) == EONAY_CARD_ERROR_NO_SERVICE)
    finding = judge_missing_service (evidence);
  else
    finding = eonay_finding_new_error (evidence->service->error);

  if (eonay_judge_can_sign (evidence))
    {
      finding->state = EONAY_FINDING_WARNING;
      eonay_finding_add (finding, _ ("The card that is in use does not need it."));
    }

  return finding;
}

static EonayFinding *
judge_unreached (void)
{
  return eonay_finding_new (EONAY_FINDING_UNKNOWN,
                            g_strdup (_ ("Not checked, as the service cannot be reached.")));
}

/* Only relevant if no card can be used without the service. */
static EonayFinding *
judge_refusal (const EonayCardEvidence *evidence, int code)
{
  EonayFinding *finding = eonay_finding_new_card_error (code);

  if (eonay_judge_can_sign (evidence))
    finding->state = EONAY_FINDING_WARNING;

  return finding;
}

static gboolean
is_denied (const EonayPcscProbeFacts *facts)
{
  return get_error_code (facts) == EONAY_CARD_ERROR_ACCESS_DENIED ||
         facts->socket == EONAY_PCSC_SOCKET_DENIED;
}

EonayFinding *
eonay_judge_permission (const EonayCardEvidence *evidence)
{
  if (evidence->service == NULL)
    return judge_practice ();
  if (is_denied (evidence->service))
    return judge_refusal (evidence, EONAY_CARD_ERROR_ACCESS_DENIED);
  if (!is_answering (evidence->service))
    return judge_unreached ();

  return eonay_finding_new (EONAY_FINDING_OK, g_strdup (_ ("You may use the smart card service.")));
}

EonayFinding *
eonay_judge_protocol (const EonayCardEvidence *evidence)
{
  if (evidence->service == NULL)
    return judge_practice ();
  if (get_error_code (evidence->service) == EONAY_CARD_ERROR_SERVICE_MISMATCH)
    return judge_refusal (evidence, EONAY_CARD_ERROR_SERVICE_MISMATCH);
  if (evidence->service->error != NULL)
    return judge_unreached ();

  return eonay_finding_new (EONAY_FINDING_OK,
                            g_strdup (_ ("Program and service understand each other.")));
}

char *
eonay_judge_name_reader (const EonayCardFacts *card)
{
  if (!card->is_module)
    return eonay_report_redaction_apply_reader (card->reader);

  /* The file that does not work must be named; what a working one calls its slot may be anything. */
  return g_strdup (eonay_card_facts_blames_module (card) ? card->reader
                                                         : EONAY_REPORT_REDACTION_MODULE);
}

EonayFinding *
eonay_judge_reader (const EonayCardEvidence *evidence)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;
  g_autofree char *list = NULL;
  gboolean has_reader = eonay_judge_has_reader (evidence);

  if (!has_reader && evidence->service != NULL && evidence->service->error != NULL)
    return judge_unreached ();
  if (!has_reader)
    return eonay_finding_new_card_error (EONAY_CARD_ERROR_NO_READER);

  for (guint i = 0; i < evidence->cards->len; i++)
    {
      const EonayCardFacts *card = evidence->cards->pdata[i];

      if (eonay_card_facts_is_reader (card))
        {
          g_autofree char *name = eonay_judge_name_reader (card);

          g_strv_builder_add (builder, name);
        }
    }
  names = g_strv_builder_end (builder);
  list = g_strjoinv ("\n", names);

  return eonay_finding_new (EONAY_FINDING_OK, g_steal_pointer (&list));
}
