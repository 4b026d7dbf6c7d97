#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "base/eonay-clock.h"

G_BEGIN_DECLS

/**
 * EonayAnswer: the answer to one request.
 *
 * @status: HTTP status
 * @content_type: (nullable): without its parameters
 * @retry_after: seconds; -1 without a Retry-After header
 * @no_store: whether Cache-Control has no-store
 * @left_at: CLOCK_BOOTTIME, microseconds: when the request was sent
 * @body: within the request's limit
 */
typedef struct {
  guint status;
  char *content_type;
  int retry_after;
  gboolean no_store;
  gint64 left_at;
  GBytes *body;
} EonayAnswer;

void eonay_answer_free (EonayAnswer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayAnswer, eonay_answer_free)

/** Sets the status and the members taken from the headers of @message. */
void eonay_answer_take_head (EonayAnswer *self, SoupMessage *message, const EonayClock *clock);

/**
 * eonay_answer_check:
 * @content_type: (nullable): the required content type
 *
 * Returns: whether it is a 200 of @content_type; else a #EonayPortalError made of the status, the
 *   problem type, Retry-After and attempts_left. The problem's texts are not copied to the message:
 *   they may name a person.
 */
gboolean eonay_answer_check (EonayAnswer *self, const char *content_type, GError **error);

/** Returns: (transfer full): the object of a 200 in JSON, else as eonay_answer_check() */
JsonObject *eonay_answer_get_object (EonayAnswer *self, GError **error);

G_END_DECLS
