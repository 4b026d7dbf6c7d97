#include "unblock-fixture.h"

/* Every call that a person, or the program on their behalf, can make, in every state. */
typedef enum {
  EVENT_RESOLVE,
  EVENT_STEAL,
  EVENT_WORD,
  EVENT_RENEW,
  EVENT_SMS,
  EVENT_PIN,
  EVENT_GO_ON,
  EVENT_CANCEL,
  EVENT_DECLINE,
  EVENT_REPORT_AGAIN,
  EVENT_RESET,
  EVENT_UPDATE,
  EVENT_TIME_OVER,
  N_EVENTS,
} Event;

#define STAY EONAY_UNBLOCK_N_STATES
#define S(name) EONAY_UNBLOCK_##name

/* Where each call leads to at once; every other call changes nothing. */
static const struct {
  Event event;
  EonayUnblockState from;
  EonayUnblockState to;
} moves[] = {
  { EVENT_RESOLVE, S (IDLE), S (RESOLVING) },
  { EVENT_STEAL, S (OTHER), S (IDLE) },
  { EVENT_WORD, S (WAITING_WORD), S (SENDING_WORD) },
  { EVENT_RENEW, S (WAITING_SMS), S (WAITING_WORD) },
  { EVENT_SMS, S (WAITING_SMS), S (WAITING_PIN) },
  { EVENT_PIN, S (WAITING_PIN), S (CONFIRMING) },
  { EVENT_GO_ON, S (READY), S (CONFIRMING) },
  { EVENT_CANCEL, S (RESOLVING), S (IDLE) },
  { EVENT_CANCEL, S (SENDING_WORD), S (WAITING_WORD) },
  { EVENT_DECLINE, S (RESOLVING), S (IDLE) },
  { EVENT_DECLINE, S (OTHER), S (DECLINED) },
  { EVENT_DECLINE, S (WAITING_CARD), S (DECLINED) },
  { EVENT_DECLINE, S (WAITING_WORD), S (DECLINED) },
  { EVENT_DECLINE, S (SENDING_WORD), S (DECLINED) },
  { EVENT_DECLINE, S (WAITING_SMS), S (DECLINED) },
  { EVENT_DECLINE, S (WAITING_PIN), S (DECLINED) },
  { EVENT_DECLINE, S (READY), S (DECLINED) },
  { EVENT_DECLINE, S (CONFIRMING), S (DECLINED) },
  { EVENT_RESET, S (DONE), S (IDLE) },
  { EVENT_RESET, S (DECLINED), S (IDLE) },
  { EVENT_RESET, S (EXPIRED), S (IDLE) },
  { EVENT_RESET, S (FAILED), S (IDLE) },
  { EVENT_TIME_OVER, S (OTHER), S (EXPIRED) },
  { EVENT_TIME_OVER, S (WAITING_CARD), S (EXPIRED) },
  { EVENT_TIME_OVER, S (WAITING_WORD), S (EXPIRED) },
  { EVENT_TIME_OVER, S (WAITING_SMS), S (EXPIRED) },
  { EVENT_TIME_OVER, S (WAITING_PIN), S (EXPIRED) },
  { EVENT_TIME_OVER, S (READY), S (EXPIRED) },
};

static EonayUnblockState
find_target (EonayUnblockState from, Event event)
{
  for (gsize i = 0; i < G_N_ELEMENTS (moves); i++)
    if (moves[i].from == from && moves[i].event == event)
      return moves[i].to;

  return STAY;
}

static void
begin_other (UnblockFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  fixture->code = eonay_practice_portal_create (fixture->base->server, "e-onay", 285, NULL, &error);
  g_assert_no_error (error);
  eonay_unblock_resolve (fixture->unblock, fixture->base->portal, fixture->code);
  unblock_fixture_await (fixture, EONAY_UNBLOCK_OTHER);
}

static void
finish_in (UnblockFixture *fixture, EonayUnblockState state)
{
  if (state == EONAY_UNBLOCK_DECLINED)
    {
      eonay_unblock_decline (fixture->unblock);
    }
  else if (state == EONAY_UNBLOCK_EXPIRED)
    {
      session_fixture_advance (fixture->base, 300);
      eonay_unblock_update (fixture->unblock);
    }
  else
    {
      unblock_fixture_type_pin (fixture, UNBLOCK_NEW_PIN);
    }
  unblock_fixture_await (fixture, state);
}

/** Brings @fixture to @state by the straight way. */
static void
reach (UnblockFixture *fixture, EonayUnblockState state)
{
  if (state == EONAY_UNBLOCK_IDLE)
    return;
  if (state == EONAY_UNBLOCK_OTHER)
    {
      begin_other (fixture);
      return;
    }

  if (state == EONAY_UNBLOCK_WAITING_CARD)
    unblock_fixture_insert (fixture, NULL);
  unblock_fixture_begin (fixture, NULL, state == EONAY_UNBLOCK_FAILED ? "puk-wrong" : NULL);
  if (state <= EONAY_UNBLOCK_WAITING_CARD)
    {
      unblock_fixture_await (fixture, state);
      return;
    }

  if (state == EONAY_UNBLOCK_SENDING_WORD)
    {
      unblock_fixture_go_to (fixture, EONAY_UNBLOCK_WAITING_WORD);
      unblock_fixture_type_word (fixture, UNBLOCK_WORD);
      return;
    }

  unblock_fixture_go_to (fixture, MIN (state, EONAY_UNBLOCK_WAITING_PIN));
  if (state > EONAY_UNBLOCK_WAITING_PIN)
    finish_in (fixture, state);
}

static void
steal (UnblockFixture *fixture)
{
  g_autoptr (EonayPortal) portal = NULL;
  g_autoptr (EonayTransaction) transaction = eonay_unblock_steal_transaction (fixture->unblock,
                                                                              &portal);
}

static void
cause (UnblockFixture *fixture, Event event)
{
  EonayUnblock *unblock = fixture->unblock;

  switch (event)
    {
    case EVENT_RESOLVE:
      eonay_unblock_resolve (unblock, fixture->base->portal, "820004526184196");
      break;
    case EVENT_STEAL:
      steal (fixture);
      break;
    case EVENT_WORD:
      unblock_fixture_type_word (fixture, UNBLOCK_WORD);
      break;
    case EVENT_RENEW:
      eonay_unblock_renew_sms (unblock);
      break;
    case EVENT_SMS:
      unblock_fixture_type_sms_code (fixture, "123456");
      break;
    case EVENT_PIN:
      unblock_fixture_type_pin (fixture, UNBLOCK_NEW_PIN);
      break;
    case EVENT_GO_ON:
      eonay_unblock_go_on (unblock);
      break;
    case EVENT_CANCEL:
      eonay_unblock_cancel (unblock);
      break;
    case EVENT_DECLINE:
      eonay_unblock_decline (unblock);
      break;
    case EVENT_REPORT_AGAIN:
      eonay_unblock_report_again (unblock);
      break;
    case EVENT_RESET:
      eonay_unblock_reset (unblock);
      break;
    case EVENT_TIME_OVER:
      session_fixture_advance (fixture->base, 300);
      eonay_unblock_update (unblock);
      break;
    case EVENT_UPDATE:
    case N_EVENTS:
    default:
      eonay_unblock_update (unblock);
    }
}

static void
test_state (gconstpointer data)
{
  EonayUnblockState state = (EonayUnblockState) GPOINTER_TO_UINT (data);

  for (int event = 0; event < N_EVENTS; event++)
    {
      g_autoptr (UnblockFixture) fixture =
          unblock_fixture_new_with_puk (state == EONAY_UNBLOCK_READY ? 1 : G_MAXINT);
      EonayUnblockState target = find_target (state, (Event) event);

      reach (fixture, state);
      g_assert_cmpint (eonay_unblock_get_state (fixture->unblock), ==, state);
      cause (fixture, (Event) event);
      g_test_message ("state %d, event %d", (int) state, event);
      g_assert_cmpint (eonay_unblock_get_state (fixture->unblock), ==,
                       target == STAY ? state : target);
    }
}

int
main (int argc, char *argv[])
{
  g_autoptr (GEnumClass) states = g_type_class_ref (EONAY_TYPE_UNBLOCK_STATE);

  eonay_secret_init_heap ();
  g_test_init (&argc, &argv, NULL);
  for (guint state = 0; state < EONAY_UNBLOCK_N_STATES; state++)
    {
      g_autofree char *path = g_strconcat (
          "/session/unblock-events/", g_enum_get_value (states, (int) state)->value_nick, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (state), test_state);
    }

  return g_test_run ();
}
