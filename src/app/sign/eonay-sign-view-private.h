#pragma once

#include "app/pin/eonay-pin-dialog.h"
#include "app/sign/eonay-code-page.h"
#include "app/sign/eonay-progress-page.h"
#include "app/sign/eonay-result-page.h"
#include "app/sign/eonay-review-page.h"
#include "app/sign/eonay-sign-view.h"

G_BEGIN_DECLS

/*
 * EonaySignView in two files: eonay-sign-view.c has the widget and which page is shown when,
 * eonay-sign-steps.c what the person does from one step to the next.
 */
struct _EonaySignView {
  AdwBin parent_instance;

  GtkStack *stack;
  EonayCodePage *code_page;
  EonayReviewPage *review_page;
  EonayProgressPage *progress_page;
  EonayResultPage *result_page;
  EonayPinDialog *pin_dialog; /* (weak) (nullable) */

  EonaySession *session;
  EonaySessionState state;
  EonayCandidateList *candidates;
  GListModel *portals;
  GSettings *settings;
  GCancellable *cancellable;
  char *reader_status;
  guint total;
};

/** Emits `changed`, and shows what is in the way of signing. */
void eonay_sign_view_refresh (EonaySignView *self);

/** Shows the dialog for the chosen certificate; @error: (nullable) */
void eonay_sign_view_open_pin_dialog (EonaySignView *self, const GError *error);
void eonay_sign_view_close_pin_dialog (EonaySignView *self);

/** Asks the portal for the code that stands in the entry. */
void eonay_sign_view_submit_code (EonaySignView *self);

/** Remembers what would be chosen again: portal or certificate. */
void eonay_sign_view_remember (EonaySignView *self, const char *key, const char *value);

/** Returns: (transfer full) (nullable) */
char *eonay_sign_view_recall (EonaySignView *self, const char *key);

G_END_DECLS
