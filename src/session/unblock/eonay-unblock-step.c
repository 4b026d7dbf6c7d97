#include "base/eonay-error.h"
#include "session/unblock/eonay-unblock-private.h"

void
eonay_unblock_step_free (EonayUnblockStep *step)
{
  g_object_unref (step->unblock);
  g_object_unref (step->cancellable);
  g_free (step);
}

EonayUnblockStep *
eonay_unblock_step_new (EonayUnblock *self)
{
  EonayUnblockStep *step = g_new0 (EonayUnblockStep, 1);

  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  step->unblock = g_object_ref (self);
  step->cancellable = g_object_ref (self->cancellable);

  return step;
}

gboolean
eonay_unblock_step_counts (EonayUnblockStep *step)
{
  return step->unblock->cancellable == step->cancellable;
}

gboolean
eonay_unblock_is_portal_error (const GError *error, EonayPortalError code)
{
  return g_error_matches (error, EONAY_PORTAL_ERROR, (int) code);
}

/* Another try of the same may do better: the portal has not said a last word. */
gboolean
eonay_unblock_may_pass (const GError *error)
{
  return eonay_unblock_is_portal_error (error, EONAY_PORTAL_ERROR_UNREACHABLE) ||
         eonay_unblock_is_portal_error (error, EONAY_PORTAL_ERROR_TIMED_OUT) ||
         eonay_unblock_is_portal_error (error, EONAY_PORTAL_ERROR_TLS) ||
         eonay_unblock_is_portal_error (error, EONAY_PORTAL_ERROR_TOO_MANY_REQUESTS) ||
         eonay_unblock_is_portal_error (error, EONAY_PORTAL_ERROR_UNAVAILABLE) ||
         eonay_unblock_is_portal_error (error, EONAY_PORTAL_ERROR_MALFORMED) ||
         eonay_unblock_is_portal_error (error, EONAY_PORTAL_ERROR_TOO_LARGE);
}

gboolean
eonay_unblock_is_time_over (EonayUnblock *self, const GError *error)
{
  return eonay_unblock_is_portal_error (error, EONAY_PORTAL_ERROR_EXPIRED) ||
         (eonay_unblock_may_pass (error) && eonay_deadline_is_expired (self->deadline));
}
