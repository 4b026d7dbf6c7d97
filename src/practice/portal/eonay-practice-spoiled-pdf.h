#pragma once

#include <glib.h>

#include "practice/portal/eonay-practice-fault.h"

G_BEGIN_DECLS

/**
 * eonay_practice_spoiled_pdf_new:
 * @pdf: of practice/form, which has one table of cross-references
 *
 * Returns: (transfer full) (nullable): @pdf with that fault; %NULL if @fault is not one of a PDF
 */
GBytes *eonay_practice_spoiled_pdf_new (GBytes *pdf, EonayPracticeFault fault);

G_END_DECLS
