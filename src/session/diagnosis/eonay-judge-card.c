#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/eonay-error.h"
#include "session/diagnosis/eonay-judge.h"
#include "session/diagnosis/eonay-report-redaction.h"
#include "session/eonay-advice.h"
#include "session/eonay-words.h"

#define SERIAL_SHOWN 4
#define RENEW_DAYS 90
#define URGENT_DAYS 25

typedef EonayFinding *(*JudgeOne) (const EonayCardFacts *card);

static gboolean
has_card (const EonayCardFacts *card)
{
  return eonay_card_facts_is_reader (card) && (card->state != EONAY_READER_EMPTY || card->is_mute);
}

static EonayFinding *
judge_unread (void)
{
  return eonay_finding_new (EONAY_FINDING_UNKNOWN,
                            g_strdup (_ ("Not checked, as no card can be read.")));
}

/* Of every reader that @is_asked; of none what @without says. */
static EonayFinding *
judge_each (const EonayCardEvidence *evidence, gboolean (*is_asked) (const EonayCardFacts *card),
            JudgeOne judge, JudgeOne without)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func ((GDestroyNotify) eonay_finding_free);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < evidence->cards->len; i++)
    {
      EonayCardFacts *card = evidence->cards->pdata[i];

      if (!is_asked (card))
        continue;
      g_ptr_array_add (findings, judge (card));
      g_ptr_array_add (names, eonay_judge_name_reader (card));
    }
  if (findings->len == 0)
    {
      g_ptr_array_add (findings, without (NULL));
      g_ptr_array_add (names, g_strdup (""));
    }

  return eonay_finding_merge (findings, names, eonay_judge_can_sign (evidence));
}

static EonayFinding *
judge_no_card (const EonayCardFacts *card)
{
  return eonay_finding_new_card_error (EONAY_CARD_ERROR_NO_CARD);
}

static EonayFinding *
judge_nothing (const EonayCardFacts *card)
{
  return judge_unread ();
}

static char *
describe_card (const EonayCardFacts *card)
{
  gsize length = strlen (card->serial);

  /* A module says of a card what it likes. */
  if (card->backend != NULL)
    return g_strdup (EONAY_REPORT_REDACTION_MODULE);
  /* A short one would be shown completely. */
  if (length <= SERIAL_SHOWN)
    return g_strdup (card->model);

  return g_strdup_printf (_ ("%s · serial number …%s"), card->model,
                          card->serial + length - SERIAL_SHOWN);
}

static EonayFinding *
judge_unanswering (void)
{
  EonayFinding *finding = eonay_finding_new_card_error (EONAY_CARD_ERROR_UNRESPONSIVE);

  finding->action = EONAY_ADVICE_ACTION_RETRY;

  return finding;
}

static char *
describe_stranger (const EonayCardFacts *card)
{
  if (*card->atr == '\0')
    return g_strdup (_ ("There is a card in the reader, and it answers."));

  return g_strdup_printf (_ ("There is a card in the reader, and it answers. ATR: %s"), card->atr);
}

static EonayFinding *
judge_one_card (const EonayCardFacts *card)
{
  if (card->is_mute || card->state == EONAY_READER_READING)
    return judge_unanswering ();
  if (card->state == EONAY_READER_READY)
    return eonay_finding_new (EONAY_FINDING_OK, describe_card (card));
  if (card->state == EONAY_READER_FAILED && card->error != NULL &&
      !eonay_card_facts_blames_module (card))
    return eonay_finding_new_error (card->error);

  return eonay_finding_new (EONAY_FINDING_OK, describe_stranger (card));
}

EonayFinding *
eonay_judge_card (const EonayCardEvidence *evidence)
{
  return judge_each (evidence, has_card, judge_one_card,
                     eonay_judge_has_reader (evidence) ? judge_no_card : judge_nothing);
}

static EonayFinding *
judge_missing_driver (const EonayCardFacts *card, int code)
{
  EonayFinding *finding = card->error != NULL ? eonay_finding_new_error (card->error)
                                              : eonay_finding_new_card_error (code);

  if (*card->module != '\0')
    {
      g_autofree char *module = g_strdup_printf (_ ("The module of its driver: %s"), card->module);

      eonay_finding_add (finding, module);
    }
  if (*card->atr != '\0')
    {
      g_autofree char *atr = g_strdup_printf ("ATR: %s", card->atr);

      eonay_finding_add (finding, atr);
    }
  if (finding->action == EONAY_ADVICE_ACTION_NONE)
    finding->action = EONAY_ADVICE_ACTION_PREFERENCES;

  return finding;
}

static gboolean
has_key_for_module (const EonayCardFacts *card)
{
  for (guint i = 0; i < card->certificates->len; i++)
    if (((EonayCertificateFacts *) card->certificates->pdata[i])->reasons &
        EONAY_CANDIDATE_MODULE_NEEDED)
      return TRUE;

  return FALSE;
}

static EonayFinding *
judge_one_driver (const EonayCardFacts *card)
{
  if (card->state == EONAY_READER_READY && !card->can_use_keys)
    return judge_missing_driver (card, EONAY_CARD_ERROR_MODULE_NEEDED);
  if (card->state == EONAY_READER_READY && card->backend != NULL)
    return eonay_finding_new (
        EONAY_FINDING_OK,
        g_strdup_printf (_ ("The card is used through the module %s."), card->backend));
  if (card->state == EONAY_READER_READY && has_key_for_module (card))
    return eonay_finding_new_remedy (
        EONAY_FINDING_WARNING, NULL,
        g_strdup (
            _ ("e-Onay reads this card itself, but does not know how one of its keys signs.")),
        _ ("To sign with that key, install the card’s driver."));
  if (card->state == EONAY_READER_READY)
    return eonay_finding_new (EONAY_FINDING_OK,
                              g_strdup (_ ("e-Onay reads this card itself; it needs no driver.")));
  if (card->state == EONAY_READER_UNSUPPORTED || eonay_card_facts_blames_module (card))
    return judge_missing_driver (card, EONAY_CARD_ERROR_UNSUPPORTED);

  return judge_unread ();
}

/* A failed module is reported without a reader, too. */
static gboolean
needs_driver (const EonayCardFacts *card)
{
  return has_card (card) || !eonay_card_facts_is_reader (card);
}

EonayFinding *
eonay_judge_driver (const EonayCardEvidence *evidence)
{
  return judge_each (evidence, needs_driver, judge_one_driver, judge_nothing);
}

/* Not the text for a blocked PIN, which refers to the PUK. */
static EonayFinding *
judge_final_block (const GError *unblock_error)
{
  EonayFinding *finding = eonay_finding_new_card_error (EONAY_CARD_ERROR_PIN_BLOCKED);
  g_autoptr (EonayAdvice) advice = eonay_advice_new (unblock_error);

  eonay_finding_add (finding, advice->what);
  finding->code = advice->code;
  g_free (finding->remedy);
  finding->remedy = g_strdup (advice->remedy);
  finding->action = EONAY_ADVICE_ACTION_NONE;

  return finding;
}

/* @unblock_error: (nullable) */
static EonayFinding *
judge_tries (const EonayPinState *pin, const EonayPinState *puk, const GError *unblock_error)
{
  int left = pin->tries_left;

  if (pin->blocked && puk->blocked)
    return eonay_finding_new_card_error (EONAY_CARD_ERROR_PUK_BLOCKED);
  if (pin->blocked && unblock_error != NULL)
    return judge_final_block (unblock_error);
  if (pin->blocked)
    return eonay_finding_new_card_error (EONAY_CARD_ERROR_PIN_BLOCKED);
  if (!pin->known || left < 0)
    return eonay_finding_new (EONAY_FINDING_UNKNOWN,
                              g_strdup (_ ("The card does not say how many tries are left.")));
  if (left == 1)
    return eonay_finding_new_remedy (
        EONAY_FINDING_WARNING, NULL, g_strdup (_ ("Only one try is left.")),
        _ ("Type the PIN with care: when no tries are left, the card blocks itself."));

  return eonay_finding_new (EONAY_FINDING_OK,
                            g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d try is left.",
                                                          "%d tries are left.", (gulong) left),
                                             left));
}

/* State that was read earlier may be outdated. */
static EonayFinding *
judge_unsaid (const GError *error)
{
  EonayFinding *finding = eonay_finding_new_error (error);

  finding->state = EONAY_FINDING_UNKNOWN;
  if (finding->action == EONAY_ADVICE_ACTION_NONE)
    finding->action = EONAY_ADVICE_ACTION_RETRY;

  return finding;
}

static EonayFinding *
judge_one_pin (const EonayCardFacts *card)
{
  GPtrArray *findings = NULL;
  g_autoptr (GPtrArray) names = NULL;

  if (card->pin_error != NULL)
    return judge_unsaid (card->pin_error);

  findings = g_ptr_array_new_with_free_func ((GDestroyNotify) eonay_finding_free);
  names = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < card->pins->len; i++)
    {
      g_ptr_array_add (findings, judge_tries (&g_array_index (card->pins, EonayPinState, i),
                                              &g_array_index (card->puks, EonayPinState, i),
                                              g_ptr_array_index (card->unblock_errors, i)));
      g_ptr_array_add (names, g_strdup_printf ("PIN %u", i + 1));
    }
  if (findings->len == 0)
    {
      g_ptr_array_add (findings, judge_unread ());
      g_ptr_array_add (names, g_strdup (""));
    }

  return eonay_finding_merge (findings, names, eonay_card_facts_can_sign (card));
}

EonayFinding *
eonay_judge_pin (const EonayCardEvidence *evidence)
{
  return judge_each (evidence, has_card, judge_one_pin, judge_nothing);
}

/* Reasons that other checks report. */
static EonayCandidateReasons
get_own_reasons (const EonayCertificateFacts *facts)
{
  return facts->reasons & ~(EONAY_CANDIDATE_PIN_BLOCKED | EONAY_CANDIDATE_MODULE_NEEDED);
}

static const EonayCertificateFacts *
find_best (const EonayCardFacts *card)
{
  const EonayCertificateFacts *best = NULL;

  for (guint i = 0; i < card->certificates->len; i++)
    {
      const EonayCertificateFacts *facts = card->certificates->pdata[i];

      if (get_own_reasons (facts) != EONAY_CANDIDATE_USABLE)
        continue;
      if (best == NULL || facts->is_qualified > best->is_qualified ||
          (facts->is_qualified == best->is_qualified && facts->days_left > best->days_left))
        best = facts;
    }

  return best;
}

static char *
describe_useless (const EonayCertificateFacts *facts)
{
  g_autofree char *date = NULL;

  if (facts->reasons & EONAY_CANDIDATE_EXPIRED)
    {
      date = eonay_words_date (facts->not_after);
      return g_strdup_printf (_ ("The certificate expired on %s."), date);
    }
  if (facts->reasons & EONAY_CANDIDATE_NOT_YET_VALID)
    {
      date = eonay_words_date (facts->not_before);
      return g_strdup_printf (_ ("The certificate is valid only from %s."), date);
    }
  if (facts->reasons & EONAY_CANDIDATE_NO_KEY)
    return g_strdup (_ ("The certificate’s key is not on the card."));
  if (facts->reasons & EONAY_CANDIDATE_SEAL)
    return g_strdup (_ ("The certificate is a seal, not a person’s."));

  return g_strdup (_ ("The certificate is not one to sign with."));
}

static EonayFinding *
judge_useless (const EonayCardFacts *card)
{
  g_autoptr (GString) found = g_string_new (NULL);
  EonayCandidateReasons reasons = 0;
  const char *remedy = _ ("Insert the card with your signing certificate.");

  for (guint i = 0; i < card->certificates->len; i++)
    {
      EonayCertificateFacts *facts = card->certificates->pdata[i];
      g_autofree char *text = describe_useless (facts);

      reasons |= facts->reasons;
      if (strstr (found->str, text) == NULL)
        g_string_append_printf (found, "%s%s", found->len > 0 ? " " : "", text);
    }
  if (reasons & EONAY_CANDIDATE_EXPIRED)
    remedy =
        _ ("If the computer’s date is right, apply to your certificate provider for a new one.");
  else if (reasons & EONAY_CANDIDATE_NOT_YET_VALID)
    remedy = _ ("If the computer’s date is right, wait until it is valid, or insert another card.");

  return eonay_finding_new_remedy (EONAY_FINDING_FAILURE, "IMZA-03",
                                   g_string_free (g_steal_pointer (&found), FALSE), remedy);
}

static char *
describe_certificate (const EonayCertificateFacts *facts)
{
  g_autofree char *date = eonay_words_date (facts->not_after);

  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "A certificate can sign until %s; %d day is left.",
                   "A certificate can sign until %s; %d days are left.", (gulong) facts->days_left),
      date, facts->days_left);
}

static EonayFinding *
judge_best (const EonayCertificateFacts *best)
{
  char *found = describe_certificate (best);

  if (best->days_left <= URGENT_DAYS)
    return eonay_finding_new_remedy (
        EONAY_FINDING_WARNING, NULL, found,
        _ ("It ends soon: ask your certificate provider for a new one now."));
  if (best->days_left <= RENEW_DAYS)
    return eonay_finding_new_remedy (EONAY_FINDING_WARNING, NULL, found,
                                     _ ("It can be renewed now, on the provider’s portal."));
  if (!best->is_qualified)
    return eonay_finding_new_remedy (
        EONAY_FINDING_WARNING, NULL, found,
        _ ("It is not a qualified one; portals that ask for a qualified one do not take it."));

  return eonay_finding_new (EONAY_FINDING_OK, found);
}

static EonayFinding *
judge_one_certificate (const EonayCardFacts *card)
{
  const EonayCertificateFacts *best = find_best (card);

  if (card->state != EONAY_READER_READY)
    return judge_unread ();
  if (best != NULL)
    return judge_best (best);
  if (card->certificates->len > 0)
    return judge_useless (card);
  if (card->n_unreadable > 0)
    return eonay_finding_new_remedy (EONAY_FINDING_FAILURE, "IMZA-02",
                                     g_strdup (_ ("The certificate cannot be read.")),
                                     _ ("Have the card checked by your certificate provider."));

  return eonay_finding_new_remedy (EONAY_FINDING_FAILURE, "IMZA-11",
                                   g_strdup (_ ("There is no certificate on the card.")),
                                   _ ("Insert the card with your signing certificate."));
}

EonayFinding *
eonay_judge_certificate (const EonayCardEvidence *evidence)
{
  return judge_each (evidence, has_card, judge_one_certificate, judge_nothing);
}
