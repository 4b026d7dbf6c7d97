#include "base/eonay-error.h"
#include "session/eonay-unblock-private.h"

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
on_reported (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Report) report = user_data;
  g_autoptr (GError) error = NULL;
  gboolean told = eonay_portal_report_unblock_finish (EONAY_PORTAL (source), result, &error);

  if (!told)
    g_debug ("The portal was not told: %s", error->message);
  if (report->unblock->transaction == report->transaction)
    eonay_unblock_set_report (report->unblock, told ? EONAY_UNBLOCK_REPORT_TOLD
                                                    : EONAY_UNBLOCK_REPORT_UNTOLD);
}

static void
tell (EonayUnblock *self)
{
  eonay_unblock_set_report (self, EONAY_UNBLOCK_REPORT_TELLING);
  eonay_portal_report_unblock_async (self->portal, self->transaction, self->outcome, NULL,
                                     on_reported, report_new (self));
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
