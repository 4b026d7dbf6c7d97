#include "base/eonay-error.h"
#include "session/unblock/eonay-unblock-private.h"

/* A report goes on when a new code has been begun with: it knows what it is about. */
typedef struct {
  EonayUnblock *unblock;
  EonayTransaction *transaction;
} Report;

static void
report_free (Report *report)
{
  g_object_unref (report->unblock);
  g_object_unref (report->transaction);
  g_free (report);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Report, report_free)

static Report *
report_new (EonayUnblock *self)
{
  Report *report = g_new0 (Report, 1);

  report->unblock = g_object_ref (self);
  report->transaction = g_object_ref (self->transaction);

  return report;
}

static void
end_report (Report *report, const GError *error)
{
  if (error != NULL)
    g_debug ("The portal was not told: %s", error->message);
  if (report->unblock->transaction == report->transaction)
    eonay_unblock_set_report (report->unblock, error == NULL ? EONAY_UNBLOCK_REPORT_TOLD
                                                             : EONAY_UNBLOCK_REPORT_UNTOLD);
}

static void
on_reported (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Report) report = user_data;
  g_autoptr (GError) error = NULL;

  eonay_portal_report_unblock_finish (EONAY_PORTAL (source), result, &error);
  end_report (report, error);
}

static void
on_declined (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Report) report = user_data;
  g_autoptr (GError) error = NULL;

  eonay_portal_decline_finish (EONAY_PORTAL (source), result, &error);
  end_report (report, error);
}

/* What the code turned out to be for, and nobody took over, has no outcome: it is declined. */
static void
tell (EonayUnblock *self)
{
  eonay_unblock_set_report (self, EONAY_UNBLOCK_REPORT_TELLING);
  if (eonay_transaction_get_operation (self->transaction) == EONAY_OPERATION_UNBLOCK)
    eonay_portal_report_unblock_async (self->portal, self->transaction, self->outcome, NULL,
                                       on_reported, report_new (self));
  else
    eonay_portal_decline_async (self->portal, self->transaction, NULL, on_declined,
                                report_new (self));
}

void
eonay_unblock_tell (EonayUnblock *self, EonayUnblockOutcome outcome)
{
  self->outcome = outcome;
  tell (self);
}

void
eonay_unblock_report_again (EonayUnblock *self)
{
  g_return_if_fail (EONAY_IS_UNBLOCK (self));

  if (self->report == EONAY_UNBLOCK_REPORT_UNTOLD)
    tell (self);
}

void
eonay_unblock_fail (EonayUnblock *self, EonayUnblockOutcome outcome, GError *error)
{
  eonay_unblock_tell (self, outcome);
  eonay_unblock_go (self, EONAY_UNBLOCK_FAILED, error);
}

void
eonay_unblock_end_unused (EonayUnblock *self, EonayUnblockState state, GError *error)
{
  /* Whether it has given its PUK or not: the card has not had it. */
  if (self->asked)
    eonay_unblock_tell (self, EONAY_UNBLOCK_OUTCOME_CANCELLED);
  eonay_unblock_go (self, state, error);
}
