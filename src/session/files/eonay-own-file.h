#pragma once

#include "signature/pades/eonay-pdf-inspection.h"

G_BEGIN_DECLS

/** Bytes of one file, and of all files of one batch: they are in memory while they are signed. */
#define EONAY_OWN_FILE_MAX (256u * 1000 * 1000)
#define EONAY_OWN_FILES_SUM_MAX (512u * 1000 * 1000)

/** Files of one batch. */
#define EONAY_OWN_FILES_MAX 1000u

/** What a file is, by its first bytes; its name does not count. */
typedef enum {
  EONAY_OWN_FILE_UNKNOWN,   /* not read yet */
  EONAY_OWN_FILE_PDF,       /* begins with "%PDF-", or has that in its first 1024 bytes */
  EONAY_OWN_FILE_TEXT,      /* UTF-8 without control characters that a text has not */
  EONAY_OWN_FILE_SIGNATURE, /* CMS SignedData (RFC 5652), DER or BER: a .p7m or .p7s */
  EONAY_OWN_FILE_OTHER,
} EonayOwnFileKind;

typedef enum {
  EONAY_OWN_FILE_LISTED,  /* not read yet */
  EONAY_OWN_FILE_READ,    /* its bytes are in memory, and are what is shown and signed */
  EONAY_OWN_FILE_REFUSED, /* it cannot be read, or not be signed in the wanted way: its error */
  EONAY_OWN_FILE_SAVING,  /* the card has signed it */
  EONAY_OWN_FILE_SIGNED,  /* the signed file is complete on the disk: its result */
  EONAY_OWN_FILE_UNSAVED, /* the card has signed it; its error says why that could not be saved */
  EONAY_OWN_FILE_FAILED,  /* it was to be signed: its error says why it was not */
} EonayOwnFileState;

/**
 * EonayOwnFile: a file of the person's, to be looked at and signed. Main thread.
 *
 * It is read once: what is shown, signed and put beside the original are the same bytes, whatever
 * happens to the file meanwhile.
 *
 * Properties, with notify: `state` (#EonayOwnFileState as int), `seen` (boolean:
 * eonay_own_file_is_seen()), `field` (string: eonay_own_file_get_field()).
 */
#define EONAY_TYPE_OWN_FILE (eonay_own_file_get_type ())
G_DECLARE_FINAL_TYPE (EonayOwnFile, eonay_own_file, EONAY, OWN_FILE, GObject)

/** @path: (type filename): absolute, or of the current folder */
EonayOwnFile *eonay_own_file_new (const char *path);

/** Returns: (transfer none) (type filename): absolute */
const char *eonay_own_file_get_path (EonayOwnFile *self);

/**
 * Returns: (transfer none): its name as a line to be shown: valid UTF-8, with what cannot be seen,
 *   or turns the direction, marked
 */
const char *eonay_own_file_get_name (EonayOwnFile *self);

/**
 * eonay_own_file_read:
 *
 * Reads the file, unless that was done; blocking, any one thread at a time. A regular file, by a
 * link or not, of 1 to %EONAY_OWN_FILE_MAX bytes. Changes no property:
 * eonay_own_file_take_read() does.
 *
 * Returns: %FALSE with %EONAY_SESSION_ERROR_FILE_MISSING, _FILE_UNREADABLE, _FILE_NOT_REGULAR,
 *   _FILE_EMPTY or _FILE_TOO_LARGE
 */
gboolean eonay_own_file_read (EonayOwnFile *self, GError **error);

/**
 * eonay_own_file_inspect: looks into a PDF that has been read, unless that was done; blocking, any one
 * thread at a time
 *
 * Returns: %FALSE with an error of eonay_pdf_inspection_new(); %TRUE for what is no PDF
 */
gboolean eonay_own_file_inspect (EonayOwnFile *self, GError **error);

/** Returns: (transfer none) (nullable): name of the signature field that was chosen */
const char *eonay_own_file_get_field (EonayOwnFile *self);

/** @name: (nullable): of an empty signature field, for a PDF; %NULL for what fits: eonay_field_choice_find() */
void eonay_own_file_set_field (EonayOwnFile *self, const char *name);

/** Main thread: sets `state` to READ, or to REFUSED with @error (nullable) (transfer none). */
void eonay_own_file_take_read (EonayOwnFile *self, const GError *error);

/**
 * eonay_own_file_read() and eonay_own_file_inspect() on a thread, and eonay_own_file_take_read(). A PDF
 * that cannot be looked into has been read all the same: it has no inspection.
 */
void eonay_own_file_read_async (EonayOwnFile *self, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);
gboolean eonay_own_file_read_finish (EonayOwnFile *self, GAsyncResult *result, GError **error);

/** Returns: (transfer none) (nullable): its bytes, once read */
GBytes *eonay_own_file_get_content (EonayOwnFile *self);

/** Returns: (transfer none) (nullable): SHA-256 of the content, 32 bytes */
GBytes *eonay_own_file_get_digest (EonayOwnFile *self);

/** Returns: (transfer none) (nullable): of a PDF, once it was made */
EonayPdfInspection *eonay_own_file_get_inspection (EonayOwnFile *self);

/** Returns: (transfer none) (nullable): why it will never have one, once that is known */
const GError *eonay_own_file_get_inspection_error (EonayOwnFile *self);

EonayOwnFileKind eonay_own_file_get_kind (EonayOwnFile *self);

/** Returns: bytes; 0 before it is read */
gsize eonay_own_file_get_size (EonayOwnFile *self);

/** Returns: the file's permissions, 0 to 0777; 0600 before it is read */
guint eonay_own_file_get_mode (EonayOwnFile *self);

EonayOwnFileState eonay_own_file_get_state (EonayOwnFile *self);

/**
 * eonay_own_file_is_any_over:
 * @files: (element-type EonayOwnFile)
 *
 * Returns: whether one is SIGNED, UNSAVED or FAILED: what was begun with it has ended
 */
gboolean eonay_own_file_is_any_over (GPtrArray *files);

/** Returns: (transfer none) (nullable): of REFUSED, UNSAVED and FAILED */
const GError *eonay_own_file_get_error (EonayOwnFile *self);

/** Returns: (transfer none) (nullable) (type filename): absolute path of the signed file */
const char *eonay_own_file_get_result (EonayOwnFile *self);

/** Whether all of it has been on screen, and what was found in it has been read. */
gboolean eonay_own_file_is_seen (EonayOwnFile *self);
void eonay_own_file_set_seen (EonayOwnFile *self, gboolean seen);

/** Whether all of it has been on screen, whatever there is to be read of it. */
gboolean eonay_own_file_is_end_seen (EonayOwnFile *self);
void eonay_own_file_set_end_seen (EonayOwnFile *self, gboolean seen);

/** Whether the person has read what was found in it (#EonayPdfFinding); %FALSE at first. */
gboolean eonay_own_file_is_warning_read (EonayOwnFile *self);
void eonay_own_file_set_warning_read (EonayOwnFile *self, gboolean read);

/** @n_warnings: of what drawing has shown; more than before are another warning to be read */
void eonay_own_file_note_drawn (EonayOwnFile *self, guint n_warnings);

/** Returns: whether drawing has shown something that the person has not read of */
gboolean eonay_own_file_is_drawn_unread (EonayOwnFile *self);

/* For the sub-room: */
void eonay_own_file_set_state (EonayOwnFile *self, EonayOwnFileState state);
void eonay_own_file_fail (EonayOwnFile *self, EonayOwnFileState state, const GError *error);
void eonay_own_file_take_result (EonayOwnFile *self, char *path);

G_END_DECLS
