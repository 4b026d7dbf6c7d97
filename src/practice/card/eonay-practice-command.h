#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EonayPracticeCommand: a parsed command APDU (ISO/IEC 7816-4, 5.2). A plain value that borrows the
 * bytes.
 *
 * @body: the command data, @body_length bytes; may be empty
 * @expected: Ne, the maximum length of the response data: 0 for none, up to 65536
 */
typedef struct {
  guint8 cla;
  guint8 ins;
  guint8 p1;
  guint8 p2;
  const guint8 *body;
  gsize body_length;
  gsize expected;
} EonayPracticeCommand;

/** Returns: whether @bytes are a command of one of the four cases, short or extended */
gboolean eonay_practice_command_parse (EonayPracticeCommand *self, const guint8 *bytes,
                                       gsize length);

/** Instructions of ISO/IEC 7816-4 and -8. */
#define EONAY_PRACTICE_INS_VERIFY 0x20
#define EONAY_PRACTICE_INS_MANAGE_SECURITY_ENVIRONMENT 0x22
#define EONAY_PRACTICE_INS_CHANGE_REFERENCE 0x24
#define EONAY_PRACTICE_INS_PERFORM_SECURITY_OPERATION 0x2a
#define EONAY_PRACTICE_INS_RESET_RETRY_COUNTER 0x2c
#define EONAY_PRACTICE_INS_GET_CHALLENGE 0x84
#define EONAY_PRACTICE_INS_SELECT 0xa4
#define EONAY_PRACTICE_INS_READ_BINARY 0xb0
#define EONAY_PRACTICE_INS_GET_RESPONSE 0xc0
#define EONAY_PRACTICE_INS_GET_DATA 0xca

/** Status words of ISO/IEC 7816-4, 5.6, used by the card. */
#define EONAY_PRACTICE_SW_OK 0x9000
#define EONAY_PRACTICE_SW_MORE 0x6100
#define EONAY_PRACTICE_SW_END_OF_FILE 0x6282
#define EONAY_PRACTICE_SW_TRIES_LEFT 0x63c0
#define EONAY_PRACTICE_SW_FAILED 0x6400
#define EONAY_PRACTICE_SW_WRONG_LENGTH 0x6700
#define EONAY_PRACTICE_SW_NO_CHANNELS 0x6881
#define EONAY_PRACTICE_SW_NO_SECURE_MESSAGING 0x6882
#define EONAY_PRACTICE_SW_LAST_OF_CHAIN_EXPECTED 0x6883
#define EONAY_PRACTICE_SW_NO_CHAINING 0x6884
#define EONAY_PRACTICE_SW_WRONG_FILE_TYPE 0x6981
#define EONAY_PRACTICE_SW_NOT_VERIFIED 0x6982
#define EONAY_PRACTICE_SW_BLOCKED 0x6983
#define EONAY_PRACTICE_SW_CONDITIONS 0x6985
#define EONAY_PRACTICE_SW_NO_CURRENT_FILE 0x6986
#define EONAY_PRACTICE_SW_WRONG_CONTENT 0x6a80
#define EONAY_PRACTICE_SW_NOT_FOUND 0x6a82
#define EONAY_PRACTICE_SW_WRONG_P1_P2 0x6a86
#define EONAY_PRACTICE_SW_REFERENCE_NOT_FOUND 0x6a88
#define EONAY_PRACTICE_SW_OUTSIDE_FILE 0x6b00
#define EONAY_PRACTICE_SW_WRONG_EXPECTED 0x6c00
#define EONAY_PRACTICE_SW_UNKNOWN_INSTRUCTION 0x6d00
#define EONAY_PRACTICE_SW_UNKNOWN_CLASS 0x6e00

G_END_DECLS
