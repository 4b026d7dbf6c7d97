#include "base/eonay-clock.h"

static gint64
fixed_boottime (gpointer user_data)
{
  return *(gint64 *) user_data;
}

static GDateTime *
fixed_realtime (gpointer user_data)
{
  return g_date_time_new_from_unix_utc (*(gint64 *) user_data / G_USEC_PER_SEC);
}

static void
test_own_clock (void)
{
  gint64 now = 42 * G_USEC_PER_SEC;
  const EonayClock clock = { fixed_boottime, fixed_realtime, &now };
  g_autoptr (GDateTime) wall = eonay_clock_realtime (&clock);

  g_assert_cmpint (eonay_clock_boottime (&clock), ==, now);
  g_assert_cmpint (g_date_time_to_unix (wall), ==, 42);
}

static void
test_system_clock_never_goes_back (void)
{
  gint64 before = eonay_clock_boottime (NULL);
  g_autoptr (GDateTime) wall = eonay_clock_realtime (NULL);

  /* Boot time includes sleep, so it cannot be behind the monotonic clock. */
  g_assert_cmpint (before + G_USEC_PER_SEC, >=, g_get_monotonic_time ());
  g_assert_cmpint (eonay_clock_boottime (NULL), >=, before);
  g_assert_cmpint (ABS (g_date_time_to_unix (wall) - g_get_real_time () / G_USEC_PER_SEC), <=, 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/clock/own-clock", test_own_clock);
  g_test_add_func ("/base/clock/system-clock-never-goes-back", test_system_clock_never_goes_back);

  return g_test_run ();
}
