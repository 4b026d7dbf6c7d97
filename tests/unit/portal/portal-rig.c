#include "portal-rig.h"

#include <glib/gstdio.h>

#include "signature/cades/eonay-cades.h"

static gint64
get_boottime (gpointer user_data)
{
  return ((PortalRig *) user_data)->boottime;
}

static GDateTime *
get_realtime (gpointer user_data)
{
  return g_date_time_ref (((PortalRig *) user_data)->realtime);
}

PortalRig *
portal_rig_new (void)
{
  PortalRig *self = g_new0 (PortalRig, 1);
  g_autofree char *pem = NULL;
  g_autoptr (GError) error = NULL;

  self->clock = (EonayClock){ get_boottime, get_realtime, self };
  self->boottime = 1000 * G_USEC_PER_SEC;
  self->realtime = test_date (0);
  self->folder = g_dir_make_tmp ("eonay-portal-XXXXXX", NULL);
  self->issuer = test_issuer_new ("DENEME Kök", NULL, NULL);
  self->server = eonay_practice_portal_new (&self->clock);
  pem = test_issuer_to_pem (self->issuer);
  eonay_practice_portal_trust (self->server, pem, &error);
  g_assert_no_error (error);
  eonay_practice_portal_start (self->server, 0, self->folder, &error);
  g_assert_no_error (error);
  self->portal = portal_rig_new_client (self, eonay_practice_portal_get_base_url (self->server),
                                        eonay_practice_portal_get_tls_ca_file (self->server));

  return self;
}

void
portal_rig_free (PortalRig *self)
{
  g_assert_finalize_object (self->portal);
  g_assert_finalize_object (self->server);
  test_issuer_free (self->issuer);
  g_date_time_unref (self->realtime);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->folder);
  g_free (self);
}

EonayPortal *
portal_rig_new_client (PortalRig *self, const char *base_url, const char *ca_file)
{
  const EonayPortalTiming timing = {
    .timeout = 20000,
    .first_wait = 1,
    .longest_wait = 4,
    .retry_after_unit = 1,
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayPortalProfile) profile = eonay_portal_profile_new ("deneme", "DENEME", base_url,
                                                                     ca_file, TRUE, &error);
  EonayPortal *portal;

  g_assert_no_error (error);
  portal = eonay_portal_new (profile, self == NULL ? NULL : &self->clock);
  eonay_portal_set_timing (portal, &timing);

  return portal;
}

char *
portal_rig_create (PortalRig *self, const char *operation, const char *fault)
{
  g_autoptr (GError) error = NULL;
  char *code = eonay_practice_portal_create_faulty (self->server, operation, 285, NULL, fault,
                                                    &error);

  g_assert_no_error (error);

  return code;
}

void
portal_rig_keep_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

GAsyncResult *
portal_rig_wait (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return *result;
}

EonayTransaction *
portal_rig_resolve (EonayPortal *portal, const char *code, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  eonay_portal_resolve_async (portal, code, NULL, portal_rig_keep_result, &result);

  return eonay_portal_resolve_finish (portal, portal_rig_wait (&result), error);
}

EonayPortalReceipt *
portal_rig_submit (EonayPortal *portal, EonayTransaction *transaction, GPtrArray *signatures,
                   GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  eonay_portal_submit_async (portal, transaction, signatures, NULL, portal_rig_keep_result,
                             &result);

  return eonay_portal_submit_finish (portal, portal_rig_wait (&result), error);
}

gboolean
portal_rig_decline (EonayPortal *portal, EonayTransaction *transaction, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  eonay_portal_decline_async (portal, transaction, NULL, portal_rig_keep_result, &result);

  return eonay_portal_decline_finish (portal, portal_rig_wait (&result), error);
}

EonayTransaction *
portal_rig_begin (PortalRig *self, const char *fault)
{
  g_autofree char *code = portal_rig_create (self, "e-onay", fault);
  g_autoptr (GError) error = NULL;
  EonayTransaction *transaction = portal_rig_resolve (self->portal, code, &error);

  g_assert_no_error (error);

  return transaction;
}

GPtrArray *
portal_rig_sign (PortalRig *self, EonayTransaction *transaction, const TestWish *wish)
{
  const TestWish usual = { .key = "P-256" };
  const TestWish *chosen = wish == NULL ? &usual : wish;
  GListModel *documents = eonay_transaction_get_documents (transaction);
  g_autoptr (EonayDocument) document = g_list_model_get_item (documents, 0);
  g_autoptr (EonayCertificate) certificate = test_issuer_issue_certificate (self->issuer, chosen);
  GPtrArray *signatures = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (EonayCades) cades = NULL;
  g_autoptr (GBytes) value = NULL;
  g_autoptr (GError) error = NULL;

  cades = eonay_cades_new (certificate, eonay_document_get_content (document), TRUE, self->realtime,
                           &error);
  g_assert_no_error (error);
  value = test_card_sign (test_key (chosen->key == NULL ? "RSA-2048" : chosen->key),
                          eonay_cades_get_digest (cades));
  g_ptr_array_add (signatures, eonay_cades_finish (cades, value, &error));
  g_assert_no_error (error);

  return signatures;
}

GPtrArray *
portal_rig_forge (void)
{
  GPtrArray *signatures = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  g_ptr_array_add (signatures, g_bytes_new_static ("forged", 6));

  return signatures;
}
