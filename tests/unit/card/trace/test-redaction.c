#include <openssl/x509v3.h>
#include <string.h>

#include "card/trace/eonay-redaction.h"
#include "card/trace/eonay-trace-answer.h"
#include "card/trace/eonay-trace-rule.h"
#include "support/test-slots.h"

static GByteArray *
redacted (GBytes *bytes)
{
  GByteArray *copy = g_byte_array_new ();

  g_byte_array_append (copy, g_bytes_get_data (bytes, NULL), (guint) g_bytes_get_size (bytes));
  eonay_redaction_blank_objects (copy->data, copy->len);

  return copy;
}

static const struct {
  const char *name;
  const char *before;
  const char *after;
} objects[] = {
  { "UTF8String", "30070c054159c59e39", "30070c055858585830" },
  { "NumericString", "3006120431322033", "3006120430302030" },
  { "PrintableString", "3006130441792d6d", "3006130458582d58" },
  { "T61String", "3005140302dd41", "30051403025858" },
  { "IA5String", "300716056140622e63", "300716055840582e58" },
  { "VisibleString", "30051a03414233", "30051a03585830" },
  { "BMPString", "30081e060041015e0035", "30081e06005800580030" },
  { "UniversalString", "300a1c080000015e0000002d", "300a1c08000000580000002d" },
  { "implicit label", "300b020100040112800341c59e", "300b0201000401128003585858" },
  { "label in another coding", "300b02010004011280034fddc4", "300b0201000401128003585858" },
  { "rfc822Name", "30058103614062", "30058103584058" },
  { "URI", "30078605613a622f34", "30078605583a582f30" },
  { "date of birth", "301a0603551d0904133011180f31393730313233313030303030305a",
    "301a0603551d0904133011180f303030303030303030303030303058" },
  { "validity stays", "3020170d3236303630313030303030305a180f32303630303630313030303030305a",
    "3020170d3236303630313030303030305a180f32303630303630313030303030305a" },
  { "string in strings", "300b030900040630040c024179", "300b030900040630040c025858" },
  { "text in segments", "30082c06040141040142", "30082c06040158040158" },
  { "path stays", "300f04063f005015440102010080024142", "300f04063f005015440102010080024142" },
  { "PIN reference stays", "3006020101800141", "3006020101800141" },
  { "identifier stays", "300a040845c18003f1f20142", "300a040845c18003f1f20142" },
  { "name in ISO 8859-9 for an identifier", "3008040647dc4cde454e", "30080406585858585858" },
  { "name in UTF-16 for an identifier", "300a04080041013000420043", "300a04085858585858585858" },
  { "number stays", "300402024142", "300402024142" },
  { "text for an identifier", "300704054159534531", "300704055858585830" },
  { "long octets", "30230421080808080808080808080808080808080808080808080808080808080808080808",
    "30230421585858585858585858585858585858585858585858585858585858585858585858" },
  { "point stays",
    "304403420004414141414141414141414141414141414141414141414141414141414141414141414141"
    "41414141414141414141414141414141414141414141414141414141",
    "304403420004414141414141414141414141414141414141414141414141414141414141414141414141"
    "41414141414141414141414141414141414141414141414141414141" },
  { "point that looks like a string",
    "3044034200043fa5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5"
    "a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5",
    "3044034200043fa5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5"
    "a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5" },
  { "string that looks like a point",
    "3044034200043f4141414141414141414141414141414141414141414141414141414141414141414141"
    "41414141414141414141414141414141414141414141414141414141",
    "3044034200043f5858585858585858585858585858585858585858585858585858585858585858585858"
    "58585858585858585858585858585858585858585858585858585858" },
  { "signature", "3009300030000303000102", "3009300030000303000000" },
  { "EF.DIR", "61144f07504b43532d31355005416c69203151023f00",
    "61144f07504b43532d31355005585858203051023f00" },
  { "control template", "6f15810204008407504b43532d31358506415953452041",
    "6f15810204008407504b43532d31358506585858582058" },
  { "no object", "415953452044", "585858585858" },
  { "no object, but digits", "3130303030303030313436", "5858585858585858585858" },
  { "no object, but a name", "414c49", "585858" },
  { "too short to tell", "9000", "9000" },
  { "padding", "0000ff00", "0000ff00" },
  { "behind padding", "30030c0141000030030c0142", "30030c0158000030030c0158" },
  { "rest behind padding", "30030c01410000415953454e", "30030c015800005858585858" },
  { "cut", "308203e80c0441", "308203e80c0458" },
  { "cut in an inner one", "308203e830820100130341423130100c0e4159",
    "308203e830820100130358583030100c0e5858" },
  { "header alone", "308203e8", "308203e8" },
  { "cut and short", "30424159534520", "58585858585858" },
  { "letters that look like objects", "616161616161616161616161", "585858585858585858585858" },
  { "application tag", "30075f200441595345", "585858585858585858" },
  { "number in octets", "300e040c013130303030303030313436", "300e040c013030303030303030303030" },
};

static void
test_blanks_text_and_nothing_else (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (objects); i++)
    {
      g_autoptr (GBytes) before = test_from_hex (objects[i].before);
      g_autoptr (GBytes) after = test_from_hex (objects[i].after);
      g_autoptr (GByteArray) copy = redacted (before);

      g_test_message ("%s", objects[i].name);
      g_assert_cmpmem (copy->data, copy->len, g_bytes_get_data (after, NULL),
                       g_bytes_get_size (after));
    }
}

static const char *const files[] = { "files/3f002f00.bin",     "files/3f0050155031.bin",
                                     "files/3f0050155032.bin", "files/3f0050154401.bin",
                                     "files/3f0050154402.bin", "files/3f0050154404.bin",
                                     "files/3f0050153400.bin", "files/3f0050153401.bin",
                                     "files/3f0050153403.bin" };

/* Names and the national id, and pieces of them that a cut might leave. */
static void
assert_nobody (const guint8 *bytes, gsize length)
{
  static const char *const pieces[] = { "AYŞ",  "YŞE",  "DENE",      "ENEM",   "NEME",
                                        "giri", "eski", "100000001", "000014", "00146" };

  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++)
    g_assert_null (memmem (bytes, length, pieces[i], strlen (pieces[i])));
}

static void
test_keeps_keys_and_dates (void)
{
  for (gsize i = 6; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GBytes) file = test_read_file (files[i]);
      g_autoptr (GByteArray) copy = redacted (file);
      const guint8 *der = g_bytes_get_data (file, NULL);
      const guint8 *blank = copy->data;
      X509 *before = d2i_X509 (NULL, &der, (long) g_bytes_get_size (file));
      X509 *after = d2i_X509 (NULL, &blank, (long) copy->len);

      g_assert_nonnull (before);
      g_assert_nonnull (after);
      g_assert_cmpint (EVP_PKEY_eq (X509_get0_pubkey (before), X509_get0_pubkey (after)), ==, 1);
      g_assert_cmpint (ASN1_TIME_compare (X509_get0_notAfter (before), X509_get0_notAfter (after)),
                       ==, 0);
      g_assert_cmpint (X509_get_ext_count (before), ==, X509_get_ext_count (after));
      g_assert_cmpuint (X509_get_key_usage (before), ==, X509_get_key_usage (after));
      X509_free (before);
      X509_free (after);
    }
}

/* Pieces of any length, in whatever order they came, are blanked as the whole file is. */
static void
test_pieces_are_as_the_whole (void)
{
  for (gsize f = 0; f < G_N_ELEMENTS (files); f++)
    {
      g_autoptr (GBytes) file = test_read_file (files[f]);
      g_autoptr (GByteArray) whole = redacted (file);
      gsize length;
      const guint8 *bytes = g_bytes_get_data (file, &length);

      g_assert_true (f < 5 || memmem (bytes, length, "DENEME", 6) != NULL);
      assert_nobody (whole->data, whole->len);
      for (gsize piece = 1; piece < 48; piece++)
        {
          g_autoptr (EonayTraceAnswer) answer = eonay_trace_answer_new (EONAY_TRACE_OBJECTS);

          for (gsize at = length - length % piece;; at -= piece)
            {
              eonay_trace_answer_put (answer, at, bytes + at, MIN (piece, length - at));
              if (at == 0)
                break;
            }
          eonay_trace_answer_redact (answer);
          g_assert_cmpmem (eonay_trace_answer_get (answer, 0), length, whole->data, whole->len);
        }
    }
}

/* A piece that lies anywhere in a file, without what comes before it or behind. */
static void
test_pieces_alone_tell_nothing (void)
{
  for (gsize f = 0; f < G_N_ELEMENTS (files); f++)
    {
      g_autoptr (GBytes) file = test_read_file (files[f]);
      gsize length;
      const guint8 *bytes = g_bytes_get_data (file, &length);

      for (gsize at = 0; at < length; at++)
        for (gsize piece = 8; piece <= 512; piece *= 4)
          {
            gsize count = MIN (piece, length - at);
            g_autofree guint8 *copy = g_memdup2 (bytes + at, count);

            eonay_redaction_blank_objects (copy, count);
            assert_nobody (copy, count);
          }
    }
}

static void
test_answers_that_are_shown (void)
{
  static const struct {
    EonayTraceView view;
    const char *before;
    const char *after;
  } rows[] = {
    { EONAY_TRACE_SHOWN, "3130303030303030313436", "3130303030303030313436" },
    { EONAY_TRACE_NUMBERS, "4142fe3130303030303030313436", "5858583030303030303030303030" },
    { EONAY_TRACE_NUMBERS, "4102fe31303030303030303134", "4102fe31303030303030303134" },
    { EONAY_TRACE_NUMBERS, "30050c03414c49", "30050c03585858" },
    { EONAY_TRACE_HIDDEN, "00", "58" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (EonayTraceAnswer) answer = eonay_trace_answer_new (rows[i].view);
      g_autoptr (GBytes) before = test_from_hex (rows[i].before);
      g_autoptr (GBytes) after = test_from_hex (rows[i].after);
      gsize length;
      const guint8 *bytes = g_bytes_get_data (before, &length);

      eonay_trace_answer_put (answer, 7, bytes, length);
      eonay_trace_answer_redact (answer);
      g_assert_cmpmem (eonay_trace_answer_get (answer, 7), length, g_bytes_get_data (after, NULL),
                       g_bytes_get_size (after));
    }
}

static void
test_rules (void)
{
  static const struct {
    const char *command;
    gboolean hidden;
    EonayTraceView answer;
  } rows[] = {
    { "0020000106313233343536", TRUE, EONAY_TRACE_HIDDEN },
    { "1020000106313233343536", TRUE, EONAY_TRACE_HIDDEN },
    { "8020000106313233343536", TRUE, EONAY_TRACE_HIDDEN },
    { "0c20000106313233343536", TRUE, EONAY_TRACE_HIDDEN },
    { "ff24000106313233343536", TRUE, EONAY_TRACE_HIDDEN },
    { "0021000106313233343536", TRUE, EONAY_TRACE_HIDDEN },
    { "002c000106313233343536", TRUE, EONAY_TRACE_HIDDEN },
    { "842d000106313233343536", TRUE, EONAY_TRACE_HIDDEN },
    { "00200001000006313233343536", TRUE, EONAY_TRACE_HIDDEN },
    { "002000010631323334", TRUE, EONAY_TRACE_HIDDEN },
    { "0020000106", TRUE, EONAY_TRACE_HIDDEN },
    { "00200001003132", TRUE, EONAY_TRACE_HIDDEN },
    { "00200001", FALSE, EONAY_TRACE_HIDDEN },
    { "0020000100", FALSE, EONAY_TRACE_HIDDEN },
    { "00a404000141", FALSE, EONAY_TRACE_OBJECTS },
    { "10a404000141", FALSE, EONAY_TRACE_OBJECTS },
    { "43a404000141", FALSE, EONAY_TRACE_OBJECTS },
    { "80a404000141", TRUE, EONAY_TRACE_OBJECTS },
    { "0ca404000141", TRUE, EONAY_TRACE_OBJECTS },
    { "60a404000141", TRUE, EONAY_TRACE_OBJECTS },
    { "8018000000", FALSE, EONAY_TRACE_OBJECTS },
    { "00b0000000", FALSE, EONAY_TRACE_OBJECTS },
    { "00b10000045402000000", TRUE, EONAY_TRACE_OBJECTS },
    { "00d60000024142", TRUE, EONAY_TRACE_OBJECTS },
    { "002a9e9a024142", FALSE, EONAY_TRACE_SHOWN },
    { "002a8086024142", TRUE, EONAY_TRACE_HIDDEN },
    { "002a90a0024142", TRUE, EONAY_TRACE_HIDDEN },
    { "002241b603800111", FALSE, EONAY_TRACE_OBJECTS },
    { "0084000008", FALSE, EONAY_TRACE_SHOWN },
    { "00ca010600", FALSE, EONAY_TRACE_NUMBERS },
    { "80ca010600", FALSE, EONAY_TRACE_OBJECTS },
    { "0070000001", FALSE, EONAY_TRACE_SHOWN },
    { "0088000002414200", TRUE, EONAY_TRACE_OBJECTS },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) command = test_from_hex (rows[i].command);
      EonayTraceRule rule = eonay_trace_rule_of_command (g_bytes_get_data (command, NULL),
                                                         g_bytes_get_size (command));

      g_test_message ("%s", rows[i].command);
      g_assert_cmpint (rule.body_hidden, ==, rows[i].hidden);
      g_assert_cmpuint (rule.answer, ==, rows[i].answer);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/card/redaction/text-and-nothing-else", test_blanks_text_and_nothing_else);
  g_test_add_func ("/card/redaction/keys-and-dates", test_keeps_keys_and_dates);
  g_test_add_func ("/card/redaction/pieces-as-whole", test_pieces_are_as_the_whole);
  g_test_add_func ("/card/redaction/pieces-alone", test_pieces_alone_tell_nothing);
  g_test_add_func ("/card/redaction/answers", test_answers_that_are_shown);
  g_test_add_func ("/card/redaction/rules", test_rules);

  return g_test_run ();
}
