#include "client-probe.h"

#include <string.h>

#include "base/eonay-error.h"
#include "signature/cades/eonay-cades.h"
#include "signature/verify/eonay-verifier.h"
#include "support/test-consent.h"

ProbeTraffic
probe_client_get_traffic (ProbeClient *self)
{
  ProbeTraffic traffic;

  eonay_practice_slots_get_traffic (self->slots, &traffic.commands, &traffic.bytes);

  return traffic;
}

static void
on_pin_state (ProbeClient *self)
{
  self->refreshed = TRUE;
}

/* Comes before the refresh has begun. */
static void
on_state (ProbeClient *self)
{
  EonayToken *token = eonay_reader_get_token (self->reader);

  self->listed = probe_client_get_traffic (self);
  if (token != NULL)
    g_signal_connect_swapped (token, "notify::pin-state", G_CALLBACK (on_pin_state), self);
}

void
probe_client_insert (ProbeClient *self, EonayPracticeCard *card)
{
  self->refreshed = FALSE;
  self->before = probe_client_get_traffic (self);
  eonay_practice_slots_set_card (self->slots, card);
  while (eonay_reader_get_state (self->reader) == EONAY_READER_READING)
    g_main_context_iteration (NULL, TRUE);
  g_assert_no_error (eonay_reader_get_error (self->reader));
  g_assert_cmpint ((int) eonay_reader_get_state (self->reader), ==, EONAY_READER_READY);
  while (!self->refreshed)
    g_main_context_iteration (NULL, TRUE);
  self->read = probe_client_get_traffic (self);
  g_set_object (&self->token, eonay_reader_get_token (self->reader));
}

void
probe_client_open (ProbeClient *self, EonayCardCache *cache)
{
  self->slots = eonay_practice_slots_new ();
  g_set_object (&self->cache, cache);
  self->list = eonay_reader_list_new_with_cache (EONAY_SLOT_SOURCE (self->slots), cache);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->list)), ==, 1);
  self->reader = g_list_model_get_item (G_LIST_MODEL (self->list), 0);
  g_signal_connect_swapped (self->reader, "notify::state", G_CALLBACK (on_state), self);
}

void
probe_client_set_up (ProbeClient *self, gconstpointer kind)
{
  g_autoptr (EonayPracticeCard) card = probe_card (GPOINTER_TO_INT (kind));

  probe_client_open (self, NULL);
  probe_client_insert (self, card);
}

void
probe_client_tear_down (ProbeClient *self, gconstpointer kind)
{
  g_signal_handlers_disconnect_by_data (self->token, self);
  g_signal_handlers_disconnect_by_data (self->reader, self);
  g_clear_object (&self->token);
  g_assert_finalize_object (g_steal_pointer (&self->list));
  g_assert_finalize_object (g_steal_pointer (&self->reader));
  g_assert_finalize_object (g_steal_pointer (&self->slots));
  g_clear_object (&self->cache);
}

void
probe_client_tell (ProbeClient *self, const char *what, ProbeTraffic signing)
{
  ProbeTraffic now = probe_client_get_traffic (self);

  g_test_message (
      "%s: list %u exchanges, %zu bytes; refresh %u, %zu; sign %u, %zu", what,
      self->listed.commands - self->before.commands, self->listed.bytes - self->before.bytes,
      self->read.commands - self->listed.commands, self->read.bytes - self->listed.bytes,
      now.commands - signing.commands, now.bytes - signing.bytes);
}

EonayTokenCertificate *
probe_client_get_certificate (ProbeClient *self, guint place)
{
  return g_list_model_get_item (eonay_token_get_certificates (self->token), place);
}

static void
keep_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static EonaySecret *
type (const char *text)
{
  return eonay_secret_new (text, strlen (text));
}

GPtrArray *
probe_client_sign (ProbeClient *self, EonayTokenCertificate *certificate,
                   EonaySignatureScheme scheme, GPtrArray *digests, const char *pin, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  eonay_token_sign_async (self->token, certificate, scheme, digests, type (pin),
                          TEST_PIN_CONSENT (self->token, certificate), NULL, keep_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return eonay_token_sign_finish (self->token, result, error);
}

void
probe_client_set_pin (ProbeClient *self, guint place, gboolean unblock, const char *secret,
                      const char *new_pin, GError **error)
{
  g_autoptr (EonayTokenCertificate) chosen = probe_client_get_certificate (self, place);
  g_autoptr (GAsyncResult) result = NULL;

  if (unblock)
    eonay_token_unblock_async (self->token, chosen, type (secret), type (new_pin),
                               TEST_PUK_CONSENT (self->token, chosen), NULL, keep_result, &result);
  else
    eonay_token_change_pin_async (self->token, chosen, type (secret), type (new_pin),
                                  TEST_PIN_CONSENT (self->token, chosen), NULL, keep_result,
                                  &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  eonay_token_request_finish (self->token, result, error);
}

static EonayTrust *
load_trust (void)
{
  g_autoptr (GError) error = NULL;
  EonayTrust *trust = eonay_trust_new ();

  eonay_trust_add_pem (trust, eonay_practice_pki_get_ca_pem (probe_pki ()), -1, &error);
  g_assert_no_error (error);

  return trust;
}

static EonayCades *
prepare (EonayTokenCertificate *chosen, GBytes *content, GDateTime *now)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayCertificate) certificate =
      eonay_certificate_new (eonay_token_certificate_get_der (chosen), &error);
  EonayCades *cades;

  g_assert_no_error (error);
  cades = eonay_cades_new_with_scheme (certificate,
                                       eonay_token_certificate_is_only_pss (chosen)
                                           ? EONAY_SIGNATURE_SCHEME_RSA_PSS_SHA256
                                           : EONAY_SIGNATURE_SCHEME_NONE,
                                       content, TRUE, now, &error);
  g_assert_no_error (error);

  return cades;
}

void
probe_client_assert_signs (ProbeClient *self, guint place, guint count, const char *pin)
{
  g_autoptr (EonayTokenCertificate) chosen = probe_client_get_certificate (self, place);
  g_autoptr (GPtrArray) cades = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) digests = g_ptr_array_new ();
  g_autoptr (GPtrArray) values = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (EonayTrust) trust = load_trust ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < count; i++)
    {
      g_autofree char *text = g_strdup_printf ("DENEME metni %u", i);
      g_autoptr (GBytes) content = g_bytes_new (text, strlen (text));

      g_ptr_array_add (cades, prepare (chosen, content, now));
      g_ptr_array_add (digests, eonay_cades_get_digest (cades->pdata[i]));
    }

  values = probe_client_sign (self, chosen, eonay_cades_get_scheme (cades->pdata[0]), digests, pin,
                              &error);
  g_assert_no_error (error);
  g_assert_cmpuint (values->len, ==, count);
  for (guint i = 0; i < count; i++)
    {
      g_autofree char *text = g_strdup_printf ("DENEME metni %u", i);
      g_autoptr (GBytes) signature = eonay_cades_finish (cades->pdata[i], values->pdata[i], &error);
      g_autoptr (EonayVerifierContent) content = NULL;

      g_assert_no_error (error);
      content = eonay_verifier_verify_cades (signature, NULL, trust, now, &error);
      g_assert_no_error (error);
      g_assert_cmpmem (g_bytes_get_data (content->content, NULL),
                       g_bytes_get_size (content->content), text, strlen (text));
      g_assert_cmpstr (eonay_certificate_get_holder (content->certificate), ==, "AYŞE DENEME");
    }
}
