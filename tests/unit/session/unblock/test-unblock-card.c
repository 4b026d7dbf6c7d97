#include "base/eonay-error.h"
#include "unblock-fixture.h"

/* Whichever card is in the reader, when, and whose. */

#define OTHER_PERSON "10000000078"

static char *
get_serial (UnblockFixture *fixture)
{
  unblock_fixture_await_card_status (fixture, EONAY_UNBLOCK_CARD_THERE);

  return g_strdup (eonay_token_get_serial (eonay_unblock_get_token (fixture->unblock)));
}

static EonayPracticeCard *
other_card (void)
{
  return session_fixture_get_card (EONAY_PRACTICE_CARD_EC);
}

/* No card, then another one, then the one that is meant: it goes on by itself. */
static void
test_meant (void)
{
  g_autoptr (UnblockFixture) first = unblock_fixture_new ();
  g_autofree char *serial = NULL;
  g_autofree char *upper = NULL;
  EonayPracticeUnblockWish wish = { 0 };

  unblock_fixture_begin (first, NULL, NULL);
  serial = get_serial (first);
  eonay_unblock_decline (first->unblock);
  eonay_unblock_reset (first->unblock);

  upper = g_ascii_strup (serial, -1);
  wish.card_serial = upper;
  unblock_fixture_insert (first, NULL);
  unblock_fixture_begin (first, &wish, NULL);
  unblock_fixture_await (first, EONAY_UNBLOCK_WAITING_CARD);
  unblock_fixture_await_card_status (first, EONAY_UNBLOCK_CARD_NONE);
  unblock_fixture_insert (first, other_card ());
  unblock_fixture_await_card_status (first, EONAY_UNBLOCK_CARD_OTHER);
  g_assert_null (eonay_unblock_get_token (first->unblock));
  g_assert_cmpint (eonay_unblock_get_state (first->unblock), ==, EONAY_UNBLOCK_WAITING_CARD);
  unblock_fixture_insert (first, first->card);
  unblock_fixture_go_to (first, EONAY_UNBLOCK_WAITING_PIN);
  unblock_fixture_type_pin (first, UNBLOCK_NEW_PIN);
  unblock_fixture_await (first, EONAY_UNBLOCK_DONE);
}

static void
test_hints (void)
{
  g_autoptr (UnblockFixture) fixture = unblock_fixture_new ();
  EonayToken *token;
  const char *serial;
  g_autofree char *spaced = NULL;

  unblock_fixture_begin (fixture, NULL, NULL);
  unblock_fixture_await_card_status (fixture, EONAY_UNBLOCK_CARD_THERE);
  token = eonay_unblock_get_token (fixture->unblock);
  serial = eonay_token_get_serial (token);
  spaced = g_strdup_printf ("%.2s %.2s:%s", serial, serial + 2, serial + 4);

  g_assert_true (eonay_unblock_card_fits (token, NULL, NULL));
  g_assert_true (eonay_unblock_card_fits (token, serial, NULL));
  g_assert_true (eonay_unblock_card_fits (token, spaced, NULL));
  g_assert_true (eonay_unblock_card_fits (token, NULL, "10000000146"));
  g_assert_true (eonay_unblock_card_fits (token, serial, "10000000146"));
  g_assert_false (eonay_unblock_card_fits (token, "00", NULL));
  g_assert_false (eonay_unblock_card_fits (token, "", NULL));
  g_assert_false (eonay_unblock_card_fits (token, "00", "10000000146"));
  g_assert_false (eonay_unblock_card_fits (token, NULL, OTHER_PERSON));
  g_assert_false (eonay_unblock_card_fits (token, serial, OTHER_PERSON));
}

/* What was typed is kept, and the person is where they were when the card is back. */
static void
pull_in (EonayUnblockState state)
{
  g_autoptr (UnblockFixture) fixture = unblock_fixture_new ();

  unblock_fixture_begin (fixture, NULL, NULL);
  unblock_fixture_go_to (fixture, state);
  unblock_fixture_insert (fixture, NULL);
  unblock_fixture_await (fixture, EONAY_UNBLOCK_WAITING_CARD);
  g_assert_null (eonay_unblock_get_token (fixture->unblock));
  /* The person has to be told which card. */
  g_assert_cmpint (eonay_unblock_get_card_serial (fixture->unblock) != NULL, ==,
                   state != EONAY_UNBLOCK_WAITING_WORD);
  unblock_fixture_insert (fixture, other_card ());
  /* Before the portal was told of a card, any card of the holder will do. */
  if (state == EONAY_UNBLOCK_WAITING_WORD)
    {
      unblock_fixture_await (fixture, EONAY_UNBLOCK_WAITING_WORD);
      return;
    }

  unblock_fixture_await_card_status (fixture, EONAY_UNBLOCK_CARD_OTHER);
  g_assert_cmpint (eonay_unblock_get_state (fixture->unblock), ==, EONAY_UNBLOCK_WAITING_CARD);
  unblock_fixture_insert (fixture, fixture->card);
  unblock_fixture_await (fixture, state);
  if (state == EONAY_UNBLOCK_WAITING_SMS)
    unblock_fixture_type_sms (fixture);
  unblock_fixture_type_pin (fixture, UNBLOCK_NEW_PIN);
  unblock_fixture_await (fixture, EONAY_UNBLOCK_DONE);
  g_assert_true (unblock_fixture_card_takes (fixture, UNBLOCK_NEW_PIN));
}

static void
test_pulled (void)
{
  pull_in (EONAY_UNBLOCK_WAITING_WORD);
  pull_in (EONAY_UNBLOCK_WAITING_SMS);
  pull_in (EONAY_UNBLOCK_WAITING_PIN);
}

static void
test_pulled_before_last_try (void)
{
  g_autoptr (UnblockFixture) fixture = unblock_fixture_new_with_puk (1);

  unblock_fixture_begin (fixture, NULL, NULL);
  unblock_fixture_go_to (fixture, EONAY_UNBLOCK_WAITING_PIN);
  unblock_fixture_type_pin (fixture, UNBLOCK_NEW_PIN);
  g_assert_cmpint (eonay_unblock_get_state (fixture->unblock), ==, EONAY_UNBLOCK_READY);
  unblock_fixture_insert (fixture, NULL);
  unblock_fixture_await (fixture, EONAY_UNBLOCK_WAITING_CARD);
  unblock_fixture_insert (fixture, fixture->card);
  unblock_fixture_await (fixture, EONAY_UNBLOCK_READY);
  g_assert_true (eonay_unblock_is_last_try (fixture->unblock));
  eonay_unblock_go_on (fixture->unblock);
  unblock_fixture_await (fixture, EONAY_UNBLOCK_DONE);
}

/* The SMS runs on while the card is out. */
static void
test_late_while_out (void)
{
  const EonayPracticeUnblockWish wish = { .sms_validity = 60 };
  g_autoptr (UnblockFixture) fixture = unblock_fixture_new ();

  unblock_fixture_begin (fixture, &wish, NULL);
  unblock_fixture_go_to (fixture, EONAY_UNBLOCK_WAITING_SMS);
  unblock_fixture_insert (fixture, NULL);
  unblock_fixture_await (fixture, EONAY_UNBLOCK_WAITING_CARD);
  session_fixture_advance (fixture->base, 61);
  eonay_unblock_update (fixture->unblock);
  g_assert_cmpint (eonay_unblock_get_state (fixture->unblock), ==, EONAY_UNBLOCK_WAITING_CARD);
  unblock_fixture_insert (fixture, fixture->card);
  unblock_fixture_await (fixture, EONAY_UNBLOCK_WAITING_WORD);
  g_assert_error (eonay_unblock_get_error (fixture->unblock), EONAY_PORTAL_ERROR,
                  EONAY_PORTAL_ERROR_SMS_CODE_EXPIRED);
}

/* After an end, what was in the readers is not held on to. */
static void
test_ended (void)
{
  g_autoptr (UnblockFixture) fixture = unblock_fixture_new ();
  gint64 until = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;
  EonayToken *token;

  unblock_fixture_begin (fixture, NULL, NULL);
  unblock_fixture_await_card_status (fixture, EONAY_UNBLOCK_CARD_THERE);
  token = eonay_unblock_get_token (fixture->unblock);
  g_object_add_weak_pointer (G_OBJECT (token), (gpointer *) &token);
  eonay_unblock_decline (fixture->unblock);
  unblock_fixture_assert_outcome (fixture, "cancelled");
  eonay_unblock_reset (fixture->unblock);
  unblock_fixture_insert (fixture, NULL);
  while (token != NULL && g_get_monotonic_time () < until)
    g_main_context_iteration (NULL, FALSE);
  g_assert_null (token);
}

/* While the portal is asked for the PUK: it comes, is not used, and can be had again. */
static void
swap_while_confirming (EonayPracticeCard *card)
{
  g_autoptr (UnblockFixture) fixture = unblock_fixture_new ();
  int tries = unblock_fixture_puk_tries (fixture);

  unblock_fixture_begin (fixture, NULL, NULL);
  unblock_fixture_go_to (fixture, EONAY_UNBLOCK_WAITING_PIN);
  unblock_fixture_type_pin (fixture, UNBLOCK_NEW_PIN);
  g_assert_cmpint (eonay_unblock_get_state (fixture->unblock), ==, EONAY_UNBLOCK_CONFIRMING);
  unblock_fixture_insert (fixture, card);
  unblock_fixture_await (fixture, EONAY_UNBLOCK_WAITING_CARD);
  g_assert_error (eonay_unblock_get_error (fixture->unblock), EONAY_CARD_ERROR,
                  EONAY_CARD_ERROR_NO_CARD);
  g_assert_cmpint (unblock_fixture_puk_tries (fixture), ==, tries);
  g_assert_cmpint (unblock_fixture_pin_tries (fixture), ==, 0);

  unblock_fixture_insert (fixture, fixture->card);
  unblock_fixture_await (fixture, EONAY_UNBLOCK_READY);
  eonay_unblock_go_on (fixture->unblock);
  unblock_fixture_await (fixture, EONAY_UNBLOCK_DONE);
  g_assert_true (unblock_fixture_card_takes (fixture, UNBLOCK_NEW_PIN));
}

static void
test_swapped_while_confirming (void)
{
  swap_while_confirming (NULL);
  swap_while_confirming (other_card ());
}

/* Before each command that the unblocking takes: no try is lost, and the end is clear. */
static gboolean
pull_before_command (guint n)
{
  g_autoptr (UnblockFixture) fixture = unblock_fixture_new ();
  int tries = unblock_fixture_puk_tries (fixture);
  EonayUnblockState state;

  unblock_fixture_begin (fixture, NULL, NULL);
  unblock_fixture_go_to (fixture, EONAY_UNBLOCK_WAITING_PIN);
  unblock_fixture_type_pin (fixture, UNBLOCK_NEW_PIN);
  /* Nothing is sent to the card before the PUK has come. */
  eonay_practice_slots_pull_at (fixture->base->slots, n);
  unblock_fixture_await (fixture, EONAY_UNBLOCK_UNBLOCKING);
  while (eonay_unblock_get_state (fixture->unblock) == EONAY_UNBLOCK_UNBLOCKING)
    g_main_context_iteration (NULL, TRUE);
  state = eonay_unblock_get_state (fixture->unblock);
  eonay_practice_slots_pull_at (fixture->base->slots, 0);
  g_test_message ("pulled before command %u: %s", n, fixture->states->str);
  g_assert_cmpint (unblock_fixture_puk_tries (fixture), ==, tries);

  if (state == EONAY_UNBLOCK_DONE)
    {
      g_assert_true (unblock_fixture_card_takes (fixture, UNBLOCK_NEW_PIN));
      return FALSE;
    }
  if (state == EONAY_UNBLOCK_FAILED)
    {
      g_assert_error (eonay_unblock_get_error (fixture->unblock), EONAY_SESSION_ERROR,
                      EONAY_SESSION_ERROR_UNBLOCK_UNCERTAIN);
      unblock_fixture_assert_outcome (fixture, "unknown");
      return TRUE;
    }

  /* The card has not seen the PUK: the person makes up a new PIN once more, and no new code. */
  unblock_fixture_await (fixture, EONAY_UNBLOCK_WAITING_CARD);
  g_assert_cmpint (unblock_fixture_pin_tries (fixture), ==, 0);
  unblock_fixture_insert (fixture, fixture->card);
  unblock_fixture_await (fixture, EONAY_UNBLOCK_WAITING_PIN);
  unblock_fixture_type_pin (fixture, "593827");
  unblock_fixture_await (fixture, EONAY_UNBLOCK_DONE);
  g_assert_true (unblock_fixture_card_takes (fixture, "593827"));

  return TRUE;
}

static void
test_pulled_while_unblocking (void)
{
  guint n = 1;

  while (pull_before_command (n))
    n++;
  g_assert_cmpuint (n, >, 1);
}

/* The portal knows better which card is the holder's. */
static void
test_refused_by_portal (void)
{
  const EonayPracticeUnblockWish wish = { .card_serial = "0011223344" };
  g_autoptr (UnblockFixture) fixture = unblock_fixture_new ();

  unblock_fixture_begin (fixture, &wish, NULL);
  unblock_fixture_await_card_status (fixture, EONAY_UNBLOCK_CARD_OTHER);
  g_assert_cmpint (eonay_unblock_get_state (fixture->unblock), ==, EONAY_UNBLOCK_WAITING_CARD);
  g_assert_cmpstr (
      eonay_transaction_get_card_hint (eonay_unblock_get_transaction (fixture->unblock)), ==,
      "0011223344");
  eonay_unblock_decline (fixture->unblock);
  unblock_fixture_assert_outcome (fixture, "cancelled");
}

int
main (int argc, char *argv[])
{
  eonay_secret_init_heap ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/unblock-card/meant", test_meant);
  g_test_add_func ("/session/unblock-card/hints", test_hints);
  g_test_add_func ("/session/unblock-card/pulled", test_pulled);
  g_test_add_func ("/session/unblock-card/pulled-before-last-try", test_pulled_before_last_try);
  g_test_add_func ("/session/unblock-card/late-while-out", test_late_while_out);
  g_test_add_func ("/session/unblock-card/ended", test_ended);
  g_test_add_func ("/session/unblock-card/swapped-while-confirming", test_swapped_while_confirming);
  g_test_add_func ("/session/unblock-card/pulled-while-unblocking", test_pulled_while_unblocking);
  g_test_add_func ("/session/unblock-card/other-card-meant", test_refused_by_portal);

  return g_test_run ();
}
