#include "app/widgets/eonay-labels.h"

#include <string.h>

#include "base/eonay-error.h"
#include "practice/reader/eonay-practice-slots.h"
#include "session/eonay-tries.h"

static void
test_each_state_has_a_page (void)
{
  g_assert_cmpstr (eonay_labels_page_for_state (EONAY_SESSION_IDLE), ==, "code");
  g_assert_cmpstr (eonay_labels_page_for_state (EONAY_SESSION_RESOLVING), ==, "code");
  g_assert_cmpstr (eonay_labels_page_for_state (EONAY_SESSION_REVIEWING), ==, "review");
  g_assert_cmpstr (eonay_labels_page_for_state (EONAY_SESSION_WAITING_PIN), ==, "review");
  g_assert_null (eonay_labels_page_for_state (EONAY_SESSION_SIGNING));
  g_assert_cmpstr (eonay_labels_page_for_state (EONAY_SESSION_SUBMITTING), ==, "progress");
  for (EonaySessionState state = EONAY_SESSION_DONE; state < EONAY_SESSION_N_STATES; state++)
    g_assert_cmpstr (eonay_labels_page_for_state (state), ==, "result");
}

static void
test_clock_is_shown_while_it_matters (void)
{
  for (EonaySessionState state = EONAY_SESSION_IDLE; state < EONAY_SESSION_N_STATES; state++)
    g_assert_cmpint (eonay_labels_state_has_clock (NULL, state), ==,
                     state == EONAY_SESSION_REVIEWING || state == EONAY_SESSION_WAITING_PIN ||
                         state == EONAY_SESSION_SIGNING || state == EONAY_SESSION_SUBMITTING);
}

static void
test_signing_is_not_left_alone (void)
{
  for (EonaySessionState state = EONAY_SESSION_IDLE; state < EONAY_SESSION_N_STATES; state++)
    g_assert_cmpint (eonay_labels_state_is_signing (state), ==,
                     state == EONAY_SESSION_SIGNING || state == EONAY_SESSION_SUBMITTING);
}

static void
test_retry_only_while_it_helps (void)
{
  g_assert_true (eonay_labels_result_can_retry (EONAY_SESSION_FAILED, TRUE, 10));
  g_assert_false (eonay_labels_result_can_retry (EONAY_SESSION_FAILED, TRUE, 0));
  g_assert_false (eonay_labels_result_can_retry (EONAY_SESSION_FAILED, FALSE, 10));
  g_assert_false (eonay_labels_result_can_retry (EONAY_SESSION_DONE, TRUE, 10));
  g_assert_false (eonay_labels_result_can_retry (EONAY_SESSION_EXPIRED, TRUE, 0));
}

static void
test_time_is_announced_at_its_marks (void)
{
  g_assert_true (eonay_labels_seconds_are_announced (61, 60));
  g_assert_true (eonay_labels_seconds_are_announced (31, 30));
  g_assert_true (eonay_labels_seconds_are_announced (11, 10));
  g_assert_true (eonay_labels_seconds_are_announced (100, 20));
  g_assert_false (eonay_labels_seconds_are_announced (285, 284));
  g_assert_false (eonay_labels_seconds_are_announced (60, 59));
  g_assert_false (eonay_labels_seconds_are_announced (30, 29));
  g_assert_false (eonay_labels_seconds_are_announced (10, 9));
  g_assert_true (eonay_labels_seconds_warn (NULL, 60));
  g_assert_false (eonay_labels_seconds_warn (NULL, 61));
}

static void
test_days (void)
{
  g_autofree char *many = eonay_labels_describe_days (312);
  g_autofree char *one = eonay_labels_describe_days (1);
  g_autofree char *today = eonay_labels_describe_days (0);
  g_autofree char *over = eonay_labels_describe_days (-1);

  g_assert_cmpstr (many, ==, "312 days left");
  g_assert_cmpstr (one, ==, "1 day left");
  g_assert_cmpstr (today, ==, "last day");
  g_assert_cmpstr (over, ==, "");
}

static void
test_tries (void)
{
  g_autofree char *three = eonay_tries_describe (EONAY_PIN_ROLE_PIN, 3);
  g_autofree char *last = eonay_tries_describe (EONAY_PIN_ROLE_PIN, 1);
  g_autofree char *unknown = eonay_tries_describe (EONAY_PIN_ROLE_PIN, -1);

  g_assert_cmpstr (three, ==, "Tries left: 3");
  g_assert_true (g_str_has_prefix (last, "Last try!"));
  g_assert_cmpstr (unknown, ==, "");
}

static void
test_digest (void)
{
  const guint8 bytes[] = { 0x00, 0x01, 0xab, 0xff, 0x10 };
  g_autoptr (GBytes) digest = g_bytes_new_static (bytes, sizeof bytes);
  g_autofree char *grouped = eonay_labels_format_digest (digest);

  g_assert_cmpstr (grouped, ==, "0001abff 10");
}

static void
test_file_names (void)
{
  g_autofree char *name = eonay_labels_signed_file_name ("Sözleşme", EONAY_FORMAT_CADES_ATTACHED);
  g_autofree char *path = eonay_labels_signed_file_name ("../../etc/passwd", EONAY_FORMAT_PADES);
  g_autofree char *inner = eonay_labels_signed_file_name ("a/b\\c\nd", EONAY_FORMAT_CADES_ATTACHED);
  g_autofree char *none = eonay_labels_signed_file_name ("", EONAY_FORMAT_CADES_ATTACHED);

  g_assert_cmpstr (name, ==, "Sözleşme.p7m");
  g_assert_cmpstr (path, ==, "Document.pdf");
  g_assert_cmpstr (inner, ==, "a-b-c-d.p7m");
  g_assert_cmpstr (none, ==, "Document.p7m");
}

static void
test_obstacles (void)
{
  g_autoptr (GError) unread = g_error_new_literal (EONAY_SESSION_ERROR,
                                                   EONAY_SESSION_ERROR_NOT_REVIEWED, "");
  g_autoptr (GError) unchosen = g_error_new_literal (EONAY_SESSION_ERROR,
                                                     EONAY_SESSION_ERROR_NO_CERTIFICATE, "");
  g_autofree char *read = eonay_labels_describe_obstacle (unread, FALSE);
  g_autofree char *choose = eonay_labels_describe_obstacle (unchosen, FALSE);
  g_autofree char *none = eonay_labels_describe_obstacle (unchosen, TRUE);
  g_autoptr (GError) fontless = g_error_new_literal (EONAY_SESSION_ERROR,
                                                     EONAY_SESSION_ERROR_TEXT_NO_GLYPH, "");
  g_autofree char *unshown = eonay_labels_describe_obstacle (fontless, FALSE);

  g_assert_cmpstr (read, ==, "Read the document to its end first");
  g_assert_cmpstr (choose, ==, "Choose a certificate first");
  g_assert_cmpstr (none, ==, "None of these certificates can sign");
  g_assert_cmpstr (unshown, ==,
                   "This computer has no font for a character of the text, so the text "
                   "cannot be signed.");
}

static void
test_hidden_characters_are_told (void)
{
  g_autofree char *clean = eonay_labels_describe_text_flags (EONAY_TEXT_CLEAN);
  g_autofree char *bidi = eonay_labels_describe_text_flags (EONAY_TEXT_BIDI | EONAY_TEXT_CONTROL);
  g_autofree char *invisible = eonay_labels_describe_text_flags (EONAY_TEXT_INVISIBLE);
  g_autofree char *control = eonay_labels_describe_text_flags (EONAY_TEXT_CONTROL);
  g_autofree char *overlay = eonay_labels_describe_text_flags (EONAY_TEXT_OVERLAY |
                                                               EONAY_TEXT_INVISIBLE);

  g_assert_null (clean);
  g_assert_nonnull (strstr (bidi, "direction"));
  g_assert_nonnull (strstr (invisible, "invisible"));
  g_assert_nonnull (strstr (control, "control"));
  g_assert_nonnull (strstr (overlay, "over other"));
}

static void
test_keypad_wait (void)
{
  g_autofree char *many = eonay_labels_describe_keypad_wait (30, 30);
  g_autofree char *one = eonay_labels_describe_keypad_wait (1, 30);

  g_assert_cmpstr (many, ==, "The reader waits 30 more seconds.");
  g_assert_cmpstr (one, ==, "The reader waits 1 more second.");
}

/* Of an AKİS card that only its vendor's module can use. */
static void
test_missing_module_is_told (void)
{
  g_autoptr (EonayPracticePki) pki = eonay_practice_pki_new (NULL);
  g_autoptr (EonayPracticeCard) card = eonay_practice_card_new (EONAY_PRACTICE_CARD_AKIS_3, pki,
                                                                NULL);
  g_autoptr (EonayPracticeSlots) slots = eonay_practice_slots_new ();
  g_autoptr (EonayReaderList) readers = eonay_reader_list_new (EONAY_SLOT_SOURCE (slots));
  g_autoptr (EonayCandidateList) candidates = eonay_candidate_list_new (readers, NULL);
  g_autoptr (EonayCandidate) candidate = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *subtitle = NULL;
  g_autofree char *tag = NULL;

  eonay_practice_slots_set_card (slots, card);
  while (candidate == NULL)
    {
      g_main_context_iteration (NULL, TRUE);
      candidate = g_list_model_get_item (G_LIST_MODEL (candidates), 0);
    }

  subtitle = eonay_labels_candidate_subtitle (candidate, now, FALSE);
  tag = eonay_labels_candidate_tag (candidate);
  g_assert_true (g_str_has_prefix (subtitle, "A driver module is needed (libakisp11.so) · "));
  g_assert_cmpstr (tag, ==, "Needs a module");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/labels/page-for-state", test_each_state_has_a_page);
  g_test_add_func ("/app/labels/clock", test_clock_is_shown_while_it_matters);
  g_test_add_func ("/app/labels/signing", test_signing_is_not_left_alone);
  g_test_add_func ("/app/labels/retry", test_retry_only_while_it_helps);
  g_test_add_func ("/app/labels/announcements", test_time_is_announced_at_its_marks);
  g_test_add_func ("/app/labels/days", test_days);
  g_test_add_func ("/app/labels/tries", test_tries);
  g_test_add_func ("/app/labels/keypad-wait", test_keypad_wait);
  g_test_add_func ("/app/labels/digest", test_digest);
  g_test_add_func ("/app/labels/file-names", test_file_names);
  g_test_add_func ("/app/labels/missing-module", test_missing_module_is_told);
  g_test_add_func ("/app/labels/obstacles", test_obstacles);
  g_test_add_func ("/app/labels/hidden-characters", test_hidden_characters_are_told);

  return g_test_run ();
}
