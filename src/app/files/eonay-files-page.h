#pragma once

#include <adwaita.h>

#include "app/files/eonay-mark-row.h"
#include "session/files/eonay-file-options.h"
#include "session/files/eonay-own-file.h"
#include "session/sign/eonay-candidate.h"

G_BEGIN_DECLS

/**
 * EonayFilesPage: a person's own files before they are signed: the list, if there are several, the one
 * that is looked at, how they are signed, and with which certificate. Reads the files one after the
 * other. Its buttons are the actions `files.sign`, `files.close` and `files.open`.
 *
 * Signal `changed`: what is ticked, read or chosen is another.
 */
#define EONAY_TYPE_FILES_PAGE (eonay_files_page_get_type ())
G_DECLARE_FINAL_TYPE (EonayFilesPage, eonay_files_page, EONAY, FILES_PAGE, AdwBin)

GtkWidget *eonay_files_page_new (void);

/**
 * eonay_files_page_open: adds files to the end of the list; the first one is shown
 * @files: (element-type GFile)
 * @chosen: by the person, in this window: see #EonayFileList
 *
 * Once files have come to others, nothing can be signed for as long as a double click may take.
 */
void eonay_files_page_open (EonayFilesPage *self, GPtrArray *files, gboolean chosen);

/** Returns: (transfer none) (nullable): why some of the files that were opened last were not taken */
const char *eonay_files_page_get_left_out (EonayFilesPage *self);

/** Forgets all files. */
void eonay_files_page_clear (EonayFilesPage *self);

/** Takes out what is signed; there is something left. */
void eonay_files_page_keep_unsigned (EonayFilesPage *self);

guint eonay_files_page_get_n_files (EonayFilesPage *self);

/** Returns: (transfer full) (element-type EonayOwnFile): those to be signed */
GPtrArray *eonay_files_page_list_chosen (EonayFilesPage *self);

/** Returns: (transfer full): how they are to be signed */
EonayFileOptions *eonay_files_page_make_options (EonayFilesPage *self);

/** Returns: (transfer none): the row of the visible mark */
EonayMarkRow *eonay_files_page_get_mark (EonayFilesPage *self);

/** @last_used: (nullable): fingerprint of the certificate that signed last */
void eonay_files_page_set_candidates (EonayFilesPage *self, EonayCandidateList *candidates,
                                      const char *last_used);

/** Returns: (transfer none) (nullable) */
EonayCandidate *eonay_files_page_get_candidate (EonayFilesPage *self);

/** Returns: (transfer none) (nullable) (type filename): of the file that is looked at */
const char *eonay_files_page_get_shown_path (EonayFilesPage *self);

/** @error: (nullable): why it was not signed */
void eonay_files_page_set_error (EonayFilesPage *self, const GError *error);

/** Shown in the place of certificates. */
void eonay_files_page_set_reader_status (EonayFilesPage *self, const char *status,
                                         const char *remedy);

/** Returns: (transfer none) (nullable): why nothing can be signed yet, in the person's language */
const char *eonay_files_page_get_obstacle (EonayFilesPage *self);

G_END_DECLS
