#include "app/widgets/eonay-card-words.h"

#include <glib/gi18n-lib.h>

#include "app/widgets/eonay-certificate-words.h"
#include "app/widgets/eonay-labels.h"
#include "session/eonay-words.h"

const char *
eonay_card_words_tries_style (EonayTries tries)
{
  switch (tries)
    {
    case EONAY_TRIES_BLOCKED:
      return "error";
    case EONAY_TRIES_LAST:
      return "warning";
    case EONAY_TRIES_UNKNOWN:
    case EONAY_TRIES_FINE:
    default:
      return NULL;
    }
}

EonayRenewal
eonay_card_words_find_renewal (EonayCertificate *certificate, GDateTime *now)
{
  int days_left = eonay_certificate_get_days_left (certificate, now);

  if (days_left < 0)
    return EONAY_RENEWAL_OVER;
  if (days_left < EONAY_RENEWAL_URGENT)
    return EONAY_RENEWAL_SHORT;

  return days_left <= EONAY_RENEWAL_DUE ? EONAY_RENEWAL_NEAR : EONAY_RENEWAL_NONE;
}

const char *
eonay_card_words_renewal (EonayRenewal renewal)
{
  switch (renewal)
    {
    case EONAY_RENEWAL_NEAR:
      return _ ("It is time to renew: apply on the portal while at least 25 days are left.");
    case EONAY_RENEWAL_SHORT:
      return _ ("It may be too late to renew; ask your certificate provider now.");
    case EONAY_RENEWAL_OVER:
      return _ ("Nothing can be signed with this certificate any more. Apply to your certificate "
                "provider for a new one.");
    case EONAY_RENEWAL_NONE:
    default:
      return "";
    }
}

const char *
eonay_card_words_renewal_style (EonayRenewal renewal)
{
  switch (renewal)
    {
    case EONAY_RENEWAL_NEAR:
      return "warning";
    case EONAY_RENEWAL_SHORT:
    case EONAY_RENEWAL_OVER:
      return "error";
    case EONAY_RENEWAL_NONE:
    default:
      return NULL;
    }
}

double
eonay_card_words_validity_elapsed (EonayCertificate *certificate, GDateTime *now)
{
  GDateTime *from = eonay_certificate_get_not_before (certificate);
  GDateTime *to = eonay_certificate_get_not_after (certificate);
  GTimeSpan whole = g_date_time_difference (to, from);

  if (whole <= 0)
    return 1;

  return CLAMP ((double) g_date_time_difference (now, from) / (double) whole, 0, 1);
}

char *
eonay_card_words_validity (EonayCertificate *certificate, GDateTime *now)
{
  GDateTime *from = eonay_certificate_get_not_before (certificate);
  g_autofree char *first_day = eonay_words_date (from);
  g_autofree char *last_day = eonay_words_date (eonay_certificate_get_not_after (certificate));
  int days_left = eonay_certificate_get_days_left (certificate, now);
  g_autofree char *days = eonay_labels_describe_days (days_left);

  if (days_left < 0)
    return g_strdup_printf (_ ("Expired on %s"), last_day);
  if (g_date_time_compare (now, from) < 0)
    return g_strdup_printf (_ ("Valid from %s on"), first_day);

  return g_strdup_printf (_ ("Valid until %s · %s"), last_day, days);
}

char *
eonay_card_words_backend (const char *backend)
{
  return g_strdup (backend != NULL ? backend : _ ("e-Onay itself, without a driver"));
}

char *
eonay_card_words_certificate (EonayCertificate *certificate)
{
  g_autofree char *last_day = eonay_words_date (eonay_certificate_get_not_after (certificate));
  g_autofree char *until = g_strdup_printf (_ ("last day %s"), last_day);

  return g_strdup_printf ("%s · %s · %s · %s", eonay_certificate_get_holder (certificate),
                          eonay_certificate_get_key_name (certificate),
                          eonay_certificate_words_kind (eonay_certificate_get_kind (certificate)),
                          until);
}
