#include "session/eonay-deadline.h"

#include <glib-unix.h>
#include <sys/timerfd.h>
#include <unistd.h>

struct _EonayDeadline {
  GObject parent_instance;

  gint64 expires_at;
  const EonayClock *clock;
  guint seconds_left;
  gboolean expired;
  int timer;
  guint watch;
};

G_DEFINE_FINAL_TYPE (EonayDeadline, eonay_deadline, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_SECONDS_LEFT,
  N_PROPS
};
enum {
  EXPIRED,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

static void
eonay_deadline_stop (EonayDeadline *self)
{
  g_clear_handle_id (&self->watch, g_source_remove);
  if (self->timer != -1)
    close (self->timer);
  self->timer = -1;
}

static void
eonay_deadline_dispose (GObject *object)
{
  eonay_deadline_stop (EONAY_DEADLINE (object));

  G_OBJECT_CLASS (eonay_deadline_parent_class)->dispose (object);
}

static void
eonay_deadline_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_SECONDS_LEFT:
      g_value_set_uint (value, EONAY_DEADLINE (object)->seconds_left);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
eonay_deadline_class_init (EonayDeadlineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = eonay_deadline_dispose;
  object_class->get_property = eonay_deadline_get_property;

  props[PROP_SECONDS_LEFT] = g_param_spec_uint ("seconds-left", NULL, NULL, 0, G_MAXUINT, 0,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[EXPIRED] = g_signal_new ("expired", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
eonay_deadline_init (EonayDeadline *self)
{
  self->timer = -1;
}

static guint
count_seconds (EonayDeadline *self, gint64 now)
{
  gint64 left = (self->expires_at - now) / G_USEC_PER_SEC;

  return (guint) CLAMP (left, 0, (gint64) G_MAXUINT);
}

static gboolean
on_tick (int timer, GIOCondition condition, gpointer user_data)
{
  EonayDeadline *self = user_data;
  guint64 ticks;

  if (read (timer, &ticks, sizeof ticks) == sizeof ticks)
    eonay_deadline_update (self);

  return G_SOURCE_CONTINUE;
}

static void
start_timer (EonayDeadline *self, gint64 now)
{
  gint64 left = MAX (self->expires_at - now, 0);
  /* One microsecond after the second, as exactly one second left still counts as one. */
  gint64 next = now + left % G_USEC_PER_SEC + 1;
  struct itimerspec spec = {
    .it_value = { next / G_USEC_PER_SEC, next % G_USEC_PER_SEC * 1000 },
    .it_interval = { 1, 0 },
  };

  /* GLib's timers stop while the machine sleeps, and drift. */
  self->timer = timerfd_create (CLOCK_BOOTTIME, TFD_NONBLOCK | TFD_CLOEXEC);
  if (self->timer == -1 || timerfd_settime (self->timer, TFD_TIMER_ABSTIME, &spec, NULL) == -1)
    g_error ("No timer: %s", g_strerror (errno));

  self->watch = g_unix_fd_add (self->timer, G_IO_IN, on_tick, self);
}

EonayDeadline *
eonay_deadline_new (gint64 expires_at, const EonayClock *clock)
{
  EonayDeadline *self = g_object_new (EONAY_TYPE_DEADLINE, NULL);
  gint64 now = eonay_clock_boottime (clock);

  self->expires_at = expires_at;
  self->clock = clock;
  self->seconds_left = count_seconds (self, now);
  if (clock == NULL || clock == eonay_clock_get_system ())
    start_timer (self, now);

  return self;
}

guint
eonay_deadline_get_seconds_left (EonayDeadline *self)
{
  g_return_val_if_fail (EONAY_IS_DEADLINE (self), 0);

  return self->seconds_left;
}

gboolean
eonay_deadline_is_expired (EonayDeadline *self)
{
  g_return_val_if_fail (EONAY_IS_DEADLINE (self), TRUE);

  return self->expired || eonay_clock_boottime (self->clock) >= self->expires_at;
}

void
eonay_deadline_update (EonayDeadline *self)
{
  g_autoptr (EonayDeadline) keep = NULL;
  gint64 now;
  guint seconds_left;

  g_return_if_fail (EONAY_IS_DEADLINE (self));

  keep = g_object_ref (self);
  now = eonay_clock_boottime (self->clock);
  seconds_left = self->expired ? 0 : count_seconds (self, now);
  if (seconds_left != self->seconds_left)
    {
      self->seconds_left = seconds_left;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SECONDS_LEFT]);
    }

  if (!self->expired && now >= self->expires_at)
    {
      self->expired = TRUE;
      eonay_deadline_stop (self);
      g_signal_emit (self, signals[EXPIRED], 0);
    }
}
