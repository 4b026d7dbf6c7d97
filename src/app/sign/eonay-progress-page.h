#pragma once

#include <adwaita.h>

#include "session/sign/eonay-session.h"

G_BEGIN_DECLS

/** EonayProgressPage: shows the running step. Its spinner runs only while it is on screen. */
#define EONAY_TYPE_PROGRESS_PAGE (eonay_progress_page_get_type ())
G_DECLARE_FINAL_TYPE (EonayProgressPage, eonay_progress_page, EONAY, PROGRESS_PAGE, AdwBin)

GtkWidget *eonay_progress_page_new (void);

/** @state: SIGNING or SUBMITTING; anything else stops the spinner */
void eonay_progress_page_set_state (EonayProgressPage *self, EonaySessionState state);

G_END_DECLS
