#pragma once

#include "practice/eonay-practice-card.h"

G_BEGIN_DECLS

/** Returns: (transfer none): one provider for all tests of a program: keys take time */
EonayPracticePki *probe_pki (void);

/** Returns: (transfer full) */
EonayPracticeCard *probe_card (EonayPracticeCardKind kind);

/** @hex: a command, spaces allowed. Returns: (transfer full): data and status word */
GBytes *probe_send (EonayPracticeCard *card, const char *hex);

/** Fails the test unless the answer to @hex is @expected, hexadecimal */
#define probe_expect(card, hex, expected) \
  probe_expect_at (G_STRLOC, (card), (hex), (expected))
void probe_expect_at (const char *place, EonayPracticeCard *card, const char *hex,
                      const char *expected);

/** Returns: (transfer full): the data of the answer to @hex, which has to be a success */
GBytes *probe_read (EonayPracticeCard *card, const char *hex);

/** Returns: (transfer full): lower-case */
char *probe_to_hex (const guint8 *bytes, gsize length);

G_END_DECLS
