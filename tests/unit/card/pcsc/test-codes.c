#include "base/eonay-error.h"
#include "card/apdu/eonay-status-word.h"
#include "card/pcsc/eonay-pcsc.h"

static void
test_status_words (void)
{
  static const struct {
    guint16 status;
    EonayCardError of_command;
    EonayCardError of_pin;
    int tries_left;
  } rows[] = {
    { 0x6110, EONAY_CARD_ERROR_PROTOCOL, EONAY_CARD_ERROR_PROTOCOL, -1 },
    { 0x6282, EONAY_CARD_ERROR_MALFORMED, EONAY_CARD_ERROR_MALFORMED, -1 },
    { 0x6300, EONAY_CARD_ERROR_PROTOCOL, EONAY_CARD_ERROR_PIN_WRONG, -1 },
    { 0x63C2, EONAY_CARD_ERROR_NOT_AUTHORISED, EONAY_CARD_ERROR_PIN_WRONG, 2 },
    { 0x63CF, EONAY_CARD_ERROR_NOT_AUTHORISED, EONAY_CARD_ERROR_PIN_WRONG, 15 },
    { 0x63C0, EONAY_CARD_ERROR_NOT_AUTHORISED, EONAY_CARD_ERROR_PIN_BLOCKED, 0 },
    { 0x6581, EONAY_CARD_ERROR_UNRESPONSIVE, EONAY_CARD_ERROR_UNRESPONSIVE, -1 },
    { 0x6700, EONAY_CARD_ERROR_PROTOCOL, EONAY_CARD_ERROR_PROTOCOL, -1 },
    { 0x6882, EONAY_CARD_ERROR_PROTOCOL, EONAY_CARD_ERROR_PROTOCOL, -1 },
    { 0x6883, EONAY_CARD_ERROR_PROTOCOL, EONAY_CARD_ERROR_PROTOCOL, -1 },
    { 0x6982, EONAY_CARD_ERROR_NOT_AUTHORISED, EONAY_CARD_ERROR_NOT_AUTHORISED, -1 },
    { 0x6983, EONAY_CARD_ERROR_NOT_AUTHORISED, EONAY_CARD_ERROR_PIN_BLOCKED, 0 },
    { 0x6984, EONAY_CARD_ERROR_KEY_NOT_FOUND, EONAY_CARD_ERROR_PIN_BLOCKED, 0 },
    { 0x6985, EONAY_CARD_ERROR_NOT_AUTHORISED, EONAY_CARD_ERROR_NOT_AUTHORISED, -1 },
    { 0x6A80, EONAY_CARD_ERROR_PROTOCOL, EONAY_CARD_ERROR_PROTOCOL, -1 },
    { 0x6A81, EONAY_CARD_ERROR_ALGORITHM, EONAY_CARD_ERROR_ALGORITHM, -1 },
    { 0x6A82, EONAY_CARD_ERROR_MALFORMED, EONAY_CARD_ERROR_MALFORMED, -1 },
    { 0x6A86, EONAY_CARD_ERROR_PROTOCOL, EONAY_CARD_ERROR_PROTOCOL, -1 },
    { 0x6A88, EONAY_CARD_ERROR_KEY_NOT_FOUND, EONAY_CARD_ERROR_KEY_NOT_FOUND, -1 },
    { 0x6B00, EONAY_CARD_ERROR_PROTOCOL, EONAY_CARD_ERROR_PROTOCOL, -1 },
    { 0x6C10, EONAY_CARD_ERROR_PROTOCOL, EONAY_CARD_ERROR_PROTOCOL, -1 },
    { 0x6D00, EONAY_CARD_ERROR_UNSUPPORTED, EONAY_CARD_ERROR_UNSUPPORTED, -1 },
    { 0x6E00, EONAY_CARD_ERROR_UNSUPPORTED, EONAY_CARD_ERROR_UNSUPPORTED, -1 },
    { 0x6F00, EONAY_CARD_ERROR_FAILED, EONAY_CARD_ERROR_FAILED, -1 },
    { 0x1234, EONAY_CARD_ERROR_PROTOCOL, EONAY_CARD_ERROR_PROTOCOL, -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) of_command = NULL;
      g_autoptr (GError) of_pin = eonay_status_word_to_error (rows[i].status, EONAY_STATUS_OF_PIN,
                                                              "VERIFY");

      g_assert_false (
          eonay_status_word_check (rows[i].status, EONAY_STATUS_OF_COMMAND, "SELECT", &of_command));
      g_assert_error (of_command, EONAY_CARD_ERROR, (int) rows[i].of_command);
      g_assert_error (of_pin, EONAY_CARD_ERROR, (int) rows[i].of_pin);
      g_assert_cmpint (eonay_status_word_get_tries_left (rows[i].status), ==, rows[i].tries_left);
      if (rows[i].of_pin == EONAY_CARD_ERROR_PIN_WRONG)
        g_assert_cmpint (eonay_card_error_get_tries_left (of_pin), ==, rows[i].tries_left);
    }
  g_assert_null (eonay_status_word_to_error (0x9000, EONAY_STATUS_OF_PIN, "VERIFY"));
}

static void
test_scard_codes (void)
{
  static const struct {
    guint32 code;
    EonayCardError error;
  } rows[] = {
    { 0x8010001D, EONAY_CARD_ERROR_NO_SERVICE },    { 0x8010001E, EONAY_CARD_ERROR_NO_SERVICE },
    { 0x80100009, EONAY_CARD_ERROR_NO_READER },     { 0x80100017, EONAY_CARD_ERROR_NO_READER },
    { 0x8010002E, EONAY_CARD_ERROR_NO_READER },     { 0x8010000C, EONAY_CARD_ERROR_NO_CARD },
    { 0x80100069, EONAY_CARD_ERROR_REMOVED },       { 0x80100068, EONAY_CARD_ERROR_RESET },
    { 0x8010000B, EONAY_CARD_ERROR_BUSY },          { 0x80100066, EONAY_CARD_ERROR_UNRESPONSIVE },
    { 0x80100067, EONAY_CARD_ERROR_RESET },         { 0x80100016, EONAY_CARD_ERROR_UNRESPONSIVE },
    { 0x8010006A, EONAY_CARD_ERROR_ACCESS_DENIED }, { 0x80100001, EONAY_CARD_ERROR_FAILED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) wide = eonay_pcsc_error_new ((glong) rows[i].code, "x");
      /* As pcsc-lite has it, where long is 64 bits; and sign-extended, where it is not. */
      g_autoptr (GError) narrow = eonay_pcsc_error_new ((gint32) rows[i].code, "x");

      g_assert_error (wide, EONAY_CARD_ERROR, (int) rows[i].error);
      g_assert_error (narrow, EONAY_CARD_ERROR, (int) rows[i].error);
    }
  g_assert_null (eonay_pcsc_error_new (0, "x"));
}

static void
test_cancelled_wait_is_a_cancel (void)
{
  g_autoptr (GError) error = eonay_pcsc_error_new (0x80100002, "x");

  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/card/codes/status-words", test_status_words);
  g_test_add_func ("/card/codes/scard", test_scard_codes);
  g_test_add_func ("/card/codes/cancelled-wait", test_cancelled_wait_is_a_cancel);

  return g_test_run ();
}
