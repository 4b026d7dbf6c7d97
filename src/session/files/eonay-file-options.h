#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "session/files/eonay-mark-place.h"
#include "session/files/eonay-own-file.h"
#include "signature/pades/eonay-pades.h"

G_BEGIN_DECLS

/** How a file is signed. */
typedef enum {
  EONAY_FILE_FORMAT_AUTOMATIC, /* PAdES for a PDF, CAdES beside the file for anything else; a CAdES
                                  signature gets another signer, whatever format is chosen */
  EONAY_FILE_FORMAT_PADES,
  EONAY_FILE_FORMAT_CADES,
} EonayFileFormat;

/**
 * EonayFileOptions
 *
 * @attached: CAdES with the file inside (.p7m) instead of beside it (.p7s)
 * @reason, @location: (nullable): told in the signature of a PDF, and in its mark
 * @mark: (nullable): where a signed PDF has a visible mark; %NULL for none
 * @picture: (nullable): in the mark, as eonay_mark_picture_read() makes it
 * @folder: (nullable) (type filename): where signed files go; %NULL for beside each original
 * @is_practice: the card is a practice card: the mark says so
 * @check: (nullable): compares the pages of what is signed with those that are shown
 */
typedef struct {
  EonayFileFormat format;
  gboolean attached;
  char *reason;
  char *location;
  EonayMarkPlace *mark;
  GdkPixbuf *picture;
  char *folder;
  gboolean is_practice;
  EonayPadesCheck check;
} EonayFileOptions;

EonayFileOptions *eonay_file_options_new (void);
EonayFileOptions *eonay_file_options_copy (const EonayFileOptions *self);
void eonay_file_options_free (EonayFileOptions *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayFileOptions, eonay_file_options_free)

/**
 * eonay_file_options_needs_folder:
 * @files: (element-type EonayOwnFile)
 *
 * Returns: whether a signed file cannot be beside the original: its folder is not known
 *   (eonay_exported_file_is_alone()), so that `folder` has to be chosen
 */
gboolean eonay_file_options_needs_folder (GPtrArray *files);

/**
 * eonay_file_options_check_file: main thread
 *
 * Returns: %FALSE with the reason if it is known of @file that it cannot be signed in that format,
 *   whatever else is chosen; %TRUE also for what has not been read
 */
gboolean eonay_file_options_check_file (EonayFileFormat format, EonayOwnFile *file, GError **error);

G_END_DECLS
