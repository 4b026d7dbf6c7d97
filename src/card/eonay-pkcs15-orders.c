#include <string.h>

#include "base/eonay-error.h"
#include "card/eonay-pkcs15-algorithm.h"
#include "card/eonay-pkcs15-card-private.h"
#include "card/eonay-pkcs15-operation.h"
#include "card/eonay-pkcs15-parser.h"
#include "card/eonay-status-word.h"

#define OK 0x9000
#define NOT_FOUND 0x6A82

static const guint8 path_token_info[] = { 0x50, 0x32 };

static gboolean
check_status (guint16 status, const char *what, GError **error)
{
  return eonay_status_word_check (status, EONAY_STATUS_OF_COMMAND, what, error);
}

static gboolean
select_application (EonayPkcs15Card *self, EonayCardFiles *files, GError **error)
{
  const EonayPkcs15Application *application = &self->application;
  guint16 status;

  memcpy (files->df, application->df, application->df_length);
  files->df_length = application->df_length;
  if (application->aid_length > 0)
    return eonay_card_files_select_application (files, application->aid, application->aid_length,
                                                &status, error) &&
           check_status (status, "SELECT application", error);

  return eonay_card_files_select (files, NULL, 0, &status, error) &&
         check_status (status, "SELECT application", error);
}

/* Objects that lie elsewhere than in the application's own folder need it to be selected. */
static gboolean
select_home (EonayPkcs15Card *self, EonayCardFiles *files, const EonayPkcs15Path *path,
             GError **error)
{
  const EonayPkcs15Application *application = &self->application;
  guint16 status;

  if (path->length <= 2 ||
      (path->length == application->df_length + 2 &&
       memcmp (path->bytes + 2, application->df, application->df_length) == 0))
    return TRUE;

  return eonay_card_files_select (files, path->bytes, path->length, &status, error) &&
         check_status (status, "SELECT folder", error);
}

static gboolean
is_same_card (EonayPkcs15Card *self, EonayTransport *transport, GError **error)
{
  g_autoptr (GBytes) atr = eonay_transport_get_atr (transport);

  if (atr != NULL && g_bytes_equal (atr, self->atr))
    return TRUE;

  g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_REMOVED,
                       "Another card is in the reader");

  return FALSE;
}

static gboolean
add_signature (EonayCardFiles *files, const EonayPkcs15Key *key, const EonayPkcs15Choice *choice,
               const EonayPublicKey *public_key, EonayTokenOrder *order, GBytes *digest,
               GPtrArray *signatures, GError **error)
{
  g_autoptr (GBytes) input = eonay_pkcs15_algorithm_make_input (
      choice->input, digest, eonay_public_key_get_size (public_key));
  g_autoptr (GBytes) answer = NULL;
  GBytes *signature;

  if (!eonay_token_order_may_go_on (order, error))
    return FALSE;
  answer = eonay_pkcs15_operation_sign (files->transport, files->form, choice->reference,
                                        (guint8) key->reference, input, error);
  if (answer == NULL)
    return FALSE;

  signature = eonay_public_key_accept (public_key, order->scheme, digest, answer, error);
  if (signature == NULL)
    return FALSE;
  g_ptr_array_add (signatures, signature);

  return TRUE;
}

static gboolean
sign (EonayPkcs15Card *self, EonayCardFiles *files, EonayTokenOrder *order,
      GPtrArray *signatures, GError **error)
{
  const EonayPkcs15Key *key = eonay_pkcs15_card_find_key (self, order->certificate);
  const EonayPkcs15Pin *pin = eonay_pkcs15_objects_find_pin (self->objects, key);
  EonayCardPin *card_pin = eonay_pkcs15_card_get_card_pin (self, pin);
  g_autoptr (EonayPublicKey) public_key = eonay_public_key_new_from_certificate (
      eonay_token_certificate_get_der (order->certificate), error);
  EonayPkcs15Choice choice;

  if (public_key == NULL ||
      !eonay_pkcs15_algorithm_choose (self->objects, self->application.facts, key, order->scheme,
                                      &choice, error) ||
      !select_application (self, files, error))
    return FALSE;

  if (card_pin != NULL &&
      (!select_home (self, files, &pin->path, error) ||
       !eonay_card_pin_verify (card_pin, files->transport, order, FALSE, error)))
    return FALSE;
  if (!select_home (self, files, &key->path, error))
    return FALSE;

  for (guint i = 0; i < order->digests->len; i++)
    if (!add_signature (files, key, &choice, public_key, order,
                        g_ptr_array_index (order->digests, i), signatures, error))
      return FALSE;

  return TRUE;
}

static gboolean
replace_pin (EonayPkcs15Card *self, EonayCardFiles *files, EonayTokenOrder *order, GError **error)
{
  const EonayPkcs15Pin *pin = eonay_pkcs15_card_find_pin (self, order->certificate);
  EonayCardPin *card_pin = eonay_pkcs15_card_get_card_pin (self, pin);

  if (!select_application (self, files, error) || !select_home (self, files, &pin->path, error))
    return FALSE;
  if (order->kind == EONAY_ORDER_CHANGE_PIN)
    return eonay_card_pin_change (card_pin, files->transport, order, error);

  return eonay_card_pin_unblock (card_pin, eonay_pkcs15_card_get_card_puk (self, pin),
                                 EONAY_UNBLOCK_WITH_PUK, files->transport, order, error);
}

static gboolean
read_token_info (EonayPkcs15Card *self, EonayCardFiles *files, GError **error)
{
  g_autoptr (EonayPkcs15Objects) found = NULL;
  g_autoptr (GBytes) content = NULL;
  guint16 status;

  if (self->has_token_info)
    return TRUE;

  if (!eonay_card_files_select (files, path_token_info, sizeof path_token_info, &status, error))
    return FALSE;
  if (status == NOT_FOUND)
    return TRUE;
  if (!check_status (status, "SELECT TokenInfo", error))
    return FALSE;
  content = eonay_card_files_read_directory (files, error);
  if (content == NULL)
    return FALSE;

  found = eonay_pkcs15_objects_new ();
  eonay_pkcs15_parse_token_info (found, g_bytes_get_data (content, NULL),
                                 g_bytes_get_size (content));
  eonay_pkcs15_card_take_token_info (self, found);

  return TRUE;
}

static gboolean
refresh (EonayPkcs15Card *self, EonayCardFiles *files, GError **error)
{
  if (!select_application (self, files, error) || !read_token_info (self, files, error))
    return FALSE;

  for (guint i = 0; i < self->pins->len; i++)
    {
      const EonayPkcs15Pin *pin = g_ptr_array_index (self->objects->pins, i);

      if (!select_home (self, files, &pin->path, error) ||
          !eonay_card_pin_ask (g_ptr_array_index (self->pins, i), files->transport, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
carry_out (EonayPkcs15Card *self, EonayCardFiles *files, EonayTokenOrder *order,
           GPtrArray *signatures, GError **error)
{
  switch (order->kind)
    {
    case EONAY_ORDER_SIGN:
      return sign (self, files, order, signatures, error);
    case EONAY_ORDER_CHANGE_PIN:
    case EONAY_ORDER_UNBLOCK:
      return replace_pin (self, files, order, error);
    case EONAY_ORDER_REFRESH:
    default:
      return refresh (self, files, error);
    }
}

GPtrArray *
eonay_pkcs15_card_carry_out (EonayCard *card, EonayTransport *transport, EonayTokenOrder *order,
                             GError **error)
{
  EonayPkcs15Card *self = EONAY_PKCS15_CARD (card);
  g_autoptr (GPtrArray) signatures =
      g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  EonayCardFiles files;

  eonay_card_files_init (&files, transport);
  if (!is_same_card (self, transport, error) ||
      !carry_out (self, &files, order, signatures, error))
    return NULL;

  return g_steal_pointer (&signatures);
}
