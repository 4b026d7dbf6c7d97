#include "akis-fixture.h"

#include <string.h>

#include "base/eonay-error.h"

typedef struct {
  EonayPracticeCardKind kind;
  const char *model;
  guint certificates;
  guint exchanges; /* of the listing, serial number and PIN state included */
  int tries;       /* that are known without a PIN */
} Listing;

static const Listing listings[] = {
  { EONAY_PRACTICE_CARD_AKIS_1_0, "AKİS v1.0", 1, 21, -1 },
  { EONAY_PRACTICE_CARD_AKIS_1_2, "AKİS v1.2", 1, 21, -1 },
  { EONAY_PRACTICE_CARD_AKIS_2, "AKİS v2", 2, 24, -1 },
  { EONAY_PRACTICE_CARD_AKIS_3, "AKİS v3", 1, 19, -1 },
};

static void
test_lists (AkisFixture *fixture, gconstpointer kind)
{
  const Listing *expected = NULL;
  guint commands = akis_count_commands (fixture);
  guint again;
  EonayPinState state;
  g_autoptr (GError) error = NULL;

  /* set_up() has refreshed what the reader had refreshed before. */
  akis_refresh (fixture, &error);
  g_assert_no_error (error);
  again = akis_count_commands (fixture) - commands;
  commands -= again;

  for (gsize i = 0; i < G_N_ELEMENTS (listings); i++)
    if (listings[i].kind == (EonayPracticeCardKind) GPOINTER_TO_INT (kind))
      expected = &listings[i];

  g_test_message ("listed with %u exchanges, refreshed with %u, serial %s", commands, again,
                  eonay_token_get_serial (fixture->token));
  g_assert_cmpstr (eonay_token_get_model (fixture->token), ==, expected->model);
  g_assert_cmpuint (g_list_model_get_n_items (eonay_token_get_certificates (fixture->token)), ==,
                    expected->certificates);
  g_assert_cmpuint (strlen (eonay_token_get_serial (fixture->token)), ==, 12);
  g_assert_true (g_str_has_prefix (eonay_token_get_serial (fixture->token), "7000000000"));

  eonay_token_get_pin_state (fixture->token, NULL, &state);
  g_assert_true (state.known == (expected->tries >= 0));
  g_assert_cmpint (state.tries_left, ==, expected->tries);
  g_assert_false (state.blocked);
  eonay_token_get_puk_state (fixture->token, NULL, &state);
  g_assert_false (state.known);
  akis_assert_tries (fixture, fixture->pin_tries, fixture->puk_tries);
  g_assert_cmpuint (commands, <=, expected->exchanges);
}

static void
test_signs_rsa (AkisFixture *fixture, gconstpointer kind)
{
  akis_assert_signs (fixture, 0, EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256, 1, PIN);
  akis_assert_signs (fixture, 0, EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256, 3, PIN);
  akis_assert_tries (fixture, fixture->pin_tries, fixture->puk_tries);
}

static void
test_signs_ec (AkisFixture *fixture, gconstpointer kind)
{
  akis_assert_signs (fixture, 1, EONAY_SIGNATURE_SCHEME_ECDSA_SHA384, 1, PIN);
  akis_assert_signs (fixture, 1, EONAY_SIGNATURE_SCHEME_ECDSA_SHA384, 2, PIN);
  akis_assert_tries (fixture, fixture->pin_tries, fixture->puk_tries);
}

/* Nothing goes to a card that is refused. */
static void
test_needs_module (AkisFixture *fixture, gconstpointer kind)
{
  guint before = akis_count_commands (fixture);
  g_autoptr (GError) signing = NULL;
  g_autoptr (GError) changing = NULL;
  g_autoptr (GError) unblocking = NULL;

  g_assert_null (akis_sign_rsa (fixture, PIN, &signing));
  g_assert_error (signing, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MODULE_NEEDED);
  g_assert_false (akis_change (fixture, PIN, NEW_PIN, &changing));
  g_assert_error (changing, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MODULE_NEEDED);
  g_assert_false (akis_unblock (fixture, PUK, NEW_PIN, &unblocking));
  g_assert_error (unblocking, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MODULE_NEEDED);
  g_assert_cmpint (eonay_card_error_get_pin_try (signing), ==, EONAY_PIN_TRY_NOT_SENT);
  g_assert_cmpuint (akis_count_commands (fixture), ==, before);
  akis_assert_tries (fixture, fixture->pin_tries, fixture->puk_tries);
}

/* The switch counts at once, for a card that was listed before. */
static void
test_switch (AkisFixture *fixture, gconstpointer kind)
{
  test_needs_module (fixture, kind);
  eonay_reader_list_set_allow_experimental (fixture->list, TRUE);
  akis_assert_signs (fixture, 0, EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256, 1, PIN);
  eonay_reader_list_set_allow_experimental (fixture->list, FALSE);
  test_needs_module (fixture, kind);
}

/* A PIN that the card cannot take costs no try, and no exchange. */
static void
test_pin_of_wrong_length (AkisFixture *fixture, gconstpointer kind)
{
  guint before = akis_count_commands (fixture);
  g_autoptr (GError) short_error = NULL;
  g_autoptr (GError) letters_error = NULL;

  g_assert_null (akis_sign_rsa (fixture, "123", &short_error));
  g_assert_error (short_error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_LENGTH);
  g_assert_null (akis_sign_rsa (fixture, "12345a", &letters_error));
  g_assert_error (letters_error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_LENGTH);
  g_assert_cmpuint (akis_count_commands (fixture), ==, before);
}

static void
test_wrong_pin (AkisFixture *fixture, gconstpointer kind)
{
  EonayPinState state;

  for (int left = fixture->pin_tries - 1; left >= 0; left--)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (akis_sign_rsa (fixture, WRONG_PIN, &error));
      g_assert_error (error, EONAY_CARD_ERROR,
                      (left > 0 ? EONAY_CARD_ERROR_PIN_WRONG : EONAY_CARD_ERROR_PIN_BLOCKED));
      g_assert_cmpint (eonay_card_error_get_tries_left (error), ==, left);
      akis_assert_tries (fixture, left, fixture->puk_tries);
      eonay_token_get_pin_state (fixture->token, NULL, &state);
      g_assert_true (state.known);
      g_assert_cmpint (state.tries_left, ==, left);
      g_assert_true (state.blocked == (left == 0));
    }

  {
    g_autoptr (GError) error = NULL;

    g_assert_null (akis_sign_rsa (fixture, PIN, &error));
    g_assert_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_BLOCKED);
  }
}

static void
test_change (AkisFixture *fixture, gconstpointer kind)
{
  g_autoptr (GError) wrong = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) old = NULL;

  g_assert_false (akis_change (fixture, WRONG_PIN, NEW_PIN, &wrong));
  g_assert_error (wrong, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_WRONG);
  akis_assert_tries (fixture, fixture->pin_tries - 1, fixture->puk_tries);

  akis_change (fixture, PIN, NEW_PIN, &error);
  g_assert_no_error (error);
  akis_assert_signs (fixture, 0, EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256, 1, NEW_PIN);
  g_assert_null (akis_sign_rsa (fixture, PIN, &old));
  g_assert_error (old, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_WRONG);
}

/* Nobody has described how v1.0 unblocks, and nothing is inferred: no try of the PUK for a guess. */
static void
test_unblock_is_not_known (AkisFixture *fixture, gconstpointer kind)
{
  guint before = akis_count_commands (fixture);
  g_autoptr (GError) refusal = NULL;
  g_autoptr (GError) unblocking = NULL;

  g_assert_true (eonay_token_can_use_pins (fixture->token));
  g_assert_false (
      eonay_token_check_request (fixture->token, EONAY_TOKEN_REQUEST_UNBLOCK, NULL, &refusal));
  g_assert_error (refusal, EONAY_CARD_ERROR, EONAY_CARD_ERROR_NO_PUK);
  g_assert_false (akis_unblock (fixture, PUK, NEW_PIN, &unblocking));
  g_assert_error (unblocking, EONAY_CARD_ERROR, EONAY_CARD_ERROR_NO_PUK);
  g_assert_cmpint (eonay_card_error_get_pin_try (unblocking), ==, EONAY_PIN_TRY_NOT_SENT);
  g_assert_cmpuint (akis_count_commands (fixture), ==, before);
  akis_assert_tries (fixture, fixture->pin_tries, fixture->puk_tries);
}

static void
test_unblock (AkisFixture *fixture, gconstpointer kind)
{
  g_autoptr (GError) wrong = NULL;
  g_autoptr (GError) error = NULL;
  EonayPinState state;

  test_wrong_pin (fixture, kind);
  g_assert_false (akis_unblock (fixture, WRONG_PUK, NEW_PIN, &wrong));
  g_assert_error (wrong, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PUK_WRONG);
  g_assert_cmpint (eonay_card_error_get_tries_left (wrong), ==, fixture->puk_tries - 1);
  akis_assert_tries (fixture, 0, fixture->puk_tries - 1);
  eonay_token_get_puk_state (fixture->token, NULL, &state);
  g_assert_cmpint (state.tries_left, ==, fixture->puk_tries - 1);

  akis_unblock (fixture, PUK, NEW_PIN, &error);
  g_assert_no_error (error);
  eonay_token_get_pin_state (fixture->token, NULL, &state);
  g_assert_false (state.blocked);
  akis_assert_tries (fixture, fixture->pin_tries, fixture->puk_tries);
  akis_assert_signs (fixture, 0, EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256, 1, NEW_PIN);
}

static void
test_blocked_puk (AkisFixture *fixture, gconstpointer kind)
{
  for (int left = fixture->puk_tries - 1; left >= 0; left--)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (akis_unblock (fixture, WRONG_PUK, NEW_PIN, &error));
      g_assert_error (error, EONAY_CARD_ERROR,
                      (left > 0 ? EONAY_CARD_ERROR_PUK_WRONG : EONAY_CARD_ERROR_PUK_BLOCKED));
      akis_assert_tries (fixture, fixture->pin_tries, left);
    }
}

static gboolean
do_sign (AkisFixture *fixture, GError **error)
{
  g_autoptr (GPtrArray) signatures = akis_sign (fixture, 0, EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256,
                                                2, PIN, error);

  return signatures != NULL;
}

static gboolean
do_change (AkisFixture *fixture, GError **error)
{
  return akis_change (fixture, PIN, NEW_PIN, error);
}

static gboolean
do_unblock (AkisFixture *fixture, GError **error)
{
  return akis_unblock (fixture, PUK, PIN, error);
}

/* Pulls the card before each command in turn: an error that says so, and no try is spent. */
static void
pull_at_each_step (AkisFixture *fixture, gboolean (*execute) (AkisFixture *, GError **),
                   guint steps)
{
  guint n = 0;

  for (;;)
    {
      g_autoptr (GError) error = NULL;

      eonay_practice_slots_pull_at (fixture->slots, ++n);
      if (execute (fixture, &error))
        break;

      g_assert_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_REMOVED);
      akis_wait_for_state (fixture, EONAY_READER_EMPTY);
      akis_assert_tries (fixture, fixture->pin_tries, fixture->puk_tries);
      akis_insert (fixture);
    }

  /* The one that it was not pulled before comes on top. */
  g_assert_cmpuint (n, ==, steps + 1);
  eonay_practice_slots_pull_at (fixture->slots, 0);
}

static void
test_pulled (AkisFixture *fixture, gconstpointer kind)
{
  gboolean early = GPOINTER_TO_INT (kind) != EONAY_PRACTICE_CARD_AKIS_2;

  /* MF and application; for two signatures MSE and PSO each, and either one VERIFY and GET
     RESPONSE for what is longer than an answer, or a VERIFY each. */
  pull_at_each_step (fixture, akis_refresh, 0);
  pull_at_each_step (fixture, do_sign, 2 + (early ? 1 : 0) + 2 * 3);
  if (GPOINTER_TO_INT (kind) != EONAY_PRACTICE_CARD_AKIS_1_0)
    pull_at_each_step (fixture, do_unblock, 2 + 1 + 1);
  pull_at_each_step (fixture, do_change, 2 + 1);
}

/* Pulls the card before each command of the listing. */
static void
test_pulled_while_listed (AkisFixture *fixture, gconstpointer kind)
{
  guint n = 0;

  for (gboolean pulled = TRUE; pulled;)
    {
      eonay_practice_slots_set_card (fixture->slots, NULL);
      akis_wait_for_state (fixture, EONAY_READER_EMPTY);
      eonay_practice_slots_pull_at (fixture->slots, ++n);
      eonay_practice_slots_set_card (fixture->slots, fixture->card);
      while (eonay_reader_get_state (fixture->reader) == EONAY_READER_READING)
        g_main_context_iteration (NULL, TRUE);
      pulled = eonay_reader_get_state (fixture->reader) != EONAY_READER_READY;
      akis_assert_tries (fixture, fixture->pin_tries, fixture->puk_tries);
    }

  g_assert_cmpuint (n, >, 3);
  eonay_practice_slots_pull_at (fixture->slots, 0);
  akis_insert (fixture);
}

#define ADD(name, kind, set_up_, function)                                          \
  g_test_add ("/akis-driver/" name, AkisFixture,                                    \
              GINT_TO_POINTER (EONAY_PRACTICE_CARD_AKIS_##kind), set_up_, function, \
              akis_tear_down)

/* What holds for every card that signs. */
#define ADD_ALL(name, kind, set_up_)                                            \
  G_STMT_START                                                                  \
  {                                                                             \
    ADD (name "/signs-rsa", kind, set_up_, test_signs_rsa);                     \
    ADD (name "/pin-of-wrong-length", kind, set_up_, test_pin_of_wrong_length); \
    ADD (name "/wrong-pin", kind, set_up_, test_wrong_pin);                     \
    ADD (name "/change", kind, set_up_, test_change);                           \
    ADD (name "/pulled", kind, set_up_, test_pulled);                           \
    ADD (name "/pulled-while-listed", kind, set_up_, test_pulled_while_listed); \
  }                                                                             \
  G_STMT_END

#define ADD_UNBLOCKING(name, kind, set_up_)                     \
  G_STMT_START                                                  \
  {                                                             \
    ADD (name "/unblock", kind, set_up_, test_unblock);         \
    ADD (name "/blocked-puk", kind, set_up_, test_blocked_puk); \
  }                                                             \
  G_STMT_END

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("1.0/lists", 1_0, akis_set_up, test_lists);
  ADD ("1.2/lists", 1_2, akis_set_up, test_lists);
  ADD ("2/lists", 2, akis_set_up, test_lists);
  ADD ("3/lists", 3, akis_set_up, test_lists);
  ADD_ALL ("1.0", 1_0, akis_set_up);
  ADD_ALL ("1.2", 1_2, akis_set_up);
  ADD_ALL ("2", 2, akis_set_up_experimental);
  ADD_UNBLOCKING ("1.2", 1_2, akis_set_up);
  ADD_UNBLOCKING ("2", 2, akis_set_up_experimental);
  ADD ("1.0/unblock-needs-module", 1_0, akis_set_up, test_unblock_is_not_known);
  ADD ("1.0/unblock-needs-module/experimental", 1_0, akis_set_up_experimental,
       test_unblock_is_not_known);
  ADD ("2/signs-ec", 2, akis_set_up_experimental, test_signs_ec);
  ADD ("2/needs-module", 2, akis_set_up, test_needs_module);
  ADD ("2/switch", 2, akis_set_up, test_switch);
  ADD ("3/needs-module", 3, akis_set_up_experimental, test_needs_module);

  return g_test_run ();
}
