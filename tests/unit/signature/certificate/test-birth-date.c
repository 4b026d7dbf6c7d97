#include "signature/certificate/eonay-certificate.h"

#include "support/test-issuer.h"

#define ATTRIBUTES "[ext]\nsubjectDirectoryAttributes=ASN1:SEQUENCE:attributes\n[attributes]\n"
#define SEX "x=SEQUENCE:sex\n"
#define BIRTH "a=SEQUENCE:birth\n"
#define SEX_IS "[sex]\na=OID:1.3.6.1.5.5.7.9.3\nb=SET:sexes\n[sexes]\na=PRINTABLESTRING:F\n"
#define BIRTH_IS "[birth]\na=OID:1.3.6.1.5.5.7.9.1\nb=SET:days\n[days]\n"

static void
test_table (void)
{
  const struct {
    const char *extensions;
    const char *date;
  } table[] = {
    { NULL, NULL },
    { ATTRIBUTES BIRTH BIRTH_IS "a=GENERALIZEDTIME:19850423120000Z\n", "1985-04-23" },
    { ATTRIBUTES SEX BIRTH SEX_IS BIRTH_IS "a=GENERALIZEDTIME:20040229000000Z\n", "2004-02-29" },
    { ATTRIBUTES SEX SEX_IS, NULL },
    /* Not a day, not a time, of another type, empty, and no attributes at all. */
    { ATTRIBUTES BIRTH BIRTH_IS "a=IMPLICIT:24U,IA5STRING:20230229000000Z\n", NULL },
    { ATTRIBUTES BIRTH BIRTH_IS "a=IMPLICIT:24U,IA5STRING:19850\n", NULL },
    { ATTRIBUTES BIRTH BIRTH_IS "a=IMPLICIT:24U,IA5STRING:1985-04-23\n", NULL },
    { ATTRIBUTES BIRTH BIRTH_IS "a=PRINTABLESTRING:19850423120000Z\n", NULL },
    { ATTRIBUTES BIRTH BIRTH_IS, NULL },
    { "[ext]\nsubjectDirectoryAttributes=DER:0500\n", NULL },
    { "[ext]\nsubjectDirectoryAttributes=DER:3003020101\n", NULL },
    { "[ext]\nsubjectDirectoryAttributes=DER:30820000\n", NULL },
  };
  g_autoptr (TestIssuer) root = test_issuer_new ("DENEME Kök", NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      const TestWish wish = { .key = "P-256", .extensions = table[i].extensions };
      g_autoptr (EonayCertificate) certificate = test_issuer_issue_certificate (root, &wish);
      const GDate *birth = eonay_certificate_get_birth_date (certificate);
      char text[16] = "";

      g_test_message ("%zu", i);
      if (birth != NULL)
        g_date_strftime (text, sizeof text, "%Y-%m-%d", birth);
      g_assert_cmpstr (birth != NULL ? text : NULL, ==, table[i].date);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/signature/birth-date", test_table);

  return g_test_run ();
}
