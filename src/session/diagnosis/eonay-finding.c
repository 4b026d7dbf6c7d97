#include "session/diagnosis/eonay-finding.h"

#include <glib/gi18n-lib.h>

#include "base/eonay-error.h"

static const struct {
  const char *word;
  const char *description;
} states[] = {
  [EONAY_FINDING_PENDING] = { "pending", N_ ("Being checked…") },
  [EONAY_FINDING_NOT_APPLICABLE] = { "not-applicable", N_ ("Not needed") },
  [EONAY_FINDING_OK] = { "ok", N_ ("All right") },
  [EONAY_FINDING_WARNING] = { "warning", N_ ("Take care") },
  [EONAY_FINDING_UNKNOWN] = { "unknown", N_ ("Not checked") },
  [EONAY_FINDING_FAILURE] = { "failure", N_ ("Problem") },
};

G_DEFINE_ENUM_TYPE (EonayFindingState, eonay_finding_state,
                    G_DEFINE_ENUM_VALUE (EONAY_FINDING_PENDING, "pending"),
                    G_DEFINE_ENUM_VALUE (EONAY_FINDING_NOT_APPLICABLE, "not-applicable"),
                    G_DEFINE_ENUM_VALUE (EONAY_FINDING_OK, "ok"),
                    G_DEFINE_ENUM_VALUE (EONAY_FINDING_WARNING, "warning"),
                    G_DEFINE_ENUM_VALUE (EONAY_FINDING_UNKNOWN, "unknown"),
                    G_DEFINE_ENUM_VALUE (EONAY_FINDING_FAILURE, "failure"))

const char *
eonay_finding_state_to_word (EonayFindingState state)
{
  return states[state].word;
}

const char *
eonay_finding_state_describe (EonayFindingState state)
{
  return _ (states[state].description);
}

EonayFinding *
eonay_finding_new (EonayFindingState state, char *found)
{
  return eonay_finding_new_remedy (state, NULL, found, "");
}

EonayFinding *
eonay_finding_new_remedy (EonayFindingState state, const char *code, char *found,
                          const char *remedy)
{
  EonayFinding *self = g_new0 (EonayFinding, 1);

  self->state = state;
  self->code = code;
  self->found = found;
  self->remedy = g_strdup (remedy);

  return self;
}

EonayFinding *
eonay_finding_new_error (const GError *error)
{
  g_autoptr (EonayAdvice) advice = eonay_advice_new (error);
  EonayFinding *self = eonay_finding_new_remedy (EONAY_FINDING_FAILURE, advice->code,
                                                 g_strdup (advice->what), advice->remedy);

  /* The others are for the midst of a signing. */
  if (advice->action == EONAY_ADVICE_ACTION_RETRY ||
      advice->action == EONAY_ADVICE_ACTION_OPEN_MY_CARD)
    self->action = advice->action;

  return self;
}

EonayFinding *
eonay_finding_new_card_error (int code)
{
  g_autoptr (GError) error = g_error_new_literal (EONAY_CARD_ERROR, code, "");

  return eonay_finding_new_error (error);
}

EonayFinding *
eonay_finding_new_portal_error (int code)
{
  g_autoptr (GError) error = g_error_new_literal (EONAY_PORTAL_ERROR, code, "");

  return eonay_finding_new_error (error);
}

void
eonay_finding_free (EonayFinding *self)
{
  if (self == NULL)
    return;

  g_free (self->found);
  g_free (self->remedy);
  g_free (self);
}

void
eonay_finding_add (EonayFinding *self, const char *sentence)
{
  g_autofree char *alone = self->found;

  self->found = g_strjoin (" ", alone, sentence, NULL);
}

static EonayFindingState
merge_states (GPtrArray *findings, gboolean one_is_enough)
{
  EonayFindingState best = EONAY_FINDING_FAILURE;
  EonayFindingState worst = EONAY_FINDING_PENDING;

  for (guint i = 0; i < findings->len; i++)
    {
      const EonayFinding *finding = findings->pdata[i];

      best = MIN (best, finding->state);
      worst = MAX (worst, finding->state);
    }

  return one_is_enough && best <= EONAY_FINDING_WARNING ? MIN (worst, EONAY_FINDING_WARNING)
                                                        : worst;
}

EonayFinding *
eonay_finding_merge (GPtrArray *findings, GPtrArray *names, gboolean one_is_enough)
{
  g_autoptr (GPtrArray) owned = findings;
  g_autoptr (GString) found = g_string_new (NULL);
  EonayFinding *gravest = NULL;
  guint position;

  g_return_val_if_fail (findings->len > 0, NULL);

  for (guint i = 0; i < findings->len; i++)
    {
      EonayFinding *finding = findings->pdata[i];

      if (gravest == NULL || finding->state > gravest->state)
        gravest = finding;
      if (findings->len > 1)
        g_string_append_printf (found, "%s%s: %s", i > 0 ? "\n" : "",
                                (const char *) names->pdata[i], finding->found);
    }

  gravest->state = merge_states (findings, one_is_enough);
  if (findings->len > 1)
    {
      g_free (gravest->found);
      gravest->found = g_string_free (g_steal_pointer (&found), FALSE);
    }
  g_ptr_array_find (findings, gravest, &position);

  return g_ptr_array_steal_index_fast (findings, position);
}
