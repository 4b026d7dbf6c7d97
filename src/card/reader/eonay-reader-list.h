#pragma once

#include <gio/gio.h>

#include "card/reader/eonay-reader.h"

G_BEGIN_DECLS

/**
 * EonayReaderList: a live #GListModel of #EonayReader, kept by the events of one
 * #EonaySlotSource. Properties, with notify: `service-state` (#EonayServiceState), and
 * `allow-experimental` (boolean, can be set): whether cards may be told to sign, or to set a PIN, with
 * commands that are inferred rather than documented. Cards that are in follow it at once. Main thread.
 *
 * The items' own changes are told by their own notify signals; the list emits `items-changed`
 * only for readers that come and go, and its signal `changed` for either.
 */
#define EONAY_TYPE_READER_LIST (eonay_reader_list_get_type ())
G_DECLARE_FINAL_TYPE (EonayReaderList, eonay_reader_list, EONAY, READER_LIST, GObject)

/** Returns: (transfer full): a list that has started @source; it stops it when it goes */
EonayReaderList *eonay_reader_list_new (EonaySlotSource *source);

/** As eonay_reader_list_new(); @cache: (nullable): of cards that were read before */
EonayReaderList *eonay_reader_list_new_with_cache (EonaySlotSource *source, EonayCardCache *cache);

/** Sets `allow-experimental`, of all readers and their tokens too; %FALSE at first; emits `changed`. */
void eonay_reader_list_set_allow_experimental (EonayReaderList *self, gboolean allow);

/** Returns: whether more is being looked for; `changed` tells when that is over */
gboolean eonay_reader_list_is_searching (EonayReaderList *self);

EonayServiceState eonay_reader_list_get_service_state (EonayReaderList *self);

/** For the readers that come from now on: see eonay_reader_new(). */
void eonay_reader_list_set_timeout (EonayReaderList *self, guint timeout);

/* For whoever knows of other readers than the source has, and of other tokens in those. */

/** Returns: (transfer none) (element-type EonayReader) */
GPtrArray *eonay_reader_list_get_readers (EonayReaderList *self);

/** @reader: (transfer none): of eonay_reader_new_lent(); `allow-experimental` becomes the list's */
void eonay_reader_list_add_reader (EonayReaderList *self, EonayReader *reader);
void eonay_reader_list_remove_reader (EonayReaderList *self, EonayReader *reader);

/** Sets what eonay_reader_list_is_searching() says; emits `changed` if that was something else. */
void eonay_reader_list_set_searching (EonayReaderList *self, gboolean searching);

/** Emits `changed`, for what the readers' own notify signals do not tell. */
void eonay_reader_list_emit_changed (EonayReaderList *self);

G_END_DECLS
