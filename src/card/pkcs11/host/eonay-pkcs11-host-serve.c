#include "card/pkcs11/host/eonay-pkcs11-host-serve.h"

#include "base/host/eonay-frame-pipe.h"
#include "card/pkcs11/host/eonay-pkcs11-host-slots.h"
#include "card/pkcs11/host/eonay-pkcs11-session.h"

/* Returns: (transfer full) (nullable): %NULL when the program has nothing more to ask */
static EonayPkcs11Request *
read_request (EonayPkcs11Host *self)
{
  g_autoptr (GVariant) frame = NULL;

  if (eonay_frame_pipe_read_frame (self->fd, EONAY_PKCS11_REQUEST_TYPE, EONAY_FRAME_PIPE_FOREVER,
                                   &frame) != EONAY_FRAME_PIPE_DONE)
    return NULL;

  return eonay_pkcs11_request_decode (frame);
}

static GPtrArray *
execute_in_session (EonayPkcs11Session *session, const EonayPkcs11Request *request, GError **error)
{
  gboolean done;

  if (request->ask == EONAY_PKCS11_ASK_SIGN)
    return eonay_pkcs11_session_sign (session, request, error);

  done = request->ask == EONAY_PKCS11_ASK_CHANGE_PIN
             ? eonay_pkcs11_session_change_pin (session, request, error)
             : eonay_pkcs11_session_unblock (session, request, error);

  return done ? g_ptr_array_new () : NULL;
}

/* @signatures: (nullable): else @error is set */
static gboolean
say_outcome (EonayPkcs11Host *self, GPtrArray *signatures, GError *error)
{
  return eonay_pkcs11_host_say (
      self, signatures != NULL ? EONAY_PKCS11_SAYS_SIGNATURES : EONAY_PKCS11_SAYS_ERROR,
      &(EonayPkcs11Answer){ .signatures = signatures, .error = error });
}

static gboolean
say_state (EonayPkcs11Host *self, const EonayPkcs11Request *request, GError **error)
{
  g_autoptr (EonayPkcs11Slot) now = eonay_pkcs11_host_slots_find (self, request, error);

  return now != NULL && eonay_pkcs11_host_say (self, EONAY_PKCS11_SAYS_STATE,
                                               &(EonayPkcs11Answer){ .state = now });
}

/* Nobody cancels a PIN that was typed here: the module says that for reasons of its own, and what
   has become of the PIN matters. */
static void
doubt_cancel (const EonayPkcs11Request *request, GError **error)
{
  GError *doubted;

  if (!request->announced.has_secret || !g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  doubted = g_error_new_literal (EONAY_CARD_ERROR, EONAY_CARD_ERROR_FAILED, (*error)->message);
  g_error_free (*error);
  *error = doubted;
}

/* The outcome is told before the session is closed: a module that crashes then takes no
   signature with it. */
static gboolean
execute (EonayPkcs11Host *self, const EonayPkcs11Request *request)
{
  EonayPkcs11Session session = { 0 };
  g_autoptr (GPtrArray) signatures = NULL;
  g_autoptr (GError) error = NULL;
  gboolean told;

  if (eonay_pkcs11_session_open (&session, self, request, request->ask != EONAY_PKCS11_ASK_SIGN,
                                 &error))
    signatures = execute_in_session (&session, request, &error);
  doubt_cancel (request, &error);
  told = say_outcome (self, signatures, error);
  eonay_pkcs11_session_close (&session);
  if (told)
    say_state (self, request, NULL);

  return told;
}

static gboolean
answer (EonayPkcs11Host *self, const EonayPkcs11Request *request)
{
  g_autoptr (GPtrArray) result = NULL;
  g_autoptr (GError) error = NULL;

  if (!eonay_pkcs11_host_start (self, &error))
    return say_outcome (self, NULL, error);

  switch (request->ask)
    {
    case EONAY_PKCS11_ASK_LIST:
      result = eonay_pkcs11_host_slots_list (self, request, &error);
      return result != NULL ? eonay_pkcs11_host_say (self, EONAY_PKCS11_SAYS_SLOTS,
                                                     &(EonayPkcs11Answer){ .slots = result })
                            : say_outcome (self, NULL, error);
    case EONAY_PKCS11_ASK_STATE:
      if (say_state (self, request, &error))
        result = g_ptr_array_new ();
      return say_outcome (self, result, error);
    case EONAY_PKCS11_ASK_SIGN:
    case EONAY_PKCS11_ASK_CHANGE_PIN:
    case EONAY_PKCS11_ASK_UNBLOCK:
    default:
      return execute (self, request);
    }
}

static gboolean
serve_one (EonayPkcs11Host *self)
{
  g_autoptr (EonayPkcs11Request) request = read_request (self);

  return request != NULL && answer (self, request) &&
         eonay_pkcs11_host_say (self, EONAY_PKCS11_SAYS_END, &(EonayPkcs11Answer){ 0 }) &&
         self->functions != NULL;
}

void
eonay_pkcs11_host_serve (EonayPkcs11Host *self)
{
  while (serve_one (self))
    ;

  if (self->functions != NULL)
    self->functions->C_Finalize (NULL);
}
