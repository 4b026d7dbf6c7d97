#pragma once

#include "card/apdu/eonay-transport.h"
#include "card/pin/eonay-card-pin.h"

G_BEGIN_DECLS

/** A PIN_VERIFY_STRUCTURE or PIN_MODIFY_STRUCTURE (PC/SC part 10, 2.5.2, 2.5.3), member by member. */
typedef struct {
  gboolean modifies;
  guint time_out;
  guint time_out2;
  guint format_string;
  guint block_string;
  guint length_format;
  guint offset_old;
  guint offset_new;
  guint min;
  guint max;
  guint confirm;
  guint condition;
  guint n_messages;
  guint language;
  guint messages[3];
  guint prologue;
  guint8 command[64];
  gsize command_length;
} TestPadRequest;

/**
 * TestPad: a reader with a keypad, and the fingers on it, in front of another transport's card.
 * Takes the structures apart and builds commands as the readers' firmware does. Fails the test
 * when a command comes to the card in any other way with a PIN in it.
 *
 * @features, @properties, @tlvs: (nullable): hexadecimal answers; %NULL: the control fails
 * @typed: (nullable): what is typed, one entry after the other; %NULL at once: nobody types,
 *   "cancel": the cancel key
 * @n_typed: how many entries were typed
 * @most: the greatest maximum that the reader survives; 0: any
 * @error: what taking a PIN fails with, if @fails
 * @controls, @sent: how many controls there were, and commands with a PIN
 * @request: the last structure
 */
typedef struct {
  const char *features;
  const char *properties;
  const char *tlvs;
  const char *typed[4];
  guint n_typed;
  guint most;
  gboolean fails;
  int error;
  guint controls;
  guint sent;
  TestPadRequest request;
} TestPadScript;

#define TEST_PAD_VERIFY 0x42330006
#define TEST_PAD_MODIFY 0x42330007
#define TEST_PAD_FEATURES \
  "060442330006"          \
  "070442330007"          \
  "0a044233000a"          \
  "120442330012"

/** @card: (transfer full); @script: the test's, read and written */
EonayTransport *test_pad_new (EonayTransport *card, TestPadScript *script);

/** The person has seen what is known of @pin now, and agrees to it; nothing has been sent yet. */
void test_pad_agree (EonayTokenRequest *request, EonayCardPin *pin);

G_END_DECLS
