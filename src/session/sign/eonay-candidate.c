#include "session/sign/eonay-candidate.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _EonayCandidate {
  GObject parent_instance;

  EonayToken *token;
  EonayTokenCertificate *token_certificate;
  EonayCertificate *certificate;
  EonayCandidateReasons reasons;
};

G_DEFINE_FINAL_TYPE (EonayCandidate, eonay_candidate, G_TYPE_OBJECT)

/* The most important first: reasons that no waiting, unblocking or other portal page can change. */
static const struct {
  EonayCandidateReasons reason;
  const char *text;
} descriptions[] = {
  { EONAY_CANDIDATE_SEAL, N_ ("A seal certificate") },
  { EONAY_CANDIDATE_NOT_FOR_SIGNATURE, N_ ("Not for signatures") },
  { EONAY_CANDIDATE_NOT_QUALIFIED, N_ ("Not a qualified certificate") },
  { EONAY_CANDIDATE_NO_KEY, N_ ("Its key is not on the card") },
  { EONAY_CANDIDATE_UNSUPPORTED_KEY, N_ ("Its kind of key is not supported") },
  { EONAY_CANDIDATE_EXPIRED, N_ ("Expired") },
  { EONAY_CANDIDATE_NOT_YET_VALID, N_ ("Not valid yet") },
  { EONAY_CANDIDATE_OTHER_PERSON, N_ ("Not the person whom the portal expects") },
  { EONAY_CANDIDATE_MODULE_NEEDED, N_ ("A driver module is needed") },
  { EONAY_CANDIDATE_PIN_BLOCKED, N_ ("PIN blocked") },
};

static void
eonay_candidate_dispose (GObject *object)
{
  EonayCandidate *self = EONAY_CANDIDATE (object);

  g_clear_object (&self->token);
  g_clear_object (&self->token_certificate);
  g_clear_object (&self->certificate);

  G_OBJECT_CLASS (eonay_candidate_parent_class)->dispose (object);
}

static void
eonay_candidate_class_init (EonayCandidateClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = eonay_candidate_dispose;
}

static void
eonay_candidate_init (EonayCandidate *self)
{
}

EonayCandidate *
eonay_candidate_new (EonayToken *token, EonayTokenCertificate *token_certificate,
                     EonayCertificate *certificate, EonayCandidateReasons reasons)
{
  EonayCandidate *self;

  g_return_val_if_fail (EONAY_IS_TOKEN (token), NULL);
  g_return_val_if_fail (EONAY_IS_TOKEN_CERTIFICATE (token_certificate), NULL);
  g_return_val_if_fail (EONAY_IS_CERTIFICATE (certificate), NULL);

  self = g_object_new (EONAY_TYPE_CANDIDATE, NULL);
  self->token = g_object_ref (token);
  self->token_certificate = g_object_ref (token_certificate);
  self->certificate = g_object_ref (certificate);
  self->reasons = reasons;

  return self;
}

static EonayCandidateReasons
judge_certificate (EonayCertificate *certificate, gboolean qualified, GDateTime *now)
{
  EonayCertificateProblems problems = eonay_certificate_get_problems (certificate, now);
  EonayCandidateReasons reasons = EONAY_CANDIDATE_USABLE;

  if (problems & EONAY_CERTIFICATE_PROBLEM_EXPIRED)
    reasons |= EONAY_CANDIDATE_EXPIRED;
  if (problems & EONAY_CERTIFICATE_PROBLEM_NOT_YET_VALID)
    reasons |= EONAY_CANDIDATE_NOT_YET_VALID;
  if (problems & EONAY_CERTIFICATE_PROBLEM_SEAL)
    reasons |= EONAY_CANDIDATE_SEAL;
  if (problems & (EONAY_CERTIFICATE_PROBLEM_USAGE | EONAY_CERTIFICATE_PROBLEM_CRITICAL))
    reasons |= EONAY_CANDIDATE_NOT_FOR_SIGNATURE;
  if (qualified && (problems & EONAY_CERTIFICATE_PROBLEM_NOT_QUALIFIED))
    reasons |= EONAY_CANDIDATE_NOT_QUALIFIED;
  if (problems & EONAY_CERTIFICATE_PROBLEM_KEY)
    reasons |= EONAY_CANDIDATE_UNSUPPORTED_KEY;

  return reasons;
}

EonayCandidateReasons
eonay_candidate_judge (EonayToken *token, EonayTokenCertificate *token_certificate,
                       EonayCertificate *certificate, EonayTransaction *transaction, GDateTime *now)
{
  gboolean qualified = transaction != NULL && eonay_transaction_requires_qualified (transaction);
  const char *hint = transaction != NULL ? eonay_transaction_get_signer_hint (transaction) : NULL;
  EonayCandidateReasons reasons = judge_certificate (certificate, qualified, now);
  EonayPinState pin;

  if (!eonay_token_certificate_has_key (token_certificate))
    reasons |= EONAY_CANDIDATE_NO_KEY;
  else if (!eonay_token_certificate_may_sign (token_certificate))
    reasons |= EONAY_CANDIDATE_NOT_FOR_SIGNATURE;
  if (eonay_token_certificate_has_key (token_certificate) &&
      (!eonay_token_can_use_keys (token) ||
       eonay_token_certificate_needs_module (token_certificate)))
    reasons |= EONAY_CANDIDATE_MODULE_NEEDED;

  if (hint != NULL && g_strcmp0 (hint, eonay_certificate_get_national_id (certificate)) != 0)
    reasons |= EONAY_CANDIDATE_OTHER_PERSON;

  eonay_token_get_pin_state (token, token_certificate, &pin);
  if (pin.blocked)
    reasons |= EONAY_CANDIDATE_PIN_BLOCKED;

  return reasons;
}

EonayToken *
eonay_candidate_get_token (EonayCandidate *self)
{
  g_return_val_if_fail (EONAY_IS_CANDIDATE (self), NULL);

  return self->token;
}

EonayTokenCertificate *
eonay_candidate_get_token_certificate (EonayCandidate *self)
{
  g_return_val_if_fail (EONAY_IS_CANDIDATE (self), NULL);

  return self->token_certificate;
}

EonayCertificate *
eonay_candidate_get_certificate (EonayCandidate *self)
{
  g_return_val_if_fail (EONAY_IS_CANDIDATE (self), NULL);

  return self->certificate;
}

EonayCandidateReasons
eonay_candidate_get_reasons (EonayCandidate *self)
{
  g_return_val_if_fail (EONAY_IS_CANDIDATE (self), EONAY_CANDIDATE_NO_KEY);

  return self->reasons;
}

gboolean
eonay_candidate_is_usable (EonayCandidate *self)
{
  return eonay_candidate_get_reasons (self) == EONAY_CANDIDATE_USABLE;
}

/** Returns: (transfer full): with the module's name, if known and requested */
static char *
describe (EonayCandidate *self, gsize row)
{
  const char *module = eonay_token_get_module_name (self->token);

  if (descriptions[row].reason != EONAY_CANDIDATE_MODULE_NEEDED || module == NULL)
    return g_strdup (_ (descriptions[row].text));

  return g_strdup_printf (_ ("A driver module is needed (%s)"), module);
}

char *
eonay_candidate_describe_reason (EonayCandidate *self)
{
  EonayCandidateReasons reasons = eonay_candidate_get_reasons (self);

  for (gsize i = 0; i < G_N_ELEMENTS (descriptions); i++)
    if (reasons & descriptions[i].reason)
      return describe (self, i);

  return g_strdup ("");
}

char *
eonay_candidate_describe_reasons (EonayCandidate *self)
{
  EonayCandidateReasons reasons = eonay_candidate_get_reasons (self);
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (descriptions); i++)
    if (reasons & descriptions[i].reason)
      {
        g_autofree char *reason = describe (self, i);

        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", reason);
      }

  return g_string_free (text, FALSE);
}
