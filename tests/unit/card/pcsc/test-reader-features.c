#include "card/pcsc/eonay-reader-features.h"

#include <string.h>

#include "card/trace/eonay-replay-transport.h"
#include "support/test-pad.h"

static void
read_features (TestPadScript *script, EonayReaderFeatures *features)
{
  g_autoptr (GBytes) atr = g_bytes_new_static ("\x3b\x00", 2);
  EonayTransport *card = eonay_replay_transport_new ("", atr, EONAY_PROTOCOL_T1, NULL);
  g_autoptr (EonayTransport) reader = test_pad_new (card, script);

  eonay_reader_features_read (features, reader);
}

static void
test_all (void)
{
  TestPadScript script = { .features = TEST_PAD_FEATURES,
                           .tlvs = "0402100005020200"
                                   "060104"
                                   "070108"
                                   "090103"
                                   "0a0400000100" };
  EonayReaderFeatures features;
  guint16 layout;

  script.properties = "10020701";
  read_features (&script, &features);
  memcpy (&layout, "\x10\x02", sizeof layout);
  g_assert_cmphex (features.verify_pin, ==, TEST_PAD_VERIFY);
  g_assert_cmphex (features.modify_pin, ==, TEST_PAD_MODIFY);
  g_assert_cmphex (features.lcd_layout, ==, layout);
  g_assert_cmphex (features.entry_conditions, ==, 7);
  g_assert_true (features.two_time_outs);
  g_assert_cmpuint (features.min_pin_size, ==, 4);
  g_assert_cmpuint (features.max_pin_size, ==, 8);
  g_assert_cmpuint (features.ppdu_support, ==, 3);
  g_assert_false (features.short_only);
  g_assert_cmpuint (script.controls, ==, 3);
}

static void
test_longest_command (void)
{
  static const struct {
    const char *tlvs;
    gboolean short_only;
  } rows[] = {
    { NULL, FALSE },          { "070108", FALSE },       { "0a0400000000", TRUE },
    { "0a0400010000", TRUE }, { "0a0401010000", FALSE }, { "0a0400000100", FALSE },
    { "0a04000100", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      TestPadScript script = { .features = TEST_PAD_FEATURES, .tlvs = rows[i].tlvs };
      EonayReaderFeatures features;

      read_features (&script, &features);
      g_assert_cmpint (features.short_only, ==, rows[i].short_only);
    }
}

/* What came before the cut counts, and nothing behind it. */
static void
test_truncated (void)
{
  static const struct {
    const char *features;
    guint32 verify_pin;
  } rows[] = {
    { "", 0 },
    { "06", 0 },
    { "0604", 0 },
    { "0604423300", 0 },
    { "060442330006"
      "07",
      TEST_PAD_VERIFY },
    { "060442330006"
      "07ff4233",
      TEST_PAD_VERIFY },
    { "06024233"
      "07044233",
      0 },
    { "ff00"
      "060442330006",
      TEST_PAD_VERIFY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      TestPadScript script = { .features = rows[i].features };
      EonayReaderFeatures features;

      read_features (&script, &features);
      g_assert_cmphex (features.verify_pin, ==, rows[i].verify_pin);
      g_assert_cmphex (features.modify_pin, ==, 0);
    }
}

static void
test_truncated_properties (void)
{
  TestPadScript script = { .features = TEST_PAD_FEATURES,
                           .properties = "100207",
                           .tlvs = "070108"
                                   "0600"
                                   "0605010101" };
  EonayReaderFeatures features;

  read_features (&script, &features);
  g_assert_cmphex (features.entry_conditions, ==, 0);
  g_assert_cmpuint (features.max_pin_size, ==, 8);
  g_assert_cmpuint (features.min_pin_size, ==, 0);
}

static char *
make_garbage (const char *start)
{
  GString *hex = g_string_new (start);

  for (int left = g_test_rand_int_range (0, 40); left > 0; left--)
    g_string_append_printf (hex, "%02x", (guint) g_test_rand_int_range (0, 256));

  return g_string_free (hex, FALSE);
}

static void
test_garbage (void)
{
  for (guint round = 0; round < 5000; round++)
    {
      g_autofree char *answer = make_garbage (round % 2 == 0 ? TEST_PAD_FEATURES : "");
      g_autofree char *properties = make_garbage ("");
      g_autofree char *tlvs = make_garbage ("");
      TestPadScript script = { .features = answer, .properties = properties, .tlvs = tlvs };
      EonayReaderFeatures features;

      read_features (&script, &features);
      g_assert_cmpuint (script.controls, <=, 3);
    }
}

/* A reader that refuses even the question, and a transport that has no readers' features. */
static void
test_none (void)
{
  g_autoptr (GBytes) atr = g_bytes_new_static ("\x3b\x00", 2);
  g_autoptr (EonayTransport) plain = eonay_replay_transport_new ("", atr, EONAY_PROTOCOL_T1, NULL);
  TestPadScript script = { 0 };
  EonayReaderFeatures features;

  read_features (&script, &features);
  g_assert_cmphex (features.verify_pin, ==, 0);
  g_assert_cmpuint (script.controls, ==, 1);

  eonay_reader_features_read (&features, plain);
  g_assert_cmphex (features.verify_pin, ==, 0);
  g_assert_true (eonay_transport_takes_extended (plain));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reader-features/all", test_all);
  g_test_add_func ("/reader-features/longest-command", test_longest_command);
  g_test_add_func ("/reader-features/truncated", test_truncated);
  g_test_add_func ("/reader-features/truncated-properties", test_truncated_properties);
  g_test_add_func ("/reader-features/garbage", test_garbage);
  g_test_add_func ("/reader-features/none", test_none);

  return g_test_run ();
}
