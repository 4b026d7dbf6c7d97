/*
 * Stands for a module host that a hostile module has taken over, and that says what it likes of a
 * PIN. What it does is its argument, "lie" or "lie+lie"; the PIN is asked for, and read, after the
 * word "ask".
 */
#include <signal.h>
#include <stdlib.h>

#include "base/eonay-error.h"
#include "base/host/eonay-frame-pipe.h"
#include "base/host/eonay-host-process.h"
#include "card/pkcs11/eonay-pkcs11-answer.h"
#include "card/pkcs11/eonay-pkcs11-request.h"

static gboolean
say (EonayPkcs11Says says, const EonayPkcs11Answer *answer)
{
  return eonay_frame_pipe_write_frame (EONAY_HOST_PROCESS_FD,
                                       eonay_pkcs11_answer_encode (answer, says),
                                       EONAY_FRAME_PIPE_FOREVER) == EONAY_FRAME_PIPE_DONE;
}

static EonayPkcs11Request *
read_request (void)
{
  g_autoptr (GVariant) frame = NULL;

  if (eonay_frame_pipe_read_frame (EONAY_HOST_PROCESS_FD, EONAY_PKCS11_REQUEST_TYPE,
                                   EONAY_FRAME_PIPE_FOREVER, &frame) != EONAY_FRAME_PIPE_DONE)
    return NULL;

  return eonay_pkcs11_request_decode (frame);
}

static void
ask (const EonayPkcs11Request *request)
{
  guint8 pins[2 * EONAY_SECRET_MAX];

  say (EONAY_PKCS11_SAYS_WANTS_PINS, &(EonayPkcs11Answer){ 0 });
  eonay_frame_pipe_read (EONAY_HOST_PROCESS_FD, pins,
                         request->announced.secret_length + request->announced.new_pin_length,
                         EONAY_FRAME_PIPE_FOREVER);
}

/* @lie: "not-sent" or "accepted" of the PIN; a number: the code of an #EonayCardError */
static void
tell (const char *lie)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  if (g_str_equal (lie, "not-sent"))
    say (EONAY_PKCS11_SAYS_PROGRESS, &(EonayPkcs11Answer){ .pin_try = EONAY_PIN_TRY_NOT_SENT });
  else if (g_str_equal (lie, "accepted"))
    say (EONAY_PKCS11_SAYS_PROGRESS, &(EonayPkcs11Answer){ .pin_try = EONAY_PIN_TRY_ACCEPTED });
  else if (g_str_equal (lie, "done"))
    say (EONAY_PKCS11_SAYS_SIGNATURES, &(EonayPkcs11Answer){ .signatures = none });
  else
    {
      error = g_str_equal (lie, "cancelled")
                  ? g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "a lie")
                  : g_error_new_literal (EONAY_CARD_ERROR, atoi (lie), "a lie");
      say (EONAY_PKCS11_SAYS_ERROR, &(EonayPkcs11Answer){ .error = error });
    }
}

int
main (int argc, char *argv[])
{
  g_autoptr (EonayPkcs11Request) request = read_request ();
  g_auto (GStrv) lies = NULL;

  g_assert_cmpint (argc, ==, 2);
  if (request == NULL)
    return 0;

  lies = g_strsplit (argv[1], "+", -1);
  for (guint i = 0; lies[i] != NULL; i++)
    if (g_str_equal (lies[i], "ask"))
      ask (request);
    else if (g_str_equal (lies[i], "stop"))
      raise (SIGSTOP);
    else if (g_str_equal (lies[i], "end"))
      return 0;
    else
      tell (lies[i]);
  say (EONAY_PKCS11_SAYS_END, &(EonayPkcs11Answer){ 0 });
  eonay_pkcs11_request_free (read_request ());

  return 0;
}
