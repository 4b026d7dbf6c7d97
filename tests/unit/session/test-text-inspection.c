#include "session/eonay-text-inspection.h"

#include <string.h>

#include "base/eonay-document-limits.h"
#include "base/eonay-error.h"

static void
assert_shown (const char *text, const char *expected, EonayTextFlags flags)
{
  g_autoptr (GBytes) content = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  EonayTextFlags found;
  g_autofree char *shown = eonay_text_inspection_run (content, &found, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (shown, ==, expected);
  g_assert_cmpuint (found, ==, flags);
}

static void
test_clean (void)
{
  assert_shown ("", "", EONAY_TEXT_CLEAN);
  assert_shown ("KABUL EDİYORUM.\n\tğüşıöç – €", "KABUL EDİYORUM.\n\tğüşıöç – €", EONAY_TEXT_CLEAN);
  assert_shown ("a\u0308 \u00a0 漢字", "a\u0308 \u00a0 漢字", EONAY_TEXT_CLEAN);
  assert_shown ("bir\r\niki\r\n", "bir\niki\n", EONAY_TEXT_CLEAN);
}

static void
test_flagged (void)
{
  const struct {
    const char *text;
    const char *shown;
    EonayTextFlags flags;
  } cases[] = {
    { "a\u202eb", "a⟦U+202E⟧b", EONAY_TEXT_BIDI },
    { "\u2066x\u2069", "⟦U+2066⟧x⟦U+2069⟧", EONAY_TEXT_BIDI },
    { "\u200e\u200f\u061c", "⟦U+200E⟧⟦U+200F⟧⟦U+061C⟧", EONAY_TEXT_BIDI },
    { "a\x1b[2Jb", "a⟦U+001B⟧[2Jb", EONAY_TEXT_CONTROL },
    { "kabul\retmiyor", "kabul⟦U+000D⟧etmiyor", EONAY_TEXT_CONTROL },
    { "x\r\r\ny", "x⟦U+000D⟧\ny", EONAY_TEXT_CONTROL },
    { "\r", "⟦U+000D⟧", EONAY_TEXT_CONTROL },
    { "\x7f\xc2\x85\xc2\x9b", "⟦U+007F⟧⟦U+0085⟧⟦U+009B⟧", EONAY_TEXT_CONTROL },
    { "\ufeffx", "⟦U+FEFF⟧x", EONAY_TEXT_INVISIBLE },
    { "a\u200b\u200c\u200d\u2060\u00ad", "a⟦U+200B⟧⟦U+200C⟧⟦U+200D⟧⟦U+2060⟧⟦U+00AD⟧",
      EONAY_TEXT_INVISIBLE },
    { "\U000e0041", "⟦U+E0041⟧", EONAY_TEXT_INVISIBLE },
    { "\U000e0100\ufe0f", "⟦U+E0100⟧⟦U+FE0F⟧", EONAY_TEXT_INVISIBLE },
    { "\ue000\U0010fffd", "⟦U+E000⟧⟦U+10FFFD⟧", EONAY_TEXT_INVISIBLE },
    { "\u0378\uffff", "⟦U+0378⟧⟦U+FFFF⟧", EONAY_TEXT_INVISIBLE },
    { "5\u05d07\u0627", "5⟦U+05D0⟧7⟦U+0627⟧", EONAY_TEXT_BIDI },
    { "\ufb1d\ufe8d\U00010800\U0001e900", "⟦U+FB1D⟧⟦U+FE8D⟧⟦U+10800⟧⟦U+1E900⟧", EONAY_TEXT_BIDI },
    { "ED\u0336\u20e0", "ED⟦U+0336⟧⟦U+20E0⟧", EONAY_TEXT_OVERLAY },
    { "E\u0489D\u1abeE\ua670", "E⟦U+0489⟧D⟦U+1ABE⟧E⟦U+A670⟧", EONAY_TEXT_OVERLAY },
    { "bin\ufffc lira", "bin⟦U+FFFC⟧ lira", EONAY_TEXT_INVISIBLE },
    { "a\u0301\u0301\u0301\u0301\u0301b\u0301", "a\u0301\u0301\u0301⟦U+0301⟧⟦U+0301⟧b\u0301",
      EONAY_TEXT_OVERLAY },
    { "\u0301a\n\u0301", "⟦U+0301⟧a\n⟦U+0301⟧", EONAY_TEXT_OVERLAY },
    { "bin\u3000lira", "bin⟦U+3000⟧lira", EONAY_TEXT_INVISIBLE },
    { "\U0001d159\U00016fe4", "⟦U+1D159⟧⟦U+16FE4⟧", EONAY_TEXT_INVISIBLE },
    { "\u2028\u2029\u3164\u115f\u2800", "⟦U+2028⟧⟦U+2029⟧⟦U+3164⟧⟦U+115F⟧⟦U+2800⟧",
      EONAY_TEXT_INVISIBLE },
    { "\u202a\x01\u200b", "⟦U+202A⟧⟦U+0001⟧⟦U+200B⟧",
      EONAY_TEXT_BIDI | EONAY_TEXT_CONTROL | EONAY_TEXT_INVISIBLE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_shown (cases[i].text, cases[i].shown, cases[i].flags);
}

static void
test_media_types (void)
{
  g_assert_true (eonay_text_inspection_is_showable ("text/plain"));
  g_assert_true (eonay_text_inspection_is_showable ("text/plain; charset=utf-8"));
  g_assert_true (eonay_text_inspection_is_showable ("Text/Plain;charset=\"UTF-8\""));
  g_assert_false (eonay_text_inspection_is_showable ("text/plain; charset=iso-8859-9"));
  g_assert_false (eonay_text_inspection_is_showable ("text/plain; charset=utf-8; charset=utf-16"));
  g_assert_false (eonay_text_inspection_is_showable ("text/plain; charset=utf-80"));
  g_assert_false (eonay_text_inspection_is_showable ("text/html"));
  g_assert_false (eonay_text_inspection_is_showable ("application/pdf"));
  g_assert_false (eonay_text_inspection_is_showable (""));
}

static void
assert_refused (const void *bytes, gsize length, EonaySessionError expected)
{
  g_autoptr (GBytes) content = g_bytes_new (bytes, length);
  g_autoptr (GError) error = NULL;
  EonayTextFlags flags;

  g_assert_null (eonay_text_inspection_run (content, &flags, &error));
  g_assert_error (error, EONAY_SESSION_ERROR, (int) expected);
}

static void
test_refused (void)
{
  assert_refused ("a\0b", 3, EONAY_SESSION_ERROR_HAS_NUL);
  assert_refused ("\0", 1, EONAY_SESSION_ERROR_HAS_NUL);
  assert_refused ("a\xff", 2, EONAY_SESSION_ERROR_NOT_UTF8);
  assert_refused ("\xc3", 1, EONAY_SESSION_ERROR_NOT_UTF8);
  assert_refused ("\xc0\xaf", 2, EONAY_SESSION_ERROR_NOT_UTF8);
  assert_refused ("\xed\xa0\x80", 3, EONAY_SESSION_ERROR_NOT_UTF8);
  assert_refused ("G\xfc\x6c", 3, EONAY_SESSION_ERROR_NOT_UTF8);
}

/* @unit @n times, with @separator between each @every of them. */
static GString *
repeat (const char *unit, guint n, guint every, const char *separator)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      if (i > 0 && every > 0 && i % every == 0)
        g_string_append (text, separator);
      g_string_append (text, unit);
    }

  return text;
}

/* @text (transfer full); @code 0: it is shown */
static void
assert_limited (GString *text, GQuark domain, int code)
{
  g_autoptr (GBytes) content = g_string_free_to_bytes (text);
  g_autoptr (GError) error = NULL;
  g_autofree char *shown = eonay_text_inspection_run (content, NULL, &error);

  if (code == 0)
    {
      g_assert_no_error (error);
      g_assert_nonnull (shown);
      return;
    }

  g_assert_error (error, domain, code);
  g_assert_null (shown);
}

/* Each limit by itself: one below it, at it, and one above. */
static void
test_limits (void)
{
  const guint line = EONAY_DOCUMENT_LINE_MAX / 16;
  const guint whole = EONAY_DOCUMENT_TEXT_MAX / 1024;
  GQuark session = EONAY_SESSION_ERROR;

  for (int over = -1; over <= 1; over++)
    {
      gboolean refused = over > 0;
      GString *lines = repeat ("\n", (guint) ((int) EONAY_DOCUMENT_LINES_MAX - 1 + over), 0, "");
      GString *word = repeat ("a", (guint) ((int) EONAY_DOCUMENT_RUN_MAX + over), 0, "");
      GString *blanks = repeat (" ", (guint) ((int) EONAY_DOCUMENT_RUN_MAX + over), 0, "");
      GString *words = repeat ("kabul ediyorum, ", line, 0, "");
      GString *all = repeat ("kabul ediyorum, ", whole * 64, 63, "yalnız bir kez.\n");
      GString *marks = repeat ("\u0301", (guint) (3 + (int) EONAY_DOCUMENT_MARKS_MAX + over), 0,
                               "");

      g_string_truncate (words, words->len - 1);
      g_string_append_len (words, "xy", 1 + over);
      g_string_truncate (all, EONAY_DOCUMENT_TEXT_MAX - 1);
      g_string_append_len (all, "xy", 1 + over);
      g_string_prepend (marks, "a");
      assert_limited (lines, session, refused ? EONAY_SESSION_ERROR_TEXT_LINES : 0);
      assert_limited (word, session, refused ? EONAY_SESSION_ERROR_TEXT_RUN : 0);
      assert_limited (blanks, session, refused ? EONAY_SESSION_ERROR_TEXT_RUN : 0);
      assert_limited (words, session, refused ? EONAY_SESSION_ERROR_TEXT_LINE : 0);
      assert_limited (marks, session, refused ? EONAY_SESSION_ERROR_TEXT_MARKS : 0);
      assert_limited (all, EONAY_PORTAL_ERROR, refused ? EONAY_PORTAL_ERROR_TEXT_TOO_LARGE : 0);
    }
}

/* What is drawn counts: marks such as ⟦U+202E⟧ are longer than what they stand for. */
static void
test_limits_of_what_is_shown (void)
{
  GQuark session = EONAY_SESSION_ERROR;
  const guint mark = 12; /* bytes of a mark */
  const guint in_run = EONAY_DOCUMENT_RUN_MAX / mark;

  assert_limited (repeat ("\u202e", in_run, 0, ""), session, 0);
  assert_limited (repeat ("\u202e", in_run + 1, 0, ""), session, EONAY_SESSION_ERROR_TEXT_RUN);
  assert_limited (repeat ("\u202e", EONAY_DOCUMENT_LINE_MAX / mark, 9, " "), session,
                  EONAY_SESSION_ERROR_TEXT_LINE);
  assert_limited (repeat ("\u202e\u202e ", EONAY_DOCUMENT_TEXT_MAX / (2 * mark), 90, "\n"),
                  EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_TEXT_TOO_LARGE);
}

/* Text that portals send, or could: nothing of it is near a limit. */
static void
test_ordinary_texts (void)
{
  GQuark session = EONAY_SESSION_ERROR;

  assert_limited (repeat ("Sözleşmenin bir maddesi. ", 2000, 40, "\n"), session, 0);
  assert_limited (repeat ("_", 120, 0, ""), session, 0);
  assert_limited (repeat ("漢字", 600, 0, ""), session, 0);
  assert_limited (repeat ("bir\r\n", 1000, 0, ""), session, 0);
}

/* 300 KB of ordinary words before it in one paragraph hid this clause. */
static void
test_hidden_clause (void)
{
  for (guint kib = 300; kib <= 420; kib += 40)
    {
      GString *text = repeat ("kabul ediyorum, ", kib * 64, 0, "");

      g_string_append (text, "ve evimi devrediyorum.");
      assert_limited (text, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_TEXT_LINE);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/text-inspection/clean", test_clean);
  g_test_add_func ("/session/text-inspection/flagged", test_flagged);
  g_test_add_func ("/session/text-inspection/media-types", test_media_types);
  g_test_add_func ("/session/text-inspection/refused", test_refused);
  g_test_add_func ("/session/text-inspection/limits", test_limits);
  g_test_add_func ("/session/text-inspection/limits-of-what-is-shown",
                   test_limits_of_what_is_shown);
  g_test_add_func ("/session/text-inspection/ordinary", test_ordinary_texts);
  g_test_add_func ("/session/text-inspection/hidden-clause", test_hidden_clause);

  return g_test_run ();
}
