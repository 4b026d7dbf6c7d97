#include "card/pkcs11/host/eonay-pkcs11-host-vendor.h"

#include <string.h>

#define WORDS_MAX 4

/*
 * A vendor whose PUK is the security officer's PIN. A text that has one of the words says who made
 * the module, and who the token.
 */
typedef struct {
  const char *library[WORDS_MAX + 1];
  const char *token[WORDS_MAX + 1];
} Vendor;

static const Vendor vendors[] = {
  /* SoftHSM2: C_GetInfo and C_GetTokenInfo say "SoftHSM" and "SoftHSM project" (seen, 2.6.1). It
     has no PUK; softhsm2-util(1) sets the security officer's PIN with --so-pin, and C_InitPIN in
     that login is its only way to a new PIN. */
  { { "softhsm" }, { "softhsm" } },
  /* AKİS: the vendor's program unblocks by C_Login (CKU_SO) with the PUK and C_InitPIN (read).
     That these words are in the texts is inferred: TÜBİTAK BİLGEM (once UEKAE) makes both. */
  { { "akis", "tubitak", "uekae", "bilgem" }, { "akis", "tubitak", "uekae", "bilgem" } },
};

/* The national id card's module is of the same maker; nobody has told what its PUK does. */
static const char *const unknown_products[] = { "tckk", NULL };

/* Returns: (transfer full): lower case, without the marks on Turkish letters, in whichever normal
   form they came */
static char *
fold (const char *text)
{
  g_autofree char *apart = g_utf8_normalize (text, -1, G_NORMALIZE_NFKD);
  GString *folded = g_string_new (NULL);

  for (const char *at = apart != NULL ? apart : ""; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar letter = g_utf8_get_char (at);

      if (letter == 0x131)
        letter = 'i';
      if (letter < 0x80)
        g_string_append_c (folded, g_ascii_tolower ((char) letter));
    }

  return g_string_free (folded, FALSE);
}

static gboolean
has_word (const char *const *words, const char *one, const char *other)
{
  g_autofree char *first = fold (one);
  g_autofree char *second = fold (other);

  for (gsize i = 0; words[i] != NULL; i++)
    if (strstr (first, words[i]) != NULL || strstr (second, words[i]) != NULL)
      return TRUE;

  return FALSE;
}

gboolean
eonay_pkcs11_host_vendor_takes_puk (const EonayPkcs11HostVendor *self)
{
  if (has_word (unknown_products, self->library_manufacturer, self->library_description) ||
      has_word (unknown_products, self->token_manufacturer, self->token_model))
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (vendors); i++)
    if (has_word (vendors[i].library, self->library_manufacturer, self->library_description) &&
        has_word (vendors[i].token, self->token_manufacturer, self->token_model))
      return TRUE;

  return FALSE;
}
