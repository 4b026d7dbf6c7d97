#include "session/unblock/eonay-unblock.h"

/* Written out a second time on purpose: as the header draws it. */
static const char *const drawn[EONAY_UNBLOCK_N_STATES] = {
  [EONAY_UNBLOCK_IDLE] = "resolving waiting-card",
  [EONAY_UNBLOCK_RESOLVING] = "waiting-card other idle expired failed",
  [EONAY_UNBLOCK_OTHER] = "idle declined expired",
  [EONAY_UNBLOCK_WAITING_CARD] =
      "waiting-word waiting-sms waiting-pin ready declined expired failed",
  [EONAY_UNBLOCK_WAITING_WORD] = "sending-word waiting-card declined expired failed",
  [EONAY_UNBLOCK_SENDING_WORD] = "waiting-sms waiting-word waiting-card declined expired failed",
  [EONAY_UNBLOCK_WAITING_SMS] =
      "waiting-pin confirming ready waiting-word waiting-card declined expired failed",
  [EONAY_UNBLOCK_WAITING_PIN] =
      "confirming ready waiting-word waiting-card declined expired failed",
  [EONAY_UNBLOCK_READY] = "confirming waiting-word waiting-card declined expired failed",
  [EONAY_UNBLOCK_CONFIRMING] =
      "unblocking waiting-sms waiting-word ready waiting-card declined expired failed",
  [EONAY_UNBLOCK_UNBLOCKING] = "done waiting-pin expired failed",
  [EONAY_UNBLOCK_DONE] = "idle",
  [EONAY_UNBLOCK_DECLINED] = "idle",
  [EONAY_UNBLOCK_EXPIRED] = "idle",
  [EONAY_UNBLOCK_FAILED] = "idle",
};

static void
test_every_pair (void)
{
  g_autoptr (GEnumClass) states = g_type_class_ref (EONAY_TYPE_UNBLOCK_STATE);

  g_assert_cmpuint (states->n_values, ==, EONAY_UNBLOCK_N_STATES);
  for (int from = 0; from < EONAY_UNBLOCK_N_STATES; from++)
    {
      g_auto (GStrv) targets = g_strsplit (drawn[from], " ", -1);

      for (int to = 0; to < EONAY_UNBLOCK_N_STATES; to++)
        {
          const char *nick = g_enum_get_value (states, to)->value_nick;

          g_test_message ("%s -> %s", g_enum_get_value (states, from)->value_nick, nick);
          g_assert_cmpint (eonay_unblock_may_go ((EonayUnblockState) from, (EonayUnblockState) to),
                           ==, g_strv_contains ((const char *const *) targets, nick));
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/unblock-edges/every-pair", test_every_pair);

  return g_test_run ();
}
