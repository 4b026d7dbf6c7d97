#include "practice/pki/eonay-practice-profile.h"

static const char PROFILES[] =
    "[root]\n"
    "basicConstraints = critical, CA:TRUE\n"
    "keyUsage = critical, keyCertSign, cRLSign\n"
    "subjectKeyIdentifier = hash\n"
    "authorityKeyIdentifier = keyid:always\n"
    "\n"
    "[issuing]\n"
    "basicConstraints = critical, CA:TRUE, pathlen:0\n"
    "keyUsage = critical, keyCertSign, cRLSign\n"
    "subjectKeyIdentifier = hash\n"
    "authorityKeyIdentifier = keyid:always\n"
    "certificatePolicies = @policy\n"
    "crlDistributionPoints = URI:http://sil.deneme-eshs.example/kok.crl\n"
    "authorityInfoAccess = caIssuers;URI:http://sertifika.deneme-eshs.example/kok.cer\n"
    "\n"
    "[nes]\n"
    "authorityKeyIdentifier = keyid:always\n"
    "subjectKeyIdentifier = hash\n"
    "keyUsage = critical, digitalSignature, nonRepudiation\n"
    "certificatePolicies = @policy\n"
    "crlDistributionPoints = URI:http://sil.deneme-eshs.example/nes.crl\n"
    "authorityInfoAccess = OCSP;URI:http://ocsp.deneme-eshs.example/, "
    "caIssuers;URI:http://sertifika.deneme-eshs.example/nes.cer\n"
    "1.3.6.1.5.5.7.1.3 = ASN1:SEQUENCE:statements\n"
    "\n"
    "[other]\n"
    "authorityKeyIdentifier = keyid:always\n"
    "subjectKeyIdentifier = hash\n"
    "keyUsage = critical, digitalSignature\n"
    "extendedKeyUsage = clientAuth\n"
    "crlDistributionPoints = URI:http://sil.deneme-eshs.example/nes.crl\n"
    "authorityInfoAccess = OCSP;URI:http://ocsp.deneme-eshs.example/, "
    "caIssuers;URI:http://sertifika.deneme-eshs.example/nes.cer\n"
    "\n"
    "[policy]\n"
    "policyIdentifier = 2.16.792.1.2.1.1.5.7.1.1\n"
    "CPS.1 = http://www.deneme-eshs.example/\n"
    "userNotice.1 = @notice\n"
    "\n"
    "[notice]\n"
    "explicitText = UTF8:DENEME sertifikasıdır; 5070 sayılı Kanun’a göre hukuki değeri yoktur.\n"
    "\n"
    "[statements]\n"
    "compliance = SEQUENCE:compliance\n"
    "law = SEQUENCE:law\n"
    "\n"
    "[compliance]\n"
    "id = OID:0.4.0.1862.1.1\n"
    "\n"
    "[law]\n"
    "id = OID:2.16.792.1.61.0.1.5070.1.1\n"
    "text = FORMAT:UTF8,UTF8String:Bu sertifika, 5070 sayılı Elektronik İmza Kanununa göre "
    "nitelikli elektronik sertifikadır. (DENEME)\n";

CONF *
eonay_practice_profile_load (void)
{
  BIO *source = BIO_new_mem_buf (PROFILES, sizeof PROFILES - 1);
  CONF *profiles = NCONF_new (NULL);
  int parsed = NCONF_load_bio (profiles, source, NULL);

  g_assert (parsed == 1);
  BIO_free (source);

  return profiles;
}
