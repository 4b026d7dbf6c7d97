#pragma once

#include <adwaita.h>

#include "session/sign/eonay-session.h"

G_BEGIN_DECLS

/**
 * EonayResultPage: the outcome: signed, declined, expired, or an error with its remedy. Its buttons
 * are the window's actions `win.new-code`, `win.submit-again` and `win.save-signature`.
 */
#define EONAY_TYPE_RESULT_PAGE (eonay_result_page_get_type ())
G_DECLARE_FINAL_TYPE (EonayResultPage, eonay_result_page, EONAY, RESULT_PAGE, AdwBin)

/** @session: whose outcome is shown, and followed until the portal knows that it was declined */
GtkWidget *eonay_result_page_new (EonaySession *session);

/** Shows the session's end state. */
void eonay_result_page_show (EonayResultPage *self);

G_END_DECLS
