#include "practice/portal/eonay-practice-limit.h"

#define WINDOW (EONAY_PRACTICE_WRONG_CODES_SECONDS * G_USEC_PER_SEC)

struct _EonayPracticeLimit {
  GHashTable *clients; /* char * → GArray of gint64, oldest first */
};

EonayPracticeLimit *
eonay_practice_limit_new (void)
{
  EonayPracticeLimit *self = g_new0 (EonayPracticeLimit, 1);

  self->clients = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                         (GDestroyNotify) g_array_unref);

  return self;
}

void
eonay_practice_limit_free (EonayPracticeLimit *self)
{
  g_hash_table_unref (self->clients);
  g_free (self);
}

static GArray *
get_recent (EonayPracticeLimit *self, const char *client, gint64 now)
{
  GArray *times = g_hash_table_lookup (self->clients, client);

  if (times == NULL)
    {
      times = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_hash_table_insert (self->clients, g_strdup (client), times);
    }

  while (times->len > 0 && g_array_index (times, gint64, 0) <= now - WINDOW)
    g_array_remove_index (times, 0);

  return times;
}

void
eonay_practice_limit_count (EonayPracticeLimit *self, const char *client, gint64 now)
{
  GArray *times = get_recent (self, client, now);

  g_array_append_val (times, now);
}

guint
eonay_practice_limit_get_wait (EonayPracticeLimit *self, const char *client, gint64 now)
{
  GArray *times = get_recent (self, client, now);
  gint64 left;

  if (times->len < EONAY_PRACTICE_WRONG_CODES_MAX)
    return 0;

  left = g_array_index (times, gint64, 0) + WINDOW - now;

  return (guint) ((left + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
}
