#include "portal/eonay-answer.h"

#include "portal/eonay-json.h"
#include "portal/eonay-problem.h"

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

static const EonayProblem *
find_problem (EonayAnswer *self)
{
  g_autoptr (JsonObject) object = NULL;
  const char *type;

  if (g_strcmp0 (self->content_type, "application/problem+json") != 0)
    return NULL;

  object = eonay_json_parse_object (self->body, NULL);
  type = object == NULL ? NULL : eonay_json_get_string (object, "type", TYPE_MAX, NULL);

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

static void
set_refusal (EonayAnswer *self, GError **error)
{
  const EonayProblem *problem = find_problem (self);
  g_autofree char *message = NULL;
  EonayPortalError code;

  /* A problem that does not fit its status is not one of the protocol. */
  if (problem != NULL && problem->status != self->status)
    problem = NULL;

  code = problem == NULL ? code_without_problem (self->status) : problem->code;
  message = g_strdup_printf ("The portal answered %u %s", self->status,
                             problem == NULL ? "without a known problem" : problem->word);
  g_propagate_error (error,
                     eonay_portal_error_new_retry_after (code, self->retry_after, message));
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
