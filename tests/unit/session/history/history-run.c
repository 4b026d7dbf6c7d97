#include "history-run.h"

static void
count_problem (Run *run)
{
  run->problems++;
}

void
run_begin (Run *run, const char *path, const char *fault)
{
  run->card = session_fixture_get_card (EONAY_PRACTICE_CARD_VALID);
  run->fixture = session_fixture_new (run->card);
  run->files = history_fixture_new ();
  run->history = eonay_history_new (path != NULL ? path : run->files->path);
  run->problems = 0;
  g_signal_connect_swapped (run->history, "notify::problem", G_CALLBACK (count_problem), run);
  eonay_session_set_history (run->fixture->session, run->history);
  session_fixture_review (run->fixture, "e-onay", fault);
  session_fixture_ask_pin (run->fixture);
}

void
run_take_own (Run *run)
{
  eonay_session_set_history (run->fixture->session, NULL);
  g_assert_finalize_object (g_steal_pointer (&run->history));
  run->history = eonay_history_new_for_person ();
  g_signal_connect_swapped (run->history, "notify::problem", G_CALLBACK (count_problem), run);
  eonay_session_set_history (run->fixture->session, run->history);
  g_free (run->files->path);
  run->files->path = g_strdup (eonay_history_get_path (run->history));
}

GError *
run_sign (Run *run, const char *pin)
{
  GError *error;

  session_fixture_sign (run->fixture, pin);
  error = session_fixture_finish (run->fixture);
  g_assert_true (eonay_history_flush (run->history, 10));
  while (g_main_context_iteration (NULL, FALSE))
    ;

  return error;
}

void
run_end (Run *run)
{
  session_fixture_free (run->fixture);
  g_assert_finalize_object (run->history);
  history_fixture_free (run->files);
}

EonayHistoryEntry *
run_only_entry (GPtrArray *entries)
{
  g_assert_cmpuint (entries->len, ==, 1);

  return entries->pdata[0];
}
