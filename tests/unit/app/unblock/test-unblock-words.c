#include "app/unblock/eonay-unblock-words.h"

#include "base/eonay-error.h"

static const char *const pages[EONAY_UNBLOCK_N_STATES] = {
  [EONAY_UNBLOCK_IDLE] = "code",         [EONAY_UNBLOCK_RESOLVING] = "code",
  [EONAY_UNBLOCK_OTHER] = "code",        [EONAY_UNBLOCK_WAITING_CARD] = "card",
  [EONAY_UNBLOCK_WAITING_WORD] = "word", [EONAY_UNBLOCK_SENDING_WORD] = "busy",
  [EONAY_UNBLOCK_WAITING_SMS] = "sms",   [EONAY_UNBLOCK_WAITING_PIN] = "pin",
  [EONAY_UNBLOCK_READY] = "ready",       [EONAY_UNBLOCK_CONFIRMING] = "busy",
  [EONAY_UNBLOCK_UNBLOCKING] = "busy",   [EONAY_UNBLOCK_DONE] = "result",
  [EONAY_UNBLOCK_DECLINED] = "result",   [EONAY_UNBLOCK_EXPIRED] = "result",
  [EONAY_UNBLOCK_FAILED] = "result",
};

static void
test_pages (void)
{
  for (guint i = 0; i < EONAY_UNBLOCK_N_STATES; i++)
    {
      EonayUnblockState state = (EonayUnblockState) i;
      gboolean busy = g_str_equal (pages[i], "busy");

      g_assert_cmpstr (eonay_unblock_words_page (state), ==, pages[i]);
      g_assert_cmpint (eonay_unblock_words_busy (state)[0] != '\0', ==, busy);
      g_assert_cmpint (eonay_unblock_words_has_clock (state), ==,
                       !g_str_equal (pages[i], "code") && !g_str_equal (pages[i], "result"));
    }
}

static void
test_leaving (void)
{
  for (guint i = EONAY_UNBLOCK_WAITING_CARD; i < EONAY_UNBLOCK_UNBLOCKING; i++)
    g_assert_true (eonay_unblock_words_asks_before_leaving ((EonayUnblockState) i));
  g_assert_false (eonay_unblock_words_asks_before_leaving (EONAY_UNBLOCK_IDLE));
  g_assert_false (eonay_unblock_words_asks_before_leaving (EONAY_UNBLOCK_OTHER));
  g_assert_false (eonay_unblock_words_asks_before_leaving (EONAY_UNBLOCK_UNBLOCKING));
  g_assert_false (eonay_unblock_words_asks_before_leaving (EONAY_UNBLOCK_DONE));
  g_assert_true (eonay_unblock_words_can_stop (EONAY_UNBLOCK_CONFIRMING));
  g_assert_false (eonay_unblock_words_can_stop (EONAY_UNBLOCK_UNBLOCKING));
}

static void
assert_meant (const char *serial, const char *signer_hint, const char *expected)
{
  g_autofree char *words = eonay_unblock_words_meant (serial, signer_hint);

  g_assert_cmpstr (words, ==, expected);
}

static void
test_meant (void)
{
  assert_meant ("00AB12", "10000000146", "The card with serial number 00AB12");
  assert_meant ("10000000146", NULL, "The card with serial number 10*******46");
  assert_meant (NULL, "10000000146", "The card of the holder 10*******46");
  assert_meant (NULL, NULL, "The card that is blocked");
}

static void
test_report (void)
{
  g_assert_cmpstr (eonay_unblock_words_report (EONAY_UNBLOCK_DONE, EONAY_UNBLOCK_REPORT_NONE), ==,
                   "");
  g_assert_cmpstr (eonay_unblock_words_report (EONAY_UNBLOCK_DONE, EONAY_UNBLOCK_REPORT_UNTOLD), !=,
                   eonay_unblock_words_report (EONAY_UNBLOCK_FAILED, EONAY_UNBLOCK_REPORT_UNTOLD));
}

/* What came of it is never said to be better than it is. */
static void
test_result (void)
{
  g_autoptr (GError) error =
      g_error_new_literal (EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_UNBLOCK_UNCERTAIN, "No answer");
  g_autofree char *done = eonay_unblock_words_result (EONAY_UNBLOCK_DONE, NULL);
  g_autofree char *declined = eonay_unblock_words_result (EONAY_UNBLOCK_DECLINED, NULL);
  g_autofree char *uncertain = eonay_unblock_words_result (EONAY_UNBLOCK_FAILED, error);

  g_assert_nonnull (strstr (done, "new PIN holds"));
  g_assert_cmpstr (declined, ==, "Nothing was changed on the card.");
  g_assert_nonnull (strstr (uncertain, "fell silent"));
  g_assert_cmpstr (eonay_unblock_words_result_title (EONAY_UNBLOCK_FAILED, FALSE), ==,
                   "The card is not unblocked");
  g_assert_cmpstr (eonay_unblock_words_result_title (EONAY_UNBLOCK_FAILED, TRUE), !=,
                   eonay_unblock_words_result_title (EONAY_UNBLOCK_FAILED, FALSE));
  g_assert_cmpstr (eonay_unblock_words_result_icon (EONAY_UNBLOCK_FAILED, TRUE), !=,
                   eonay_unblock_words_result_icon (EONAY_UNBLOCK_FAILED, FALSE));
}

static void
test_tries (void)
{
  g_autofree char *unknown = eonay_unblock_words_sms_tries (-1);
  g_autofree char *one = eonay_unblock_words_sms_tries (1);

  g_assert_cmpstr (unknown, ==, "");
  g_assert_cmpstr (one, ==, "1 try is left for the SMS code");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/unblock-words/pages", test_pages);
  g_test_add_func ("/app/unblock-words/leaving", test_leaving);
  g_test_add_func ("/app/unblock-words/meant", test_meant);
  g_test_add_func ("/app/unblock-words/report", test_report);
  g_test_add_func ("/app/unblock-words/result", test_result);
  g_test_add_func ("/app/unblock-words/tries", test_tries);

  return g_test_run ();
}
