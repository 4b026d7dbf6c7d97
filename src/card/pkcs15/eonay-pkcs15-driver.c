#include "card/pkcs15/eonay-pkcs15-driver.h"

#include "base/eonay-error.h"
#include "card/pkcs15/eonay-pkcs15-card.h"
#include "card/pkcs15/eonay-pkcs15-listing.h"

static const guint8 path_dir[] = { 0x3F, 0x00, 0x2F, 0x00 };

/*
 * @needs_keys: whether only an application with keys will do
 * @found: (out): whether @listing has it
 * @passed_over: (inout): whether one was passed over that would do if there is no better one
 */
typedef struct {
  EonayPkcs15Listing *listing;
  gboolean needs_keys;
  gboolean found;
  gboolean passed_over;
} Search;

static gboolean
try_application (Search *search, const EonayPkcs15Application *application, GError **error)
{
  g_autoptr (GError) local = NULL;
  gboolean listed;

  if (!eonay_pkcs15_listing_try (search->listing, application, &listed, &local))
    {
      if (!search->needs_keys ||
          (!g_error_matches (local, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MALFORMED) &&
           !g_error_matches (local, EONAY_CARD_ERROR, EONAY_CARD_ERROR_NOT_AUTHORISED)))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      g_info ("A PKCS#15 application is passed over: %s", local->message);
      search->passed_over = TRUE;
      return TRUE;
    }

  search->found = listed && (!search->needs_keys || search->listing->objects->keys->len > 0);
  search->passed_over |= listed && !search->found;

  return TRUE;
}

static gboolean
try_those_in_dir (Search *search, GError **error)
{
  const EonayCardPlace place = { .path = path_dir, .length = sizeof path_dir, .fresh = TRUE };
  g_autoptr (GBytes) content = NULL;
  g_autoptr (GArray) applications = NULL;
  g_autoptr (GError) local = NULL;
  guint16 status;
  gsize length;
  const guint8 *bytes;

  if (!eonay_card_files_read_directory (&search->listing->files, &place, &content, &status,
                                        &local) &&
      !eonay_card_files_may_do_without (&local, error))
    return FALSE;
  if (content == NULL)
    return TRUE;

  bytes = g_bytes_get_data (content, &length);
  applications = eonay_pkcs15_application_parse_dir (bytes, length);
  for (guint i = 0; !search->found && i < applications->len; i++)
    if (!try_application (search, &g_array_index (applications, EonayPkcs15Application, i), error))
      return FALSE;

  return TRUE;
}

static gboolean
search_card (Search *search, GError **error)
{
  gsize length;
  const guint8 *atr = g_bytes_get_data (search->listing->atr, &length);
  g_autoptr (GPtrArray) candidates = eonay_pkcs15_facts_candidates (atr, length);

  for (guint i = 0; !search->found && i < candidates->len; i++)
    {
      const EonayPkcs15Facts *facts = g_ptr_array_index (candidates, i);
      gboolean is_standard = facts == eonay_pkcs15_facts_get_standard ();
      EonayPkcs15Application application;

      eonay_pkcs15_application_init (&application, facts);
      if ((is_standard && !eonay_pkcs15_listing_learn_form (search->listing, error)) ||
          !try_application (search, &application, error) ||
          (is_standard && !search->found && !try_those_in_dir (search, error)))
        return FALSE;
    }

  return TRUE;
}

static gboolean
find_application (EonayPkcs15Listing *listing, GError **error)
{
  Search search = { .listing = listing, .needs_keys = TRUE };

  if (!search_card (&search, error))
    return FALSE;
  if (!search.found && search.passed_over)
    {
      search.needs_keys = FALSE;
      if (!search_card (&search, error))
        return FALSE;
    }
  if (search.found)
    return TRUE;

  g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_UNSUPPORTED,
                       "There is no PKCS#15 application on the card");

  return FALSE;
}

static EonayCard *
open_card (EonayTransport *transport, EonayCardCache *cache, GError **error)
{
  g_autoptr (EonayPkcs15Card) card = NULL;
  g_autoptr (GBytes) atr = eonay_transport_get_atr (transport);
  g_auto (EonayPkcs15Listing) listing = { 0 };
  EonayPkcs15Objects *objects;

  if (atr == NULL)
    atr = g_bytes_new (NULL, 0);
  eonay_pkcs15_listing_init (&listing, transport, atr, cache);
  if (!find_application (&listing, error))
    return NULL;

  objects = g_steal_pointer (&listing.objects);
  card = eonay_pkcs15_card_new (&listing.application, objects, atr);
  for (guint i = 0; i < objects->certificates->len; i++)
    {
      const EonayPkcs15Certificate *entry = g_ptr_array_index (objects->certificates, i);
      g_autoptr (GBytes) der = NULL;

      if (!eonay_pkcs15_listing_read_certificate (&listing, entry, &der, error))
        return NULL;
      if (der != NULL)
        eonay_pkcs15_card_add (card, entry, der);
    }
  if (listing.has_token_info)
    eonay_pkcs15_card_take_token_info (card, objects);
  if (cache != NULL)
    eonay_pkcs15_card_set_cache (card, cache, listing.recalled ? NULL : listing.files.kept);

  return EONAY_CARD (g_steal_pointer (&card));
}

const EonayCardDriver eonay_pkcs15_driver = { .open = open_card };
