#pragma once

#include "practice/card/eonay-practice-chip.h"

G_BEGIN_DECLS

/**
 * EonayPracticeLink: the layer between the bytes of a transport and whole commands: class bytes,
 * lengths, command chaining, GET RESPONSE, and the two halves of a command at T=0. A plain value.
 */
typedef struct {
  GByteArray *chain;
  guint8 chain_head[3];
  GByteArray *pending;
} EonayPracticeLink;

void eonay_practice_link_init (EonayPracticeLink *self);
void eonay_practice_link_clear (EonayPracticeLink *self);

/** Discards incomplete commands and pending responses. */
void eonay_practice_link_reset (EonayPracticeLink *self);

/** Has @chip execute a command. Returns: a status word; any data is appended to @response */
guint16 eonay_practice_link_answer (EonayPracticeLink *self, EonayPracticeChip *chip,
                                    const guint8 *bytes, gsize length, GByteArray *response);

G_END_DECLS
