#pragma once

#include <adwaita.h>

#include "session/sign/eonay-session.h"

G_BEGIN_DECLS

/**
 * EonayReviewPage: what will be signed, with which certificate, and the button that leads to the
 * PIN. Reports seen documents and the chosen certificate to the session. Its buttons are the
 * window's actions `win.sign` and `win.decline`. Signal `seen`: a further document was seen.
 */
#define EONAY_TYPE_REVIEW_PAGE (eonay_review_page_get_type ())
G_DECLARE_FINAL_TYPE (EonayReviewPage, eonay_review_page, EONAY, REVIEW_PAGE, AdwBin)

GtkWidget *eonay_review_page_new (EonaySession *session);

/** Shows the session's transaction again from its start. */
void eonay_review_page_show_transaction (EonayReviewPage *self);

/** @last_used: (nullable): fingerprint of the certificate that signed last */
void eonay_review_page_set_candidates (EonayReviewPage *self, EonayCandidateList *candidates,
                                       const char *last_used);

/** Chooses the certificate with @fingerprint, if it is present and usable. */
void eonay_review_page_choose (EonayReviewPage *self, const char *fingerprint);

/** @text: (nullable): why it cannot be signed yet; %NULL if it can */
void eonay_review_page_set_obstacle (EonayReviewPage *self, const char *text);

/** @error: (nullable): the error of a step; nothing is lost */
void eonay_review_page_set_error (EonayReviewPage *self, const GError *error);

/** Shown in the place of certificates: see eonay_sign_view_set_reader_status(). */
void eonay_review_page_set_reader_status (EonayReviewPage *self, const char *status,
                                          const char *remedy);

G_END_DECLS
