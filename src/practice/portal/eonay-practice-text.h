#pragma once

#include <gio/gio.h>

#include "practice/portal/eonay-practice-fault.h"

G_BEGIN_DECLS

/**
 * eonay_practice_text_new:
 * @operation: a word of the protocol
 * @transaction: its id
 *
 * Returns: (transfer full) (nullable): the text to sign, UTF-8 unless @fault changes that; %NULL if
 *   @operation is not supported
 */
GBytes *eonay_practice_text_new (const char *operation, const char *transaction,
                                 GDateTime *created_at, EonayPracticeFault fault);

G_END_DECLS
