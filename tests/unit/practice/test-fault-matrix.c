/* Every command of every order meets every fault. Prints a table of what came of it. */

#include "faulty-slots.h"
#include "support/card-probe.h"

#include "base/eonay-error.h"
#include "card/reader/eonay-reader-list.h"
#include "support/test-consent.h"

#define NEW_PIN "135790"
#define WRONG "999999"
#define WRONG_PUK "99999999"
#define TRIES 3

/* Of a card that does not say which key is a certificate's: the directory's, and 1 to 10. */
#define KEYS_TRIED 11

/* Milliseconds; far more than a practice card needs for anything. */
#define TIMEOUT 300

/* The status words of cards.md. */
static const guint16 statuses[] = {
  0x6100, 0x6110, 0x6282, 0x63C0, 0x63C1, 0x63C2, 0x63C3, 0x63CF, 0x6400, 0x6406, 0x6410, 0x6419,
  0x641A, 0x641B, 0x6581, 0x6700, 0x6882, 0x6883, 0x6982, 0x6983, 0x6984, 0x6985, 0x6987, 0x6A80,
  0x6A81, 0x6A82, 0x6A86, 0x6A88, 0x6B00, 0x6C00, 0x6C10, 0x6D00, 0x6E00, 0x6F00, 0x0000, 0xFFFF,
};

typedef enum {
  OP_LIST,
  OP_SIGN,
  OP_SIGN_WRONG,
  OP_CHANGE,
  OP_CHANGE_WRONG,
  OP_UNBLOCK,
  OP_UNBLOCK_WRONG,
  N_OPS
} Op;

static const char *const op_names[N_OPS] = {
  "list", "sign", "sign, wrong PIN", "change", "change, wrong PIN", "unblock", "unblock, wrong PUK",
};

/*
 * A card that the orders are for. @place: of the certificate that signs; @pin_each_time: whether
 * the card wants an accepted PIN again for each signature, also for one with another key;
 * @cannot_unblock: it is not known how.
 */
typedef struct {
  const char *name;
  EonayPracticeCardKind kind;
  const char *pin;
  const char *puk;
  guint8 pin_reference;
  guint8 puk_reference;
  guint place;
  gboolean pin_each_time;
  gboolean cannot_unblock;
} Subject;

typedef struct {
  const Subject *subject;
  FaultySlots *slots;
  EonayReaderList *list;
  EonayReader *reader;
  EonayPracticeCard *card;
} Fixture;

/* What came of the cases of one order. */
typedef struct {
  guint positions;
  guint cases;
  guint went_well;
  guint errors;
  guint uncertain;
  guint spent_untyped;
} Tally;

typedef struct {
  gboolean done;
  gboolean well;
  GError *error;
} Outcome;

static void
put_fresh_card (Fixture *fixture)
{
  g_clear_object (&fixture->card);
  fixture->card = probe_card (fixture->subject->kind);
}

/* @timeout: for how long a card may keep silent; 0 for as long as usual */
static void
fixture_set_up (Fixture *fixture, const Subject *subject, guint timeout)
{
  fixture->subject = subject;
  fixture->slots = faulty_slots_new ();
  fixture->list = eonay_reader_list_new (EONAY_SLOT_SOURCE (fixture->slots));
  eonay_reader_list_set_allow_experimental (fixture->list, TRUE);
  if (timeout > 0)
    {
      eonay_reader_list_set_timeout (fixture->list, timeout);
      faulty_slots_plug_again (fixture->slots);
    }
  fixture->reader = g_list_model_get_item (G_LIST_MODEL (fixture->list), 0);
  fixture->card = probe_card (subject->kind);
}

static void
fixture_tear_down (Fixture *fixture)
{
  faulty_slots_set_card (fixture->slots, NULL);
  g_assert_finalize_object (g_steal_pointer (&fixture->list));
  g_assert_finalize_object (g_steal_pointer (&fixture->reader));
  g_clear_object (&fixture->slots);
  g_clear_object (&fixture->card);
}

static void
on_pin_state (EonayToken *token, GParamSpec *pspec, gboolean *told)
{
  *told = TRUE;
}

/* Until the reader has listed the card and asked it for the rest, or given up. */
static void
wait_until_settled (Fixture *fixture)
{
  g_autoptr (EonayToken) token = NULL;
  gboolean told = FALSE;
  gulong handler;

  while (eonay_reader_get_state (fixture->reader) == EONAY_READER_READING)
    g_main_context_iteration (NULL, TRUE);
  if (eonay_reader_get_token (fixture->reader) == NULL)
    return;

  token = g_object_ref (eonay_reader_get_token (fixture->reader));
  handler = g_signal_connect (token, "notify::pin-state", G_CALLBACK (on_pin_state), &told);
  while (!told)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (token, handler);
}

static EonaySecret *
secret (const char *text)
{
  return eonay_secret_new (text, strlen (text));
}

static void
on_signed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;
  g_autoptr (GPtrArray) signatures = eonay_token_sign_finish (EONAY_TOKEN (source), result,
                                                              &outcome->error);

  outcome->well = signatures != NULL && signatures->len == 1;
  outcome->done = TRUE;
}

static void
on_requested (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->well = eonay_token_request_finish (EONAY_TOKEN (source), result, &outcome->error);
  outcome->done = TRUE;
}

static void
begin_sign (Fixture *fixture, EonayToken *token, const char *pin, Outcome *outcome)
{
  g_autoptr (EonayTokenCertificate) certificate =
      g_list_model_get_item (eonay_token_get_certificates (token), fixture->subject->place);
  g_autoptr (GPtrArray) digests = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  g_ptr_array_add (digests, g_bytes_new_static ("0123456789abcdef0123456789abcdef", 32));
  eonay_token_sign_async (token, certificate, EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256, digests,
                          secret (pin), TEST_PIN_CONSENT (token, certificate), NULL, on_signed,
                          outcome);
}

static void
begin (Fixture *fixture, Op op, Outcome *outcome)
{
  EonayToken *token = eonay_reader_get_token (fixture->reader);
  const Subject *subject = fixture->subject;
  g_autoptr (EonayTokenCertificate) certificate =
      g_list_model_get_item (eonay_token_get_certificates (token), subject->place);

  switch (op)
    {
    case OP_SIGN:
    case OP_SIGN_WRONG:
      begin_sign (fixture, token, op == OP_SIGN ? subject->pin : WRONG, outcome);
      break;
    case OP_CHANGE:
    case OP_CHANGE_WRONG:
      eonay_token_change_pin_async (
          token, certificate, secret (op == OP_CHANGE ? subject->pin : WRONG), secret (NEW_PIN),
          TEST_PIN_CONSENT (token, certificate), NULL, on_requested, outcome);
      break;
    default:
      eonay_token_unblock_async (
          token, certificate, secret (op == OP_UNBLOCK ? subject->puk : WRONG_PUK),
          secret (NEW_PIN), TEST_PUK_CONSENT (token, certificate), NULL, on_requested, outcome);
      break;
    }
}

static void
finish (Fixture *fixture, Outcome *outcome, Fault fault)
{
  while (!outcome->done)
    g_main_context_iteration (NULL, TRUE);
  if (fault == FAULT_SILENCE || fault == FAULT_LATE)
    faulty_slots_let_go (fixture->slots);
}

static void
run (Fixture *fixture, Op op, guint n, Fault fault, guint16 status, Outcome *outcome)
{
  if (op != OP_LIST)
    {
      faulty_slots_arm (fixture->slots, 0, FAULT_NONE, 0);
      faulty_slots_set_card (fixture->slots, fixture->card);
      wait_until_settled (fixture);
      g_assert_no_error (eonay_reader_get_error (fixture->reader));
    }

  faulty_slots_arm (fixture->slots, n, fault, status);
  if (op != OP_LIST)
    {
      begin (fixture, op, outcome);
      finish (fixture, outcome, fault);
      return;
    }

  faulty_slots_set_card (fixture->slots, fixture->card);
  wait_until_settled (fixture);
  if (fault == FAULT_SILENCE || fault == FAULT_LATE)
    faulty_slots_let_go (fixture->slots);
  outcome->well = eonay_reader_get_state (fixture->reader) == EONAY_READER_READY;
  if (!outcome->well)
    outcome->error = g_error_copy (eonay_reader_get_error (fixture->reader));
}

static gboolean
is_wrong (Op op)
{
  return op == OP_SIGN_WRONG || op == OP_CHANGE_WRONG || op == OP_UNBLOCK_WRONG;
}

static int
tries_of (Fixture *fixture, gboolean puk)
{
  return eonay_practice_card_get_tries (fixture->card, puk ? fixture->subject->puk_reference
                                                           : fixture->subject->pin_reference);
}

/* Whether the card says that all is well when it is not: nobody could tell. */
static gboolean
is_lie (Fault fault)
{
  return fault == FAULT_CUT || fault == FAULT_LONG || fault == FAULT_EMPTY ||
         fault == FAULT_GARBAGE;
}

/* The counters are as a person would expect who typed once what this order typed. */
static void
judge_tries (Fixture *fixture, Op op, gboolean lied, const Outcome *outcome, Tally *tally)
{
  gboolean unblock = op == OP_UNBLOCK || op == OP_UNBLOCK_WRONG;
  int pin = tries_of (fixture, FALSE);
  int puk = tries_of (fixture, TRUE);
  int presented = unblock ? puk : pin;
  int other = unblock ? pin : puk;
  gboolean judged = faulty_slots_get_pins_judged (fixture->slots) > 0;
  EonayPinTry told = eonay_card_error_get_pin_try (outcome->error);

  tally->spent_untyped += (guint) (TRIES - other);
  tally->spent_untyped += (guint) MAX (0, TRIES - presented - (is_wrong (op) && judged ? 1 : 0));
  g_assert_cmpint (other, ==, TRIES);
  g_assert_cmpint (presented, ==, is_wrong (op) && judged ? TRIES - 1 : TRIES);

  /* Nobody is told that no try was spent when one was. */
  if (presented < TRIES && !lied)
    g_assert_true (!outcome->well && (told == EONAY_PIN_TRY_UNCERTAIN ||
                                      eonay_card_error_is_about_pin (outcome->error)));
  if (faulty_slots_get_pins_sent (fixture->slots) == 0 && outcome->error != NULL && op != OP_LIST)
    g_assert_true (told == EONAY_PIN_TRY_NOT_SENT ||
                   eonay_card_error_is_about_pin (outcome->error));
  tally->uncertain += told == EONAY_PIN_TRY_UNCERTAIN;
}

/*
 * An order sends its secret once. Two commands with one are right where PUK and new PIN go one
 * after the other, and where the secret was accepted and is wanted again for another key.
 */
static void
judge_pins_sent (Fixture *fixture, Op op, gboolean lied)
{
  guint sent = faulty_slots_get_pins_sent (fixture->slots);
  gboolean again = op == OP_UNBLOCK || (op == OP_UNBLOCK_WRONG && lied);
  gboolean each_time = op == OP_SIGN && fixture->subject->pin_each_time;

  g_assert_cmpuint (sent, <=, op == OP_LIST ? 0 : each_time ? KEYS_TRIED : again ? 2 : 1);
}

/* The same worker reads the card again, and signs if no PIN has been replaced. */
static void
assert_reusable (Fixture *fixture, Op op)
{
  gboolean replaced = op == OP_CHANGE || op == OP_UNBLOCK;
  Outcome outcome = { 0 };

  faulty_slots_arm (fixture->slots, 0, FAULT_NONE, 0);
  if (faulty_slots_was_pulled (fixture->slots))
    faulty_slots_set_card (fixture->slots, NULL);
  faulty_slots_set_card (fixture->slots, fixture->card);
  wait_until_settled (fixture);
  g_assert_no_error (eonay_reader_get_error (fixture->reader));
  if (replaced)
    return;

  begin_sign (fixture, eonay_reader_get_token (fixture->reader), fixture->subject->pin, &outcome);
  finish (fixture, &outcome, FAULT_NONE);
  g_assert_no_error (outcome.error);
  g_assert_true (outcome.well);
}

static void
try_case (Fixture *fixture, Op op, guint n, Fault fault, guint16 status, Tally *tally)
{
  Outcome outcome = { 0 };

  run (fixture, op, n, fault, status, &outcome);
  tally->cases++;
  tally->went_well += outcome.well;
  if (!outcome.well)
    {
      g_assert_nonnull (outcome.error);
      g_assert_true (outcome.error->domain == EONAY_CARD_ERROR);
      tally->errors++;
    }
  /* What another program undid before the PIN was sent is done again. */
  if (fault == FAULT_RESET && !is_wrong (op) && outcome.error != NULL)
    g_assert_cmpuint (faulty_slots_get_pins_sent (fixture->slots), >, 0);
  judge_pins_sent (fixture, op, is_lie (fault));
  judge_tries (fixture, op, is_lie (fault), &outcome, tally);
  assert_reusable (fixture, op);
  if (op >= OP_SIGN_WRONG)
    put_fresh_card (fixture);
  g_clear_error (&outcome.error);
}

static guint
count_positions (Fixture *fixture, Op op)
{
  Outcome outcome = { 0 };

  run (fixture, op, 0, FAULT_NONE, 0, &outcome);
  g_assert_true (outcome.well != is_wrong (op));
  g_clear_error (&outcome.error);
  put_fresh_card (fixture);

  return faulty_slots_get_commands (fixture->slots);
}

static void
assert_refused (Fixture *fixture, Op op)
{
  Outcome outcome = { 0 };

  run (fixture, op, 0, FAULT_NONE, 0, &outcome);
  g_assert_false (outcome.well);
  g_assert_error (outcome.error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_NO_PUK);
  g_assert_cmpuint (faulty_slots_get_commands (fixture->slots), ==, 0);
  g_clear_error (&outcome.error);
}

typedef void (*TryPosition) (Fixture *fixture, Op op, guint n, Tally *tally);

static void
try_silence (Fixture *fixture, Op op, guint n, Tally *tally)
{
  try_case (fixture, op, n, FAULT_SILENCE, 0, tally);
  try_case (fixture, op, n, FAULT_LATE, 0, tally);
}

static void
try_faults (Fixture *fixture, Op op, guint n, Tally *tally)
{
  static const Fault faults[] = { FAULT_REMOVED, FAULT_PULLED, FAULT_RESET, FAULT_SHORT,
                                  FAULT_CUT,     FAULT_LONG,   FAULT_EMPTY, FAULT_GARBAGE };

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    try_case (fixture, op, n, faults[i], 0x9000, tally);
  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      try_case (fixture, op, n, FAULT_STATUS, statuses[i], tally);
      try_case (fixture, op, n, FAULT_ANSWER, statuses[i], tally);
    }
}

static void
try_everywhere (const Subject *subject, TryPosition try_position, guint timeout)
{
  Fixture fixture = { 0 };
  guint cases = 0;

  fixture_set_up (&fixture, subject, timeout);
  g_test_message ("%-20s positions  cases  done  errors  PIN unsure  tries spent untyped",
                  subject->name);
  for (Op op = OP_LIST; op < N_OPS; op++)
    {
      Tally tally = { 0 };

      if (subject->cannot_unblock && (op == OP_UNBLOCK || op == OP_UNBLOCK_WRONG))
        {
          assert_refused (&fixture, op);
          continue;
        }

      tally.positions = count_positions (&fixture, op);
      for (guint n = 1; n <= tally.positions; n++)
        try_position (&fixture, op, n, &tally);
      g_test_message ("%-20s %9u %6u %5u %7u %11u %20u", op_names[op], tally.positions, tally.cases,
                      tally.went_well, tally.errors, tally.uncertain, tally.spent_untyped);
      g_assert_cmpuint (tally.spent_untyped, ==, 0);
      cases += tally.cases;
    }
  g_test_message ("%s: %u cases, 0 crashes", subject->name, cases);
  fixture_tear_down (&fixture);
}

static void
test_faults (gconstpointer subject)
{
  try_everywhere (subject, try_faults, 0);
}

static void
test_silence (gconstpointer subject)
{
  try_everywhere (subject, try_silence, TIMEOUT);
}

static const Subject subjects[] = {
  { "PKCS#15", EONAY_PRACTICE_CARD_VALID, "123456", "12345678", 0x01, 0x02, 0 },
  { "PKCS#15, T=0", EONAY_PRACTICE_CARD_T0, "123456", "12345678", 0x01, 0x02, 0 },
  { "PKCS#15, host pads", EONAY_PRACTICE_CARD_HOST_PADDED, "123456", "12345678", 0x01, 0x02, 0 },
  { "PKCS#15, 63C0", EONAY_PRACTICE_CARD_63C0, "123456", "12345678", 0x01, 0x02, 0 },
  { "PKCS#15, two PINs", EONAY_PRACTICE_CARD_MANY, "654321", "87654321", 0x83, 0x84, 1 },
  { "AKIS v1.0", EONAY_PRACTICE_CARD_AKIS_1_0, "123456", "12345678", 0x81, 0x82, 0, FALSE, TRUE },
  { "AKIS v1.2", EONAY_PRACTICE_CARD_AKIS_1_2, "123456", "12345678", 0x81, 0x82, 0 },
  { "AKIS v2", EONAY_PRACTICE_CARD_AKIS_2, "123456", "12345678", 0x81, 0x82, 0, TRUE },
};

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (subjects); i++)
    {
      g_autofree char *faults = g_strdup_printf ("/practice/faults/%s", subjects[i].name);
      g_autofree char *silence = g_strdup_printf ("/practice/silence/%s", subjects[i].name);

      g_test_add_data_func (faults, &subjects[i], test_faults);
      if (subjects[i].kind == EONAY_PRACTICE_CARD_VALID ||
          subjects[i].kind == EONAY_PRACTICE_CARD_AKIS_1_2)
        g_test_add_data_func (silence, &subjects[i], test_silence);
    }

  return g_test_run ();
}
