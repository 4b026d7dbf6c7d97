#include "card/pkcs11/eonay-pkcs11-token.h"

#include "base/eonay-error.h"

struct _EonayPkcs11Token {
  EonayToken parent_instance;

  EonayPkcs11Module *module;
  EonayPkcs11Slot *slot;
};

/* What is kept of a request that the module has. */
typedef struct {
  EonayTokenRequestKind kind;
  EonayTokenCertificate *certificate; /* nullable */
} Sent;

/* What a request came to, until the card has been reset. */
typedef struct {
  GTask *task;
  GPtrArray *signatures;
  GError *error;
} Outcome;

enum {
  RELEASED,
  SIGNED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EonayPkcs11Token, eonay_pkcs11_token, EONAY_TYPE_TOKEN)

static gpointer
sent_new (EonayTokenRequest *request)
{
  Sent *self = g_new0 (Sent, 1);

  self->kind = request->kind;
  g_set_object (&self->certificate, request->certificate);

  return self;
}

static void
sent_free (gpointer sent)
{
  g_clear_object (&((Sent *) sent)->certificate);
  g_free (sent);
}

/* Label and serial number were read with the certificates: of the rest only the PIN's changes. */
static void
take_state (EonayPkcs11Token *self, const EonayPkcs11Slot *state)
{
  if (state == NULL)
    return;

  self->slot->flags = (self->slot->flags & EONAY_PKCS11_HIDDEN) |
                      (state->flags & ~(guint32) EONAY_PKCS11_HIDDEN);
  self->slot->id = state->id;
  self->slot->answer = eonay_pin_consent_next_number ();
  self->slot->min_length = state->min_length;
  self->slot->max_length = state->max_length;
}

/* Nobody holds the outcome any more. */
static void
on_let_go (gpointer outcome, GObject *where_hold_was)
{
  Outcome *self = outcome;

  if (self->signatures != NULL)
    g_task_return_pointer (self->task, self->signatures, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (self->task, self->error);
  g_object_unref (self->task);
  g_free (self);
}

static void
on_executed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  EonayPkcs11Token *self = g_task_get_source_object (task);
  g_autoptr (EonayPkcs11Slot) state = NULL;
  g_autoptr (GObject) hold = g_object_new (G_TYPE_OBJECT, NULL);
  const Sent *request = g_task_get_task_data (task);
  Outcome *outcome = g_new0 (Outcome, 1);

  outcome->task = task;
  outcome->signatures = eonay_pkcs11_module_execute_finish (EONAY_PKCS11_MODULE (source), result,
                                                            &state, &outcome->error);
  take_state (self, state);
  g_object_notify (G_OBJECT (self), "pin-state");
  if (outcome->signatures != NULL && outcome->signatures->len > 0)
    g_signal_emit (self, signals[SIGNED], 0,
                   eonay_token_certificate_get_der (request->certificate));

  g_object_weak_ref (hold, on_let_go, outcome);
  if (request->kind != EONAY_TOKEN_REQUEST_REFRESH)
    g_signal_emit (self, signals[RELEASED], 0, hold);
}

static gboolean
has_secrets (EonayPkcs11Token *self, EonayTokenRequest *request)
{
  gboolean keypad = (self->slot->flags & EONAY_PKCS11_KEYPAD) != 0;
  gboolean new_pin = request->kind == EONAY_TOKEN_REQUEST_CHANGE_PIN ||
                     request->kind == EONAY_TOKEN_REQUEST_UNBLOCK;

  if (request->kind == EONAY_TOKEN_REQUEST_REFRESH)
    return TRUE;

  return (request->secret == NULL) == keypad && (!new_pin || (request->new_pin == NULL) == keypad);
}

static void
eonay_pkcs11_token_execute (EonayToken *token, EonayTokenRequest *request, GTask *task)
{
  EonayPkcs11Token *self = EONAY_PKCS11_TOKEN (token);

  g_task_set_task_data (task, sent_new (request), sent_free);
  if (has_secrets (self, request))
    {
      eonay_pkcs11_module_execute_async (self->module, self->slot, request, on_executed, task);
      return;
    }

  eonay_token_request_free (request);
  g_task_return_new_error (task, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_LENGTH,
                           "The PIN is typed elsewhere");
  g_object_unref (task);
}

static void
eonay_pkcs11_token_get_pin_state (EonayToken *token, EonayTokenCertificate *certificate,
                                  EonayPinRole role, EonayPinState *state)
{
  eonay_pkcs11_slot_get_pin_state (EONAY_PKCS11_TOKEN (token)->slot, role, state);
}

static EonayPinEntry
eonay_pkcs11_token_get_pin_entry (EonayToken *token, EonayTokenRequestKind kind)
{
  return (EONAY_PKCS11_TOKEN (token)->slot->flags & EONAY_PKCS11_KEYPAD) != 0
             ? EONAY_PIN_ENTRY_READER
             : EONAY_PIN_ENTRY_HOST;
}

static gboolean
eonay_pkcs11_token_check (EonayToken *token, EonayTokenRequest *request, GError **error)
{
  if (request->kind != EONAY_TOKEN_REQUEST_UNBLOCK ||
      (EONAY_PKCS11_TOKEN (token)->slot->flags & EONAY_PKCS11_UNBLOCKS) != 0)
    return TRUE;

  g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MODULE_NO_UNBLOCK,
                       "The module is not known to take the PUK as SO PIN");

  return FALSE;
}

static void
eonay_pkcs11_token_finalize (GObject *object)
{
  EonayPkcs11Token *self = EONAY_PKCS11_TOKEN (object);

  g_object_unref (self->module);
  eonay_pkcs11_slot_free (self->slot);

  G_OBJECT_CLASS (eonay_pkcs11_token_parent_class)->finalize (object);
}

static void
eonay_pkcs11_token_class_init (EonayPkcs11TokenClass *klass)
{
  EonayTokenClass *token_class = EONAY_TOKEN_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = eonay_pkcs11_token_finalize;
  token_class->get_pin_state = eonay_pkcs11_token_get_pin_state;
  token_class->get_pin_entry = eonay_pkcs11_token_get_pin_entry;
  token_class->check = eonay_pkcs11_token_check;
  token_class->execute = eonay_pkcs11_token_execute;

  signals[RELEASED] = g_signal_new ("released", EONAY_TYPE_PKCS11_TOKEN, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_OBJECT);
  signals[SIGNED] = g_signal_new ("signed", EONAY_TYPE_PKCS11_TOKEN, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BYTES);
}

static void
eonay_pkcs11_token_init (EonayPkcs11Token *self)
{
}

EonayToken *
eonay_pkcs11_token_new (EonayPkcs11Module *module, EonayPkcs11Slot *slot)
{
  g_autoptr (EonayTokenDescription) description = NULL;
  EonayPkcs11Token *self;

  g_return_val_if_fail (EONAY_IS_PKCS11_MODULE (module) && slot != NULL, NULL);

  self = g_object_new (EONAY_TYPE_PKCS11_TOKEN, NULL);
  self->module = g_object_ref (module);
  self->slot = slot;
  description = eonay_token_description_new (slot->model);
  description->knowledge = EONAY_SIGNING_PROVEN;
  g_ptr_array_extend (description->certificates, slot->certificates,
                      (GCopyFunc) (void (*) (void)) g_object_ref, NULL);
  eonay_token_description_name (description, g_strdup (slot->label), g_strdup (slot->serial));
  eonay_token_describe (EONAY_TOKEN (self), description, slot->description,
                        eonay_pkcs11_module_get_path (module));

  return EONAY_TOKEN (self);
}

EonayPkcs11Module *
eonay_pkcs11_token_get_module (EonayPkcs11Token *self)
{
  g_return_val_if_fail (EONAY_IS_PKCS11_TOKEN (self), NULL);

  return self->module;
}

const EonayPkcs11Slot *
eonay_pkcs11_token_get_slot (EonayPkcs11Token *self)
{
  g_return_val_if_fail (EONAY_IS_PKCS11_TOKEN (self), NULL);

  return self->slot;
}
