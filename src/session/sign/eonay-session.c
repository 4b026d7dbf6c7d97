#include "session/sign/eonay-session-private.h"

#include <string.h>

#include "base/eonay-error.h"

G_DEFINE_ENUM_TYPE (EonaySessionState, eonay_session_state,
                    G_DEFINE_ENUM_VALUE (EONAY_SESSION_IDLE, "idle"),
                    G_DEFINE_ENUM_VALUE (EONAY_SESSION_RESOLVING, "resolving"),
                    G_DEFINE_ENUM_VALUE (EONAY_SESSION_REVIEWING, "reviewing"),
                    G_DEFINE_ENUM_VALUE (EONAY_SESSION_WAITING_PIN, "waiting-pin"),
                    G_DEFINE_ENUM_VALUE (EONAY_SESSION_SIGNING, "signing"),
                    G_DEFINE_ENUM_VALUE (EONAY_SESSION_SUBMITTING, "submitting"),
                    G_DEFINE_ENUM_VALUE (EONAY_SESSION_DONE, "done"),
                    G_DEFINE_ENUM_VALUE (EONAY_SESSION_DECLINED, "declined"),
                    G_DEFINE_ENUM_VALUE (EONAY_SESSION_EXPIRED, "expired"),
                    G_DEFINE_ENUM_VALUE (EONAY_SESSION_FAILED, "failed"))

G_DEFINE_ENUM_TYPE (EonaySessionReport, eonay_session_report,
                    G_DEFINE_ENUM_VALUE (EONAY_SESSION_REPORT_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (EONAY_SESSION_REPORT_TELLING, "telling"),
                    G_DEFINE_ENUM_VALUE (EONAY_SESSION_REPORT_TOLD, "told"),
                    G_DEFINE_ENUM_VALUE (EONAY_SESSION_REPORT_UNTOLD, "untold"))

#define BIT(state) (1u << EONAY_SESSION_##state)

static const guint edges[EONAY_SESSION_N_STATES] = {
  [EONAY_SESSION_IDLE] = BIT (RESOLVING) | BIT (REVIEWING),
  [EONAY_SESSION_RESOLVING] = BIT (REVIEWING) | BIT (IDLE) | BIT (EXPIRED) | BIT (FAILED),
  [EONAY_SESSION_REVIEWING] = BIT (WAITING_PIN) | BIT (IDLE) | BIT (DECLINED) | BIT (EXPIRED) |
                              BIT (FAILED),
  [EONAY_SESSION_WAITING_PIN] = BIT (SIGNING) | BIT (REVIEWING) | BIT (DECLINED) | BIT (EXPIRED),
  [EONAY_SESSION_SIGNING] = BIT (SUBMITTING) | BIT (WAITING_PIN) | BIT (REVIEWING) | BIT (EXPIRED) |
                            BIT (FAILED),
  [EONAY_SESSION_SUBMITTING] = BIT (DONE) | BIT (SUBMITTING) | BIT (EXPIRED) | BIT (FAILED),
  [EONAY_SESSION_DONE] = BIT (IDLE),
  [EONAY_SESSION_DECLINED] = BIT (IDLE),
  [EONAY_SESSION_EXPIRED] = BIT (IDLE),
  [EONAY_SESSION_FAILED] = BIT (SUBMITTING) | BIT (IDLE),
};

gboolean
eonay_session_may_go (EonaySessionState from, EonaySessionState to)
{
  g_return_val_if_fail (from < EONAY_SESSION_N_STATES && to < EONAY_SESSION_N_STATES, FALSE);

  return (edges[from] & 1u << to) != 0;
}

G_DEFINE_FINAL_TYPE (EonaySession, eonay_session, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_STATE,
  PROP_TRANSACTION,
  PROP_SECONDS_LEFT,
  PROP_CANDIDATE,
  PROP_ERROR,
  PROP_REPORT,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void
drop_deadline (EonaySession *self)
{
  if (self->deadline == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->deadline, self);
  g_clear_object (&self->deadline);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SECONDS_LEFT]);
}

static void
take_candidate (EonaySession *self, EonayCandidate *candidate)
{
  if (g_set_object (&self->candidate, candidate))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CANDIDATE]);
}

static void
take_transaction (EonaySession *self, EonayTransaction *transaction)
{
  if (!g_set_object (&self->transaction, transaction))
    return;

  if (self->candidates != NULL)
    eonay_candidate_list_set_transaction (self->candidates, transaction);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TRANSACTION]);
}

static void
set_report (EonaySession *self, EonaySessionReport report)
{
  if (self->report == report)
    return;

  self->report = report;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_REPORT]);
}

static void
finish (EonaySession *self)
{
  drop_deadline (self);
  g_clear_object (&self->portal);
}

static void
forget (EonaySession *self)
{
  finish (self);
  take_candidate (self, NULL);
  take_transaction (self, NULL);
  g_clear_pointer (&self->inspections, g_ptr_array_unref);
  self->seen = 0;
  self->warned = 0;
  memset (self->n_incomplete, 0, sizeof self->n_incomplete);
  for (guint i = 0; i < G_N_ELEMENTS (self->faults); i++)
    g_clear_error (&self->faults[i]);
  g_clear_pointer (&self->signatures, g_ptr_array_unref);
  self->sent = FALSE;
  g_clear_pointer (&self->signed_at, g_date_time_unref);
  g_clear_pointer (&self->receipt, eonay_portal_receipt_free);
  g_clear_pointer (&self->record, g_ptr_array_unref);
  set_report (self, EONAY_SESSION_REPORT_NONE);
}

static void
eonay_session_dispose (GObject *object)
{
  EonaySession *self = EONAY_SESSION (object);

  g_object_freeze_notify (object);
  eonay_session_set_candidates (self, NULL);
  forget (self);
  g_clear_object (&self->history);
  g_clear_error (&self->error);
  g_object_thaw_notify (object);

  G_OBJECT_CLASS (eonay_session_parent_class)->dispose (object);
}

static void
eonay_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  EonaySession *self = EONAY_SESSION (object);

  switch (id)
    {
    case PROP_STATE:
      g_value_set_enum (value, (int) self->state);
      break;
    case PROP_TRANSACTION:
      g_value_set_object (value, self->transaction);
      break;
    case PROP_SECONDS_LEFT:
      g_value_set_uint (value, eonay_session_get_seconds_left (self));
      break;
    case PROP_CANDIDATE:
      g_value_set_object (value, self->candidate);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    case PROP_REPORT:
      g_value_set_enum (value, (int) self->report);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
eonay_session_class_init (EonaySessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = eonay_session_dispose;
  object_class->get_property = eonay_session_get_property;

  props[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, EONAY_TYPE_SESSION_STATE,
                                         EONAY_SESSION_IDLE, flags);
  props[PROP_TRANSACTION] = g_param_spec_object ("transaction", NULL, NULL, EONAY_TYPE_TRANSACTION,
                                                 flags);
  props[PROP_SECONDS_LEFT] = g_param_spec_uint ("seconds-left", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_CANDIDATE] = g_param_spec_object ("candidate", NULL, NULL, EONAY_TYPE_CANDIDATE,
                                               flags);
  props[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  props[PROP_REPORT] = g_param_spec_enum ("report", NULL, NULL, EONAY_TYPE_SESSION_REPORT,
                                          EONAY_SESSION_REPORT_NONE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
eonay_session_init (EonaySession *self)
{
}

EonaySession *
eonay_session_new (const EonayClock *clock)
{
  EonaySession *self = g_object_new (EONAY_TYPE_SESSION, NULL);

  self->clock = clock;

  return self;
}

void
eonay_session_go (EonaySession *self, EonaySessionState to, GError *error)
{
  GObject *object = G_OBJECT (self);
  EonaySessionState from = self->state;

  if (!eonay_session_may_go (from, to))
    {
      g_critical ("There is no way from state %d to state %d", (int) from, (int) to);
      g_clear_error (&error);
      return;
    }

  g_object_freeze_notify (object);
  self->state = to;
  g_object_notify_by_pspec (object, props[PROP_STATE]);
  if (self->error != NULL || error != NULL)
    g_object_notify_by_pspec (object, props[PROP_ERROR]);
  g_clear_error (&self->error);
  self->error = error;
  eonay_session_write_journal (self, from, error);

  if (to == EONAY_SESSION_IDLE)
    forget (self);
  else if (to == EONAY_SESSION_DONE || to == EONAY_SESSION_DECLINED || to == EONAY_SESSION_EXPIRED)
    finish (self);
  g_object_thaw_notify (object);
}

GError *
eonay_session_new_expired_error (void)
{
  return g_error_new_literal (EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_EXPIRED,
                              "The clock ran out");
}

gboolean
eonay_session_is_in (EonaySession *self, EonaySessionState state, GError **error)
{
  if (self->state != state)
    {
      g_set_error (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_WRONG_STATE,
                   "This belongs to state %d, not %d", (int) state, (int) self->state);
      return FALSE;
    }

  /* The timer may be due but not dispatched yet. */
  eonay_session_update (self);
  if (self->state != state)
    {
      g_propagate_error (error, eonay_session_new_expired_error ());
      return FALSE;
    }

  return TRUE;
}

static void
on_seconds_left (EonaySession *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SECONDS_LEFT]);
}

static void
on_expired (EonaySession *self)
{
  if (self->state == EONAY_SESSION_REVIEWING || self->state == EONAY_SESSION_WAITING_PIN)
    eonay_session_go (self, EONAY_SESSION_EXPIRED, eonay_session_new_expired_error ());
}

void
eonay_session_start_review (EonaySession *self, EonayTransaction *transaction,
                            GPtrArray *inspections, EonayDeadline *deadline)
{
  g_object_freeze_notify (G_OBJECT (self));
  self->inspections = g_ptr_array_ref (inspections);
  g_set_object (&self->deadline, deadline);
  g_signal_connect_swapped (deadline, "notify::seconds-left", G_CALLBACK (on_seconds_left), self);
  g_signal_connect_swapped (deadline, "expired", G_CALLBACK (on_expired), self);
  on_seconds_left (self);
  take_transaction (self, transaction);
  eonay_session_go (self, EONAY_SESSION_REVIEWING, NULL);
  g_object_thaw_notify (G_OBJECT (self));
}

/** Returns: (transfer full) (nullable): the present item of @candidate in the list */
static EonayCandidate *
find_successor (EonaySession *self, EonayCandidate *candidate)
{
  GListModel *model = G_LIST_MODEL (self->candidates);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (EonayCandidate) other = g_list_model_get_item (model, i);

      if (eonay_candidate_get_token_certificate (other) ==
          eonay_candidate_get_token_certificate (candidate))
        return g_steal_pointer (&other);
    }

  return NULL;
}

void
eonay_session_follow_candidate (EonaySession *self)
{
  g_autoptr (EonayCandidate) successor = NULL;
  g_autoptr (EonayToken) token = NULL;
  GError *error = NULL;

  /* While the card is signing, its own answer counts; afterwards the result names the signer. */
  if (self->candidates == NULL || self->candidate == NULL ||
      (self->state != EONAY_SESSION_REVIEWING && self->state != EONAY_SESSION_WAITING_PIN))
    return;

  token = g_object_ref (eonay_candidate_get_token (self->candidate));
  successor = find_successor (self, self->candidate);
  if (successor == self->candidate)
    return;

  g_object_freeze_notify (G_OBJECT (self));
  take_candidate (self, successor);
  if (self->state == EONAY_SESSION_WAITING_PIN && successor == NULL)
    eonay_session_go (self, EONAY_SESSION_REVIEWING, eonay_token_new_loss (token));
  else if (self->state == EONAY_SESSION_WAITING_PIN && !eonay_session_can_sign (self, &error))
    eonay_session_go (self, EONAY_SESSION_REVIEWING, error);
  g_object_thaw_notify (G_OBJECT (self));
}

void
eonay_session_set_candidates (EonaySession *self, EonayCandidateList *candidates)
{
  g_return_if_fail (EONAY_IS_SESSION (self));
  g_return_if_fail (candidates == NULL || EONAY_IS_CANDIDATE_LIST (candidates));

  if (self->candidates == candidates)
    return;

  if (self->candidates != NULL)
    g_signal_handlers_disconnect_by_data (self->candidates, self);
  g_set_object (&self->candidates, candidates);
  if (candidates == NULL)
    return;

  eonay_candidate_list_set_transaction (candidates, self->transaction);
  g_signal_connect_swapped (candidates, "items-changed",
                            G_CALLBACK (eonay_session_follow_candidate), self);
  eonay_session_follow_candidate (self);
}

void
eonay_session_set_history (EonaySession *self, EonayHistory *history)
{
  g_return_if_fail (EONAY_IS_SESSION (self));
  g_return_if_fail (history == NULL || EONAY_IS_HISTORY (history));

  g_set_object (&self->history, history);
}

void
eonay_session_set_check (EonaySession *self, EonayPadesCheck check)
{
  g_return_if_fail (EONAY_IS_SESSION (self));

  self->check = check;
}

EonaySessionState
eonay_session_get_state (EonaySession *self)
{
  g_return_val_if_fail (EONAY_IS_SESSION (self), EONAY_SESSION_IDLE);

  return self->state;
}

EonayTransaction *
eonay_session_get_transaction (EonaySession *self)
{
  g_return_val_if_fail (EONAY_IS_SESSION (self), NULL);

  return self->transaction;
}

guint
eonay_session_get_seconds_left (EonaySession *self)
{
  g_return_val_if_fail (EONAY_IS_SESSION (self), 0);

  return self->deadline != NULL ? eonay_deadline_get_seconds_left (self->deadline) : 0;
}

const GError *
eonay_session_get_error (EonaySession *self)
{
  g_return_val_if_fail (EONAY_IS_SESSION (self), NULL);

  return self->error;
}

EonaySessionReport
eonay_session_get_report (EonaySession *self)
{
  g_return_val_if_fail (EONAY_IS_SESSION (self), EONAY_SESSION_REPORT_NONE);

  return self->report;
}

GDateTime *
eonay_session_get_expiry (EonaySession *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  g_return_val_if_fail (EONAY_IS_SESSION (self), NULL);

  if (self->transaction == NULL)
    return NULL;

  return g_date_time_add (now, eonay_transaction_get_expires_at (self->transaction) -
                                   eonay_clock_boottime (self->clock));
}

EonayCandidate *
eonay_session_get_candidate (EonaySession *self)
{
  g_return_val_if_fail (EONAY_IS_SESSION (self), NULL);

  return self->candidate;
}

GPtrArray *
eonay_session_get_signatures (EonaySession *self)
{
  g_return_val_if_fail (EONAY_IS_SESSION (self), NULL);

  return self->signatures;
}

gboolean
eonay_session_is_sent (EonaySession *self)
{
  g_return_val_if_fail (EONAY_IS_SESSION (self), FALSE);

  return self->sent;
}

GDateTime *
eonay_session_get_signed_at (EonaySession *self)
{
  g_return_val_if_fail (EONAY_IS_SESSION (self), NULL);

  return self->signed_at;
}

const EonayPortalReceipt *
eonay_session_get_receipt (EonaySession *self)
{
  g_return_val_if_fail (EONAY_IS_SESSION (self), NULL);

  return self->receipt;
}

void
eonay_session_set_candidate (EonaySession *self, EonayCandidate *candidate)
{
  g_return_if_fail (EONAY_IS_SESSION (self));
  g_return_if_fail (candidate == NULL || EONAY_IS_CANDIDATE (candidate));

  if (self->state == EONAY_SESSION_REVIEWING)
    take_candidate (self, candidate);
}

void
eonay_session_update (EonaySession *self)
{
  g_autoptr (EonayDeadline) deadline = NULL;

  g_return_if_fail (EONAY_IS_SESSION (self));

  if (self->deadline == NULL)
    return;

  /* Expiry drops it. */
  deadline = g_object_ref (self->deadline);
  eonay_deadline_update (deadline);
}

void
eonay_session_reset (EonaySession *self)
{
  g_return_if_fail (EONAY_IS_SESSION (self));

  if (self->state == EONAY_SESSION_DONE || self->state == EONAY_SESSION_DECLINED ||
      self->state == EONAY_SESSION_EXPIRED || self->state == EONAY_SESSION_FAILED)
    eonay_session_go (self, EONAY_SESSION_IDLE, NULL);
}

gboolean
eonay_session_ask_pin (EonaySession *self, GError **error)
{
  g_return_val_if_fail (EONAY_IS_SESSION (self), FALSE);

  if (!eonay_session_is_in (self, EONAY_SESSION_REVIEWING, error) ||
      !eonay_session_can_sign (self, error))
    return FALSE;

  eonay_session_go (self, EONAY_SESSION_WAITING_PIN, NULL);

  return TRUE;
}

void
eonay_session_cancel_pin (EonaySession *self)
{
  g_return_if_fail (EONAY_IS_SESSION (self));

  if (self->state == EONAY_SESSION_WAITING_PIN)
    eonay_session_go (self, EONAY_SESSION_REVIEWING, NULL);
}

/* The call goes on when there is a new code, or no session any more. */
typedef struct {
  GWeakRef session;
  EonayTransaction *transaction;
} Decline;

static Decline *
decline_new (EonaySession *self)
{
  Decline *decline = g_new0 (Decline, 1);

  g_weak_ref_init (&decline->session, self);
  decline->transaction = g_object_ref (self->transaction);

  return decline;
}

static void
decline_free (Decline *decline)
{
  g_weak_ref_clear (&decline->session);
  g_object_unref (decline->transaction);
  g_free (decline);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Decline, decline_free)

static void
on_declined (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Decline) decline = user_data;
  g_autoptr (EonaySession) self = g_weak_ref_get (&decline->session);
  g_autoptr (GError) error = NULL;

  if (!eonay_portal_decline_finish (EONAY_PORTAL (source), result, &error))
    g_debug ("The portal was not told: %s", error->message);
  if (self == NULL || self->transaction != decline->transaction)
    return;

  g_object_freeze_notify (G_OBJECT (self));
  if (error != NULL)
    {
      self->error = g_steal_pointer (&error);
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ERROR]);
    }
  set_report (self, self->error == NULL ? EONAY_SESSION_REPORT_TOLD : EONAY_SESSION_REPORT_UNTOLD);
  g_object_thaw_notify (G_OBJECT (self));
}

void
eonay_session_decline (EonaySession *self)
{
  g_return_if_fail (EONAY_IS_SESSION (self));

  if (self->state != EONAY_SESSION_REVIEWING && self->state != EONAY_SESSION_WAITING_PIN)
    return;

  eonay_portal_decline_async (self->portal, self->transaction, NULL, on_declined,
                              decline_new (self));
  g_object_freeze_notify (G_OBJECT (self));
  set_report (self, EONAY_SESSION_REPORT_TELLING);
  eonay_session_go (self, EONAY_SESSION_DECLINED, NULL);
  g_object_thaw_notify (G_OBJECT (self));
}
