/*
 * Stands for a module host that never comes to an end, and never falls silent either. What it does
 * is its argument:
 *   frames   says again and again what has become of the PIN
 *   bytes    announces a frame, and sends it byte by byte
 *   outcome  tells the outcome, and then goes on as "frames"
 */
#include "base/host/eonay-frame-pipe.h"
#include "base/host/eonay-host-process.h"
#include "card/pkcs11/eonay-pkcs11-answer.h"

#define PAUSE 5000 /* microseconds */

static gboolean
say (EonayPkcs11Says says, const EonayPkcs11Answer *answer)
{
  return eonay_frame_pipe_write_frame (EONAY_HOST_PROCESS_FD,
                                       eonay_pkcs11_answer_encode (answer, says),
                                       EONAY_FRAME_PIPE_FOREVER) == EONAY_FRAME_PIPE_DONE;
}

static gboolean
say_accepted (void)
{
  return say (EONAY_PKCS11_SAYS_PROGRESS,
              &(EonayPkcs11Answer){ .pin_try = EONAY_PIN_TRY_ACCEPTED });
}

static void
drip_frames (void)
{
  while (say_accepted ())
    g_usleep (PAUSE);
}

static void
drip_bytes (void)
{
  const guint32 length = GUINT32_TO_BE (EONAY_FRAME_MAX);
  EonayFramePipeResult result;

  say_accepted ();
  result = eonay_frame_pipe_write (EONAY_HOST_PROCESS_FD, &length, sizeof length,
                                   EONAY_FRAME_PIPE_FOREVER);
  while (result == EONAY_FRAME_PIPE_DONE)
    {
      g_usleep (PAUSE);
      result = eonay_frame_pipe_write (EONAY_HOST_PROCESS_FD, "", 1, EONAY_FRAME_PIPE_FOREVER);
    }
}

int
main (int argc, char *argv[])
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  g_assert_cmpint (argc, ==, 2);
  if (g_str_equal (argv[1], "outcome"))
    say (EONAY_PKCS11_SAYS_SIGNATURES, &(EonayPkcs11Answer){ .signatures = none });
  if (g_str_equal (argv[1], "bytes"))
    drip_bytes ();
  else
    drip_frames ();

  return 0;
}
