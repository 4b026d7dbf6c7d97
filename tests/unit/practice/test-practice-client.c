#include "card-probe.h"

#include "base/eonay-error.h"
#include "card/eonay-reader-list.h"
#include "practice/eonay-practice-slots.h"
#include "signature/eonay-cades.h"
#include "signature/eonay-verifier.h"

#define PIN "123456"
#define WRONG_PIN "999999"

/* Exchanges and bytes up to some moment. */
typedef struct {
  guint commands;
  gsize bytes;
} Traffic;

typedef struct {
  EonayPracticeSlots *slots;
  EonayReaderList *list;
  EonayReader *reader;
  EonayToken *token;
  Traffic listed;
  gboolean refreshed;
} Fixture;

static void
on_pin_state (Fixture *fixture)
{
  fixture->refreshed = TRUE;
}

/* Comes before the refresh has begun. */
static void
on_state (Fixture *fixture)
{
  EonayToken *token = eonay_reader_get_token (fixture->reader);

  eonay_practice_slots_get_traffic (fixture->slots, &fixture->listed.commands,
                                    &fixture->listed.bytes);
  if (token != NULL)
    g_signal_connect_swapped (token, "notify::pin-state", G_CALLBACK (on_pin_state), fixture);
}

static void
insert (Fixture *fixture, EonayPracticeCard *card)
{
  fixture->refreshed = FALSE;
  eonay_practice_slots_set_card (fixture->slots, card);
  while (eonay_reader_get_state (fixture->reader) == EONAY_READER_READING)
    g_main_context_iteration (NULL, TRUE);
  g_assert_no_error (eonay_reader_get_error (fixture->reader));
  g_assert_cmpint ((int) eonay_reader_get_state (fixture->reader), ==, EONAY_READER_READY);
  while (!fixture->refreshed)
    g_main_context_iteration (NULL, TRUE);
  g_set_object (&fixture->token, eonay_reader_get_token (fixture->reader));
}

static void
set_up (Fixture *fixture, gconstpointer kind)
{
  g_autoptr (EonayPracticeCard) card = probe_card (GPOINTER_TO_INT (kind));

  fixture->slots = eonay_practice_slots_new ();
  fixture->list = eonay_reader_list_new (EONAY_SLOT_SOURCE (fixture->slots));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, 1);
  fixture->reader = g_list_model_get_item (G_LIST_MODEL (fixture->list), 0);

  g_signal_connect_swapped (fixture->reader, "notify::state", G_CALLBACK (on_state), fixture);
  insert (fixture, card);
}

static void
tear_down (Fixture *fixture, gconstpointer kind)
{
  g_signal_handlers_disconnect_by_data (fixture->token, fixture);
  g_signal_handlers_disconnect_by_data (fixture->reader, fixture);
  g_clear_object (&fixture->token);
  g_assert_finalize_object (g_steal_pointer (&fixture->list));
  g_assert_finalize_object (g_steal_pointer (&fixture->reader));
  g_assert_finalize_object (g_steal_pointer (&fixture->slots));
}

static EonayTokenCertificate *
get_certificate (Fixture *fixture, guint place)
{
  return g_list_model_get_item (eonay_token_get_certificates (fixture->token), place);
}

static void
on_signed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **kept = user_data;

  *kept = g_object_ref (result);
}

static GBytes *
sign (Fixture *fixture, EonayTokenCertificate *certificate, EonaySignatureScheme scheme,
      GBytes *digest, const char *pin, GError **error)
{
  g_autoptr (GPtrArray) digests = g_ptr_array_new ();
  g_autoptr (GPtrArray) signatures = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  g_ptr_array_add (digests, digest);
  eonay_token_sign_async (fixture->token, certificate, scheme, digests,
                          eonay_secret_new (pin, strlen (pin)), NULL, on_signed, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  signatures = eonay_token_sign_finish (fixture->token, result, error);

  return signatures != NULL ? g_bytes_ref (g_ptr_array_index (signatures, 0)) : NULL;
}

static EonayTrust *
load_trust (void)
{
  g_autoptr (GError) error = NULL;
  EonayTrust *trust = eonay_trust_new ();

  eonay_trust_add_pem (trust, eonay_practice_pki_get_ca_pem (probe_pki ()), -1, &error);
  g_assert_no_error (error);

  return trust;
}

static void
assert_signs (Fixture *fixture, guint place)
{
  g_autoptr (EonayTokenCertificate) chosen = get_certificate (fixture, place);
  g_autoptr (GBytes) content = g_bytes_new_static ("DENEME metni", 12);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (EonayTrust) trust = load_trust ();
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayCertificate) certificate
    = eonay_certificate_new (eonay_token_certificate_get_der (chosen), &error);
  g_autoptr (EonayCades) cades = NULL;
  g_autoptr (GBytes) value = NULL;
  g_autoptr (GBytes) signature = NULL;
  g_autoptr (EonaySignedContent) signed_content = NULL;

  g_assert_no_error (error);
  cades = eonay_cades_new (certificate, content, TRUE, now, &error);
  g_assert_no_error (error);
  value = sign (fixture, chosen, eonay_cades_get_scheme (cades), eonay_cades_get_digest (cades),
                PIN, &error);
  g_assert_no_error (error);
  signature = eonay_cades_finish (cades, value, &error);
  g_assert_no_error (error);
  signed_content = eonay_verifier_verify_cades (signature, NULL, trust, now, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (signed_content->content, content));
  g_assert_cmpstr (eonay_certificate_get_holder (signed_content->certificate), ==, "AYŞE DENEME");
}

static void
test_lists_and_signs (Fixture *fixture, gconstpointer kind)
{
  Traffic refreshed, signed_;

  g_assert_cmpuint (g_list_model_get_n_items (eonay_token_get_certificates (fixture->token)), ==,
                    2);
  eonay_practice_slots_get_traffic (fixture->slots, &refreshed.commands, &refreshed.bytes);
  assert_signs (fixture, 0);
  eonay_practice_slots_get_traffic (fixture->slots, &signed_.commands, &signed_.bytes);

  g_test_message ("two certificates: list %u exchanges, %zu bytes; refresh %u, %zu; sign %u, %zu",
                  fixture->listed.commands, fixture->listed.bytes,
                  refreshed.commands - fixture->listed.commands,
                  refreshed.bytes - fixture->listed.bytes, signed_.commands - refreshed.commands,
                  signed_.bytes - refreshed.bytes);
  g_assert_cmpuint (fixture->listed.commands, <=, 12);
  g_assert_cmpuint (refreshed.commands - fixture->listed.commands, <=, 5);
  g_assert_cmpuint (signed_.commands - refreshed.commands, <=, 5);
}

static void
test_signs_with_ec (Fixture *fixture, gconstpointer kind)
{
  assert_signs (fixture, 0);
}

static void
test_signs_with_either (Fixture *fixture, gconstpointer kind)
{
  g_assert_cmpuint (g_list_model_get_n_items (eonay_token_get_certificates (fixture->token)), ==,
                    3);
  assert_signs (fixture, 1);
  assert_signs (fixture, 0);
}

static void
test_certificates_tell_what_they_are (Fixture *fixture, gconstpointer kind)
{
  static const EonayCertificateProblems problems[]
    = { EONAY_CERTIFICATE_PROBLEM_NONE, EONAY_CERTIFICATE_PROBLEM_NONE,
        EONAY_CERTIFICATE_PROBLEM_USAGE | EONAY_CERTIFICATE_PROBLEM_NOT_QUALIFIED };
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  for (guint i = 0; i < G_N_ELEMENTS (problems); i++)
    {
      g_autoptr (EonayTokenCertificate) listed = get_certificate (fixture, i);
      g_autoptr (EonayCertificate) certificate
        = eonay_certificate_new (eonay_token_certificate_get_der (listed), NULL);

      g_assert_cmphex (eonay_certificate_get_problems (certificate, now), ==, problems[i]);
      g_assert_cmpstr (eonay_certificate_get_national_id (certificate), ==, "10000000146");
      g_assert_cmpstr (eonay_certificate_get_provider (certificate), ==, "DENEME ESHS A.Ş.");
      g_assert_true (eonay_token_certificate_has_key (listed));
    }
}

static void
test_expired (Fixture *fixture, gconstpointer kind)
{
  g_autoptr (EonayTokenCertificate) listed = get_certificate (fixture, 0);
  g_autoptr (EonayCertificate) certificate
    = eonay_certificate_new (eonay_token_certificate_get_der (listed), NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  g_assert_cmphex (eonay_certificate_get_problems (certificate, now), ==,
                   EONAY_CERTIFICATE_PROBLEM_EXPIRED);
  g_assert_cmpint ((int) eonay_certificate_get_kind (certificate), ==,
                   EONAY_CERTIFICATE_QUALIFIED);
}

static void
test_blocked (Fixture *fixture, gconstpointer kind)
{
  EonayPinState state;

  eonay_token_get_pin_state (fixture->token, NULL, &state);
  g_assert_true (state.known);
  g_assert_true (state.blocked);
}

static void
test_wrong_pin (Fixture *fixture, gconstpointer kind)
{
  g_autoptr (EonayTokenCertificate) chosen = get_certificate (fixture, 0);
  g_autoptr (GBytes) digest = g_bytes_new_static ("DENEME DENEME DENEME DENEME DENE", 32);
  g_autoptr (GError) error = NULL;
  EonayPinState state;

  eonay_token_get_pin_state (fixture->token, NULL, &state);
  g_assert_cmpint (state.tries_left, ==, 3);
  g_assert_cmpuint (state.min_length, ==, 6);
  g_assert_cmpuint (state.max_length, ==, 16);
  g_assert_true (state.numeric);

  g_assert_null (sign (fixture, chosen, EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256, digest, WRONG_PIN,
                       &error));
  g_assert_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_WRONG);
  g_assert_cmpint (eonay_card_error_get_tries_left (error), ==, 2);
  eonay_token_get_pin_state (fixture->token, NULL, &state);
  g_assert_cmpint (state.tries_left, ==, 2);
  probe_expect (eonay_practice_slots_get_card (fixture->slots), "00200001", "63c2");
}

/* Pulls the card before each command of a signature in turn: an error, and no PIN try is spent. */
static void
test_pulled_at_each_step (Fixture *fixture, gconstpointer kind)
{
  g_autoptr (EonayPracticeCard) card
    = g_object_ref (eonay_practice_slots_get_card (fixture->slots));
  guint n = 0;

  for (gboolean pulled = TRUE; pulled;)
    {
      g_autoptr (EonayTokenCertificate) chosen = get_certificate (fixture, 0);
      g_autoptr (GBytes) digest = g_bytes_new_static ("DENEME DENEME DENEME DENEME DENE", 32);
      g_autoptr (GBytes) signature = NULL;
      g_autoptr (GError) error = NULL;

      eonay_practice_slots_pull_at (fixture->slots, ++n);
      signature = sign (fixture, chosen, EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256, digest, PIN,
                        &error);
      pulled = signature == NULL;
      if (!pulled)
        break;

      g_assert_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_REMOVED);
      while (eonay_reader_get_state (fixture->reader) != EONAY_READER_EMPTY)
        g_main_context_iteration (NULL, TRUE);
      probe_expect (card, "00200001", "63c3");

      insert (fixture, card);
    }

  g_assert_cmpuint (n, >=, 4);
  eonay_practice_slots_pull_at (fixture->slots, 0);
}

#define ADD(name, kind, function) \
  g_test_add ("/practice/client/" name, Fixture, GINT_TO_POINTER (EONAY_PRACTICE_CARD_##kind), \
              set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("lists-and-signs", VALID, test_lists_and_signs);
  ADD ("signs-with-ec", EC, test_signs_with_ec);
  ADD ("signs-with-either", TWO, test_signs_with_either);
  ADD ("certificates-tell-what-they-are", TWO, test_certificates_tell_what_they_are);
  ADD ("expired", EXPIRED, test_expired);
  ADD ("blocked", BLOCKED, test_blocked);
  ADD ("wrong-pin", VALID, test_wrong_pin);
  ADD ("pulled-at-each-step", VALID, test_pulled_at_each_step);

  return g_test_run ();
}
