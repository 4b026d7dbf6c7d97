#pragma once

#include "card/token/eonay-token.h"

G_BEGIN_DECLS

/** TestOutcome: what came of a request to a token. */
typedef struct {
  gboolean done;
  GPtrArray *signatures;
  GError *error;
} TestOutcome;

/** Makes it ready for the next request. */
void test_outcome_clear (TestOutcome *self);
void test_outcome_wait (TestOutcome *self);
void test_outcome_assert_signature (const TestOutcome *self, const char *starts_with);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TestOutcome, test_outcome_clear)

/** Callbacks, with a #TestOutcome: of signing, and of any other request. */
void test_outcome_take_signatures (GObject *token, GAsyncResult *result, gpointer outcome);
void test_outcome_take_result (GObject *token, GAsyncResult *result, gpointer outcome);

G_END_DECLS
