#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * The user's guide: pages of data/help, as Mallard for a help viewer and as HTML for a browser.
 */

/** The page that leads to all others. */
#define EONAY_GUIDE_INDEX "index"

/**
 * eonay_guide_list_uris:
 * @page: the name of a page; that of a short code is the code: "KART-02"
 *
 * Returns: (transfer full): what to open for @page, the best first: `help:`, if something is installed
 *   that shows it and the program's own guide is all that it finds, nobody else's pages; the HTML page
 *   in the person's language, else in English. Empty if there is neither, and for a name that is none
 */
char **eonay_guide_list_uris (const char *page);

/**
 * eonay_guide_open_async: opens a page of the guide in another program
 * @parent: (nullable): the window that it is asked for in; the source of the result
 * @page: as in eonay_guide_list_uris()
 */
void eonay_guide_open_async (GtkWindow *parent, const char *page, GAsyncReadyCallback callback,
                             gpointer user_data);

/**
 * Returns: %FALSE with %G_IO_ERROR_NOT_FOUND if the page is not installed, _NOT_SUPPORTED if no program
 *   opened it
 */
gboolean eonay_guide_open_finish (GAsyncResult *result, GError **error);

/** Returns: (transfer none): a few words that say so, in the person's language */
const char *eonay_guide_describe_failure (const GError *error);

G_END_DECLS
