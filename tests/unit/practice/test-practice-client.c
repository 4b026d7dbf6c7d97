#include "client-probe.h"

#include "base/eonay-error.h"
#include "signature/certificate/eonay-certificate.h"

static GBytes *
sign (ProbeClient *client, EonayTokenCertificate *certificate, EonaySignatureScheme scheme,
      GBytes *digest, const char *pin, GError **error)
{
  g_autoptr (GPtrArray) digests = g_ptr_array_new ();
  g_autoptr (GPtrArray) signatures = NULL;

  g_ptr_array_add (digests, digest);
  signatures = probe_client_sign (client, certificate, scheme, digests, pin, error);

  return signatures != NULL ? g_bytes_ref (g_ptr_array_index (signatures, 0)) : NULL;
}

static void
test_lists_and_signs (ProbeClient *client, gconstpointer kind)
{
  ProbeTraffic signing = client->read;

  g_assert_cmpuint (g_list_model_get_n_items (eonay_token_get_certificates (client->token)), ==, 2);
  probe_client_assert_signs (client, 0, 1, PROBE_PIN);

  probe_client_tell (client, "two certificates", signing);
  g_assert_cmpuint (client->listed.commands, ==, 12);
  g_assert_cmpuint (client->read.commands - client->listed.commands, ==, 4);
  g_assert_cmpuint (probe_client_get_traffic (client).commands - signing.commands, ==, 5);
}

static void
test_signs_with_ec (ProbeClient *client, gconstpointer kind)
{
  probe_client_assert_signs (client, 0, 1, PROBE_PIN);
}

static void
test_signs_with_either (ProbeClient *client, gconstpointer kind)
{
  g_assert_cmpuint (g_list_model_get_n_items (eonay_token_get_certificates (client->token)), ==, 3);
  probe_client_assert_signs (client, 1, 1, PROBE_PIN);
  probe_client_assert_signs (client, 0, 1, PROBE_PIN);
}

static void
test_certificates_tell_what_they_are (ProbeClient *client, gconstpointer kind)
{
  static const EonayCertificateProblems problems[] = {
    EONAY_CERTIFICATE_PROBLEM_NONE, EONAY_CERTIFICATE_PROBLEM_NONE,
    EONAY_CERTIFICATE_PROBLEM_USAGE | EONAY_CERTIFICATE_PROBLEM_NOT_QUALIFIED
  };
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  for (guint i = 0; i < G_N_ELEMENTS (problems); i++)
    {
      g_autoptr (EonayTokenCertificate) listed = probe_client_get_certificate (client, i);
      g_autoptr (EonayCertificate) certificate =
          eonay_certificate_new (eonay_token_certificate_get_der (listed), NULL);

      g_assert_cmphex (eonay_certificate_get_problems (certificate, now), ==, problems[i]);
      g_assert_cmpstr (eonay_certificate_get_national_id (certificate), ==, "10000000146");
      g_assert_cmpstr (eonay_certificate_get_provider (certificate), ==, "DENEME ESHS A.Ş.");
      g_assert_true (eonay_token_certificate_has_key (listed));
    }
}

static void
test_expired (ProbeClient *client, gconstpointer kind)
{
  g_autoptr (EonayTokenCertificate) listed = probe_client_get_certificate (client, 0);
  g_autoptr (EonayCertificate) certificate =
      eonay_certificate_new (eonay_token_certificate_get_der (listed), NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  g_assert_cmphex (eonay_certificate_get_problems (certificate, now), ==,
                   EONAY_CERTIFICATE_PROBLEM_EXPIRED);
  g_assert_cmpint ((int) eonay_certificate_get_kind (certificate), ==, EONAY_CERTIFICATE_QUALIFIED);
}

static void
test_blocked (ProbeClient *client, gconstpointer kind)
{
  EonayPinState state;

  eonay_token_get_pin_state (client->token, NULL, &state);
  g_assert_true (state.known);
  g_assert_true (state.blocked);
}

static void
test_wrong_pin (ProbeClient *client, gconstpointer kind)
{
  g_autoptr (EonayTokenCertificate) chosen = probe_client_get_certificate (client, 0);
  g_autoptr (GBytes) digest = g_bytes_new_static ("DENEME DENEME DENEME DENEME DENE", 32);
  g_autoptr (GError) error = NULL;
  EonayPinState state;

  eonay_token_get_pin_state (client->token, NULL, &state);
  g_assert_cmpint (state.tries_left, ==, 3);
  g_assert_cmpuint (state.min_length, ==, 6);
  g_assert_cmpuint (state.max_length, ==, 16);
  g_assert_true (state.numeric);

  g_assert_null (sign (client, chosen, EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256, digest,
                       PROBE_WRONG_PIN, &error));
  g_assert_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_WRONG);
  g_assert_cmpint (eonay_card_error_get_tries_left (error), ==, 2);
  eonay_token_get_pin_state (client->token, NULL, &state);
  g_assert_cmpint (state.tries_left, ==, 2);
  probe_expect (eonay_practice_slots_get_card (client->slots), "00200001", "63c2");
}

/* Pulls the card before each command of a signature in turn: an error, and no PIN try is spent. */
static void
test_pulled_at_each_step (ProbeClient *client, gconstpointer kind)
{
  g_autoptr (EonayPracticeCard) card = g_object_ref (eonay_practice_slots_get_card (client->slots));
  guint n = 0;

  for (gboolean pulled = TRUE; pulled;)
    {
      g_autoptr (EonayTokenCertificate) chosen = probe_client_get_certificate (client, 0);
      g_autoptr (GBytes) digest = g_bytes_new_static ("DENEME DENEME DENEME DENEME DENE", 32);
      g_autoptr (GBytes) signature = NULL;
      g_autoptr (GError) error = NULL;

      eonay_practice_slots_pull_at (client->slots, ++n);
      signature = sign (client, chosen, EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256, digest, PROBE_PIN,
                        &error);
      pulled = signature == NULL;
      if (!pulled)
        break;

      g_assert_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_REMOVED);
      while (eonay_reader_get_state (client->reader) != EONAY_READER_EMPTY)
        g_main_context_iteration (NULL, TRUE);
      probe_expect (card, "00200001", "63c3");

      probe_client_insert (client, card);
    }

  g_assert_cmpuint (n, >=, 4);
  eonay_practice_slots_pull_at (client->slots, 0);
}

#define ADD(name, kind, function)                                                                  \
  g_test_add ("/practice/client/" name, ProbeClient, GINT_TO_POINTER (EONAY_PRACTICE_CARD_##kind), \
              probe_client_set_up, function, probe_client_tear_down)

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
