#include "app/widgets/eonay-certificate-words.h"

#include <glib/gi18n-lib.h>

const char *
eonay_certificate_words_kind (EonayCertificateKind kind)
{
  switch (kind)
    {
    case EONAY_CERTIFICATE_QUALIFIED:
      return _ ("Qualified electronic certificate");
    case EONAY_CERTIFICATE_CORPORATE_SEAL:
      return _ ("Corporate seal");
    case EONAY_CERTIFICATE_QUALIFIED_SEAL:
      return _ ("Qualified seal");
    case EONAY_CERTIFICATE_FISCAL_SEAL:
      return _ ("Fiscal seal");
    case EONAY_CERTIFICATE_OTHER:
    default:
      return _ ("Not a qualified certificate");
    }
}

char *
eonay_certificate_words_key_usage (EonayKeyUsage usage)
{
  static const struct {
    EonayKeyUsage usage;
    const char *words;
  } uses[] = {
    { EONAY_KEY_USAGE_DIGITAL_SIGNATURE, N_ ("Digital signature") },
    { EONAY_KEY_USAGE_NON_REPUDIATION, N_ ("Signature that cannot be denied") },
    { EONAY_KEY_USAGE_ENCIPHERMENT, N_ ("Encryption") },
    { EONAY_KEY_USAGE_AGREEMENT, N_ ("Key agreement") },
    { EONAY_KEY_USAGE_CERTIFICATES, N_ ("Issuing certificates") },
  };
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (uses); i++)
    if ((usage & uses[i].usage) != 0)
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", _ (uses[i].words));

  return g_string_free (text, FALSE);
}

/* ETSI EN 319 412-5; Law 5070's own statements; RFC 5280 4.2.1.12. */
static const struct {
  const char *dotted;
  const char *words;
} known[] = {
  { "0.4.0.1862.1.1", N_ ("States that it is qualified") },
  { "0.4.0.1862.1.2", N_ ("Limit of the value of transactions") },
  { "0.4.0.1862.1.3", N_ ("How long records are kept") },
  { "0.4.0.1862.1.4", N_ ("The key is in a secure signature device") },
  { "0.4.0.1862.1.5", N_ ("Where its terms are") },
  { "0.4.0.1862.1.6", N_ ("Kind of qualified certificate") },
  { "1.3.6.1.5.5.7.11.2", N_ ("How the name is to be read") },
  { "2.16.792.1.61.0.1.5070.1.1", N_ ("Qualified by Law 5070") },
  { "2.16.792.1.61.0.1.5070.1.3", N_ ("Corporate seal by Law 5070") },
  { "2.16.792.1.61.0.1.5070.2.1", N_ ("Seal by Law 5070") },
  { "2.16.792.1.61.0.1.5070.2.2", N_ ("Seal in a secure device by Law 5070") },
  { "1.3.6.1.5.5.7.3.1", N_ ("Server authentication") },
  { "1.3.6.1.5.5.7.3.2", N_ ("Client authentication") },
  { "1.3.6.1.5.5.7.3.4", N_ ("E-mail protection") },
  { "1.3.6.1.5.5.7.3.8", N_ ("Time stamping") },
  { "1.3.6.1.5.5.7.3.9", N_ ("OCSP signing") },
};

static const char *
find_words (const char *dotted)
{
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (known[i].dotted, dotted))
      return _ (known[i].words);

  return NULL;
}

char *
eonay_certificate_words_oid (char **dotted)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; dotted[i] != NULL; i++)
    {
      const char *words = find_words (dotted[i]);

      if (text->len > 0)
        g_string_append_c (text, '\n');
      if (words != NULL)
        g_string_append_printf (text, "%s (%s)", words, dotted[i]);
      else
        g_string_append (text, dotted[i]);
    }

  return g_string_free (text, FALSE);
}

const char *
eonay_certificate_words_chain_end (EonayChainEnd end)
{
  switch (end)
    {
    case EONAY_CHAIN_TRUSTED:
      return _ ("The chain ends in a root that is trusted on this computer.");
    case EONAY_CHAIN_BROKEN:
      return _ ("The chain ends in a trusted root, but one above this certificate is not valid.");
    case EONAY_CHAIN_UNTRUSTED:
      return _ ("The chain ends in a root that is not installed on this computer.");
    case EONAY_CHAIN_INCOMPLETE:
    default:
      return _ ("The next issuer is neither on the card nor on this computer.");
    }
}

const char *
eonay_certificate_words_chain_end_icon (EonayChainEnd end)
{
  switch (end)
    {
    case EONAY_CHAIN_TRUSTED:
      return "object-select-symbolic";
    case EONAY_CHAIN_BROKEN:
      return "dialog-warning-symbolic";
    case EONAY_CHAIN_UNTRUSTED:
    case EONAY_CHAIN_INCOMPLETE:
    default:
      return "dialog-question-symbolic";
    }
}

char *
eonay_certificate_words_fingerprint (const char *hexadecimal)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; hexadecimal[i] != '\0'; i++)
    {
      if (i > 0 && i % 2 == 0)
        g_string_append_c (text, ':');
      g_string_append_c (text, g_ascii_toupper (hexadecimal[i]));
    }

  return g_string_free (text, FALSE);
}

char *
eonay_certificate_words_file_name (EonayCertificate *certificate)
{
  const char *holder = eonay_certificate_get_holder (certificate);
  g_autofree char *name = g_strdup (*holder != '\0' && *holder != '.' ? holder : _ ("Certificate"));

  g_strdelimit (name, "/\\:*?\"<>|\n\r\t", '-');

  return g_strconcat (name, ".cer", NULL);
}
