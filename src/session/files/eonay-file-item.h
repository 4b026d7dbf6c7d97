#pragma once

#include "session/files/eonay-file-options.h"
#include "session/files/eonay-file-output.h"
#include "session/files/eonay-own-file.h"
#include "session/history/eonay-history-entry.h"
#include "session/sign/eonay-candidate.h"
#include "signature/eonay-ades.h"

G_BEGIN_DECLS

/**
 * EonayFileItem: one file of a batch, on its way to its signed file. A thread has it while it is
 * prepared or saved, the main thread otherwise.
 *
 * @options: of the batch, which owns them
 * @kind: what the signed file is
 * @ades: (nullable): the signature, prepared
 * @value: (nullable): what the card made of its digest
 * @made: (nullable): bytes of the signed file, until they are saved
 * @error: (nullable): why it could not be prepared, signed or saved
 * @result: (nullable) (type filename): path of the signed file
 * @entry: (nullable): how it stands in the history, as it began; %NULL if it is not recorded
 */
typedef struct {
  EonayOwnFile *file;
  const EonayFileOptions *options;
  EonayFileOutputKind kind;
  EonayAdes *ades;
  GBytes *value;
  GBytes *made;
  GError *error;
  char *result;
  EonayHistoryEntry *entry;
} EonayFileItem;

EonayFileItem *eonay_file_item_new (EonayOwnFile *file, const EonayFileOptions *options);
void eonay_file_item_free (EonayFileItem *self);

/** Forgets what was prepared, and how it ended. */
void eonay_file_item_reset (EonayFileItem *self);

/** Returns: whether the card has not signed it yet */
gboolean eonay_file_item_is_open (const EonayFileItem *self);

/** Returns: whether the card has signed it, and @made is not saved */
gboolean eonay_file_item_is_unsaved (const EonayFileItem *self);

/** Returns: whether it is prepared, and the card has not signed it yet */
gboolean eonay_file_item_is_ready (const EonayFileItem *self);

/**
 * eonay_file_item_prepare: on a thread: reads the file, chooses its format, tries its folder, and
 * prepares the signature
 * @sum: (inout): bytes of the files of the batch before it, and with it
 */
gboolean eonay_file_item_prepare (EonayFileItem *self, EonayCandidate *candidate, GDateTime *time,
                                  gsize *sum, GError **error);

/** On a thread: prepares the signature anew, of another time. */
gboolean eonay_file_item_renew (EonayFileItem *self, EonayCandidate *candidate, GDateTime *time,
                                GError **error);

/**
 * eonay_file_item_save: on a thread: assembles the signature from @value, unless that was done, and
 * saves it: sets @result, or @error
 * @folder: (nullable) (type filename): %NULL for the one that it was prepared for
 */
void eonay_file_item_save (EonayFileItem *self, const char *folder);

G_END_DECLS
