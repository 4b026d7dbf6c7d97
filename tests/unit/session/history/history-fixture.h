#pragma once

#include "session/history/eonay-history-file.h"

G_BEGIN_DECLS

/* A folder for a history, and entries to put into it. */
typedef struct {
  char *folder; /* there */
  char *path;   /* in a folder of its own that is not there yet */
} HistoryFixture;

HistoryFixture *history_fixture_new (void);

/** Removes the folder with all that is in it. */
void history_fixture_free (HistoryFixture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HistoryFixture, history_fixture_free)

/** Returns: (transfer full): @n documents of batch @name, begun at @time */
GPtrArray *history_fixture_new_batch (const char *name, guint n, gint64 time);

/** Opens, and puts @batch with @outcome. */
void history_fixture_put (HistoryFixture *self, GPtrArray *batch, EonayHistoryOutcome outcome);

/** Returns: (transfer full): what a program that starts now finds, newest first */
GPtrArray *history_fixture_list (HistoryFixture *self);

/** Returns: (transfer full): the file's bytes */
GBytes *history_fixture_read (const char *path);

/** Returns: whether @bytes have @text in them */
gboolean history_fixture_has (GBytes *bytes, const char *text);

/** Returns: (transfer full) (nullable): the path of a file in the folder that is aside */
char *history_fixture_find_aside (HistoryFixture *self);

/** Has a database at the path, made if there is none, do @sql. */
void history_fixture_execute (HistoryFixture *self, const char *sql);

G_END_DECLS
