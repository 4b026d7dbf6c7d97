#include "support/reader-fixture.h"

#define LINE(command_, answer_) "{\"c\": \"" command_ "\", \"r\": \"" answer_ "\"}"
#define OTHER_ATR "3b00"

/* A card that nobody knows names two applications in its EF.DIR. */
#define SEARCH                                                                          \
  LINE ("00a4080c022f01", "6a82"), LINE ("00a404000ca000000063504b43532d3135", "6a82"), \
      LINE ("00a4080c022f00", "9000"),                                                  \
      LINE ("00b0000000", "61144f0ca000000063504b43532d313551043f005015"                \
                          "61144f0ca000000063504b43532d313551043f0050169000")
#define NO_ISOAPPLET LINE ("00a404000cf276a288bcfba69d34f31001", "6a82")

/* Its PrKDF is empty. */
#define WITHOUT_KEYS(df_)                                                                \
  LINE ("00a4080c04" df_ "5031", "9000"), LINE ("00b0000000", "a006300404024402009000"), \
      LINE ("00a4080c04" df_ "4402", "9000"), LINE ("00b0000000", "00009000")

/* Keys behind a directory that is behind a directory, and a certificate that the ODF's names. */
#define WITH_KEYS(df_)                                                   \
  LINE ("00a4080c04" df_ "5031", "9000"),                                \
      LINE ("00b0000000", "a006300404024402a406300404024404009000"),     \
      LINE ("00a4080c04" df_ "4402", "9000"),                            \
      LINE ("00b0000000", "300404024402300404024412009000"),             \
      LINE ("00a4080c04" df_ "4412", "9000"),                            \
      LINE ("00b0000000", "301a30060c0141040111300804014603030640"       \
                          "00a106300430020400009000"),                   \
      LINE ("00a4080c04" df_ "4404", "9000"),                            \
      LINE ("00b0000000", "301030003003040146a1073005a003300101009000"), \
      LINE ("00a4080c04" df_ "5032", "6a82")

static const char *const second_has_keys[] = { SEARCH, WITHOUT_KEYS ("5015"), WITH_KEYS ("5016"),
                                               LINE ("00a4080c025016", "9000"), NULL };
static const char *const none_has_keys[] = {
  SEARCH, WITHOUT_KEYS ("5015"), WITHOUT_KEYS ("5016"),           NO_ISOAPPLET,
  SEARCH, WITHOUT_KEYS ("5015"), LINE ("00a4080c025015", "9000"), NULL
};
static const char *const first_is_broken[] = { SEARCH,
                                               LINE ("00a4080c0450155031", "9000"),
                                               LINE ("00b0000000", "a006300404024402009000"),
                                               LINE ("00a4080c0450154402", "6a82"),
                                               WITH_KEYS ("5016"),
                                               LINE ("00a4080c025016", "9000"),
                                               NULL };

static void
assert_listed (ReaderFixture *fixture, const char *const *transcripts, guint count)
{
  EonayToken *token;
  GListModel *certificates;

  reader_fixture_insert_other (fixture, transcripts, OTHER_ATR);
  g_assert_no_error (eonay_reader_get_error (fixture->reader));
  token = reader_fixture_get_token (fixture);
  g_assert_cmpstr (eonay_token_get_model (token), ==, "PKCS#15");
  certificates = eonay_token_get_certificates (token);
  g_assert_cmpuint (g_list_model_get_n_items (certificates), ==, count);
  for (guint i = 0; i < count; i++)
    {
      g_autoptr (EonayTokenCertificate) certificate = g_list_model_get_item (certificates, i);

      g_assert_true (eonay_token_certificate_has_key (certificate));
    }
  reader_fixture_pull (fixture);
}

static void
test_one_with_keys (ReaderFixture *fixture, gconstpointer user_data)
{
  assert_listed (fixture, second_has_keys, 1);
}

static void
test_first_if_none_has_keys (ReaderFixture *fixture, gconstpointer user_data)
{
  assert_listed (fixture, none_has_keys, 0);
}

/* One application that is not what it should be does not hide another. */
static void
test_broken_one_is_passed_over (ReaderFixture *fixture, gconstpointer user_data)
{
  assert_listed (fixture, first_is_broken, 1);
}

#define ADD(name_, function_)                                                                     \
  g_test_add ("/card/applications/" name_, ReaderFixture, NULL, reader_fixture_set_up, function_, \
              reader_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("one-with-keys", test_one_with_keys);
  ADD ("first-if-none-has-keys", test_first_if_none_has_keys);
  ADD ("broken-one-is-passed-over", test_broken_one_is_passed_over);

  return g_test_run ();
}
