#pragma once

#include <adwaita.h>

#include "app/practice/eonay-practice-controller.h"
#include "card/reader/eonay-reader-list.h"
#include "portal/eonay-portal.h"

G_BEGIN_DECLS

/**
 * EonayUnblockDialog: Kilit Çözme through the portal: code, card, security word, SMS code, new PIN,
 * in that order, and the end. The clock is always in view; what goes wrong is told above the page
 * that it is about.
 *
 * Closing it gives up, which the portal is told; with an SMS or the PUK on its way it asks first,
 * and while the card is at work it stays. A report goes on when the dialog has gone.
 *
 * Signal `for-signing (EonayPortal *, EonayTransaction *, GError **error)`: the code turned out to
 * be for signing, and serves once. A handler that returns %TRUE has taken the transaction, and the
 * dialog goes; one that cannot fills @error, and the portal is told that it is declined.
 */
#define EONAY_TYPE_UNBLOCK_DIALOG (eonay_unblock_dialog_get_type ())
G_DECLARE_FINAL_TYPE (EonayUnblockDialog, eonay_unblock_dialog, EONAY, UNBLOCK_DIALOG, AdwWindow)

/**
 * eonay_unblock_dialog_new:
 * @portals: a model of #EonayPortalProfile
 * @settings: (nullable): which portal to start with, and how large the clocks are
 */
GtkWidget *eonay_unblock_dialog_new (GtkWindow *parent, EonayReaderList *readers,
                                     GListModel *portals, GSettings *settings);

/**
 * eonay_unblock_dialog_set_practice:
 * @menu: the practice cards, of the application's actions
 *
 * Practice mode, whose strip in the window behind cannot be reached from a dialog that is modal.
 */
void eonay_unblock_dialog_set_practice (EonayUnblockDialog *self,
                                        EonayPracticeController *controller, GMenuModel *menu);

/**
 * eonay_unblock_dialog_fill_code:
 * @text: a code or an `eonay:` link: filled in, no more
 *
 * Returns: whether there was room for it: %FALSE in the midst of an unblocking
 */
gboolean eonay_unblock_dialog_fill_code (EonayUnblockDialog *self, const char *text);

/**
 * eonay_unblock_dialog_take_transaction:
 * @transaction: an `unblock` that was resolved elsewhere
 *
 * Goes on with it instead of asking for a code.
 *
 * Returns: %FALSE in the midst of another unblocking, which is left alone
 */
gboolean eonay_unblock_dialog_take_transaction (EonayUnblockDialog *self, EonayPortal *portal,
                                                EonayTransaction *transaction);

G_END_DECLS
