#include "card-probe.h"

#include <string.h>

#include "base/eonay-error.h"
#include "card/eonay-card-options.h"
#include "card/eonay-reader-list.h"
#include "practice/eonay-practice-slots.h"

#define PIN "123456"
#define NEW_PIN "65432109"
#define WRONG_PIN "999999"
#define PUK "12345678"
#define WRONG_PUK "87654321"
#define REFERENCE_PIN 0x81
#define REFERENCE_PUK 0x82

/* A card on which nobody has done anything yet, its reader, and what it was dealt. */
typedef struct {
  EonayPracticeCard *card;
  EonayPracticeSlots *slots;
  EonayReaderList *list;
  EonayReader *reader;
  EonayToken *token;
  int pin_tries;
  int puk_tries;
} Fixture;

static guint
count_commands (Fixture *fixture)
{
  guint commands;
  gsize bytes;

  eonay_practice_slots_get_traffic (fixture->slots, &commands, &bytes);

  return commands;
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **kept = user_data;

  *kept = g_object_ref (result);
}

static gboolean
refresh (Fixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  eonay_token_refresh_async (fixture->token, NULL, on_done, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return eonay_token_order_finish (fixture->token, result, error);
}

static void
wait_for_state (Fixture *fixture, EonayReaderState state)
{
  while (eonay_reader_get_state (fixture->reader) == EONAY_READER_READING ||
         (state == EONAY_READER_EMPTY &&
          eonay_reader_get_state (fixture->reader) != EONAY_READER_EMPTY))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint ((int) eonay_reader_get_state (fixture->reader), ==, (int) state);
}

/* Puts the card in, again if it was pulled, and waits for what the reader asks by itself. */
static void
insert (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  eonay_practice_slots_set_card (fixture->slots, fixture->card);
  wait_for_state (fixture, EONAY_READER_READY);
  g_set_object (&fixture->token, eonay_reader_get_token (fixture->reader));
  refresh (fixture, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer kind)
{
  fixture->card = probe_card (GPOINTER_TO_INT (kind));
  fixture->pin_tries = eonay_practice_card_get_tries (fixture->card, REFERENCE_PIN);
  fixture->puk_tries = eonay_practice_card_get_tries (fixture->card, REFERENCE_PUK);
  fixture->slots = eonay_practice_slots_new ();
  fixture->list = eonay_reader_list_new (EONAY_SLOT_SOURCE (fixture->slots));
  fixture->reader = g_list_model_get_item (G_LIST_MODEL (fixture->list), 0);
  insert (fixture);
}

static void
set_up_experimental (Fixture *fixture, gconstpointer kind)
{
  eonay_card_options_set_experimental_akis (TRUE);
  set_up (fixture, kind);
}

static void
tear_down (Fixture *fixture, gconstpointer kind)
{
  eonay_card_options_set_experimental_akis (FALSE);
  g_clear_object (&fixture->token);
  g_assert_finalize_object (g_steal_pointer (&fixture->list));
  g_assert_finalize_object (g_steal_pointer (&fixture->reader));
  g_assert_finalize_object (g_steal_pointer (&fixture->slots));
  g_clear_object (&fixture->card);
}

static void
assert_tries (Fixture *fixture, int pin_tries, int puk_tries)
{
  g_assert_cmpint (eonay_practice_card_get_tries (fixture->card, REFERENCE_PIN), ==, pin_tries);
  g_assert_cmpint (eonay_practice_card_get_tries (fixture->card, REFERENCE_PUK), ==, puk_tries);
}

static EonaySecret *
secret (const char *text)
{
  return eonay_secret_new (text, strlen (text));
}

static GBytes *
from_hex (const char *hex)
{
  gsize length = strlen (hex) / 2;
  guint8 *bytes = g_malloc (length);

  for (gsize i = 0; i < length; i++)
    bytes[i] = (guint8) (g_ascii_xdigit_value (hex[2 * i]) << 4 |
                         g_ascii_xdigit_value (hex[2 * i + 1]));

  return g_bytes_new_take (bytes, length);
}

/* @n documents without content, by the certificate at @place. */
static GPtrArray *
sign (Fixture *fixture, guint place, EonaySignatureScheme scheme, guint n, const char *pin,
      GError **error)
{
  g_autoptr (EonayTokenCertificate) certificate =
      g_list_model_get_item (eonay_token_get_certificates (fixture->token), place);
  gboolean long_hash = eonay_signature_scheme_get_digest_length (scheme) == 48;
  g_autoptr (GPtrArray) digests = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GAsyncResult) result = NULL;

  g_assert_nonnull (certificate);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (digests, from_hex (long_hash ? PROBE_SHA384 : PROBE_SHA256));
  eonay_token_sign_async (fixture->token, certificate, scheme, digests, secret (pin), NULL,
                          on_done, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return eonay_token_sign_finish (fixture->token, result, error);
}

static GPtrArray *
sign_rsa (Fixture *fixture, const char *pin, GError **error)
{
  return sign (fixture, 0, EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256, 1, pin, error);
}

static gboolean
change (Fixture *fixture, const char *pin, const char *new_pin, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  eonay_token_change_pin_async (fixture->token, NULL, secret (pin), secret (new_pin), NULL,
                                on_done, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return eonay_token_order_finish (fixture->token, result, error);
}

static gboolean
unblock (Fixture *fixture, const char *puk, const char *new_pin, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  eonay_token_unblock_async (fixture->token, NULL, secret (puk), secret (new_pin), NULL, on_done,
                             &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return eonay_token_order_finish (fixture->token, result, error);
}

static void
assert_signs (Fixture *fixture, guint place, EonaySignatureScheme scheme, guint n,
              const char *pin)
{
  gboolean rsa = eonay_signature_scheme_is_rsa (scheme);
  g_autoptr (EonayTokenCertificate) certificate =
      g_list_model_get_item (eonay_token_get_certificates (fixture->token), place);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) signatures = sign (fixture, place, scheme, n, pin, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (signatures->len, ==, n);
  for (guint i = 0; i < n; i++)
    probe_assert_signs (eonay_token_certificate_get_der (certificate),
                        g_ptr_array_index (signatures, i), rsa ? PROBE_RSA_PKCS1 : PROBE_ECDSA,
                        rsa ? EVP_sha256 () : EVP_sha384 ());
}

typedef struct {
  EonayPracticeCardKind kind;
  const char *model;
  guint certificates;
  guint exchanges; /* of the listing, serial number and PIN state included */
  int tries;       /* that are known without a PIN */
} Listing;

static const Listing listings[] = {
  { EONAY_PRACTICE_CARD_AKIS_1_0, "AKİS v1.0", 1, 21, 3 },
  { EONAY_PRACTICE_CARD_AKIS_1_2, "AKİS v1.2", 1, 21, 3 },
  { EONAY_PRACTICE_CARD_AKIS_2, "AKİS v2", 2, 24, -1 },
  { EONAY_PRACTICE_CARD_AKIS_3, "AKİS v3", 1, 19, -1 },
};

static void
test_lists (Fixture *fixture, gconstpointer kind)
{
  const Listing *expected = NULL;
  guint commands = count_commands (fixture);
  guint again;
  EonayPinState state;
  g_autoptr (GError) error = NULL;

  /* set_up() has refreshed what the reader had refreshed before. */
  refresh (fixture, &error);
  g_assert_no_error (error);
  again = count_commands (fixture) - commands;
  commands -= again;

  for (gsize i = 0; i < G_N_ELEMENTS (listings); i++)
    if (listings[i].kind == (EonayPracticeCardKind) GPOINTER_TO_INT (kind))
      expected = &listings[i];

  g_test_message ("listed with %u exchanges, refreshed with %u, serial %s", commands, again,
                  eonay_token_get_serial (fixture->token));
  g_assert_cmpstr (eonay_token_get_model (fixture->token), ==, expected->model);
  g_assert_cmpuint (g_list_model_get_n_items (eonay_token_get_certificates (fixture->token)), ==,
                    expected->certificates);
  g_assert_cmpuint (strlen (eonay_token_get_serial (fixture->token)), ==, 24);

  eonay_token_get_pin_state (fixture->token, NULL, &state);
  g_assert_true (state.known == (expected->tries >= 0));
  g_assert_cmpint (state.tries_left, ==, expected->tries);
  g_assert_false (state.blocked);
  eonay_token_get_puk_state (fixture->token, NULL, &state);
  g_assert_false (state.known);
  assert_tries (fixture, fixture->pin_tries, fixture->puk_tries);
  g_assert_cmpuint (commands, <=, expected->exchanges);
}

static void
test_signs_rsa (Fixture *fixture, gconstpointer kind)
{
  assert_signs (fixture, 0, EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256, 1, PIN);
  assert_signs (fixture, 0, EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256, 3, PIN);
  assert_tries (fixture, fixture->pin_tries, fixture->puk_tries);
}

static void
test_signs_ec (Fixture *fixture, gconstpointer kind)
{
  assert_signs (fixture, 1, EONAY_SIGNATURE_SCHEME_ECDSA_SHA384, 1, PIN);
  assert_signs (fixture, 1, EONAY_SIGNATURE_SCHEME_ECDSA_SHA384, 2, PIN);
  assert_tries (fixture, fixture->pin_tries, fixture->puk_tries);
}

/* Nothing goes to a card that is refused. */
static void
test_needs_module (Fixture *fixture, gconstpointer kind)
{
  guint before = count_commands (fixture);
  g_autoptr (GError) signing = NULL;
  g_autoptr (GError) changing = NULL;
  g_autoptr (GError) unblocking = NULL;

  g_assert_null (sign_rsa (fixture, PIN, &signing));
  g_assert_error (signing, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MODULE_NEEDED);
  g_assert_false (change (fixture, PIN, NEW_PIN, &changing));
  g_assert_error (changing, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MODULE_NEEDED);
  g_assert_false (unblock (fixture, PUK, NEW_PIN, &unblocking));
  g_assert_error (unblocking, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MODULE_NEEDED);
  g_assert_cmpint (eonay_card_error_get_pin_try (signing), ==, EONAY_PIN_TRY_NOT_SENT);
  g_assert_cmpuint (count_commands (fixture), ==, before);
  assert_tries (fixture, fixture->pin_tries, fixture->puk_tries);
}

/* The switch counts at once, for a card that was listed before. */
static void
test_switch (Fixture *fixture, gconstpointer kind)
{
  test_needs_module (fixture, kind);
  eonay_card_options_set_experimental_akis (TRUE);
  assert_signs (fixture, 0, EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256, 1, PIN);
  eonay_card_options_set_experimental_akis (FALSE);
  test_needs_module (fixture, kind);
}

/* A PIN that the card cannot take costs no try, and no exchange. */
static void
test_pin_of_wrong_length (Fixture *fixture, gconstpointer kind)
{
  guint before = count_commands (fixture);
  g_autoptr (GError) short_error = NULL;
  g_autoptr (GError) letters_error = NULL;

  g_assert_null (sign_rsa (fixture, "123", &short_error));
  g_assert_error (short_error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_LENGTH);
  g_assert_null (sign_rsa (fixture, "12345a", &letters_error));
  g_assert_error (letters_error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_LENGTH);
  g_assert_cmpuint (count_commands (fixture), ==, before);
}

static void
test_wrong_pin (Fixture *fixture, gconstpointer kind)
{
  EonayPinState state;

  for (int left = fixture->pin_tries - 1; left >= 0; left--)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (sign_rsa (fixture, WRONG_PIN, &error));
      g_assert_error (error, EONAY_CARD_ERROR,
                      (left > 0 ? EONAY_CARD_ERROR_PIN_WRONG : EONAY_CARD_ERROR_PIN_BLOCKED));
      g_assert_cmpint (eonay_card_error_get_tries_left (error), ==, left);
      assert_tries (fixture, left, fixture->puk_tries);
      eonay_token_get_pin_state (fixture->token, NULL, &state);
      g_assert_true (state.known);
      g_assert_cmpint (state.tries_left, ==, left);
      g_assert_true (state.blocked == (left == 0));
    }

  {
    g_autoptr (GError) error = NULL;

    g_assert_null (sign_rsa (fixture, PIN, &error));
    g_assert_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_BLOCKED);
  }
}

static void
test_change (Fixture *fixture, gconstpointer kind)
{
  g_autoptr (GError) wrong = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) old = NULL;

  g_assert_false (change (fixture, WRONG_PIN, NEW_PIN, &wrong));
  g_assert_error (wrong, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_WRONG);
  assert_tries (fixture, fixture->pin_tries - 1, fixture->puk_tries);

  change (fixture, PIN, NEW_PIN, &error);
  g_assert_no_error (error);
  assert_signs (fixture, 0, EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256, 1, NEW_PIN);
  g_assert_null (sign_rsa (fixture, PIN, &old));
  g_assert_error (old, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_WRONG);
}

static void
test_unblock (Fixture *fixture, gconstpointer kind)
{
  g_autoptr (GError) wrong = NULL;
  g_autoptr (GError) error = NULL;
  EonayPinState state;

  test_wrong_pin (fixture, kind);
  g_assert_false (unblock (fixture, WRONG_PUK, NEW_PIN, &wrong));
  g_assert_error (wrong, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PUK_WRONG);
  g_assert_cmpint (eonay_card_error_get_tries_left (wrong), ==, fixture->puk_tries - 1);
  assert_tries (fixture, 0, fixture->puk_tries - 1);
  eonay_token_get_puk_state (fixture->token, NULL, &state);
  g_assert_cmpint (state.tries_left, ==, fixture->puk_tries - 1);

  unblock (fixture, PUK, NEW_PIN, &error);
  g_assert_no_error (error);
  eonay_token_get_pin_state (fixture->token, NULL, &state);
  g_assert_false (state.blocked);
  assert_tries (fixture, fixture->pin_tries, fixture->puk_tries);
  assert_signs (fixture, 0, EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256, 1, NEW_PIN);
}

static void
test_blocked_puk (Fixture *fixture, gconstpointer kind)
{
  for (int left = fixture->puk_tries - 1; left >= 0; left--)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (unblock (fixture, WRONG_PUK, NEW_PIN, &error));
      g_assert_error (error, EONAY_CARD_ERROR,
                      (left > 0 ? EONAY_CARD_ERROR_PUK_WRONG : EONAY_CARD_ERROR_PUK_BLOCKED));
      assert_tries (fixture, fixture->pin_tries, left);
    }
}

static gboolean
do_sign (Fixture *fixture, GError **error)
{
  g_autoptr (GPtrArray) signatures =
      sign (fixture, 0, EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256, 2, PIN, error);

  return signatures != NULL;
}

static gboolean
do_change (Fixture *fixture, GError **error)
{
  return change (fixture, PIN, NEW_PIN, error);
}

static gboolean
do_unblock (Fixture *fixture, GError **error)
{
  return unblock (fixture, PUK, PIN, error);
}

/* Pulls the card before each command in turn: an error that says so, and no try is spent. */
static void
pull_at_each_step (Fixture *fixture, gboolean (*carry_out) (Fixture *, GError **), guint steps)
{
  guint n = 0;

  for (;;)
    {
      g_autoptr (GError) error = NULL;

      eonay_practice_slots_pull_at (fixture->slots, ++n);
      if (carry_out (fixture, &error))
        break;

      g_assert_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_REMOVED);
      wait_for_state (fixture, EONAY_READER_EMPTY);
      assert_tries (fixture, fixture->pin_tries, fixture->puk_tries);
      insert (fixture);
    }

  /* The one that it was not pulled before comes on top. */
  g_assert_cmpuint (n, ==, steps + 1);
  eonay_practice_slots_pull_at (fixture->slots, 0);
}

static void
test_pulled (Fixture *fixture, gconstpointer kind)
{
  EonayPinState state;
  guint asks;
  guint signs;

  /* MF, application and empty VERIFY, where that is harmless; for two signatures MSE and PSO each,
     and GET RESPONSE where a signature is longer than an answer, or a VERIFY more. */
  eonay_token_get_pin_state (fixture->token, NULL, &state);
  asks = state.known ? 1 : 0;
  signs = state.known ? 2 + asks + 1 + 2 * 3 : 2 + 2 * 3;
  pull_at_each_step (fixture, refresh, state.known ? 3 : 0);
  pull_at_each_step (fixture, do_sign, signs);
  pull_at_each_step (fixture, do_unblock, 2 + 1 + 1);
  pull_at_each_step (fixture, do_change, 2 + asks + 1);
}

/* Pulls the card before each command of the listing. */
static void
test_pulled_while_listed (Fixture *fixture, gconstpointer kind)
{
  guint n = 0;

  for (gboolean pulled = TRUE; pulled;)
    {
      eonay_practice_slots_set_card (fixture->slots, NULL);
      wait_for_state (fixture, EONAY_READER_EMPTY);
      eonay_practice_slots_pull_at (fixture->slots, ++n);
      eonay_practice_slots_set_card (fixture->slots, fixture->card);
      while (eonay_reader_get_state (fixture->reader) == EONAY_READER_READING)
        g_main_context_iteration (NULL, TRUE);
      pulled = eonay_reader_get_state (fixture->reader) != EONAY_READER_READY;
      assert_tries (fixture, fixture->pin_tries, fixture->puk_tries);
    }

  g_assert_cmpuint (n, >, 3);
  eonay_practice_slots_pull_at (fixture->slots, 0);
  insert (fixture);
}

#define ADD(name, kind, set_up_, function)                                                       \
  g_test_add ("/akis-driver/" name, Fixture, GINT_TO_POINTER (EONAY_PRACTICE_CARD_AKIS_##kind),  \
              set_up_, function, tear_down)

/* What holds for every card that signs. */
#define ADD_ALL(name, kind, set_up_)                                   \
  G_STMT_START                                                         \
  {                                                                    \
    ADD (name "/signs-rsa", kind, set_up_, test_signs_rsa);            \
    ADD (name "/pin-of-wrong-length", kind, set_up_, test_pin_of_wrong_length); \
    ADD (name "/wrong-pin", kind, set_up_, test_wrong_pin);            \
    ADD (name "/change", kind, set_up_, test_change);                  \
    ADD (name "/unblock", kind, set_up_, test_unblock);                \
    ADD (name "/blocked-puk", kind, set_up_, test_blocked_puk);        \
    ADD (name "/pulled", kind, set_up_, test_pulled);                  \
    ADD (name "/pulled-while-listed", kind, set_up_, test_pulled_while_listed); \
  }                                                                    \
  G_STMT_END

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("1.0/lists", 1_0, set_up, test_lists);
  ADD ("1.2/lists", 1_2, set_up, test_lists);
  ADD ("2/lists", 2, set_up, test_lists);
  ADD ("3/lists", 3, set_up, test_lists);
  ADD_ALL ("1.0", 1_0, set_up);
  ADD_ALL ("1.2", 1_2, set_up);
  ADD_ALL ("2", 2, set_up_experimental);
  ADD ("2/signs-ec", 2, set_up_experimental, test_signs_ec);
  ADD ("2/needs-module", 2, set_up, test_needs_module);
  ADD ("2/switch", 2, set_up, test_switch);
  ADD ("3/needs-module", 3, set_up_experimental, test_needs_module);

  return g_test_run ();
}
