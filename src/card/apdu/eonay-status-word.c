#include "card/apdu/eonay-status-word.h"

#include <gio/gio.h>

#include "base/eonay-error.h"

#define OK 0x9000

typedef struct {
  guint16 value;
  guint16 mask;
  EonayCardError code;
  const char *text;
} StatusWord;

/* The first row that fits counts. */
static const StatusWord command_words[] = {
  { 0x6282, 0xFFFF, EONAY_CARD_ERROR_MALFORMED, "end of file reached early" },
  { 0x63C0, 0xFFF0, EONAY_CARD_ERROR_NOT_AUTHORISED, "a counter stands in the way" },
  { 0x6581, 0xFFFF, EONAY_CARD_ERROR_UNRESPONSIVE, "memory failure" },
  { 0x6100, 0xFF00, EONAY_CARD_ERROR_PROTOCOL, "answer is waiting" },
  { 0x6700, 0xFFFF, EONAY_CARD_ERROR_PROTOCOL, "wrong length" },
  { 0x6406, 0xFFFF, EONAY_CARD_ERROR_NOT_AUTHORISED, "AKIS: no PIN was given" },
  { 0x6410, 0xFFFF, EONAY_CARD_ERROR_KEY_NOT_FOUND, "AKIS: bad key" },
  { 0x6419, 0xFFFF, EONAY_CARD_ERROR_KEY_NOT_FOUND, "AKIS: no such key" },
  { 0x641A, 0xFFFF, EONAY_CARD_ERROR_KEY_NOT_FOUND, "AKIS: no such PIN" },
  { 0x641B, 0xFFFF, EONAY_CARD_ERROR_NOT_AUTHORISED, "AKIS: wrong life-cycle state" },
  { 0x6881, 0xFFFF, EONAY_CARD_ERROR_PROTOCOL, "no logical channels" },
  { 0x6882, 0xFFFF, EONAY_CARD_ERROR_PROTOCOL, "no secure messaging" },
  { 0x6883, 0xFFFF, EONAY_CARD_ERROR_PROTOCOL, "last command of a chain expected" },
  { 0x6884, 0xFFFF, EONAY_CARD_ERROR_PROTOCOL, "no command chaining" },
  { 0x6982, 0xFFFF, EONAY_CARD_ERROR_NOT_AUTHORISED, "security status not satisfied" },
  /* No PIN was in the command, so it is not known which one the card means. */
  { 0x6983, 0xFFFF, EONAY_CARD_ERROR_NOT_AUTHORISED, "authentication method blocked" },
  { 0x6984, 0xFFFF, EONAY_CARD_ERROR_KEY_NOT_FOUND, "reference data not usable" },
  { 0x6985, 0xFFFF, EONAY_CARD_ERROR_NOT_AUTHORISED, "conditions of use not satisfied" },
  { 0x6986, 0xFFFF, EONAY_CARD_ERROR_PROTOCOL, "nothing is selected" },
  { 0x6987, 0xFFFF, EONAY_CARD_ERROR_NOT_AUTHORISED, "AKIS: no key is loaded" },
  { 0x6A80, 0xFFFF, EONAY_CARD_ERROR_PROTOCOL, "wrong data" },
  { 0x6A81, 0xFFFF, EONAY_CARD_ERROR_ALGORITHM, "function not supported" },
  { 0x6A82, 0xFFFF, EONAY_CARD_ERROR_MALFORMED, "file not found" },
  { 0x6A86, 0xFFFF, EONAY_CARD_ERROR_PROTOCOL, "wrong P1 P2" },
  { 0x6A88, 0xFFFF, EONAY_CARD_ERROR_KEY_NOT_FOUND, "referenced data not found" },
  { 0x6B00, 0xFFFF, EONAY_CARD_ERROR_PROTOCOL, "wrong P1 P2, or offset behind the end" },
  { 0x6C00, 0xFF00, EONAY_CARD_ERROR_PROTOCOL, "wrong Le" },
  { 0x6D00, 0xFFFF, EONAY_CARD_ERROR_UNSUPPORTED, "instruction not known" },
  { 0x6E00, 0xFFFF, EONAY_CARD_ERROR_UNSUPPORTED, "class not known" },
  { 0x6F00, 0xFFFF, EONAY_CARD_ERROR_FAILED, "no precise diagnosis" },
};

/* Where a PIN or PUK is sent, these are about it; what is not here is in the other table. */
static const guint16 wrong_pin_words[][2] = {
  { 0x6300, 0xFFFF },
  { 0x63C0, 0xFFF0 },
  { 0x6983, 0xFFFF },
  { 0x6984, 0xFFFF },
};

/* Where a new PIN is set, these say that it will not do. */
static const StatusWord new_pin_words[] = {
  { 0x6700, 0xFFFF, EONAY_CARD_ERROR_NEW_PIN_REFUSED, "wrong length" },
  { 0x6985, 0xFFFF, EONAY_CARD_ERROR_NEW_PIN_REFUSED, "conditions of use not satisfied" },
  { 0x6A80, 0xFFFF, EONAY_CARD_ERROR_NEW_PIN_REFUSED, "wrong data" },
};

/* Where a PIN is typed on the reader, these are the reader's. */
static const StatusWord pin_pad_words[] = {
  { 0x6400, 0xFFFF, EONAY_CARD_ERROR_PIN_PAD_TIMED_OUT, "nothing was typed in time" },
  { 0x6402, 0xFFFF, EONAY_CARD_ERROR_NEW_PINS_DIFFER, "the new PINs differ" },
  { 0x6403, 0xFFFF, EONAY_CARD_ERROR_PIN_LENGTH, "too few or too many digits" },
  { 0x6B80, 0xFFFF, EONAY_CARD_ERROR_PROTOCOL, "the reader does not understand the order" },
};

#define PIN_PAD_CANCELLED 0x6401

static const StatusWord *
look_up (const StatusWord *rows, gsize count, guint16 status)
{
  for (gsize i = 0; i < count; i++)
    if ((status & rows[i].mask) == rows[i].value)
      return &rows[i];

  return NULL;
}

int
eonay_status_word_get_tries_left (guint16 status)
{
  if ((status & 0xFFF0) == 0x63C0)
    return status & 0x0F;

  return status == 0x6983 || status == 0x6984 ? 0 : -1;
}

static gboolean
is_about_pin (guint16 status)
{
  for (gsize i = 0; i < G_N_ELEMENTS (wrong_pin_words); i++)
    if ((status & wrong_pin_words[i][1]) == wrong_pin_words[i][0])
      return TRUE;

  return FALSE;
}

GError *
eonay_status_word_to_error (guint16 status, EonayStatusOf of, const char *what)
{
  const StatusWord *row = NULL;
  int tries = eonay_status_word_get_tries_left (status);

  if (status == OK)
    return NULL;

  if (of != EONAY_STATUS_OF_COMMAND && of != EONAY_STATUS_OF_ONLY_NEW_PIN && is_about_pin (status))
    return of == EONAY_STATUS_OF_PUK ? eonay_card_error_new_puk_wrong (tries)
                                     : eonay_card_error_new_pin_wrong (tries);

  if (of == EONAY_STATUS_OF_NEW_PIN || of == EONAY_STATUS_OF_ONLY_NEW_PIN ||
      of == EONAY_STATUS_OF_PUK)
    row = look_up (new_pin_words, G_N_ELEMENTS (new_pin_words), status);
  if (row == NULL)
    row = look_up (command_words, G_N_ELEMENTS (command_words), status);

  return g_error_new (EONAY_CARD_ERROR, row != NULL ? row->code : EONAY_CARD_ERROR_PROTOCOL,
                      "%s: status %04X, %s", what, status, row != NULL ? row->text : "not known");
}

gboolean
eonay_status_word_check (guint16 status, EonayStatusOf of, const char *what, GError **error)
{
  GError *local = eonay_status_word_to_error (status, of, what);

  if (local == NULL)
    return TRUE;

  g_propagate_error (error, local);

  return FALSE;
}

GError *
eonay_status_word_to_pin_pad_error (guint16 status, EonayStatusOf of)
{
  const StatusWord *row = look_up (pin_pad_words, G_N_ELEMENTS (pin_pad_words), status);
  EonayCardError code;

  if (status == PIN_PAD_CANCELLED)
    return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled on the reader");
  if (row == NULL)
    return NULL;

  code = row->code == EONAY_CARD_ERROR_PIN_LENGTH && of == EONAY_STATUS_OF_PUK
             ? EONAY_CARD_ERROR_PUK_LENGTH
             : row->code;

  return g_error_new (EONAY_CARD_ERROR, (int) code, "Keypad: status %04X, %s", status, row->text);
}
