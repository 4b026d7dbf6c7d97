#include "portal/eonay-portal-private.h"

#include "base/eonay-error.h"
#include "eonay-config.h"
#include "portal/message/eonay-json.h"

#define SOCKET_TIMEOUT_SECONDS 20

struct _EonayPortal {
  GObject parent_instance;
  EonayPortalProfile *profile;
  const EonayClock *clock;
  EonayPortalTiming timing;
  GUri *base;
  SoupSession *session;
};

G_DEFINE_FINAL_TYPE (EonayPortal, eonay_portal, G_TYPE_OBJECT)

void
eonay_receipt_free (EonayReceipt *self)
{
  if (self == NULL)
    return;

  g_free (self->message);
  g_free (self->receipt);
  g_free (self);
}

static void
eonay_portal_dispose (GObject *object)
{
  EonayPortal *self = EONAY_PORTAL (object);

  if (self->session != NULL)
    soup_session_abort (self->session);
  g_clear_object (&self->session);
  g_clear_object (&self->profile);
  g_clear_pointer (&self->base, g_uri_unref);
  G_OBJECT_CLASS (eonay_portal_parent_class)->dispose (object);
}

static void
eonay_portal_class_init (EonayPortalClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = eonay_portal_dispose;
}

static void
eonay_portal_init (EonayPortal *self)
{
  const EonayPortalTiming timing = {
    .timeout = 20000,
    .first_wait = 500,
    .longest_wait = 8000,
    .retry_after_unit = 1000,
  };

  self->timing = timing;
}

static SoupSession *
create_session (GTlsDatabase *trusted)
{
  SoupSession *session = soup_session_new_with_options (
      "user-agent", "Eonay/" EONAY_VERSION, "timeout", SOCKET_TIMEOUT_SECONDS, "idle-timeout",
      SOCKET_TIMEOUT_SECONDS, NULL);

  if (trusted != NULL)
    soup_session_set_tls_database (session, trusted);
  /* Without a decoder nothing small can unpack to something huge. */
  soup_session_remove_feature_by_type (session, SOUP_TYPE_CONTENT_DECODER);

  return session;
}

static SoupSession *
create_pinned_session (EonayPortalProfile *profile)
{
  const char *ca_file = eonay_portal_profile_get_ca_file (profile);
  g_autoptr (GTlsDatabase) pinned = NULL;
  g_autoptr (GError) error = NULL;

  if (ca_file != NULL)
    {
      pinned = g_tls_file_database_new (ca_file, &error);
      if (pinned == NULL)
        {
          g_warning ("Cannot use the CA file of portal %s: %s",
                     eonay_portal_profile_get_id (profile), error->message);
          return NULL;
        }
    }

  return create_session (pinned);
}

EonayPortal *
eonay_portal_new (EonayPortalProfile *profile, const EonayClock *clock)
{
  EonayPortal *self;

  g_return_val_if_fail (EONAY_IS_PORTAL_PROFILE (profile), NULL);

  self = g_object_new (EONAY_TYPE_PORTAL, NULL);
  self->profile = g_object_ref (profile);
  self->clock = clock;
  self->base = g_uri_parse (eonay_portal_profile_get_base_url (profile), SOUP_HTTP_URI_FLAGS, NULL);
  self->session = create_pinned_session (profile);

  return self;
}

EonayPortalProfile *
eonay_portal_get_profile (EonayPortal *self)
{
  g_return_val_if_fail (EONAY_IS_PORTAL (self), NULL);

  return self->profile;
}

const EonayClock *
eonay_portal_get_clock (EonayPortal *self)
{
  return self->clock;
}

SoupSession *
eonay_portal_get_session (EonayPortal *self)
{
  return self->session;
}

void
eonay_portal_set_timing (EonayPortal *self, const EonayPortalTiming *timing)
{
  self->timing = *timing;
}

const EonayPortalTiming *
eonay_portal_get_timing (EonayPortal *self)
{
  return &self->timing;
}

static void
exchange (EonayPortal *self, const char *path, EonayRequest *request, GTask *task,
          GAsyncReadyCallback callback)
{
  g_autoptr (GUri) uri = g_uri_parse_relative (self->base, path, SOUP_HTTP_URI_FLAGS, NULL);
  g_autoptr (SoupSession) session = NULL;

  if (self->session != NULL)
    session = request->secret ? create_session (soup_session_get_tls_database (self->session))
                              : g_object_ref (self->session);
  if (session == NULL || uri == NULL)
    {
      g_task_return_new_error (task, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_PROFILE,
                               "The profile's CA file or address cannot be used");
      return;
    }

  request->uri = uri;
  request->timeout = self->timing.timeout;
  eonay_exchange_async (session, self->clock, request, g_task_get_cancellable (task), callback,
                        g_object_ref (task));
}

static void
on_posted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  EonayAnswer *answer = eonay_exchange_finish (result, &error);

  if (answer == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, answer, (GDestroyNotify) eonay_answer_free);
}

void
eonay_portal_post_async (EonayPortal *self, const char *path, GBytes *body,
                         const char *idempotency_key, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  EonayRequest request = {
    .method = "POST",
    .body = body,
    .idempotency_key = idempotency_key,
    .cap = EONAY_JSON_MAX,
  };

  g_task_set_source_tag (task, eonay_portal_post_async);
  exchange (self, path, &request, task, on_posted);
}

void
eonay_portal_post_secret_async (EonayPortal *self, const char *path, GBytes *body,
                                const char *idempotency_key, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  EonayRequest request = {
    .method = "POST",
    .body = body,
    .idempotency_key = idempotency_key,
    .cap = EONAY_JSON_MAX,
    .secret = TRUE,
  };

  g_task_set_source_tag (task, eonay_portal_post_secret_async);
  exchange (self, path, &request, task, on_posted);
}

EonayAnswer *
eonay_portal_post_finish (EonayPortal *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_fetched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  EonayDocument *document = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (EonayAnswer) answer = eonay_exchange_finish (result, &error);

  if (answer == NULL || !eonay_answer_check (answer, NULL, &error) ||
      !eonay_document_set_content (document, answer->body, &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

void
eonay_portal_fetch_async (EonayPortal *self, EonayTransaction *transaction, EonayDocument *document,
                          GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *path = g_strdup_printf ("v1/transactions/%s/%s",
                                           eonay_transaction_get_id (transaction),
                                           eonay_document_get_href (document));
  EonayRequest request = {
    .method = "GET",
    .cap = MAX (eonay_document_get_size (document), EONAY_JSON_MAX),
    .deadline = eonay_transaction_get_expires_at (transaction),
  };

  g_task_set_source_tag (task, eonay_portal_fetch_async);
  g_task_set_task_data (task, g_object_ref (document), g_object_unref);
  exchange (self, path, &request, task, on_fetched);
}

gboolean
eonay_portal_fetch_finish (EonayPortal *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
