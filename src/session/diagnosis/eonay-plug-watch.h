#pragma once

#include "card/reader/eonay-reader-list.h"

G_BEGIN_DECLS

/**
 * EonayPlugWatch: reports that cards or readers were added or removed, once there was no change for
 * some time. Changes of a card that stays inserted, such as rereading it, are not reported. Main
 * thread.
 */
typedef struct _EonayPlugWatch EonayPlugWatch;

/**
 * eonay_plug_watch_new:
 * @readers: only those of the PC/SC service count; those of modules depend on them
 * @calm: milliseconds
 * @changed: called with @user_data
 */
EonayPlugWatch *eonay_plug_watch_new (EonayReaderList *readers, guint calm,
                                      void (*changed) (gpointer user_data), gpointer user_data);

void eonay_plug_watch_free (EonayPlugWatch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayPlugWatch, eonay_plug_watch_free)

G_END_DECLS
