#include "session/sign/eonay-session.h"

/* Written out a second time on purpose: as the header draws it. */
static const char *const drawn[EONAY_SESSION_N_STATES] = {
  [EONAY_SESSION_IDLE] = "resolving reviewing",
  [EONAY_SESSION_RESOLVING] = "reviewing idle expired failed",
  [EONAY_SESSION_REVIEWING] = "waiting-pin idle declined expired failed",
  [EONAY_SESSION_WAITING_PIN] = "signing reviewing declined expired",
  [EONAY_SESSION_SIGNING] = "submitting waiting-pin reviewing expired failed",
  [EONAY_SESSION_SUBMITTING] = "done submitting expired failed",
  [EONAY_SESSION_DONE] = "idle",
  [EONAY_SESSION_DECLINED] = "idle",
  [EONAY_SESSION_EXPIRED] = "idle",
  [EONAY_SESSION_FAILED] = "submitting idle",
};

static void
test_every_pair (void)
{
  g_autoptr (GEnumClass) states = g_type_class_ref (EONAY_TYPE_SESSION_STATE);

  g_assert_cmpuint (states->n_values, ==, EONAY_SESSION_N_STATES);
  for (int from = 0; from < EONAY_SESSION_N_STATES; from++)
    {
      g_auto (GStrv) targets = g_strsplit (drawn[from], " ", -1);

      for (int to = 0; to < EONAY_SESSION_N_STATES; to++)
        {
          const char *nick = g_enum_get_value (states, to)->value_nick;

          g_test_message ("%s -> %s", g_enum_get_value (states, from)->value_nick, nick);
          g_assert_cmpint (eonay_session_may_go ((EonaySessionState) from, (EonaySessionState) to),
                           ==, g_strv_contains ((const char *const *) targets, nick));
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/edges/every-pair", test_every_pair);

  return g_test_run ();
}
