#pragma once

#include <adwaita.h>

#include "session/files/eonay-file-options.h"

G_BEGIN_DECLS

/**
 * EonayFileList: a person's own files as a list, with a box to tick for each, and a notice of what came to
 * it, or could not. Takes no space for one file alone.
 *
 * Any program of the person's can have files opened here, at any moment: what was not chosen in this
 * window, and comes to others, has no tick, and the notice says so.
 *
 * Signals: `changed`, what is listed or ticked, or eonay_file_list_is_settling(), is another; `opened`
 * (#EonayOwnFile), the person wants to look at it.
 */
#define EONAY_TYPE_FILE_LIST (eonay_file_list_get_type ())
G_DECLARE_FINAL_TYPE (EonayFileList, eonay_file_list, EONAY, FILE_LIST, GtkBox)

/**
 * eonay_file_list_add:
 * @files: (element-type GFile): those that are listed already are passed over; the notice says how many
 *   are not on this computer, or are more than %EONAY_OWN_FILES_MAX
 * @chosen: by the person, in this window
 */
void eonay_file_list_add (EonayFileList *self, GPtrArray *files, gboolean chosen);

/** Forgets all files, and the notice. */
void eonay_file_list_clear (EonayFileList *self);

/** Returns: (transfer none) (nullable): why some of the files that were added last are not in the list */
const char *eonay_file_list_get_left_out (EonayFileList *self);

/**
 * Returns: whether files have come to others just now: a press may be meant for the list as it was, so
 *   nothing that cannot be undone is to be begun
 */
gboolean eonay_file_list_is_settling (EonayFileList *self);

guint eonay_file_list_get_n_files (EonayFileList *self);

/** Returns: (transfer none) */
EonayOwnFile *eonay_file_list_get_file (EonayFileList *self, guint index);

/** How they are to be signed: what is known not to be signable in @format cannot be ticked. */
void eonay_file_list_set_format (EonayFileList *self, EonayFileFormat format);

guint eonay_file_list_count_ticked (EonayFileList *self);

/** Returns: (transfer full) (element-type EonayOwnFile): those that are ticked */
GPtrArray *eonay_file_list_list_ticked (EonayFileList *self);

/** Takes out the files that are signed. Returns: how many are left */
guint eonay_file_list_keep_unsigned (EonayFileList *self);

/** Returns: whether @file (nullable) is all that is there, or that is ticked */
gboolean eonay_file_list_is_all (EonayFileList *self, EonayOwnFile *file);

/** Returns: whether one of its files is a PDF */
gboolean eonay_file_list_has_pdf (EonayFileList *self);

/**
 * @files: (element-type EonayOwnFile)
 *
 * Returns: (transfer full): the names of those that can be signed and were not looked at, or not confirmed
 *   as read, one a line: first those with warnings, and these under them
 */
char *eonay_file_list_name_unseen (GPtrArray *files);

/** Returns: how many of those were not on the screen to their end */
guint eonay_file_list_count_not_looked_at (GPtrArray *files);

G_END_DECLS
