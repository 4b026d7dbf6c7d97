#include "base/eonay-error.h"
#include "card/apdu/eonay-worker.h"
#include "support/test-slots.h"

#define SHORT 50
#define LONG 60000

/* A gate that the worker's thread waits at, and what the test and the thread tell each other. */
typedef struct {
  GMutex lock;
  GCond changed;
  gboolean open;
  guint arrived;
  guint ran;
  guint requests_freed;
  guint results_freed;
} Gate;

static Gate gate;

typedef struct {
  TestSlots *slots;
  EonayWorker *worker;
  guint told_stuck;
  guint told_free;
} Fixture;

typedef struct {
  gboolean done;
  gpointer result;
  GError *error;
  guint requests_freed_before;
} Outcome;

static void
add (guint *counter)
{
  g_mutex_lock (&gate.lock);
  (*counter)++;
  g_cond_broadcast (&gate.changed);
  g_mutex_unlock (&gate.lock);
}

static guint
read_counter (const guint *counter)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&gate.lock);

  return *counter;
}

static void
set_gate (gboolean open)
{
  g_mutex_lock (&gate.lock);
  gate.open = open;
  g_cond_broadcast (&gate.changed);
  g_mutex_unlock (&gate.lock);
}

static void
wait_at_gate (void)
{
  g_mutex_lock (&gate.lock);
  gate.arrived++;
  g_cond_broadcast (&gate.changed);
  while (!gate.open)
    g_cond_wait (&gate.changed, &gate.lock);
  g_mutex_unlock (&gate.lock);
}

static void
wait_for_arrival (guint arrivals)
{
  g_mutex_lock (&gate.lock);
  while (gate.arrived < arrivals)
    g_cond_wait (&gate.changed, &gate.lock);
  g_mutex_unlock (&gate.lock);
}

static gpointer
do_through_gate (EonayTransport *transport, gpointer request, GError **error)
{
  wait_at_gate ();
  add (&gate.ran);

  return g_strdup (request);
}

static gpointer
do_at_once (EonayTransport *transport, gpointer request, GError **error)
{
  add (&gate.ran);

  return g_strdup (request);
}

static gpointer
do_begin (EonayTransport *transport, gpointer request, GError **error)
{
  if (!eonay_transport_connect (transport, error))
    return NULL;
  if (eonay_transport_begin (transport, error))
    eonay_transport_end (transport, EONAY_DISPOSITION_LEAVE, NULL);
  eonay_transport_disconnect (transport, EONAY_DISPOSITION_LEAVE);

  return g_strdup (request);
}

/* As long as three silences, but never silent. */
static gpointer
do_chatter (EonayTransport *transport, gpointer request, GError **error)
{
  guint timeout = GPOINTER_TO_UINT (request);
  guint start = eonay_transport_watch_now ();

  while (eonay_transport_watch_now () - start < 3 * timeout)
    {
      eonay_transport_connect (transport, NULL);
      g_usleep (2000);
    }

  return g_strdup ("chatter");
}

static void
free_request (gpointer request)
{
  g_free (request);
  add (&gate.requests_freed);
}

static void
free_result (gpointer result)
{
  g_free (result);
  add (&gate.results_freed);
}

static void
on_done (gpointer result, const GError *error, gpointer user_data)
{
  Outcome *outcome = user_data;

  g_assert_false (outcome->done);
  outcome->done = TRUE;
  outcome->result = result;
  outcome->error = error != NULL ? g_error_copy (error) : NULL;
  outcome->requests_freed_before = read_counter (&gate.requests_freed);
}

static const EonayWork through_gate = { do_through_gate, free_request, free_result, on_done };
static const EonayWork at_once = { do_at_once, free_request, free_result, on_done };
static const EonayWork beginning = { do_begin, free_request, free_result, on_done };
static const EonayWork chattering = { do_chatter, NULL, free_result, on_done };

static void
outcome_clear (Outcome *outcome)
{
  g_clear_pointer (&outcome->result, g_free);
  g_clear_error (&outcome->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

static void
wait_until_done (const Outcome *outcome)
{
  while (!outcome->done)
    g_main_context_iteration (NULL, TRUE);
}

static void
on_stuck (const GError *error, gpointer user_data)
{
  Fixture *fixture = user_data;

  if (error != NULL)
    fixture->told_stuck++;
  else
    fixture->told_free++;
}

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  gate = (Gate){ 0 };
  fixture->slots = test_slots_new ();
  fixture->worker = eonay_worker_new (
      eonay_slot_source_open (EONAY_SLOT_SOURCE (fixture->slots), "x"), "worker", SHORT);
  eonay_worker_set_stuck_func (fixture->worker, on_stuck, fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  if (fixture->worker != NULL)
    {
      eonay_worker_set_stuck_func (fixture->worker, NULL, NULL);
      eonay_worker_stop (fixture->worker);
    }
  g_clear_pointer (&fixture->worker, eonay_worker_unref);
  while (test_slots_get_transports (fixture->slots) > 0)
    g_thread_yield ();
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (g_steal_pointer (&fixture->slots));
}

static void
test_silent_card_is_given_up (Fixture *fixture, gconstpointer user_data)
{
  g_auto (Outcome) first = { 0 };
  g_auto (Outcome) second = { 0 };
  g_auto (Outcome) third = { 0 };

  eonay_worker_push (fixture->worker, &through_gate, g_strdup ("1"), 0, &first);
  eonay_worker_push (fixture->worker, &at_once, g_strdup ("2"), LONG, &second);
  wait_for_arrival (1);
  wait_until_done (&second);
  g_assert_true (first.done);
  g_assert_error (first.error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_UNRESPONSIVE);
  g_assert_error (second.error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_UNRESPONSIVE);
  g_assert_cmpuint (fixture->told_stuck, ==, 1);
  g_assert_cmpuint (fixture->told_free, ==, 0);

  /* The request that never begins is gone; the other is still in use. */
  g_assert_cmpuint (first.requests_freed_before, ==, 0);
  g_assert_cmpuint (second.requests_freed_before, ==, 1);

  /* Then the stuck call returns: its result is dropped, and the worker works. */
  eonay_worker_push (fixture->worker, &at_once, g_strdup ("3"), LONG, &third);
  set_gate (TRUE);
  wait_until_done (&third);
  g_assert_cmpstr (third.result, ==, "3");
  g_assert_cmpuint (read_counter (&gate.ran), ==, 2);
  g_assert_cmpuint (read_counter (&gate.results_freed), ==, 1);
  g_assert_cmpuint (read_counter (&gate.requests_freed), ==, 3);
  g_assert_cmpuint (fixture->told_free, ==, 1);
}

static void
test_work_that_waits_for_people (Fixture *fixture, gconstpointer user_data)
{
  g_auto (Outcome) patient = { 0 };
  gint64 end = g_get_monotonic_time () + 4 * SHORT * G_TIME_SPAN_MILLISECOND;

  eonay_worker_push (fixture->worker, &through_gate, g_strdup ("1"), LONG, &patient);
  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  g_assert_false (patient.done);
  set_gate (TRUE);
  wait_until_done (&patient);
  g_assert_cmpstr (patient.result, ==, "1");
  g_assert_cmpuint (fixture->told_stuck, ==, 0);
}

static void
test_slow_card_is_not_silent (Fixture *fixture, gconstpointer user_data)
{
  const guint timeout = 500;
  g_auto (Outcome) slow = { 0 };

  eonay_worker_push (fixture->worker, &chattering, GUINT_TO_POINTER (timeout), timeout, &slow);
  wait_until_done (&slow);
  g_assert_no_error (slow.error);
  g_assert_cmpstr (slow.result, ==, "chatter");
}

static void
test_other_program_is_to_blame (Fixture *fixture, gconstpointer user_data)
{
  g_auto (Outcome) waiting = { 0 };
  g_auto (Outcome) next = { 0 };

  test_slots_insert_silently (fixture->slots, "", "3b00");
  test_slots_set_other (fixture->slots, TEST_OTHER_TRANSACTION);
  eonay_worker_push (fixture->worker, &beginning, g_strdup ("1"), 0, &waiting);
  while (!test_slots_is_connected (fixture->slots))
    g_thread_yield ();
  wait_until_done (&waiting);
  g_assert_error (waiting.error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_BUSY);

  test_slots_set_other (fixture->slots, TEST_OTHER_NOTHING);
  while (fixture->told_free == 0)
    g_main_context_iteration (NULL, TRUE);
  eonay_worker_push (fixture->worker, &beginning, g_strdup ("2"), LONG, &next);
  wait_until_done (&next);
  g_assert_cmpstr (next.result, ==, "2");
}

static int
get_timeout (void)
{
  GMainContext *context = g_main_context_default ();
  GPollFD polls[8];
  int priority, timeout;

  g_assert_true (g_main_context_acquire (context));
  g_main_context_prepare (context, &priority);
  g_main_context_query (context, priority, &timeout, polls, G_N_ELEMENTS (polls));
  g_main_context_release (context);

  return timeout;
}

static void
test_sleeps_when_idle (Fixture *fixture, gconstpointer user_data)
{
  g_auto (Outcome) outcome = { 0 };

  g_assert_cmpint (get_timeout (), ==, -1);
  eonay_worker_push (fixture->worker, &through_gate, g_strdup ("1"), LONG, &outcome);
  wait_for_arrival (1);
  g_assert_cmpint (get_timeout (), >, 0);
  set_gate (TRUE);
  wait_until_done (&outcome);
  g_assert_cmpint (get_timeout (), ==, -1);
}

/* Nobody waits for a stuck thread: neither when a reader goes, nor when the program ends. */
static void
test_stuck_worker_can_be_dropped (Fixture *fixture, gconstpointer user_data)
{
  g_auto (Outcome) stuck = { 0 };
  g_auto (Outcome) after = { 0 };

  eonay_worker_push (fixture->worker, &through_gate, g_strdup ("1"), 0, &stuck);
  wait_for_arrival (1);
  eonay_worker_stop (fixture->worker);
  eonay_worker_push (fixture->worker, &at_once, g_strdup ("2"), 0, &after);
  wait_until_done (&after);
  g_assert_error (after.error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_NO_READER);
  eonay_worker_set_stuck_func (fixture->worker, NULL, NULL);
  g_clear_pointer (&fixture->worker, eonay_worker_unref);
  wait_until_done (&stuck);
  g_assert_error (stuck.error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_UNRESPONSIVE);
  set_gate (TRUE);
  while (read_counter (&gate.results_freed) == 0)
    g_main_context_iteration (NULL, TRUE);
}

#define ADD(name_, function_) \
  g_test_add ("/card/worker/" name_, Fixture, NULL, set_up, function_, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("silent-card-is-given-up", test_silent_card_is_given_up);
  ADD ("work-that-waits-for-people", test_work_that_waits_for_people);
  ADD ("slow-card-is-not-silent", test_slow_card_is_not_silent);
  ADD ("other-program-is-to-blame", test_other_program_is_to_blame);
  ADD ("sleeps-when-idle", test_sleeps_when_idle);
  ADD ("stuck-worker-can-be-dropped", test_stuck_worker_can_be_dropped);

  return g_test_run ();
}
