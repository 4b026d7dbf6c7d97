#pragma once

#include "card/apdu/eonay-apdu.h"

G_BEGIN_DECLS

#define EONAY_CARD_PATH_MAX 32

/**
 * EonayCardFiles: the file system of a card (ISO 7816-4, 7.3 and 11), read with as few exchanges
 * as the card allows. A plain value; worker thread; errors are of %EONAY_CARD_ERROR.
 *
 * @form: the longest form that the card takes; falls back to short when the card refuses
 * @df: the application's folder under the MF, where relative paths begin; may be empty
 * @longest_read: bytes of one READ BINARY; 0 when nothing but @form limits it
 * @kept: (nullable) (element-type utf8 GBytes): what has been read already, and need not be again;
 *   what is read is added
 */
typedef struct {
  EonayTransport *transport;
  EonayApduForm form;
  guint8 df[EONAY_CARD_PATH_MAX];
  gsize df_length;
  gsize longest_read;
  GHashTable *kept;
} EonayCardFiles;

/**
 * EonayCardPlace: what to read.
 *
 * @path: (array length=length) (nullable): file identifiers, from 3F00 on when absolute; %NULL for
 *   the file that is selected, which is neither taken from what is kept nor kept
 * @offset: where in the file it begins
 * @count: how long it is; 0 when only the content tells
 * @short_id: 1 to 30, if the file, in the selected folder, can be read without a SELECT; else 0
 * @fresh: neither taken from what is kept nor kept
 */
typedef struct {
  const guint8 *path;
  gsize length;
  gsize offset;
  gsize count;
  guint8 short_id;
  gboolean fresh;
} EonayCardPlace;

/** Takes @form from the card's answer to reset, as far as reader and protocol carry it. */
void eonay_card_files_init (EonayCardFiles *self, EonayTransport *transport);

/** Switches to extended lengths, unless reader or protocol do not carry them. */
void eonay_card_files_use_extended (EonayCardFiles *self);

/** @status: (out): the answer; an application that is not there is no error */
gboolean eonay_card_files_select_application (EonayCardFiles *self, const guint8 *aid, gsize length,
                                              guint16 *status, GError **error);

/**
 * eonay_card_files_select: a folder, or a file that is not to be read
 * @path: file identifiers, from 3F00 on when absolute
 * @status: (out): the answer; a file that is not there is no error
 */
gboolean eonay_card_files_select (EonayCardFiles *self, const guint8 *path, gsize length,
                                  guint16 *status, GError **error);

/**
 * eonay_card_files_read_directory: as far as BER-TLV objects go
 * @content: (out) (nullable) (transfer full): perhaps with the padding that came along; %NULL
 *   when the file cannot be selected, which is no error
 * @status: (out): the answer to the selection
 *
 * Reads until padding, or the end of the file.
 */
gboolean eonay_card_files_read_directory (EonayCardFiles *self, const EonayCardPlace *place,
                                          GBytes **content, guint16 *status, GError **error);

/**
 * eonay_card_files_read_object: one BER-TLV object
 * @content: (out) (nullable) (transfer full): exactly the object; %NULL as above
 * @status: (out): as above
 *
 * Returns: %FALSE, with %EONAY_CARD_ERROR_MALFORMED, if there is none
 */
gboolean eonay_card_files_read_object (EonayCardFiles *self, const EonayCardPlace *place,
                                       GBytes **content, guint16 *status, GError **error);

/**
 * eonay_card_files_may_do_without: for a file that need not be there
 * @why: (inout): why it could not be read; moved to @error if %FALSE
 *
 * Returns: whether the card itself has refused it; not when nothing can be read any more
 */
gboolean eonay_card_files_may_do_without (GError **why, GError **error);

G_END_DECLS
