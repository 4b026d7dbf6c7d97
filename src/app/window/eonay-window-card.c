#include "app/card/eonay-certificate-window.h"
#include "app/pin/eonay-change-pin-dialog.h"
#include "app/window/eonay-window-private.h"
#include "signature/trust/eonay-trust-folders.h"

/** Returns: (transfer full) (nullable): of @token, with that SHA-256 in lower-case hexadecimal */
static EonayTokenCertificate *
find_certificate (EonayToken *token, const char *fingerprint)
{
  GListModel *items = eonay_token_get_certificates (token);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (EonayTokenCertificate) item = g_list_model_get_item (items, i);
      g_autofree char *digest =
          g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, eonay_token_certificate_get_der (item));

      if (g_str_equal (digest, fingerprint))
        return g_steal_pointer (&item);
    }

  return NULL;
}

/** Returns: (transfer full) (nullable): the card that is in the reader @name now */
static EonayToken *
find_token (EonayWindow *self, const char *name)
{
  GListModel *readers = G_LIST_MODEL (self->readers);

  for (guint i = 0; readers != NULL && i < g_list_model_get_n_items (readers); i++)
    {
      g_autoptr (EonayReader) reader = g_list_model_get_item (readers, i);
      EonayToken *token = eonay_reader_get_token (reader);

      if (token != NULL && g_str_equal (eonay_token_get_reader_name (token), name))
        return g_object_ref (token);
    }

  return NULL;
}

/** Returns: (transfer full): where chains may end */
static EonayTrust *
make_trust (EonayWindow *self)
{
  const char *pem = self->controller != NULL
                        ? eonay_practice_controller_get_ca_pem (self->controller)
                        : NULL;
  EonayTrust *trust;

  if (pem == NULL)
    return eonay_trust_new_installed ();

  trust = eonay_trust_new ();
  eonay_trust_add_pem (trust, pem, -1, NULL);

  return trust;
}

static void
show_certificate_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  EonayWindow *self = EONAY_WINDOW (user_data);
  const char *reader, *fingerprint;
  g_autoptr (EonayToken) token = NULL;
  g_autoptr (EonayTokenCertificate) item = NULL;
  g_autoptr (EonayCertificate) certificate = NULL;
  g_autoptr (EonayCandidate) candidate = NULL;
  g_autoptr (EonayTrust) trust = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  g_variant_get (parameter, "(&s&s)", &reader, &fingerprint);
  token = find_token (self, reader);
  item = token != NULL ? find_certificate (token, fingerprint) : NULL;
  if (item != NULL)
    certificate = eonay_certificate_new (eonay_token_certificate_get_der (item), NULL);
  if (certificate == NULL)
    return;

  candidate = eonay_candidate_new (token, item, certificate,
                                   eonay_candidate_judge (token, item, certificate, NULL, now));
  trust = make_trust (self);
  gtk_window_present (
      GTK_WINDOW (eonay_certificate_window_new (GTK_WINDOW (self), candidate, trust)));
}

/* No fingerprint means the card's first PIN, of one that has no key with a certificate. */
static void
open_request (EonayWindow *self, GVariant *parameter, EonayTokenRequestKind kind)
{
  const char *reader, *fingerprint;
  g_autoptr (EonayToken) token = NULL;
  g_autoptr (EonayTokenCertificate) item = NULL;

  g_variant_get (parameter, "(&s&s)", &reader, &fingerprint);
  token = find_token (self, reader);
  if (token == NULL || !eonay_token_can_use_pins (token))
    return;

  item = find_certificate (token, fingerprint);
  if (item == NULL && *fingerprint != '\0')
    return;

  gtk_window_present (
      GTK_WINDOW (eonay_change_pin_dialog_new (GTK_WINDOW (self), token, item, kind)));
}

static void
change_pin_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  open_request (EONAY_WINDOW (user_data), parameter, EONAY_TOKEN_REQUEST_CHANGE_PIN);
}

static void
unblock_puk_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  open_request (EONAY_WINDOW (user_data), parameter, EONAY_TOKEN_REQUEST_UNBLOCK);
}

/* (ss): the card's reader and a certificate's fingerprint. */
static const GActionEntry entries[] = {
  { .name = "show-certificate", .activate = show_certificate_cb, .parameter_type = "(ss)" },
  { .name = "change-pin", .activate = change_pin_cb, .parameter_type = "(ss)" },
  { .name = "unblock-puk", .activate = unblock_puk_cb, .parameter_type = "(ss)" },
};

void
eonay_window_add_card_actions (EonayWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
}
