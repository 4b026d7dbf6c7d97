#include "app/widgets/eonay-labels.h"

#include <glib/gi18n-lib.h>

#include "base/eonay-error.h"
#include "session/eonay-advice.h"
#include "session/eonay-words.h"

const char *
eonay_labels_page_for_state (EonaySessionState state)
{
  switch (state)
    {
    case EONAY_SESSION_IDLE:
    case EONAY_SESSION_RESOLVING:
      return "code";
    case EONAY_SESSION_REVIEWING:
    case EONAY_SESSION_WAITING_PIN:
      return "review";
    case EONAY_SESSION_SIGNING:
      return NULL;
    case EONAY_SESSION_SUBMITTING:
      return "progress";
    case EONAY_SESSION_DONE:
    case EONAY_SESSION_DECLINED:
    case EONAY_SESSION_EXPIRED:
    case EONAY_SESSION_FAILED:
    default:
      return "result";
    }
}

gboolean
eonay_labels_state_has_clock (gpointer self, EonaySessionState state)
{
  return state >= EONAY_SESSION_REVIEWING && state <= EONAY_SESSION_SUBMITTING;
}

gboolean
eonay_labels_state_is_signing (EonaySessionState state)
{
  return state == EONAY_SESSION_SIGNING || state == EONAY_SESSION_SUBMITTING;
}

gboolean
eonay_labels_result_can_retry (EonaySessionState state, gboolean is_signed, guint seconds_left)
{
  return state == EONAY_SESSION_FAILED && is_signed && seconds_left > 0;
}

char *
eonay_labels_describe_obstacle (const GError *error, gboolean all_unusable)
{
  if (g_error_matches (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_NOT_REVIEWED))
    return g_strdup (_ ("Read the document to its end first"));
  if (g_error_matches (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_PAGES_NOT_SEEN))
    return g_strdup (_ ("Look at every page first"));
  if (g_error_matches (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_WARNING_NOT_READ))
    return g_strdup (_ ("Read the warning first"));
  if (g_error_matches (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_NO_CERTIFICATE))
    return g_strdup (all_unusable ? _ ("None of these certificates can sign")
                                  : _ ("Choose a certificate first"));
  if (error != NULL && error->domain == EONAY_PAGE_ERROR)
    return g_strdup (_ ("The document cannot be shown, so it cannot be signed"));
  if (g_error_matches (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_TEXT_NO_GLYPH) ||
      g_error_matches (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_TEXT_NOT_DRAWN) ||
      g_error_matches (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_BLOCKED))
    {
      g_autoptr (EonayAdvice) advice = eonay_advice_new (error);

      return g_strdup (advice->what);
    }

  return g_strdup ("");
}

gboolean
eonay_labels_seconds_warn (gpointer self, guint seconds_left)
{
  return seconds_left <= EONAY_COUNTDOWN_WARNING;
}

char *
eonay_labels_describe_seconds (gpointer self, guint seconds_left)
{
  return g_strdup_printf (ngettext ("Time left: %u second", "Time left: %u seconds", seconds_left),
                          seconds_left);
}

char *
eonay_labels_describe_keypad_wait (guint seconds_left, guint each)
{
  if (seconds_left == 0)
    return g_strdup_printf (ngettext ("The reader waits %u second for each PIN.",
                                      "The reader waits %u seconds for each PIN.", each),
                            each);

  return g_strdup_printf (ngettext ("The reader waits %u more second.",
                                    "The reader waits %u more seconds.", seconds_left),
                          seconds_left);
}

gboolean
eonay_labels_seconds_are_announced (guint before, guint now)
{
  static const guint marks[] = { EONAY_COUNTDOWN_WARNING, 30, 10 };

  /* A sleeping machine may jump over a mark. */
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if (before > marks[i] && now <= marks[i])
      return TRUE;

  return FALSE;
}

char *
eonay_labels_describe_days (int days_left)
{
  if (days_left < 0)
    return g_strdup ("");
  if (days_left == 0)
    return g_strdup (_ ("last day"));

  return g_strdup_printf (ngettext ("%d day left", "%d days left", (gulong) days_left), days_left);
}

char *
eonay_labels_candidate_subtitle (EonayCandidate *candidate, GDateTime *now, gboolean tell_apart)
{
  EonayCertificate *certificate = eonay_candidate_get_certificate (candidate);
  g_autofree char *reason = eonay_candidate_describe_reason (candidate);
  g_autofree char *last_day = eonay_words_date (eonay_certificate_get_not_after (certificate));
  g_autofree char *days =
      eonay_labels_describe_days (eonay_certificate_get_days_left (certificate, now));
  g_autofree char *driver = eonay_words_driver (eonay_candidate_get_token (candidate));
  g_autofree char *provider = g_strjoin (" · ", eonay_certificate_get_provider (certificate),
                                         driver, NULL);

  if (!eonay_candidate_is_usable (candidate))
    return g_strdup_printf (_ ("%s · %s · valid until %s"), reason, provider, last_day);
  if (tell_apart)
    return g_strdup_printf (_ ("%s · %s · valid until %s · %s"), provider,
                            eonay_certificate_get_key_name (certificate), last_day, days);

  return g_strdup_printf (_ ("%s · valid until %s · %s"), provider, last_day, days);
}

char *
eonay_labels_candidate_tag (EonayCandidate *candidate)
{
  EonayCandidateReasons reasons = eonay_candidate_get_reasons (candidate);
  EonayCertificateKind kind =
      eonay_certificate_get_kind (eonay_candidate_get_certificate (candidate));

  if ((reasons & EONAY_CANDIDATE_EXPIRED) != 0)
    return g_strdup (_ ("Expired"));
  if ((reasons & EONAY_CANDIDATE_NOT_YET_VALID) != 0)
    return g_strdup (_ ("Not yet valid"));
  if ((reasons & EONAY_CANDIDATE_MODULE_NEEDED) != 0)
    return g_strdup (_ ("Needs a module"));
  if ((reasons & EONAY_CANDIDATE_PIN_BLOCKED) != 0)
    return g_strdup (_ ("PIN blocked"));

  switch (kind)
    {
    case EONAY_CERTIFICATE_QUALIFIED:
      return g_strdup (_ ("Qualified"));
    case EONAY_CERTIFICATE_CORPORATE_SEAL:
    case EONAY_CERTIFICATE_QUALIFIED_SEAL:
    case EONAY_CERTIFICATE_FISCAL_SEAL:
      return g_strdup (_ ("Seal"));
    case EONAY_CERTIFICATE_OTHER:
    default:
      return g_strdup (_ ("Not qualified"));
    }
}

char *
eonay_labels_format_digest (GBytes *digest)
{
  g_autofree char *digits = eonay_words_hexadecimal (digest);
  GString *text = g_string_new (NULL);

  for (const char *at = digits; *at != '\0'; at++)
    {
      if (at != digits && (at - digits) % 8 == 0)
        g_string_append_c (text, ' ');
      g_string_append_c (text, *at);
    }

  return g_string_free (text, FALSE);
}

char *
eonay_labels_describe_format (EonayFormat format, const char *conformance_level)
{
  switch (format)
    {
    case EONAY_FORMAT_CADES_ATTACHED:
      return g_strdup_printf (_ ("CAdES (%s), the text is inside the signature"),
                              conformance_level);
    case EONAY_FORMAT_CADES_DETACHED:
      return g_strdup_printf (_ ("CAdES (%s), beside the document"), conformance_level);
    case EONAY_FORMAT_PADES:
    default:
      return g_strdup_printf (_ ("PAdES (%s), inside the PDF"), conformance_level);
    }
}

char *
eonay_labels_describe_text_flags (EonayTextFlags flags)
{
  if (flags == EONAY_TEXT_CLEAN)
    return NULL;
  if ((flags & EONAY_TEXT_BIDI) != 0)
    return g_strdup (_ ("This text has hidden marks that can turn the direction of writing. They "
                        "are shown as ⟦U+…⟧. Read it with care."));
  if ((flags & EONAY_TEXT_OVERLAY) != 0)
    return g_strdup (_ ("This text has marks that are drawn over other characters. They are shown "
                        "as ⟦U+…⟧. Read it with care."));
  if ((flags & EONAY_TEXT_INVISIBLE) != 0)
    return g_strdup (
        _ ("This text has invisible characters. They are shown as ⟦U+…⟧. Read it with care."));

  return g_strdup (
      _ ("This text has control characters. They are shown as ⟦U+…⟧. Read it with care."));
}

char *
eonay_labels_signed_file_name (const char *label, EonayFormat format)
{
  g_autofree char *name = g_strdup (label[0] != '\0' && label[0] != '.' ? label : _ ("Document"));

  g_strdelimit (name, "/\\:*?\"<>|\n\r\t", '-');

  return g_strconcat (name, format == EONAY_FORMAT_PADES ? ".pdf" : ".p7m", NULL);
}
