#include "session/eonay-deadline.h"

#define START (1000 * G_USEC_PER_SEC)

typedef struct {
  gint64 now;
  EonayClock clock;
  EonayDeadline *deadline;
  guint n_notified;
  guint n_expired;
} Fixture;

static gint64
fake_boottime (gpointer user_data)
{
  return ((Fixture *) user_data)->now;
}

static GDateTime *
fake_realtime (gpointer user_data)
{
  return g_date_time_new_from_unix_utc (1577273222);
}

static void
count_up (guint *count)
{
  (*count)++;
}

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->now = START;
  fixture->clock = (EonayClock){ fake_boottime, fake_realtime, fixture };
  fixture->deadline = eonay_deadline_new (START + 3 * G_USEC_PER_SEC, &fixture->clock);
  g_signal_connect_swapped (fixture->deadline, "notify::seconds-left", G_CALLBACK (count_up),
                            &fixture->n_notified);
  g_signal_connect_swapped (fixture->deadline, "expired", G_CALLBACK (count_up),
                            &fixture->n_expired);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_assert_finalize_object (fixture->deadline);
}

static void
advance (Fixture *fixture, gint64 microseconds)
{
  fixture->now += microseconds;
  eonay_deadline_update (fixture->deadline);
}

static void
test_counts_down (Fixture *fixture, gconstpointer user_data)
{
  g_assert_cmpuint (eonay_deadline_get_seconds_left (fixture->deadline), ==, 3);

  advance (fixture, 1);
  g_assert_cmpuint (eonay_deadline_get_seconds_left (fixture->deadline), ==, 2);
  advance (fixture, G_USEC_PER_SEC - 1);
  g_assert_cmpuint (eonay_deadline_get_seconds_left (fixture->deadline), ==, 2);
  advance (fixture, 1);
  g_assert_cmpuint (eonay_deadline_get_seconds_left (fixture->deadline), ==, 1);
  g_assert_cmpuint (fixture->n_notified, ==, 2);
}

static void
test_expires_once (Fixture *fixture, gconstpointer user_data)
{
  advance (fixture, 3 * G_USEC_PER_SEC - 1);
  g_assert_false (eonay_deadline_is_expired (fixture->deadline));
  g_assert_cmpuint (eonay_deadline_get_seconds_left (fixture->deadline), ==, 0);
  g_assert_cmpuint (fixture->n_expired, ==, 0);

  fixture->now++;
  g_assert_true (eonay_deadline_is_expired (fixture->deadline));
  advance (fixture, 0);
  advance (fixture, G_USEC_PER_SEC);
  g_assert_cmpuint (fixture->n_expired, ==, 1);
  g_assert_cmpuint (eonay_deadline_get_seconds_left (fixture->deadline), ==, 0);
}

static void
test_sleep_counts (Fixture *fixture, gconstpointer user_data)
{
  advance (fixture, 3600 * (gint64) G_USEC_PER_SEC);

  g_assert_cmpuint (fixture->n_notified, ==, 1);
  g_assert_cmpuint (fixture->n_expired, ==, 1);
}

static void
drop (EonayDeadline *deadline, EonayDeadline **owner)
{
  g_clear_object (owner);
}

static void
test_may_go_while_it_expires (void)
{
  Fixture fixture = { .now = START };
  EonayDeadline *deadline;

  fixture.clock = (EonayClock){ fake_boottime, fake_realtime, &fixture };
  deadline = eonay_deadline_new (START + 1, &fixture.clock);
  g_object_add_weak_pointer (G_OBJECT (deadline), (gpointer *) &fixture.deadline);
  fixture.deadline = deadline;
  g_signal_connect (deadline, "expired", G_CALLBACK (drop), &deadline);
  fixture.now += 1;
  eonay_deadline_update (fixture.deadline);

  g_assert_null (deadline);
  g_assert_null (fixture.deadline);
}

typedef struct {
  gint64 expires_at;
  guint ticks;
  GMainLoop *loop;
} Watch;

static void
on_real_tick (EonayDeadline *deadline, GParamSpec *pspec, Watch *watch)
{
  gint64 left = watch->expires_at - eonay_clock_boottime (NULL);

  watch->ticks++;
  /* Never more than there is. */
  g_assert_cmpint (eonay_deadline_get_seconds_left (deadline) * (gint64) G_USEC_PER_SEC, >=,
                   left - (gint64) G_USEC_PER_SEC);
  g_assert_cmpint (eonay_deadline_get_seconds_left (deadline), ==, 0);
}

static void
on_real_expired (EonayDeadline *deadline, Watch *watch)
{
  g_assert_cmpint (eonay_clock_boottime (NULL), >=, watch->expires_at);
  g_main_loop_quit (watch->loop);
}

static void
test_wakes_by_itself (void)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Watch watch = { .loop = loop };
  EonayDeadline *deadline;

  watch.expires_at = eonay_clock_boottime (NULL) + G_USEC_PER_SEC + G_USEC_PER_SEC / 20;
  deadline = eonay_deadline_new (watch.expires_at, NULL);
  g_assert_cmpuint (eonay_deadline_get_seconds_left (deadline), ==, 1);
  g_signal_connect (deadline, "notify::seconds-left", G_CALLBACK (on_real_tick), &watch);
  g_signal_connect (deadline, "expired", G_CALLBACK (on_real_expired), &watch);
  g_main_loop_run (loop);

  g_assert_cmpuint (watch.ticks, ==, 1);
  g_assert_false (g_main_context_pending (NULL));
  g_assert_finalize_object (deadline);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/session/deadline/counts-down", Fixture, NULL, set_up, test_counts_down, tear_down);
  g_test_add ("/session/deadline/expires-once", Fixture, NULL, set_up, test_expires_once,
              tear_down);
  g_test_add ("/session/deadline/sleep-counts", Fixture, NULL, set_up, test_sleep_counts,
              tear_down);
  g_test_add_func ("/session/deadline/may-go-while-it-expires", test_may_go_while_it_expires);
  g_test_add_func ("/session/deadline/wakes-by-itself", test_wakes_by_itself);

  return g_test_run ();
}
