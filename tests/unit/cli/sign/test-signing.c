#include "cli/sign/eonay-cli-signing.h"

#include <unistd.h>

#include "base/eonay-error.h"
#include "practice/reader/eonay-practice-reader.h"
#include "support/session-fixture.h"
#include "support/test-pair.h"

static GString *complaints;

static void
note_complaint (const char *text)
{
  g_string_append (complaints, text);
}

static void
drop_print (const char *text)
{
}

static void
clear_signing (EonayCliSigning *self)
{
  g_clear_object (&self->signer->candidate);
  g_clear_object (&self->signer->stop);
  g_clear_object (&self->signer->work);
  g_free (self->signer);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EonayCliSigning, clear_signing)

static EonayCliSigning
make_signing (SessionFixture *fixture, const EonayCliSignOptions *options)
{
  EonayCliSigner *signer = g_new0 (EonayCliSigner, 1);

  signer->options = options;
  signer->candidates = fixture->candidates;
  signer->readers = fixture->readers;
  signer->stop = g_cancellable_new ();
  signer->work = g_cancellable_new ();

  return (EonayCliSigning){
    .options = options,
    .session = fixture->session,
    .signer = signer,
  };
}

static void
spend_two_tries (SessionFixture *fixture)
{
  session_fixture_await_candidates (fixture, 2);
  session_fixture_review (fixture, "login", NULL);
  session_fixture_ask_pin (fixture);
  for (int i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;

      session_fixture_sign (fixture, "654321");
      error = session_fixture_finish (fixture);
      g_assert_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_WRONG);
    }
}

static void
test_last_try_is_not_called_wrong (void)
{
  EonayPracticeCard *card = session_fixture_get_card (EONAY_PRACTICE_CARD_VALID);
  g_autoptr (SessionFixture) fixture = session_fixture_new (card);
  EonayCliSignOptions options = { .pin_fd = STDIN_FILENO };
  g_auto (EonayCliSigning) signing = make_signing (fixture, &options);
  g_autoptr (GError) error = NULL;

  spend_two_tries (fixture);
  complaints = g_string_new (NULL);
  g_set_printerr_handler (note_complaint);
  g_assert_false (eonay_cli_signing_sign (&signing, &error));
  g_set_printerr_handler (NULL);

  g_assert_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_LAST_TRY);
  g_assert_true (signing.signer->told);
  g_assert_nonnull (strstr (complaints->str, "--last-try"));
  g_assert_null (strstr (complaints->str, "PIN-01"));
  g_assert_cmpint (session_fixture_ask_tries (card), ==, 1);
  session_fixture_restore_tries (card);
  g_string_free (complaints, TRUE);
}

/** The serial number on the card that has one certificate. */
static char *
read_serial (void)
{
  g_autoptr (SessionFixture) fixture =
      session_fixture_new (session_fixture_get_card (EONAY_PRACTICE_CARD_EC));
  g_autoptr (EonayCandidate) candidate = NULL;
  const char *serial;

  session_fixture_await_candidates (fixture, 1);
  candidate = g_list_model_get_item (G_LIST_MODEL (fixture->candidates), 0);
  serial = eonay_certificate_get_serial (eonay_candidate_get_certificate (candidate));

  return g_strdup (serial + strspn (serial, "0"));
}

/** The certificate that is asked for is on the second of two readers. */
static void
assert_finds_on_second (guint delay, guint n_busy)
{
  g_autofree char *serial = read_serial ();
  g_autoptr (SessionFixture) fixture = session_fixture_new (NULL);
  EonayCliSignOptions options = { .pin_fd = -1, .certificate = serial };
  g_auto (EonayCliSigning) signing = make_signing (fixture, &options);
  g_autoptr (EonaySlotSource) source =
      test_pair_new (session_fixture_get_card (EONAY_PRACTICE_CARD_VALID),
                     session_fixture_get_card (EONAY_PRACTICE_CARD_EC), delay, n_busy);
  g_autoptr (EonayReaderList) readers = NULL;
  g_autoptr (EonayCandidateList) candidates = NULL;
  g_autoptr (GError) error = NULL;
  GPrintFunc print;
  gboolean chosen;

  session_fixture_begin (fixture, "login", NULL);
  error = session_fixture_finish (fixture);
  g_assert_no_error (error);
  readers = eonay_reader_list_new (source);
  candidates = eonay_candidate_list_new (readers, NULL);
  signing.signer->readers = readers;
  signing.signer->candidates = candidates;

  print = g_set_print_handler (drop_print);
  chosen = eonay_cli_signing_choose_certificate (&signing, &error);
  g_set_print_handler (print);
  g_assert_true (chosen);
  g_assert_no_error (error);
  g_assert_cmpstr (eonay_token_get_reader_name (
                       eonay_candidate_get_token (eonay_session_get_candidate (fixture->session))),
                   ==, TEST_PAIR_SECOND);
  eonay_session_set_candidate (fixture->session, NULL);
}

static void
test_waits_for_every_reader (void)
{
  assert_finds_on_second (50, 0);
}

static void
test_tries_a_busy_card_again (void)
{
  assert_finds_on_second (0, 1);
}

/** The hung module is still being asked when the only certificate that can sign is taken. */
static void
test_goes_on_beside_a_module_that_hangs (void)
{
  g_autoptr (SessionFixture) fixture =
      session_fixture_new (session_fixture_get_card (EONAY_PRACTICE_CARD_VALID));
  const EonayCliSignOptions options = { .pin_fd = -1 };
  g_auto (EonayCliSigning) signing = make_signing (fixture, &options);
  g_autoptr (EonayModuleDiscovery) modules = NULL;
  g_autoptr (GError) error = NULL;
  GPrintFunc print;

  session_fixture_begin (fixture, "login", NULL);
  error = session_fixture_finish (fixture);
  g_assert_no_error (error);
  modules = test_pair_hang_modules (fixture->readers);
  print = g_set_print_handler (drop_print);
  g_assert_true (eonay_cli_signing_choose_certificate (&signing, &error));
  g_set_print_handler (print);
  g_assert_no_error (error);
  g_assert_true (eonay_reader_list_is_searching (fixture->readers));
  eonay_session_set_candidate (fixture->session, NULL);
}

/** The one that is named has expired: no other card is asked for. */
static void
test_says_why_the_named_one_will_not_do (void)
{
  g_autoptr (SessionFixture) fixture =
      session_fixture_new (session_fixture_get_card (EONAY_PRACTICE_CARD_EXPIRED));
  EonayCliSignOptions options = { .pin_fd = -1 };
  g_auto (EonayCliSigning) signing = make_signing (fixture, &options);
  g_autoptr (EonayCandidate) candidate = NULL;
  g_autoptr (GError) resolved = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *reason = NULL;
  const char *serial;
  GPrintFunc print;

  session_fixture_begin (fixture, "login", NULL);
  resolved = session_fixture_finish (fixture);
  g_assert_no_error (resolved);
  session_fixture_await_candidates (fixture, 1);
  candidate = g_list_model_get_item (G_LIST_MODEL (fixture->candidates), 0);
  reason = eonay_candidate_describe_reason (candidate);
  serial = eonay_certificate_get_serial (eonay_candidate_get_certificate (candidate));
  options.certificate = (char *) serial + strspn (serial, "0");

  complaints = g_string_new (NULL);
  print = g_set_print_handler (drop_print);
  g_set_printerr_handler (note_complaint);
  g_assert_false (eonay_cli_signing_choose_certificate (&signing, &error));
  g_set_printerr_handler (NULL);
  g_set_print_handler (print);
  g_assert_error (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_NO_CERTIFICATE);
  g_assert_true (signing.signer->told && reason[0] != '\0');
  g_assert_nonnull (strstr (complaints->str, reason));
  g_assert_true (g_str_has_prefix (complaints->str, "IMZA-03: "));
  g_string_free (complaints, TRUE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/signing/last-try-is-not-called-wrong", test_last_try_is_not_called_wrong);
  g_test_add_func ("/cli/signing/waits-for-every-reader", test_waits_for_every_reader);
  g_test_add_func ("/cli/signing/tries-a-busy-card-again", test_tries_a_busy_card_again);
  g_test_add_func ("/cli/signing/goes-on-beside-a-module-that-hangs",
                   test_goes_on_beside_a_module_that_hangs);

  g_test_add_func ("/cli/signing/says-why-the-named-one-will-not-do",
                   test_says_why_the_named_one_will_not_do);

  return g_test_run ();
}
