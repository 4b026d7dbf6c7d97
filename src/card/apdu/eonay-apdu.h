#pragma once

#include "card/apdu/eonay-transport.h"

G_BEGIN_DECLS

/** Length encoding (ISO 7816-4, 5.2): one byte, or three. */
typedef enum {
  EONAY_APDU_SHORT,           /* content up to 255 bytes, answer up to 256 */
  EONAY_APDU_EXTENDED,        /* up to 65535 and 65536; only for cards that announce support */
  EONAY_APDU_ALWAYS_EXTENDED, /* for eonay_apdu_exchange(): even if short would suffice */
} EonayApduForm;

#define EONAY_APDU_SHORT_CONTENT_MAX 255
#define EONAY_APDU_SHORT_EXPECTED_MAX 256
#define EONAY_APDU_CONTENT_MAX 65535
#define EONAY_APDU_EXPECTED_MAX 65536

/** Maximum length of a command in short form. */
#define EONAY_APDU_SHORT_MAX (4 + 1 + EONAY_APDU_SHORT_CONTENT_MAX + 1)

/** Class bit that says "more of this command follows" (ISO 7816-4, 5.4.1). */
#define EONAY_APDU_CHAINED 0x10

/**
 * EonayApdu: one command for a card (ISO 7816-4, 5.1). A plain value that borrows its content.
 *
 * @content: (nullable): the command's data field; may be a PIN
 * @expected: Le, the maximum length of the answer: 0 if none is expected, at most 65536
 */
typedef struct {
  guint8 cla;
  guint8 ins;
  guint8 p1;
  guint8 p2;
  const guint8 *content;
  gsize content_length;
  guint expected;
} EonayApdu;

/**
 * eonay_apdu_encode:
 * @protocol: under T=0 a command with content carries no Le (the card answers 61xx instead), and
 *   one without either ends in 00 (ISO 7816-3, 12.2)
 * @buffer: the caller's, who cleanses it if the content is a secret; nothing else is copied
 *
 * Returns: bytes written; 0 when the command does not fit into @form or into @size
 */
gsize eonay_apdu_encode (const EonayApdu *self, EonayApduForm form, EonayProtocol protocol,
                         guint8 *buffer, gsize size);

/**
 * eonay_apdu_parse: the card's side: takes a command apart, short or extended.
 * @bytes: any bytes; @apdu borrows them
 * @form: (out) (optional)
 *
 * A content-less command with Le 00 (0000) expects 256 (65536). T=0's trailing 00 of a command
 * without content and Le cannot be told from Le 00.
 *
 * Returns: %FALSE if @bytes are not a command
 */
gboolean eonay_apdu_parse (const guint8 *bytes, gsize length, EonayApdu *apdu, EonayApduForm *form);

/**
 * eonay_apdu_exchange: sends a command and returns its complete answer.
 * @form: the longest form that the card supports; extended is used only where needed
 *   (%EONAY_APDU_EXTENDED), and never under T=0: longer content is chained instead
 * @status: (out): the last status word; 9000 if an unexpected answer was not fetched, except for a
 *   command with a PIN
 *
 * 61xx is followed by GET RESPONSE until the answer is complete; 6Cxx repeats the command once with
 * the length from the card. Both only for a command that expects an answer: a VERIFY is sent once,
 * whatever the answer. The encoded command is cleansed.
 *
 * Returns: (transfer full): the answer without its status word, may be empty; %NULL if the
 *   transport failed
 */
GBytes *eonay_apdu_exchange (EonayTransport *transport, const EonayApdu *self, EonayApduForm form,
                             guint16 *status, GError **error);

G_END_DECLS
