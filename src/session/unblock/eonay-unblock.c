#include "session/unblock/eonay-unblock-private.h"

#include "base/eonay-error.h"
#include "session/eonay-journal.h"

G_DEFINE_ENUM_TYPE (EonayUnblockState, eonay_unblock_state,
                    G_DEFINE_ENUM_VALUE (EONAY_UNBLOCK_IDLE, "idle"),
                    G_DEFINE_ENUM_VALUE (EONAY_UNBLOCK_RESOLVING, "resolving"),
                    G_DEFINE_ENUM_VALUE (EONAY_UNBLOCK_OTHER, "other"),
                    G_DEFINE_ENUM_VALUE (EONAY_UNBLOCK_WAITING_CARD, "waiting-card"),
                    G_DEFINE_ENUM_VALUE (EONAY_UNBLOCK_WAITING_WORD, "waiting-word"),
                    G_DEFINE_ENUM_VALUE (EONAY_UNBLOCK_SENDING_WORD, "sending-word"),
                    G_DEFINE_ENUM_VALUE (EONAY_UNBLOCK_WAITING_SMS, "waiting-sms"),
                    G_DEFINE_ENUM_VALUE (EONAY_UNBLOCK_WAITING_PIN, "waiting-pin"),
                    G_DEFINE_ENUM_VALUE (EONAY_UNBLOCK_READY, "ready"),
                    G_DEFINE_ENUM_VALUE (EONAY_UNBLOCK_CONFIRMING, "confirming"),
                    G_DEFINE_ENUM_VALUE (EONAY_UNBLOCK_UNBLOCKING, "unblocking"),
                    G_DEFINE_ENUM_VALUE (EONAY_UNBLOCK_DONE, "done"),
                    G_DEFINE_ENUM_VALUE (EONAY_UNBLOCK_DECLINED, "declined"),
                    G_DEFINE_ENUM_VALUE (EONAY_UNBLOCK_EXPIRED, "expired"),
                    G_DEFINE_ENUM_VALUE (EONAY_UNBLOCK_FAILED, "failed"))

G_DEFINE_ENUM_TYPE (EonayUnblockCardStatus, eonay_unblock_card_status,
                    G_DEFINE_ENUM_VALUE (EONAY_UNBLOCK_CARD_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (EONAY_UNBLOCK_CARD_READING, "reading"),
                    G_DEFINE_ENUM_VALUE (EONAY_UNBLOCK_CARD_OTHER, "other"),
                    G_DEFINE_ENUM_VALUE (EONAY_UNBLOCK_CARD_UNKNOWN, "unknown"),
                    G_DEFINE_ENUM_VALUE (EONAY_UNBLOCK_CARD_THERE, "there"))

G_DEFINE_ENUM_TYPE (EonayUnblockReport, eonay_unblock_report,
                    G_DEFINE_ENUM_VALUE (EONAY_UNBLOCK_REPORT_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (EONAY_UNBLOCK_REPORT_TELLING, "telling"),
                    G_DEFINE_ENUM_VALUE (EONAY_UNBLOCK_REPORT_TOLD, "told"),
                    G_DEFINE_ENUM_VALUE (EONAY_UNBLOCK_REPORT_UNTOLD, "untold"))

#define BIT(state) (1u << EONAY_UNBLOCK_##state)
#define GIVEN_UP (BIT (DECLINED) | BIT (EXPIRED))
#define ASKED (BIT (WAITING_WORD) | BIT (WAITING_SMS) | BIT (WAITING_PIN) | BIT (READY))

static const guint edges[EONAY_UNBLOCK_N_STATES] = {
  [EONAY_UNBLOCK_IDLE] = BIT (RESOLVING) | BIT (WAITING_CARD),
  [EONAY_UNBLOCK_RESOLVING] = BIT (WAITING_CARD) | BIT (OTHER) | BIT (IDLE) | BIT (EXPIRED) |
                              BIT (FAILED),
  [EONAY_UNBLOCK_OTHER] = BIT (IDLE) | GIVEN_UP,
  [EONAY_UNBLOCK_WAITING_CARD] = ASKED | GIVEN_UP | BIT (FAILED),
  [EONAY_UNBLOCK_WAITING_WORD] = BIT (SENDING_WORD) | BIT (WAITING_CARD) | GIVEN_UP | BIT (FAILED),
  [EONAY_UNBLOCK_SENDING_WORD] = BIT (WAITING_SMS) | BIT (WAITING_WORD) | BIT (WAITING_CARD) |
                                 GIVEN_UP | BIT (FAILED),
  [EONAY_UNBLOCK_WAITING_SMS] = BIT (WAITING_PIN) | BIT (CONFIRMING) | BIT (READY) |
                                BIT (WAITING_WORD) | BIT (WAITING_CARD) | GIVEN_UP | BIT (FAILED),
  [EONAY_UNBLOCK_WAITING_PIN] = BIT (CONFIRMING) | BIT (READY) | BIT (WAITING_WORD) |
                                BIT (WAITING_CARD) | GIVEN_UP | BIT (FAILED),
  [EONAY_UNBLOCK_READY] = BIT (CONFIRMING) | BIT (WAITING_WORD) | BIT (WAITING_CARD) | GIVEN_UP |
                          BIT (FAILED),
  [EONAY_UNBLOCK_CONFIRMING] = BIT (UNBLOCKING) | BIT (WAITING_SMS) | BIT (WAITING_WORD) |
                               BIT (READY) | BIT (WAITING_CARD) | GIVEN_UP | BIT (FAILED),
  [EONAY_UNBLOCK_UNBLOCKING] = BIT (DONE) | BIT (WAITING_PIN) | BIT (EXPIRED) | BIT (FAILED),
  [EONAY_UNBLOCK_DONE] = BIT (IDLE),
  [EONAY_UNBLOCK_DECLINED] = BIT (IDLE),
  [EONAY_UNBLOCK_EXPIRED] = BIT (IDLE),
  [EONAY_UNBLOCK_FAILED] = BIT (IDLE),
};

gboolean
eonay_unblock_may_go (EonayUnblockState from, EonayUnblockState to)
{
  g_return_val_if_fail (from < EONAY_UNBLOCK_N_STATES && to < EONAY_UNBLOCK_N_STATES, FALSE);

  return (edges[from] & 1u << to) != 0;
}

G_DEFINE_FINAL_TYPE (EonayUnblock, eonay_unblock, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_STATE,
  PROP_TRANSACTION,
  PROP_SECONDS_LEFT,
  PROP_SMS_SECONDS_LEFT,
  PROP_SMS,
  PROP_TOKEN,
  PROP_CARD_STATUS,
  PROP_ERROR,
  PROP_REPORT,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void
notify (EonayUnblock *self, guint id)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[id]);
}

static void
drop_deadline (EonayUnblock *self, EonayDeadline **deadline, guint id)
{
  if (*deadline == NULL)
    return;

  g_signal_handlers_disconnect_by_data (*deadline, self);
  g_clear_object (deadline);
  notify (self, id);
}

static void
drop_secrets (EonayUnblock *self)
{
  g_clear_pointer (&self->sms_code, eonay_secret_free);
  g_clear_pointer (&self->new_pin, eonay_secret_free);
}

/* Keeps what the result shows: transaction, card, error and report. */
static void
finish (EonayUnblock *self)
{
  drop_secrets (self);
  drop_deadline (self, &self->deadline, PROP_SECONDS_LEFT);
  eonay_unblock_set_sms (self, NULL);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  eonay_unblock_unwatch_cards (self);
}

static void
forget (EonayUnblock *self)
{
  finish (self);
  g_clear_object (&self->portal);
  if (self->transaction != NULL)
    {
      g_clear_object (&self->transaction);
      notify (self, PROP_TRANSACTION);
    }
  eonay_unblock_set_card_status (self, EONAY_UNBLOCK_CARD_NONE, NULL, NULL);
  g_clear_pointer (&self->serial, g_free);
  g_clear_pointer (&self->refused, g_free);
  self->asked = FALSE;
  self->presented = FALSE;
  self->confirmed = FALSE;
  self->consent = EONAY_PIN_CONSENT_NONE;
  self->shown = (EonayPinState){ .tries_left = -1, .tries_max = -1 };
  eonay_unblock_set_report (self, EONAY_UNBLOCK_REPORT_NONE);
}

static void
eonay_unblock_dispose (GObject *object)
{
  EonayUnblock *self = EONAY_UNBLOCK (object);

  g_object_freeze_notify (object);
  eonay_unblock_watch_readers (self, NULL);
  forget (self);
  g_clear_error (&self->error);
  g_object_thaw_notify (object);

  G_OBJECT_CLASS (eonay_unblock_parent_class)->dispose (object);
}

static void
eonay_unblock_finalize (GObject *object)
{
  g_ptr_array_unref (EONAY_UNBLOCK (object)->watched);

  G_OBJECT_CLASS (eonay_unblock_parent_class)->finalize (object);
}

static void
eonay_unblock_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  EonayUnblock *self = EONAY_UNBLOCK (object);

  switch (id)
    {
    case PROP_STATE:
      g_value_set_enum (value, (int) self->state);
      break;
    case PROP_TRANSACTION:
      g_value_set_object (value, self->transaction);
      break;
    case PROP_SECONDS_LEFT:
      g_value_set_uint (value, eonay_unblock_get_seconds_left (self));
      break;
    case PROP_SMS_SECONDS_LEFT:
      g_value_set_uint (value, eonay_unblock_get_sms_seconds_left (self));
      break;
    case PROP_SMS:
      g_value_set_string (value, eonay_unblock_get_sms_number (self));
      break;
    case PROP_TOKEN:
      g_value_set_object (value, self->token);
      break;
    case PROP_CARD_STATUS:
      g_value_set_enum (value, (int) self->card_status);
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
eonay_unblock_class_init (EonayUnblockClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = eonay_unblock_dispose;
  object_class->finalize = eonay_unblock_finalize;
  object_class->get_property = eonay_unblock_get_property;

  props[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, EONAY_TYPE_UNBLOCK_STATE,
                                         EONAY_UNBLOCK_IDLE, flags);
  props[PROP_TRANSACTION] = g_param_spec_object ("transaction", NULL, NULL, EONAY_TYPE_TRANSACTION,
                                                 flags);
  props[PROP_SECONDS_LEFT] = g_param_spec_uint ("seconds-left", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_SMS_SECONDS_LEFT] = g_param_spec_uint ("sms-seconds-left", NULL, NULL, 0, G_MAXUINT, 0,
                                                    flags);
  props[PROP_SMS] = g_param_spec_string ("sms", NULL, NULL, NULL, flags);
  props[PROP_TOKEN] = g_param_spec_object ("token", NULL, NULL, EONAY_TYPE_TOKEN, flags);
  props[PROP_CARD_STATUS] = g_param_spec_enum (
      "card-status", NULL, NULL, EONAY_TYPE_UNBLOCK_CARD_STATUS, EONAY_UNBLOCK_CARD_NONE, flags);
  props[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  props[PROP_REPORT] = g_param_spec_enum ("report", NULL, NULL, EONAY_TYPE_UNBLOCK_REPORT,
                                          EONAY_UNBLOCK_REPORT_NONE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
eonay_unblock_init (EonayUnblock *self)
{
  self->watched = g_ptr_array_new_with_free_func (g_object_unref);
}

EonayUnblock *
eonay_unblock_new (EonayReaderList *readers, const EonayClock *clock)
{
  EonayUnblock *self;

  g_return_val_if_fail (EONAY_IS_READER_LIST (readers), NULL);

  self = g_object_new (EONAY_TYPE_UNBLOCK, NULL);
  self->clock = clock;
  eonay_unblock_watch_readers (self, readers);

  return self;
}

void
eonay_unblock_set_error (EonayUnblock *self, GError *error)
{
  if (self->error == NULL && error == NULL)
    return;

  g_clear_error (&self->error);
  self->error = error;
  notify (self, PROP_ERROR);
}

/* Returns: what the change of state stands for in the journal; %EONAY_JOURNAL_N_EVENTS for nothing */
static EonayJournalEvent
find_event (EonayUnblockState from, EonayUnblockState to, const GError *error)
{
  if (to == EONAY_UNBLOCK_DONE)
    return EONAY_JOURNAL_UNBLOCKED;
  if (to == EONAY_UNBLOCK_DECLINED)
    return EONAY_JOURNAL_TRANSACTION_DECLINED;
  if (to == EONAY_UNBLOCK_EXPIRED)
    return EONAY_JOURNAL_TRANSACTION_EXPIRED;
  if (to == EONAY_UNBLOCK_WAITING_CARD && from <= EONAY_UNBLOCK_RESOLVING)
    return EONAY_JOURNAL_TRANSACTION_OPENED;
  if (error == NULL)
    return EONAY_JOURNAL_N_EVENTS;

  return from == EONAY_UNBLOCK_RESOLVING ? EONAY_JOURNAL_TRANSACTION_FAILED
                                         : EONAY_JOURNAL_UNBLOCKING_FAILED;
}

static void
write_journal (EonayUnblock *self, EonayUnblockState from, const GError *error)
{
  EonayJournalEvent event = find_event (from, self->state, error);
  EonayJournalEntry entry = { .error = error, .transaction = self->transaction };

  if (from == EONAY_UNBLOCK_IDLE)
    self->run = eonay_journal_new_run ();
  if (event == EONAY_JOURNAL_N_EVENTS || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  entry.run = self->run;
  if (self->portal != NULL)
    entry.profile = eonay_portal_get_profile (self->portal);
  eonay_journal_write (event, &entry);
}

void
eonay_unblock_go (EonayUnblock *self, EonayUnblockState to, GError *error)
{
  GObject *object = G_OBJECT (self);
  EonayUnblockState from = self->state;

  if (!eonay_unblock_may_go (from, to))
    {
      g_critical ("There is no way from state %d to state %d", (int) from, (int) to);
      g_clear_error (&error);
      return;
    }

  g_object_freeze_notify (object);
  self->state = to;
  if (to == EONAY_UNBLOCK_READY)
    eonay_unblock_show_tries (self);
  notify (self, PROP_STATE);
  eonay_unblock_set_error (self, error);
  write_journal (self, from, error);

  if (to == EONAY_UNBLOCK_IDLE)
    forget (self);
  else if (to >= EONAY_UNBLOCK_DONE)
    finish (self);
  g_object_thaw_notify (object);
}

static GError *
new_expired_error (void)
{
  return g_error_new_literal (EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_EXPIRED,
                              "The clock ran out");
}

static gboolean
waits_for_person (EonayUnblock *self)
{
  return self->state == EONAY_UNBLOCK_OTHER || self->state == EONAY_UNBLOCK_WAITING_CARD ||
         self->state == EONAY_UNBLOCK_WAITING_WORD || self->state == EONAY_UNBLOCK_WAITING_SMS ||
         self->state == EONAY_UNBLOCK_WAITING_PIN || self->state == EONAY_UNBLOCK_READY;
}

static void
on_seconds_left (EonayUnblock *self)
{
  notify (self, PROP_SECONDS_LEFT);
}

static void
on_expired (EonayUnblock *self)
{
  if (self->deadline == NULL || !waits_for_person (self))
    return;

  eonay_unblock_end (self, EONAY_UNBLOCK_EXPIRED, new_expired_error ());
}

static void
on_sms_seconds_left (EonayUnblock *self)
{
  notify (self, PROP_SMS_SECONDS_LEFT);
}

/* A person typing a new PIN is not interrupted: it is kept, and not asked for again. */
static void
on_sms_expired (EonayUnblock *self)
{
  if (!self->confirmed &&
      (self->state == EONAY_UNBLOCK_WAITING_SMS || self->state == EONAY_UNBLOCK_READY))
    eonay_unblock_ask_word_again (self, TRUE);
}

void
eonay_unblock_set_sms (EonayUnblock *self, EonayPortalSms *sms)
{
  drop_deadline (self, &self->sms_deadline, PROP_SMS_SECONDS_LEFT);
  if (self->sms == NULL && sms == NULL)
    return;

  g_clear_pointer (&self->sms, eonay_portal_sms_free);
  self->sms = sms;
  self->sms_tries_left = sms != NULL ? (int) sms->attempts_left : -1;
  notify (self, PROP_SMS);
  if (sms == NULL)
    return;

  self->sms_deadline = eonay_deadline_new (sms->expires_at, self->clock);
  g_signal_connect_swapped (self->sms_deadline, "notify::seconds-left",
                            G_CALLBACK (on_sms_seconds_left), self);
  g_signal_connect_swapped (self->sms_deadline, "expired", G_CALLBACK (on_sms_expired), self);
  on_sms_seconds_left (self);
}

gboolean
eonay_unblock_is_sms_over (EonayUnblock *self)
{
  return !self->confirmed &&
         (self->sms_deadline == NULL || eonay_deadline_is_expired (self->sms_deadline));
}

void
eonay_unblock_ask_word_again (EonayUnblock *self, gboolean late)
{
  g_clear_pointer (&self->sms_code, eonay_secret_free);
  self->confirmed = FALSE;
  eonay_unblock_go (self, EONAY_UNBLOCK_WAITING_WORD,
                    late ? g_error_new_literal (EONAY_PORTAL_ERROR,
                                                EONAY_PORTAL_ERROR_SMS_CODE_EXPIRED,
                                                "The SMS code came too late")
                         : NULL);
  eonay_unblock_set_sms (self, NULL);
}

void
eonay_unblock_begin (EonayUnblock *self, EonayTransaction *transaction)
{
  EonayDeadline *deadline = eonay_deadline_new (eonay_transaction_get_expires_at (transaction),
                                                self->clock);
  gboolean other = eonay_transaction_get_operation (transaction) != EONAY_OPERATION_UNBLOCK;

  g_object_freeze_notify (G_OBJECT (self));
  g_set_object (&self->transaction, transaction);
  notify (self, PROP_TRANSACTION);
  self->deadline = deadline;
  g_signal_connect_swapped (deadline, "notify::seconds-left", G_CALLBACK (on_seconds_left), self);
  g_signal_connect_swapped (deadline, "expired", G_CALLBACK (on_expired), self);
  on_seconds_left (self);
  self->resume = EONAY_UNBLOCK_WAITING_WORD;
  eonay_unblock_go (self, other ? EONAY_UNBLOCK_OTHER : EONAY_UNBLOCK_WAITING_CARD, NULL);
  g_object_thaw_notify (G_OBJECT (self));

  eonay_unblock_update (self);
  eonay_unblock_follow_card (self);
}

gboolean
eonay_unblock_is_in (EonayUnblock *self, EonayUnblockState state)
{
  /* The timer may be due but not dispatched yet. */
  if (self->state == state)
    eonay_unblock_update (self);

  return self->state == state;
}

void
eonay_unblock_set_card_status (EonayUnblock *self, EonayUnblockCardStatus card_status,
                               EonayToken *token, EonayTokenCertificate *certificate)
{
  g_set_object (&self->certificate, certificate);
  if (g_set_object (&self->token, token))
    notify (self, PROP_TOKEN);
  if (self->card_status != card_status)
    {
      self->card_status = card_status;
      notify (self, PROP_CARD_STATUS);
    }
}

void
eonay_unblock_set_report (EonayUnblock *self, EonayUnblockReport report)
{
  if (self->report == report)
    return;

  self->report = report;
  notify (self, PROP_REPORT);
}

void
eonay_unblock_update (EonayUnblock *self)
{
  g_autoptr (EonayDeadline) deadline = NULL;
  g_autoptr (EonayDeadline) sms_deadline = NULL;

  g_return_if_fail (EONAY_IS_UNBLOCK (self));

  /* Expiry drops them. */
  g_set_object (&deadline, self->deadline);
  g_set_object (&sms_deadline, self->sms_deadline);
  if (deadline != NULL)
    eonay_deadline_update (deadline);
  if (sms_deadline != NULL && self->sms_deadline == sms_deadline)
    eonay_deadline_update (sms_deadline);

  /* It may have run out during the call. */
  if (self->deadline != NULL && eonay_deadline_is_expired (self->deadline))
    on_expired (self);
  else if (self->sms_deadline != NULL && eonay_deadline_is_expired (self->sms_deadline))
    on_sms_expired (self);
}

void
eonay_unblock_reset (EonayUnblock *self)
{
  g_return_if_fail (EONAY_IS_UNBLOCK (self));

  if (self->state >= EONAY_UNBLOCK_DONE)
    eonay_unblock_go (self, EONAY_UNBLOCK_IDLE, NULL);
}

EonayUnblockState
eonay_unblock_get_state (EonayUnblock *self)
{
  g_return_val_if_fail (EONAY_IS_UNBLOCK (self), EONAY_UNBLOCK_IDLE);

  return self->state;
}

EonayUnblockCardStatus
eonay_unblock_get_card_status (EonayUnblock *self)
{
  g_return_val_if_fail (EONAY_IS_UNBLOCK (self), EONAY_UNBLOCK_CARD_NONE);

  return self->card_status;
}

EonayUnblockReport
eonay_unblock_get_report (EonayUnblock *self)
{
  g_return_val_if_fail (EONAY_IS_UNBLOCK (self), EONAY_UNBLOCK_REPORT_NONE);

  return self->report;
}

EonayTransaction *
eonay_unblock_get_transaction (EonayUnblock *self)
{
  g_return_val_if_fail (EONAY_IS_UNBLOCK (self), NULL);

  return self->transaction;
}

EonayToken *
eonay_unblock_get_token (EonayUnblock *self)
{
  g_return_val_if_fail (EONAY_IS_UNBLOCK (self), NULL);

  return self->token;
}

const char *
eonay_unblock_get_card_serial (EonayUnblock *self)
{
  g_return_val_if_fail (EONAY_IS_UNBLOCK (self), NULL);

  if (self->serial != NULL || self->transaction == NULL)
    return self->serial;

  return eonay_transaction_get_card_hint (self->transaction);
}

EonayTokenCertificate *
eonay_unblock_get_certificate (EonayUnblock *self)
{
  g_return_val_if_fail (EONAY_IS_UNBLOCK (self), NULL);

  return self->certificate;
}

guint
eonay_unblock_get_seconds_left (EonayUnblock *self)
{
  g_return_val_if_fail (EONAY_IS_UNBLOCK (self), 0);

  return self->deadline != NULL ? eonay_deadline_get_seconds_left (self->deadline) : 0;
}

guint
eonay_unblock_get_sms_seconds_left (EonayUnblock *self)
{
  g_return_val_if_fail (EONAY_IS_UNBLOCK (self), 0);

  return self->sms_deadline != NULL ? eonay_deadline_get_seconds_left (self->sms_deadline) : 0;
}

const char *
eonay_unblock_get_sms_number (EonayUnblock *self)
{
  g_return_val_if_fail (EONAY_IS_UNBLOCK (self), NULL);

  return self->sms != NULL ? self->sms->to : NULL;
}

int
eonay_unblock_get_sms_tries_left (EonayUnblock *self)
{
  g_return_val_if_fail (EONAY_IS_UNBLOCK (self), -1);

  return self->sms != NULL ? self->sms_tries_left : -1;
}

const GError *
eonay_unblock_get_error (EonayUnblock *self)
{
  g_return_val_if_fail (EONAY_IS_UNBLOCK (self), NULL);

  return self->error;
}

gboolean
eonay_unblock_is_last_try (EonayUnblock *self)
{
  EonayPinState puk;

  g_return_val_if_fail (EONAY_IS_UNBLOCK (self), FALSE);

  /* While it is asked for, the shown value is returned. */
  if (self->state == EONAY_UNBLOCK_READY)
    return self->shown.tries_left == 1;
  if (self->token == NULL)
    return FALSE;

  eonay_token_get_puk_state (self->token, self->certificate, &puk);

  return puk.tries_left == 1;
}
