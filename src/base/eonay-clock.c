#include "base/eonay-clock.h"

#include <time.h>

static gint64
system_boottime (gpointer user_data)
{
  struct timespec now;

  clock_gettime (CLOCK_BOOTTIME, &now);

  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static GDateTime *
system_realtime (gpointer user_data)
{
  return g_date_time_new_now_local ();
}

const EonayClock *
eonay_clock_get_system (void)
{
  static const EonayClock system_clock = { system_boottime, system_realtime, NULL };

  return &system_clock;
}

gint64
eonay_clock_boottime (const EonayClock *clock)
{
  if (clock == NULL)
    clock = eonay_clock_get_system ();

  return clock->boottime (clock->user_data);
}

GDateTime *
eonay_clock_realtime (const EonayClock *clock)
{
  if (clock == NULL)
    clock = eonay_clock_get_system ();

  return clock->realtime (clock->user_data);
}
