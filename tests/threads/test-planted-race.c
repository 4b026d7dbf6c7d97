#include <glib.h>
#include <sanitizer/tsan_interface.h>

/*
 * ThreadSanitizer's own test: that it sees a race between threads that meet as the card room's do,
 * and that it takes a proper hand-over for what it is.
 */

static int reports;

void __tsan_on_report (void *report);
const char *__tsan_default_options (void);

void
__tsan_on_report (void *report)
{
  g_atomic_int_inc (&reports);
}

/* The planted race must not be this program's failure. */
const char *
__tsan_default_options (void)
{
  return "exitcode=0:report_mutex_bugs=0";
}

typedef struct {
  GAsyncQueue *queue;
  GMutex lock;
  GCond done;
  gboolean is_done;
  int handed_over;
  int locked;
  int shared;
  gboolean with_race;
} World;

static gpointer
run (gpointer user_data)
{
  World *world = user_data;
  int *item = g_async_queue_pop (world->queue);

  g_assert_cmpint (*item, ==, 1);
  (*item)++;
  if (world->with_race)
    world->shared++;
  g_mutex_lock (&world->lock);
  world->locked++;
  world->is_done = TRUE;
  g_cond_signal (&world->done);
  g_mutex_unlock (&world->lock);

  return NULL;
}

static int
count_reports (gboolean with_race)
{
  World world = { .queue = g_async_queue_new (), .with_race = with_race };
  int before = g_atomic_int_get (&reports);
  GThread *thread;

  g_mutex_init (&world.lock);
  g_cond_init (&world.done);
  thread = g_thread_new ("other", run, &world);
  world.handed_over = 1;
  g_async_queue_push (world.queue, &world.handed_over);

  /* After the push: nothing orders this and what the other thread does. */
  if (with_race)
    world.shared++;
  g_mutex_lock (&world.lock);
  world.locked++;
  while (!world.is_done)
    g_cond_wait (&world.done, &world.lock);
  g_mutex_unlock (&world.lock);
  g_assert_cmpint (world.handed_over, ==, 2);
  g_assert_cmpint (world.locked, ==, 2);
  g_thread_join (thread);
  g_async_queue_unref (world.queue);
  g_mutex_clear (&world.lock);
  g_cond_clear (&world.done);

  return g_atomic_int_get (&reports) - before;
}

static void
test_hand_over (void)
{
  g_assert_cmpint (count_reports (FALSE), ==, 0);
}

static void
test_race (void)
{
  g_assert_cmpint (count_reports (TRUE), >, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/threads/hand-over", test_hand_over);
  g_test_add_func ("/threads/planted-race", test_race);

  return g_test_run ();
}
