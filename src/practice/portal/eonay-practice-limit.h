#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** How many wrong codes a client may try in how long. */
#define EONAY_PRACTICE_WRONG_CODES_MAX 10
#define EONAY_PRACTICE_WRONG_CODES_SECONDS 60

/** EonayPracticeLimit: the wrong codes of each client, by its address. */
typedef struct _EonayPracticeLimit EonayPracticeLimit;

EonayPracticeLimit *eonay_practice_limit_new (void);
void eonay_practice_limit_free (EonayPracticeLimit *self);

/** @now: CLOCK_BOOTTIME, microseconds */
void eonay_practice_limit_count (EonayPracticeLimit *self, const char *client, gint64 now);

/** Returns: seconds that @client has to wait; 0 if it may ask at once */
guint eonay_practice_limit_get_wait (EonayPracticeLimit *self, const char *client, gint64 now);

G_END_DECLS
