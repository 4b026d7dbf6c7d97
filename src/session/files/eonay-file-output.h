#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Names of signed files, and saving them: complete or not at all, and never over another file. */

/** What a signed file is. */
typedef enum {
  EONAY_FILE_OUTPUT_PDF,      /* "sözleşme.pdf" → "sözleşme-imzalı.pdf" */
  EONAY_FILE_OUTPUT_DETACHED, /* "rapor.odt" → "rapor.odt.p7s" */
  EONAY_FILE_OUTPUT_ATTACHED, /* "rapor.odt" → "rapor.odt.p7m" */
  EONAY_FILE_OUTPUT_PARALLEL, /* another signer: "rapor.odt.p7s" → "rapor.odt-imzalı.p7s" */
} EonayFileOutputKind;

/**
 * eonay_file_output_name:
 * @original: (type filename): its base name
 *
 * "-signed" is in the person's language. Control characters, and what turns the direction of a
 * text, become "_": a file manager shows the name as it is. At most 255 bytes, as file systems take.
 *
 * Returns: (transfer full) (type filename): a base name
 */
char *eonay_file_output_name (const char *original, EonayFileOutputKind kind);

/**
 * eonay_file_output_save:
 * @folder: (type filename): exists
 * @name: (type filename): base name; if it is taken, by whatever, " (2)", " (3)" … is put before its
 *   extension
 * @mode: permissions of the file, 0 to 0777; it has 0600 until it is complete
 *
 * A file of that name appears with all its bytes, on the disk, or never, also if the program is
 * killed or the computer goes off; on a file system that has neither links nor renameat2(), one
 * without any bytes may be left behind then.
 *
 * Returns: (transfer full) (type filename): its path; %NULL with %EONAY_SESSION_ERROR_FILE_NO_SPACE,
 *   _FILE_READ_ONLY or _FILE_NOT_SAVED
 */
char *eonay_file_output_save (const char *folder, const char *name, GBytes *bytes, guint mode,
                              GError **error);

/**
 * eonay_file_output_check:
 *
 * Returns: %FALSE, with an error as of eonay_file_output_save(), if no file can be made in @folder
 */
gboolean eonay_file_output_check (const char *folder, GError **error);

/**
 * Makes @folder, and those above it, for the person alone, unless it is there; and does
 * eonay_file_output_check().
 */
gboolean eonay_file_output_make_folder (const char *folder, GError **error);

G_END_DECLS
