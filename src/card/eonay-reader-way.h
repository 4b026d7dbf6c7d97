#pragma once

#include "card/eonay-reader.h"

G_BEGIN_DECLS

/*
 * Which way to the card in a reader (card/eonay-card-way.h), from what the reader, the person's
 * options and the memory of earlier signatures say. Main thread.
 */

/** Returns: whether there is a card that modules have to be asked about */
gboolean eonay_reader_way_wants_module (EonayReader *reader);

/** Returns: whether the module at @path, which has the card, is the way to it */
gboolean eonay_reader_way_is_module (EonayReader *reader, const char *path);

/**
 * Returns: (transfer full): names of those of @readers (element-type EonayReader) whose cards
 *   modules need not touch, cut as CK_SLOT_INFO would cut them
 */
char **eonay_reader_way_list_served (GPtrArray *readers);

G_END_DECLS
