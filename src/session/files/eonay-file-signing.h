#pragma once

#include "base/eonay-clock.h"
#include "base/eonay-secret.h"
#include "card/token/eonay-pin-consent.h"
#include "session/files/eonay-file-options.h"
#include "session/files/eonay-own-file.h"
#include "session/history/eonay-history.h"
#include "session/sign/eonay-candidate.h"

G_BEGIN_DECLS

/**
 * EonayFileSigning: a person's own files, signed with one PIN. Main thread; reading, hashing and
 * saving are done on a thread.
 *
 * Each file is saved as soon as the card has signed it. What cannot be signed or saved, and why, is
 * told by the file (#EonayOwnFile); the others are signed all the same.
 *
 * What the card has signed and cannot be saved is kept, to be saved once more: the files are UNSAVED.
 *
 * Property `n-done` (uint, notify): files that the card has signed, saved or not, since signing
 * began.
 */
#define EONAY_TYPE_FILE_SIGNING (eonay_file_signing_get_type ())
G_DECLARE_FINAL_TYPE (EonayFileSigning, eonay_file_signing, EONAY, FILE_SIGNING, GObject)

/**
 * @files: (element-type EonayOwnFile): at most %EONAY_OWN_FILES_MAX
 * @options: copied
 */
EonayFileSigning *eonay_file_signing_new (GPtrArray *files, const EonayFileOptions *options);

/** @history: (nullable): where each file is recorded */
void eonay_file_signing_set_history (EonayFileSigning *self, EonayHistory *history);

/** @clock: (nullable): in place of the system's; kept */
void eonay_file_signing_set_clock (EonayFileSigning *self, const EonayClock *clock);

/**
 * eonay_file_signing_prepare_async:
 *
 * Reads what has not been read, looks into each PDF, tries the folders, and prepares the signatures
 * by this certificate: to be done before the PIN is asked for. Files that cannot be signed become
 * REFUSED.
 */
void eonay_file_signing_prepare_async (EonayFileSigning *self, EonayCandidate *candidate,
                                       GCancellable *cancellable, GAsyncReadyCallback callback,
                                       gpointer user_data);

/**
 * Returns: %FALSE with the first file's error if none of them can be signed; or on cancel
 */
gboolean eonay_file_signing_prepare_finish (EonayFileSigning *self, GAsyncResult *result,
                                            GError **error);

/** Returns: how many files are prepared and not signed yet */
guint eonay_file_signing_count_ready (EonayFileSigning *self);

/** Returns: how many of those have not been seen */
guint eonay_file_signing_count_unseen (EonayFileSigning *self);

/**
 * eonay_file_signing_sign_async: after a successful preparation; again for what is left
 * @pin: (transfer full) (nullable): freshly typed; %NULL if it is typed on the reader
 * @consent: what the person was shown when typing it
 * @cancellable: stops between two files
 */
void eonay_file_signing_sign_async (EonayFileSigning *self, EonaySecret *pin,
                                    const EonayPinConsent *consent, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);

/**
 * Returns: %FALSE with why not all of them are signed and saved: %EONAY_CARD_ERROR; the error of the
 *   first file that could not be saved, or whose signature is wrong; or %G_IO_ERROR_CANCELLED if it was
 *   stopped. What the card has signed by then is saved. A file that cannot be saved stops it, and those
 *   that are not signed then become FAILED with %EONAY_SESSION_ERROR_FILE_NOT_BEGUN; if the card stops
 *   after the first signature, the others become FAILED with its error (the next one) and
 *   %EONAY_SESSION_ERROR_FILE_STOPPED. If renewing the prepared signatures fails, nothing is signed
 */
gboolean eonay_file_signing_sign_finish (EonayFileSigning *self, GAsyncResult *result,
                                         GError **error);

/** Returns: how many files the card has signed that are not saved */
guint eonay_file_signing_count_unsaved (EonayFileSigning *self);

/**
 * eonay_file_signing_save_async: saves them once more; the card is not asked
 * @folder: (nullable) (type filename): %NULL for where they were to be
 */
void eonay_file_signing_save_async (EonayFileSigning *self, const char *folder,
                                    GAsyncReadyCallback callback, gpointer user_data);

/** Returns: %FALSE with the error of the first one that could not be saved */
gboolean eonay_file_signing_save_finish (EonayFileSigning *self, GAsyncResult *result,
                                         GError **error);

/** Returns: whether the card is at work, or files are being saved */
gboolean eonay_file_signing_is_signing (EonayFileSigning *self);
/** Returns: how many files are being signed with the PIN; 0 when nothing is */
guint eonay_file_signing_get_n_batch (EonayFileSigning *self);
guint eonay_file_signing_get_n_done (EonayFileSigning *self);

G_END_DECLS
