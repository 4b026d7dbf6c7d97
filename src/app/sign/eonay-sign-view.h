#pragma once

#include <adwaita.h>

#include "session/sign/eonay-session.h"

G_BEGIN_DECLS

/**
 * EonaySignView: İmzala: the pages from code to result, and the PIN dialog, around one
 * #EonaySession. Pages are created when they are first needed.
 *
 * Signals: `changed`, header, actions or clock may have to be updated; `unblocking`, the code was
 * for Kilit Çözme: its transaction is to be taken from the session; `pin-forgotten`
 * (#EonayCandidate), the person does not remember the PIN of that certificate, and the text is shown
 * again.
 */
#define EONAY_TYPE_SIGN_VIEW (eonay_sign_view_get_type ())
G_DECLARE_FINAL_TYPE (EonaySignView, eonay_sign_view, EONAY, SIGN_VIEW, AdwBin)

/** Returns: (transfer none) */
EonaySession *eonay_sign_view_get_session (EonaySignView *self);

/** @settings: (nullable): where the last portal and certificate are stored, and what an administrator
 *   has locked */
void eonay_sign_view_set_settings (EonaySignView *self, GSettings *settings);

/** @profiles: a model of #EonayPortalProfile */
void eonay_sign_view_set_portals (EonaySignView *self, GListModel *profiles);

/** Returns: (transfer none) (nullable) */
GListModel *eonay_sign_view_get_portals (EonaySignView *self);

/** @readers: those that cards are looked for in; may be set once */
void eonay_sign_view_set_readers (EonaySignView *self, EonayReaderList *readers);

void eonay_sign_view_set_candidates (EonaySignView *self, EonayCandidateList *candidates);

/**
 * eonay_sign_view_set_reader_status:
 * @status: the reader's present status
 * @remedy: (nullable): what to do about it, with its short code
 */
void eonay_sign_view_set_reader_status (EonaySignView *self, const char *status,
                                        const char *remedy);

/** Offers practice codes. */
void eonay_sign_view_set_practice (EonaySignView *self, gboolean practice);

/** Returns: whether a transaction is shown, from its review to its result */
gboolean eonay_sign_view_shows_operation (EonaySignView *self);

/** Returns: (transfer none): the header's title and subtitle; "" for none */
const char *eonay_sign_view_get_title (EonaySignView *self);
const char *eonay_sign_view_get_subtitle (EonaySignView *self);

/** Returns: the initial number of seconds: the full ring */
guint eonay_sign_view_get_total_time (EonaySignView *self);

gboolean eonay_sign_view_can_sign (EonaySignView *self);

/**
 * eonay_sign_view_make_free:
 *
 * Goes back to the code page from a result, for a transaction that the person has begun elsewhere.
 *
 * Returns: %FALSE, and nothing is changed, if a transaction is open, or a signature that the portal
 *   has not got can still be saved or sent again
 */
gboolean eonay_sign_view_make_free (EonaySignView *self);

/**
 * eonay_sign_view_fill_code:
 * @text: a code or link; only filled in
 * @go: whether to ask the portal at once: only for the person's own input here
 *
 * Returns: %FALSE, and nothing is changed, if a transaction is open
 */
gboolean eonay_sign_view_fill_code (EonaySignView *self, const char *text, gboolean go);

void eonay_sign_view_paste_code (EonaySignView *self);

/** Asks for the PIN. */
void eonay_sign_view_sign (EonaySignView *self);

/** Asks whether to decline, which is told to the portal and cannot be undone; then declines. */
void eonay_sign_view_decline (EonaySignView *self);

void eonay_sign_view_new_code (EonaySignView *self);
void eonay_sign_view_submit_again (EonaySignView *self);
void eonay_sign_view_choose_certificate (EonaySignView *self, const char *fingerprint);

/** Shows an error on the present page: code page or review page. */
void eonay_sign_view_show_error (EonaySignView *self, const GError *error);

G_END_DECLS
