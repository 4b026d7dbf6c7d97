#pragma once

#include <adwaita.h>

#include "app/practice/eonay-practice-controller.h"
#include "card/reader/eonay-reader-list.h"
#include "portal/eonay-portal.h"

G_BEGIN_DECLS

/**
 * EonayUnblockDialog: Kilit Çözme through the portal: code, card, security word, SMS code, new PIN,
 * in that order, and the result. The clock is always visible; errors are shown above the page they
 * are about.
 *
 * From the code's answer on, closing it asks first, then declines, which is reported to the portal;
 * while the card is working it stays. A report continues after the dialog was closed. If it goes
 * with its parent, nobody was asked: eonay_unblock_abandon().
 *
 * Signal `for-signing (EonayPortal *, EonayTransaction *, GError **error)`: the code is for
 * signing, and valid once. A handler that returns %TRUE has taken the transaction, and the dialog
 * closes; one that cannot sets @error, which is shown, and the portal is told nothing.
 */
#define EONAY_TYPE_UNBLOCK_DIALOG (eonay_unblock_dialog_get_type ())
G_DECLARE_FINAL_TYPE (EonayUnblockDialog, eonay_unblock_dialog, EONAY, UNBLOCK_DIALOG, AdwWindow)

/**
 * eonay_unblock_dialog_new:
 * @portals: a model of #EonayPortalProfile
 * @settings: (nullable): the portal to start with, and the size of the clocks
 */
GtkWidget *eonay_unblock_dialog_new (GtkWindow *parent, EonayReaderList *readers,
                                     GListModel *portals, GSettings *settings);

/**
 * eonay_unblock_dialog_set_practice:
 * @menu: the practice cards, of the application's actions
 *
 * For practice mode, as the window's practice banner cannot be reached from a modal dialog.
 */
void eonay_unblock_dialog_set_practice (EonayUnblockDialog *self,
                                        EonayPracticeController *controller, GMenuModel *menu);

/**
 * eonay_unblock_dialog_fill_code:
 * @text: a code or an `eonay:` link: filled in, not submitted
 *
 * Returns: whether it was filled in: %FALSE during an unblocking, and while its result is shown
 */
gboolean eonay_unblock_dialog_fill_code (EonayUnblockDialog *self, const char *text);

/**
 * eonay_unblock_dialog_take_transaction:
 * @transaction: an `unblock` that was resolved elsewhere
 *
 * Continues with it instead of asking for a code.
 *
 * Returns: %FALSE during another unblocking, which is unchanged; that is said in the dialog, and the
 *   portal is told nothing
 */
gboolean eonay_unblock_dialog_take_transaction (EonayUnblockDialog *self, EonayPortal *portal,
                                                EonayTransaction *transaction);

G_END_DECLS
