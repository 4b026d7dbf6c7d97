#include "session/eonay-advice.h"

#include <glib/gstdio.h>
#include <libintl.h>
#include <locale.h>
#include <string.h>

#include "base/eonay-error.h"

static GError *
new_error (GQuark domain, int code)
{
  return g_error_new_literal (domain, code, "technical words");
}

static gboolean
is_short_code (const char *code)
{
  return g_regex_match_simple (
      "^(KART|PIN|IMZA|PORTAL|PROFIL|AG|KOD|METIN|SAYFA|KILIT|GECMIS|DOSYA|PDF|GENEL)-[0-9][0-9]$",
      code, 0, 0);
}

static gboolean
is_one_sentence (const char *text)
{
  g_autoptr (GString) plain = g_string_new (text);

  g_string_replace (plain, "T.C. Kimlik No", "number", 0);

  return g_str_has_suffix (text, ".") && strstr (text, "technical") == NULL &&
         strchr (text, '%') == NULL && strstr (plain->str, ". ") == NULL;
}

static void
check_domain (GHashTable *seen, GQuark domain, int last)
{
  for (int code = 0; code <= last; code++)
    {
      g_autoptr (GError) error = new_error (domain, code);
      g_autoptr (EonayAdvice) english = NULL;
      g_autoptr (EonayAdvice) turkish = NULL;

      setlocale (LC_ALL, "C.UTF-8");
      english = eonay_advice_new (error);
      g_assert_nonnull (setlocale (LC_ALL, "tr_TR.UTF-8"));
      turkish = eonay_advice_new (error);
      g_test_message ("%s %d: %s %s %s", g_quark_to_string (domain), code, turkish->code,
                      turkish->what, turkish->remedy);

      g_assert_true (is_short_code (english->code));
      g_assert_false (g_str_has_prefix (english->code, "GENEL"));
      g_assert_true (g_hash_table_add (seen, g_strdup (english->code)));
      g_assert_true (is_one_sentence (english->what) && is_one_sentence (english->remedy));
      g_assert_true (is_one_sentence (turkish->what) && is_one_sentence (turkish->remedy));
      g_assert_cmpstr (english->what, !=, turkish->what);
      g_assert_cmpstr (english->remedy, !=, turkish->remedy);
      g_assert_cmpstr (english->code, ==, turkish->code);
    }
}

static void
test_every_error_has_its_own (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  check_domain (seen, EONAY_CARD_ERROR, EONAY_CARD_ERROR_LAST);
  check_domain (seen, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_LAST);
  check_domain (seen, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_LAST);
  check_domain (seen, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_LAST);
  check_domain (seen, EONAY_PAGE_ERROR, EONAY_PAGE_ERROR_LAST);
}

static void
test_tries_left (void)
{
  g_autoptr (GError) two = eonay_card_error_new_pin_wrong (2);
  g_autoptr (GError) one = eonay_card_error_new_pin_wrong (1);
  g_autoptr (GError) none = eonay_card_error_new_pin_wrong (0);
  g_autoptr (GError) unknown = eonay_card_error_new_pin_wrong (-1);
  g_autoptr (EonayAdvice) english = NULL;
  g_autoptr (EonayAdvice) last = NULL;
  g_autoptr (EonayAdvice) turkish = NULL;
  g_autoptr (EonayAdvice) blocked = NULL;
  g_autoptr (EonayAdvice) silent = NULL;

  setlocale (LC_ALL, "C.UTF-8");
  english = eonay_advice_new (two);
  last = eonay_advice_new (one);
  g_assert_cmpstr (english->what, ==, "The PIN is wrong; 2 tries are left.");
  g_assert_cmpstr (last->what, ==, "The PIN is wrong; 1 try is left.");

  setlocale (LC_ALL, "tr_TR.UTF-8");
  turkish = eonay_advice_new (two);
  blocked = eonay_advice_new (none);
  silent = eonay_advice_new (unknown);
  g_assert_cmpstr (turkish->code, ==, "PIN-01");
  g_assert_cmpstr (turkish->what, ==, "PIN yanlış; kalan deneme: 2.");
  g_assert_cmpint (turkish->action, ==, EONAY_ADVICE_ACTION_RETRY);
  g_assert_cmpstr (blocked->code, ==, "PIN-02");
  g_assert_cmpint (blocked->action, ==, EONAY_ADVICE_ACTION_OPEN_MY_CARD);
  g_assert_cmpstr (silent->what, ==, "PIN yanlış.");
}

static void
assert_portal_tries (EonayPortalError code, int tries_left, const char *english,
                     const char *turkish)
{
  g_autoptr (GError) error = new_error (EONAY_PORTAL_ERROR, (int) code);
  g_autoptr (EonayAdvice) advice = NULL;
  g_autoptr (EonayAdvice) translated = NULL;

  if (tries_left >= 0)
    eonay_portal_error_set_tries_left (error, tries_left);
  setlocale (LC_ALL, "C.UTF-8");
  advice = eonay_advice_new (error);
  g_assert_cmpstr (advice->what, ==, english);
  setlocale (LC_ALL, "tr_TR.UTF-8");
  translated = eonay_advice_new (error);
  g_assert_cmpstr (translated->what, ==, turkish);
}

static void
test_portal_tries_left (void)
{
  assert_portal_tries (EONAY_PORTAL_ERROR_SECURITY_WORD_WRONG, 2,
                       "The security word is wrong; 2 tries are left.",
                       "Güvenlik sözcüğü yanlış; kalan deneme: 2.");
  assert_portal_tries (EONAY_PORTAL_ERROR_SECURITY_WORD_WRONG, -1, "The security word is wrong.",
                       "Güvenlik sözcüğü yanlış.");
  assert_portal_tries (EONAY_PORTAL_ERROR_SMS_CODE_WRONG, 1,
                       "The SMS code is wrong; 1 try is left.",
                       "SMS kodu yanlış; kalan deneme: 1.");
  assert_portal_tries (EONAY_PORTAL_ERROR_SMS_CODE_WRONG, -1, "The SMS code is wrong.",
                       "SMS kodu yanlış.");
}

static void
test_pin_try (void)
{
  const struct {
    EonayPinTry pin_try;
    const char *sentence;
  } cases[] = {
    { EONAY_PIN_TRY_NOT_SENT, "No try was spent." },
    { EONAY_PIN_TRY_ACCEPTED, "What you typed was right; no try was lost." },
    { EONAY_PIN_TRY_UNCERTAIN, "The card may have counted the try" },
  };

  setlocale (LC_ALL, "C.UTF-8");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (EONAY_CARD_ERROR, EONAY_CARD_ERROR_REMOVED,
                                                      "x");
      g_autoptr (EonayAdvice) plain = eonay_advice_new (error);
      g_autoptr (EonayAdvice) advice = NULL;

      eonay_card_error_set_pin_try (error, cases[i].pin_try);
      advice = eonay_advice_new (error);
      g_assert_true (g_str_has_prefix (advice->what, plain->what));
      g_assert_nonnull (strstr (advice->what, cases[i].sentence));
      g_assert_null (strstr (plain->what, cases[i].sentence));
    }
}

/* What says that nothing left, or was lost, is said of any error of that code: each such sentence
   stands here with the place that raises the code, before anything has left or been lost. */
static void
test_claims (void)
{
  static const struct {
    const char *code;
    const char *proof;
  } proven[] = {
    { "AG-03", "eonay-exchange.c: TLS failed before the request was written to that server" },
    { "AG-04", "eonay-redirect.c: the target was found to be elsewhere, and was not followed" },
    { "PIN-04", "eonay-card-pin.c, eonay-pkcs11-session.c: the gate before a PIN is sent" },
    { "PIN-13", "eonay-card-pin.c, eonay-pkcs11-session.c: the gate before a PIN is sent" },
    { "KART-17", "eonay-public-key.c: checked before the session has the signature" },
    { "IMZA-06", "eonay-cades.c: checked before the session has the signature" },
  };
  const char *const claims[] = { "not sent", "othing was", "none was", "o try was", NULL };

  for (guint i = 0; eonay_advice_row_get (i) != NULL; i++)
    {
      const EonayAdviceRow *row = eonay_advice_row_get (i);
      g_autofree char *text = g_strconcat (row->what, " ", row->remedy, NULL);
      gboolean is_proven = FALSE;

      for (gsize j = 0; j < G_N_ELEMENTS (proven); j++)
        is_proven = is_proven || g_str_equal (proven[j].code, row->short_code);
      for (gsize j = 0; claims[j] != NULL; j++)
        if (!is_proven && strstr (text, claims[j]) != NULL)
          g_error ("%s claims without proof: %s", row->short_code, text);
    }
}

/* A token may have counted a PIN that it calls too short; one that was not sent, it has not. */
static void
test_length (void)
{
  g_autoptr (GError) elsewhere = new_error (EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_LENGTH);
  g_autoptr (GError) here = eonay_card_error_new_length (FALSE);
  g_autoptr (GError) puk = eonay_card_error_new_length (TRUE);
  g_autoptr (EonayAdvice) vague = NULL;
  g_autoptr (EonayAdvice) sure = NULL;
  g_autoptr (EonayAdvice) sure_of_puk = NULL;

  setlocale (LC_ALL, "C.UTF-8");
  vague = eonay_advice_new (elsewhere);
  sure = eonay_advice_new (here);
  sure_of_puk = eonay_advice_new (puk);

  g_assert_cmpstr (vague->code, ==, "PIN-03");
  g_assert_null (strstr (vague->what, "No try was spent."));
  g_assert_cmpstr (sure->code, ==, "PIN-03");
  g_assert_nonnull (strstr (sure->what, "No try was spent."));
  g_assert_cmpstr (sure_of_puk->code, ==, "PIN-07");
  g_assert_nonnull (strstr (sure_of_puk->what, "No try was spent."));
}

static void
test_retry_after (void)
{
  g_autoptr (GError) error =
      eonay_portal_error_new_retry_after (EONAY_PORTAL_ERROR_TOO_MANY_REQUESTS, 42, "slow down");
  g_autoptr (GError) silent =
      eonay_portal_error_new_retry_after (EONAY_PORTAL_ERROR_TOO_MANY_REQUESTS, -1, "slow down");
  g_autoptr (EonayAdvice) advice = NULL;
  g_autoptr (EonayAdvice) vague = NULL;

  setlocale (LC_ALL, "tr_TR.UTF-8");
  advice = eonay_advice_new (error);
  vague = eonay_advice_new (silent);

  g_assert_cmpstr (advice->remedy, ==, "42 saniye bekleyip yeniden deneyin.");
  g_assert_cmpstr (vague->remedy, ==, "Biraz bekleyip yeniden deneyin.");
}

static void
test_others (void)
{
  g_autoptr (GError) cancelled = new_error (G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_autoptr (GError) stranger = new_error (G_IO_ERROR, G_IO_ERROR_TOO_MANY_LINKS);
  g_autoptr (GError) hostile = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TOO_MANY_LINKS,
                                                    "a\u202eb\x1b[2J\nOK");
  g_autoptr (EonayAdvice) known = NULL;
  g_autoptr (EonayAdvice) unknown = NULL;
  g_autoptr (EonayAdvice) marked = NULL;

  setlocale (LC_ALL, "C.UTF-8");
  marked = eonay_advice_new (hostile);
  known = eonay_advice_new (cancelled);
  unknown = eonay_advice_new (stranger);

  g_assert_cmpstr (known->code, ==, "GENEL-02");
  g_assert_cmpstr (unknown->code, ==, "GENEL-01");
  g_assert_cmpstr (unknown->what, ==, "Something unexpected went wrong: technical words.");
  g_assert_cmpstr (unknown->remedy, !=, "");
  g_assert_nonnull (strstr (marked->what, "a⟦U+202E⟧b⟦U+001B⟧[2J⟦U+000A⟧OK"));
}

static void
test_stranger_in_turkish (void)
{
  g_autoptr (GError) bare = new_error (G_IO_ERROR, G_IO_ERROR_TOO_MANY_LINKS);
  g_autoptr (GError) stopped = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "Disk full.");
  g_autoptr (EonayAdvice) first = NULL;
  g_autoptr (EonayAdvice) second = NULL;

  setlocale (LC_ALL, "tr_TR.UTF-8");
  first = eonay_advice_new (bare);
  second = eonay_advice_new (stopped);

  g_assert_cmpstr (first->what, ==, "Beklenmeyen bir hata oluştu: technical words.");
  g_assert_cmpstr (second->what, ==, "Beklenmeyen bir hata oluştu: Disk full.");
}

static void
assert_remedy (EonayCardError code, const char *words)
{
  g_autoptr (GError) error = new_error (EONAY_CARD_ERROR, (int) code);
  g_autoptr (EonayAdvice) advice = eonay_advice_new (error);

  g_assert_true (is_one_sentence (advice->remedy));
  g_assert_nonnull (strstr (advice->remedy, words));
}

/* A Flatpak reaches what was there when it was started, and loads no module of the computer. */
static void
test_flatpak (void)
{
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("eonay-flatpak-XXXXXX", &path, NULL);

  g_assert_cmpint (fd, >=, 0);
  g_close (fd, NULL);
  setlocale (LC_ALL, "C.UTF-8");
  assert_remedy (EONAY_CARD_ERROR_NO_SERVICE, "ask your administrator");
  assert_remedy (EONAY_CARD_ERROR_MODULE_NEEDED, "choose its PKCS#11 module");
  g_setenv ("EONAY_FLATPAK_INFO", path, TRUE);
  assert_remedy (EONAY_CARD_ERROR_NO_SERVICE, "then close e-Onay and start it again");
  assert_remedy (EONAY_CARD_ERROR_MODULE_NEEDED, "p11-kit server");
  g_unsetenv ("EONAY_FLATPAK_INFO");
  g_remove (path);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("EONAY_LOCALE_DIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  g_unsetenv ("LC_ALL");
  g_unsetenv ("LANGUAGE");
  g_test_add_func ("/session/advice/every-error-has-its-own", test_every_error_has_its_own);
  g_test_add_func ("/session/advice/flatpak", test_flatpak);
  g_test_add_func ("/session/advice/tries-left", test_tries_left);
  g_test_add_func ("/session/advice/portal-tries-left", test_portal_tries_left);
  g_test_add_func ("/session/advice/pin-try", test_pin_try);
  g_test_add_func ("/session/advice/claims", test_claims);
  g_test_add_func ("/session/advice/length", test_length);
  g_test_add_func ("/session/advice/retry-after", test_retry_after);
  g_test_add_func ("/session/advice/others", test_others);
  g_test_add_func ("/session/advice/stranger-in-turkish", test_stranger_in_turkish);

  return g_test_run ();
}
