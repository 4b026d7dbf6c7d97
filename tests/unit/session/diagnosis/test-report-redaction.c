#include "session/diagnosis/eonay-report-redaction.h"

static void
assert_redacted (const char *text, const char *expected)
{
  const EonayReportSubject subject = {
    .home = "/home/ayse.deneme",
    .user = "ayse.deneme",
    .host = "okul-pc-7",
  };
  g_autofree char *redacted = eonay_report_redaction_apply (text, &subject);

  g_assert_cmpstr (redacted, ==, expected);
}

static void
test_person (void)
{
  assert_redacted ("Module /home/ayse.deneme/lib/x.so.", "Module ~/lib/x.so.");
  assert_redacted ("/home/ayse.deneme", "~");
  /* Somebody else's, and their own name beside it. */
  assert_redacted ("/home/ayse.deneme2/x /run/ayse.deneme/y", "/home/ayse.deneme2/x /run/~/y");
  assert_redacted ("okul-pc-7:443 okul-pc-70", "…:443 okul-pc-70");
  assert_redacted ("10000000146", "10*******46");
  assert_redacted ("AYSE.DENEME", "AYSE.DENEME");
}

static void
test_readers (void)
{
  assert_redacted ("ACS ACR39U ICC Reader (A1B2-0042) 00 00", "ACS ACR39U ICC Reader (…) 00 00");
  assert_redacted ("Reader [CCID] (12345678) 01 00", "Reader [CCID] (…) 01 00");
  assert_redacted ("Virtual PCD 00 00", "Virtual PCD 00 00");
  assert_redacted ("Reader (SN_00421337), Reader [S/N: 0042 1337]", "Reader (…), Reader (…)");
  /* Words and short numbers in parentheses are none. */
  assert_redacted ("(pcscd) (TLS) (HTTP 200)", "(pcscd) (TLS) (HTTP 200)");
  assert_redacted ("ATR: 3B 9F 97 81", "ATR: 3B 9F 97 81");
}

static void
assert_reader (const char *name, const char *expected)
{
  g_autofree char *redacted = eonay_report_redaction_apply_reader (name);

  g_assert_cmpstr (redacted, ==, expected);
}

/* Of a reader's name maker, model and position are left. */
static void
test_reader_names (void)
{
  assert_reader ("ACS ACR39U ICC Reader (A1B2-0042) 00 00", "ACS ACR39U ICC Reader 00 00");
  assert_reader ("HID OMNIKEY 3121 00 00", "HID OMNIKEY 3121 00 00");
  assert_reader ("HID OMNIKEY 3121 (SN_00421337) 0A 00", "HID OMNIKEY 3121 0A 00");
  assert_reader ("HID OMNIKEY 3121 (0042 1337 88) 00 00", "HID OMNIKEY 3121 00 00");
  assert_reader ("Reader (ABCDEFGH) 00 00", "Reader 00 00");
  assert_reader ("Reader (S/N:00421337)(x) 01 00", "Reader 01 00");
  assert_reader ("Reader [CCID] {0042} <0042> 00 00", "Reader 00 00");
  assert_reader ("Reader (A1(B2)C3D4E5) 00 00", "Reader 00 00");
  assert_reader ("Reader (not closed 00 00", "Reader 00 00");
  assert_reader ("Reader\xef\xbc\x88"
                 "00421337\xef\xbc\x89 00 00",
                 "Reader 00 00");
  assert_reader ("Reader S/N 00421337 00 00", "Reader S/N … 00 00");
  assert_reader ("Ayse 100 000 001 46 Reader (SN_00421337) 00 00", "Ayse … Reader 00 00");
  assert_reader ("Reader 100.000-001/46 x12345 00 00", "Reader … x… 00 00");
  assert_reader ("Reader １０００００００１４６ 00 00", "Reader … 00 00");
  assert_reader ("Reader 100\xe2\x80\x8b"
                 "00\xd9\xa1 00 00",
                 "Reader … 00 00");
  assert_reader ("Virtual PCD 00 01", "Virtual PCD 00 01");
  assert_reader ("", "");
}

static void
test_nobody (void)
{
  const EonayReportSubject nobody = { 0 };
  const EonayReportSubject vague = { .home = "/", .user = "ab", .host = "localhost" };
  g_autofree char *one = eonay_report_redaction_apply ("/home/x localhost ab", &nobody);
  g_autofree char *other = eonay_report_redaction_apply ("/home/x localhost ab", &vague);

  g_assert_cmpstr (one, ==, "/home/x localhost ab");
  g_assert_cmpstr (other, ==, "/home/x localhost ab");
}

static void
test_own (void)
{
  g_autofree char *text = g_strdup_printf ("%s/x on %s", g_get_home_dir (), g_get_host_name ());
  g_autofree char *redacted = eonay_report_redaction_apply_own (text);

  g_test_message ("%s", redacted);
  g_assert_true (g_str_has_prefix (redacted, "~/x on "));
}

int
main (int argc, char *argv[])
{
  /* Before anything asks for it: the machine's own may be too short to tell. */
  g_setenv ("HOME", "/home/deneme", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report-redaction/person", test_person);
  g_test_add_func ("/report-redaction/readers", test_readers);
  g_test_add_func ("/report-redaction/reader-names", test_reader_names);
  g_test_add_func ("/report-redaction/nobody", test_nobody);
  g_test_add_func ("/report-redaction/own", test_own);

  return g_test_run ();
}
