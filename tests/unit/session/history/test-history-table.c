#include <libintl.h>
#include <locale.h>
#include <string.h>

#include "history-fixture.h"
#include "session/history/eonay-history-table.h"

#define DIGEST "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static void
set_words (EonayHistoryEntry *entry, const char *portal, const char *label, const char *receipt)
{
  g_free (entry->portal_name);
  entry->portal_name = g_strdup (portal);
  g_free (entry->label);
  entry->label = g_strdup (label);
  entry->receipt = g_strdup (receipt);
}

static GPtrArray *
new_entries (void)
{
  GPtrArray *batch = history_fixture_new_batch ("b", 3, 1577273222);

  set_words (batch->pdata[0], "Kurum \"A\", Ankara", "Sözleşme;\nİkinci satır", "=1+1");
  set_words (batch->pdata[1], "@SUM(A1)", "-2+3", "\tx");
  set_words (batch->pdata[2], "ŞIĞÜÖÇ ığşüöç", "+90", "R 7");
  ((EonayHistoryEntry *) batch->pdata[1])->outcome = EONAY_HISTORY_DELIVERY_UNKNOWN;
  ((EonayHistoryEntry *) batch->pdata[2])->code = g_strdup ("AG-02");

  return batch;
}

static void
assert_csv (const char *expected)
{
  g_autoptr (GPtrArray) entries = new_entries ();
  g_autoptr (GBytes) csv = eonay_history_to_csv (entries);
  g_autofree char *text = g_strndup (g_bytes_get_data (csv, NULL), g_bytes_get_size (csv));

  g_assert_cmpstr (text, ==, expected);
}

static void
test_csv (void)
{
  assert_csv (
      "\xef\xbb\xbf\"Signed at\",\"Operation\",\"Portal\",\"Portal’s short name\",\"Document\","
      "\"SHA-256 digest\",\"Certificate serial number\",\"Certificate issuer\",\"Outcome\","
      "\"Error code\",\"Receipt\"\r\n"
      "\"25.12.2019 14:27:02\",\"Give E-Onay\",\"Kurum \"\"A\"\", Ankara\",\"kurum\","
      "\"Sözleşme;\nİkinci satır (1 of 3)\",\"" DIGEST "\",\"1f2e3d\",\"DENEME Kök\","
      "\"Being signed\",\"\",\"'=1+1\"\r\n"
      "\"25.12.2019 14:27:02\",\"Give E-Onay\",\"'@SUM(A1)\",\"kurum\",\"'-2+3 (2 of 3)\","
      "\"" DIGEST "\",\"1f2e3d\",\"DENEME Kök\",\"Signed, delivery unknown\",\"\",\"'\tx\"\r\n"
      "\"25.12.2019 14:27:02\",\"Give E-Onay\",\"ŞIĞÜÖÇ ığşüöç\",\"kurum\",\"'+90 (3 of 3)\","
      "\"" DIGEST "\",\"1f2e3d\",\"DENEME Kök\",\"Being signed\",\"AG-02\",\"R 7\"\r\n");
}

/* Turkish: other words, and semicolons. */
static void
test_turkish_csv (void)
{
  const char *locale = setlocale (LC_ALL, "tr_TR.UTF-8");
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GBytes) csv = NULL;

  g_assert_nonnull (locale);
  g_setenv ("LANGUAGE", "tr", TRUE);
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("EONAY_LOCALE_DIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  entries = history_fixture_new_batch ("b", 1, 1577273222);
  csv = eonay_history_to_csv (entries);
  g_assert_true (history_fixture_has (csv, "\"İmzalama tarihi\";\"İşlem\";\"Portal\""));
  g_assert_true (
      history_fixture_has (csv, "\"25.12.2019 14:27:02\";\"Elektronik onay (E-Onay) verme\""));
  g_assert_true (history_fixture_has (csv, "\"Makbuz\"\r\n") ||
                 history_fixture_has (csv, "\"Alındı\"\r\n") ||
                 history_fixture_has (csv, "\"Alındı numarası\"\r\n"));
  g_unsetenv ("LANGUAGE");
  setlocale (LC_ALL, "C.UTF-8");
}

static gboolean
matches (EonayHistoryEntry *entry, const char *typed)
{
  g_autofree char *needle = eonay_history_fold (typed);

  return eonay_history_entry_matches (entry, needle);
}

static void
test_search (void)
{
  g_autoptr (GPtrArray) entries = new_entries ();
  EonayHistoryEntry *entry = entries->pdata[2];

  g_assert_true (matches (entry, "şığ"));
  g_assert_true (matches (entry, "ŞİĞ"));
  g_assert_true (matches (entry, "E-ONAY"));
  g_assert_true (matches (entry, "e-ONAY"));
  g_assert_true (matches (entry, "ag-02"));
  g_assert_true (matches (entry, "25.12.2019"));
  g_assert_true (matches (entry, "1F2E"));
  g_assert_true (matches (entry, ""));
  g_assert_false (matches (entry, "26.12.2019"));
  g_assert_false (matches (entry, "sözleşme"));
}

static void
test_outcomes (void)
{
  for (int i = 0; i < EONAY_HISTORY_UNKNOWN; i++)
    {
      EonayHistoryOutcome outcome = EONAY_HISTORY_N_OUTCOMES;

      g_assert_true (eonay_history_outcome_from_word (eonay_history_outcome_to_word (i), &outcome));
      g_assert_cmpint (outcome, ==, i);
    }
  for (int i = 0; i < EONAY_HISTORY_N_OUTCOMES; i++)
    for (int k = 0; k < i; k++)
      g_assert_cmpstr (eonay_history_outcome_describe (i), !=, eonay_history_outcome_describe (k));
}

static void
test_masks (void)
{
  const char json[] =
      "{\"transaction\":\"t\",\"operation\":\"login\",\"state\":\"waiting\",\"portal\":\"P\","
      "\"certificate_policy\":\"qualified\",\"created_at\":\"2019-12-25T14:27:02+03:00\","
      "\"expires_in\":285,\"hashAlgorithmOID\":\"2.16.840.1.101.3.4.2.1\",\"documents\":[{"
      "\"id\":\"1\",\"label\":\"10000000146 için 820004526184196, 820 0045 2618 4196 2019;"
      " 820\u00a00045-2618-4196, 0006 1005 1978 6457\","
      "\"media_type\":\"text/plain; charset=utf-8\",\"size\":29,"
      "\"digest\":\"q5zpJtTWLXqoc4LBjXeDwFLpqUr1LXYUkz1vXvpEwj0=\",\"href\":\"documents/1\","
      "\"signature_format\":\"C\",\"conformance_level\":\"AdES-B-B\","
      "\"signed_envelope_property\":\"Attached\"}]}";
  g_autoptr (GBytes) body = g_bytes_new_static (json, strlen (json));
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayTransaction) transaction = eonay_transaction_parse (body, 0, &error);
  g_autoptr (EonayDocument) document = NULL;
  g_autoptr (EonayPortalProfile) profile = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GPtrArray) batch = NULL;
  g_autoptr (GPtrArray) ended = NULL;
  EonayHistoryEntry *entry;

  g_assert_no_error (error);
  profile = eonay_portal_profile_new ("kurum", "20000000046 A.Ş.", "https://kurum.example/", NULL,
                                      FALSE, &error);
  g_assert_no_error (error);
  batch = eonay_history_entry_new_batch (profile, transaction, NULL, now, TRUE);
  ended = eonay_history_entry_end_batch (batch, EONAY_HISTORY_DELIVERED, NULL,
                                         "R-10000000146 820 0045 2618 4196");
  entry = ended->pdata[0];
  g_assert_cmpstr (entry->label, ==,
                   "10*******46 için ***************, *** **** **** **** 2019;"
                   " ***\u00a0****-****-****, 0006 1005 1978 6457");
  g_assert_cmpstr (entry->portal_name, ==, "20*******46 A.Ş.");
  g_assert_cmpstr (entry->receipt, ==, "R-10*******46 *** **** **** ****");
  g_assert_null (entry->text);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/history/table/csv", test_csv);
  g_test_add_func ("/history/table/turkish-csv", test_turkish_csv);
  g_test_add_func ("/history/table/search", test_search);
  g_test_add_func ("/history/table/outcomes", test_outcomes);
  g_test_add_func ("/history/table/masks", test_masks);

  return g_test_run ();
}
