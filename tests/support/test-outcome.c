#include "test-outcome.h"

#include "test-transcripts.h"

void
test_outcome_clear (TestOutcome *self)
{
  g_clear_pointer (&self->signatures, g_ptr_array_unref);
  g_clear_error (&self->error);
  self->done = FALSE;
}

void
test_outcome_wait (TestOutcome *self)
{
  while (!self->done)
    g_main_context_iteration (NULL, TRUE);
}

void
test_outcome_assert_signature (const TestOutcome *self, const char *starts_with)
{
  g_autoptr (GBytes) expected = test_from_hex (starts_with);
  GBytes *signature;

  g_assert_no_error (self->error);
  g_assert_cmpuint (self->signatures->len, ==, 1);
  signature = g_ptr_array_index (self->signatures, 0);
  g_assert_cmpuint (g_bytes_get_size (signature), >, g_bytes_get_size (expected));
  g_assert_cmpmem (g_bytes_get_data (signature, NULL), g_bytes_get_size (expected),
                   g_bytes_get_data (expected, NULL), g_bytes_get_size (expected));
}

void
test_outcome_take_signatures (GObject *token, GAsyncResult *result, gpointer outcome)
{
  TestOutcome *self = outcome;

  self->signatures = eonay_token_sign_finish (EONAY_TOKEN (token), result, &self->error);
  self->done = TRUE;
}

void
test_outcome_take_result (GObject *token, GAsyncResult *result, gpointer outcome)
{
  TestOutcome *self = outcome;

  eonay_token_request_finish (EONAY_TOKEN (token), result, &self->error);
  self->done = TRUE;
}
