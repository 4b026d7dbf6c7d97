#include "practice/portal/eonay-practice-portal.h"

#include <fcntl.h>
#include <glib/gstdio.h>

#include "practice/portal/eonay-practice-portal-private.h"
#include "practice/portal/eonay-practice-reply.h"
#include "practice/portal/eonay-practice-tls.h"

#define TLS_DAYS 365L
#define DAY 86400L

struct _EonayPracticePortal {
  GObject parent_instance;
  const EonayClock *clock;
  EonayTrust *trust;
  EonayPracticeLimit *limit;
  SoupServer *server;
  char *base_url;
  char *tls_ca_file;
  GHashTable *by_id; /* owns the transactions */
  GHashTable *by_code;
  EonayPracticeTransaction *last_unblock; /* in by_id; nullable */
  char *usual_card_serial;
  char *usual_puk;
  char *usual_security_word;
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (EonayPracticePortal, eonay_practice_portal, G_TYPE_OBJECT)

static void
eonay_practice_portal_finalize (GObject *object)
{
  EonayPracticePortal *self = EONAY_PRACTICE_PORTAL (object);

  eonay_practice_portal_stop (self);
  g_clear_object (&self->trust);
  g_clear_pointer (&self->limit, eonay_practice_limit_free);
  g_free (self->base_url);
  g_free (self->tls_ca_file);
  g_free (self->usual_card_serial);
  g_free (self->usual_puk);
  g_free (self->usual_security_word);
  g_clear_pointer (&self->by_code, g_hash_table_unref);
  g_clear_pointer (&self->by_id, g_hash_table_unref);
  G_OBJECT_CLASS (eonay_practice_portal_parent_class)->finalize (object);
}

static void
eonay_practice_portal_class_init (EonayPracticePortalClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = eonay_practice_portal_finalize;

  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
eonay_practice_portal_init (EonayPracticePortal *self)
{
  self->trust = eonay_trust_new ();
  self->limit = eonay_practice_limit_new ();
  self->by_id = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                       (GDestroyNotify) eonay_practice_transaction_free);
  self->by_code = g_hash_table_new (g_str_hash, g_str_equal);
}

EonayPracticePortal *
eonay_practice_portal_new (const EonayClock *clock)
{
  EonayPracticePortal *self = g_object_new (EONAY_TYPE_PRACTICE_PORTAL, NULL);

  self->clock = clock;

  return self;
}

gboolean
eonay_practice_portal_trust (EonayPracticePortal *self, const char *pem, GError **error)
{
  g_return_val_if_fail (EONAY_IS_PRACTICE_PORTAL (self), FALSE);

  return eonay_trust_add_pem (self->trust, pem, -1, error);
}

static void
on_request_head (SoupServer *server, SoupServerMessage *message, const char *path,
                 GHashTable *query, gpointer user_data)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  if (soup_message_headers_get_content_length (headers) > EONAY_PRACTICE_REQUEST_MAX)
    eonay_practice_reply_status (message, 413, "DENEME: İstek çok büyük.");
}

static void
on_request (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query,
            gpointer user_data)
{
  eonay_practice_portal_answer (user_data, message, path);
}

static gboolean
listen_on_loopback (SoupServer *server, guint port, GError **error)
{
  g_autoptr (GError) cause = NULL;

  if (soup_server_listen_local (server, port, SOUP_SERVER_LISTEN_HTTPS, &cause))
    return TRUE;

  /* Without IPv6 the machine may refuse ::1 with an error that makes libsoup fail. */
  g_debug ("Listening on IPv4 only: %s", cause->message);

  return soup_server_listen_local (server, port,
                                   SOUP_SERVER_LISTEN_HTTPS | SOUP_SERVER_LISTEN_IPV4_ONLY, error);
}

static char *
find_base_url (SoupServer *server)
{
  GSList *uris = soup_server_get_uris (server);
  char *url = g_strdup_printf ("https://localhost:%d/", g_uri_get_port (uris->data));

  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  return url;
}

gboolean
eonay_practice_portal_start (EonayPracticePortal *self, guint16 port, const char *ca_folder,
                             GError **error)
{
  g_autoptr (EonayPracticeTls) tls = NULL;
  g_autoptr (SoupServer) server = NULL;
  g_autofree char *folder = g_canonicalize_filename (ca_folder, NULL);
  g_autofree char *ca_file = g_build_filename (folder, "tls-ca.pem", NULL);

  g_return_val_if_fail (EONAY_IS_PRACTICE_PORTAL (self), FALSE);
  g_return_val_if_fail (self->server == NULL, FALSE);

  tls = eonay_practice_tls_new ("localhost", -DAY, TLS_DAYS * DAY, error);
  if (tls == NULL)
    return FALSE;

  server = soup_server_new ("tls-certificate", tls->certificate, "server-header", "DENEME", NULL);
  soup_server_add_early_handler (server, NULL, on_request_head, self, NULL);
  soup_server_add_handler (server, NULL, on_request, self, NULL);
  if (!listen_on_loopback (server, port, error) ||
      !g_file_set_contents_full (ca_file, tls->ca_pem, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                 error))
    return FALSE;

  self->base_url = find_base_url (server);
  self->tls_ca_file = g_steal_pointer (&ca_file);
  self->server = g_steal_pointer (&server);

  return TRUE;
}

void
eonay_practice_portal_stop (EonayPracticePortal *self)
{
  g_return_if_fail (EONAY_IS_PRACTICE_PORTAL (self));

  if (self->server != NULL)
    {
      soup_server_disconnect (self->server);
      soup_server_remove_handler (self->server, NULL);
    }
  g_clear_object (&self->server);
  g_clear_pointer (&self->base_url, g_free);
  if (self->tls_ca_file != NULL)
    g_unlink (self->tls_ca_file);
  g_clear_pointer (&self->tls_ca_file, g_free);
}

const char *
eonay_practice_portal_get_base_url (EonayPracticePortal *self)
{
  g_return_val_if_fail (EONAY_IS_PRACTICE_PORTAL (self), NULL);

  return self->base_url;
}

const char *
eonay_practice_portal_get_tls_ca_file (EonayPracticePortal *self)
{
  g_return_val_if_fail (EONAY_IS_PRACTICE_PORTAL (self), NULL);

  return self->tls_ca_file;
}

const EonayClock *
eonay_practice_portal_get_clock (EonayPracticePortal *self)
{
  return self->clock;
}

EonayTrust *
eonay_practice_portal_get_trust (EonayPracticePortal *self)
{
  return self->trust;
}

EonayPracticeLimit *
eonay_practice_portal_get_limit (EonayPracticePortal *self)
{
  return self->limit;
}

EonayPracticeTransaction *
eonay_practice_portal_find_code (EonayPracticePortal *self, const char *code)
{
  return g_hash_table_lookup (self->by_code, code);
}

EonayPracticeTransaction *
eonay_practice_portal_find_id (EonayPracticePortal *self, const char *id)
{
  return g_hash_table_lookup (self->by_id, id);
}

void
eonay_practice_portal_emit_changed (EonayPracticePortal *self)
{
  g_signal_emit (self, changed_signal, 0);
}

gboolean
eonay_practice_portal_set_usual (EonayPracticePortal *self, const EonayPracticeUnblockWish *wish,
                                 GError **error)
{
  g_autoptr (EonayPracticeUnblocking) trial = NULL;

  g_return_val_if_fail (EONAY_IS_PRACTICE_PORTAL (self), FALSE);

  trial = eonay_practice_unblocking_new (wish);
  if (trial == NULL)
    {
      g_set_error_literal (
          error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
          "DENEME: a card serial or word is too long, or a PUK not 4 to 16 digits");
      return FALSE;
    }

  g_free (self->usual_card_serial);
  g_free (self->usual_puk);
  g_free (self->usual_security_word);
  self->usual_card_serial = g_strdup (wish->card_serial);
  self->usual_puk = g_strdup (wish->puk);
  self->usual_security_word = g_strdup (wish->security_word);

  return TRUE;
}

static EonayPracticeUnblockWish
complete (EonayPracticePortal *self, const EonayPracticeUnblockWish *wish)
{
  EonayPracticeUnblockWish whole = { 0 };

  if (wish != NULL)
    whole = *wish;
  if (whole.card_serial == NULL)
    whole.card_serial = self->usual_card_serial;
  if (whole.puk == NULL)
    whole.puk = self->usual_puk;
  if (whole.security_word == NULL)
    whole.security_word = self->usual_security_word;

  return whole;
}

EonayPracticeTransaction *
eonay_practice_portal_add (EonayPracticePortal *self, const char *operation, gint64 validity,
                           const char *signer_hint, const char *fault_word,
                           const EonayPracticeUnblockWish *wish, GError **error)
{
  EonayPracticeUnblockWish whole = complete (self, wish);
  EonayPracticeTransaction *transaction;
  EonayPracticeFault fault;
  g_autoptr (GError) cause = NULL;

  if (validity < 1 || validity > EONAY_PRACTICE_VALIDITY_MAX ||
      !eonay_practice_fault_from_word (fault_word, &fault) ||
      (signer_hint != NULL && !eonay_certificate_is_national_id (signer_hint)))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           "DENEME: validity, signer_hint or fault is invalid");
      return NULL;
    }

  transaction = eonay_practice_transaction_new (self->clock, operation, (guint) validity,
                                                signer_hint, fault, &whole, &cause);
  if (cause != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return NULL;
    }

  if (transaction == NULL)
    {
      g_set_error_literal (
          error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
          "DENEME: an operation or parameter that the practice portal does not support");
      return NULL;
    }

  g_hash_table_insert (self->by_id, transaction->id, transaction);
  g_hash_table_insert (self->by_code, transaction->code, transaction);
  if (transaction->unblocking != NULL)
    {
      self->last_unblock = transaction;
      eonay_practice_portal_emit_changed (self);
    }

  return transaction;
}

char *
eonay_practice_portal_create (EonayPracticePortal *self, const char *operation, guint validity,
                              const char *signer_hint, GError **error)
{
  return eonay_practice_portal_create_faulty (self, operation, validity, signer_hint, NULL, error);
}

char *
eonay_practice_portal_create_faulty (EonayPracticePortal *self, const char *operation,
                                     guint validity, const char *signer_hint, const char *fault,
                                     GError **error)
{
  EonayPracticeTransaction *transaction;

  g_return_val_if_fail (EONAY_IS_PRACTICE_PORTAL (self), NULL);

  transaction = eonay_practice_portal_add (self, operation, validity, signer_hint, fault, NULL,
                                           error);

  return transaction == NULL ? NULL : g_strdup (transaction->code);
}

char *
eonay_practice_portal_create_unblock (EonayPracticePortal *self, guint validity,
                                      const EonayPracticeUnblockWish *wish, const char *fault,
                                      GError **error)
{
  EonayPracticeTransaction *transaction;

  g_return_val_if_fail (EONAY_IS_PRACTICE_PORTAL (self), NULL);

  transaction = eonay_practice_portal_add (self, "unblock", validity, NULL, fault, wish, error);

  return transaction == NULL ? NULL : g_strdup (transaction->code);
}

const EonayPracticeUnblocking *
eonay_practice_portal_peek_unblocking (EonayPracticePortal *self)
{
  EonayPracticeTransaction *transaction;

  g_return_val_if_fail (EONAY_IS_PRACTICE_PORTAL (self), NULL);

  transaction = self->last_unblock;
  if (transaction == NULL ||
      eonay_practice_transaction_get_state (transaction, eonay_clock_boottime (self->clock)) !=
          EONAY_PRACTICE_WAITING)
    return NULL;

  return transaction->unblocking;
}

char *
eonay_practice_portal_describe (EonayPracticePortal *self, const char *code)
{
  EonayPracticeTransaction *transaction;
  g_autoptr (JsonNode) node = NULL;

  g_return_val_if_fail (EONAY_IS_PRACTICE_PORTAL (self), NULL);

  transaction = eonay_practice_portal_find_code (self, code);
  if (transaction == NULL)
    return NULL;

  node = eonay_practice_transaction_describe (transaction, eonay_clock_boottime (self->clock));

  return json_to_string (node, TRUE);
}
