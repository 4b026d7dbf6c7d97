#include <string.h>

#include "base/eonay-error.h"
#include "card/driver/eonay-card-files.h"
#include "card/trace/eonay-replay-transport.h"
#include "support/test-transcripts.h"

#define LINE(command_, answer_) "{\"c\": \"" command_ "\", \"r\": \"" answer_ "\"}\n"

/* Historical bytes that say so, and none. */
#define ATR_EXTENDED "3b85018073a0b0c0"
#define ATR_SHORT "3b80800101"

static const guint8 odf[] = { 0x50, 0x31 };
static const guint8 inside[] = { 0x3F, 0x00, 0x2F, 0x10 };

typedef struct {
  EonayTransport *transport;
  EonayCardFiles files;
} Card;

static void
card_clear (Card *card)
{
  EonayReplayTransport *replay = EONAY_REPLAY_TRANSPORT (card->transport);

  g_assert_cmpuint (eonay_replay_transport_get_position (replay), ==,
                    eonay_replay_transport_get_length (replay));
  g_object_unref (card->transport);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Card, card_clear)

static void
play (Card *card, const char *atr_hex, EonayProtocol protocol, const char *transcript)
{
  g_autoptr (GBytes) atr = test_from_hex (atr_hex);
  g_autoptr (GError) error = NULL;

  card->transport = eonay_replay_transport_new (transcript, atr, protocol, &error);
  g_assert_no_error (error);
  g_assert_true (eonay_transport_connect (card->transport, NULL));
  eonay_card_files_init (&card->files, card->transport);
}

static void
assert_directory (Card *card, const EonayCardPlace *place, const char *hex)
{
  g_autoptr (GBytes) content = NULL;
  g_autoptr (GBytes) expected = test_from_hex (hex);
  g_autoptr (GError) error = NULL;
  guint16 status;

  g_assert_true (eonay_card_files_read_directory (&card->files, place, &content, &status, &error));
  g_assert_no_error (error);
  g_assert_cmphex (status, ==, 0x9000);
  g_assert_true (g_bytes_equal (content, expected));
}

/* The size is in tag 80 or 81, of 62 or 6F; what is read is the whole file, at once. */
static void
test_reads_by_size (void)
{
  static const char *const answers[] = { "6f048102000a9000", "62048002000a9000" };
  const EonayCardPlace place = { .path = odf, .length = sizeof odf };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autofree char *transcript = g_strdup_printf (
          LINE ("00a4020002503100", "%s") LINE ("00b0000000000a", "300200000000000000009000"),
          answers[i]);
      g_auto (Card) card = { 0 };

      play (&card, ATR_EXTENDED, EONAY_PROTOCOL_T1, transcript);
      assert_directory (&card, &place, "30020000000000000000");
    }
}

static void
test_size_is_not_told (void)
{
  const EonayCardPlace place = { .path = odf, .length = sizeof odf };
  g_auto (Card) card = { 0 };

  play (&card, ATR_EXTENDED, EONAY_PROTOCOL_T1,
        LINE ("00a4020002503100", "6a86") LINE ("00a4020c025031", "9000")
            LINE ("00b00000001000", "300130ffff6282"));
  assert_directory (&card, &place, "300130ffff");
}

/* A card that says more than it can is read in pieces after all. */
static void
test_falls_back_to_short (void)
{
  static const char *const refusals[] = { "6700", "9000" };
  const EonayCardPlace place = { .path = odf, .length = sizeof odf };

  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *transcript = g_strdup_printf (
          LINE ("00a4020002503100", "6f048002000a9000") LINE ("00b0000000000a", "%s")
              LINE ("00b000000a", "300830010030010030019000") LINE ("00a4020c025031", "9000")
                  LINE ("00b0000000", "3001009000"),
          refusals[i]);
      g_auto (Card) card = { 0 };

      play (&card, ATR_EXTENDED, EONAY_PROTOCOL_T1, transcript);
      assert_directory (&card, &place, "30083001003001003001");
      g_assert_cmpint (card.files.form, ==, EONAY_APDU_SHORT);
      assert_directory (&card, &place, "300100");
    }
}

static void
test_t0_stays_short (void)
{
  const EonayCardPlace place = { .path = odf, .length = sizeof odf };
  g_auto (Card) card = { 0 };

  play (&card, ATR_EXTENDED, EONAY_PROTOCOL_T0,
        LINE ("00a4020c025031", "9000") LINE ("00b0000000", "6c05")
            LINE ("00b0000005", "30010000009000"));
  eonay_card_files_use_extended (&card.files);
  assert_directory (&card, &place, "3001000000");
}

/* A short identifier that the card does not know costs one exchange, and no more. */
static void
test_short_identifier (void)
{
  const EonayCardPlace place = { .path = odf, .length = sizeof odf, .short_id = 0x11 };
  g_auto (Card) known = { 0 };
  g_auto (Card) unknown = { 0 };

  play (&known, ATR_SHORT, EONAY_PROTOCOL_T1, LINE ("00b0910000", "3001009000"));
  assert_directory (&known, &place, "300100");
  play (&unknown, ATR_SHORT, EONAY_PROTOCOL_T1,
        LINE ("00b0910000", "6a82") LINE ("00a4020c025031", "9000")
            LINE ("00b0000000", "3001009000"));
  assert_directory (&unknown, &place, "300100");
}

/* Several directories, or objects, may lie in one file. */
static void
test_parts_of_a_file (void)
{
  const EonayCardPlace directory = { .path = inside,
                                     .length = sizeof inside,
                                     .offset = 0x0102,
                                     .count = 6 };
  const EonayCardPlace object = { .path = inside,
                                  .length = sizeof inside,
                                  .offset = 0x10,
                                  .count = 4 };
  g_autoptr (GBytes) expected = test_from_hex ("30020102");
  g_autoptr (GBytes) content = NULL;
  g_auto (Card) card = { 0 };
  guint16 status;

  play (&card, ATR_SHORT, EONAY_PROTOCOL_T1,
        LINE ("00a4080c022f10", "9000") LINE ("00b0010206", "3001003001009000")
            LINE ("00a4080c022f10", "9000") LINE ("00b0001004", "300201029000"));
  assert_directory (&card, &directory, "300100300100");
  g_assert_true (eonay_card_files_read_object (&card.files, &object, &content, &status, NULL));
  g_assert_true (g_bytes_equal (content, expected));
}

static void
test_keeps_what_it_reads (void)
{
  const EonayCardPlace place = { .path = odf, .length = sizeof odf };
  const EonayCardPlace fresh = { .path = odf, .length = sizeof odf, .fresh = TRUE };
  const EonayCardPlace missing = { .path = inside, .length = sizeof inside };
  g_autoptr (GHashTable) kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                       (GDestroyNotify) g_bytes_unref);
  g_autoptr (GBytes) nothing = NULL;
  g_auto (Card) card = { 0 };
  guint16 status;

  play (&card, ATR_SHORT, EONAY_PROTOCOL_T1,
        LINE ("00a4020c025031", "9000") LINE ("00b0000000", "3001009000")
            LINE ("00a4080c022f10", "6a82") LINE ("00a4020c025031", "9000")
                LINE ("00b0000000", "3001019000"));
  card.files.kept = kept;
  assert_directory (&card, &place, "300100");
  assert_directory (&card, &place, "300100");
  g_assert_true (eonay_card_files_read_directory (&card.files, &missing, &nothing, &status, NULL));
  g_assert_null (nothing);
  g_assert_cmphex (status, ==, 0x6A82);
  assert_directory (&card, &fresh, "300101");
  assert_directory (&card, &place, "300100");
  g_assert_cmpuint (g_hash_table_size (kept), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/card/card-files/reads-by-size", test_reads_by_size);
  g_test_add_func ("/card/card-files/size-is-not-told", test_size_is_not_told);
  g_test_add_func ("/card/card-files/falls-back-to-short", test_falls_back_to_short);
  g_test_add_func ("/card/card-files/t0-stays-short", test_t0_stays_short);
  g_test_add_func ("/card/card-files/short-identifier", test_short_identifier);
  g_test_add_func ("/card/card-files/parts-of-a-file", test_parts_of_a_file);
  g_test_add_func ("/card/card-files/keeps-what-it-reads", test_keeps_what_it_reads);

  return g_test_run ();
}
