#pragma once

#include "card/eonay-apdu.h"

G_BEGIN_DECLS

#define EONAY_CARD_PATH_MAX 32

/**
 * EonayCardFiles: the file system of a card (ISO 7816-4, 7.3 and 11), read with as few exchanges
 * as the card allows. A plain value; worker thread; errors are of %EONAY_CARD_ERROR.
 *
 * @form: the longest form that the card takes; falls back to short when the card refuses
 * @df: the application's folder under the MF, where relative paths begin; may be empty
 * @longest_read: bytes of one READ BINARY; 0 when nothing but @form limits it
 */
typedef struct {
  EonayTransport *transport;
  EonayApduForm form;
  guint8 df[EONAY_CARD_PATH_MAX];
  gsize df_length;
  gsize longest_read;
} EonayCardFiles;

/** Takes @form from the card's answer to reset. */
void eonay_card_files_init (EonayCardFiles *self, EonayTransport *transport);

/** @status: (out): the answer; an application that is not there is no error */
gboolean eonay_card_files_select_application (EonayCardFiles *self, const guint8 *aid,
                                              gsize length, guint16 *status, GError **error);

/**
 * eonay_card_files_select:
 * @path: file identifiers, from 3F00 on when absolute
 * @status: (out): the answer; a file that is not there is no error
 */
gboolean eonay_card_files_select (EonayCardFiles *self, const guint8 *path, gsize length,
                                  guint16 *status, GError **error);

/**
 * eonay_card_files_read_directory: the selected file, as far as BER-TLV objects go
 *
 * Reads until padding, or the end of the file.
 *
 * Returns: (transfer full): perhaps with the padding that came along
 */
GBytes *eonay_card_files_read_directory (EonayCardFiles *self, GError **error);

/**
 * eonay_card_files_read_directory_by_short_id: as eonay_card_files_read_directory(), but spares
 * the SELECT
 * @short_id: 1 to 30, of a file in the selected folder
 */
GBytes *eonay_card_files_read_directory_by_short_id (EonayCardFiles *self, guint8 short_id,
                                                     GError **error);

/**
 * eonay_card_files_read_object: one BER-TLV object in the selected file
 * @offset: where it begins
 * @count: how long it is; 0 when only the object itself tells
 *
 * Returns: (transfer full): exactly the object; %EONAY_CARD_ERROR_MALFORMED if there is none
 */
GBytes *eonay_card_files_read_object (EonayCardFiles *self, gsize offset, gsize count,
                                      GError **error);

G_END_DECLS
