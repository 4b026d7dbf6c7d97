#pragma once

#include "session/history/eonay-history-file.h"

G_BEGIN_DECLS

/* A folder for a history, and entries to put into it. */
typedef struct {
  char *folder; /* there */
  char *path;   /* in a folder of its own that is not there yet */
} HistoryScene;

HistoryScene *history_scene_new (void);

/** Removes the folder with all that is in it. */
void history_scene_free (HistoryScene *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HistoryScene, history_scene_free)

/** Returns: (transfer full): @n documents of batch @name, begun at @time */
GPtrArray *history_scene_new_batch (const char *name, guint n, gint64 time);

/** Opens, and puts @batch with @outcome. */
void history_scene_put (HistoryScene *self, GPtrArray *batch, EonayHistoryOutcome outcome);

/** Returns: (transfer full): what a program that starts now finds, newest first */
GPtrArray *history_scene_list (HistoryScene *self);

/** Returns: (transfer full): the file's bytes */
GBytes *history_scene_read (const char *path);

/** Returns: whether @bytes have @text in them */
gboolean history_scene_has (GBytes *bytes, const char *text);

/** Returns: (transfer full) (nullable): the path of a file in the folder that is aside */
char *history_scene_find_aside (HistoryScene *self);

/** Has a database at the path, made if there is none, do @sql. */
void history_scene_execute (HistoryScene *self, const char *sql);

G_END_DECLS
