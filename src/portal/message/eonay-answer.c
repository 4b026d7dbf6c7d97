#include "portal/message/eonay-answer.h"

#include "portal/message/eonay-json.h"
#include "portal/message/eonay-problem.h"

#define TYPE_MAX 512

void
eonay_answer_free (EonayAnswer *self)
{
  if (self == NULL)
    return;

  g_free (self->content_type);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}

static int
retry_after_of (SoupMessageHeaders *headers, const EonayClock *clock)
{
  const char *text = soup_message_headers_get_one (headers, "Retry-After");
  g_autoptr (GDateTime) time = NULL;
  g_autoptr (GDateTime) now = NULL;
  guint64 seconds;

  if (text == NULL)
    return -1;
  if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT, &seconds, NULL))
    return (int) seconds;

  time = soup_date_time_new_from_http_string (text);
  if (time == NULL)
    return -1;

  now = eonay_clock_realtime (clock);

  return (int) CLAMP (g_date_time_difference (time, now) / G_USEC_PER_SEC, 0, G_MAXINT);
}

void
eonay_answer_take_head (EonayAnswer *self, SoupMessage *message, const EonayClock *clock)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  const char *cache = soup_message_headers_get_list (headers, "Cache-Control");

  self->status = soup_message_get_status (message);
  self->content_type = g_strdup (soup_message_headers_get_content_type (headers, NULL));
  self->retry_after = retry_after_of (headers, clock);
  self->no_store = cache != NULL && soup_header_contains (cache, "no-store");
}

static const EonayProblem *
find_problem (EonayAnswer *self, int *tries_left)
{
  g_autoptr (JsonObject) object = NULL;
  const char *type;
  gint64 attempts;

  if (g_strcmp0 (self->content_type, "application/problem+json") != 0)
    return NULL;

  object = eonay_json_parse_object (self->body, NULL);
  type = object == NULL ? NULL : eonay_json_get_string (object, "type", TYPE_MAX, NULL);
  /* A number that the protocol does not allow is ignored: the type suffices. */
  if (type != NULL &&
      eonay_json_get_integer (object, "attempts_left", 0, EONAY_ATTEMPTS_MAX, &attempts, NULL))
    *tries_left = (int) attempts;

  return type == NULL ? NULL : eonay_problem_find (type);
}

static EonayPortalError
code_without_problem (guint status)
{
  if (status >= 500)
    return EONAY_PORTAL_ERROR_UNAVAILABLE;
  if (status == 429)
    return EONAY_PORTAL_ERROR_TOO_MANY_REQUESTS;
  if (status >= 400)
    return EONAY_PORTAL_ERROR_REFUSED;

  return EONAY_PORTAL_ERROR_MALFORMED;
}

static EonayPortalError
code_of_problem (const EonayProblem *problem, int tries_left)
{
  /* A wrong word or code without tries left ends the transaction, whatever its problem type. */
  if (tries_left == 0 && (problem->code == EONAY_PORTAL_ERROR_SECURITY_WORD_WRONG ||
                          problem->code == EONAY_PORTAL_ERROR_SMS_CODE_WRONG))
    return EONAY_PORTAL_ERROR_ATTEMPTS_EXHAUSTED;

  return problem->code;
}

static void
set_refusal (EonayAnswer *self, GError **error)
{
  int tries_left = -1;
  const EonayProblem *problem = find_problem (self, &tries_left);
  g_autofree char *message = NULL;
  EonayPortalError code;
  GError *refusal;

  /* A problem that does not match its status is not one of the protocol. */
  if (problem != NULL && problem->status != self->status)
    problem = NULL;

  code = problem == NULL ? code_without_problem (self->status)
                         : code_of_problem (problem, tries_left);
  message = g_strdup_printf ("The portal answered %u %s", self->status,
                             problem == NULL ? "without a known problem" : problem->word);
  refusal = eonay_portal_error_new_retry_after (code, self->retry_after, message);
  if (problem != NULL)
    eonay_portal_error_set_tries_left (refusal, tries_left);
  g_propagate_error (error, refusal);
}

gboolean
eonay_answer_check (EonayAnswer *self, const char *content_type, GError **error)
{
  if (self->status != 200)
    {
      set_refusal (self, error);
      return FALSE;
    }

  if (content_type != NULL && g_strcmp0 (self->content_type, content_type) != 0)
    {
      g_set_error (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_MALFORMED,
                   "The portal's answer is not %s", content_type);
      return FALSE;
    }

  return TRUE;
}

JsonObject *
eonay_answer_get_object (EonayAnswer *self, GError **error)
{
  if (!eonay_answer_check (self, "application/json", error))
    return NULL;

  return eonay_json_parse_object (self->body, error);
}
