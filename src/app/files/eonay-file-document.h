#pragma once

#include "app/document/eonay-pdf-view.h"
#include "portal/eonay-document.h"
#include "session/files/eonay-own-file.h"

G_BEGIN_DECLS

/** Returns: (transfer full) (nullable): what is shown of @file, with its bytes; %NULL if nothing can be */
EonayDocument *eonay_file_document_new (EonayOwnFile *file);

/** Returns: what can be done with @file, which is not shown */
const char *eonay_file_document_describe_unshown (EonayOwnFile *file);

/**
 * @view: where it is shown, or another one is
 * @all: with all pages that they are about
 *
 * Returns: (transfer full): what people have to read of before they sign @file
 */
GStrv eonay_file_document_list_warnings (EonayOwnFile *file, EonayPdfView *view, gboolean all);

/** Returns: how many warnings there are of what drawing has shown of @file in @view */
guint eonay_file_document_count_drawn (EonayOwnFile *file, EonayPdfView *view);

/** Has the pages of @file that are seen in @view count also when another one is looked at in between. */
void eonay_file_document_keep_seen (EonayOwnFile *file, EonayPdfView *view);

/**
 * Returns: (transfer none) (nullable): what was seen of @file before; %NULL also if its pages have to be
 *   drawn again for what is to be read of them
 */
EonaySeenPages *eonay_file_document_get_seen (EonayOwnFile *file);

G_END_DECLS
