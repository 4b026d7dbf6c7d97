#include "history-run.h"

static void
count_problem (Run *run)
{
  run->problems++;
}

void
run_begin (Run *run, const char *path, const char *fault)
{
  run->card = test_stage_get_card (EONAY_PRACTICE_CARD_VALID);
  run->stage = test_stage_new (run->card);
  run->scene = history_scene_new ();
  run->history = eonay_history_new (path != NULL ? path : run->scene->path);
  run->problems = 0;
  g_signal_connect_swapped (run->history, "notify::problem", G_CALLBACK (count_problem), run);
  eonay_session_set_history (run->stage->session, run->history);
  test_stage_review (run->stage, "e-onay", fault);
  test_stage_ask_pin (run->stage);
}

void
run_take_own (Run *run)
{
  eonay_session_set_history (run->stage->session, NULL);
  g_assert_finalize_object (g_steal_pointer (&run->history));
  run->history = eonay_history_new_for_person ();
  g_signal_connect_swapped (run->history, "notify::problem", G_CALLBACK (count_problem), run);
  eonay_session_set_history (run->stage->session, run->history);
  g_free (run->scene->path);
  run->scene->path = g_strdup (eonay_history_get_path (run->history));
}

GError *
run_sign (Run *run, const char *pin)
{
  GError *error;

  test_stage_sign (run->stage, pin);
  error = test_stage_finish (run->stage);
  g_assert_true (eonay_history_flush (run->history, 10));
  while (g_main_context_iteration (NULL, FALSE))
    ;

  return error;
}

void
run_end (Run *run)
{
  test_stage_free (run->stage);
  g_assert_finalize_object (run->history);
  history_scene_free (run->scene);
}

EonayHistoryEntry *
run_only_entry (GPtrArray *entries)
{
  g_assert_cmpuint (entries->len, ==, 1);

  return entries->pdata[0];
}
