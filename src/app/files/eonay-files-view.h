#pragma once

#include <adwaita.h>

#include "session/history/eonay-history.h"
#include "session/sign/eonay-candidate.h"

G_BEGIN_DECLS

/**
 * EonayFilesView: Dosyalar: a person's own files, from opening to the signed ones, and the PIN dialog.
 *
 * Actions, in the group "files": `open`, `close`, `sign`, `stop`, `show` (the file that is looked at,
 * in its own program), `show-folder`, and, for what the card has signed and could not be saved,
 * `save-again` and `save-elsewhere`.
 *
 * Signals: `changed`, the header or actions may have to be updated; `pin-forgotten`
 * (#EonayCandidate), the person does not remember the PIN of that certificate.
 */
#define EONAY_TYPE_FILES_VIEW (eonay_files_view_get_type ())
G_DECLARE_FINAL_TYPE (EonayFilesView, eonay_files_view, EONAY, FILES_VIEW, AdwBin)

/** @settings: (nullable): where the last certificate is stored */
void eonay_files_view_set_settings (EonayFilesView *self, GSettings *settings);
void eonay_files_view_set_candidates (EonayFilesView *self, EonayCandidateList *candidates);

/** @history: (nullable) */
void eonay_files_view_set_history (EonayFilesView *self, EonayHistory *history);

/** From now on the cards are practice cards: marks say so. */
void eonay_files_view_set_practice (EonayFilesView *self);

/** Shown in the place of certificates: see eonay_sign_view_set_reader_status(). */
void eonay_files_view_set_reader_status (EonayFilesView *self, const char *status,
                                         const char *remedy);

/**
 * eonay_files_view_open:
 * @files: (element-type GFile): added to those that are open; after a result they are the only ones.
 *   Of what is not on this computer, or one too many, the view says so
 * @chosen: by the person, in this window: see #EonayFileList
 *
 * Returns: %FALSE, and nothing is changed, while files are being signed, or signed ones are unsaved
 */
gboolean eonay_files_view_open (EonayFilesView *self, GPtrArray *files, gboolean chosen);

/** Returns: whether files are shown, from their list to the result */
gboolean eonay_files_view_shows_files (EonayFilesView *self);

/** Returns: whether the card is at work, or a signed file is being saved */
gboolean eonay_files_view_is_signing (EonayFilesView *self);

/** Returns: whether files are being signed, from their preparation on, or it keeps what is not saved */
gboolean eonay_files_view_is_busy (EonayFilesView *self);

/** Returns: whether it has what the card has signed, and what could not be saved */
gboolean eonay_files_view_keeps_unsaved (EonayFilesView *self);

G_END_DECLS
