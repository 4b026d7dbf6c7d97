#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Maximum number of wrong codes per client, and the period. */
#define EONAY_PRACTICE_WRONG_CODES_MAX 10
#define EONAY_PRACTICE_WRONG_CODES_SECONDS 60

/** EonayPracticeLimit: counts the wrong codes of each client, by its address. */
typedef struct _EonayPracticeLimit EonayPracticeLimit;

EonayPracticeLimit *eonay_practice_limit_new (void);
void eonay_practice_limit_free (EonayPracticeLimit *self);

/** @now: CLOCK_BOOTTIME, microseconds */
void eonay_practice_limit_count (EonayPracticeLimit *self, const char *client, gint64 now);

/** Returns: seconds that @client has to wait; 0 if it need not */
guint eonay_practice_limit_get_wait (EonayPracticeLimit *self, const char *client, gint64 now);

G_END_DECLS
