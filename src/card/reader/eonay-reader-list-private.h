#pragma once

#include "card/reader/eonay-reader-list.h"

G_BEGIN_DECLS

/* For #EonayModuleReaders. */

/** Returns: (transfer none) (element-type EonayReader) */
GPtrArray *eonay_reader_list_get_readers (EonayReaderList *self);

/** @reader: (transfer none) */
void eonay_reader_list_add_reader (EonayReaderList *self, EonayReader *reader);
void eonay_reader_list_remove_reader (EonayReaderList *self, EonayReader *reader);

/** Emits `changed`. */
void eonay_reader_list_emit_changed (EonayReaderList *self);

G_END_DECLS
