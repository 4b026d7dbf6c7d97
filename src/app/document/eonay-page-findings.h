#pragma once

#include "app/document/eonay-page-source.h"

G_BEGIN_DECLS

/**
 * EonayPageFindings: what drawing a document shows of it that people should know: fonts that it does
 * not have with it, so that other computers draw other letters; pages that are printed otherwise than
 * they are shown. Found out page by page, after everything that is more urgent.
 *
 * Signal `changed`: there is more, or it is complete.
 */
#define EONAY_TYPE_PAGE_FINDINGS (eonay_page_findings_get_type ())
G_DECLARE_FINAL_TYPE (EonayPageFindings, eonay_page_findings, EONAY, PAGE_FINDINGS, GObject)

EonayPageFindings *eonay_page_findings_new (EonayPageSource *source, guint n_pages);

/** Returns: (transfer none) (element-type utf8): names of fonts, each one line to be shown */
GPtrArray *eonay_page_findings_get_missing_fonts (EonayPageFindings *self);

/** Returns: (transfer none) (element-type guint): pages that are printed otherwise, from 0 */
GArray *eonay_page_findings_get_printed_otherwise (EonayPageFindings *self);

/** Returns: (transfer none) (element-type guint): pages of which that could not be found out */
GArray *eonay_page_findings_get_unknown (EonayPageFindings *self);

/** Returns: whether all pages were looked at */
gboolean eonay_page_findings_is_complete (EonayPageFindings *self);

/** Returns: whether nothing more will be found: it is complete, or was given up */
gboolean eonay_page_findings_is_over (EonayPageFindings *self);

/**
 * @all: name all pages and fonts; else the first ones, and how many more there are
 *
 * Returns: (transfer full): a sentence in the person's language for each kind
 */
GStrv eonay_page_findings_list (EonayPageFindings *self, gboolean all);

G_END_DECLS
