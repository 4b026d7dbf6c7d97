#pragma once

#include "card/reader/eonay-reader-list.h"

G_BEGIN_DECLS

/**
 * EonayPlugWatch: tells when a card or a reader has come or gone, once nothing has for a moment.
 * What only happens to a card that stays in, such as being read again, is not told. Main thread.
 */
typedef struct _EonayPlugWatch EonayPlugWatch;

/**
 * eonay_plug_watch_new:
 * @readers: those of the PC/SC service count; what modules show comes and goes with them
 * @calm: milliseconds
 * @changed: called with @user_data
 */
EonayPlugWatch *eonay_plug_watch_new (EonayReaderList *readers, guint calm,
                                      void (*changed) (gpointer user_data), gpointer user_data);

void eonay_plug_watch_free (EonayPlugWatch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayPlugWatch, eonay_plug_watch_free)

G_END_DECLS
