#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * EonayFilesResult: what became of a person's own files: how many were signed, and a row for each, those
 * that were not first. Its buttons are the actions `files.show-folder`, `files.save-elsewhere`,
 * `files.save-again` and `files.close`.
 */
#define EONAY_TYPE_FILES_RESULT (eonay_files_result_get_type ())
G_DECLARE_FINAL_TYPE (EonayFilesResult, eonay_files_result, EONAY, FILES_RESULT, AdwBin)

GtkWidget *eonay_files_result_new (void);

/**
 * @files: (element-type EonayOwnFile): all that were to be signed
 * @n_left_out: files that were open, too
 * @error: (nullable): what ended the signing early, or prevents saving
 */
void eonay_files_result_show (EonayFilesResult *self, GPtrArray *files, guint n_left_out,
                              const GError *error);

G_END_DECLS
