#pragma once

#include "card/apdu/eonay-transport.h"

G_BEGIN_DECLS

/** Asks a reader for its features (PC/SC part 10, 2.2); pcsc-lite's SCARD_CTL_CODE (3400). */
#define EONAY_CONTROL_GET_FEATURES 0x42000D48

/**
 * EonayReaderFeatures: features of a reader besides transmitting bytes (PC/SC part 10, 2.2 to 2.6).
 * A plain value; all 0 for a reader that reports none.
 *
 * @verify_pin: the control code of VERIFY_PIN_DIRECT; 0 when the reader has none
 * @modify_pin: of MODIFY_PIN_DIRECT; 0 when the reader has none
 * @lcd_layout: wLcdLayout as it came: 0 without a display
 * @entry_conditions: what may end an entry: bits 1 "maximum reached", 2 "key pressed", 4
 *   "time-out"; 0 when the reader does not say
 * @two_time_outs: whether bTimeOut2 differs from bTimeOut
 * @min_pin_size: digits; 0 when the reader does not say
 * @max_pin_size: digits; 0 when the reader does not say
 * @ppdu_support: bPPDUSupport
 * @short_only: the reader reports no support of extended length
 */
typedef struct {
  guint32 verify_pin;
  guint32 modify_pin;
  guint16 lcd_layout;
  guint8 entry_conditions;
  gboolean two_time_outs;
  guint8 min_pin_size;
  guint8 max_pin_size;
  guint8 ppdu_support;
  gboolean short_only;
} EonayReaderFeatures;

/**
 * eonay_reader_features_read: queries the reader, with up to three controls
 * @transport: connected
 *
 * If the reader refuses, or an answer is truncated or malformed, the features read before remain.
 */
void eonay_reader_features_read (EonayReaderFeatures *self, EonayTransport *transport);

G_END_DECLS
