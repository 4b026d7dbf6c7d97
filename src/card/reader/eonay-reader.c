#include "card/reader/eonay-reader.h"

#include "base/eonay-error.h"
#include "base/eonay-text-class.h"
#include "card/akis/eonay-akis-driver.h"
#include "card/apdu/eonay-worker.h"
#include "card/driver/eonay-card-session.h"
#include "card/driver/eonay-card-token.h"
#include "card/pkcs15/eonay-pkcs15-driver.h"
#include "card/trace/eonay-trace-transport.h"

struct _EonayReader {
  GObject parent_instance;

  char *name;
  char *slot; /* nullable */
  EonayWorker *worker;
  EonayReaderState state;
  EonayToken *token;
  GError *error;
  EonayCardCache *cache;
  gboolean allow_experimental;
  gboolean has_card;
  gboolean held_up; /* by another program, within a call of ours that has not returned yet */
  guint reading;    /* counts readings, so that a late one of another card is known as such */
};

enum {
  PROP_0,
  PROP_NAME,
  PROP_TOKEN,
  PROP_ERROR,
  PROP_STATE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_ENUM_TYPE (EonayReaderState, eonay_reader_state,
                    G_DEFINE_ENUM_VALUE (EONAY_READER_EMPTY, "empty"),
                    G_DEFINE_ENUM_VALUE (EONAY_READER_READING, "reading"),
                    G_DEFINE_ENUM_VALUE (EONAY_READER_READY, "ready"),
                    G_DEFINE_ENUM_VALUE (EONAY_READER_UNSUPPORTED, "unsupported"),
                    G_DEFINE_ENUM_VALUE (EONAY_READER_FAILED, "failed"))

G_DEFINE_FINAL_TYPE (EonayReader, eonay_reader, G_TYPE_OBJECT)

const EonayCardDriver *const eonay_reader_families[] = {
  &eonay_akis_driver,
  &eonay_pkcs15_driver,
  NULL,
};

typedef struct {
  GWeakRef reader;
  guint reading;
} Reading;

/* @token, @error: (transfer full) (nullable) */
static void
become (EonayReader *self, EonayReaderState state, EonayToken *token, GError *error)
{
  gboolean token_changes = self->token != token;
  gboolean error_changes = self->error != error;
  gboolean state_changes = self->state != state;
  EonayToken *old = self->token;

  if (old != NULL && token_changes)
    eonay_token_die (old);
  self->token = token;
  g_clear_error (&self->error);
  self->error = error;
  self->state = state;

  if (token_changes)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TOKEN]);
  if (error_changes)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
  if (state_changes)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
  g_clear_object (&old);
}

static EonayToken *
new_token (EonayReader *self, EonayCard *card)
{
  EonayToken *token = eonay_card_token_new (card, self->worker, self->name);

  eonay_token_set_allow_experimental (token, self->allow_experimental);

  return token;
}

static gpointer
read_on_worker (EonayTransport *transport, gpointer request, GError **error)
{
  return eonay_card_session_read (transport, eonay_reader_families, request, error);
}

static void
read_done (gpointer result, const GError *error, gpointer user_data)
{
  Reading *reading = user_data;
  g_autoptr (EonayReader) self = g_weak_ref_get (&reading->reader);
  g_autoptr (EonayCard) card = result;
  gboolean current = self != NULL && self->has_card && self->reading == reading->reading;

  g_weak_ref_clear (&reading->reader);
  g_free (reading);
  if (!current)
    return;

  if (card != NULL)
    {
      become (self, EONAY_READER_READY, new_token (self, card), NULL);
      if (self->token != NULL)
        eonay_token_refresh_async (self->token, NULL, NULL, NULL);
    }
  else if (g_error_matches (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_UNSUPPORTED))
    become (self, EONAY_READER_UNSUPPORTED, NULL, g_error_copy (error));
  else
    become (self, EONAY_READER_FAILED, NULL, g_error_copy (error));
}

static void
start_reading (EonayReader *self)
{
  static const EonayWork work = { read_on_worker, g_object_unref, g_object_unref, read_done };
  Reading *reading = g_new0 (Reading, 1);

  g_weak_ref_init (&reading->reader, self);
  reading->reading = ++self->reading;
  become (self, EONAY_READER_READING, NULL, NULL);
  eonay_worker_push (self->worker, &work, self->cache != NULL ? g_object_ref (self->cache) : NULL,
                     0, reading);
}

/* No event tells when another program's transaction ends; that our own call returns does. */
static void
on_stuck (const GError *error, gpointer user_data)
{
  EonayReader *self = user_data;
  gboolean was_held_up = self->held_up;

  self->held_up = g_error_matches (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_BUSY);
  if (!self->has_card)
    return;

  if (error != NULL && self->state != EONAY_READER_FAILED)
    become (self, EONAY_READER_FAILED, NULL, g_error_copy (error));
  else if (error == NULL && was_held_up && self->state == EONAY_READER_FAILED)
    start_reading (self);
}

void
eonay_reader_card_inserted (EonayReader *self)
{
  g_return_if_fail (EONAY_IS_READER (self));

  self->has_card = TRUE;
  start_reading (self);
}

void
eonay_reader_card_removed (EonayReader *self)
{
  g_return_if_fail (EONAY_IS_READER (self));

  self->has_card = FALSE;
  self->reading++;
  become (self, EONAY_READER_EMPTY, NULL, NULL);
}

void
eonay_reader_service_lost (EonayReader *self)
{
  g_return_if_fail (EONAY_IS_READER (self));

  if (self->token != NULL && self->worker != NULL)
    eonay_token_lose_service (self->token);
}

void
eonay_reader_card_released (EonayReader *self)
{
  g_return_if_fail (EONAY_IS_READER (self));

  if (!self->held_up && g_error_matches (self->error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_BUSY))
    start_reading (self);
}

void
eonay_reader_set_cache (EonayReader *self, EonayCardCache *cache)
{
  g_return_if_fail (EONAY_IS_READER (self));

  g_set_object (&self->cache, cache);
}

void
eonay_reader_set_allow_experimental (EonayReader *self, gboolean allow)
{
  g_return_if_fail (EONAY_IS_READER (self));

  self->allow_experimental = allow;
  if (self->token != NULL)
    eonay_token_set_allow_experimental (self->token, allow);
}

void
eonay_reader_retry (EonayReader *self)
{
  g_return_if_fail (EONAY_IS_READER (self));

  if (self->worker != NULL &&
      (self->state == EONAY_READER_FAILED || self->state == EONAY_READER_UNSUPPORTED))
    start_reading (self);
}

void
eonay_reader_read_again (EonayReader *self)
{
  g_return_if_fail (EONAY_IS_READER (self));

  if (self->worker != NULL && self->has_card)
    start_reading (self);
}

static gpointer
reset_on_worker (EonayTransport *transport, gpointer request, GError **error)
{
  eonay_card_session_reset (transport, error);

  return NULL;
}

static void
reset_done (gpointer result, const GError *error, gpointer user_data)
{
  g_autoptr (GObject) hold = user_data;

  if (error != NULL)
    g_info ("The card was not reset after its module had used it: %s", error->message);
}

static void
reset_card (EonayReader *self, GObject *hold)
{
  static const EonayWork work = { reset_on_worker, NULL, NULL, reset_done };

  if (self->worker != NULL)
    eonay_worker_push (self->worker, &work, NULL, 0, g_object_ref (hold));
}

void
eonay_reader_reset_after (EonayReader *self, EonayToken *token)
{
  g_return_if_fail (EONAY_IS_READER (self) && token != NULL);

  g_signal_connect_object (token, "released", G_CALLBACK (reset_card), self, G_CONNECT_SWAPPED);
}

void
eonay_reader_lend (EonayReader *self, EonayToken *token, GError *error)
{
  g_return_if_fail (EONAY_IS_READER (self) && (token == NULL) != (error == NULL));

  if (token != NULL)
    eonay_token_set_allow_experimental (token, self->allow_experimental);
  if (self->worker != NULL && token != NULL)
    eonay_reader_reset_after (self, token);
  become (self, token != NULL ? EONAY_READER_READY : EONAY_READER_FAILED, token, error);
}

gboolean
eonay_reader_is_module (EonayReader *self)
{
  g_return_val_if_fail (EONAY_IS_READER (self), FALSE);

  return self->worker == NULL;
}

gboolean
eonay_reader_get_knowledge (EonayReader *self, EonaySigningKnowledge *knowledge)
{
  g_return_val_if_fail (EONAY_IS_READER (self), FALSE);

  if (self->token == NULL || eonay_token_get_backend (self->token) != NULL)
    return FALSE;
  *knowledge = eonay_token_get_signing_knowledge (self->token);

  return TRUE;
}

guint
eonay_reader_get_reading (EonayReader *self)
{
  g_return_val_if_fail (EONAY_IS_READER (self), 0);

  return self->reading;
}

const char *
eonay_reader_get_name (EonayReader *self)
{
  g_return_val_if_fail (EONAY_IS_READER (self), NULL);

  return self->name;
}

const char *
eonay_reader_get_slot (EonayReader *self)
{
  g_return_val_if_fail (EONAY_IS_READER (self), NULL);

  return self->slot;
}

EonayReaderState
eonay_reader_get_state (EonayReader *self)
{
  g_return_val_if_fail (EONAY_IS_READER (self), EONAY_READER_EMPTY);

  return self->state;
}

EonayToken *
eonay_reader_get_token (EonayReader *self)
{
  g_return_val_if_fail (EONAY_IS_READER (self), NULL);

  return self->token;
}

int
eonay_reader_get_silence (EonayReader *self)
{
  g_return_val_if_fail (EONAY_IS_READER (self), G_MAXINT);

  return self->worker != NULL ? eonay_worker_get_silence (self->worker) : G_MAXINT;
}

const GError *
eonay_reader_get_error (EonayReader *self)
{
  g_return_val_if_fail (EONAY_IS_READER (self), NULL);

  return self->error;
}

static void
eonay_reader_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  EonayReader *self = EONAY_READER (object);

  switch (id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_TOKEN:
      g_value_set_object (value, self->token);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
eonay_reader_dispose (GObject *object)
{
  EonayReader *self = EONAY_READER (object);

  if (self->token != NULL)
    eonay_token_die (self->token);
  g_clear_object (&self->token);
  if (self->worker != NULL)
    {
      eonay_worker_set_stuck_func (self->worker, NULL, NULL);
      eonay_worker_stop (self->worker);
    }
  g_clear_pointer (&self->worker, eonay_worker_unref);

  G_OBJECT_CLASS (eonay_reader_parent_class)->dispose (object);
}

static void
eonay_reader_finalize (GObject *object)
{
  EonayReader *self = EONAY_READER (object);

  g_free (self->name);
  g_free (self->slot);
  g_clear_object (&self->cache);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (eonay_reader_parent_class)->finalize (object);
}

static void
eonay_reader_class_init (EonayReaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = eonay_reader_get_property;
  object_class->dispose = eonay_reader_dispose;
  object_class->finalize = eonay_reader_finalize;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_TOKEN] = g_param_spec_object ("token", NULL, NULL, EONAY_TYPE_TOKEN, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, EONAY_TYPE_READER_STATE,
                                              EONAY_READER_EMPTY, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
eonay_reader_init (EonayReader *self)
{
}

EonayReader *
eonay_reader_new (EonaySlotSource *source, const char *name, guint timeout)
{
  EonayReader *self;

  g_return_val_if_fail (EONAY_IS_SLOT_SOURCE (source) && name != NULL, NULL);

  self = g_object_new (EONAY_TYPE_READER, NULL);
  self->name = eonay_text_class_make_name (name, -1);
  self->slot = g_strdup (name);
  self->worker =
      eonay_worker_new (eonay_trace_transport_wrap (eonay_slot_source_open (source, name), name),
                        "card reader", timeout);
  eonay_worker_set_stuck_func (self->worker, on_stuck, self);

  return self;
}

EonayReader *
eonay_reader_new_lent (const char *name, EonayToken *token, GError *error)
{
  EonayReader *self;

  g_return_val_if_fail (name != NULL, NULL);

  self = g_object_new (EONAY_TYPE_READER, NULL);
  self->name = eonay_text_class_make_name (name, -1);
  eonay_reader_lend (self, token, error);

  return self;
}
