#pragma once

#include "history-fixture.h"
#include "support/session-fixture.h"

G_BEGIN_DECLS

#define PIN "123456"
#define WRONG_PIN "654321"

/* A session on a fixture, with a history in a folder of its own. */
typedef struct {
  SessionFixture *fixture;
  HistoryFixture *files;
  EonayHistory *history;
  EonayPracticeCard *card;
  guint problems;
} Run;

/** Begins, up to the PIN. @path: (nullable): of the history; @fault: (nullable): of the portal */
void run_begin (Run *run, const char *path, const char *fault);

/** Takes the person's own history instead; the test has folders of its own then. */
void run_take_own (Run *run);

/** Signs, and waits for the disk. Returns: (transfer full) (nullable): its error */
GError *run_sign (Run *run, const char *pin);

void run_end (Run *run);

/** Returns: (transfer none): of @entries, which are one */
EonayHistoryEntry *run_only_entry (GPtrArray *entries);

G_END_DECLS
