#include "base/eonay-error.h"
#include "session/eonay-finding-words.h"
#include "session/sign/eonay-session-private.h"

static guint
count_documents (EonaySession *self)
{
  if (self->transaction == NULL)
    return 0;

  return g_list_model_get_n_items (eonay_transaction_get_documents (self->transaction));
}

void
eonay_session_mark_seen (EonaySession *self, guint index)
{
  g_return_if_fail (EONAY_IS_SESSION (self));

  if (self->state == EONAY_SESSION_REVIEWING && index < count_documents (self) &&
      self->faults[index] == NULL)
    self->seen |= 1u << index;
}

void
eonay_session_set_fault (EonaySession *self, guint index, const GError *error)
{
  g_return_if_fail (EONAY_IS_SESSION (self));

  if ((self->state != EONAY_SESSION_REVIEWING && self->state != EONAY_SESSION_WAITING_PIN) ||
      index >= count_documents (self))
    return;

  g_clear_error (&self->faults[index]);
  self->faults[index] = error != NULL ? g_error_copy (error) : NULL;
}

gboolean
eonay_session_was_seen (EonaySession *self, guint index)
{
  g_return_val_if_fail (EONAY_IS_SESSION (self), FALSE);

  return index < count_documents (self) && (self->seen & 1u << index) != 0;
}

EonayPdfInspection *
eonay_session_get_inspection (EonaySession *self, guint index)
{
  g_return_val_if_fail (EONAY_IS_SESSION (self), NULL);

  return self->inspections != NULL && index < self->inspections->len
             ? self->inspections->pdata[index]
             : NULL;
}

static gboolean
has_warnings (EonaySession *self, guint index)
{
  EonayPdfInspection *inspection = eonay_session_get_inspection (self, index);
  g_auto (GStrv) warnings = NULL;
  const EonayPdfFinding *findings;
  guint n_findings;

  if (inspection == NULL)
    return FALSE;

  findings = eonay_pdf_inspection_get_findings (inspection, &n_findings);
  warnings = eonay_finding_words_list (findings, n_findings, TRUE, FALSE);

  return warnings[0] != NULL;
}

void
eonay_session_note_incomplete (EonaySession *self, guint index, guint n_pages)
{
  g_return_if_fail (EONAY_IS_SESSION (self));

  if (index >= count_documents (self) || n_pages <= self->n_incomplete[index])
    return;

  self->n_incomplete[index] = n_pages;
  self->warned &= ~(1u << index);
}

void
eonay_session_mark_warned (EonaySession *self, guint index)
{
  g_return_if_fail (EONAY_IS_SESSION (self));

  if (self->state == EONAY_SESSION_REVIEWING && index < count_documents (self))
    self->warned |= 1u << index;
}

gboolean
eonay_session_was_warned (EonaySession *self, guint index)
{
  g_return_val_if_fail (EONAY_IS_SESSION (self), FALSE);

  return index < count_documents (self) &&
         ((self->warned & 1u << index) != 0 ||
          (self->n_incomplete[index] == 0 && !has_warnings (self, index)));
}

/* Whether document number @index was looked at as it has to be. */
static gboolean
was_reviewed (EonaySession *self, guint index, GError **error)
{
  gboolean is_pdf = eonay_session_get_inspection (self, index) != NULL;

  if (!eonay_session_was_warned (self, index))
    g_set_error (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_WARNING_NOT_READ,
                 "The warnings of document %u have not been read", index + 1);
  else if (!eonay_session_was_seen (self, index))
    g_set_error (error, EONAY_SESSION_ERROR,
                 is_pdf ? EONAY_SESSION_ERROR_PAGES_NOT_SEEN : EONAY_SESSION_ERROR_NOT_REVIEWED,
                 "Document %u has not been on screen", index + 1);
  else
    return TRUE;

  return FALSE;
}

gboolean
eonay_session_can_sign (EonaySession *self, GError **error)
{
  g_return_val_if_fail (EONAY_IS_SESSION (self), FALSE);

  if (self->transaction == NULL || count_documents (self) == 0)
    {
      g_set_error_literal (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_WRONG_STATE,
                           "There is nothing to sign");
      return FALSE;
    }

  for (guint i = 0; i < count_documents (self); i++)
    if (self->faults[i] != NULL)
      {
        g_propagate_error (error, g_error_copy (self->faults[i]));
        return FALSE;
      }

  for (guint i = 0; i < count_documents (self); i++)
    if (!was_reviewed (self, i, error))
      return FALSE;

  /* The reason may have become known since it was chosen. */
  if (self->candidate != NULL &&
      eonay_candidate_get_reasons (self->candidate) == EONAY_CANDIDATE_PIN_BLOCKED)
    {
      g_propagate_error (error, eonay_card_error_new_pin_wrong (0));
      return FALSE;
    }

  if (self->candidate == NULL || !eonay_candidate_is_usable (self->candidate))
    {
      g_set_error_literal (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_NO_CERTIFICATE,
                           "No usable certificate is chosen");
      return FALSE;
    }

  return TRUE;
}
