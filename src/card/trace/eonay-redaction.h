#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EonayRedaction: takes a person out of bytes that came from a card, in place: every length, key
 * and object identifier stays, so that what could be parsed before still can be.
 *
 * Letters become X and digits 0; a character of several bytes becomes as many X.
 *
 * eonay_redaction_blank_objects: @bytes ought to be BER-TLV objects side by side (X.690), with
 * padding of 00 or FF between and behind them
 *
 * Blanks text of every string type, implicitly tagged text, dates but those of a certificate's
 * validity, and the signature below a certificate (against which guesses could be tried), also
 * in objects within OCTET STRINGs and BIT STRINGs. What is cut off at the end is blanked as far
 * as it goes. What does not parse is blanked whole, unless it is a few bytes.
 */
void eonay_redaction_blank_objects (guint8 *bytes, gsize length);

/** Returns: whether @bytes are nothing but whole BER-TLV objects of kinds that are known */
gboolean eonay_redaction_are_objects (const guint8 *bytes, gsize length);

/**
 * Blanks words and long numbers among bytes that are no BER-TLV: runs of letters, also of ISO 8859,
 * and UTF-16 as a whole.
 */
void eonay_redaction_blank_words (guint8 *bytes, gsize length);

/** Blanks every byte. */
void eonay_redaction_blank_all (guint8 *bytes, gsize length);

G_END_DECLS
