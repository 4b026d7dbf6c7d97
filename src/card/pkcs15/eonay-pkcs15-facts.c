#include "card/pkcs15/eonay-pkcs15-facts.h"

#include <string.h>

#include "card/apdu/eonay-atr.h"

static const guint8 aid_pkcs15[] = {
  0xA0, 0x00, 0x00, 0x00, 0x63, 'P', 'K', 'C', 'S', '-', '1', '5'
};
static const guint8 aid_isoapplet[] = { 0xF2, 0x76, 0xA2, 0x88, 0xBC, 0xFB,
                                        0xA6, 0x9D, 0x34, 0xF3, 0x10, 0x01 };
static const guint8 df_usual[] = { 0x50, 0x15 };

#define AID(aid_) .aid = (aid_), .aid_length = sizeof (aid_)
#define DF(df_) .df = (df_), .df_length = sizeof (df_)

/* What a row claims was seen on such a card; the standard row claims nothing. */
static const EonayPkcs15Facts practice = {
  .model = "PKCS#15 (DENEME)",
  AID (aid_pkcs15),
  DF (df_usual),
  .historical = "EONAY",
  .empty_verify = TRUE,
  .unpadded_verify = TRUE,
  .odf_short_id = 0x11,
  .token_info_short_id = 0x12,
  .tries_max = 3,
  .rsa = 0x11,
  .ecdsa = 0x21,
  .rsa_pss = 0x12,
};

/* 16 digits; its counter cannot be asked for. */
static const EonayCardPinRules isoapplet_puk = {
  .role = EONAY_PIN_ROLE_PUK,
  .tries_max = 5,
  .format = { .encoding = EONAY_PIN_ENCODING_DIGITS, .min_length = 16, .max_length = 16 },
};

/* Its answer to reset is also any contactless card's: it only decides what is tried first. */
static const EonayPkcs15Facts isoapplet = {
  .model = "IsoApplet",
  AID (aid_isoapplet),
  DF (df_usual),
  .atr = "\x3b\x80\x80\x01\x01",
  .empty_verify = TRUE,
  .unpadded_verify = TRUE,
  .extended = TRUE,
  .tries_max = 3,
  .puk = &isoapplet_puk,
  .rsa = 0x11,
  .ecdsa = 0x21,
  .rsa_pss = 0x12,
};

/*
 * [seen]: 8 digits padded with FF, as the PIN is, in one command with the new PIN; 10 tries. [read]
 * in its public PKCS#15 profile: 4 to 8 digits. Its counter cannot be asked for.
 */
static const EonayCardPinRules myeid_puk = {
  .role = EONAY_PIN_ROLE_PUK,
  .tries_max = 10,
  .format = { .encoding = EONAY_PIN_ENCODING_DIGITS,
              .min_length = 4,
              .max_length = 8,
              .padded = TRUE,
              .pad = 0xFF,
              .stored_length = 8 },
};

/*
 * [read]: each answer to reset of the family has "MyEID" in its historical bytes, and the maker in
 * TokenInfo. [seen], at T=0 and T=1, on a card that is like them: the algorithm references for RSA
 * and P-256, the file of the key in MSE SET, 63Cx to an empty VERIFY. [read]: other curves have the
 * reference of P-256. [inferred]: the PIN has three tries wherever it is not told.
 */
static const EonayPkcs15Facts myeid = {
  .model = "MyEID",
  AID (aid_pkcs15),
  DF (df_usual),
  .historical = "MyEID",
  .manufacturer = "Aventra",
  .empty_verify = TRUE,
  .tries_max = 3,
  .puk = &myeid_puk,
  .names_key_file = TRUE,
  .module = "opensc-pkcs11.so",
  .rsa = 0x02,
  .ecdsa = 0x04,
};

/* Cards that are read by the standard and signed with by their makers' modules only: [read], the
   names that makers write into TokenInfo, and what they call their modules. */
static const EonayPkcs15Facts safesign = {
  .model = "PKCS#15 (SafeSign)",
  AID (aid_pkcs15),
  DF (df_usual),
  .tries_max = -1,
  .manufacturer = "A.E.T. Europe",
  .module = "libaetpkss.so",
};

static const EonayPkcs15Facts cardos = {
  .model = "PKCS#15 (CardOS)",
  AID (aid_pkcs15),
  DF (df_usual),
  .tries_max = -1,
  .manufacturer = "Siemens AG",
  .module = "libsiecap11.so",
};

static const EonayPkcs15Facts opensc = {
  .model = "PKCS#15 (OpenSC)",
  AID (aid_pkcs15),
  DF (df_usual),
  .tries_max = -1,
  .manufacturer = "OpenSC Project",
  .module = "opensc-pkcs11.so",
};

static const EonayPkcs15Facts standard = {
  .model = "PKCS#15",
  AID (aid_pkcs15),
  DF (df_usual),
  .tries_max = -1,
};

const EonayPkcs15Facts *
eonay_pkcs15_facts_get_standard (void)
{
  return &standard;
}

const EonayPkcs15Facts *
eonay_pkcs15_facts_find_by_manufacturer (const char *manufacturer)
{
  const EonayPkcs15Facts *families[] = { &myeid, &safesign, &cardos, &opensc };

  for (gsize i = 0; manufacturer != NULL && i < G_N_ELEMENTS (families); i++)
    if (g_str_has_prefix (manufacturer, families[i]->manufacturer))
      return families[i];

  return &standard;
}

static gboolean
speaks_for (const EonayPkcs15Facts *facts, const guint8 *atr, gsize length)
{
  const guint8 *historical;
  gsize count;

  if (facts->atr != NULL)
    return length == strlen (facts->atr) && memcmp (atr, facts->atr, length) == 0;

  return facts->historical != NULL &&
         eonay_atr_get_historical_bytes (atr, length, &historical, &count) && count > 0 &&
         memmem (historical, count, facts->historical, strlen (facts->historical)) != NULL;
}

GPtrArray *
eonay_pkcs15_facts_candidates (const guint8 *atr, gsize length)
{
  GPtrArray *candidates = g_ptr_array_new ();
  gboolean is_isoapplet = speaks_for (&isoapplet, atr, length);

  if (speaks_for (&practice, atr, length))
    g_ptr_array_add (candidates, (gpointer) &practice);
  if (speaks_for (&myeid, atr, length))
    g_ptr_array_add (candidates, (gpointer) &myeid);
  if (is_isoapplet)
    g_ptr_array_add (candidates, (gpointer) &isoapplet);
  g_ptr_array_add (candidates, (gpointer) &standard);
  if (!is_isoapplet)
    g_ptr_array_add (candidates, (gpointer) &isoapplet);

  return candidates;
}
