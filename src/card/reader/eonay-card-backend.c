#include "card/reader/eonay-card-backend.h"

#include <string.h>

/* Less than 64: padding is trimmed, and a letter may have been cut in two. */
#define DESCRIPTION_CUT 61

gboolean
eonay_card_backend_wants_module (const EonayCardBackendFacts *facts)
{
  if (!facts->known)
    return TRUE;

  switch (facts->knowledge)
    {
    case EONAY_SIGNING_PROVEN:
      return FALSE;
    case EONAY_SIGNING_EXPERIMENTAL:
      return !facts->experimental || facts->remembered != NULL;
    case EONAY_SIGNING_PARTIAL:
    case EONAY_SIGNING_UNKNOWN:
    default:
      return TRUE;
    }
}

EonayCardBackend
eonay_card_backend_choose (const EonayCardBackendFacts *facts)
{
  return facts->module != NULL && eonay_card_backend_wants_module (facts)
             ? EONAY_CARD_BACKEND_MODULE
             : EONAY_CARD_BACKEND_NATIVE;
}

gboolean
eonay_card_backend_is_reader (const char *description, const char *reader_name)
{
  return g_str_equal (description, reader_name) ||
         (strlen (description) >= DESCRIPTION_CUT && g_str_has_prefix (reader_name, description));
}

static gboolean
has_certificate (EonayToken *token, EonayTokenCertificate *wanted)
{
  GListModel *model = eonay_token_get_certificates (token);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (EonayTokenCertificate) certificate = g_list_model_get_item (model, i);

      if (g_bytes_equal (eonay_token_certificate_get_der (certificate),
                         eonay_token_certificate_get_der (wanted)))
        return TRUE;
    }

  return FALSE;
}

static gboolean
has_all (EonayToken *token, GPtrArray *certificates, gboolean with_key)
{
  guint count = 0;

  for (guint i = 0; i < certificates->len; i++)
    {
      if (with_key && !eonay_token_certificate_has_key (certificates->pdata[i]))
        continue;
      if (!has_certificate (token, certificates->pdata[i]))
        return FALSE;
      count++;
    }

  return count > 0;
}

static gboolean
has_keys (GPtrArray *certificates)
{
  for (guint i = 0; i < certificates->len; i++)
    if (eonay_token_certificate_has_key (certificates->pdata[i]))
      return TRUE;

  return FALSE;
}

gboolean
eonay_card_backend_is_same_card (EonayToken *token, GPtrArray *certificates)
{
  return has_all (token, certificates, has_keys (certificates));
}
